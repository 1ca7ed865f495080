"""Everything the reader shows beside the map, as one value that is the same for as long as the application runs."""

from typing import NotRequired, TypedDict

from corridor.land.catalogue import Layer
from corridor.land.features import FeatureId, LayerId
from corridor.land.rasters import RELIEF
from corridor.present.cards.candidate import candidate_card, name_of
from corridor.present.cards.feature import CardLookup, feature_card
from corridor.present.cards.record import Card
from corridor.present.cards.register import event_card, instrument_card
from corridor.present.cards.search import SearchEntry, search_entries, search_entry
from corridor.present.legend import LegendSection, legend
from corridor.present.live_map.folium_script import RELIEF_PANE
from corridor.present.live_map.labels import Label, labels
from corridor.present.style import class_names
from corridor.present.words import REFERENCE_NOTE, long_disclaimer, source_line
from corridor.quantities import day
from corridor.shipped import Shipped, by_mode
from corridor.texts.documents import RELATIONS, Anchor, Clause, Document, clause_pieces
from corridor.texts.library import Library


class ClauseRun(TypedDict):
    """A run of a clause's text, with the anchor it belongs to if to any."""

    text: str
    anchor: NotRequired[str]


class ClauseText(TypedDict):
    """A clause as the reader shows it, and as it is copied."""

    id: str
    number: int | None
    heading: str
    text: str
    copy: str
    runs: list[ClauseRun]


class DocumentText(TypedDict):
    """The Declaration as the reader shows it."""

    id: str
    title: str
    place_date: str
    carried_by: str
    clauses: list[ClauseText]


class AnchorTargets(TypedDict):
    """A phrase, what it points at, what of that is lit on the map, and why."""

    clause: str
    phrase: str
    relation: str
    words: str
    targets: list[str]
    lights: list[FeatureId]
    reason: str
    caption: str | None


class RelationWords(TypedDict):
    """What a relation between text and land is called, and what it means."""

    id: str
    words: str
    explained: str


class LayerLighting(TypedDict):
    """What a script has to know of a layer to draw it small, to light it and to let it be pointed at."""

    layer: LayerId
    pane: int
    ground: bool
    filled: bool
    in_inset: bool


class LayerSwitch(LayerLighting):
    """A switch of the map with what it shows; bounds are [[south, west], [north, east]] in degrees."""

    id: str
    title: str
    on: bool
    features: list[FeatureId]
    note: str
    bounds: list[list[float]] | None


class SwitchGroup(TypedDict):
    """Switches under one heading."""

    group: str
    switches: list[LayerSwitch]


class TitledList(TypedDict):
    """Ids of what has a card, under a title."""

    title: str
    features: list[str]


class TitledText(TypedDict):
    """A paragraph with its title."""

    title: str
    text: str


class MapInset(TypedDict):
    """A part of the map that is shown enlarged; bounds are [[south, west], [north, east]] in degrees."""

    title: str
    bounds: list[list[float]]


class ReaderPayload(TypedDict):
    """All that the reader's script is given once."""

    document: DocumentText
    anchors: dict[str, AnchorTargets]
    relations: list[RelationWords]
    cards: dict[str, Card]
    layers: list[SwitchGroup]
    listed: list[TitledList]
    legend: list[LegendSection]
    labels: list[Label]
    search: list[SearchEntry]
    disclaimer: str
    long_disclaimer: str
    note: TitledText
    home: list[list[float]] | None
    inset: MapInset
    sources_line: str


#: Land the view fits at the start: both States the Declaration was signed by, both parts of Azerbaijan.
HOME = ("territory/armenia", "territory/az-mainland", "territory/az-nakhchivan")
#: South, west, north, east in degrees: the 45 km by the Araks where most of the questions lie.
INSET: MapInset = {"title": "Meghri and the Araks / Aras / Araz", "bounds": [[38.80, 45.98], [39.06, 46.60]]}


def payload(shipped: Shipped) -> ReaderPayload:
    """Return what the reader's script is given once: text, anchors, cards, switches, legend, labels, search."""
    library = shipped.library
    names = {i: candidate.name for i, candidate in shipped.candidates.items()}
    lookup = CardLookup(shipped.by_id, shipped.layers, library.declaration, library.sources, names)
    return {
        "document": _document(library),
        "anchors": {anchor.id: _anchor(lookup, anchor) for anchor in library.declaration.anchors},
        "relations": [{"id": r.id, "words": r.label, "explained": r.sentence} for r in RELATIONS],
        "cards": {card["id"]: card for card in every_card(shipped, lookup)},
        "layers": _switches(shipped, lookup),
        "listed": [
            {"title": "Candidates, each as a whole", "features": [f"candidate/{i}" for i in shipped.candidates]},
            {"title": "Listed, not drawn", "features": [i for i, f in shipped.by_id.items() if f["geometry"] is None]},
        ],
        "legend": legend(
            (
                class_names(layer, feature)
                for layer, features in shipped.features.items()
                for feature in features
                if feature["geometry"] is not None
            ),
            shipped.layers,
        ),
        "labels": labels(shipped.features, shipped.layers),
        "search": _search(shipped),
        "disclaimer": REFERENCE_NOTE,
        "long_disclaimer": long_disclaimer(),
        "note": {"title": "What the Declaration does not name", "text": library.declaration.heading.not_named},
        "home": lookup.bounds(HOME),
        "inset": INSET,
        "sources_line": " · ".join(shipped.attributions),
    }


def every_card(shipped: Shipped, lookup: CardLookup) -> list[Card]:
    """Return a card for each feature, candidate, instrument and event."""
    library = shipped.library
    drawn_from = shipped.layers["route"].sources
    return [
        *(feature_card(lookup, feature) for feature in lookup.features.values()),
        *(candidate_card(lookup, candidate, drawn_from) for candidate in shipped.candidates.values()),
        *(instrument_card(lookup, instrument) for instrument in library.instruments.values()),
        *(event_card(lookup, event, library.instruments) for event in library.timeline.values()),
    ]


def _document(library: Library) -> DocumentText:
    declaration = library.declaration
    heading = declaration.heading
    return {
        "id": heading.id,
        "title": heading.label,
        "place_date": f"{heading.place}, {day(heading.date)}",
        "carried_by": f"{source_line(library.sources[heading.carried_by])}. {heading.note}",
        "clauses": [_clause(declaration, clause) for clause in declaration.clauses],
    }


def _clause(declaration: Document, clause: Clause) -> ClauseText:
    part = clause.id.rpartition("/")[2]
    name = f"Paragraph {clause.number}" if clause.number else {"closing": "Closing line"}.get(part, part.capitalize())
    heading = declaration.heading
    where = f"{heading.label}, {name.lower()}; {heading.place}, {day(heading.date)}"
    return {
        "id": clause.id,
        "number": clause.number,
        "heading": name,
        "text": clause.text,
        "copy": f"“{clause.text}” ({where}. {heading.note})",
        "runs": [
            {"text": piece.text} if piece.anchor is None else {"text": piece.text, "anchor": piece.anchor.id}
            for piece in clause_pieces(declaration, clause)
        ],
    }


def _anchor(lookup: CardLookup, anchor: Anchor) -> AnchorTargets:
    return {
        "clause": anchor.clause,
        "phrase": anchor.phrase,
        "relation": anchor.relation,
        "words": next(relation.label for relation in RELATIONS if relation.id == anchor.relation),
        "targets": list(anchor.targets),
        "lights": lookup.drawn(anchor.targets),
        "reason": anchor.reason,
        "caption": anchor.caption or None,
    }


def lighting(layer: Layer) -> LayerLighting:
    """Return what a script has to know of a layer to draw it small, to light it and to let it be pointed at."""
    look = layer.appearance
    return {
        "layer": layer.id,
        "pane": look.pane,
        "ground": look.ground,
        "filled": look.filled,
        "in_inset": look.in_inset,
    }


def _switches(shipped: Shipped, lookup: CardLookup) -> list[SwitchGroup]:
    groups: dict[str, list[LayerSwitch]] = {}
    for layer_id, layer in shipped.layers.items():
        features = [f for f in shipped.features[layer_id] if f["geometry"] is not None]
        parts = by_mode(features) if layer_id == "route" else {layer_id: (layer.title, features)}
        for switch, (title, part) in parts.items():
            ids = [feature["id"] for feature in part]
            groups.setdefault(layer.group, []).append(
                {
                    "id": switch,
                    "title": title,
                    "on": layer.default_on,
                    **lighting(layer),
                    "features": ids,
                    "note": f"{layer.accuracy_note} As of {day(layer.as_of)}.",
                    "bounds": lookup.bounds(ids),
                }
            )
    relief = shipped.rasters[RELIEF]
    look: LayerLighting = {"layer": RELIEF, "pane": RELIEF_PANE, "ground": True, "filled": False, "in_inset": False}
    note = f"{relief.accuracy_note} {relief.limits}"
    shown: LayerSwitch = {
        "id": RELIEF,
        "title": relief.title,
        "on": relief.default_on,
        **look,
        "features": [],
        "note": note,
        "bounds": None,
    }
    groups.setdefault(relief.group, []).append(shown)
    return [{"group": group, "switches": switches} for group, switches in groups.items()]


def _search(shipped: Shipped) -> list[SearchEntry]:
    library = shipped.library
    documents = [
        search_entry(instrument.id, instrument.label, instrument.kind, [name_of((instrument.name, "en"))])
        for instrument in library.instruments.values()
    ]
    dated = library.timeline.values()
    events = [search_entry(event.id, event.title, "event", map(name_of, event.names)) for event in dated]
    candidates = [
        search_entry(f"candidate/{i}", candidate.name, "candidate", map(name_of, candidate.names))
        for i, candidate in shipped.candidates.items()
    ]
    return [*search_entries(shipped.by_id.values()), *candidates, *documents, *events]

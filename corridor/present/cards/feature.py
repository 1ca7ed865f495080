"""What is known of each feature, instrument and event, laid out as a card; figures that differ all stand on it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely

from corridor.answering.figures import least_exact
from corridor.candidates import MODE_WORDS
from corridor.land.catalogue import Layer
from corridor.land.features import (
    BorderProperties,
    CrossingProperties,
    Feature,
    FeatureId,
    FeatureName,
    LayerId,
    PlaceProperties,
    Properties,
    RouteProperties,
    features_of,
    properties_of,
    shape_of,
)
from corridor.present.cards.record import Card, Speaking
from corridor.present.cards.rows import CardRow, Rows, cited_sources, row_text
from corridor.present.cards.segment_rows import route_rows, title
from corridor.present.style import ALIGNMENTS
from corridor.present.words import DELIMITED, facts_line, is_under_delimitation, known_to, language_name, other_name
from corridor.quantities import bare_range, day
from corridor.shipped import sources_of
from corridor.sources import Source, SourceId
from corridor.texts.documents import Anchor, Document, anchors_of, clause_name, standing
from corridor.texts.edition import facts_as_of

#: The fact of a border that is said of the border of Armenia and Azerbaijan as a whole.
WHOLE_BORDER = "Published length of the whole border of the two States"
BASES = {
    "cited": "published coordinate",
    "derived": "derived from other data",
    "estimate": "estimate; none published",
    None: "none of usable accuracy",
}


@dataclass(frozen=True)
class CardLookup:
    """What cards are written from: the shipped features and layers by id, the Declaration, the source records.

    `candidates` are the names of the candidate routes by id; a segment says which of them it is part of.
    """

    features: Mapping[FeatureId, Feature]
    layers: Mapping[LayerId, Layer]
    declaration: Document
    sources: Mapping[SourceId, Source]
    candidates: Mapping[str, str]

    def territory(self, territory: str) -> str:
        """Return the label of a territory by its bare id; an answer without land of its own stays as it is."""
        feature = self.features.get(f"territory/{territory}")
        return feature["properties"]["label"] if feature else territory.capitalize()

    def drawn(self, ids: Iterable[str]) -> list[FeatureId]:
        """Return those ids that are features with a geometry, each once."""
        return [i for i in dict.fromkeys(ids) if i in self.features and self.features[i]["geometry"] is not None]

    def bounds(self, ids: Iterable[FeatureId]) -> list[list[float]] | None:
        """Return [[south, west], [north, east]] around the drawn ones among `ids`, in degrees; None for none."""
        shapes = [shape_of(self.features[i]) for i in self.drawn(ids)]
        if not shapes:
            return None
        west, south, east, north = (round(float(edge), 5) for edge in shapely.total_bounds(shapes))
        return [[south, west], [north, east]]


def up_to() -> str:
    """Return the ISO day a state is shown as of that has no day of its own."""
    return facts_as_of().isoformat()


def card(
    lookup: CardLookup,
    identity: str,
    title: str,
    subtitle: str,
    rows: list[CardRow],
    *,
    paragraphs: Iterable[str] = (),
    sources: Iterable[SourceId] = (),
    names: Iterable[FeatureName] = (),
    lights: Iterable[FeatureId] = (),
    territories: Iterable[str] = (),
) -> Card:
    """Return a card in the form the reader shows, with the clauses that speak of `identity` and a text to copy."""
    speaking = spoken_of(lookup.declaration, identity)
    within = {f"territory/{t}": lookup.territory(t) for t in territories if f"territory/{t}" != identity}
    prose = [text for text in paragraphs if text]
    lit = lookup.drawn(lights)
    not_named = None if speaking else standing(lookup.declaration, identity, within)
    if not_named and is_under_delimitation(identity, lookup.features):
        not_named = "No clause names it. Its status is for the delimitation commissions."
    shown_sources = cited_sources(sources, lookup.sources)
    lines = [f"{title} ({subtitle})", *(_copied(row) for row in rows), *prose]
    lines += [f"{clause_name(entry['clause']).capitalize()} {entry['words']}." for entry in speaking]
    lines += [not_named] if not_named else []
    lines += [f"Source: {source['text']}" for source in shown_sources]
    return {
        "id": identity,
        "title": title,
        "subtitle": subtitle,
        "names": [
            {
                "text": other_name(name["text"], contested=name["contested"]),
                "language": name["language"],
                "language_name": language_name(name["language"]),
                "note": name["note"],
                "contested": name["contested"],
            }
            for name in names
        ],
        "rows": rows,
        "paragraphs": prose,
        "sources": shown_sources,
        "clauses": speaking,
        "not_named": not_named,
        "bounds": lookup.bounds(lit),
        "lights": lit,
        "copy": "\n".join([*lines, f"Declaration Map. {facts_line()}."]),
    }


def _copied(row: CardRow) -> str:
    return f"{row_text(row)} Source: {row['source']}." if row["source"] else row_text(row)


def spoken_of(declaration: Document, identity: str) -> list[Speaking]:
    """Return each clause that points at `identity`, the anchors that do, and how, said after the clause's name."""
    by_clause: dict[str, list[Anchor]] = {}
    for anchor in anchors_of(declaration, identity):
        by_clause.setdefault(anchor.clause, []).append(anchor)
    says = {"names": "names it", "reading": "speaks of it on one reading", "document": "points to it"}
    return [
        {
            "clause": clause,
            "anchors": [anchor.id for anchor in anchors],
            "words": " and ".join(dict.fromkeys(says[anchor.relation] for anchor in anchors)),
        }
        for clause, anchors in by_clause.items()
    ]


def feature_card(lookup: CardLookup, feature: Feature) -> Card:
    """Return the card of one shipped feature, drawn or only listed."""
    properties = feature["properties"]
    layer = feature["id"].partition("/")[0]
    rows = Rows(properties["label"], lookup.sources)
    lines = [*_status_rows(rows, properties), *_layer_rows(lookup, rows, layer, feature)]
    lines += [rows.fact(fact) for fact in properties["facts"]]
    lines.append(_drawing(rows, properties))
    return card(
        lookup,
        feature["id"],
        title(feature),
        _subtitle(lookup, layer, feature),
        lines,
        paragraphs=[properties["note"] or ""],
        sources=sources_of(properties),
        names=properties["names"],
        lights=[feature["id"]],
        territories=properties["territories"],
    )


def _drawing(rows: Rows, properties: Properties) -> CardRow:
    sources, method = properties["sources"], properties["method"]
    if properties["accuracy_m"] is None:
        return rows.row("Drawing", "listed, not drawn", sources, accuracy=method, common=True)
    exact = f"±{properties['accuracy_m']:,.0f}"
    return rows.row("Accuracy of the drawing", exact, sources, unit="m", accuracy=method, common=True)


def _status_rows(rows: Rows, properties: Properties) -> list[CardRow]:
    if not properties["status"]:
        return []
    status = properties["status"]
    dated = properties["status_as_of"] or "undated"
    return [rows.row("Status", status[:1].upper() + status[1:], properties["sources"], as_of=dated, common=True)]


def _layer_rows(lookup: CardLookup, rows: Rows, layer: str, feature: Feature) -> list[CardRow]:
    properties, sources = feature["properties"], feature["properties"]["sources"]
    match layer:
        case "territory":
            # A neighbour is cut at the edge of the map, and so would its borders with other neighbours be.
            return [] if properties["kind"] == "neighbour" else _borders(lookup, rows, properties["territories"][0])
        case "route":
            segment = properties_of(feature, RouteProperties)
            return [*_part_of(lookup, rows, segment), *route_rows(rows, segment)]
        case "border":
            border = properties_of(feature, BorderProperties)
            between = " and ".join(map(lookup.territory, border["pair"]))
            km = f"{border['length_km']:,.1f}"
            return [
                rows.row("Between", between, sources, common=True),
                rows.row(
                    "Delimitation",
                    DELIMITED[border["delimited"]],
                    sources,
                    as_of=up_to(),
                    common=True,
                ),
                rows.row("Length", km, sources, unit="km", accuracy=_as_drawn([border]), common=True),
            ]
        case "crossing":
            crossing = properties_of(feature, CrossingProperties)
            on = {True: "on a delimited section", False: "on a section not delimited", None: ""}[crossing["delimited"]]
            return [
                *([rows.row("Boundary here", on, sources, as_of=up_to(), common=True)] if on else []),
                rows.row("Position", BASES[crossing["coordinate_basis"]], sources, common=True),
            ]
        case "place":
            basis = properties_of(feature, PlaceProperties)["coordinate_basis"]
            return [rows.row("Position", BASES[basis], sources, common=True)]
        case _:
            return list(_property_rows(lookup, rows, layer, properties))


def _property_rows(lookup: CardLookup, rows: Rows, layer: LayerId, properties: Properties) -> Iterator[CardRow]:
    """Yield the rows that the catalogue gives the cards of a layer; none where a feature has no value."""
    for row in lookup.layers[layer].appearance.rows:
        value = properties.get(row.property)
        if isinstance(value, str | int | float):
            told_value = lookup.territory(str(value)) if row.territory else value
            as_of = up_to() if row.dated else None
            yield rows.row(
                row.label, told_value, properties["sources"], unit=row.unit or None, as_of=as_of, common=True
            )


def _as_drawn(segments: Sequence[BorderProperties]) -> str:
    known = known_to(least_exact(segments))
    drawn = f"as drawn by OpenStreetMap, {day(segments[0]['as_of'])}; sideways accuracy {known}"
    published = [
        float(fact["value"]) for segment in segments for fact in segment["facts"] if fact["label"] == WHOLE_BORDER
    ]
    if not published:
        return drawn
    return (
        f"{drawn}; published for the whole border of the two States: {bare_range((min(published), max(published)))} km"
    )


def _borders(lookup: CardLookup, rows: Rows, territory: str) -> list[CardRow]:
    """Return a row per neighbour of a territory: the kilometres of its border, and whether it is delimited."""
    shared: dict[str, list[BorderProperties]] = {}
    for feature in features_of(lookup.features.values(), BorderProperties):
        ends = feature["properties"]["territories"]
        if territory in ends:
            shared.setdefault(next(end for end in ends if end != territory), []).append(feature["properties"])
    return [
        rows.row(
            f"Border with {lookup.territory(other)}",
            f"{sum(segment['length_km'] for segment in segments):,.1f}",
            list(dict.fromkeys(source for segment in segments for source in segment["sources"])),
            unit="km",
            accuracy=f"{_as_drawn(segments)}; {_delimitation(segments)}",
            as_of=up_to(),
        )
        for other, segments in sorted(shared.items(), key=lambda pair: lookup.territory(pair[0]))
    ]


def _delimitation(segments: Iterable[BorderProperties]) -> str:
    states = {segment["delimited"] for segment in segments}
    if states == {None}:
        return "delimitation not examined for this map"
    return DELIMITED[states.pop()] if len(states) == 1 else "delimited in part"


def _part_of(lookup: CardLookup, rows: Rows, properties: RouteProperties) -> list[CardRow]:
    names = [lookup.candidates[i] for i in properties["candidates"]]
    return [rows.row("Part of", "; ".join(names), properties["sources"], common=True)] if names else []


def _subtitle(lookup: CardLookup, layer: str, feature: Feature) -> str:
    kind = feature["properties"]["kind"].replace("-", " ")
    if layer == "route":
        segment = properties_of(feature, RouteProperties)
        course = ALIGNMENTS[segment["alignment_status"]][0]
        return f"{MODE_WORDS[segment['mode']]} · {lookup.territory(segment['country'])} · {course}"
    if layer == "territory":
        named = {"state": "Republic of Armenia", "state part": "Republic of Azerbaijan"}
        return named.get(kind, "Neighbouring State")
    worded = {"border": f"Border, {kind}", "crossing": f"Crossing, {kind}"}.get(layer, kind[:1].upper() + kind[1:])
    where = " and ".join(map(lookup.territory, feature["properties"]["territories"]))
    if is_under_delimitation(feature["id"], lookup.features):
        worded = worded if layer == "exclave" else f"{worded} in an area under delimitation"
        where = f"inside the OpenStreetMap polygon of {where}"
    return " · ".join(filter(None, [worded, where]))

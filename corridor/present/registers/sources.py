"""What the catalogue and the registers of sources and of the boundary say, as it stands on a page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from corridor.land.catalogue import CatalogueEntry, Layer
from corridor.land.features import LayerId
from corridor.land.rasters import Raster
from corridor.present.footnotes import Footnotes, note
from corridor.present.registers.documents import quotation
from corridor.present.tables import CellContent, element, html_table, link, stacked
from corridor.present.words import edition_lines
from corridor.quantities import day
from corridor.sources import Source, SourceId
from corridor.texts.boundary import Boundary
from corridor.texts.edition import Edition

KIND_WORDS = {
    "dataset": "Data",
    "document": "Documents",
    "encyclopaedia": "Encyclopaedias",
    "official": "Governments",
    "own-work": "This project",
    "press": "Press",
    "seed": "Source documents received",
}


@dataclass(frozen=True, slots=True)
class OtherLicence:
    """A part of the application that is not a layer, its licence, and where that is found ("" for none)."""

    what: str
    licence: str
    address: str
    asks: str = "the licence text that comes with it"


OTHER = (
    OtherLicence("Code of this application", "MIT", "https://opensource.org/license/mit"),
    OtherLicence("Leaflet, which draws the map", "BSD 2-Clause", "https://opensource.org/license/bsd-2-clause"),
    OtherLicence(
        "Short quotations", "Rights of their publishers", "", "speaker, date and source, as shown beside each"
    ),
)


def edition_line(version: str, edition: Edition) -> Markup:
    """Return which version runs, and up to when its facts go."""
    return element("p", f"Declaration Map {version}. {'. '.join(edition_lines(edition))}.", class_="soft")


def layers_table(layers: Iterable[Layer | Raster]) -> Markup:
    """Return every layer and raster with what it holds, accuracy, day and licence."""
    rows = [
        [
            link(layer.title, f"#layer-{layer.id}"),
            layer.group,
            f"{layer.features:,}" if isinstance(layer, Layer) else layer.holds,
            f"±{layer.accuracy_m:,.0f}",
            day(layer.as_of),
            link(layer.licence, layer.licence_url),
        ]
        for layer in layers
    ]
    columns = ["Layer", "Group", "Features", "Accuracy (m)", "As of", "Licence"]
    return html_table("Layers of the map", columns, rows, numeric=[2, 3], look="stack")


def layer_record(layer: Layer | Raster, notes: Footnotes) -> Markup:
    """Return all that the catalogue states of one layer or raster."""
    terms: list[tuple[str, CellContent]] = [
        ("Accuracy", f"about {layer.accuracy_m:,.0f} m. {layer.accuracy_note}"),
        ("Limits", layer.limits),
        ("Method", layer.method),
        ("Status", layer.status),
        ("As of", day(layer.as_of)),
        ("Licence", link(layer.licence, layer.licence_url)),
        ("Attribution to show", layer.attribution),
        ("Shown at the start", "yes" if layer.default_on else "no"),
        ("Built by", f"{layer.built_by}; packages: {', '.join(layer.packages) or 'none'}"),
        ("SHA-256", element("code", layer.sha256)),
    ]
    pairs = [part for term, words in terms for part in (element("dt", term), element("dd", words))]
    heading = element("h3", layer.title, notes.cite(layer.sources))
    return element(
        "article",
        heading,
        element("p", layer.holds, class_="soft"),
        element("dl", *pairs),
        class_="record",
        id=f"layer-{layer.id}",
    )


def licences_table(layers: Iterable[CatalogueEntry]) -> Markup:
    """Return what may be done with the data and the program: licence by licence, with the attribution each asks for."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for layer in layers:
        grouped.setdefault((layer.licence, layer.licence_url, layer.attribution), []).append(layer.title)
    data = [
        [link(licence, address), stacked(titles), attribution]
        for (licence, address, attribution), titles in grouped.items()
    ]
    other = [
        [link(part.licence, part.address) if part.address else part.licence, part.what, part.asks] for part in OTHER
    ]
    return html_table("Licences", ["Licence", "Holds for", "Attribution to show"], [*data, *other], look="stack")


def seats_table(sources: Mapping[SourceId, Source]) -> Markup:
    """Return how many sources of each kind sit in each country, alphabetically; a count is not a weight."""
    counted: Counter[tuple[str, str]] = Counter((source.seat, source.kind) for source in sources.values())
    kinds = [kind for kind in KIND_WORDS if any(counted[seat, kind] for seat, _ in counted)]
    rows = [
        [_seat(seat), *(str(counted[seat, kind] or "–") for kind in kinds), str(sum(counted[seat, k] for k in kinds))]
        for seat in sorted({seat for seat, _ in counted}, key=_seat_order)
    ]
    columns = ["Seat of the publisher", *(KIND_WORDS[kind] for kind in kinds), "All"]
    return html_table("Sources by the seat of their publisher", columns, rows, numeric=range(1, len(columns)))


def counting() -> Markup:
    """Return what the counts above the list do not mean."""
    return element(
        "p",
        "A count is not a weight. Two pages that repeat one statement are not two confirmations; “excerpt read” marks "
        "a page of which only a part was read. “By this entry alone” marks one of which no other list of ours says "
        "that it was read. The seat is that of the publisher, not of whoever is quoted.",
        class_="lead",
    )


def carriers(edition: Edition) -> Markup:
    """Return whose outlets carry what is newer than the pages read: it is one-sided, and that is said where it is used.

    Nothing where the edition has no edition before it.
    """
    if edition.previous_to is None:
        return Markup()
    words = (
        f"Of what happened after {day(edition.previous_to)} only headlines and secondary notes were found. Nearly all "
        "headlines are those of Armenian outlets; none of Azerbaijan, Iran or Türkiye was reachable."
    )
    return element("p", words, class_="lead")


def sources_by_seat(sources: Mapping[SourceId, Source]) -> Markup:
    """Return every source under the seat of its publisher, each list by date."""
    groups: dict[str, list[Source]] = {}
    for source in sources.values():
        groups.setdefault(source.seat, []).append(source)
    parts = []
    for seat in sorted(groups, key=_seat_order):
        items = [
            element("li", note(source), f". {source.note}" if source.note else "")
            for source in sorted(groups[seat], key=lambda source: (source.published, source.title))
        ]
        summary = element("summary", f"{_seat(seat)}: {len(items)}")
        parts.append(element("details", summary, element("ul", *items), class_="seat"))
    return Markup().join(parts)


def _seat(seat: str) -> str:
    return {"international": "International", "other": "Elsewhere, or not stated"}.get(seat, seat)


def _seat_order(seat: str) -> tuple[bool, str]:
    return seat in {"international", "other"}, seat


def boundary_nature(boundary: Boundary, notes: Footnotes) -> Markup:
    """Return what the boundary is and what it is not, in two columns."""
    columns = (
        ("What the boundary is", boundary.nature.holds),
        ("What the boundary is not", boundary.nature.does_not_hold),
    )
    parts = [
        element("section", element("h3", title), *(element("p", sentence) for sentence in sentences), aria_label=title)
        for title, sentences in columns
    ]
    source = element(
        "p", "Sources of the line and of what is said of it", notes.cite(boundary.nature.sources), class_="soft"
    )
    return element("div", element("div", *parts, class_="halves"), source)


def boundary_statements(boundary: Boundary, notes: Footnotes) -> Markup:
    """Return what each government has said, question by question, in columns of equal weight."""
    rows = [
        [
            topic.title,
            stacked(quotation(words, notes) for words in topic.armenia),
            stacked(quotation(words, notes) for words in topic.azerbaijan),
            topic.remark,
        ]
        for topic in boundary.topics
    ]
    columns = ["Question", "Said for Armenia", "Said for Azerbaijan", "On this map"]
    return html_table("What the two governments have said about the border", columns, rows, look="stack said")


def layers_named(layers: Mapping[LayerId, Layer | Raster], switches: Iterable[str] | None) -> list[Layer | Raster]:
    """Return the layers named by their switches ("route-rail" is part of "route"), all when none is named."""
    if switches is None:
        return list(layers.values())
    wanted = {switch if switch in layers else switch.partition("-")[0] for switch in switches}
    return [layer for layer in layers.values() if layer.id in wanted] or list(layers.values())

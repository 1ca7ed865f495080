"""What a card says of one segment of a route: its course, its lengths, its dates, who proposed it and who answered."""

from corridor.land.features import (
    SINGLE_FACTS,
    Feature,
    RouteProperties,
    SegmentDate,
    SegmentLength,
    SegmentStatement,
    layer_of,
    properties_of,
)
from corridor.legs import segment_share_off
from corridor.present.cards.rows import CardRow, Rows
from corridor.present.style import ALIGNMENTS
from corridor.present.words import figure
from corridor.quantities import bare_kilometres, day, measured_part, off_words

#: Said where nobody was found who did it.
NOBODY = {"Proposed by": "no proposal found", "Answered by": "no answer found"}


def title(feature: Feature) -> str:
    """Return what the card of a feature is called; the map names a line so where it is pointed at."""
    label = feature["properties"]["label"]
    if layer_of(feature["id"]) == "route" and "office_line" in properties_of(feature, RouteProperties):
        return f"{label}: line added by this office"
    return label


def route_rows(rows: Rows, properties: RouteProperties) -> list[CardRow]:
    """Return the rows of a segment; every published length and date stands in a row of its own."""
    sources = properties["sources"]
    course, meaning = ALIGNMENTS[properties["alignment_status"]]
    office_line = properties.get("office_line", "")
    # What is known of the course was said before the office added its line.
    as_of = properties.get("course_as_of", properties["as_of"])
    if office_line and properties["alignment_status"] == "none":
        meaning, as_of = "drawn from the line that this office added", properties["as_of"]
    contested = "; officials describe it differently" if properties["contested"] else ""
    card_rows = [
        rows.row("From – to", f"{properties['segment_from']} – {properties['segment_to']}", sources, common=True),
        rows.row("Course", course, sources, accuracy=f"{meaning}{contested}", as_of=as_of, common=True),
        *([rows.row("Line", office_line, sources[:1], as_of=properties["as_of"])] if office_line else []),
        *(_published_length(rows, length) for length in properties["published_lengths"]),
    ]
    if properties["measured_km"] is not None:
        measured = bare_kilometres(properties["measured_km"], properties["accuracy_m"])
        note = properties["measured_note"] or "along the line as drawn"
        accuracy = ". ".join(filter(None, (_drawn_off(properties), note)))
        by_whom = "by this office" if office_line else "here"
        card_rows.append(rows.row(f"As drawn {by_whom}", measured, sources, unit="km", accuracy=accuracy, common=True))
    card_rows += [rows.fact(fact, label) for key, label in SINGLE_FACTS.items() if (fact := properties[key])]
    card_rows += [_moment(rows, moment) for moment in properties["dates"]]
    card_rows += _said(rows, "Proposed by", properties["proposed_by"], sources)
    return card_rows + _said(rows, "Answered by", properties["answered_by"], sources)


def _drawn_off(properties: RouteProperties) -> str:
    """Return by how much a drawing leaves its published lengths, where that is more than it may without a word."""
    said = off_words(segment_share_off(properties))
    return f"{said.capitalize()} of its published length" if said.endswith("short") else said.capitalize()


def _published_length(rows: Rows, length: SegmentLength) -> CardRow:
    high = length["km_high"]
    apart = "" if length["comparable"] else "; measures something else than the line drawn"
    return rows.row(
        "Published length",
        f"{figure(length['km'])}–{figure(high)}" if high else length["km"],
        length["sources"],
        unit="km",
        accuracy=f"{measured_part(length)}{apart}",
        as_of=length["as_of"] or "undated",
        by=length["by"],
    )


def _moment(rows: Rows, moment: SegmentDate) -> CardRow:
    return rows.row(
        ": ".join(filter(None, (moment["kind"].capitalize(), moment["of"], moment["what"]))),
        day(moment["date"]),
        moment["sources"],
        as_of=moment["said_on"] or "undated",
        by=moment["by"],
        quote=moment["quote"],
    )


def _said(rows: Rows, label: str, statements: list[SegmentStatement], sources: list[str]) -> list[CardRow]:
    if not statements:
        return [rows.row(label, NOBODY[label], sources, common=True)]
    return [
        rows.row(
            label,
            statement["what"],
            statement["sources"],
            as_of=statement["as_of"] or "undated",
            by=statement["by"],
            quote=statement["quote"],
        )
        for statement in statements
    ]

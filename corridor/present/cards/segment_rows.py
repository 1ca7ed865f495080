"""What a card says of one segment of a route: its course, its lengths, its dates, who proposed it and who answered."""

from corridor.land.features import SINGLE_FACTS, RouteProperties, SegmentDate, SegmentLength, SegmentStatement
from corridor.present.cards.rows import CardRow, Rows
from corridor.present.style import ALIGNMENTS
from corridor.present.words import figure
from corridor.quantities import day

#: Said where nobody was found who did it.
NOBODY = {"Proposed by": "no proposal found", "Answered by": "no answer found"}


def route_rows(rows: Rows, properties: RouteProperties) -> list[CardRow]:
    """Return the rows of a segment; every published length and date stands in a row of its own."""
    sources = properties["sources"]
    course, meaning = ALIGNMENTS[properties["alignment_status"]]
    contested = "; officials describe it differently" if properties["contested"] else ""
    card_rows = [
        rows.row("From – to", f"{properties['segment_from']} – {properties['segment_to']}", sources, common=True),
        rows.row("Course", course, sources, accuracy=f"{meaning}{contested}", as_of=properties["as_of"], common=True),
        *(_published_length(rows, length) for length in properties["published_lengths"]),
    ]
    if properties["measured_km"] is not None:
        measured = f"{properties['measured_km']:,.1f}"
        note = properties["measured_note"] or "along the line as drawn"
        card_rows.append(rows.row("Measured here", measured, sources, unit="km", accuracy=note, common=True))
    card_rows += [rows.fact(fact, label) for key, label in SINGLE_FACTS.items() if (fact := properties[key])]
    card_rows += [_moment(rows, moment) for moment in properties["dates"]]
    card_rows += _said(rows, "Proposed by", properties["proposed_by"], sources)
    return card_rows + _said(rows, "Answered by", properties["answered_by"], sources)


def _published_length(rows: Rows, length: SegmentLength) -> CardRow:
    high = length["km_high"]
    apart = "" if length["comparable"] else "; measures something else than the line drawn"
    return rows.row(
        "Published length",
        f"{figure(length['km'])}–{figure(high)}" if high else length["km"],
        length["sources"],
        unit="km",
        accuracy=f"{length['what']}{apart}",
        as_of=length["as_of"] or "undated",
        by=length["by"],
    )


def _moment(rows: Rows, moment: SegmentDate) -> CardRow:
    return rows.row(
        f"{moment['kind'].capitalize()}: {moment['what']}",
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

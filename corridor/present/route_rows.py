"""What a card says of one segment of a route: its course, its lengths, its dates, who proposed it and who answered."""

from collections.abc import Mapping
from typing import Any

from corridor.present.rows import Row, Rows
from corridor.present.style import ALIGNMENTS, MODES
from corridor.present.words import day

NO_ANSWER = "no answer found"
#: The properties of a segment that hold one fact each, and what the card calls them.
SINGLE_FACTS = {"gauge": "Gauge", "operator": "Operator", "owner": "Owner", "capacity": "Capacity", "cost": "Cost"}


def route_rows(rows: Rows, properties: Mapping[str, Any], country: str) -> list[Row]:
    """Return the rows of a segment; every published length and date stands in a row of its own."""
    sources = properties["sources"]
    course, meaning = ALIGNMENTS[properties["alignment_status"]]
    contested = "; officials describe it differently" if properties["contested"] else ""
    told = [
        rows.row("Mode", MODES[properties["mode"]], sources),
        rows.row("From – to", f"{properties['segment_from']} – {properties['segment_to']}", sources),
        rows.row("Country", country, sources),
        rows.row("Course", f"{course}: {meaning}{contested}", sources, as_of=properties["as_of"]),
    ]
    told += [
        rows.row(
            "Published length",
            length["km"],
            length["sources"],
            unit="km",
            accuracy=length["what"],
            as_of=length["as_of"] or "undated",
            by=length["by"],
        )
        for length in properties["published_lengths"]
    ]
    if properties["measured_km"] is not None:
        told.append(
            rows.row(
                "Measured here",
                round(properties["measured_km"], 1),
                sources,
                unit="km",
                accuracy=properties["measured_note"] or "along the line as drawn",
                as_of=properties["as_of"],
            )
        )
    told += [rows.fact(properties[key], label) for key, label in SINGLE_FACTS.items() if properties[key]]
    told += [
        rows.row(
            f"{moment['kind'].capitalize()}: {moment['what']}",
            day(moment["date"]),
            moment["sources"],
            as_of=moment["said_on"] or "undated",
            by=moment["by"],
            quote=moment["quote"],
        )
        for moment in properties["dates"]
    ]
    told += _said(rows, "Proposed by", properties["proposed_by"], sources)
    return told + _said(rows, "Answered by", properties["answered_by"], sources)


def _said(rows: Rows, label: str, statements: list[dict[str, Any]], sources: list[str]) -> list[Row]:
    if not statements:
        return [rows.row(label, NO_ANSWER, sources)]
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

"""Which sourced facts belong to no feature, event or document, and would otherwise be typed into an answer."""

from collections.abc import Collection
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.sources import GEODATA, STRICT, SourceId
from corridor.texts.reading import FilledText, records, refuse_unsourced

FILE = "findings.toml"


@dataclass(frozen=True, config=STRICT)
class StatedFact:
    """One fact with its sources; `as_of` is an ISO date, month or year, or "undated"; a date has the unit "date"."""

    id: str
    what: FilledText
    value: int | float | str
    as_of: FilledText
    sources: tuple[SourceId, ...]
    unit: str = ""
    accuracy: str = ""
    by: str = ""
    quote: str = ""


def read_findings(known_sources: Collection[SourceId], root: Path = GEODATA) -> dict[str, StatedFact]:
    """Return geodata/texts/findings.toml by id; raise DocumentError for a broken entry or an unknown source."""
    facts = records(FILE, "finding", TypeAdapter(StatedFact), root)
    refuse_unsourced(facts, known_sources, FILE)
    return {fact.id: fact for fact in facts}

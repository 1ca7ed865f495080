"""Who is who, and what the short forms stand for."""

from collections.abc import Collection
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.sources import GEODATA, STRICT, SourceId
from corridor.texts.reading import DayOrMonth, FilledText, records, refuse_unknown, refuse_unsourced


@dataclass(frozen=True, config=STRICT)
class Person:
    """Somebody the documents or the sources name; `office` is the one held as of `as_of`, `sort` orders the list."""

    id: str
    name: FilledText
    sort: FilledText
    office: FilledText
    state: FilledText
    as_of: DayOrMonth
    role: FilledText
    sources: tuple[SourceId, ...]
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, config=STRICT)
class Acronym:
    """A short form and what it stands for; `sources` is empty where the expansion is common knowledge."""

    id: str
    stands_for: FilledText
    note: str = ""
    sources: tuple[SourceId, ...] = ()


def read_people(known_sources: Collection[SourceId], root: Path = GEODATA) -> tuple[Person, ...]:
    """Return geodata/texts/people.toml by surname; raise DocumentError for a broken entry or an unknown source."""
    people = records("people.toml", "person", TypeAdapter(Person), root)
    refuse_unsourced(people, known_sources, "people.toml")
    return tuple(sorted(people, key=lambda person: person.sort))


def read_acronyms(known_sources: Collection[SourceId], root: Path = GEODATA) -> tuple[Acronym, ...]:
    """Return geodata/texts/acronyms.toml in alphabetical order; raise DocumentError as the other registers do."""
    acronyms = records("acronyms.toml", "acronym", TypeAdapter(Acronym), root)
    for acronym in acronyms:
        where = f"geodata/texts/acronyms.toml, {acronym.id!r}"
        refuse_unknown(acronym.sources, known_sources, where, "recorded in geodata/sources/")
    return tuple(sorted(acronyms, key=lambda acronym: acronym.id.casefold()))

"""What the boundary on the map is and is not, and what the two governments have said about it, side by side."""

from collections.abc import Collection
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.sources import GEODATA, STRICT, SourceId
from corridor.texts.reading import (
    FilledText,
    Quotation,
    checked_record,
    read_register,
    records,
    refuse_unknown,
    refuse_unsourced,
)


@dataclass(frozen=True, config=STRICT)
class Nature:
    """Sentences on what the drawn boundary is, and on what it is not."""

    holds: tuple[FilledText, ...]
    does_not_hold: tuple[FilledText, ...]
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, config=STRICT)
class Topic:
    """A question about the border, what each government has said on it by date, and what that means for the map."""

    id: str
    title: FilledText
    armenia: tuple[Quotation, ...]
    azerbaijan: tuple[Quotation, ...]
    remark: FilledText


@dataclass(frozen=True)
class Boundary:
    """The whole register."""

    nature: Nature
    topics: tuple[Topic, ...]


def read_boundary(known_sources: Collection[SourceId], root: Path = GEODATA) -> Boundary:
    """Return geodata/texts/boundary.toml; raise DocumentError for a broken entry or an unknown source."""
    name = "boundary.toml"
    where = f"geodata/texts/{name}, [boundary]"
    nature = checked_record(TypeAdapter(Nature), read_register(name, root).get("boundary", {}), where)
    refuse_unknown(nature.sources, known_sources, where, "recorded in geodata/sources/")
    topics = records(name, "topic", TypeAdapter(Topic), root)
    refuse_unsourced(topics, known_sources, name)
    return Boundary(nature=nature, topics=topics)

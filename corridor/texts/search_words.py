"""Which words mean the same to somebody who searches: a reviewed table, never shown."""

from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.sources import GEODATA, STRICT
from corridor.texts.reading import FilledText, checked_record, read_register

FILE = "search_words.toml"


@dataclass(frozen=True, config=STRICT)
class SearchWords:
    """The table: `idle` words carry nothing, `alike` are groups, `means` and `ways` lead one way.

    `means` has what is typed and the words it also finds; `ways` the id of an entry and the ways of asking for it.
    """

    idle: tuple[FilledText, ...]
    alike: tuple[tuple[FilledText, ...], ...]
    means: dict[str, tuple[FilledText, ...]]
    ways: dict[str, tuple[FilledText, ...]]


def read_search_words(root: Path = GEODATA) -> SearchWords:
    """Return geodata/texts/search_words.toml; raise DocumentError, one sentence, for a key that does not fit."""
    return checked_record(TypeAdapter(SearchWords), read_register(FILE, root), f"geodata/texts/{FILE}")

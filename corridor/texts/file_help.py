"""Which kinds of file are read, and how each is taken out of the program it comes from."""

from pathlib import Path

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.sources import GEODATA, STRICT
from corridor.texts.reading import FilledText, records

FILE = "file_help.toml"


@dataclass(frozen=True, config=STRICT)
class ReadFormat:
    """A kind of file that is read; `endings` are how its names end, `note` what to know of it."""

    id: str
    format: FilledText
    endings: FilledText
    note: FilledText


@dataclass(frozen=True, config=STRICT)
class ExportingProgram:
    """A program, and the steps by which it writes a file that is read."""

    id: str
    program: FilledText
    steps: tuple[FilledText, ...]


def read_formats(root: Path = GEODATA) -> tuple[ReadFormat, ...]:
    """Return what is read, in the order of geodata/texts/file_help.toml; raise DocumentError for a broken entry."""
    return records(FILE, "read", TypeAdapter(ReadFormat), root)


def read_exporting_programs(root: Path = GEODATA) -> tuple[ExportingProgram, ...]:
    """Return the programs in the order of geodata/texts/file_help.toml; raise DocumentError for a broken entry."""
    return records(FILE, "program", TypeAdapter(ExportingProgram), root)

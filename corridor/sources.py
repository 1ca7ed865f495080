"""Where every figure, name and line comes from."""

import json
import tomllib
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from corridor.errors import CatalogueError

GEODATA = Path(__file__).resolve().parent.parent / "geodata"
SourceId = str
STRICT = ConfigDict(extra="forbid", strict=True)
T = TypeVar("T")
#: Stands for the date of what has none.
UNDATED = "undated"


@dataclass(frozen=True, config=STRICT)
class Source:
    """One page, document or dataset.

    `reference` is what a reader needs to find it (an address as far as it is known, a file, a title and date);
    `published` and `read` are ISO dates, or "undated"; `seat` is the country the publisher sits in. `grade` is how much
    was read: the page or file itself, a dated headline alone, or a note of somebody who names a page nobody here read.
    It is never guessed: a record has to state it.
    """

    publisher: str
    title: str
    reference: str
    published: str
    read: str
    seat: Literal[
        "Armenia",
        "Azerbaijan",
        "Georgia",
        "Iran",
        "Russia",
        "Türkiye",
        "United States",
        "international",
        "other",
    ]
    kind: Literal["dataset", "document", "encyclopaedia", "official", "own-work", "press", "seed"]
    grade: Literal["page", "headline", "note"]
    url: str = ""
    excerpt_only: bool = False
    licence: str = ""
    licence_url: str = ""
    note: str = ""


def read_toml(path: Path, root: Path = GEODATA) -> dict[str, Any]:
    """Return the table in a TOML file; raise CatalogueError naming the file and line when it cannot be read."""
    shown = path.relative_to(root.parent) if path.is_relative_to(root.parent) else path
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"{shown} is missing; it ships with the application.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{shown} is not readable TOML: {error}.") from error


def checked(adapter: TypeAdapter[T], entry: object) -> T:
    """Return a TOML entry as the record `adapter` describes; raise pydantic's ValidationError when it does not fit.

    Validated as JSON, because a strict record takes a table or a list only from there; dates are therefore strings.
    """
    return adapter.validate_json(json.dumps(entry, default=str))


def first_fault(error: ValidationError) -> str:
    """Return the first thing pydantic found wrong as "key: what was expected"."""
    fault = error.errors()[0]
    key = ".".join(str(part) for part in fault["loc"]) or "the entry"
    return f"{key}: {fault['msg'][0].lower()}{fault['msg'][1:]}"


def read_sources(root: Path = GEODATA) -> dict[SourceId, Source]:
    """Return every source record of geodata/sources/, by id; raise CatalogueError for a broken or doubled one."""
    adapter = TypeAdapter(Source)
    sources: dict[SourceId, Source] = {}
    for path in sorted((root / "sources").glob("*.toml")):
        for source_id, record in read_toml(path, root).get("source", {}).items():
            where = f"geodata/sources/{path.name}, [source.{source_id}]"
            if source_id in sources:
                raise CatalogueError(f"{where} is already defined in another file; a source has one record.")
            if isinstance(record, dict) and "grade" not in record:
                raise CatalogueError(f'{where} has no grade; state how much was read: "page", "headline" or "note".')
            try:
                sources[source_id] = checked(adapter, record)
            except ValidationError as error:
                raise CatalogueError(f"{where} has a fault at {first_fault(error)}.") from error
    return sources

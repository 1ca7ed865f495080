"""How the written registers of geodata/texts/ are read: strictly, with one sentence for what is wrong and where."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from corridor.errors import CatalogueError, DocumentError
from corridor.sources import GEODATA, STRICT, SourceId, checked, first_fault, read_toml


class HasId(Protocol):
    """Any record of a register."""

    @property
    def id(self) -> str:
        """The record's own id, used once in its register."""


RegisterRecord = TypeVar("RegisterRecord", bound=HasId)
T = TypeVar("T")


def _day(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise ValueError("a day such as 2025-08-08 was expected") from error


def _day_or_month(value: str) -> str:
    if re.fullmatch(r"\d{4}-\d{2}", value):
        _day(f"{value}-01")
        return value
    return _day(value)


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("some text was expected")
    return value


#: An ISO day.
Day = Annotated[str, AfterValidator(_day)]
#: An ISO day, or a month ("2025-12") where no source gives the day.
DayOrMonth = Annotated[str, AfterValidator(_day_or_month)]
#: Text that is not blank.
FilledText = Annotated[str, AfterValidator(_filled)]


@dataclass(frozen=True, config=STRICT)
class Quotation:
    """Somebody's own words: who said them, when (an ISO day, or "undated"), and in which sources they were read.

    `translated` is true where the words were read in a translation.
    """

    text: FilledText
    by: FilledText
    as_of: FilledText
    sources: tuple[SourceId, ...]
    translated: bool = False
    note: str = ""


def read_register(name: str, root: Path = GEODATA) -> dict[str, Any]:
    """Return the tables of geodata/texts/<name>; raise DocumentError when the file is missing or not readable TOML."""
    try:
        return read_toml(root / "texts" / name, root)
    except CatalogueError as error:
        raise DocumentError(str(error)) from error


def checked_record(adapter: TypeAdapter[T], entry: object, where: str) -> T:
    """Return one entry as its record; raise DocumentError naming `where` and the key that does not fit."""
    try:
        return checked(adapter, entry)
    except ValidationError as error:
        raise DocumentError(f"{where} has a fault at {first_fault(error)}.") from error


def records(
    name: str, key: str, adapter: TypeAdapter[RegisterRecord], root: Path = GEODATA
) -> tuple[RegisterRecord, ...]:
    """Return the [[key]] entries of geodata/texts/<name> in file order.

    Raises DocumentError for a missing or broken file, an entry that does not fit, a doubled id, or no entry at all.
    """
    by_id: dict[str, RegisterRecord] = {}
    for number, entry in enumerate(read_register(name, root).get(key, []), start=1):
        identity = entry.get("id", f"number {number}")
        where = f"geodata/texts/{name}, {key} {identity!r}"
        record = checked_record(adapter, entry, where)
        if record.id in by_id:
            raise DocumentError(f"{where} stands in the file twice; an id is used once.")
        by_id[record.id] = record
    if not by_id:
        raise DocumentError(f"geodata/texts/{name} has no [[{key}]]; at least one was expected.")
    return tuple(by_id.values())


def cited_ids(record: object) -> Iterator[SourceId]:
    """Yield every source id in the `sources` (or `source`, `carried_by`) of a record and of the records inside it."""
    if is_dataclass(record):
        for part in fields(record):
            value = getattr(record, part.name)
            if part.name == "sources":
                yield from value
            elif part.name in {"source", "carried_by"} and value:
                yield value
            else:
                yield from cited_ids(value)
    elif isinstance(record, (tuple, list)):
        for item in record:
            yield from cited_ids(item)
    elif isinstance(record, dict):
        yield from cited_ids(tuple(record.values()))


def refuse_unknown(ids: Iterable[str], known: Collection[str], where: str, what: str) -> None:
    """Raise DocumentError naming the first of `ids` that is not among `known`; `what` says what it should have been."""
    for identity in ids:
        if identity not in known:
            raise DocumentError(f"{where} names {identity!r}, which is not {what}.")


def refuse_unsourced(records_read: Iterable[HasId], known: Collection[SourceId], name: str) -> None:
    """Raise DocumentError for the first record that cites no source, or one nobody recorded."""
    for record in records_read:
        where = f"geodata/texts/{name}, {record.id!r}"
        sources = tuple(cited_ids(record))
        if not sources:
            raise DocumentError(f"{where} has no sources; every entry names at least one.")
        refuse_unknown(sources, known, where, "recorded in geodata/sources/")

"""Which documents and programmes surround the Declaration, how their wording compares, and where sources disagree."""

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.errors import DocumentError
from corridor.sources import GEODATA, STRICT, SourceId
from corridor.texts.reading import (
    Day,
    DayOrMonth,
    FilledText,
    Quotation,
    checked_record,
    read_register,
    records,
    refuse_unknown,
    refuse_unsourced,
)

InstrumentId = str


@dataclass(frozen=True, config=STRICT)
class Act:
    """One thing done with an instrument: by whom, on which day or in which month, and who says so."""

    did: Literal[
        "adopted",
        "announced",
        "initialled",
        "published",
        "ratified",
        "reported as approved",
        "reported as signed",
        "signed",
        "witnessed",
    ]
    by: tuple[FilledText, ...]
    date: DayOrMonth
    sources: tuple[SourceId, ...]
    note: str = ""


@dataclass(frozen=True, config=STRICT)
class Instrument:
    """One document or programme.

    `name` is its own exact name as its carrier prints it, `label` the short form on screen; `status` holds as of
    `status_as_of`; `character` is its legal force in somebody's words; `map_relation` says what of it a map can show.
    """

    id: InstrumentId
    label: FilledText
    name: FilledText
    kind: Literal["document", "programme"]
    parties: tuple[FilledText, ...]
    date: DayOrMonth
    status: FilledText
    status_as_of: Day
    map_relation: FilledText
    sources: tuple[SourceId, ...]
    acts: tuple[Act, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    character: str = ""
    conflict: str = ""
    note: str = ""


@dataclass(frozen=True, config=STRICT)
class Passage:
    """The passage of one text that is compared; `carried_by` is the source it was read in."""

    id: str
    instrument: InstrumentId
    label: FilledText
    date: Day
    passage: FilledText
    carried_by: SourceId
    sources: tuple[SourceId, ...]
    note: str = ""


@dataclass(frozen=True, config=STRICT)
class Saying:
    """What one passage says on one point: its own words, or a remark where it says nothing."""

    text: str
    words: str = ""
    remark: str = ""


@dataclass(frozen=True, config=STRICT)
class Point:
    """One point on which the passages are set side by side, in the order of their dates."""

    id: str
    title: FilledText
    sayings: tuple[Saying, ...]


@dataclass(frozen=True)
class Parallels:
    """The same topic in several texts: the passages by date, and the points they are compared on."""

    passages: tuple[Passage, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, config=STRICT)
class Version:
    """One source's words on a disputed point; `quote` is short and verbatim."""

    source: SourceId
    quote: FilledText
    note: str = ""


@dataclass(frozen=True, config=STRICT)
class Disagreement:
    """A point on which sources differ, with their words side by side and what can be said about it."""

    id: str
    title: FilledText
    versions: tuple[Version, ...]
    remark: FilledText


@dataclass(frozen=True, config=STRICT)
class Origins:
    """Where the sources come from; shown above the disagreements."""

    statement: FilledText
    counting: FilledText
    heading: FilledText
    sources: tuple[SourceId, ...]


@dataclass(frozen=True)
class Disagreements:
    """The statement of origin and the disagreements in the order of the register."""

    origins: Origins
    entries: tuple[Disagreement, ...]


def read_instruments(known_sources: Collection[SourceId], root: Path = GEODATA) -> dict[InstrumentId, Instrument]:
    """Return geodata/texts/instruments.toml by id, in the order of their dates.

    Raises DocumentError for a broken entry, an id without "instrument/", or a source nobody recorded.
    """
    name = "instruments.toml"
    instruments = records(name, "instrument", TypeAdapter(Instrument), root)
    for instrument in instruments:
        if not instrument.id.startswith("instrument/"):
            raise DocumentError(f"geodata/texts/{name}, {instrument.id!r} should begin with 'instrument/'.")
    refuse_unsourced(instruments, known_sources, name)
    return {instrument.id: instrument for instrument in sorted(instruments, key=lambda entry: entry.date)}


def read_parallels(
    known_instruments: Collection[InstrumentId], known_sources: Collection[SourceId], root: Path = GEODATA
) -> Parallels:
    """Return geodata/texts/parallels.toml.

    Raises DocumentError for a passage of an unknown instrument, a point that leaves a passage out, or words that do
    not stand in the passage they are quoted from.
    """
    name = "parallels.toml"
    passages = records(name, "passage", TypeAdapter(Passage), root)
    points = records(name, "point", TypeAdapter(Point), root)
    refuse_unsourced(passages, known_sources, name)
    texts = {passage.id: passage.passage for passage in passages}
    for passage in passages:
        where = f"geodata/texts/{name}, passage {passage.id!r}"
        refuse_unknown([passage.instrument], known_instruments, where, "an instrument")
    for point in points:
        _refuse_uneven(point, texts, f"geodata/texts/{name}, point {point.id!r}")
    return Parallels(passages=passages, points=points)


def _refuse_uneven(point: Point, texts: dict[str, str], where: str) -> None:
    if [saying.text for saying in point.sayings] != list(texts):
        raise DocumentError(f"{where} should say something on each of {', '.join(texts)}, in this order.")
    for saying in point.sayings:
        if not saying.words and not saying.remark:
            raise DocumentError(f"{where}, {saying.text!r} has neither words nor a remark; one of them was expected.")
        if saying.words not in texts[saying.text]:
            raise DocumentError(
                f"{where} quotes {saying.words!r}, which does not stand in the passage {saying.text!r}."
            )


def read_disagreements(known_sources: Collection[SourceId], root: Path = GEODATA) -> Disagreements:
    """Return geodata/texts/disagreements.toml; raise DocumentError for a broken entry or an unknown source."""
    name = "disagreements.toml"
    origins = checked_record(
        TypeAdapter(Origins), read_register(name, root).get("origins", {}), f"geodata/texts/{name}, [origins]"
    )
    refuse_unknown(origins.sources, known_sources, f"geodata/texts/{name}, [origins]", "recorded in geodata/sources/")
    entries = records(name, "disagreement", TypeAdapter(Disagreement), root)
    refuse_unsourced(entries, known_sources, name)
    return Disagreements(origins=origins, entries=entries)

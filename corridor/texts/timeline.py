"""What happened when: dated events, who reports each, and where the reports differ."""

from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.errors import DocumentError
from corridor.sources import GEODATA, STRICT, SourceId
from corridor.texts.reading import DayOrMonth, FilledText, Quotation, records, refuse_unknown, refuse_unsourced

EventId = str
#: The rows a drawn timeline puts its events in, in this order.
TRACKS = ("documents", "works and services", "borders", "statements", "other events")


@dataclass(frozen=True, config=STRICT)
class Event:
    """One dated event: a neutral sentence, who says it, and what is disputed about it.

    `date` is a day or a month; `until` closes a period; `instruments` are the documents it concerns. `names` are the
    words by which the search finds it: text, language, then a note and whether a government objects to it. `question`
    is the number of the one that says more. `added` says that it is new in this edition.
    """

    id: EventId
    date: DayOrMonth
    title: FilledText
    sentence: FilledText
    says: FilledText
    track: Literal["documents", "works and services", "borders", "statements", "other events"]
    sources: tuple[SourceId, ...]
    until: DayOrMonth | None = None
    instruments: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    disagreement: str = ""
    names: tuple[tuple[str | bool, ...], ...] = ()
    question: int | None = None
    added: bool = False


def read_timeline(
    known_instruments: Collection[str], known_sources: Collection[SourceId], root: Path = GEODATA
) -> dict[EventId, Event]:
    """Return geodata/texts/timeline.toml by id, oldest first.

    Raises DocumentError for a broken entry, an id without "event/", a period that ends before it begins, or an
    instrument or source that does not exist.
    """
    name = "timeline.toml"
    events = records(name, "event", TypeAdapter(Event), root)
    for event in events:
        where = f"geodata/texts/{name}, {event.id!r}"
        if not event.id.startswith("event/"):
            raise DocumentError(f"{where} should begin with 'event/'.")
        if event.until is not None and event.until < event.date:
            raise DocumentError(f"{where} ends on {event.until}, before it begins on {event.date}.")
        refuse_unknown(event.instruments, known_instruments, where, "an instrument")
    refuse_unsourced(events, known_sources, name)
    return {event.id: event for event in sorted(events, key=lambda entry: entry.date)}

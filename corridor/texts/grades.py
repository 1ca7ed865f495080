"""How new a source and an event may be by how much was read: pages, headlines alone, secondary notes, data sets."""

from collections.abc import Iterable, Iterator, Mapping

from corridor.errors import CatalogueError, DocumentError
from corridor.sources import UNDATED, Source, SourceId
from corridor.texts.edition import FILE, Edition
from corridor.texts.instruments import Instrument
from corridor.texts.reading import DayOrMonth
from corridor.texts.timeline import Event

#: Data that layers and lines were made from; they have dates of their own, which the catalogue gives.
OF_LAYERS = ("dataset", "own-work")


def refuse_newer_than_their_grade(
    sources: Mapping[SourceId, Source], entries: Iterable[Event | Instrument], edition: Edition
) -> None:
    """Raise CatalogueError for a source, DocumentError for an event or a document, newer than what was read.

    Of an event and a document every dated thing counts: when it was and ended, what was done, what is quoted.
    """
    newest: dict[str, DayOrMonth | None] = {
        "page": edition.pages_to,
        "headline": edition.headlines_to,
        "note": edition.notes_to,
    }
    for identity, source in sources.items():
        read_to = newest[source.grade]
        if source.kind in OF_LAYERS or source.published == UNDATED:
            continue
        if read_to is None or _after(source.published, read_to):
            raise CatalogueError(
                f"geodata/sources/, [source.{identity}] is of {source.published}, and geodata/{FILE} has nothing of "
                f"the grade {source.grade!r} after {read_to or 'any day'}; mend its grade, or move that day."
            )
    for entry in entries:
        for what, day, cited in _dated(entry):
            graded = [(sources[source], newest[sources[source].grade]) for source in cited]
            read_to = max(edition.data_to if source.kind in OF_LAYERS else to or "" for source, to in graded)
            if day != UNDATED and _after(day, read_to):
                grades = " or ".join(dict.fromkeys(repr(source.grade) for source, _ in graded))
                name = "timeline.toml" if isinstance(entry, Event) else "instruments.toml"
                raise DocumentError(
                    f"geodata/texts/{name}, {entry.id!r} {what} {day}, after {read_to}, the newest source of its "
                    f"grade ({grades}) by geodata/{FILE}."
                )


def _dated(entry: Event | Instrument) -> Iterator[tuple[str, DayOrMonth, tuple[SourceId, ...]]]:
    """Yield what is dated in an entry, in words before its day, with the day and the sources it rests on."""
    if isinstance(entry, Event):
        yield "is dated", entry.date, entry.sources
        if entry.until is not None:
            yield "ends on", entry.until, entry.sources
    else:
        for act in entry.acts:
            yield f"is {act.did} on", act.date, act.sources
    for quotation in entry.quotations:
        yield "quotes words of", quotation.as_of, quotation.sources


def _after(day: DayOrMonth, other: DayOrMonth) -> bool:
    """Whether a day or month is later than another, as far as both are known."""
    known = min(len(day), len(other))
    return day[:known] > other[:known]

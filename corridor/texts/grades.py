"""How new a source and an event may be by how much was read: pages, headlines alone, secondary notes, data sets."""

from collections.abc import Iterable, Mapping

from corridor.errors import CatalogueError, DocumentError
from corridor.sources import Source, SourceId
from corridor.texts.edition import FILE, Edition
from corridor.texts.reading import DayOrMonth
from corridor.texts.timeline import Event

#: Data that layers and lines were made from; they have dates of their own, which the catalogue gives.
OF_LAYERS = ("dataset", "own-work")


def refuse_newer_than_their_grade(
    sources: Mapping[SourceId, Source], events: Iterable[Event], edition: Edition
) -> None:
    """Raise CatalogueError for a source, DocumentError for an event, that is newer than what was read of its grade."""
    newest: dict[str, DayOrMonth | None] = {
        "page": edition.pages_to,
        "headline": edition.headlines_to,
        "note": edition.notes_to,
    }
    for identity, source in sources.items():
        read_to = newest[source.grade]
        if source.kind in OF_LAYERS or source.published == "undated":
            continue
        if read_to is None or _after(source.published, read_to):
            raise CatalogueError(
                f"geodata/sources/, [source.{identity}] is of {source.published}, and geodata/{FILE} has nothing of "
                f"the grade {source.grade!r} after {read_to or 'any day'}; mend its grade, or move that day."
            )
    for event in events:
        graded = [(sources[source], newest[sources[source].grade]) for source in event.sources]
        read_to = max(edition.data_to if source.kind in OF_LAYERS else day or "" for source, day in graded)
        if _after(event.date, read_to):
            grades = " or ".join(dict.fromkeys(repr(source.grade) for source, _ in graded))
            raise DocumentError(
                f"geodata/texts/timeline.toml, {event.id!r} is dated {event.date}, after {read_to}, the newest "
                f"source of its grade ({grades}) by geodata/{FILE}."
            )


def _after(day: DayOrMonth, other: DayOrMonth) -> bool:
    """Whether a day or month is later than another, as far as both are known."""
    known = min(len(day), len(other))
    return day[:known] > other[:known]

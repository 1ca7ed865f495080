"""Sources as numbered notes: each source has one number where it is used, and stands once in the list beneath."""

from collections.abc import Iterable, Mapping

from corridor.present.tables import Html, element, link
from corridor.present.words import day, source_line
from corridor.sources import Source, SourceId


class Footnotes:
    """Numbers sources in the order in which they are first used; made anew for every list."""

    def __init__(self, sources: Mapping[SourceId, Source]) -> None:
        self._sources = sources
        self._numbers: dict[SourceId, int] = {}

    def numbers(self, ids: Iterable[SourceId]) -> list[int]:
        """Return the numbers of the sources, given out where they are new; raises KeyError for an unknown source."""
        for source_id in ids:
            if source_id not in self._sources:
                raise KeyError(source_id)
            self._numbers.setdefault(source_id, len(self._numbers) + 1)
        return sorted(self._numbers[source_id] for source_id in set(ids))

    def mark(self, ids: Iterable[SourceId]) -> Html:
        """Return the numbers as a raised mark, read out as "source 1, 2"; nothing where there is no source."""
        numbers = self.numbers(tuple(ids))
        if not numbers:
            return Html("")
        told = ", ".join(str(number) for number in numbers)
        return element("sup", element("span", " source ", class_="for-ears"), told, class_="note-mark")

    def text_mark(self, ids: Iterable[SourceId]) -> str:
        """Return the numbers as plain text, " [1, 2]"."""
        numbers = self.numbers(tuple(ids))
        return f" [{', '.join(str(number) for number in numbers)}]" if numbers else ""

    def html(self) -> Html:
        """Return the list of the sources used so far, with where to find each."""
        return element(
            "ol", *(element("li", *_told(self._sources[source_id])) for source_id in self._numbers), class_="notes"
        )

    def text(self) -> str:
        """Return the list as plain text, one source in each line."""
        return "\n".join(
            f"[{number}] {source_line(self._sources[source_id])}. {self._sources[source_id].reference}"
            for source_id, number in self._numbers.items()
        )


def _told(source: Source) -> list[str | Html]:
    found = link(source.reference, source.url) if source.url else source.reference
    return [f"{source_line(source)}. ", found, f"; read {day(source.read)}"]

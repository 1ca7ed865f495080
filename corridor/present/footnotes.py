"""Sources as numbered notes: each source has one number where it is used, and stands once in the list beneath."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from corridor.present.tables import element, link
from corridor.present.words import source_line
from corridor.quantities import day
from corridor.sources import Source, SourceId


class Footnotes:
    """Numbers sources in the order in which they are first used; made anew for every list."""

    def __init__(self, sources: Mapping[SourceId, Source]) -> None:
        """Begin with no number given out; `sources` are all there are."""
        self._sources = sources
        self._numbers: dict[SourceId, int] = {}

    @property
    def sources(self) -> Mapping[SourceId, Source]:
        """All the sources there are, cited or not."""
        return self._sources

    def numbers(self, ids: Iterable[SourceId]) -> list[int]:
        """Return the numbers of the sources, given out where they are new; raise KeyError for an unknown source."""
        wanted = tuple(dict.fromkeys(ids))
        for source_id in wanted:
            if source_id not in self._sources:
                raise KeyError(source_id)
            self._numbers.setdefault(source_id, len(self._numbers) + 1)
        return sorted(self._numbers[source_id] for source_id in wanted)

    @property
    def numbered(self) -> tuple[SourceId, ...]:
        """The sources used so far, in the order of their numbers from 1."""
        return tuple(self._numbers)

    def cite(self, ids: Iterable[SourceId], at_most: int | None = None) -> Markup:
        """Return the numbers as a raised mark, read out as "source 1, 2"; nothing where there is no source.

        More sources than `at_most` are told by their number, "(13 sources)".
        """
        numbers = self.numbers(ids)
        if not numbers:
            return Markup()
        if at_most is not None and len(numbers) > at_most:
            return element("sup", f" ({len(numbers)} sources)", class_="note-mark")
        return element("sup", element("span", " source ", class_="for-ears"), number_runs(numbers), class_="note-mark")

    def cite_text(self, ids: Iterable[SourceId], at_most: int | None = None) -> str:
        """Return the numbers as plain text, " [1, 2]" or " [13 sources]"; nothing where there is no source."""
        numbers = self.numbers(ids)
        if at_most is not None and len(numbers) > at_most:
            return f" [{len(numbers)} sources]"
        return f" [{number_runs(numbers)}]" if numbers else ""

    def listed(self, heading: str = "h2") -> Markup:
        """Return the sources used so far under a heading, with where to find each; nothing when there are none."""
        if not self._numbers:
            return Markup()
        entries = element("ol", *(element("li", note(self._sources[source_id])) for source_id in self._numbers))
        return element("section", element(heading, "Sources"), entries, class_="notes")

    def listed_text(self) -> str:
        """Return the sources used so far as plain text, one in each line."""
        return "\n".join(
            f"[{number}] {source_line(self._sources[source_id])}. {self._sources[source_id].reference}"
            for source_id, number in self._numbers.items()
        )


def number_runs(numbers: Sequence[int]) -> str:
    """Return ascending numbers with runs of three and more drawn together, "1, 4–7"."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    texts = (f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(str(number) for number in run) for run in groups)
    return ", ".join(texts)


def note(source: Source) -> Markup:
    """Return a source as a note: how it is cited, where it is found, when it was last opened."""
    reference = link(source.reference, source.url) if source.url else element("span", source.reference)
    return element("span", f"{source_line(source)}. ", reference, f"; opened {day(source.read)}")

"""How the figures of one scene are put into words, and which sources and dates the scene rests on."""

from collections.abc import Iterable

from corridor.answering.figures import STATED, Figure
from corridor.candidates import Statement
from corridor.present.footnotes import Footnotes
from corridor.present.sheets import Sheet, SheetEntry, accuracy_text, as_of_text, figure_text, value_text
from corridor.present.story.records import FactSet, FigureWords, StatementColumn, StoryTable, TextLine, TextRun
from corridor.quantities import day, sentence
from corridor.sources import SourceId
from corridor.texts.edition import facts_as_of


class SceneWords:
    """Puts what one scene shows into words; `notes` numbers the sources of the whole story.

    `subject` is the name of the option the scene is about, "" where it is about none or several.
    """

    def __init__(self, notes: Footnotes, subject: str = "") -> None:
        """Begin with no source used and no date seen."""
        self._notes = notes
        self._subject = subject
        self._numbers: set[int] = set()
        self._dates: set[str] = set()

    def cite(self, ids: Iterable[SourceId], as_of: str = "") -> tuple[int, ...]:
        """Return the numbers of some sources, which are then sources of the scene; `as_of` is a date of it."""
        numbers = tuple(self._notes.numbers(ids))
        self._numbers.update(numbers)
        if as_of and as_of != "undated":
            self._dates.add(as_of)
        return numbers

    @property
    def sources(self) -> tuple[int, ...]:
        """The numbers of all sources used so far."""
        return tuple(sorted(self._numbers))

    @property
    def as_of(self) -> str:
        """Which dates the facts used so far have, and up to when sources were searched, as one sentence."""
        searched = f"public sources searched up to {day(facts_as_of())}"
        if not self._dates:
            return f"{sentence(searched)}."
        first, last = min(self._dates), max(self._dates)
        dated = f"Shipped data of {day(last)}" if first == last else f"Shipped data of {day(first)} to {day(last)}"
        return f"{dated}; {searched}."

    def figure(self, figure: Figure, *, of_land: bool = False) -> FigureWords:
        """Return a figure in words; the date of what is `of_land`, of its shape, is none of the dates of facts."""
        return FigureWords(
            what=figure.what,
            text=figure_text(figure),
            value=value_text(figure),
            unit="" if figure.unit == "date" else figure.unit,
            accuracy=accuracy_text(figure),
            as_of=as_of_text(figure) if figure.as_of else "",
            by=figure.by,
            quote=figure.quote,
            sources=self.cite(figure.sources, "" if of_land else figure.as_of),
            subject=self._subject,
        )

    def run(self, piece: str | Figure) -> TextRun:
        """Return a piece of a sentence in words."""
        if isinstance(piece, str):
            return TextRun(piece)
        words = self.figure(piece)
        return TextRun(words.text, words)

    def line(self, pieces: Iterable[str | Figure]) -> TextLine:
        """Return a sentence in words."""
        return tuple(self.run(piece) for piece in pieces)

    def statements(self, statements: Iterable[Statement]) -> tuple[TextLine, ...]:
        """Return sourced sentences, one line each."""
        return tuple(
            (self.run(Figure("", statement.text, "", STATED, "", statement.sources)),) for statement in statements
        )

    def column(self, heading: str, entry: SheetEntry) -> StatementColumn:
        """Return what stands in a cell of a sheet as statements under a heading."""
        entries = entry if isinstance(entry, tuple) else () if entry is None else (entry,)
        return StatementColumn(heading, tuple((self.run(entry),) for entry in entries))

    def facts(self, heading: str, figures: Iterable[Figure]) -> FactSet:
        """Return figures under a heading."""
        return FactSet(heading, tuple(self.figure(figure) for figure in figures))

    def table(self, sheet: Sheet) -> StoryTable:
        """Return a sheet with every cell in words; in a numeric column the unit stands in the heading."""
        return StoryTable(
            title=sheet.title,
            columns=sheet.columns,
            rows=tuple(
                tuple(self._cell(entry, bare=index in sheet.numeric) for index, entry in enumerate(row))
                for row in sheet.rows
            ),
            numeric=sheet.numeric,
            heads=sheet.heads,
            dated=sheet.dated,
            sheet=sheet,
        )

    def _cell(self, entry: SheetEntry, *, bare: bool) -> tuple[TextRun, ...]:
        if entry is None:
            return ()
        if isinstance(entry, tuple):
            return tuple(run for part in entry for run in self._cell(part, bare=bare))
        run = self.run(entry)
        return (TextRun(run.figure.value, run.figure),) if bare and run.figure else (run,)

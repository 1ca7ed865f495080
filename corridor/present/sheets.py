"""A table whose every figure keeps its unit, accuracy, source and date, on the page and as a file to take away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corridor.answering.figures import Figure
from corridor.present.footnotes import Footnotes
from corridor.present.spreadsheets import csv_file
from corridor.present.tables import CellContent, element, html_table
from corridor.present.words import disclaimer, known_to, source_line
from corridor.present.words import figure as grouped
from corridor.quantities import bare_kilometres, day
from corridor.sources import Source, SourceId

#: What stands in one cell: text, one figure, or several under each other.
SheetEntry = str | None | Figure | tuple["str | Figure", ...]
#: About the bytes of a figure beside its longer texts, measured.
FIGURE_BYTES = 600
CSV_COLUMNS = ("row", "column", "value", "unit", "accuracy", "as of", "said by", "quotation", "source")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the first `heads` entries of each row name it, `numeric` are the columns of bare figures.

    The unit of a numeric column stands in its heading; other figures carry theirs. `dated` are the columns whose
    figures have their date beneath them, where no column of dates stands beside.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[SheetEntry, ...], ...]
    numeric: tuple[int, ...] = ()
    heads: int = 1
    dated: tuple[int, ...] = ()


def value_text(figure: Figure) -> str:
    """Return the value without its unit: a date in words, a measured length with no more decimals than it bears."""
    if figure.words:
        return figure.words
    if isinstance(figure.value, str):
        return day(figure.value) if figure.unit == "date" else figure.value
    if figure.accuracy_m is not None:
        return bare_kilometres(figure.value, figure.accuracy_m)
    return grouped(round(figure.value, 1))


def figure_text(figure: Figure) -> str:
    """Return the value with its unit, "42 km"; a date and a text have none."""
    unit = "" if figure.unit in {"", "date"} else figure.unit
    about = "about " if figure.approximate else ""
    return f"{about}{value_text(figure)} {unit}".strip().replace(" %", "%")


def accuracy_text(figure: Figure) -> str:
    """Return how exact the figure is, in words; of a measured line also how far it may lie to the side."""
    if figure.accuracy_m is None:
        return figure.accuracy
    return f"{figure.accuracy}; sideways accuracy {known_to(figure.accuracy_m)}"


def as_of_text(figure: Figure) -> str:
    """Return the date the figure holds for."""
    return day(figure.as_of)


def held_bytes(sheet: Sheet) -> int:
    """Return about how many bytes of memory a table takes."""
    return sum(100 + sum(map(_entry_bytes, row)) for row in sheet.rows)


def _entry_bytes(entry: SheetEntry) -> int:
    if isinstance(entry, Figure):
        return FIGURE_BYTES + 2 * (len(entry.what) + len(entry.quote) + len(str(entry.value)))
    if isinstance(entry, tuple):
        return 60 + sum(map(_entry_bytes, entry))
    return 60 + 2 * len(entry or "")


def figures_sheet(title: str, figures: Iterable[Figure]) -> Sheet:
    """Return the figures of one subject, one in each row, in full."""
    return Sheet(
        title=title,
        columns=("What", "Figure", "Accuracy", "As of", "Said by"),
        rows=tuple(
            (figure.what, figure, accuracy_text(figure), as_of_text(figure), figure.by or None) for figure in figures
        ),
        numeric=(),
    )


def sheet_html(sheet: Sheet, footnotes: Footnotes, *, look: str = "") -> Markup:
    """Return the table with a footnote number beside every figure; a name repeated down the rows is shown once."""
    rows = []
    before: SheetEntry = None
    for row in sheet.rows:
        cells = [
            _cell(entry, footnotes, bare=index in sheet.numeric, dated=index in sheet.dated)
            for index, entry in enumerate(row)
        ]
        if row[0] == before:
            cells[0] = element("span", cells[0], class_="for-ears")
        before = row[0]
        rows.append(cells)
    return html_table(sheet.title, sheet.columns, rows, numeric=sheet.numeric, look=look)


def _cell(entry: SheetEntry, footnotes: Footnotes, *, bare: bool, dated: bool) -> CellContent:
    if isinstance(entry, Figure):
        words = value_text(entry) if bare else figure_text(entry)
        noted = element("span", words, footnotes.cite(entry.sources), class_="with-note")
        return element("div", noted, element("div", as_of_text(entry), class_="soft")) if dated else noted
    if isinstance(entry, tuple):
        if not entry:
            return None
        return Markup().join(element("div", _cell(part, footnotes, bare=bare, dated=dated)) for part in entry)
    return entry


def sheet_csv(sheet: Sheet, sources: Mapping[SourceId, Source]) -> bytes:
    """Return the table as CSV, one line for each entry, with unit, accuracy, date and source; then the disclaimer."""
    return csv_file([CSV_COLUMNS, *sheet_lines(sheet, sources), [disclaimer()]])


def sheet_lines(sheet: Sheet, sources: Mapping[SourceId, Source]) -> Iterator[Sequence[str | float]]:
    """Yield the table one entry at a time, with what CSV_COLUMNS name."""
    for row in sheet.rows:
        head = ", ".join(plain_entry(entry) for entry in row[: sheet.heads])
        for column, entry in zip(sheet.columns[sheet.heads :], row[sheet.heads :], strict=True):
            for part in entry if isinstance(entry, tuple) else (entry,):
                yield _line(head, column, part, sources)


def _line(
    head: str, column: str, part: str | Figure | None, sources: Mapping[SourceId, Source]
) -> Sequence[str | float]:
    if not isinstance(part, Figure):
        return (head, column, part or "")
    said = (accuracy_text(part), part.as_of, part.by, part.quote)
    number = part.words or (part.value if isinstance(part.value, str) else round(part.value, 1))
    return (head, column, number, part.unit, *said, "; ".join(source_line(sources[s]) for s in part.sources))


def plain_entry(entry: SheetEntry) -> str:
    """Return an entry as text, figures with their unit."""
    if isinstance(entry, Figure):
        return figure_text(entry)
    if isinstance(entry, tuple):
        return "; ".join(plain_entry(part) for part in entry)
    return entry or ""

"""Where texts, tables and charts stand: laid one under the other, and on a following slide what no longer fits.

Everything is measured before it is placed, so that no text runs over the edge of its box.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from corridor.present.candidates.charts import Bar
from corridor.present.cartography.drawing import Drawing
from corridor.present.slides.fitting import Paragraphs, height, taken
from corridor.present.slides.measuring import LINE, Measure, StyledText
from corridor.present.slides.text_xml import SlideBox, SlideParagraph
from corridor.present.typography.column_widths import column_widths

#: Points between columns of text and between things under each other.
GUTTER, GAP = 26.0, 10.0
#: Points a box of text is higher than its text, for programs that set a line a hair higher.
LOOSE = 3.0
#: Prose on a slide without a map is no wider than this, for a longer line is lost by the eye.
PROSE = 700.0
#: Points: the sizes a table may be set in, and what a cell keeps clear beside and above its words.
TABLE_SIZES, CELL_SIDE, CELL_TOP = (11.0, 10.0, 9.0, 8.0, 7.0, 6.0), 5.0, 2.6
TABLE_TITLE = 12.0
#: Points that a bar of a chart takes, and its axis and legend.
BAR_HIGH, AROUND_BARS = 40.0, 86.0

#: What stands in a cell: paragraphs under each other.
CellText = tuple[tuple[StyledText, ...], ...]


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table to be placed: its title, headings, rows of cells, and which columns hold numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[CellText, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A box of text with what it is called in the selection pane."""

    box: SlideBox
    paragraphs: Paragraphs
    name: str = "Text"


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A part of a table with the widths of its columns and the heights of its rows; the first row heads it."""

    box: SlideBox
    title: str
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[Paragraphs, ...], ...]


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A bar chart of kilometres by status."""

    box: SlideBox
    bars: tuple[Bar, ...]
    mode: str


@dataclass(frozen=True, eq=False, slots=True)
class PlacedDrawing:
    """A drawing whose shapes can be edited, with what it is called in the selection pane."""

    box: SlideBox
    drawing: Drawing
    name: str


Placed = PlacedText | PlacedTable | PlacedChart | PlacedDrawing


class Pages:
    """The slides of one scene as they fill; `pages` holds what is placed on each."""

    def __init__(self, measure: Measure, body: SlideBox, first: SlideBox | None = None) -> None:
        """Begin in the room `first` of the first slide, beside its map; without one, in the whole body."""
        self._measure, self._body = measure, body
        self._room = first or body
        self._beside_map = first is not None
        self.pages: list[list[Placed]] = [[]]

    def turn(self) -> None:
        """Go on on a following slide."""
        self.pages.append([])
        self._room = self._body
        self._beside_map = False

    @property
    def _fresh(self) -> bool:
        return not self._beside_map and self._room.height > self._body.height - 1e-6

    def _advance(self, high: float) -> None:
        top = self._room.top + high + GAP
        self._room = replace(self._room, top=top, height=self._room.bottom - top)

    def text(self, paragraphs: Paragraphs, name: str = "Text") -> None:
        """Place paragraphs: in one column where they fit so, else in two."""
        left = paragraphs
        while left:
            narrow = self._room.width if self._beside_map else min(PROSE, self._room.width)
            if self._beside_map or height(left, self._measure, narrow) <= self._room.height:
                left = self._column(left, narrow, name)
            else:
                left = self._two_columns(left, name)

    def _column(self, left: Paragraphs, wide: float, name: str) -> Paragraphs:
        here, rest = taken(left, self._measure, wide, self._room.height, cut=self._fresh)
        if here:
            high = height(here, self._measure, wide)
            self.pages[-1].append(PlacedText(replace(self._room, width=wide, height=high + LOOSE), here, name))
            self._advance(high)
        if rest:
            self.turn()
        return rest

    def _two_columns(self, left: Paragraphs, name: str) -> Paragraphs:
        wide = (self._room.width - GUTTER) / 2
        first, second, rest = self._in_two(left, wide, self._room.height)
        if not first:
            self.turn()
            return left
        high = self._room.height
        if not rest:
            # The last columns are made about equally high.
            low = 0.0
            for _ in range(12):
                middle = (low + high) / 2
                if self._in_two(left, wide, middle)[2]:
                    low = middle
                else:
                    high = middle
            first, second, rest = self._in_two(left, wide, high)
        for column, here in enumerate((first, second)):
            if here:
                left_edge = self._room.left + column * (wide + GUTTER)
                box = replace(self._room, left=left_edge, width=wide, height=high + LOOSE)
                self.pages[-1].append(PlacedText(box, here, name))
        self._advance(high)
        if rest:
            self.turn()
        return rest

    def _in_two(self, left: Paragraphs, wide: float, high: float) -> tuple[Paragraphs, Paragraphs, Paragraphs]:
        cut = self._fresh and high >= self._room.height
        first, rest = taken(left, self._measure, wide, high, cut=cut)
        second, rest = taken(rest, self._measure, wide, high, cut=cut) if first else ((), rest)
        return first, second, rest

    def cells(self, cells: Sequence[Paragraphs]) -> None:
        """Place columns of equal width beside each other; what no longer fits goes on on the next slide."""
        left = list(cells)
        while any(left):
            wide = (self._room.width - GUTTER * (len(left) - 1) / (2 if self._beside_map else 1)) / len(left)
            gutter = (self._room.width - wide * len(left)) / max(1, len(left) - 1)
            most = max(height(cell, self._measure, wide) for cell in left)
            if most > self._room.height and not self._fresh:
                self.turn()
                continue
            parts = [taken(cell, self._measure, wide, self._room.height, cut=True) for cell in left]
            high = max(height(here, self._measure, wide) for here, _ in parts)
            for number, (here, _) in enumerate(parts):
                if here:
                    left_edge = self._room.left + number * (wide + gutter)
                    box = replace(self._room, left=left_edge, width=wide, height=high + LOOSE)
                    self.pages[-1].append(PlacedText(box, here, "Column"))
            left = [rest for _, rest in parts]
            self._advance(high)
            if any(left):
                self.turn()

    def table(self, block: TableBlock) -> None:
        """Place a table, its heading row on every slide it needs; what stands beside a map stays on the next one."""
        if self._beside_map:
            self.turn()
        size, widths = self._table_widths(block)
        inner = [wide - 2 * CELL_SIDE for wide in widths]
        head = self._row([((StyledText(words, bold=True, soft=True),),) for words in block.headings], size, block)
        rows = [self._row(row, size, block) for row in block.rows]
        title = block.title
        while rows:
            above = TABLE_TITLE * LINE + 4.0 if title else 0.0
            free = self._room.height - above - self._row_height(head, inner)
            heights = [self._row_height(row, inner) for row in rows]
            some = next((n for n in range(len(rows)) if sum(heights[: n + 1]) > free), len(rows))
            if some == 0 or (some < min(2, len(rows)) and not self._fresh):
                if not self._fresh:
                    self.turn()
                    continue
                here, rest = self._cut_row(rows[0], inner, free)
                if any(rest):
                    rows = [here, rest, *rows[1:]]
                    continue
                # Not even a line has room under the heading row: better too low a slide than a text left out.
                some = 1
            self._place_table(title, widths, [head, *rows[:some]], [self._row_height(head, inner), *heights[:some]])
            rows, title = rows[some:], ""
            if rows:
                self.turn()

    def _place_table(
        self, title: str, widths: Sequence[float], rows: Sequence[tuple[Paragraphs, ...]], heights: Sequence[float]
    ) -> None:
        if title:
            said = SlideParagraph((StyledText(title, bold=True),), TABLE_TITLE)
            # The title of a table is one line; the longest are shortened by their writer, not here.
            high = height([said], self._measure, self._room.width)
            self.pages[-1].append(PlacedText(replace(self._room, height=high), (said,), "Title of the table"))
            self._room = replace(self._room, top=self._room.top + high + 4.0, height=self._room.height - high - 4.0)
        box = replace(self._room, width=sum(widths), height=sum(heights))
        self.pages[-1].append(PlacedTable(box, title, tuple(widths), tuple(heights), tuple(rows)))
        self._advance(sum(heights) + 4.0)

    def _table_widths(self, block: TableBlock) -> tuple[float, Sequence[float]]:
        texts = [
            [heading, *("".join(piece.text for piece in entry) for row in block.rows for entry in row[n])]
            for n, heading in enumerate(block.headings)
        ]
        for size in TABLE_SIZES:
            widths = column_widths(texts, self._body.width, partial(self._wide, size))
            if widths is not None:
                return size, widths
        return TABLE_SIZES[-1], [self._body.width / len(texts)] * len(texts)

    def _wide(self, size: float, text: str) -> float:
        return self._measure.width(text, size, bold=True) + 2 * CELL_SIDE + 1.0

    @staticmethod
    def _row(cells: Sequence[CellText], size: float, block: TableBlock) -> tuple[Paragraphs, ...]:
        return tuple(
            tuple(SlideParagraph(entry, size, right=n in block.numeric) for entry in cell)
            for n, cell in enumerate(cells)
        )

    def _row_height(self, row: Sequence[Paragraphs], inner: Sequence[float]) -> float:
        highs = [height(cell, self._measure, wide) for cell, wide in zip(row, inner, strict=True)]
        return max([*highs, LINE * TABLE_SIZES[-1]]) + 2 * CELL_TOP

    def _cut_row(
        self, row: tuple[Paragraphs, ...], inner: Sequence[float], free: float
    ) -> tuple[tuple[Paragraphs, ...], tuple[Paragraphs, ...]]:
        """Cut a row that is higher than a slide into one that fits and the rest."""
        pairs = [
            taken(cell, self._measure, wide, free - 2 * CELL_TOP, cut=True)
            for cell, wide in zip(row, inner, strict=True)
        ]
        return tuple(here for here, _ in pairs), tuple(rest for _, rest in pairs)

    def chart(self, bars: tuple[Bar, ...], mode: str) -> None:
        """Place a bar chart on a slide of its own, or under what leaves it room enough."""
        rows = len({(bar.candidate, bar.country) for bar in bars})
        high = min(self._body.height, rows * BAR_HIGH + AROUND_BARS)
        if self._beside_map or self._room.height < high:
            self.turn()
        self.pages[-1].append(PlacedChart(replace(self._room, height=high), bars, mode))
        self._advance(high)

    def drawing(self, drawing: Drawing, under: Paragraphs, name: str) -> None:
        """Place a drawing with the words under it on a slide of its own, or under what leaves them room enough."""
        words_high = height(under, self._measure, drawing.width)
        if self._beside_map or self._room.height < drawing.height + GAP + words_high:
            self.turn()
        box = replace(self._room, width=drawing.width, height=drawing.height)
        self.pages[-1].append(PlacedDrawing(box, drawing, name))
        self._advance(drawing.height)
        words = replace(self._room, width=drawing.width, height=words_high + LOOSE)
        self.pages[-1].append(PlacedText(words, under, "Under the drawing"))
        self._advance(words_high)

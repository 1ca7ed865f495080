"""The legend of a static map: only what the map shows, measured, in columns, its samples drawn like the map itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from corridor.land.appearance import FeatureLook
from corridor.land.catalogue import Layer
from corridor.land.features import LayerId
from corridor.present.cartography import looks
from corridor.present.cartography.drawing import Area, Dot, Item, Look, Stroke, Text, Type
from corridor.present.cartography.hatching import hatch
from corridor.present.cartography.projection import Box
from corridor.present.legend import LegendSample, legend
from corridor.present.map_request import OwnLine
from corridor.present.style import Palette
from corridor.present.typography.typefaces import CAPITAL, shortened, width, wrapped, writable

#: Points at ordinary size: type, the step from line to line, a sample, and the room between columns and around all.
SIZE, STEP, SAMPLE, GAP, BETWEEN, PADDING = 6.6, 8.8, (17.0, 6.4), 4.5, 13.0, 6.0
#: The most that columns move apart to fill the width of a map.
MOST_BETWEEN = 40.0
#: The most that a column's words may be wide before they go on in the next line.
WORDS = 128.0
#: Groups stay whole in a legend that is then at most so many times as high.
WHOLE = 1.2
#: Headings and words for what only this map has.
OWN, NAMELESS, STRESSED = "Own routes", "Without a name", "Stressed on this map"


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """One line of a legend: its words, and the kind of sample with the class names it is drawn by.

    `symbol` is "fill", "hatch", "line", "point", "lit" or "own"; `number` is that on the badge of a reader's own line,
    `look` the number of its colour and `looks` those of its layer.
    """

    words: str
    symbol: str
    classes: frozenset[str] = frozenset()
    number: int = 0
    look: int = 0
    looks: tuple[FeatureLook, ...] = ()


@dataclass(frozen=True, slots=True)
class LegendGroup:
    """A heading with its entries."""

    heading: str
    entries: tuple[PrintedEntry, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: a heading, the first line of an entry with its sample, or a further line of its words."""

    words: str
    entry: PrintedEntry | None = None
    heading: bool = False
    gap: float = 0.0


@dataclass(frozen=True, eq=False, slots=True)
class LegendBox:
    """A legend laid out: its columns of lines with their widths, and the room it takes."""

    columns: tuple[tuple[tuple[_Line, ...], float], ...]
    width: float
    height: float
    size: float


def legend_groups(
    drawn: Iterable[frozenset[str]], layers: Mapping[LayerId, Layer], own: Sequence[OwnLine], lit: bool
) -> tuple[LegendGroup, ...]:
    """Return the legend of a map: features with the class names `drawn`, own lines, a stress."""
    every = [_listed_as(names) for names in drawn]
    listed = legend((" ".join(sorted(names)) for names in every), layers)
    shown_groups = [
        LegendGroup(group["heading"], tuple(_entry(entry, every, layers) for entry in group["entries"]))
        for group in listed
    ]
    if own:
        entries = tuple(
            PrintedEntry(writable(line.name) or NAMELESS, "own", number=number, look=line.look)
            for number, line in enumerate(own, start=1)
        )
        shown_groups.append(LegendGroup(OWN, entries))
    if lit:
        shown_groups.append(LegendGroup("", (PrintedEntry(STRESSED, "lit"),)))
    return tuple(shown_groups)


def _listed_as(classes: frozenset[str]) -> frozenset[str]:
    """Return the class names by which something is listed: a city with the towns."""
    return classes | {"place--town"} if "place--city" in classes else classes


def _entry(listed: LegendSample, drawn: Sequence[frozenset[str]], layers: Mapping[LayerId, Layer]) -> PrintedEntry:
    """Return an entry; land is filled as stressed where all that the entry stands for is stressed on the map."""
    classes = frozenset(listed["className"].split())
    meant = [names for names in drawn if "territory" in classes and classes <= names]
    lit = {looks.LIT} if meant and all(looks.LIT in names for names in meant) else set()
    looks_like = next(layers[name].appearance.looks for name in classes if name in layers)
    return PrintedEntry(listed["words"], listed["symbol"], classes | lit, looks=looks_like)


def lay_out(groups: Sequence[LegendGroup], columns: int, size: float, *, keep: bool = True) -> LegendBox:
    """Return a legend in at most `columns` columns of like height.

    With `keep`, groups stay whole where that makes it little higher; else a column may end in a group, never after its
    heading.
    """
    return _laid_out(tuple(groups), columns, size, keep)


@lru_cache(maxsize=512)  # the same legend is asked for again and again while its room is sought
def _laid_out(groups: tuple[LegendGroup, ...], columns: int, size: float, keep: bool) -> LegendBox:
    lines = list(_lines(groups, size))
    laid = _columns(lines, columns, keep=False)
    if keep:
        whole = _columns(lines, columns, keep=True)
        laid = whole if _tallest(whole) <= WHOLE * _tallest(laid) else laid
    measured_columns = tuple((tuple(column), _width(column, size)) for column in laid)
    wide = sum(own for _, own in measured_columns) + BETWEEN * size * (len(measured_columns) - 1) + 2 * PADDING * size
    return LegendBox(measured_columns, wide, (_tallest(laid) + 2 * PADDING) * size, size)


def _columns(lines: Sequence[_Line], columns: int, *, keep: bool) -> list[list[_Line]]:
    """Return lines in the lowest columns that are no more than so many; `keep` keeps groups whole."""
    total = sum(line.gap + STEP for line in lines)
    for tallest in np.arange(total / columns, total + STEP, STEP / 4).tolist():
        filled = _filled(lines, tallest, keep)
        if len(filled) <= columns:
            return filled
    return [list(lines)]


def _tallest(columns: Sequence[Sequence[_Line]]) -> float:
    return max((_height(column) for column in columns), default=0.0)


def _lines(groups: Sequence[LegendGroup], size: float) -> Iterator[_Line]:
    for number, group in enumerate(groups):
        gap = STEP * 0.35 if number else 0.0
        if group.heading:
            yield _Line(group.heading, heading=True, gap=gap)
            gap = 0.0
        for entry in group.entries:
            first, *others = wrapped(entry.words, WORDS * size, SIZE * size) or [""]
            if entry.symbol == "own" and others:
                first, others = shortened(entry.words, WORDS * size, SIZE * size), []
            yield _Line(first, entry, gap=gap)
            gap = 0.0
            for words in others:
                yield _Line(words)


def _filled(lines: Sequence[_Line], tallest: float, keep: bool) -> list[list[_Line]]:
    """Fill columns from the top, as high as `tallest` allows; what stands together is not parted."""
    columns: list[list[_Line]] = [[]]
    for block in _blocks(lines, keep):
        if columns[-1] and _height([*columns[-1], *block]) > tallest:
            columns.append([])
        columns[-1] += block
    return columns


def _blocks(lines: Sequence[_Line], keep: bool) -> list[list[_Line]]:
    """Return lines in blocks: whole groups, or an entry with its further lines, the first with its heading."""
    blocks: list[list[_Line]] = []
    for line in lines:
        follows = line.entry is None and not line.heading
        first = bool(blocks) and blocks[-1][-1].heading
        if blocks and (follows or first or (keep and not line.heading and line.gap == 0.0)):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _height(column: Sequence[_Line]) -> float:
    return sum((line.gap if number else 0.0) + STEP for number, line in enumerate(column))


def _width(column: Sequence[_Line], size: float) -> float:
    beside = (SAMPLE[0] + GAP) * size
    return max(
        width(line.words, SIZE * size, 600 if line.heading else 400) + (0.0 if line.heading else beside)
        for line in column
    )


def items(box: LegendBox, left: float, top: float, inks: Palette, spread: float = 0.0) -> Iterator[Item]:
    """Yield the lines of a legend whose left upper corner lies at a point of the page.

    Its columns move apart, not beyond `MOST_BETWEEN`, until they are as wide as `spread`.
    """
    x = left + PADDING * box.size
    free = spread - sum(wide for _, wide in box.columns)
    between = max(BETWEEN * box.size, min(free / max(1, len(box.columns) - 1), MOST_BETWEEN * box.size))
    for column, wide in box.columns:
        y = top + PADDING * box.size
        for number, line in enumerate(column):
            y += (line.gap if number else 0.0) * box.size
            yield from _line(line, x, y, box.size, inks)
            y += STEP * box.size
        x += wide + between


def _line(line: _Line, x: float, y: float, size: float, inks: Palette) -> Iterator[Item]:
    kind = Type(SIZE * size, inks.text, 600 if line.heading else 400)
    base = y + (STEP * size + CAPITAL * kind.size) / 2
    if line.entry is not None:
        wide, high = SAMPLE[0] * size, SAMPLE[1] * size
        yield from _sample(line.entry, Box(x, y + (STEP * size - high) / 2, wide, high), size, inks)
    start = x if line.heading else x + (SAMPLE[0] + GAP) * size
    yield Text("legend", line.words, start, base, width(line.words, kind.size, kind.weight), kind)


def _sample(entry: PrintedEntry, box: Box, size: float, inks: Palette) -> Iterator[Item]:
    middle = box.top + box.height / 2
    across = np.array([(box.left, middle), (box.right, middle)])
    if entry.symbol == "fill":
        yield from _fill(entry, box, inks)
    elif entry.symbol == "hatch":
        ground, stroke = looks.hatch_looks(inks)
        yield Area("legend", (box.corners,), ground)
        lines = hatch(shapely.Polygon(box.corners), looks.HATCH_STEP * size)
        yield Stroke("legend", tuple(shapely.get_coordinates(p) for p in shapely.get_parts(lines)), stroke)
        yield Stroke("legend", (box.corners,), looks.line_looks(entry.classes, inks, entry.looks)[0])
    elif entry.symbol == "point":
        for shape, radius, look in looks.point_marks(entry.classes, inks, entry.looks):
            yield Dot("legend", box.left + box.width / 2, middle, radius * size, shape, looks.enlarged(look, size))
    elif entry.symbol == "own":
        for look in looks.own_looks(inks, entry.look)[1:]:
            yield Stroke("legend", (across,), looks.enlarged(look, size))
        yield from badge(entry.number, box.left + box.width / 2, middle, size * 0.9, inks, "legend")
    else:
        strokes = looks.lit_looks(inks) if entry.symbol == "lit" else looks.line_looks(entry.classes, inks, entry.looks)
        for look in strokes:
            if look.stroke != inks.casing:
                yield Stroke("legend", (across,), looks.enlarged(look, size))


def _fill(entry: PrintedEntry, box: Box, inks: Palette) -> Iterator[Item]:
    if entry.looks:
        yield Area("legend", (box.corners,), looks.drawn_look(entry.classes, inks, entry.looks))
        return
    classes = entry.classes
    yield Area("legend", (box.corners,), Look(fill=looks.land_fill(classes, inks)))
    edge = looks.ribbon_fill(classes, inks) or inks.neighbour_edge
    yield Stroke("legend", (box.inset(0.5).corners,), Look(stroke=edge, width=1.0))


def badge(number: int, x: float, y: float, size: float, inks: Palette, layer: str = "own") -> Iterator[Item]:
    """Yield the number of a reader's own line on a dark disc."""
    kind = Type(6.2 * size, inks.paper, 600)
    words = str(number)
    wide = width(words, kind.size, 600)
    yield Dot(layer, x, y, 4.4 * size, "circle", Look(fill=inks.text, stroke=inks.paper, width=0.8 * size))
    yield Text(layer, words, x - wide / 2, y + CAPITAL * kind.size / 2, wide, kind)

"""What counts of the parts of a way that is known in its order, such as the segments of a shipped route.

What is drawn again is what `network_of` finds, so a way has one length here and as a file; but its parts keep their
order and direction, and it is known which part each stretch belongs to.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions
from corridor.reading.counted_once import km_of
from corridor.reading.line_network import network_of
from corridor.reading.line_shape import SAME_PLACE_DEG


@dataclass(frozen=True, eq=False, slots=True)
class StretchOfPart:
    """A stretch of the part numbered `part`, as rows of (lon, lat) in the part's direction."""

    part: int
    rows: Positions

    @property
    def km(self) -> float:
        """Its geodesic length in km."""
        return km_of(self.rows)


def parts_once(parts: Sequence[Positions]) -> tuple[tuple[StretchOfPart, ...], tuple[StretchOfPart, ...]]:
    """Return what counts of parts ((n, 2) degrees), in their order and direction, and what is drawn again."""
    firsts = np.cumsum([0, *(len(rows) for rows in parts[:-1])])
    # The number of each row goes through the network where heights do: of two segments that are the same it tells one.
    numbered = [
        np.column_stack([rows[:, :2], np.arange(first, first + len(rows))])
        for rows, first in zip(parts, firsts.tolist(), strict=True)
    ]
    repeated: dict[int, list[tuple[float, float]]] = {}
    again_rows = network_of(numbered).again
    if again_rows:
        segments = _Segments(np.vstack(numbered), firsts)
        for number, start, end in chain.from_iterable(map(segments.under, again_rows)):
            part = int(np.searchsorted(firsts, number, side="right")) - 1
            at_part = number - float(firsts[part])
            repeated.setdefault(part, []).append((at_part + start, at_part + end))
    counted: list[StretchOfPart] = []
    again: list[StretchOfPart] = []
    for number, rows in enumerate(parts):
        at = 0.0
        for start, end in _merged(repeated.get(number, [])):
            if start > at:
                counted.append(StretchOfPart(number, _between(rows, at, start)))
            again.append(StretchOfPart(number, _between(rows, start, end)))
            at = end
        if at < len(rows) - 1:
            counted.append(StretchOfPart(number, _between(rows, at, len(rows) - 1.0)))
    return tuple(counted), tuple(again)


class _Segments:
    """The segments of all parts; each has the number of the row it begins with."""

    def __init__(self, rows: Positions, firsts: NDArray[np.int64]) -> None:
        """Index the segments of parts that begin with the rows numbered `firsts`."""
        numbers = np.setdiff1d(np.arange(len(rows) - 1), firsts[1:] - 1)
        self.numbers = numbers[(rows[numbers, :2] != rows[numbers + 1, :2]).any(axis=1)]
        self.start, self.end = rows[self.numbers, :2], rows[self.numbers + 1, :2]
        self.tree = shapely.STRtree(np.asarray(shapely.linestrings(np.stack([self.start, self.end], axis=1))))

    def under(self, rows: Positions) -> Iterator[tuple[int, float, float]]:
        """Yield what lies under each segment of a line that runs along some: the number, and from where to where.

        A segment from one part to another, which no part has, lies on none.
        """
        middles = shapely.points((rows[:-1, :2] + rows[1:, :2]) / 2)
        which, beneath = self.tree.query(middles, predicate="dwithin", distance=SAME_PLACE_DEG)
        off = np.abs(self.numbers[beneath] + 0.5 - (rows[which, 2] + rows[which + 1, 2]) / 2)
        order = np.lexsort((off, which))
        which, beneath = which[order], beneath[order]
        nearest = np.concatenate([[True], np.diff(which) != 0])[: len(which)]
        for at, segment in zip(which[nearest].tolist(), beneath[nearest].tolist(), strict=True):
            along = self.end[segment] - self.start[segment]
            ends = (rows[at : at + 2, :2] - self.start[segment]) @ along / float(along @ along)
            first, last = np.clip(np.sort(np.where(np.abs(ends - np.round(ends)) < 1e-6, np.round(ends), ends)), 0, 1)
            if last > first:
                yield int(self.numbers[segment]), float(first), float(last)


def _merged(ranges: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return ranges in their order, those made one that touch."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _between(rows: Positions, start: float, end: float) -> Positions:
    """Return rows from one place to another; 1.5 is half way between the second and the third row."""
    inner = rows[int(np.floor(start)) + 1 : int(np.ceil(end))]
    return np.vstack([_row_at(rows, start), inner, _row_at(rows, end)])[:, :2]


def _row_at(rows: Positions, at: float) -> Positions:
    before = min(int(at), len(rows) - 2)
    return np.asarray(rows[before] + (rows[before + 1] - rows[before]) * (at - before)) if at % 1 else rows[int(at)]

"""Many lines in one array: thousands of them as lists, arrays or shapes of their own take ten times its memory."""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import cast, overload

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions

#: Lines that are put into text at a time, and shapes that are looked at together.
AT_A_TIME = 2_000
#: How well-known binary begins: the order of bytes, the type, and how many lines or positions follow.
WKB_HEAD = struct.Struct("<BII")
WKB_LINE, WKB_LINES = 2, 5


@dataclass(frozen=True, eq=False)
class LineRows(Sequence[NDArray[np.float64]]):
    """Lines one after the other: `rows` are their positions, (n, 2) or (n, 3) finite numbers in the order of the file.

    Line k has the rows from `first[k]` up to `first[k + 1]`. As a sequence it gives the rows of each line. What is
    known of each segment of lines is kept in the same way, with one number for each row.
    """

    rows: NDArray[np.float64]
    first: NDArray[np.int64]

    @staticmethod
    def of(rows: NDArray[np.float64], counts: Iterable[int]) -> "LineRows":
        """Return lines that have so many rows each."""
        return LineRows(rows, np.cumsum(np.fromiter((0, *counts), dtype=np.int64)))

    @staticmethod
    def together(lines: Sequence[NDArray[np.float64]]) -> "LineRows":
        """Return lines that are arrays of their own, one or more, as one array."""
        if isinstance(lines, LineRows):
            return lines
        return LineRows.of(lines[0] if len(lines) == 1 else np.concatenate(lines), map(len, lines))

    @staticmethod
    def joined(several: Sequence["LineRows"]) -> "LineRows":
        """Return the lines of several arrays, one after the other, as one."""
        counts = np.concatenate([lines.counts for lines in several])
        return LineRows.of(np.concatenate([lines.rows for lines in several if len(lines)]), counts)

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.first) - 1

    @overload
    def __getitem__(self, index: int) -> NDArray[np.float64]: ...
    @overload
    def __getitem__(self, index: slice) -> "LineRows": ...
    def __getitem__(self, index: int | slice) -> "NDArray[np.float64] | LineRows":
        """Return the rows of a line, or some lines that follow each other."""
        if isinstance(index, slice):
            start, end, _ = index.indices(len(self))
            first = self.first[start : max(start, end) + 1]
            return LineRows(self.rows[first[0] : first[-1]], first - first[0])
        number = range(len(self))[index]
        return self.rows[self.first[number] : self.first[number + 1]]

    def __iter__(self) -> Iterator[NDArray[np.float64]]:
        """Yield the rows of each line."""
        return (self.rows[start:end] for start, end in self.spans())

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many rows each line has."""
        return np.diff(self.first)

    @property
    def starts(self) -> NDArray[np.float64]:
        """The first row of each line."""
        return self.rows[self.first[:-1]]

    @property
    def ends(self) -> NDArray[np.float64]:
        """The last row of each line."""
        return self.rows[self.first[1:] - 1]

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the first row of each line, and that after its last."""
        for start in range(0, len(self), AT_A_TIME):
            yield from pairwise(self.first[start : start + AT_A_TIME + 1].tolist())

    def some_at_a_time(self) -> Iterator["LineRows"]:
        """Yield the lines some at a time, so many that an object for each is of no weight."""
        for start in range(0, len(self), AT_A_TIME):
            yield self[start : start + AT_A_TIME]


def line_of(lines: Sequence[Positions]) -> shapely.LineString | shapely.MultiLineString:
    """Return lines of (lon, lat, ...) rows as one shape."""
    if len(lines) == 1:
        return shapely.LineString(lines[0][:, :2])
    # From binary, since a shape for each line would be copied into the one of all.
    binary = bytearray(WKB_HEAD.pack(1, WKB_LINES, len(lines)))
    for rows in lines:
        binary += WKB_HEAD.pack(1, WKB_LINE, len(rows))
        binary += rows[:, :2].astype("<f8").tobytes()
    return cast("shapely.MultiLineString", shapely.from_wkb(bytes(binary)))


def without_heights(lines: Sequence[Positions]) -> Sequence[Positions]:
    """Return lines as (lon, lat) rows alone, in arrays of their own where they have more."""
    if isinstance(lines, LineRows):
        return LineRows(np.ascontiguousarray(lines.rows[:, :2]), lines.first)
    return tuple(np.ascontiguousarray(rows[:, :2]) for rows in lines)


def shapes_of(lines: LineRows) -> NDArray[np.object_]:
    """Return lines, (n, 2) positions, as a shape each."""
    return np.asarray(shapely.linestrings(lines.rows, indices=np.repeat(np.arange(len(lines)), lines.counts)))

"""The lines of one geometry in one array: thousands of them as lists, or arrays of their own, take ten times it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions

#: Lines that are put into text at a time.
AT_A_TIME = 2_000


@dataclass(frozen=True, eq=False, slots=True)
class LineRows:
    """Lines one after the other: `rows` are their positions, (n, 2) or (n, 3) finite numbers in the order of the file.

    Line k has the rows from `first[k]` up to `first[k + 1]`.
    """

    rows: NDArray[np.float64]
    first: NDArray[np.int64]

    @staticmethod
    def of(rows: NDArray[np.float64], counts: Iterable[int]) -> "LineRows":
        """Return lines that have so many rows each."""
        return LineRows(rows, np.cumsum(np.fromiter((0, *counts), dtype=np.int64)))

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.first) - 1

    def __iter__(self) -> Iterator[NDArray[np.float64]]:
        """Yield the rows of each line."""
        return (self.rows[start:end] for start, end in self.spans())

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the first row of each line, and that after its last."""
        return pairwise(self.first.tolist())

    def some_at_a_time(self) -> Iterator[list[NDArray[np.float64]]]:
        """Yield the lines in lists, so many that a list of arrays is of no weight."""
        for start in range(0, len(self), AT_A_TIME):
            bounds = self.first[start : start + AT_A_TIME + 1].tolist()
            yield [self.rows[a:b] for a, b in pairwise(bounds)]


def line_of(lines: Sequence[Positions]) -> shapely.LineString | shapely.MultiLineString:
    """Return lines of (lon, lat, ...) rows as one shape."""
    strings = [shapely.LineString(rows[:, :2]) for rows in lines]
    return strings[0] if len(strings) == 1 else shapely.MultiLineString(strings)

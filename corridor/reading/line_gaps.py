"""The gaps between the lines of a way, as numbers: a route of thousands of parts can have thousands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Positions, Values


@dataclass(frozen=True, slots=True)
class LineGap:
    """A gap between two lines that follow each other: metres, and where it begins (degrees)."""

    metres: float
    lon: float
    lat: float


@dataclass(frozen=True, eq=False, slots=True)
class LineGaps(Sequence[LineGap]):
    """The gaps of a way: metres of each, and where it begins, (n, 2) degrees."""

    metres: Values
    begin: Positions

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.metres)

    @overload
    def __getitem__(self, index: int) -> LineGap: ...
    @overload
    def __getitem__(self, index: slice) -> "LineGaps": ...
    def __getitem__(self, index: int | slice) -> "LineGap | LineGaps":
        """Return a gap, or some."""
        if isinstance(index, slice):
            return LineGaps(self.metres[index], self.begin[index])
        return LineGap(float(self.metres[index]), *self.begin[index].tolist())

    def some(self, which: NDArray[np.bool_]) -> "LineGaps":
        """Return some gaps, the widest first."""
        numbers = np.flatnonzero(which)
        order = numbers[np.argsort(-self.metres[numbers], kind="stable")]
        return LineGaps(self.metres[order], self.begin[order])


NO_GAPS = LineGaps(np.zeros(0), np.zeros((0, 2)))

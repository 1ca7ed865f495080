"""Lists of positions that belong together, and the arrays that their numbers are kept in."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.reading.faults import Json, JsonPath, pointer

NUMBERS = frozenset((int, float))


@dataclass(frozen=True, slots=True, eq=False)
class PositionRun:
    """A list of positions that belong together: a line, a ring, the points of a geometry.

    `lonlat` is (n, 2) in the order of the file when every position begins with two numbers, else None. `beyond` is what
    follows them, (n, width - 2), None for nothing. `width` is how many numbers each position has (3 with heights), and
    0 where that differs or some are no numbers: `beyond` is then (n, 1), with NaN where a third number is missing.
    `raw` is the list as it was parsed; that of a geometry of which only the numbers were kept is empty.
    """

    raw: Json
    path: JsonPath
    role: str
    feature: int | None
    geometry: str
    hole: bool = False
    lonlat: NDArray[np.float64] | None = None
    beyond: NDArray[np.float64] | None = None
    width: int = 0

    @property
    def count(self) -> int:
        """How many positions it has, or whatever else stands in their places."""
        if self.lonlat is not None:
            return len(self.lonlat)
        return 1 if self.role == "point" and self.raw else len(self.raw)

    @property
    def without_raw(self) -> "PositionRun":
        """The same, of which only the numbers are kept."""
        return PositionRun(
            (), self.path, self.role, self.feature, self.geometry, self.hole, self.lonlat, self.beyond, self.width
        )

    def position_path(self, index: int) -> JsonPath:
        """Return the JSON path of one position."""
        return self.path if self.role == "point" else pointer(self.path, int(index))


class RunNumbers:
    """Arrays of numbers; many short lists share one, since one for each would be larger than what it holds."""

    def __init__(self) -> None:
        """Begin with room for none."""
        self._room = np.empty(0)
        self._used = 0

    def rows(self, positions: list[list[Any]], width: int) -> NDArray[np.float64]:
        """Return positions of so many numbers as rows."""
        count = width * len(positions)
        numbers = np.fromiter(chain.from_iterable(positions), dtype=float, count=count)
        if count * SHORT > ROOM:
            return numbers.reshape(-1, width)
        if self._used + count > len(self._room):
            self._room, self._used = np.empty(ROOM), 0
        room = self._room[self._used : self._used + count]
        room[:] = numbers
        self._used += count
        return room.reshape(-1, width)


#: Numbers in an array that many lists share, and the share of it up to which a list is short.
ROOM, SHORT = 8_192, 64


def run_of(
    raw: list[Any], path: JsonPath, role: str, feature: int | None, kind: str, hole: bool, numbers: RunNumbers
) -> PositionRun:
    """Return a list as a run, `kind` being the type of the geometry it is of, with the arrays of its numbers."""
    positions = [raw] if role == "point" else raw
    lonlat = beyond = None
    width = 0
    if positions and set(map(type, positions)) == {list}:
        widths = set(map(len, positions))
        (width,) = widths if len(widths) == 1 else (0,)
        if width >= 2 and set(map(type, chain.from_iterable(positions))) <= {int, float}:
            rows = numbers.rows(positions, width)
            lonlat, beyond = (rows, None) if width == 2 else (rows[:, :2], rows[:, 2:])
        elif min(widths) >= 2:
            width = 0
            lonlat, beyond = _with_gaps(positions)
    return PositionRun(raw, path, role, feature, kind, hole, lonlat, beyond, width if lonlat is not None else 0)


def _with_gaps(positions: list[list[Any]]) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    """Return the first two numbers of positions, and as a column the third or NaN; (None, None) where the two are none.

    A height that is missing or no number does not cost a line its course.
    """
    if not set(map(type, chain.from_iterable(position[:2] for position in positions))) <= NUMBERS:
        return None, None
    if not set(map(type, chain.from_iterable(position[2:] for position in positions))) <= {
        *NUMBERS,
        str,
        bool,
        type(None),
    }:
        return None, None
    lonlat = np.array([position[:2] for position in positions], dtype=float)
    heights = np.array(
        [position[2] if len(position) > 2 and type(position[2]) in NUMBERS else np.nan for position in positions],
        dtype=float,
    )
    return lonlat, heights[:, None] if np.isfinite(heights).any() else None

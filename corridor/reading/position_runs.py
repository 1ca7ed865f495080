"""Lists of positions that belong together, and the arrays that their numbers are kept in."""

from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corridor.reading.faults import Json, JsonPath, pointer
from corridor.reading.written_heights import height_m

NUMBERS = frozenset((int, float))
#: What may stand behind the two numbers of a position that is read.
BEYOND = NUMBERS | {str, bool, type(None)}


class PositionRun(Protocol):
    """A list of positions that belong together: a line, a ring, the points of a geometry.

    `lonlat` is (n, 2) in the order of the file when every position begins with two numbers, else None. `beyond` is what
    follows them, (n, width - 2), None for nothing. `width` is how many numbers each position has (3 with heights), and
    0 where that differs or some are no numbers: `beyond` is then (n, 1), with NaN where a third number is missing.
    `raw` is the list as it was parsed; that of a geometry of which only the numbers were kept is empty.
    """

    @property
    def raw(self) -> Json:
        """The list as it was parsed."""

    @property
    def path(self) -> JsonPath:
        """The JSON path of the list."""

    @property
    def role(self) -> str:
        """What it is in its geometry: "line", "ring", "point" or "points"."""

    @property
    def feature(self) -> int | None:
        """The number of its feature."""

    @property
    def geometry(self) -> str:
        """The type of its geometry."""

    @property
    def hole(self) -> bool:
        """Whether it is a hole in a polygon."""

    @property
    def lonlat(self) -> NDArray[np.float64] | None:
        """The first two numbers of each position."""

    @property
    def beyond(self) -> NDArray[np.float64] | None:
        """What follows them."""

    @property
    def width(self) -> int:
        """How many numbers each position has."""

    @property
    def count(self) -> int:
        """How many positions it has, or whatever else stands in their places."""

    def position_path(self, index: int) -> JsonPath:
        """Return the JSON path of one position."""

    def with_numbers(self, lonlat: NDArray[np.float64] | None, beyond: NDArray[np.float64] | None) -> "PositionRun":
        """Return the same with other numbers."""


def positions_in(run: PositionRun) -> list[Any]:
    """Return the positions of a run as they stand in the file; none for the empty Point, which is legal."""
    return [run.raw] if run.role == "point" and run.raw else run.raw


@dataclass(frozen=True, slots=True, eq=False)
class ParsedRun:
    """A run as it stands in the parsed file."""

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

    def position_path(self, index: int) -> JsonPath:
        """Return the JSON path of one position."""
        return self.path if self.role == "point" else pointer(self.path, int(index))

    def with_numbers(self, lonlat: NDArray[np.float64] | None, beyond: NDArray[np.float64] | None) -> "ParsedRun":
        """Return the same with other numbers."""
        return replace(self, lonlat=lonlat, beyond=beyond)


class RunNumbers:
    """Arrays of numbers; many short lists share one, since one for each would be larger than what it holds."""

    def __init__(self) -> None:
        """Begin with room for none."""
        self._room = np.empty(0)
        self._used = 0

    def rows(self, positions: list[list[Any]], width: int) -> NDArray[np.float64]:
        """Return positions of so many numbers as rows."""
        room, first = self.packed(positions, width)
        return room[first : first + width * len(positions)].reshape(-1, width)

    def packed(self, positions: list[list[Any]], width: int) -> tuple[NDArray[np.float64], int]:
        """Return the array that holds positions of so many numbers, and where in it they begin."""
        count = width * len(positions)
        numbers = np.fromiter(chain.from_iterable(positions), dtype=float, count=count)
        if count * SHORT > ROOM:
            return numbers, 0
        if self._used + count > len(self._room):
            self._room, self._used = np.empty(ROOM), 0
        first = self._used
        self._room[first : first + count] = numbers
        self._used += count
        return self._room, PLACES[first]


#: Numbers in an array that many lists share, and the share of it up to which a list is short.
ROOM, SHORT = 8_192, 64
#: The places in such an array, each kept once for all runs that begin there.
PLACES = tuple(range(ROOM + 1))


def run_of(
    raw: list[Any], path: JsonPath, role: str, feature: int | None, kind: str, hole: bool, numbers: RunNumbers
) -> ParsedRun:
    """Return a list as a run, `kind` being the type of the geometry it is of, with the arrays of its numbers."""
    positions = [raw] if role == "point" else raw
    lonlat = beyond = None
    width = 0
    if positions and set(map(type, positions)) == {list}:
        width = width_of(positions)
        if width:
            rows = numbers.rows(positions, width)
            lonlat, beyond = (rows, None) if width == 2 else (rows[:, :2], rows[:, 2:])
        elif min(map(len, positions)) >= 2:
            lonlat, beyond = _with_gaps(positions)
    return ParsedRun(raw, path, role, feature, kind, hole, lonlat, beyond, width if lonlat is not None else 0)


def width_of(positions: list[list[Any]]) -> int:
    """Return how many numbers each of some lists has, two or more; 0 where that differs, or some are no numbers."""
    widths = set(map(len, positions))
    (width,) = widths if len(widths) == 1 else (0,)
    return width if width >= 2 and set(map(type, chain.from_iterable(positions))) <= NUMBERS else 0


def _with_gaps(positions: list[list[Any]]) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    """Return the first two numbers of positions, and as a column the third or NaN; (None, None) where the two are none.

    A height that is missing or no number does not cost a line its course.
    """
    if not set(map(type, chain.from_iterable(position[:2] for position in positions))) <= NUMBERS:
        return None, None
    if not set(map(type, chain.from_iterable(position[2:] for position in positions))) <= BEYOND:
        return None, None
    lonlat = np.array([position[:2] for position in positions], dtype=float)
    heights = np.array([_height(at[2]) if len(at) > 2 else np.nan for at in positions], dtype=float)
    return lonlat, heights[:, None] if np.isfinite(heights).any() else None


def _height(value: Json) -> float:
    """Return a third number, also one that is written as a text; NaN for what is none."""
    if type(value) in NUMBERS:
        return float(value)
    metres = height_m(value)
    return np.nan if metres is None else metres

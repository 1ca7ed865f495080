"""Lists of positions of which only the numbers are kept, in arrays that many of them share.

An array, a path and a list for each of thousands of short lines would be ten times as large as what they hold.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, groupby
from typing import overload

import numpy as np
from numpy.typing import NDArray

from corridor.land.line_rows import LineRows
from corridor.reading.faults import Json, JsonPath, pointer
from corridor.reading.position_runs import ParsedRun, PositionRun

#: Lines of one geometry from which on its runs are kept together.
MANY_LINES = 100


@dataclass(frozen=True, slots=True)
class RunKind:
    """What many runs have in common; `around` is the JSON path of their geometries' positions, a feature's with {}."""

    role: str
    geometry: str
    width: int
    around: str


@dataclass(frozen=True, slots=True, eq=False)
class RunRoom:
    """The array in which the numbers of many runs of a kind stand that have the same `count` of positions."""

    kind: RunKind
    room: NDArray[np.float64]
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class PackedRun:
    """A run of which only the numbers are kept, among those of others: a quarter of what an array of its own takes.

    They stand in the array of `shared` from `first` on. `part` is its place in a geometry of several runs.
    """

    shared: RunRoom
    feature: int | None
    part: int | None
    first: int

    @property
    def count(self) -> int:
        """How many positions it has."""
        return self.shared.count

    @property
    def raw(self) -> Json:
        """Nothing."""
        return ()

    @property
    def role(self) -> str:
        """What it is in its geometry."""
        return self.shared.kind.role

    @property
    def geometry(self) -> str:
        """The type of its geometry."""
        return self.shared.kind.geometry

    @property
    def hole(self) -> bool:
        """It is none."""
        return False

    @property
    def width(self) -> int:
        """How many numbers each position has."""
        return self.shared.kind.width

    @property
    def path(self) -> JsonPath:
        """The JSON path of the list of positions."""
        around = self.shared.kind.around.format(self.feature)
        return around if self.part is None else f"{around}/{self.part}"

    @property
    def _rows(self) -> NDArray[np.float64]:
        width = self.shared.kind.width
        return self.shared.room[self.first : self.first + width * self.count].reshape(-1, width)

    @property
    def lonlat(self) -> NDArray[np.float64]:
        """The first two numbers of each position."""
        return self._rows if self.shared.kind.width == 2 else self._rows[:, :2]

    @property
    def beyond(self) -> NDArray[np.float64] | None:
        """What follows them, None for nothing."""
        return None if self.shared.kind.width == 2 else self._rows[:, 2:]

    def position_path(self, index: int) -> JsonPath:
        """Return the JSON path of one position."""
        return self.path if self.role == "point" else pointer(self.path, int(index))

    def with_numbers(self, lonlat: NDArray[np.float64] | None, beyond: NDArray[np.float64] | None) -> ParsedRun:
        """Return the same with other numbers."""
        return ParsedRun((), self.path, self.role, self.feature, self.geometry, False, lonlat, beyond, self.width)


@dataclass(frozen=True, eq=False, slots=True)
class GeometryRuns(Sequence[PackedRun]):
    """The runs of one geometry of many lines, each made whenever it is asked for; `lines` are their numbers."""

    kind: RunKind
    lines: LineRows
    feature: int | None

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.lines)

    @overload
    def __getitem__(self, index: int) -> PackedRun: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[PackedRun, ...]: ...
    def __getitem__(self, index: int | slice) -> PackedRun | tuple[PackedRun, ...]:
        """Return a run, or some."""
        numbers = range(len(self))[index]
        return self._run(numbers) if isinstance(numbers, int) else tuple(map(self._run, numbers))

    def __iter__(self) -> Iterator[PackedRun]:
        """Yield each run."""
        room, width = self.lines.rows.reshape(-1), self.kind.width
        rooms = {count: RunRoom(self.kind, room, count) for count in np.unique(self.lines.counts).tolist()}
        for part, (start, end) in enumerate(self.lines.spans()):
            yield PackedRun(rooms[end - start], self.feature, part, start * width)

    def _run(self, number: int) -> PackedRun:
        start, end = self.lines.first[number : number + 2].tolist()
        room = RunRoom(self.kind, self.lines.rows.reshape(-1), end - start)
        return PackedRun(room, self.feature, number, start * self.kind.width)


@dataclass(frozen=True, eq=False, slots=True)
class RunGroups(Sequence[PositionRun]):
    """The runs of a document in its order: those of a geometry of many lines as one group, others between as tuples.

    `begin` are the numbers with which the groups begin.
    """

    groups: tuple[Sequence[PositionRun], ...]
    begin: tuple[int, ...]

    def __len__(self) -> int:
        """Return how many there are."""
        return self.begin[-1] + len(self.groups[-1])

    @overload
    def __getitem__(self, index: int) -> PositionRun: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[PositionRun, ...]: ...
    def __getitem__(self, index: int | slice) -> PositionRun | tuple[PositionRun, ...]:
        """Return a run, or some."""
        if isinstance(index, slice):
            return tuple(self)[index]
        number = range(len(self))[index]
        group = bisect_right(self.begin, number) - 1
        return self.groups[group][number - self.begin[group]]

    def __iter__(self) -> Iterator[PositionRun]:
        """Yield each run."""
        return chain.from_iterable(self.groups)


def runs_in(
    coordinates: NDArray[np.float64] | LineRows, role: str, geometry: str, around: str, feature: int | None
) -> Sequence[PackedRun]:
    """Return the runs of a geometry whose coordinates came as numbers: a line, or several."""
    rows = coordinates.rows if isinstance(coordinates, LineRows) else coordinates
    kind = RunKind(role, geometry, rows.shape[1], around)
    if not isinstance(coordinates, LineRows):
        return (PackedRun(RunRoom(kind, rows.reshape(-1), len(rows)), feature, None, 0),)
    runs = GeometryRuns(kind, coordinates, feature)
    return runs if len(runs) >= MANY_LINES else tuple(runs)


def groups_of(runs: Sequence[PositionRun]) -> tuple[Sequence[PositionRun], ...]:
    """Return runs in groups that follow each other."""
    return runs.groups if isinstance(runs, RunGroups) else (runs,)


def in_groups(groups: Iterable[Sequence[PositionRun]]) -> Sequence[PositionRun]:
    """Return the runs of groups that follow each other as one sequence."""
    held = tuple(tuple(group) if isinstance(group, list) else group for group in groups if group)
    if len(held) < 2:
        return held[0] if held else ()
    return RunGroups(held, tuple(accumulate(map(len, held[:-1]), initial=0)))


def kept(runs: Sequence[PositionRun], are_kept: Callable[[PositionRun], bool]) -> Sequence[PositionRun]:
    """Return those of runs that are kept; the runs of a geometry stay together where all are."""
    return in_groups(
        group if isinstance(group, GeometryRuns) and all(map(are_kept, group)) else tuple(filter(are_kept, group))
        for group in groups_of(runs)
    )


def together_by(runs: Sequence[PositionRun], key: Callable[[PositionRun], object]) -> Iterator[Sequence[PositionRun]]:
    """Yield runs that follow each other and have one key together; those of one geometry have."""
    held: list[Sequence[PositionRun]] = []
    last: object = None
    for group in groups_of(runs):
        whole = isinstance(group, GeometryRuns)
        keyed = [(key(group[0]), group)] if whole else ((at, tuple(some)) for at, some in groupby(group, key))
        for at, some in keyed:
            if held and at != last:
                yield in_groups(held)
                held = []
            held.append(some)
            last = at
    if held:
        yield in_groups(held)


def arrays_of(runs: Sequence[PositionRun]) -> Sequence[NDArray[np.float64]]:
    """Return the (lon, lat) rows of runs that have numbers."""
    if isinstance(runs, GeometryRuns):
        lines = runs.lines
        return lines if lines.rows.shape[1] == 2 else LineRows(lines.rows[:, :2], lines.first)
    return RunArrays(runs)


class RunArrays(Sequence[NDArray[np.float64]]):
    """The (lon, lat) rows of runs, each made when it is asked for: all at once, those of thousands take much room."""

    def __init__(self, runs: Iterable[PositionRun]) -> None:
        """Take the runs; those without numbers are left out."""
        self._runs = [run for run in runs if run.lonlat is not None]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._runs)

    @overload
    def __getitem__(self, index: int) -> NDArray[np.float64]: ...
    @overload
    def __getitem__(self, index: slice) -> "RunArrays": ...
    def __getitem__(self, index: int | slice) -> "NDArray[np.float64] | RunArrays":
        """Return the rows of a run, or those of some."""
        if isinstance(index, slice):
            return RunArrays(self._runs[index])
        rows = self._runs[index].lonlat
        return np.empty((0, 2)) if rows is None else rows

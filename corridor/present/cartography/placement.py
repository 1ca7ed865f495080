"""Finds each name a place of its own: no two touch, what matters more goes first, and what finds none is left out.

Every name brings its possible spots, each with what it costs by itself. A first pass takes the names by weight and
gives each its cheapest free spot. Then the search goes round: a name moves to a cheaper spot that became free, and a
name that was left out may push others aside when they find other spots, or weigh less. It ends when a round changes
nothing. The order is fixed throughout, so that the same map always comes out the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.land.features import FeatureId
from corridor.present.cartography.drawing import Points, Type
from corridor.present.cartography.projection import Box

#: Points kept free between two names.
GAP = 1.2
#: Rounds after which the search ends in any case.
ROUNDS = 8
#: Points of a cell of the ground on which names are set.
CELL = 2.0


@dataclass(frozen=True, slots=True)
class Baseline:
    """A line of a name: where its baseline begins, its angle clockwise, and its characters along a bent course."""

    text: str
    x: float
    y: float
    angle: float = 0.0
    glyphs: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class NameSpot:
    """One way to set a name: the boxes it covers (its mark among them), what it costs by itself, its rows, its type."""

    boxes: tuple[Box, ...]
    cost: float
    rows: tuple[Baseline, ...]
    type: Type


@dataclass(frozen=True, slots=True)
class Name:
    """A name with its possible spots; `weight` is what it costs to leave it out."""

    id: FeatureId
    kind: str
    weight: float
    spots: tuple[NameSpot, ...] = field(repr=False)


class Ground:
    """How much it matters, cell by cell, what of the land a name would cover."""

    def __init__(self, box: Box) -> None:
        """Begin with nothing that matters on a rectangle of the page."""
        self._box = box
        self._cells = np.zeros((int(box.height / CELL) + 2, int(box.width / CELL) + 2))
        self._sums: NDArray[np.float64] | None = None

    def add_line(self, points: Points, weight: float) -> None:
        """Let a line matter along its course."""
        steps = np.hypot(*np.diff(points, axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(steps)])
        at = np.arange(0.0, float(along[-1]) + CELL / 2, CELL / 2)
        self._mark(np.column_stack([np.interp(at, along, points[:, axis]) for axis in (0, 1)]), weight)

    def add_box(self, box: Box, weight: float) -> None:
        """Let a rectangle matter."""
        xs = np.arange(box.left, box.right + CELL, CELL)
        ys = np.arange(box.top, box.bottom + CELL, CELL)
        self._mark(np.array([(x, y) for x in xs for y in ys]), weight)

    def add_area(self, area: BaseGeometry, weight: float) -> None:
        """Let the inside of an area matter."""
        if shapely.is_empty(area):
            return
        origin = np.array([self._box.left, self._box.top])
        ends = (shapely.bounds(area).reshape(2, 2) - origin) / CELL
        high, wide = self._cells.shape
        (left, top), (right, bottom) = np.clip(ends, 0, (wide - 1, high - 1)).astype(int).tolist()
        xs = origin[0] + (np.arange(left, right + 1) + 0.5) * CELL
        ys = origin[1] + (np.arange(top, bottom + 1) + 0.5) * CELL
        shapely.prepare(area)
        inside = shapely.contains_xy(area, *np.meshgrid(xs, ys))
        cells = self._cells[top : bottom + 1, left : right + 1]
        cells[inside] = np.maximum(cells[inside], weight)
        self._sums = None

    def _mark(self, points: Points, weight: float) -> None:
        columns = ((points[:, 0] - self._box.left) / CELL).astype(int)
        rows = ((points[:, 1] - self._box.top) / CELL).astype(int)
        inside = (columns >= 0) & (rows >= 0) & (rows < self._cells.shape[0]) & (columns < self._cells.shape[1])
        where = rows[inside], columns[inside]
        self._cells[where] = np.maximum(self._cells[where], weight)
        self._sums = None

    def under(self, covered: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each of (..., 4) rectangles (left, top, right, bottom) covers, its weights added up."""
        if self._sums is None:
            self._sums = np.pad(self._cells, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
        high, wide = self._cells.shape
        origin = np.array([self._box.left, self._box.top] * 2)
        grid = ((covered - origin) / CELL).astype(int) + np.array([0, 0, 1, 1])
        left, top, right, bottom = np.moveaxis(np.minimum(np.maximum(grid, 0), (wide, high) * 2), -1, 0)
        sums = self._sums
        return np.asarray(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])


def place_names(names: Sequence[Name], blocked: Sequence[Box]) -> dict[FeatureId, NameSpot]:
    """Return the spot of each name that has one; no two touch, and none touches a blocked rectangle."""
    search = _Search(sorted(names, key=lambda name: (-name.weight, name.id)), blocked)
    search.run()
    return {search.names[number].id: search.spots[spot] for number, spot in sorted(search.taken.items())}


class _Search:
    """The names by number, their spots by number, which spots touch, and the spot each name has taken."""

    def __init__(self, names: Sequence[Name], blocked: Sequence[Box]) -> None:
        self.names = names
        self.spots = [spot for name in names for spot in name.spots]
        self.owner = [number for number, name in enumerate(names) for _ in name.spots]
        boxes = [box for spot in self.spots for box in spot.boxes]
        of_spot = np.array([number for number, spot in enumerate(self.spots) for _ in spot.boxes], dtype=int)
        tree = shapely.STRtree(_shapes(boxes, GAP / 2))
        barred = set(of_spot[tree.query(_shapes(blocked, 0.0))[1]].tolist())
        self.touching: list[set[int]] = [set() for _ in self.spots]
        first, second = (of_spot[side] for side in tree.query(tree.geometries))
        owners = np.array(self.owner, dtype=int)
        apart = owners[first] != owners[second]
        # A pair as one number, since numpy sorts numbers much faster than rows.
        pairs = np.unique(first[apart] * len(self.spots) + second[apart])
        for a, b in zip(*(side.tolist() for side in divmod(pairs, max(1, len(self.spots)))), strict=True):
            self.touching[a].add(b)
        choices: list[list[int]] = [[] for _ in names]
        for number, owner in enumerate(self.owner):
            if number not in barred and self.spots[number].cost < names[owner].weight:
                choices[owner].append(number)
        self.choices = [sorted(some, key=lambda n: (self.spots[n].cost, n)) for some in choices]
        self.taken: dict[int, int] = {}

    def run(self) -> None:
        for number, choices in enumerate(self.choices):
            free = next((spot for spot in choices if not self._in_the_way(spot)), None)
            if free is not None:
                self.taken[number] = free
        for _ in range(ROUNDS):
            changed = [self._improve(number) for number in range(len(self.names))]
            if not any(changed):
                break

    def _cost(self, number: int) -> float:
        spot = self.taken.get(number)
        return self.names[number].weight if spot is None else self.spots[spot].cost

    def _in_the_way(self, spot: int) -> set[int]:
        """Return the names whose spots touch a spot."""
        return {self.owner[other] for other in self.touching[spot] if self.taken.get(self.owner[other]) == other}

    def _improve(self, number: int) -> bool:
        """Move a name to a better spot, others aside where that is worth it; say whether anything changed."""
        for spot in self.choices[number]:
            gain = self._cost(number) - self.spots[spot].cost
            if gain <= 0:
                return False
            others = sorted(self._in_the_way(spot) - {number})
            moves = self._aside(others, {number: spot})
            loss = sum(self._would_cost(other, moves[other]) - self._cost(other) for other in others)
            if gain > loss + 1e-9:
                for other, there in moves.items():
                    if there is None:
                        self.taken.pop(other, None)
                    else:
                        self.taken[other] = there
                return True
        return False

    def _would_cost(self, number: int, spot: int | None) -> float:
        return self.names[number].weight if spot is None else self.spots[spot].cost

    def _aside(self, others: Sequence[int], moves: dict[int, int | None]) -> dict[int, int | None]:
        """Return `moves` with the cheapest spot for each of the others that is then free, None where there is none."""
        planned = dict(moves)
        for other in others:
            waiting = set(others) - set(planned)
            planned[other] = next(
                (
                    spot
                    for spot in self.choices[other]
                    if not (self._in_the_way(spot) - set(planned) - waiting)
                    and not any(there in self.touching[spot] for there in planned.values() if there is not None)
                ),
                None,
            )
        return planned


def _shapes(boxes: Sequence[Box], grown: float) -> NDArray[np.object_]:
    edges = np.array([(b.left, b.top, b.right, b.bottom) for b in boxes], dtype=float).reshape(-1, 4)
    return np.asarray(shapely.box(*(edges.T + np.array([[-grown], [-grown], [grown], [grown]]))))

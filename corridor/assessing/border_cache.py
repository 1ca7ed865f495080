"""Borders that remember, square by square, which of their segments can be nearest: for lines asked about many times."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.assessing.border_lines import SAME_M, BorderLines, Metres
from corridor.assessing.region import Region

#: Metres; the side of a square. No place of it is farther than REACH_M from its middle.
SIDE_M = 150.0
REACH_M = SIDE_M / 2**0.5
#: Squares remembered at most; then all are forgotten. A line of 500 km passes some 6,000.
MOST_SQUARES = 200_000

#: A square by one number: its column times ROWS, plus its row counted from EQUATOR rows south of the equator.
ROWS = 2**20
EQUATOR = ROWS // 2
Square = int
Edges = NDArray[np.intp]


class RememberingLines(BorderLines):
    """The same answers as BorderLines, many times as fast where places near these were asked about before.

    A segment nearest to a place p is at most as far from p as the one nearest to the middle m of its square; so its
    distance from m is at most that of m's nearest plus twice |p - m|. All segments so near are remembered for a square.
    """

    def __init__(self, shapes: Iterable[tuple[int, BaseGeometry]]) -> None:
        """Index `shapes` (metres of the zone) as BorderLines does, with no square remembered."""
        super().__init__(shapes)
        start, end = self._ends[:, 0], self._ends[:, 1]
        self._start, self._along = start.T.copy(), (end - start).T.copy()
        squared = self._along[0] ** 2 + self._along[1] ** 2
        self._per_squared = 1.0 / np.where(squared > 0, squared, np.inf)
        self._squares: dict[Square, Edges] = {}

    def nearest(self, metric: Metres) -> tuple[Metres, NDArray[np.intp]]:
        """Return for each position (metres of the zone) the distance in metres and the number of the nearest border."""
        if not len(metric):
            return np.zeros(0), np.zeros(0, int)
        columns = np.floor(metric / SIDE_M).astype(int)
        squares, of = np.unique(columns[:, 0] * ROWS + columns[:, 1] + EQUATOR, return_inverse=True)
        near = self._near(squares)
        counts = np.array([len(edges) for edges in near])
        begins = np.cumsum(counts) - counts
        # For each position, one after the other, every segment remembered for its square.
        each = counts[of]
        starts = np.cumsum(each) - each
        place = np.repeat(np.arange(len(metric)), each)
        edges = np.concatenate(near)[np.arange(each.sum()) - np.repeat(starts - begins[of], each)]
        away = self._distances(metric[place].T, edges)
        least = np.minimum.reduceat(away, starts)
        close = np.flatnonzero(away <= least[place] + SAME_M)
        first = close[np.searchsorted(close, starts)]
        border = self._owners[edges[first]]
        # Where borders meet in a point, several are equally near.
        unsure = np.unique(place[close[self._owners[edges[close]] != border[place[close]]]])
        if len(unsure):
            least[unsure], border[unsure] = super().nearest(metric[unsure])
        return least, border

    def _near(self, squares: NDArray[np.intp]) -> list[Edges]:
        """Return the segments that can be nearest anywhere in each square."""
        keys: list[Square] = squares.tolist()
        kept_edges = [self._squares.get(key) for key in keys]
        new = [key for key, edges in zip(keys, kept_edges, strict=True) if edges is None]
        if new:
            self._look_at(new)
            kept_edges = [
                self._squares[key] if edges is None else edges for key, edges in zip(keys, kept_edges, strict=True)
            ]
        return [edges for edges in kept_edges if edges is not None]

    def _look_at(self, new: Sequence[Square]) -> None:
        """Remember the segments of squares that nobody asked about."""
        middles = (np.column_stack(np.divmod(new, ROWS)) - (0, EQUATOR) + 0.5) * SIDE_M
        distances, _ = super().nearest(middles)
        which, edges = self._segments.query(
            np.asarray(shapely.points(middles)), predicate="dwithin", distance=distances + 2 * REACH_M + SAME_M
        )
        order = np.argsort(which, kind="stable")
        runs = np.split(edges[order], np.searchsorted(which[order], np.arange(1, len(new))))
        if len(self._squares) > MOST_SQUARES:
            self._squares = {}
        self._squares.update(zip(new, runs, strict=True))

    def _distances(self, places: Metres, edges: Edges) -> Metres:
        """Return the distance of each place, a column of `places`, from the segment beside it."""
        # Column by column: numpy takes several times as long to add up rows of two.
        east, north = places - self._start[:, edges]
        along_east, along_north = self._along[:, edges]
        share = np.clip((east * along_east + north * along_north) * self._per_squared[edges], 0.0, 1.0)
        return np.asarray(np.hypot(east - share * along_east, north - share * along_north))


class RememberingRegion(Region):
    """The shipped land, for lines that are measured again and again as they change a little."""

    def _lines(self, numbers: Collection[int]) -> BorderLines:
        return RememberingLines([(number, self.metric_borders[number]) for number in numbers])


def remembering(region: Region) -> RememberingRegion:
    """Return the same land with borders that remember."""
    return RememberingRegion(**{field.name: getattr(region, field.name) for field in fields(region)})

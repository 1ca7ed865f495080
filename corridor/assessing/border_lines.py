"""The borders as lines in a plane, for asking which of them is nearest to the places along a route."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

#: One in so many positions along a line is asked for its nearest border before the others are.
ASKED_OF = 48
#: Segments of a border that are indexed together, and branches of a node of the index. With these the nearest of
#: 26,000 segments is found in a third of the time that an index of single segments with ten branches takes (measured).
RUN = 8
NODE = 2
#: Positions asked together: a point for each takes seven times its two numbers.
AT_ONCE = 10_000
#: Metres within which two distances are the same, so that what they were measured to has to decide.
SAME_M = 1e-6
Metres = NDArray[np.float64]


class BorderLines:
    """Border segments indexed in the plane of the corridor's UTM zone; distances there are true to 0.3 %."""

    def __init__(self, shapes: Iterable[tuple[int, BaseGeometry]]) -> None:
        """Index `shapes` (metres of the zone), each with the number of its border."""
        self._parts: list[tuple[int, Metres]] = [
            (number, shapely.get_coordinates(part)) for number, shape in shapes for part in shapely.get_parts(shape)
        ]
        runs: list[BaseGeometry] = []
        owners: list[int] = []
        for number, corners in self._parts:
            starts = range(0, len(corners) - 1, RUN)
            runs += [shapely.LineString(corners[start : start + RUN + 1]) for start in starts]
            owners += [number] * len(starts)
        self._run_owners = np.array(owners, dtype=np.intp)
        self._runs = shapely.STRtree(runs, node_capacity=NODE)

    def nearest(self, metric: Metres) -> tuple[Metres, NDArray[np.intp]]:
        """Return for each position (metres of the zone) the distance in metres and the number of the nearest border."""
        if len(metric) > AT_ONCE:
            away, border = np.empty(len(metric)), np.empty(len(metric), dtype=np.intp)
            for some in (slice(start, start + AT_ONCE) for start in range(0, len(metric), AT_ONCE)):
                away[some], border[some] = self.nearest(metric[some])
            return away, border
        points = np.asarray(shapely.points(metric))
        (_, runs), distances = self._runs.query_nearest(points, return_distance=True, all_matches=False)
        borders = np.asarray(self._run_owners[runs])
        # Where borders meet, several are equally near to a whole wedge of places; segment by segment decides, always.
        tied = np.flatnonzero(self._at_junction(metric, distances))
        if len(tied):
            borders[tied] = self._owners[self._segments.query_nearest(points[tied], all_matches=False)[1]]
        return np.asarray(distances), borders

    def _at_junction(self, metric: Metres, distances: Metres) -> NDArray[np.bool_]:
        """Whether the nearest place of a border is one where borders meet."""
        at = np.zeros(len(metric), bool)
        for east, north in self._junctions.tolist():
            away = np.hypot(metric[:, 0] - east, metric[:, 1] - north)
            at |= np.abs(away - distances) <= SAME_M
        return at

    @cached_property
    def _junctions(self) -> Metres:
        """The vertices that borders of several numbers share."""
        corners = np.concatenate([np.zeros((0, 2)), *(corners for _, corners in self._parts)])
        owners = np.repeat([number for number, _ in self._parts], [len(corners) for _, corners in self._parts])
        order = np.lexsort((owners, corners[:, 1], corners[:, 0]))
        corners, owners = corners[order], owners[order]
        shared = (corners[1:] == corners[:-1]).all(axis=1) & (owners[1:] != owners[:-1])
        junctions: Metres = np.unique(corners[1:][shared], axis=0)
        return junctions

    @cached_property
    def _ends(self) -> Metres:
        """The two ends of every segment, (n, 2, 2)."""
        parts = [np.stack([corners[:-1], corners[1:]], axis=1) for _, corners in self._parts]
        return np.concatenate([np.zeros((0, 2, 2)), *parts])

    @cached_property
    def _owners(self) -> NDArray[np.intp]:
        """The number of the border of every segment."""
        counts = [len(corners) - 1 for _, corners in self._parts]
        return np.repeat([number for number, _ in self._parts], counts).astype(np.intp)

    @cached_property
    def _segments(self) -> shapely.STRtree:
        return shapely.STRtree(np.asarray(shapely.linestrings(self._ends)))

    def near_along(
        self, metric: Metres, near_m: Metres, lands: Iterable[NDArray[np.bool_]] = ()
    ) -> tuple[Metres, NDArray[np.intp]]:
        """Return the same for positions that follow each other, exact wherever a distance can matter.

        Exact are all distances up to `near_m`, the one that exceeds its `near_m` least and, of the positions in each of
        `lands`, the one that exceeds it most. The others are the least they can be, by the distance to the next
        position that was asked (no place is nearer than the triangle allows).
        """
        bounds = self._bounds_along(metric)
        over = bounds.least - near_m
        wanted = over <= max(0.0, float(over[bounds.asked].min()))
        for here in lands:
            wanted |= here & (bounds.most - near_m >= over.max(initial=-np.inf, where=here))
        return self._exactly(metric, bounds, wanted)

    def beside_along(self, metric: Metres, limits_m: Sequence[Metres | float]) -> tuple[Metres, NDArray[np.intp]]:
        """Return the same where it only matters which of `limits_m` (each one for all or one for every position) a
        distance exceeds, and which position is nearest: exact there, else the least it can be, on the same side of all.
        """
        bounds = self._bounds_along(metric)
        wanted = bounds.least <= bounds.least[bounds.asked].min()
        for limit in limits_m:
            wanted |= (bounds.least <= limit) & (bounds.most > limit)
        return self._exactly(metric, bounds, wanted)

    def _bounds_along(self, metric: Metres) -> "_Bounds":
        asked = np.zeros(len(metric), bool)
        asked[::ASKED_OF] = asked[::-1][::ASKED_OF] = True
        places, before = np.flatnonzero(asked), np.cumsum(asked) - 1
        away, border = self.nearest(metric[places])
        least, most, borders = np.zeros(len(metric)), np.full(len(metric), np.inf), np.zeros(len(metric), int)
        east, north = metric.T.copy()
        for beside in (before, np.minimum(before + 1, len(places) - 1)):
            at, there = places[beside], away[beside]
            apart = np.sqrt((east - east[at]) ** 2 + (north - north[at]) ** 2)
            better = there - apart > least
            np.copyto(least, there - apart, where=better)
            np.copyto(borders, border[beside], where=better)
            np.minimum(most, there + apart, out=most)
        least[places], borders[places] = away, border
        return _Bounds(asked, least, most, borders)

    def _exactly(self, metric: Metres, bounds: "_Bounds", wanted: NDArray[np.bool_]) -> tuple[Metres, NDArray[np.intp]]:
        again = np.flatnonzero(wanted & ~bounds.asked)
        if len(again):
            bounds.least[again], bounds.border[again] = self.nearest(metric[again])
        return bounds.least, bounds.border


@dataclass(frozen=True, eq=False, slots=True)
class _Bounds:
    """How near positions can be at least and at most; both the same where they were `asked`, with the border there."""

    asked: NDArray[np.bool_]
    least: Metres
    most: Metres
    border: NDArray[np.intp]

"""Thins a line for drawing, so that a survey of a million vertices does not reach a browser; never for measuring."""

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.line_rows import LineRows, shapes_of
from corridor.reading.route import Route

#: Vertices with which a route is drawn; it is measured with all it has.
DRAWN_VERTICES = 4_000
#: Degrees of latitude that a drawn line may leave its course, tried in turn: one metre to three hundred.
TOLERANCES_DEG = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3)
#: A line that keeps more than this share of its vertices is not thinned by smoothing.
SCRIBBLE = 0.9


def drawn(route: Route, at_most: int = DRAWN_VERTICES) -> tuple[NDArray[np.float64], ...]:
    """Return the parts of a route with about so many vertices together at most, those that shape it most.

    What the file draws again is among them. Thinned by Douglas-Peucker as little as suffices. Of very many parts the
    longest are drawn; of a scribble, which no smoothing thins, every so manieth vertex.
    """
    lines = shapes_of(LineRows.together([*route.lines, *route.again]))
    if len(lines) > at_most // 2:
        longest = np.argsort(-shapely.length(lines), kind="stable")[: at_most // 2]
        lines = lines[np.sort(longest)]
    if _count(lines) > at_most:
        latitude = np.radians(np.median(shapely.get_coordinates(lines)[:, 1]))
        scale = np.array([max(np.cos(latitude), 0.1), 1.0])
        # In a plane in which degrees of longitude are as long as those of latitude.
        flat = _thinned(np.asarray(shapely.transform(lines, lambda positions: positions * scale)), at_most)
        lines = np.asarray(shapely.transform(flat, lambda positions: positions / scale))
    return tuple(shapely.get_coordinates(line) for line in lines)


def _thinned(lines: NDArray[np.object_], at_most: int) -> NDArray[np.object_]:
    for tolerance in TOLERANCES_DEG:
        before = _count(lines)
        # Positions that are next to nothing apart have GEOS divide by the square of that, which is nought.
        with np.errstate(invalid="ignore", divide="ignore"):
            thin = shapely.simplify(lines, tolerance, preserve_topology=False)
        lines = np.where(shapely.is_empty(thin), _ends(lines), thin)
        if _count(lines) <= at_most:
            return lines
        if _count(lines) > SCRIBBLE * before:
            break
    step = -(-_count(lines) // at_most)
    corners = [shapely.get_coordinates(line) for line in lines]
    return np.array([shapely.LineString(np.vstack([ring[:-1:step], ring[-1:]])) for ring in corners])


def _count(lines: NDArray[np.object_]) -> int:
    return int(shapely.get_num_coordinates(lines).sum())


def _ends(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    return np.asarray(shapely.linestrings(np.stack([shapely.get_coordinates(line)[[0, -1]] for line in lines])))

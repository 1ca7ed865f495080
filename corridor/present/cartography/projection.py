"""How the land is laid flat, and which rectangle of a page shows which part of it.

One projection serves every static map: Lambert's conformal conic. The land is wider than high (42.8-50.7 E,
38.0-42.2 N) and lies in the middle latitudes, where a cone touches it best; being conformal, it keeps the angles of
borders and river bends, and one scale holds at a point in every direction, so that a scale bar can be true. The
standard parallels lie a sixth of the height inside the southern and northern edge (Kavrayskiy's rule; Snyder, Map
Projections, USGS Professional Paper 1395, p. 99), 38.7 and 41.5 N, the central meridian in the middle, 46.75 E. The
scale then errs by -0.03 % in the middle and +0.04 % at the edges.

North is up in the middle of every map. Meridians lean by 0.64 degrees for each degree of longitude away from there, by
2.5 degrees at the sides of the widest map; the graticule shows that, and so no map carries a north arrow.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians, sin

import numpy as np
from pyproj import Proj

from corridor.land.geodesy import Bounds, Positions, distance_m

#: Degrees on WGS84.
PARALLELS = (38.7, 41.5)
ORIGIN = (46.75, 40.1)
#: West, south, east, north in degrees: what is drawn of the land. The sea goes on to the east (see land.py).
DRAWN = (42.8, 38.0, 52.4, 42.2)
#: Metres in a point (1/72 inch).
METRES_PER_POINT_OF_PAPER = 0.0254 / 72
#: Points along each edge when a rectangle in degrees is bent into the plane, or one of the plane into degrees.
ALONG_EDGE = 65


@cache
def _lambert() -> Proj:
    return Proj(proj="lcc", lat_1=PARALLELS[0], lat_2=PARALLELS[1], lon_0=ORIGIN[0], lat_0=ORIGIN[1], ellps="WGS84")


def to_plane(lonlat: Positions) -> Positions:
    """Return (n, 2) positions in degrees as metres east and north in the plane of the projection."""
    return np.column_stack(_lambert()(lonlat[:, 0], lonlat[:, 1]))


def from_plane(metres: Positions) -> Positions:
    """Return (n, 2) positions in metres of the plane in degrees."""
    return np.column_stack(_lambert()(metres[:, 0], metres[:, 1], inverse=True))


def convergence(lon: float, lat: float) -> float:
    """Return by how many degrees the meridian at a position leans clockwise from the vertical of the plane."""
    return float(-_lambert().get_factors(lon, lat).meridian_convergence)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the page: left, top, width and height in points, y downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.right, self.bottom

    @property
    def corners(self) -> Positions:
        """The corners as a closed ring, clockwise from the left upper one."""
        a, b, c, d = self.left, self.top, self.right, self.bottom
        return np.array([(a, b), (c, b), (c, d), (a, d), (a, b)])

    def inset(self, by: float) -> "Box":
        """Return the rectangle smaller by `by` points on each side (larger, when negative)."""
        return Box(self.left + by, self.top + by, self.width - 2 * by, self.height - 2 * by)

    def holds(self, other: "Box") -> bool:
        """Whether another rectangle lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def holds_point(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether another rectangle overlaps this one or comes nearer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of the page and the land in it.

    `middle` is the position of its centre in metres of the plane, `metres_per_point` how much land a point shows, and
    `turn` by how many degrees the plane is turned anticlockwise so that north is up in the centre.
    """

    box: Box
    middle: tuple[float, float]
    metres_per_point: float
    turn: float

    @property
    def scale(self) -> float:
        """The scale denominator when the page is printed at its size."""
        return self.metres_per_point / METRES_PER_POINT_OF_PAPER

    def place(self, metres: Positions) -> Positions:
        """Return (n, 2) metres of the plane in points of the page."""
        east, north = (metres - self.middle).T / self.metres_per_point
        c, s = cos(radians(self.turn)), sin(radians(self.turn))
        x = self.box.left + self.box.width / 2 + (c * east - s * north)
        y = self.box.top + self.box.height / 2 - (s * east + c * north)
        return np.column_stack([x, y])

    def back(self, points: Positions) -> Positions:
        """Return (n, 2) points of the page in metres of the plane."""
        x = points[:, 0] - self.box.left - self.box.width / 2
        y = self.box.top + self.box.height / 2 - points[:, 1]
        c, s = cos(radians(self.turn)), sin(radians(self.turn))
        return np.column_stack([c * x + s * y, c * y - s * x]) * self.metres_per_point + self.middle

    def place_degrees(self, lonlat: Positions) -> Positions:
        """Return (n, 2) positions in degrees in points of the page."""
        return self.place(to_plane(lonlat))

    def degrees(self) -> Bounds:
        """Return west, south, east, north in degrees of the land shown."""
        return extent_of(from_plane(self.back(along_edges(self.box))))

    def plane_bounds(self) -> Bounds:
        """Return the least rectangle of the plane, in metres, that holds the land shown."""
        return extent_of(self.back(self.box.corners))


def along_edges(box: Box) -> Positions:
    """Return positions along the edges of a rectangle, from its left upper corner clockwise."""
    ring = box.corners
    steps = np.linspace(0.0, 1.0, ALONG_EDGE)[:, None]
    return np.vstack([start + steps * (end - start) for start, end in pairwise(ring)])


def extent_of(points: Positions) -> Bounds:
    """Return the least and the greatest x and y of some positions: left, top, right, bottom on a page."""
    (a, b), (c, d) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return a, b, c, d


def true_length_m(frame: Frame, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the geodesic distance in metres between two points of the page."""
    a, b = from_plane(frame.back(np.array([start, end]))).tolist()
    return distance_m((a[0], a[1]), (b[0], b[1]))

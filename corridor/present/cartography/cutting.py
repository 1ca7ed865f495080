"""How land in the plane is brought onto a page and cut off at its frame."""

from collections.abc import Iterable

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from corridor.present.cartography.drawing import Points
from corridor.present.cartography.projection import Box, Frame

#: Points beyond the frame to which land is kept while ribbons and outlines are made, so that none follows the frame.
BEYOND = 12.0


def on_page(geometry: BaseGeometry, frame: Frame, beyond: float = 0.0) -> BaseGeometry:
    """Return a geometry of the plane in points of the page, cut off `beyond` points outside the frame."""
    wider = Frame(frame.box.inset(-beyond), frame.middle, frame.metres_per_point, frame.turn)
    west, south, east, north = wider.plane_bounds()
    near = shapely.clip_by_rect(geometry, west, south, east, north)
    return cut(shapely.transform(near, frame.place), wider.box)


def cut(geometry: BaseGeometry, box: Box) -> BaseGeometry:
    """Return what of a geometry of the page lies in a rectangle of it."""
    return shapely.clip_by_rect(geometry, box.left, box.top, box.right, box.bottom)


def rings_of(geometry: BaseGeometry) -> tuple[Points, ...]:
    """Return every ring of the polygons in a geometry."""
    rings = shapely.get_rings(_parts(geometry, "Polygon"))
    return tuple(shapely.get_coordinates(ring) for ring in rings)


def runs_of(geometry: BaseGeometry) -> tuple[Points, ...]:
    """Return the corners of every line in a geometry; of a polygon, nothing."""
    return tuple(shapely.get_coordinates(part) for part in _parts(geometry, "LineString"))


def outline(area: BaseGeometry, box: Box) -> BaseGeometry:
    """Return the edge of an area inside a rectangle; where the area was cut off beyond it, nothing."""
    return cut(shapely.boundary(area), box)


def joined(lines: Iterable[BaseGeometry]) -> BaseGeometry:
    """Return lines joined end to end wherever just two of them meet, so that a dash runs on."""
    return shapely.line_merge(shapely.MultiLineString([run for line in lines for run in runs_of(line)]))


def _parts(geometry: BaseGeometry, kind: str) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    parts = shapely.get_parts(geometry)
    while any(part.geom_type.startswith(("Multi", "GeometryCollection")) for part in parts):
        parts = shapely.get_parts(parts)
    return np.array([part for part in parts if part.geom_type == kind and not part.is_empty], dtype=object)

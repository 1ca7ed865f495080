"""Knows the line that two territories share, and points measured on it."""

from __future__ import annotations

from functools import cache

import shapely
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from geodata.build.inputs import Inputs
from geodata.build.packages import BuildError

WGS84 = Geod(ellps="WGS84")
METRIC = "EPSG:32638"  # UTM zone 38 North, metres; for nearest points and offsets only

_FORWARD = Transformer.from_crs("OGC:CRS84", METRIC, always_xy=True)
_BACK = Transformer.from_crs(METRIC, "OGC:CRS84", always_xy=True)


def to_metric(geometry: BaseGeometry) -> BaseGeometry:
    """`geometry` (lon/lat degrees) in metres of UTM zone 38 North."""
    return shapely.transform(geometry, _FORWARD.transform, interleaved=False)


def to_degrees(geometry: BaseGeometry) -> BaseGeometry:
    """`geometry` (metres of UTM zone 38 North) in lon/lat degrees."""
    return shapely.transform(geometry, _BACK.transform, interleaved=False)


def distance_m(a: shapely.Point, b: shapely.Point) -> float:
    """Geodesic distance in metres between two lon/lat points."""
    return float(WGS84.inv(a.x, a.y, b.x, b.y)[2])


@cache
def territories(inputs: Inputs) -> dict[str, BaseGeometry]:
    """Feature id -> polygon of the territory layer, read once per run."""
    return inputs.geometries("territory")


@cache
def shared_edge(inputs: Inputs, first: str, second: str) -> BaseGeometry:
    """The line, in degrees, that two territories share; raises BuildError when they have none in common."""
    shapes = territories(inputs)
    edge = shapely.intersection(
        shapely.boundary(shapes[f"territory/{first}"]), shapely.boundary(shapes[f"territory/{second}"])
    )
    lines = [part for part in shapely.get_parts(edge) if part.geom_type == "LineString"]
    if not lines:
        msg = f"The territories {first} and {second} share no line."
        raise BuildError(msg)
    return shapely.line_merge(shapely.MultiLineString(lines))


def nearest_on(edge: BaseGeometry, point: shapely.Point) -> shapely.Point:
    """The point of `edge` nearest to `point`, both in degrees, measured in metres of the UTM zone."""
    metric = to_metric(edge)
    return to_degrees(shapely.get_point(shapely.shortest_line(metric, to_metric(point)), 0))


def along(edge: BaseGeometry, share: float, *, start_lon: float) -> shapely.Point:
    """The point at `share` (0 to 1) of a single line in degrees, counted from the end nearer to `start_lon`."""
    if edge.geom_type != "LineString":
        msg = f"A share of a line was asked of a {edge.geom_type}."
        raise BuildError(msg)
    metric = to_metric(edge)
    ends = (edge.coords[0][0], edge.coords[-1][0])
    if abs(ends[1] - start_lon) < abs(ends[0] - start_lon):
        share = 1.0 - share
    return to_degrees(shapely.line_interpolate_point(metric, share, normalized=True))

"""Lengths and distances on the WGS84 ellipsoid; the only place that knows a reference system by number.

Coordinates are (longitude, latitude) in decimal degrees on WGS84 (OGC:CRS84, the system of RFC 7946). A length is the
sum of the geodesics between consecutive vertices (Karney 2013, as implemented by GeographicLib in PROJ).
"""

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

CRS84 = "OGC:CRS84"
#: UTM zone 38 North covers 42-48 E, the land between the two ends of every candidate; metres.
METRIC = "EPSG:32638"
WGS84 = Geod(ellps="WGS84")


def segment_lengths_m(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the geodesic length in metres of each of the n-1 segments of an (n, 2) array of degrees."""
    if len(lonlat) < 2:
        return np.zeros(0)
    _, _, metres = WGS84.inv(lonlat[:-1, 0], lonlat[:-1, 1], lonlat[1:, 0], lonlat[1:, 1])
    return np.asarray(metres, dtype=float)


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length in kilometres of a line or a collection of lines; 0 for points and nothing."""
    parts = shapely.get_parts(geometry)
    return float(sum(segment_lengths_m(shapely.get_coordinates(part)).sum() for part in parts)) / 1000.0


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the geodesic distance in metres between two (lon, lat) positions in degrees."""
    return float(WGS84.inv(a[0], a[1], b[0], b[1])[2])


@cache
def _transformer(inverse: bool) -> Transformer:
    pair = (METRIC, CRS84) if inverse else (CRS84, METRIC)
    return Transformer.from_crs(*pair, always_xy=True)


def to_metric(geometry: BaseGeometry) -> BaseGeometry:
    """Return `geometry` (degrees) in metres of the corridor's UTM zone, for buffers and nearest points only."""
    return shapely.transform(geometry, _transformer(False).transform, interleaved=False)


def to_degrees(geometry: BaseGeometry) -> BaseGeometry:
    """Return `geometry` (metres of the corridor's UTM zone) in degrees."""
    return shapely.transform(geometry, _transformer(True).transform, interleaved=False)

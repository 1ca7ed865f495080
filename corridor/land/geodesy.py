"""Lengths and distances on the WGS84 ellipsoid; the only place that knows a reference system by number.

Coordinates are (longitude, latitude) in decimal degrees on WGS84 (OGC:CRS84, the system of RFC 7946). A length is the
sum of the geodesics between consecutive vertices (Karney 2013, as implemented by GeographicLib in PROJ).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

#: Positions of a line or an area, (n, 2) or more.
Positions = NDArray[np.float64]
#: Numbers, most often one for each place along a line; what they count is said where they stand.
Values = NDArray[np.float64]
#: West, south, east and north in degrees.
Bounds = tuple[float, float, float, float]
#: The window every shipped territory layer covers, in degrees; a test holds it to the layer.
REGION: Bounds = (42.8, 38.0, 50.7, 42.2)

CRS84 = "OGC:CRS84"
#: UTM zone 38 North covers 42-48 E, the land between the two ends of every candidate; metres.
METRIC = "EPSG:32638"
#: Metres east and north at which positions stand that the zone cannot show, a quarter of the Earth away from it; no two
#: places on Earth are as far apart.
BEYOND_ZONE_M = 3e7
#: What web maps draw in; its metres are too long by about the secant of the latitude.
WEB_MERCATOR = "EPSG:3857"
#: Longitude and latitude on Pulkovo 1942, the datum of Soviet maps.
PULKOVO_DEGREES = "EPSG:4284"


@dataclass(frozen=True, slots=True)
class PlausibleSystem:
    """A projected system in use for this region: eastings in metres it can have here, and the longitudes it is for."""

    name: str
    least_easting: float
    most_easting: float
    west: float
    east: float


#: Where Türkiye ends, and half a degree beyond.
TURKIYE_EAST = 45.33


def _zones(names: Sequence[str], prefix: int | None, first_meridian: float, width: int) -> list[PlausibleSystem]:
    """Return the zones of a system from the first on, each with half a degree beyond its own.

    `prefix` is the number of the first zone where eastings begin with it (8,500,000 on the central meridian of zone 8);
    such an easting can be of no other zone, and a survey often goes on in the zone it began in, for three degrees here.
    """
    zones = []
    half = width / 2 + (0.5 if prefix is None else 3.0)
    for step, name in enumerate(names):
        meridian, least = first_meridian + step * width, 0.0 if prefix is None else (prefix + step) * 1e6
        zones.append(PlausibleSystem(name, least, least + 1e6, meridian - half, meridian + half))
    return zones


#: Projected systems in use for this region (EPSG's register, v12): UTM 37-39 N on WGS84 and 38 N on ED50(ED77) of Iran,
#: Gauss-Kruger on Pulkovo 1942 in zones of six degrees (7-9) and of three (14-17), with the number of the zone in the
#: easting and without, and on Pulkovo 1995, CS63 of Soviet maps, Türkiye's TUREF in zones of three degrees, with their
#: number and without, and the Mercators of web maps, on the sphere and on the ellipsoid.
PLAUSIBLE_SYSTEMS = (
    *_zones(("EPSG:32637", METRIC, "EPSG:32639"), None, 39, 6),
    *_zones(("EPSG:28407", "EPSG:28408", "EPSG:28409"), 7, 39, 6),
    *_zones(("EPSG:28467", "EPSG:28468", "EPSG:28469"), None, 39, 6),
    *_zones(("EPSG:20007", "EPSG:20008", "EPSG:20009"), 7, 39, 6),
    *_zones(("EPSG:2530", "EPSG:2531", "EPSG:2532", "EPSG:2533"), 14, 42, 3),
    *_zones(("EPSG:2589", "EPSG:2590", "EPSG:2591", "EPSG:2592"), None, 42, 3),
    *_zones(("EPSG:2058",), None, 45, 6),
    *_zones(("EPSG:2935", "EPSG:2936", "EPSG:2937", "EPSG:2938"), 1, 41.5333, 3),
    # Used up to the border of Türkiye.
    *(replace(zone, east=TURKIYE_EAST) for zone in _zones(("EPSG:5258", "EPSG:5259"), None, 42, 3)),
    *(replace(zone, east=TURKIYE_EAST) for zone in _zones(("EPSG:5274", "EPSG:5275"), 14, 42, 3)),
    PlausibleSystem(WEB_MERCATOR, 4.5e6, 6e6, -180.0, 180.0),
    PlausibleSystem("EPSG:3395", 4.5e6, 6e6, -180.0, 180.0),
)
#: Mean radius of the Earth in metres, (2a + b) / 3 of WGS84 (IUGG); what haversine formulas use.
MEAN_RADIUS_M = 6_371_008.8
#: Metres for a degree of a great circle on a sphere of that radius, for what need not be measured exactly.
METRES_PER_DEGREE = math.radians(MEAN_RADIUS_M)
#: Metres of a pixel of a Web Mercator map at zoom 0 on the equator of WGS84, 256 pixels for all of it.
WEB_MERCATOR_PIXEL_M = 156_543.034
#: Decimals of degrees that are kept: the seventh is about a centimetre; RFC 7946, 11.2, finds six enough (10 cm).
DEGREE_DECIMALS = 7
WGS84 = Geod(ellps="WGS84")
#: Degrees: up to this difference in longitude and latitude (about 220 m) the mid-latitude formula is used, ten times as
#: fast as the exact geodesic; below 60 degrees of latitude they agree to a ten-thousandth of a millimetre per segment.
SHORT_DEG = 0.002
MID_LATITUDES_DEG = 60.0
#: Segments measured at a time; so many stay in the processor's cache, and a long line needs no more memory than that.
BLOCK = 16_384


def segment_lengths_m(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the geodesic length in metres of each of the n-1 segments of an (n, 2) array of degrees.

    Short segments by the mid-latitude formula, s² = (M Δφ)² + (N cos φ Δλ)² with the radii of curvature M and N at the
    middle latitude; all others by Karney's algorithm.
    """
    if len(lonlat) <= BLOCK:
        return _segment_lengths_m(lonlat)
    starts = range(0, len(lonlat) - 1, BLOCK)
    return np.concatenate([_segment_lengths_m(lonlat[start : start + BLOCK + 1]) for start in starts])


def _segment_lengths_m(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(lonlat) < 2:
        return np.zeros(0)
    steps = np.abs(np.diff(lonlat, axis=0))
    middle = (lonlat[:-1, 1] + lonlat[1:, 1]) / 2
    metres = _mid_latitude_m(steps, middle)
    exact = np.flatnonzero(~((steps.max(axis=1) <= SHORT_DEG) & (np.abs(middle) < MID_LATITUDES_DEG)))
    if len(exact):
        start, end = lonlat[exact], lonlat[exact + 1]
        metres[exact] = WGS84.inv(start[:, 0], start[:, 1], end[:, 0], end[:, 1])[2]
    return metres


def _mid_latitude_m(steps: NDArray[np.float64], middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return lengths in metres from differences (lon, lat) and the middle latitude of each, all in degrees."""
    squared_sine = np.sin(np.radians(middle)) ** 2
    flattened = 1.0 - WGS84.es * squared_sine
    across = WGS84.a / np.sqrt(flattened)
    along = across * (1.0 - WGS84.es) / flattened
    east = across**2 * (1.0 - squared_sine) * np.radians(steps[:, 0]) ** 2
    return np.asarray(np.sqrt((along * np.radians(steps[:, 1])) ** 2 + east), dtype=float)


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length in kilometres of a line or a collection of lines; 0 for points and nothing."""
    return total_length_km(map(shapely.get_coordinates, shapely.get_parts(geometry)))


def total_length_km(lines: Iterable[Positions]) -> float:
    """Return the geodesic length in kilometres of lines, each (n, 2) degrees, together."""
    return float(sum(segment_lengths_m(rows).sum() for rows in lines)) / 1000.0


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the geodesic distance in metres between two (lon, lat) positions in degrees."""
    return float(WGS84.inv(a[0], a[1], b[0], b[1])[2])


def metres_outside(lonlat: NDArray[np.float64], bounds: Bounds) -> float:
    """Return the metres from a box (west, south, east, north) to the nearest of finite (lon, lat) rows in degrees.

    0 where one of them lies in it. Which is nearest is judged in the plane of their degrees.
    """
    west, south, east, north = bounds
    beside = np.clip(lonlat, (west, south), (east, north))
    steps = (lonlat - beside) * np.column_stack([np.cos(np.radians(beside[:, 1])), np.ones(len(beside))])
    nearest = int(np.hypot(*steps.T).argmin())
    (lon, lat), (box_lon, box_lat) = lonlat[nearest].tolist(), beside[nearest].tolist()
    return distance_m((lon, lat), (box_lon, box_lat))


def distances_from_m(lonlat: NDArray[np.float64], place: tuple[float, float]) -> NDArray[np.float64]:
    """Return the geodesic distance in metres of each of (n, 2) positions to a place, all in degrees."""
    lon, lat = (np.full(len(lonlat), degrees) for degrees in place)
    return np.asarray(WGS84.inv(lonlat[:, 0], lonlat[:, 1], lon, lat)[2], dtype=float)


@cache
def _transformer(inverse: bool) -> Transformer:
    pair = (METRIC, CRS84) if inverse else (CRS84, METRIC)
    return Transformer.from_crs(*pair, always_xy=True)


def _projected(geometry: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    return shapely.transform(geometry, lambda positions: _positions(positions, transformer))


def _positions(positions: NDArray[np.float64], transformer: Transformer) -> NDArray[np.float64]:
    projected = np.column_stack(transformer.transform(positions[:, 0], positions[:, 1]))
    return np.where(np.isfinite(projected), projected, BEYOND_ZONE_M)


def to_metric(geometry: BaseGeometry) -> BaseGeometry:
    """Return `geometry` (degrees) in metres of the corridor's UTM zone, for buffers and nearest points only."""
    return _projected(geometry, _transformer(False))


def positions_to_metric(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n, 2) positions in degrees in metres of the corridor's UTM zone, as `to_metric` does for a geometry."""
    return _positions(lonlat, _transformer(False))


def to_degrees(geometry: BaseGeometry) -> BaseGeometry:
    """Return `geometry` (metres of the corridor's UTM zone) in degrees."""
    return _projected(geometry, _transformer(True))


def lengths_by_method_km(geometry: BaseGeometry) -> dict[str, float]:
    """Return the length in kilometres of a line (degrees) as four kinds of tools measure it.

    "ellipsoid" is the geodesic on WGS84 that this project uses, "sphere" the great circle on a sphere of the mean
    radius, "utm" the plane of UTM zone 38 North, "web-mercator" the plane web maps are drawn in; only the vertices
    are projected, as those tools do.
    """
    sphere = Geod(a=MEAN_RADIUS_M, f=0.0)
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(geometry)]
    lengths = {"ellipsoid": length_km(geometry)}
    lengths["sphere"] = sum(sphere.line_length(part[:, 0], part[:, 1]) for part in parts) / 1000.0
    lengths["utm"] = shapely.length(to_metric(geometry)) / 1000.0
    flat = _projected(geometry, Transformer.from_crs(CRS84, WEB_MERCATOR, always_xy=True))
    lengths["web-mercator"] = shapely.length(flat) / 1000.0
    return {method: float(value) for method, value in lengths.items()}


def simplified(geometry: BaseGeometry, tolerance_m: float) -> BaseGeometry:
    """Return a line (degrees) redrawn with fewer vertices, nowhere more than `tolerance_m` metres from itself.

    Douglas-Peucker in the corridor's UTM zone: what a coarser map does to the same line.
    """
    return to_degrees(shapely.simplify(to_metric(geometry), tolerance_m))

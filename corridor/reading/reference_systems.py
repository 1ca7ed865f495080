"""Which reference system a file's coordinates are in: the declared one, or those that would put them in the region."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from corridor.geodesy import CRS84, PLAUSIBLE_SYSTEMS
from corridor.reading.faults import Json

#: West, south, east, north in degrees.
Bounds = tuple[float, float, float, float]


def named_system(member: Json) -> str | None:
    """Return the name inside a `crs` member of GeoJSON 2008 ("urn:ogc:def:crs:EPSG::32638"), None when it has none."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) and len(name) < 200 else None


@cache
def system(name: str) -> CRS | None:
    """Return the reference system of a name or of well-known text, None when PROJ does not know it."""
    try:
        return CRS.from_user_input(name)
    except CRSError:
        return None


def is_plain(name: str | None) -> bool:
    """Whether a name means longitude and latitude on WGS84, in whichever order its authority lists them."""
    known = system(name) if name else None
    return known is not None and (known.equals(CRS(CRS84)) or known.equals(CRS("EPSG:4326"), ignore_axis_order=True))


def label(name: str) -> str:
    """Return the name of a system as a reader knows it: "EPSG:32638 (WGS 84 / UTM zone 38N)"."""
    known = system(name)
    if known is None:
        return name
    authority = known.to_authority()
    return f"{':'.join(authority)} ({known.name})" if authority else known.name


def to_lonlat(positions: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Return (x, y) rows of a system as (lon, lat) in degrees on WGS84; inf where PROJ has no answer."""
    known = system(name)
    if known is None:
        return np.full_like(positions, np.inf)
    transformer = Transformer.from_crs(known, CRS84, always_xy=True)
    return np.column_stack(transformer.transform(positions[:, 0], positions[:, 1]))


def share_inside(positions: NDArray[np.float64], bounds: Bounds) -> float:
    """Return the share, 0 to 1, of (lon, lat) rows that lie in a box; 0 for none."""
    if not len(positions):
        return 0.0
    west, south, east, north = bounds
    lon, lat = positions[:, 0], positions[:, 1]
    return float(np.mean((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)))


def plausible_systems(positions: NDArray[np.float64], region: Bounds) -> tuple[str, ...]:
    """Return the projected systems that put (x, y) rows into the region, the likeliest first.

    Zones overlap, so several can answer; the one whose own area of use holds more of the positions comes first.
    """
    sample = positions[:: max(1, len(positions) // 50)]
    answers: list[tuple[float, str]] = []
    for name in PLAUSIBLE_SYSTEMS:
        lonlat = to_lonlat(sample, name)
        if share_inside(lonlat, region) > 0.9:
            answers.append((-_in_own_area(lonlat, name), name))
    return tuple(name for _, name in sorted(answers, key=lambda answer: answer[0]))


def _in_own_area(lonlat: NDArray[np.float64], name: str) -> float:
    known = system(name)
    area = known.area_of_use if known is not None else None
    return share_inside(lonlat, (area.west, area.south, area.east, area.north)) if area else 0.0


def degrees_like(bounds: Sequence[float]) -> bool:
    """Whether every coordinate of (west, south, east, north) can be a longitude and a latitude."""
    west, south, east, north = bounds
    return west >= -180 and east <= 180 and south >= -90 and north <= 90

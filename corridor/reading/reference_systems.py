"""Which reference system a file's coordinates are in: the declared one, or those that would put them in the region."""

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # its types leave it out

from corridor.land.geodesy import CRS84, PLAUSIBLE_SYSTEMS, Bounds
from corridor.reading.faults import Json

#: Never asks its makers' server for a grid, whatever the environment says.
set_network_enabled(False)

#: The longest definition that is read; the longest in EPSG's own register has some 5,000 signs.
LONGEST = 20_000
#: “EPSG:4326”, “urn:ogc:def:crs:OGC:1.3:CRS84”, “WGS 84 / UTM zone 38N”: a slash stands between blanks, as in no path.
NAMED = re.compile(r"\w(?:[\w .,:;()'+\-]|(?<=[ ])/(?=[ ]))*+", re.ASCII)
#: The addresses by which OGC names systems; PROJ reads the name in them and asks nobody.
ADDRESSED = re.compile(r"https?://(www\.)?opengis\.net/(def/crs/|gml/srs/epsg\.xml#)[\w/.\-]+", re.ASCII)
WELL_KNOWN = re.compile(r"[A-Z][A-Z_]{3,24}\s*[\[(]", re.IGNORECASE)
#: What GDAL adds to well-known text: the same system in PROJ's own words.
EXTENSION = re.compile(r',?\s*EXTENSION\s*[\[(]\s*"PROJ4"\s*,\s*"([^"]*)"\s*[\])]', re.IGNORECASE)
#: What makes PROJ open a file: parameters of grids, in its own words and in those of well-known text.
OPENS = re.compile(
    r"grids|EXTENSION|PARAMETERFILE|\bfile\b|init\s*=|\+\w+=|://(?!www\.opengis\.net)|@|\.\./", re.IGNORECASE
)
#: One parameter of a PROJ string, other than those that name files; their values are numbers and short names.
PARAMETER = re.compile(
    r"\+(proj=(?!pipeline|hgridshift|vgridshift|gridshift|xyzgridshift|deformation|tinshift|defmodel)\w+|zone=\d+|south|"
    r"(datum|ellps|units|vunits|pm|axis|type|title)=[\w.\-]+|(no_defs|over|wktext|no_off|no_uoff|no_rot)|"
    r"(a|b|rf|f|R|k|k_0|h|lat_\w+|lon_\w+|lonc|alpha|gamma|x_0|y_0|z_0|to_meter|vto_meter|towgs84)=[\d.,eE+\-]+)",
    re.ASCII,
)


def named_system(member: Json) -> str | None:
    """Return the name inside a `crs` member of GeoJSON 2008 ("urn:ogc:def:crs:EPSG::32638"), None when it has none."""
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) and len(name) < 200 else None


@lru_cache(maxsize=1_000)
def system(name: str) -> CRS | None:
    """Return the reference system of a name or of well-known text, None when PROJ does not know it.

    None as well for one that names a file, a grid or an address: whoever wrote a file does not say what is opened here.
    """
    plain = harmless(name)
    if plain is None:
        return None
    try:
        return CRS.from_string(plain)
    except (CRSError, UnicodeError):
        return None


def harmless(name: str) -> str | None:
    """Return the name or text of a system as PROJ may have it; None where it could make PROJ open something."""
    text = name.strip()
    if len(text) > LONGEST or "\0" in text:
        return None
    if NAMED.fullmatch(text) or ADDRESSED.fullmatch(text):
        return text
    if text.startswith("+"):
        return text if _harmless_proj(text) else None
    if not WELL_KNOWN.match(text):
        return None
    for extension in EXTENSION.findall(text):
        if not _harmless_proj(extension):
            return None
    return None if OPENS.search(EXTENSION.sub("", text)) else text


def _harmless_proj(text: str) -> bool:
    """Whether a string of PROJ's has nothing but numbers and names of its own in it."""
    return all(PARAMETER.fullmatch(one) or one == "+nadgrids=@null" for one in text.split())


def declared_system(prj: bytes) -> str | None:
    """Return the system that the .prj of a Shapefile declares: its number where it has one, else its text.

    None for an empty one.
    """
    text = prj.decode("utf-8", "replace").removeprefix("\ufeff").strip("\0 \r\n\t")
    known = system(text) if text else None
    if known is None:
        return text or None
    # The number that stands in the text goes before one that PROJ would look up.
    stated = known.to_json_dict().get("id")
    authority = (stated["authority"], str(stated["code"])) if stated else known.to_authority(min_confidence=70)
    return ":".join(authority) if authority else text


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

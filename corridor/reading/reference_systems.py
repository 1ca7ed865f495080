"""Reference systems by name or definition: what PROJ knows of them, with nothing opened and nobody called for it."""

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.database import get_codes, query_crs_info
from pyproj.enums import PJType
from pyproj.exceptions import CRSError, ProjError
from pyproj.network import set_network_enabled  # type: ignore[attr-defined]  # its types leave it out
from pyproj.transformer import TransformerGroup

from corridor.land.geodesy import CRS84, MEAN_RADIUS_M, Bounds, distance_m

#: Never asks its makers' server for a grid, whatever the environment says.
set_network_enabled(False)

#: Rows up to which Python is quicker than numpy, whose calls take a few microseconds each; files of ways have thousands
#: of lines as short.
FEW = 8
#: The longest definition that is read; the longest in EPSG's own register has some 5,000 signs.
LONGEST = 20_000
#: “EPSG:4326”, “urn:ogc:def:crs:OGC:1.3:CRS84”, “WGS 84 / UTM zone 38N”: a slash stands between blanks, as in no path.
NAMED = re.compile(r"\w(?:[\w .,:;()'+\-]|(?<=[ ])/(?=[ ]))*+", re.ASCII)
#: The addresses by which OGC names systems; PROJ reads the name in them and asks nobody.
ADDRESSED = re.compile(r"https?://(www\.)?opengis\.net/(def/crs/|gml/srs/epsg\.xml#)[\w/.\-]+", re.ASCII)
#: A number in a register that is asked: “EPSG:28408”, “EPSG:4326+5773”, “OGC:CRS84h”.
CODED = re.compile(r"(EPSG|ESRI|IGNF|OGC):(\w{1,20})(?:\+(?:EPSG:)?\d{4,6})?", re.IGNORECASE | re.ASCII)
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
#: What follows the name of a system where its two numbers are chosen to stand in reverse order.
NORTHING_FIRST = ",northing-first"
#: Metres that a change of datum can move a position by; more is another meridian than Greenwich, not a datum.
LARGEST_DATUM_SHIFT_M = 5_000.0
#: Metres taken for a conversion whose accuracy PROJ does not state.
UNSTATED_M = 10.0


@lru_cache(maxsize=1_000)
def system(name: str) -> CRS | None:
    """Return the reference system of a name or of well-known text, None when PROJ does not know it.

    None as well for one that names a file, a grid or an address: whoever wrote a file does not say what is opened here.
    """
    plain = harmless(name.removesuffix(NORTHING_FIRST))
    known = None if plain is None else _known(plain)
    if known is None:
        return None
    try:
        return CRS.from_string(known)
    except (CRSError, UnicodeError):
        return None


def _known(text: str) -> str | None:
    """Return a number, an address or a definition as it is, and the number of a name; None for what is in no register.

    PROJ itself would search for what is nearest to an unknown name, for most of a second, and take it.
    """
    if not NAMED.fullmatch(text) or text.lower().startswith("urn:"):
        return text
    coded = CODED.fullmatch(text)
    if coded is None:
        return _registered_names().get(letters(text))
    authority, number = coded[1].upper(), coded[2]
    if authority == "OGC":
        return f"OGC:{number}" if number.upper().startswith("CRS") else None
    return text.upper() if number.upper() in _registered_codes(authority) else None


def letters(text: str) -> str:
    """Return the letters and digits of a name, by which names are compared."""
    return "".join(sign for sign in text.lower() if sign.isalnum())


@lru_cache(maxsize=4)
def _registered_codes(authority: str) -> frozenset[str]:
    return frozenset(code.upper() for code in get_codes(authority, PJType.CRS, allow_deprecated=True))


@lru_cache(maxsize=1)
def _registered_names() -> dict[str, str]:
    """Return the numbers of the systems of EPSG and Esri by their names; one in force goes before one that is not."""
    kinds = [PJType.PROJECTED_CRS, PJType.GEOGRAPHIC_2D_CRS]
    names: dict[str, str] = {}
    for deprecated in (False, True):
        for authority in ("EPSG", "ESRI"):
            for known in query_crs_info(auth_name=authority, pj_types=kinds, allow_deprecated=True):
                if known.deprecated == deprecated:
                    names.setdefault(letters(known.name), f"{known.auth_name}:{known.code}")
    return names


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
    return all(PARAMETER.fullmatch(parameter) or parameter == "+nadgrids=@null" for parameter in text.split())


@lru_cache(maxsize=1_000)
def horizontal(name: str) -> CRS | None:
    """Return the part of a system that places positions on the Earth by two numbers.

    None for an unknown one, for heights alone, for a drawing's own axes and for geocentric X, Y, Z.
    """
    known = system(name)
    while known is not None and known.is_compound:
        known = next((part for part in known.sub_crs_list if not part.is_vertical), None)
    if known is None or known.is_geocentric or not (known.is_geographic or known.is_projected or known.is_derived):
        return None
    try:
        return known.to_2d() if len(known.axis_info) == 3 else known
    except (CRSError, ProjError):
        return None


def is_plain(name: str | None) -> bool:
    """Whether a name means longitude and latitude on WGS84, in whichever order its authority lists them."""
    return name is not None and _is_plain(name)


@lru_cache(maxsize=1_000)
def _is_plain(name: str) -> bool:
    known = horizontal(name)
    return known is not None and (known.equals(CRS(CRS84)) or known.equals(CRS("EPSG:4326"), ignore_axis_order=True))


@lru_cache(maxsize=1_000)
def code(name: str) -> str:
    """Return the number of a system where it has one ("EPSG:32638"), else its own name, else what was given."""
    known = system(name)
    if known is None:
        return name
    authority = known.to_authority()
    return ":".join(authority) if authority else known.name


@lru_cache(maxsize=1_000)
def label(name: str) -> str:
    """Return the name of a system as a reader knows it: "EPSG:32638 (WGS 84 / UTM zone 38N)"."""
    known = system(name)
    if known is None:
        return name
    number = code(name)
    registered = system(number) or known
    if number != registered.name:
        return f"{number} ({registered.name})"
    if known.name.lower() not in ("unknown", "unnamed", "undefined"):
        return known.name
    return f"a system of the file's own on {_datum_of(known)}"


def _datum_of(known: CRS) -> str:
    datum, ellipsoid = known.datum, known.ellipsoid
    named = datum.name if datum is not None else "unknown"
    if not named.lower().startswith("unknown"):
        return named
    return f"no named datum, with the ellipsoid {ellipsoid.name}" if ellipsoid is not None else "no datum"


def order_words(name: str, *, northing_first: bool) -> str:
    """Return which of two numbers comes first in a system, as a reader knows them."""
    known = horizontal(name)
    if known is not None and known.is_geographic:
        return "latitude first" if northing_first else "longitude first"
    return "northing first" if northing_first else "easting first"


@dataclass(frozen=True, slots=True, eq=False)
class Conversion:
    """The one way by which positions of a system become (lon, lat) in degrees on WGS84.

    `accuracy_m` is what PROJ states of it; `metres_per_unit` turns a unit of the system's numbers into metres on the
    ground, roughly for degrees; `in_degrees` is true for geographic systems.
    """

    transformer: Transformer
    accuracy_m: float
    metres_per_unit: float
    in_degrees: bool

    def to_lonlat(self, positions: NDArray[np.float64], northing_first: bool = False) -> NDArray[np.float64]:
        """Return (first, second) rows as (lon, lat) rows; inf where PROJ has no answer."""
        first, second = (1, 0) if northing_first else (0, 1)
        return np.column_stack(self.transformer.transform(positions[:, first], positions[:, second]))


@lru_cache(maxsize=200)
def conversion(name: str, region: Bounds | None) -> Conversion | None:
    """Return how a system is converted, by the operation PROJ holds best for a region, the same one for every position.

    None where the system places nothing on the Earth, or where nothing is known of its datum: PROJ would then take it
    for WGS84 without a word.
    """
    known = horizontal(name)
    if known is None:
        return None
    try:
        # Told of an area, PROJ searches seconds long for detours over the datums of neighbouring countries.
        with warnings.catch_warnings():
            # That a grid is not there is no news: none is ever fetched.
            warnings.simplefilter("ignore")
            group = TransformerGroup(known, CRS(CRS84), always_xy=True, allow_ballpark=False)
    except (ProjError, CRSError):
        return None
    best = next(
        (transformer for transformer in group.transformers if _is_for(transformer, region)),
        next(iter(group.transformers), None),
    )
    if best is None:
        return None
    unit = known.axis_info[0].unit_conversion_factor if known.axis_info else 1.0
    metres = unit * MEAN_RADIUS_M if known.is_geographic else unit
    accuracy = best.accuracy if best.accuracy >= 0 else UNSTATED_M
    return Conversion(best, accuracy, metres or 1.0, known.is_geographic)


def _is_for(way: Transformer, region: Bounds | None) -> bool:
    """Whether an operation is made for the middle of a region."""
    area = way.area_of_use
    if region is None or area is None:
        return True
    lon, lat = (region[0] + region[2]) / 2, (region[1] + region[3]) / 2
    # An area that reaches over the date line has its east before its west.
    between = area.west <= lon <= area.east if area.west <= area.east else lon >= area.west or lon <= area.east
    return between and area.south <= lat <= area.north


def moved_by_datum_m(name: str, position: NDArray[np.float64], lonlat: tuple[float, float]) -> float | None:
    """Return by how many metres the change of datum alone moved a position, which came to lie at `lonlat`.

    That is the distance to where the same numbers lie if their own longitude and latitude are taken for WGS84's.
    """
    known = horizontal(name)
    source = known.source_crs if known is not None and known.is_bound else known
    if source is None or source.geodetic_crs is None:
        return None
    lon, lat = Transformer.from_crs(source, source.geodetic_crs, always_xy=True).transform(position[0], position[1])
    if not np.isfinite([lon, lat]).all():
        return None
    metres = distance_m((lon, lat), lonlat)
    return metres if metres < LARGEST_DATUM_SHIFT_M else None


def share_inside(positions: NDArray[np.float64], bounds: Bounds) -> float:
    """Return the share, 0 to 1, of (lon, lat) rows that lie in a box; 0 for none."""
    if not len(positions):
        return 0.0
    west, south, east, north = bounds
    if len(positions) <= FEW:
        inside = sum(west <= lon <= east and south <= lat <= north for lon, lat in positions.tolist())
        return float(inside / len(positions))
    lon, lat = positions[:, 0], positions[:, 1]
    return float(np.mean((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)))


def degrees_like(bounds: Sequence[float]) -> bool:
    """Whether every coordinate of (west, south, east, north) can be a longitude and a latitude."""
    west, south, east, north = bounds
    return west >= -180 and east <= 180 and south >= -90 and north <= 90

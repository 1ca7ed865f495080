"""Positions as maps with a grid give them: “38S 588436 4321234” (UTM) and “38SMJ8843621234” (MGRS), on WGS84.

Letters and squares as NGA.STND.0037 (2014), chapters 2 and 3, has them; the polar caps are left out.
"""

import re
from functools import lru_cache
from typing import Any

from pyproj import Proj

#: Longitude and latitude in degrees.
LonLat = tuple[float, float]

#: Ways of writing, as a sentence names them.
UTM = "UTM zone, easting and northing"
MGRS = "MGRS references"

#: A zone of the grid, a band of latitude or a hemisphere; a number of metres.
_ZONE = r"(?:UTM\s{0,3})?(?:zone\s{0,3})?(\d{1,2})\s{0,3}-?\s{0,3}(north|south|[C-HJ-NP-X])(?![^\W\d_])"
_METRES = r"(\d{5,8}(?:[.,]\d{1,20})?)\s{0,2}"
_EASTING = rf"(?:(?:x|e|easting)?\s{{0,2}}[:=]?\s{{0,2}}){_METRES}(?:m?\s{{0,2}}e|m)?(?![^\W\d_])"
_NORTHING = rf"(?:(?:y|n|northing)?\s{{0,2}}[:=]?\s{{0,2}}){_METRES}(?:m?\s{{0,2}}n|m)?(?![^\W\d_])"
_GAP = r"[\s,;:/|]{1,4}"
ZONE_FIRST = re.compile(rf"{_ZONE}{_GAP}{_EASTING}{_GAP}{_NORTHING}", re.IGNORECASE)
ZONE_LAST = re.compile(rf"{_EASTING}{_GAP}{_NORTHING}{_GAP}{_ZONE}", re.IGNORECASE)
REFERENCE = re.compile(
    r"(?:MGRS[\s:]{1,3})?(\d{1,2})\s{0,2}([C-HJ-NP-X])\s{0,2}([A-HJ-NP-Z])([A-HJ-NP-V])\s{0,2}"
    r"(\d{1,5}[ \t]{1,2}\d{1,5}|\d{2,10})(?!\w)",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"[\s,;|]*+")

BANDS = "CDEFGHJKLMNPQRSTUVWX"
#: Degrees of latitude from one band to the next, and where the first begins; the last is half as high again.
BAND, FIRST_BAND, HIGHEST = 8, -80, 84
#: Metres in which a band begins, less what the grid is bent by within a zone; letters of rows repeat every 2,000 km.
REPEAT_M, BENT_M = 2_000_000, 100_000
#: Letters of the squares of 100 km, columns in three sets, rows in two.
SQUARE_M = 100_000
COLUMNS = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")
ROWS = "ABCDEFGHJKLMNPQRSTUV"
#: What UTM adds to the northings of the southern hemisphere.
FALSE_NORTHING_M = 10_000_000
ZONES = 60
EASTINGS_M = (100_000, 900_000)


def read_grid(text: str) -> tuple[list[list[float]], str] | None:
    """Return the (longitude, latitude) positions of a text of grid references alone, and their kind; else None."""
    plain = text.strip().rstrip(".,;")
    if not any(map(str.isdigit, plain[:40])):
        return None
    for pattern, style in ((REFERENCE, MGRS), (ZONE_FIRST, UTM), (ZONE_LAST, UTM)):
        positions: list[list[float]] = []
        at = 0
        while at < len(plain) and (match := pattern.match(plain, at)):
            position = _of_reference(match) if pattern is REFERENCE else _of_utm(match, last=pattern is ZONE_LAST)
            if position is None:
                return None
            positions.append(list(position))
            gap = BETWEEN.match(plain, match.end())
            at = gap.end() if gap else match.end()
        if positions and at >= len(plain):
            return positions, style
    return None


def read_grid_apart(parts: list[Any]) -> tuple[list[float], tuple[str, ...], str] | None:
    """Return the position, the kind and the text of one grid reference whose parts stand apart; else None."""
    if not any(isinstance(part, str) for part in parts) or not all(
        isinstance(part, str | int | float) for part in parts
    ):
        return None
    text = " ".join(str(part)[:40] for part in parts)
    read = read_grid(text)
    return (read[0][0], (read[1],), text) if read is not None and len(read[0]) == 1 else None


def _of_utm(match: re.Match[str], *, last: bool) -> LonLat | None:
    easting, northing, zone, letter = match.groups() if last else (*match.groups()[2:], *match.groups()[:2])
    metres = [float(number.replace(",", ".")) for number in (easting, northing)]
    if not 1 <= int(zone) <= ZONES or not EASTINGS_M[0] <= metres[0] <= EASTINGS_M[1]:
        return None
    if metres[1] > FALSE_NORTHING_M:
        return None
    band = letter.upper()
    if len(band) > 1:
        return _placed(int(zone), metres[0], metres[1], north=band == "NORTH")
    as_band = _placed(int(zone), metres[0], metres[1], north=band >= "N")
    if _in_band(as_band, band):
        return as_band
    # What is not in the band is in the hemisphere that an N or an S may mean as well.
    return _placed(int(zone), metres[0], metres[1], north=band == "N") if band in ("N", "S") else None


def _of_reference(match: re.Match[str]) -> LonLat | None:
    zone, band, column, row, digits = int(match[1]), match[2].upper(), match[3].upper(), match[4].upper(), match[5]
    halves = digits.split() if " " in digits or "\t" in digits else _halves(digits)
    if not 1 <= zone <= ZONES or len(halves) != 2 or len(halves[0]) != len(halves[1]):
        return None
    columns = COLUMNS[(zone - 1) % 3]
    if column not in columns:
        return None
    unit = SQUARE_M // 10 ** len(halves[0])
    easting = (columns.index(column) + 1) * SQUARE_M + int(halves[0]) * unit
    # In zones of even numbers the rows begin five letters later.
    northing = (ROWS.index(row) - (0 if zone % 2 else 5)) % len(ROWS) * SQUARE_M + int(halves[1]) * unit
    north = band >= "N"
    least = _least_northing(band)
    northing += max(0, -((northing - least) // REPEAT_M)) * REPEAT_M
    placed = _placed(zone, easting, northing, north=north)
    return placed if _in_band(placed, band) else None


def _halves(digits: str) -> list[str]:
    middle = len(digits) // 2
    return [digits[:middle], digits[middle:]]


@lru_cache(maxsize=len(BANDS))
def _least_northing(band: str) -> float:
    """Return the northing of the southern edge of a band in the middle of a zone, less what the grid is bent by."""
    south = FIRST_BAND + BAND * BANDS.index(band)
    northing: float = _projection(31)(3.0, float(south))[1]
    return northing + (0 if south >= 0 else FALSE_NORTHING_M) - BENT_M


def _in_band(position: LonLat, band: str) -> bool:
    """Whether a position lies in a band of latitude, or as little outside as a square that reaches over its edge."""
    south = FIRST_BAND + BAND * BANDS.index(band)
    north = HIGHEST if band == BANDS[-1] else south + BAND
    return south - 1 <= position[1] <= north + 1


@lru_cache(maxsize=ZONES)
def _projection(zone: int) -> Proj:
    return Proj(proj="utm", zone=zone, ellps="WGS84")


def _placed(zone: int, easting: float, northing: float, *, north: bool) -> LonLat:
    lon, lat = _projection(zone)(easting, northing - (0 if north else FALSE_NORTHING_M), inverse=True)
    return float(lon), float(lat)

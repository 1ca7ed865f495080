"""The line an office gives a segment, as its file keeps it: the text of one GeoJSON LineString, in degrees."""

import json
import math

import shapely

#: Positions of one line: more than three times those of the longest railway of the region in OpenStreetMap's detail.
MOST_POSITIONS = 20_000
#: Degrees are kept to about 0.1 m.
DECIMALS = 6


def line_text(line: shapely.LineString) -> str:
    """Return a line (lon/lat degrees, WGS84) as the text that is kept of it."""
    positions = [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in shapely.get_coordinates(line).tolist()]
    return json.dumps({"type": "LineString", "coordinates": positions}, separators=(",", ":"))


def line_in(text: str) -> shapely.LineString:
    """Return the line (lon/lat degrees) in a text; raise ValueError, words that follow its key, for any other text."""
    try:
        geometry = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("is not readable JSON; the geometry of a GeoJSON LineString was expected") from None
    if not isinstance(geometry, dict) or geometry.get("type") != "LineString":
        raise ValueError("is no GeoJSON LineString; one line with coordinates was expected")
    positions = geometry.get("coordinates")
    if not isinstance(positions, list) or not 2 <= len(positions) <= MOST_POSITIONS:
        raise ValueError(f"has no coordinates of 2 to {MOST_POSITIONS:,} positions")
    for number, position in enumerate(positions, start=1):
        if not _is_position(position):
            raise ValueError(f"has no longitude and latitude in degrees at position {number:,}")
    line = shapely.LineString([position[:2] for position in positions])
    if line.length == 0:
        raise ValueError("stays at one place; a line was expected")
    return line


def _is_position(position: object) -> bool:
    if not isinstance(position, list) or len(position) < 2:
        return False
    lon, lat = position[:2]
    numbers = all(type(value) in {int, float} and math.isfinite(value) for value in (lon, lat))
    return numbers and abs(lon) <= 180 and abs(lat) <= 90

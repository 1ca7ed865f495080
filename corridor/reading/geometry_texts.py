"""Geometries written as one text, as databases give them: well-known text, or well-known binary in hexadecimal signs.

OGC 06-103r4, chapters 7 and 8, with the number of a reference system (SRID) that PostGIS puts before or into them.
"""

import re
import struct
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from corridor.reading.binary_head import BinaryHead, binary_head
from corridor.reading.faults import Json, JsonMembers

#: Ways of writing, as a sentence names them.
WKT, WKB, QUOTED = "well-known text (WKT)", "hexadecimal signs (WKB)", "GeoJSON in quotes"
#: The types by their numbers in well-known binary, 0 left out; those from the fourth on hold several of one before.
TYPES = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
NAMES = {kind.upper(): kind for kind in TYPES}
COLLECTION = "GEOMETRYCOLLECTION"
SYSTEM = re.compile(r"\s{0,20}SRID\s?=\s?(\d{1,9})\s?;", re.IGNORECASE)
BEGINNING = re.compile(
    rf"\s{{0,20}}({'|'.join((*NAMES, COLLECTION))})\s{{0,9}}(ZM|Z|M)?\s{{0,9}}(?=\(|EMPTY)", re.IGNORECASE
)
EMPTY = re.compile(r"EMPTY", re.IGNORECASE)
BRACKET = re.compile(r"[()]")
STRANGE = re.compile(r"[^\d\s.,()+\-eE]")
#: Two numbers or more, from the beginning of the first: tried from each of its signs, a long one costs its square.
POSITION = re.compile(r"(?<![-+.\deE])[-+.\deE]++(?:\s++[-+.\deE]++)++")
#: Hexadecimal signs of a whole geometry: the order of bytes, the type, and no other signs.
HEXADECIMAL = re.compile(r"(?:0x|\\x)?(0[01](?:[0-9A-F]{2}){12,})", re.IGNORECASE)
#: The number of longitude and latitude on WGS84, which goes without saying.
WGS84_NUMBER = 4326
POINT, LINE, MULTI_FROM = 1, 2, 4
#: Lists in lists that are read, as JSON has them: those of a MultiPolygon are four, and a few may be too many.
MOST_NESTED = 8


@dataclass(frozen=True, slots=True)
class GeometryText:
    """A geometry of GeoJSON as read from a text, the reference system it names, and how it was written."""

    geometry: JsonMembers
    system: str | None
    style: str

    @property
    def positions(self) -> list[Any]:
        """All its positions, one after the other."""
        parts = self.geometry.get("geometries", [self.geometry])
        return [position for part in parts for position in _flat(part["coordinates"])]

    @property
    def lines(self) -> list[list[Any]]:
        """The positions of each of its lines."""
        parts = self.geometry.get("geometries", [self.geometry])
        single = [part["coordinates"] for part in parts if part["type"] == "LineString"]
        return single + [line for part in parts if part["type"] == "MultiLineString" for line in part["coordinates"]]


def _flat(coordinates: Json, most_nested: int = MOST_NESTED) -> list[Any]:
    """Return the positions in lists of lists, one after the other; raises ValueError where these nest too deep."""
    if not isinstance(coordinates, list) or not coordinates:
        return [[coordinates]] if coordinates else []
    if not isinstance(coordinates[0], list):
        return [coordinates]
    if most_nested < 2:
        raise ValueError(most_nested)
    return [position for inner in coordinates for position in _flat(inner, most_nested - 1)]


def read_geometry_text(text: str) -> GeometryText | None:
    """Return the geometry that is all of a text, None for any other text and for an empty one."""
    read = _read(text)
    return read if read is not None and read.positions else None


def _read(text: str) -> GeometryText | None:
    if text.lstrip()[:1] == "{":
        quoted = _quoted(text)
        return None if quoted is None else GeometryText(quoted, None, QUOTED)
    system = SYSTEM.match(text)
    at = system.end() if system else 0
    if BEGINNING.match(text, at):
        read = _of_text(text.rstrip().rstrip(";"), at)
        return None if read is None else GeometryText(read, _named(int(system[1]) if system else 0), WKT)
    packed = HEXADECIMAL.fullmatch(text.strip()) if text[:3].lstrip("\\")[:1] in ("0", "x") else None
    if packed is None:
        return None
    try:
        geometry, number, end = _of_binary(bytes.fromhex(packed[1]), 0, None)
    except (struct.error, ValueError, IndexError):
        return None
    return GeometryText(geometry, _named(number), WKB) if 2 * end == len(packed[1]) else None


def _quoted(text: str) -> JsonMembers | None:
    """Return the geometry of GeoJSON that is written as a text."""
    try:
        value = orjson.loads(text)
        known = isinstance(value, dict) and value.get("type") in TYPES and isinstance(value.get("coordinates"), list)
        positions = _flat(value["coordinates"]) if known else []
    # Of lists that nest too deep, and of what is no JSON: its error is a ValueError too.
    except ValueError:
        return None
    numbers = known and all(len(place) > 1 and {*map(type, place)} <= {int, float} for place in positions)
    return {"type": value["type"], "coordinates": value["coordinates"]} if numbers else None


def _named(number: int) -> str | None:
    return f"EPSG:{number}" if number not in (0, WGS84_NUMBER) else None


def _of_text(text: str, at: int) -> JsonMembers | None:
    """Return the geometry of a text from a place to its end; of a collection one level."""
    beginning = BEGINNING.match(text, at)
    if beginning is None:
        return None
    if beginning[1].upper() != COLLECTION:
        geometry, end = _simple(text, beginning)
        return geometry if geometry is not None and end == len(text) else None
    members = []
    at = beginning.end() + 1
    while (inner := BEGINNING.match(text, at)) and inner[1].upper() != COLLECTION:
        geometry, end = _simple(text, inner)
        if geometry is None:
            return None
        members.append(geometry)
        at = end + 1
    whole = members and text[at - 1 :].strip() in (")", "") and text.endswith(")")
    return {"type": "GeometryCollection", "geometries": members} if whole else None


def _simple(text: str, beginning: re.Match[str]) -> tuple[JsonMembers | None, int]:
    """Return a geometry that is no collection, and where it ends."""
    kind = NAMES[beginning[1].upper()]
    if empty := EMPTY.match(text, beginning.end()):
        return {"type": kind, "coordinates": []}, empty.end()
    depth, end = 0, beginning.end()
    for bracket in BRACKET.finditer(text, beginning.end()):
        depth += 1 if bracket.group() == "(" else -1
        end = bracket.end()
        if depth == 0:
            break
    coordinates = _coordinates(text[beginning.end() : end], measured=(beginning[2] or "").upper() == "M")
    if coordinates is None:
        return None, end
    if kind == "Point":
        coordinates = coordinates[0]
    elif kind == "MultiPoint":
        coordinates = [place[0] if isinstance(place[0], list) else place for place in coordinates]
    gap = re.compile(r"\s*").match(text, end)
    return {"type": kind, "coordinates": coordinates}, gap.end() if gap else end


def _coordinates(body: str, *, measured: bool) -> list[Any] | None:
    """Return the nested positions between brackets; M values that stand in the place of heights are left out."""
    if STRANGE.search(body):
        return None

    def written(match: re.Match[str]) -> str:
        numbers = [repr(float(number)) for number in match.group().split()]
        return f"[{','.join(numbers[:2] if measured else numbers)}]"

    try:
        coordinates = orjson.loads(POSITION.sub(written, body).replace("(", "[").replace(")", "]"))
        positions = _flat(coordinates)
    # Of a number, of lists that nest too deep, and of brackets that do not match: that of JSON is a ValueError too.
    except ValueError:
        return None
    whole = coordinates and isinstance(coordinates[0], list) and all(len(position) > 1 for position in positions)
    numbers = all(type(number) is float for position in positions for number in position)
    return coordinates if whole and numbers else None


def _of_binary(data: bytes, at: int, inside: int | None) -> tuple[JsonMembers, int, int]:
    """Return a geometry, the number of its system or 0, and where it ends; one `inside` another is of a type of one.

    Raises struct.error, ValueError or IndexError where the bytes are something else.
    """
    head = binary_head(data, at)
    kind, at = head.kind, head.end
    if not 1 <= kind <= len(TYPES) or (inside is not None and kind != inside):
        raise ValueError(kind)
    if kind == POINT:
        (coordinates, *_), at = _rows(data, at, 1, head)
        return {"type": TYPES[kind - 1], "coordinates": coordinates}, head.system, at
    (count,) = struct.unpack_from(f"{head.order}I", data, at)
    at += 4
    if kind == LINE:
        coordinates, at = _rows(data, at, count, head)
        return {"type": TYPES[kind - 1], "coordinates": coordinates}, head.system, at
    parts: list[Any] = []
    for _ in range(count):
        if kind >= MULTI_FROM:
            inner, _, at = _of_binary(data, at, kind - MULTI_FROM + 1)
            parts.append(inner["coordinates"])
        else:
            (length,) = struct.unpack_from(f"{head.order}I", data, at)
            ring, at = _rows(data, at + 4, length, head)
            parts.append(ring)
    return {"type": TYPES[kind - 1], "coordinates": parts}, head.system, at


def _rows(data: bytes, at: int, count: int, head: BinaryHead) -> tuple[list[Any], int]:
    """Return so many positions without their M values, and where they end."""
    numbers = np.frombuffer(data, dtype=f"{head.order}f8", count=count * head.width, offset=at)
    if not np.isfinite(numbers).all():
        raise ValueError(count)
    return numbers.reshape(-1, head.width)[:, : 2 + head.has_z].tolist(), at + 8 * count * head.width

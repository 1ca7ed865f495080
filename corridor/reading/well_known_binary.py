"""How lines that GEOS refuses, such as a track of one point, are read from well-known binary all the same."""

import struct
from typing import Any

LINE, MULTI = 2, 5
#: In the extended form the dimension is a flag; in the ISO form it is added to the type in thousands.
HAS_Z = 0x80000000


def short_lines(wkb: bytes) -> dict[str, Any] | None:
    """Return a line or lines of any number of positions as GeoJSON; None when the binary is something else.

    The checks of positions then tell which lines have too few, instead of the whole geometry being lost.
    """
    try:
        kind, parts, _ = _read(wkb, 0)
    except (struct.error, ValueError, IndexError):
        return None
    return {"type": "LineString" if kind == LINE else "MultiLineString", "coordinates": parts}


def _read(wkb: bytes, at: int) -> tuple[int, list[Any], int]:
    order = "<" if wkb[at] == 1 else ">"
    code, count = struct.unpack_from(f"{order}II", wkb, at + 1)
    plain = code & 0x0FFFFFFF
    kind, width = plain % 1000, 3 if code & HAS_Z or plain // 1000 == 1 else 2
    at += 9
    if kind == LINE:
        numbers = struct.unpack_from(f"{order}{count * width}d", wkb, at)
        return kind, [list(numbers[i : i + width]) for i in range(0, len(numbers), width)], at + 8 * len(numbers)
    if kind != MULTI:
        raise ValueError(kind)
    parts = []
    for _ in range(count):
        inner, line, at = _read(wkb, at)
        if inner != LINE:
            raise ValueError(inner)
        parts.append(line)
    return kind, parts, at

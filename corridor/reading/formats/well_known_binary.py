"""What GEOS refuses of well-known binary, read all the same: a track of one point, and arcs, which become chords."""

import re
import struct
from array import array
from itertools import islice
from typing import Any

import numpy as np

from corridor.land.line_rows import LineRows
from corridor.reading.binary_head import HAS_Z, binary_head
from corridor.reading.formats.arcs import ArcTally, chords
from corridor.reading.limits import LIMITS, Excess, TooMuchError

LINE, MULTI = 2, 5
#: Types of OGC 06-103r4 with arcs in them.
CIRCULAR, COMPOUND, CURVE_POLYGON, MULTI_CURVE, MULTI_SURFACE = 8, 9, 10, 11, 12
CURVED = (CIRCULAR, COMPOUND, CURVE_POLYGON, MULTI_CURVE, MULTI_SURFACE)
#: What each becomes once its arcs are chords.
STRAIGHT = {CIRCULAR: 2, COMPOUND: 2, CURVE_POLYGON: 3, MULTI_CURVE: 5, MULTI_SURFACE: 6}
DEEPEST = 6
#: The head of a part that gathers others, in either order of bytes, with the flags of the extended form.
GATHERING = re.compile(
    rb"\x01(?:[\x04-\x07\x09-\x10]\x00|[\xec-\xef\xf1-\xf8]\x03|[\xd4-\xd7\xd9-\xe0]\x07|[\xbc-\xbf\xc1-\xc8]\x0b)"
    rb"\x00[\x00\x20\x40\x60\x80\xa0\xc0\xe0]"
    rb"|\x00[\x00\x20\x40\x60\x80\xa0\xc0\xe0]\x00"
    rb"(?:\x00[\x04-\x07\x09-\x10]|\x03[\xec-\xef\xf1-\xf8]|\x07[\xd4-\xd7\xd9-\xe0]|\x0b[\xbc-\xbf\xc1-\xc8])"
)
#: So many of them in each other do not fill the stack of the library that reads them.
MOST_GATHERINGS = 1_000
#: What is counted of arcs, as a reader calls it.
ON_ARCS = "positions along its arcs"
#: Bytes before the positions of a line, or the lines of several: the order of bytes, the type, how many.
HEAD = 9
#: Lines without M values by the number of their type: what they are, and how many numbers a position has.
WIDTHS = {
    code: (kind, width) for kind in (LINE, MULTI) for code, width in ((kind, 2), (kind + 1000, 3), (kind | HAS_Z, 3))
}


def short_lines(wkb: bytes) -> dict[str, Any] | None:
    """Return a line or lines of any number of positions as GeoJSON; None when the binary is something else.

    The checks of positions then tell which lines have too few, instead of the whole geometry being lost.
    """
    try:
        kind, parts, _ = _read(wkb, 0)
    except (struct.error, ValueError, IndexError, RecursionError):
        return None
    return {"type": "LineString" if kind == LINE else "MultiLineString", "coordinates": parts}


def long_lines(wkb: bytes) -> dict[str, Any] | None:
    """Return a line, or lines, as GeoJSON whose coordinates are arrays: an object for each part takes much room.

    None for anything else, and where a line has fewer than two positions, M values, or a number that is not finite.
    """
    try:
        code, count = struct.unpack_from("<II", wkb, 1)
        kind, width = WIDTHS.get(code, (0, 0))
        if wkb[0] != 1 or kind not in (LINE, MULTI):
            return None
        if kind == LINE:
            line = np.frombuffer(wkb, "<f8", count * width, HEAD).reshape(-1, width).copy()
            return {"type": "LineString", "coordinates": line} if count > 1 and np.isfinite(line).all() else None
        numbers, counts, at, head = bytearray(), array("q"), HEAD, struct.pack("<BI", 1, code - MULTI + LINE)
        whole = memoryview(wkb)
        for _ in range(count):
            (positions,) = struct.unpack_from("<I", wkb, at + len(head))
            end = at + HEAD + 8 * width * positions
            if positions < 2 or end > len(wkb) or not wkb.startswith(head, at):
                return None
            numbers += whole[at + HEAD : end]
            counts.append(positions)
            at = end
        rows = np.frombuffer(numbers, "<f8").reshape(-1, width)
    except (struct.error, ValueError, IndexError):
        return None
    if not counts or not np.isfinite(rows).all():
        return None
    return {"type": "MultiLineString", "coordinates": LineRows.of(rows, counts)}


def _read(wkb: bytes, at: int) -> tuple[int, list[Any], int]:
    head = binary_head(wkb, at)
    (count,) = struct.unpack_from(f"{head.order}I", wkb, head.end)
    at = head.end + 4
    if head.kind == LINE:
        numbers = struct.unpack_from(f"{head.order}{count * head.width}d", wkb, at)
        kept = 2 + head.has_z
        lines = [list(numbers[i : i + kept]) for i in range(0, len(numbers), head.width)]
        return head.kind, lines, at + 8 * len(numbers)
    if head.kind != MULTI:
        raise ValueError(head.kind)
    parts = []
    for _ in range(count):
        inner, line, at = _read(wkb, at)
        if inner != LINE:
            raise ValueError(inner)
        parts.append(line)
    return head.kind, parts, at


def linear(wkb: bytes | None, most: int = LIMITS.vertices, tally: ArcTally | None = None) -> bytes | None:
    """Return a geometry with its arcs as chords of four degrees each, and count them; any other geometry as it is.

    None for more collections than anybody draws, which could stand in each other and fill the stack. Raises
    TooMuchError for arcs that would have more than `most` positions: each may become ninety.
    """
    if wkb is None or len(wkb) < 5:
        return wkb
    if sum(1 for _ in islice(GATHERING.finditer(wkb), MOST_GATHERINGS + 1)) > MOST_GATHERINGS:
        return None
    try:
        if binary_head(wkb).kind not in CURVED:
            return wkb
        return _Curves(wkb, most, ArcTally() if tally is None else tally).whole()
    except (struct.error, ValueError, IndexError, ZeroDivisionError, OverflowError):
        return None


class _Curves:
    """A geometry with arcs as it is read, from the first byte to the last."""

    def __init__(self, wkb: bytes, most: int, tally: ArcTally) -> None:
        self._wkb, self._at, self._left, self._tally, self._most = wkb, 0, most, tally, most

    def whole(self) -> bytes:
        """Return the geometry without arcs, in the ISO form."""
        return self._part(0)[1]

    def _count(self, order: str) -> int:
        count: int = struct.unpack_from(f"{order}I", self._wkb, self._at)[0]
        self._at += 4
        return count

    def _positions(self, order: str, width: int) -> list[tuple[float, ...]]:
        count = self._count(order)
        numbers = struct.unpack_from(f"{order}{count * width}d", self._wkb, self._at)
        self._at += 8 * len(numbers)
        return [numbers[i : i + width] for i in range(0, len(numbers), width)]

    def _part(self, depth: int) -> tuple[list[tuple[float, ...]], bytes]:
        """Return the positions of a line, empty for anything else, and the part as well-known binary."""
        if depth > DEEPEST:
            raise ValueError("too deep")
        begins = binary_head(self._wkb, self._at)
        order, kind, width, self._at = begins.order, begins.kind, begins.width, begins.end
        code = STRAIGHT.get(kind, kind) + (0, 1000, 3000)[width - 2]
        head = struct.pack("<BI", 1, code)
        if kind in (LINE, CIRCULAR):
            line = self._positions(order, width)
            line = self._chords(line) if kind == CIRCULAR else line
            return line, head + _packed(line)
        if kind == COMPOUND:
            line = []
            for _ in range(self._count(order)):
                part, _ = self._part(depth + 1)
                line += part[1:] if line and part and line[-1] == part[0] else part
            return line, head + _packed(line)
        if kind == 3:
            rings = [self._positions(order, width) for _ in range(self._count(order))]
            return [], head + struct.pack("<I", len(rings)) + b"".join(map(_packed, rings))
        if kind not in CURVED:
            raise ValueError(kind)
        parts = [self._part(depth + 1) for _ in range(self._count(order))]
        # The rings of a polygon have no heads of their own.
        bodies = [_packed(line) if kind == CURVE_POLYGON else body for line, body in parts]
        return [], head + struct.pack("<I", len(bodies)) + b"".join(bodies)

    def _chords(self, line: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
        """Return positions of which every second one lies amid an arc as the ends of chords; heights go on evenly."""
        vertices = line[:1]
        for start, middle, end in zip(line[::2], line[1::2], line[2::2], strict=False):
            arc = chords(start, middle, end, self._tally)
            self._left -= len(arc)
            if self._left < 0:
                raise TooMuchError(Excess(ON_ARCS, self._most))
            vertices += arc
        return vertices


def _packed(line: list[tuple[float, ...]]) -> bytes:
    numbers = [value for position in line for value in position]
    return struct.pack(f"<I{len(numbers)}d", len(line), *numbers)

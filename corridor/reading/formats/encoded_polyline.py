"""Lines as routers write them: Google's encoded polyline, decoded in one pass over arrays.

The form is Google's “Encoded Polyline Algorithm Format”: each number is the difference from the one before, its sign in
the last bit, in groups of five bits from the lowest on, each 63 more than its value and 32 more where others follow.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import REGION, metres_outside, segment_lengths_m

#: The code of the least sign; the bit that says that more groups follow; bits of a group.
LEAST, MORE, BITS = 63, 32, 5
#: Groups of a number; seven hold 35 bits, and 180 degrees times a million are 29.
MOST_GROUPS = 7
#: What one alone is called, what it is, and how to export the line instead.
POLYLINE = (
    "encoded polyline",
    "an encoded polyline, as routers give lines",
    "Ask the router for GeoJSON (geometries=geojson), or send its whole answer as .json.",
)
#: Decimals of a degree that are kept: Google, OSRM and GraphHopper keep five, Valhalla and “polyline6” six.
USUAL, FINE = 5, 6
#: The logarithm of a quotient of lengths up to which a line is as long as its router says: 15 %. A line of which the
#: router kept the bends over 100 m is off by 2 % at most, over a km by 1 % mostly and 18 % at most. Of 86 readings of
#: shipped lines with the wrong number of numbers 47 could not be, 38 were off by 22 % or more, one by 13 % (measured).
NEAR = 0.14


class PolylineError(ValueError):
    """A text is no encoded polyline."""


def numbers(text: str) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the differences that a text holds, as whole numbers, and where in the text each ends.

    Raises PolylineError for a text that holds none.
    """
    try:
        groups = np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.int64) - LEAST
    except UnicodeEncodeError:
        raise PolylineError("it has a sign that none has") from None
    if not len(groups) or groups.min() < 0 or groups.max() >= 2 * MORE or groups[-1] >= MORE:
        raise PolylineError("it has a sign that none has, or ends inside a number")
    ends = np.flatnonzero(groups < MORE)
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts + 1
    if lengths.max() > MOST_GROUPS:
        raise PolylineError("one of its numbers is too long")
    place = np.arange(len(groups)) - np.repeat(starts, lengths)
    values = np.add.reduceat((groups % MORE) << (BITS * place), starts)
    return np.where(values & 1, ~(values >> 1), values >> 1), ends


def decoded(pieces: Sequence[str], decimals: int, width: int = 2) -> list[NDArray[np.float64]]:
    """Return for each piece (lon, lat) rows in degrees, or (lon, lat, height in metres) for a width of three.

    All pieces are decoded at once, since a route can have one for each of its steps. Heights are in hundredths of a
    metre (GraphHopper and openrouteservice). Raises PolylineError.
    """
    differences, ends = numbers("".join(pieces))
    after = np.cumsum([len(piece) for piece in pieces])
    counts = np.diff(np.searchsorted(ends, after), prepend=0)
    if not np.isin(after - 1, ends).all() or (counts % width).any() or not counts.all():
        raise PolylineError("it ends inside a number or a position")
    rows = np.cumsum(differences.reshape(-1, width), axis=0)
    firsts = np.cumsum(counts // width)[:-1]
    before = np.concatenate((np.zeros((1, width), dtype=np.int64), rows[firsts - 1]))
    rows -= np.repeat(before, counts // width, axis=0)
    # Divided, so that 38.92 stays 38.92.
    values = rows / np.array((10.0**decimals, 10.0**decimals, 100.0)[:width])
    return np.split(np.column_stack([values[:, 1], values[:, 0], values[:, 2:]]), firsts)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A packed line: its (lon, lat) rows piece by piece, the decimals taken, and what else it could be.

    `reason` says why these decimals were taken where that is to be said, the rest of a sentence; "" where nothing
    speaks against the usual ones. `other` are the rows of all pieces with the other number of decimals, where those
    lie on earth and nothing decides.
    """

    pieces: list[NDArray[np.float64]]
    decimals: int
    reason: str = ""
    other: NDArray[np.float64] | None = None


def likeliest(pieces: Sequence[str], usual: int, width: int = 2, length_m: float | None = None) -> Decoded:
    """Return a line in the number of decimals that fits: on earth, as long as its router says, in the mapped region.

    The usual one is taken where nothing tells them apart. A stated length decides only where one of both comes near to
    it: an OSRM answer of 253 km that states 1 m fits neither. Raises PolylineError.
    """
    first = decoded(pieces, usual, width)
    whole = np.concatenate(first)[:, :2]
    other = other_decimals(usual)
    # One decimal more, or one less, is a power of ten of the same numbers.
    otherwise = whole * 10.0 ** (usual - other)
    if not _on_earth(whole):
        return Decoded(decoded(pieces, other, width), other, f"with {usual} it would lie off the Earth")
    if not _on_earth(otherwise):
        return Decoded(first, usual)
    if length_m and length_m > 0:
        near = [_off(rows, length_m) < NEAR for rows in (whole, otherwise)]
        if near == [False, True]:
            return Decoded(decoded(pieces, other, width), other, "so it is as long as its router says")
        if near == [True, False]:
            return Decoded(first, usual)
    if _in_region(otherwise):
        return Decoded(decoded(pieces, other, width), other, "so it lies in the mapped region")
    if _in_region(whole):
        return Decoded(first, usual)
    return Decoded(first, usual, "the usual number", otherwise)


def likeliest_width(pieces: Sequence[str], usual: int, length_m: float | None = None) -> Decoded:
    """Return a line of which nobody says whether heights are among its numbers.

    They are where two numbers a position cannot be, or give a line much farther from `length_m` than three do. Raises
    PolylineError.
    """
    try:
        flat = likeliest(pieces, usual, 2, length_m)
    except PolylineError:
        return likeliest(pieces, usual, 3, length_m)
    apart = _off(np.concatenate(flat.pieces), length_m) if length_m and length_m > 0 else 0.0
    if apart < NEAR:
        return flat
    try:
        high = likeliest(pieces, usual, 3, length_m)
    except PolylineError:
        return flat
    rows = np.concatenate(high.pieces)
    return high if length_m and _on_earth(rows) and _off(rows, length_m) < min(apart, NEAR) else flat


def other_decimals(decimals: int) -> int:
    """Return the other number of decimals that a packed line can have."""
    return FINE if decimals == USUAL else USUAL


def _on_earth(rows: NDArray[np.float64]) -> bool:
    return bool((np.abs(rows[:, 0]) <= 180).all() and (np.abs(rows[:, 1]) <= 90).all())


def _in_region(rows: NDArray[np.float64]) -> bool:
    return metres_outside(rows, REGION) == 0


def _off(rows: NDArray[np.float64], length_m: float) -> float:
    """Return by how much the length of a line is off the stated one, as the absolute logarithm of their quotient."""
    drawn = float(segment_lengths_m(rows[:, :2]).sum()) if len(rows) > 1 else 0.0
    return abs(float(np.log(drawn / length_m))) if drawn > 0 else float("inf")


def is_polyline(text: str) -> bool:
    """Whether a text can be nothing but an encoded polyline: no blanks, and positions on earth that begin far from 0.

    A word of capitals is one by its signs, but its numbers are small.
    """
    try:
        (rows,) = likeliest([text], USUAL).pieces
    except PolylineError:
        return False
    return len(rows) > 1 and _on_earth(rows) and bool(np.abs(rows[0]).max() > 1)

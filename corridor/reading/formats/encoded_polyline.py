"""Lines as routers write them: Google's encoded polyline, decoded in one pass over arrays.

The form is Google's “Encoded Polyline Algorithm Format”: each number is the difference from the one before, its sign in
the last bit, in groups of five bits from the lowest on, each 63 more than its value and 32 more where others follow.
"""

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import segment_lengths_m

#: The code of the least sign; the bit that says that more groups follow; bits of a group.
LEAST, MORE, BITS = 63, 32, 5
#: Groups of a number; seven hold 35 bits, and 180 degrees times a million are 29.
MOST_GROUPS = 7
#: Decimals of a degree that are kept: Google, OSRM and GraphHopper keep five, Valhalla and “polyline6” six.
USUAL, FINE = 5, 6


class PolylineError(ValueError):
    """A text is no encoded polyline."""


def numbers(text: str) -> NDArray[np.int64]:
    """Return the differences that a text holds, as whole numbers; raises PolylineError for a text that holds none."""
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
    return np.where(values & 1, ~(values >> 1), values >> 1)


def decoded(text: str, decimals: int, width: int = 2) -> NDArray[np.float64]:
    """Return (lon, lat) rows in degrees, or (lon, lat, height in metres) where each position has three numbers.

    Heights are in hundredths of a metre (GraphHopper and openrouteservice). Raises PolylineError.
    """
    differences = numbers(text)
    if len(differences) % width:
        raise PolylineError("it ends inside a position")
    rows = np.cumsum(differences.reshape(-1, width), axis=0)
    scales = (10.0**-decimals, 10.0**-decimals, 0.01)[:width]
    # Divided, so that 38.92 stays 38.92.
    values = rows / np.round(1 / np.array(scales))
    return np.column_stack([values[:, 1], values[:, 0], values[:, 2:]])


def likeliest(text: str, usual: int, width: int = 2, length_m: float | None = None) -> NDArray[np.float64]:
    """Return the rows in the usual number of decimals or, where that cannot be, in the other.

    That cannot be where a latitude would be beyond 90 degrees. `length_m`, where the router states it, decides when
    both can be. Raises PolylineError.
    """
    other = FINE if usual == USUAL else USUAL
    first, second = decoded(text, usual, width), decoded(text, other, width)
    if not _on_earth(first):
        return second
    if length_m and length_m > 0 and _on_earth(second) and _off(second, length_m) < _off(first, length_m):
        return second
    return first


def _on_earth(rows: NDArray[np.float64]) -> bool:
    return bool((np.abs(rows[:, 0]) <= 180).all() and (np.abs(rows[:, 1]) <= 90).all())


def _off(rows: NDArray[np.float64], length_m: float) -> float:
    """Return by how much the length of a line is off the stated one, as the absolute logarithm of their quotient."""
    drawn = float(segment_lengths_m(rows[:, :2]).sum()) if len(rows) > 1 else 0.0
    return abs(float(np.log(drawn / length_m))) if drawn > 0 else float("inf")


def is_polyline(text: str) -> bool:
    """Whether a text can be nothing but an encoded polyline: no blanks, and positions on earth that begin far from 0.

    A word of capitals is one by its signs, but its numbers are small.
    """
    try:
        rows = likeliest(text, USUAL)
    except PolylineError:
        return False
    return len(rows) > 1 and _on_earth(rows) and bool(np.abs(rows[0]).max() > 1)

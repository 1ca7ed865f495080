"""Lines in pieces between the places where their ends meet, split where another begins and strung together elsewhere.

Rows of lines are (lon, lat, height); degrees on WGS84 and metres, NaN where there is no height.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Positions
from corridor.reading.repeats import MEAN_RADIUS_M, rough_lengths_m

#: Ends are the same place where they agree to this many parts of a degree, about a centimetre.
PLACES_PER_DEGREE = 1e7
#: 4 π area / perimeter² of a ring: 1 for a circle, 0.79 for a square; below this two ways part and meet again.
ROUND = 0.6

#: Cosine of 120 degrees: lines that meet at a sharper turn are looked at apart, for one may lie on the other.
SHARP = -0.5

Junction = int


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """A line between two nodes.

    `ends` are the nodes at its beginning and end, `parts` the numbers of the parts of the file it is made of, and
    `forward_m` the metres of them that are drawn in the direction of `rows`, less those drawn the other way.
    """

    rows: Positions
    parts: tuple[int, ...]
    length_m: float
    forward_m: float
    ends: tuple[Junction, Junction]

    @property
    def turned(self) -> "Piece":
        """The same, run the other way."""
        return Piece(self.rows[::-1], self.parts[::-1], self.length_m, -self.forward_m, self.ends[::-1])

    @property
    def key(self) -> tuple[float, Junction, Junction]:
        """What orders pieces whatever the order and direction they came in: length, then place."""
        first, last = self.ends
        return round(self.length_m, 3), min(first, last), max(first, last)


def piece_of(rows: Positions, parts: tuple[int, ...]) -> Piece:
    """Return a line as a piece, drawn as its rows are."""
    length = float(rough_lengths_m(rows).sum())
    return Piece(rows, parts, length, length, (_junction(rows[0]), _junction(rows[-1])))


def _junction(row: Positions) -> Junction:
    """Return the number of one place, as `places` does."""
    return (round(float(row[0]) * PLACES_PER_DEGREE) << 31) + round(float(row[1]) * PLACES_PER_DEGREE)


def places(rows: Positions) -> NDArray[np.int64]:
    """Return one number for each position, the same for the same place."""
    return np.asarray(
        (np.round(rows[:, 0] * PLACES_PER_DEGREE).astype(np.int64) << 31)
        + np.round(rows[:, 1] * PLACES_PER_DEGREE).astype(np.int64)
    )


def strung_together(pieces: Iterable[Piece]) -> Piece:
    """Return pieces that follow each other as one; where one begins where the other ends, the place stands once."""
    listed = list(pieces)
    if len(listed) == 1:
        return listed[0]
    rows = [listed[0].rows]
    rows += [after.rows[1:] if before.ends[1] == after.ends[0] else after.rows for before, after in pairwise(listed)]
    return Piece(
        np.vstack(rows),
        tuple(number for piece in listed for number in piece.parts),
        sum(piece.length_m for piece in listed),
        sum(piece.forward_m for piece in listed),
        (listed[0].ends[0], listed[-1].ends[1]),
    )


def contracted(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces split where the end of another touches a vertex, and strung together where only two ends meet."""
    pieces = _split(pieces) if len(pieces) > 1 else list(pieces)
    at: dict[Junction, list[int]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        for end in piece.ends:
            at[end].append(number)
    used = [False] * len(pieces)
    strings: list[Piece] = []
    for number, piece in enumerate(pieces):
        if used[number]:
            continue
        used[number] = True
        after = _follow(piece, pieces, at, used)
        before = _follow(piece.turned, pieces, at, used)
        string = [*(other.turned for other in reversed(before)), piece, *after]
        first, last = string[0].ends[0], string[-1].ends[1]
        if first == last and len(string) > 1:
            strings += _two_ways(string)
        else:
            strings.append(strung_together(string))
    return strings


def _split(pieces: Sequence[Piece]) -> list[Piece]:
    ends = np.unique([end for piece in pieces for end in piece.ends])
    split: list[Piece] = []
    inner = [places(piece.rows[1:-1]) for piece in pieces]
    touched = np.isin(np.concatenate(inner), ends)
    first = 0
    for piece, within in zip(pieces, inner, strict=True):
        cuts = np.flatnonzero(touched[first : first + len(within)]) + 1
        first += len(within)
        if not len(cuts):
            split.append(piece)
            continue
        sign = 1.0 if piece.forward_m >= 0 else -1.0
        for start, end in zip([0, *cuts.tolist()], [*cuts.tolist(), len(piece.rows) - 1], strict=True):
            cut = piece_of(piece.rows[start : end + 1], piece.parts)
            split.append(replace(cut, forward_m=sign * cut.length_m))
    return split


def _follow(before: Piece, pieces: Sequence[Piece], at: dict[Junction, list[int]], used: list[bool]) -> list[Piece]:
    """Return the unused pieces that follow on from one, turned as needed, up to the next fork or sharp turn."""
    following: list[Piece] = []
    node = before.ends[1]
    while len(at[node]) == 2:
        number = next((number for number in at[node] if not used[number]), None)
        if number is None:
            break
        piece = pieces[number] if pieces[number].ends[0] == node else pieces[number].turned
        if turns_back(before.rows, piece.rows):
            break
        used[number] = True
        following.append(piece)
        before = piece
        node = piece.ends[1]
    return following


def turns_back(before: Positions, after: Positions) -> bool:
    """Whether a line that follows on another begins by more than 120 degrees turned against the other's end."""
    across = math.cos(math.radians(float(before[-1, 1])))
    coming, going = before[-1, :2] - before[-2, :2], after[1, :2] - after[0, :2]
    along = coming[0] * going[0] * across**2 + coming[1] * going[1]
    sizes = math.hypot(coming[0] * across, coming[1]) * math.hypot(going[0] * across, going[1])
    return bool(along < SHARP * sizes)


def _two_ways(ring: list[Piece]) -> list[Piece]:
    """Return a ring of pieces as one closed piece or, where it is long and narrow, as two ways from end to end."""
    whole = strung_together(ring)
    if roundness(whole.rows) >= ROUND:
        return [whole]
    corners = np.vstack([piece.rows[0] for piece in ring])
    steps = _flat(corners)
    farthest = int(np.argmax(np.hypot(*(steps - steps.mean(axis=0)).T)))
    other = int(np.argmax(np.hypot(*(steps - steps[farthest]).T)))
    first, second = sorted((farthest, other))
    if first == second:
        return [whole]
    return [strung_together(ring[first:second]), strung_together([*ring[second:], *ring[:first]])]


def _flat(rows: Positions) -> Positions:
    """Return positions in metres of a plane around their own middle."""
    middle = float(np.radians(rows[:, 1].mean()))
    return np.asarray(np.radians(rows[:, :2]) * MEAN_RADIUS_M * [np.cos(middle), 1.0])


def roundness(rows: Positions) -> float:
    """Return 4 π area / perimeter² of the ring through positions: 1 for a circle, 0 for a line there and back."""
    flat = _flat(rows) - _flat(rows)[0]
    x, y = flat[:, 0], flat[:, 1]
    around = float(np.hypot(np.diff(x, append=x[0]), np.diff(y, append=y[0])).sum())
    area = abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2
    return 4 * np.pi * area / around**2 if around > 0 else 0.0

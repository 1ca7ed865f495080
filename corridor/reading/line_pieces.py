"""Lines in pieces between the places where their ends meet, split where another begins and strung together elsewhere.

Rows of lines are (lon, lat, height); degrees on WGS84 and metres, NaN where there is no height.
"""

import math
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain as chain_of
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Positions, Values
from corridor.reading.many_lines import AT_ONCE, batches, together
from corridor.reading.repeats import MEAN_RADIUS_M, rough_lengths_m

#: Ends are the same place where they agree to this many parts of a degree, about a centimetre.
PLACES_PER_DEGREE = 1e7
#: 4 π area / perimeter² of a ring: 1 for a circle, 0.79 for a square; below this two ways part and meet again.
ROUND = 0.6

#: Cosine of 120 degrees: lines that meet at a sharper turn are looked at apart, for one may lie on the other.
SHARP = -0.5

#: Pairs of ends that are looked at together.
PAIRS_AT_ONCE = 10_000

Junction = int


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """A line between two nodes.

    `ends` are the nodes at its beginning and end, `parts` the numbers of the parts of the file it is made of, and
    `forward_m` the metres of them that are drawn in the direction of `rows`, less those drawn the other way.
    """

    rows: Positions
    parts: Sequence[int]
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


def piece_of(rows: Positions, parts: Sequence[int]) -> Piece:
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


def _places_of(rows: Positions, which: NDArray[np.int32]) -> NDArray[np.int64]:
    """Return the places of some rows, a few thousand at a time."""
    return np.concatenate([places(rows[which[start : start + AT_ONCE]]) for start in range(0, len(which), AT_ONCE)])


def strung_together(pieces: Iterable[Piece]) -> Piece:
    """Return pieces that follow each other as one; where one begins where the other ends, the place stands once."""
    listed = list(pieces)
    if len(listed) == 1:
        return listed[0]
    rows = [listed[0].rows]
    rows += [after.rows[1:] if before.ends[1] == after.ends[0] else after.rows for before, after in pairwise(listed)]
    return Piece(
        np.vstack(rows),
        array("i", chain_of.from_iterable(piece.parts for piece in listed)),
        sum(piece.length_m for piece in listed),
        sum(piece.forward_m for piece in listed),
        (listed[0].ends[0], listed[-1].ends[1]),
    )


def pieces_of(lines: Sequence[Positions]) -> list[Piece]:
    """Return lines as pieces: split where the end of another touches a vertex, strung together where only two meet."""
    if len(lines) == 1:
        return [piece_of(lines[0], (0,))]
    strands = _Strands.of(lines)
    lengths_m = strands.lengths_m()
    return _contracted(strands, lambda number: (number,), lengths_m, lengths_m)


def joined_lines(ordered: Sequence[Piece]) -> tuple[Positions, ...]:
    """Return pieces that follow each other as lines: one for all that meet, a new one wherever two do not."""
    groups: list[list[Piece]] = [[ordered[0]]]
    for before, after in pairwise(ordered):
        if before.ends[1] == after.ends[0]:
            groups[-1].append(after)
        else:
            groups.append([after])
    return tuple(strung_together(group).rows for group in groups)


def contracted(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces split where the end of another touches a vertex, and strung together where only two ends meet."""
    if len(pieces) < 2:
        return list(pieces)
    strands = _Strands.of([piece.rows for piece in pieces])
    sign = np.array([1.0 if piece.forward_m >= 0 else -1.0 for piece in pieces])[strands.line]
    known = np.array([piece.forward_m for piece in pieces])[strands.line]
    whole = np.bincount(strands.line)[strands.line] == 1
    lengths_m = strands.lengths_m()
    forward_m = np.where(whole, known, sign * lengths_m)
    return _contracted(strands, lambda number: pieces[number].parts, lengths_m, forward_m)


@dataclass(frozen=True, eq=False, slots=True)
class _Strands:
    """Many lines in one table, for a line as an object of its own is several times as large as two positions.

    Strand n runs over the rows from `first[n]` to `last[n]`, both included, and is a part of the line `line[n]`.
    """

    rows: Positions
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    line: NDArray[np.int32]

    @staticmethod
    def of(lines: Sequence[Positions]) -> "_Strands":
        """Return lines as strands, split at the vertices where the end of one touches another."""
        rows = together([together(some) for some in batches(lines)])
        counts = np.fromiter(map(len, lines), dtype=np.int32, count=len(lines))
        beyond = np.cumsum(counts, dtype=np.int32)
        first, last = beyond - counts, beyond - 1
        inner = np.ones(len(rows), dtype=bool)
        inner[first] = inner[last] = False
        cuts = np.flatnonzero(inner).astype(np.int32)
        if len(cuts):
            cuts = cuts[np.isin(_places_of(rows, cuts), _places_of(rows, np.concatenate([first, last])))]
        first, last = np.sort(np.concatenate([first, cuts])), np.sort(np.concatenate([cuts, last]))
        return _Strands(rows, first, last, np.searchsorted(beyond, first, side="right").astype(np.int32))

    def lengths_m(self) -> Positions:
        """Return the rough length of each strand in metres."""
        # Some rows at a time: what is reckoned on the way to lengths takes more room than the rows.
        starts = range(0, len(self.rows), AT_ONCE)
        segments = np.concatenate(
            [*(rough_lengths_m(self.rows[start : start + AT_ONCE + 1]) for start in starts), [0.0]]
        )
        return np.add.reduceat(segments, np.column_stack([self.first, self.last]).ravel())[::2].copy()

    def links(self) -> NDArray[np.int32]:
        """Return for each end the one it goes on with, -1 for none; end 2n is where strand n begins, 2n + 1 its other.

        Ends go on where just two meet and the line does not turn back sharply there.
        """
        at = np.column_stack([self.first, self.last]).ravel()
        there = _places_of(self.rows, at)
        order = np.argsort(there, kind="stable").astype(np.int32)
        there = there[order]
        met = there[1:] == there[:-1]
        # Just two meet: an end and the next one, and neither that before them nor that behind is at the same place.
        alone = np.concatenate([[True], ~met[:-1]]) & np.concatenate([~met[1:], [True]])
        pairs = np.flatnonzero(met & alone)
        link = np.full(len(at), -1, dtype=np.int32)
        for start in range(0, len(pairs), PAIRS_AT_ONCE):
            some = pairs[start : start + PAIRS_AT_ONCE]
            before, after = order[some], order[some + 1]
            onward = ~self._sharp(at, before, after)
            link[before[onward]], link[after[onward]] = after[onward], before[onward]
        return link

    def _sharp(self, at: NDArray[np.int32], before: NDArray[np.int32], after: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return of pairs of ends that meet whether the line turns back sharply; `at` are the rows of all ends."""
        inward = [at[ends] + 1 - 2 * (ends % 2) for ends in (before, after)]
        across = np.cos(np.radians(self.rows[at[before], 1]))
        coming = self.rows[at[before], :2] - self.rows[inward[0], :2]
        going = self.rows[inward[1], :2] - self.rows[at[after], :2]
        along = coming[:, 0] * going[:, 0] * across**2 + coming[:, 1] * going[:, 1]
        sizes = np.hypot(coming[:, 0] * across, coming[:, 1]) * np.hypot(going[:, 0] * across, going[:, 1])
        return np.asarray(along < SHARP * sizes)

    def joined(self, chain: NDArray[np.int32]) -> Positions:
        """Return the rows of strands that follow each other; an end stands for the strand that is entered there."""
        number, turned = chain // 2, chain % 2 == 1
        if len(chain) == 1:
            return self.rows[self.first[number[0]] : self.last[number[0]] + 1][:: -1 if turned[0] else 1]
        counts = self.last[number] - self.first[number] + 1
        begin, step = (
            np.where(turned, self.last[number], self.first[number]),
            np.where(turned, np.int32(-1), np.int32(1)),
        )
        # Where two meet the place stands once.
        begin[1:] += step[1:]
        counts[1:] -= 1
        # Each row lies a step beyond that before it, and the first of a strand where that begins.
        at = np.repeat(step, counts)
        into = np.cumsum(counts, dtype=np.int32) - counts
        at[into[1:]] = begin[1:] - (begin + step * (counts - 1))[:-1]
        at[0] = begin[0]
        return np.asarray(self.rows[np.cumsum(at, dtype=np.int32, out=at)])


def _contracted(
    strands: _Strands, parts: Callable[[int], Sequence[int]], lengths_m: Values, forward_m: Values
) -> list[Piece]:
    """Return strands strung together; `parts` are those of each line, the metres those of each strand."""

    def piece(chain: NDArray[np.int32]) -> Piece:
        rows, number, turned = strands.joined(chain), chain // 2, chain % 2 == 1
        of_lines = zip(strands.line[number].data, turned.data, strict=True)
        each = chain_of.from_iterable(parts(line)[:: -1 if back else 1] for line, back in of_lines)
        return Piece(
            rows,
            tuple(each) if len(chain) == 1 else array("i", each),
            float(lengths_m[number].sum()),
            float(np.where(turned, -forward_m[number], forward_m[number]).sum()),
            (_junction(rows[0]), _junction(rows[-1])),
        )

    links = strands.links().data
    used = bytearray(len(strands.line))
    pieces: list[Piece] = []
    for number in range(len(used)):
        if used[number]:
            continue
        used[number] = True
        after, before = _followed(2 * number + 1, links, used), _followed(2 * number, links, used)
        # What was gone through from the beginning outwards is entered at its other ends, the farthest first.
        chain = np.concatenate([before[::-1] ^ 1, np.array([2 * number], dtype=np.int32), after])
        string = piece(chain)
        if len(chain) > 1 and string.ends[0] == string.ends[1] and roundness(string.rows) < ROUND:
            pieces += _two_ways([piece(end) for end in chain[:, None]])
        else:
            pieces.append(string)
    return pieces


def _followed(end: int, links: memoryview, used: bytearray) -> NDArray[np.int32]:
    """Return where the unused strands are entered that follow on from an end, one after the other."""
    entered = array("i")
    while (end := links[end]) >= 0 and not used[end // 2]:
        used[end // 2] = True
        entered.append(end)
        end ^= 1
    return np.array(entered, dtype=np.int32)


def turns_back(before: Positions, after: Positions) -> bool:
    """Whether a line that follows on another begins by more than 120 degrees turned against the other's end."""
    across = math.cos(math.radians(float(before[-1, 1])))
    coming, going = before[-1, :2] - before[-2, :2], after[1, :2] - after[0, :2]
    along = coming[0] * going[0] * across**2 + coming[1] * going[1]
    sizes = math.hypot(coming[0] * across, coming[1]) * math.hypot(going[0] * across, going[1])
    return bool(along < SHARP * sizes)


def _two_ways(ring: list[Piece]) -> list[Piece]:
    """Return a long and narrow ring of pieces as two ways from end to end; as one where it has but one place."""
    corners = np.vstack([piece.rows[0] for piece in ring])
    steps = _flat(corners)
    farthest = int(np.argmax(np.hypot(*(steps - steps.mean(axis=0)).T)))
    other = int(np.argmax(np.hypot(*(steps - steps[farthest]).T)))
    first, second = sorted((farthest, other))
    if first == second:
        return [strung_together(ring)]
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

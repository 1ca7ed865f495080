"""Lines in pieces between the places where their ends meet, thousands of them in one table.

Rows of lines are (lon, lat, height); degrees on WGS84 and metres, NaN where there is no height.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import MEAN_RADIUS_M, Positions, Values
from corridor.land.line_rows import LineRows
from corridor.reading.chaining import Chains, in_runs
from corridor.reading.many_lines import AT_ONCE, batches, together
from corridor.reading.repeats import rough_lengths_m

#: Ends are the same place where they agree to this many parts of a degree, about a centimetre.
PLACES_PER_DEGREE = 1e7

Junction = int


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """A line between two nodes.

    `ends` are the nodes at its beginning and end, and `forward_m` the metres of it that the file draws in the direction
    of `rows`, less those drawn the other way.
    """

    rows: Positions
    length_m: float
    forward_m: float
    ends: tuple[Junction, Junction]

    @property
    def turned(self) -> "Piece":
        """The same, run the other way."""
        return Piece(self.rows[::-1], self.length_m, -self.forward_m, self.ends[::-1])

    @property
    def key(self) -> tuple[float, Junction, Junction]:
        """What orders pieces whatever the order and direction they came in: length, then place."""
        first, last = self.ends
        return round(self.length_m, 3), min(first, last), max(first, last)


def piece_of(rows: Positions) -> Piece:
    """Return a line as a piece, drawn as its rows are."""
    length = float(rough_lengths_m(rows).sum())
    first, last = places(rows[[0, -1]]).tolist()
    return Piece(rows, length, length, (first, last))


def strung_together(pieces: Sequence[Piece]) -> Piece:
    """Return pieces that follow each other as one; where one begins where the other ends, the place stands once."""
    if len(pieces) == 1:
        return pieces[0]
    rows = [pieces[0].rows]
    rows += [after.rows[1:] if before.ends[1] == after.ends[0] else after.rows for before, after in pairwise(pieces)]
    return Piece(
        np.vstack(rows),
        sum(piece.length_m for piece in pieces),
        sum(piece.forward_m for piece in pieces),
        (pieces[0].ends[0], pieces[-1].ends[1]),
    )


def places(rows: Positions) -> NDArray[np.int64]:
    """Return one number for each position, the same for the same place."""
    return np.asarray(
        (np.round(rows[:, 0] * PLACES_PER_DEGREE).astype(np.int64) << 31)
        + np.round(rows[:, 1] * PLACES_PER_DEGREE).astype(np.int64)
    )


def places_of(rows: Positions, which: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the places of some rows, a few thousand at a time."""
    starts = range(0, len(which), AT_ONCE)
    return np.concatenate([np.zeros(0, int), *(places(rows[which[start : start + AT_ONCE]]) for start in starts)])


@dataclass(frozen=True, eq=False, slots=True)
class NumberGroups:
    """Numbers by group: group k has those from `first[k]` up to `first[k + 1]`, one or more."""

    numbers: NDArray[np.int32]
    first: NDArray[np.int32]

    @staticmethod
    def each(count: int) -> "NumberGroups":
        """Return so many groups of one, each of its own number."""
        numbers = np.arange(count + 1, dtype=np.int32)
        return NumberGroups(numbers[:-1], numbers)

    def chained(self, chains: Chains) -> "NumberGroups":
        """Return the numbers of groups that follow each other."""
        number, turned = chains.entered // 2, chains.entered % 2 == 1
        numbers = self.numbers[in_runs(self.first[number], self.first[number + 1] - 1, turned)]
        beyond = np.concatenate([[0], np.cumsum(np.diff(self.first)[number])])
        return NumberGroups(numbers, beyond[chains.first].astype(np.int32))

    def of(self, group: int) -> NDArray[np.int32]:
        """Return the numbers of a group."""
        return self.numbers[self.first[group] : self.first[group + 1]]

    def all_in(self, which: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return whether all numbers of each group are among some."""
        return np.asarray(np.logical_and.reduceat(which[self.numbers], self.first[:-1]))


@dataclass(frozen=True, eq=False)
class PieceTable:
    """Pieces in one table: a line as an object of its own takes several times as much as its two positions.

    Piece n runs over the rows from `first[n]` to `last[n]`, both included. It is made of the stretches `stretches` of
    parts of the file, and `parts` are the parts of each stretch.
    """

    rows: Positions
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    length_m: Values
    forward_m: Values
    stretches: NumberGroups
    parts: NumberGroups

    @staticmethod
    def of(lines: LineRows, parts: NumberGroups | None = None) -> "PieceTable":
        """Return lines as pieces, drawn as they are: line n is the stretch n, of the part n or of its `parts`."""
        first, last = lines.first[:-1].astype(np.int32), (lines.first[1:] - 1).astype(np.int32)
        length_m = _lengths_m(lines.rows, first, last)
        each = NumberGroups.each(len(lines))
        return PieceTable(lines.rows, first, last, length_m, length_m, each, parts or each)

    def __len__(self) -> int:
        """Return how many pieces there are."""
        return len(self.first)

    def __iter__(self) -> Iterator[Piece]:
        """Yield each piece as an object."""
        return (self.piece(2 * number) for number in range(len(self)))

    @cached_property
    def ends(self) -> NDArray[np.int64]:
        """The nodes at the beginning and end of each piece, (n, 2)."""
        return places_of(self.rows, np.column_stack([self.first, self.last]).ravel()).reshape(-1, 2)

    @property
    def end_rows(self) -> Positions:
        """Where pieces begin and end in degrees, as `line_ends`."""
        return self.rows[np.column_stack([self.first, self.last]).ravel(), :2]

    @property
    def lines(self) -> LineRows:
        """The rows of each piece."""
        first = np.append(self.first, len(self.rows)).astype(np.int64)
        return LineRows(self.rows, first)

    @property
    def in_order(self) -> NDArray[np.int64]:
        """The numbers of the pieces by length, then place: the same in whatever order and direction they came."""
        return np.lexsort((self.ends.max(axis=1), self.ends.min(axis=1), np.round(self.length_m, 3)))

    def some(self, numbers: NDArray[np.integer]) -> "PieceTable":
        """Return some pieces."""
        return self.chained(Chains.single(2 * numbers))

    def piece(self, entered: int) -> Piece:
        """Return a piece as an object: piece n for 2n, and turned for 2n + 1."""
        number = entered // 2
        first, last = self.ends[number].tolist()
        piece = Piece(
            self.rows[self.first[number] : self.last[number] + 1],
            float(self.length_m[number]),
            float(self.forward_m[number]),
            (first, last),
        )
        return piece.turned if entered % 2 else piece

    def joined(self, entered: Sequence[int]) -> Piece:
        """Return pieces that follow each other as one object."""
        return self.piece(entered[0]) if len(entered) == 1 else self.chained(Chains.of([entered])).piece(0)

    def meeting(self, chains: Chains) -> NDArray[np.bool_]:
        """Return of each link of chains whether it begins where that before it ends."""
        nodes = self.ends.ravel()
        meets = nodes[chains.entered] == np.roll(nodes[chains.entered ^ 1], 1)
        return np.asarray(meets & ~chains.heads)

    def chained(self, chains: Chains) -> "PieceTable":
        """Return pieces strung together; where one begins where the other ends, the place stands once."""
        number, turned = chains.entered // 2, chains.entered % 2 == 1
        meets = self.meeting(chains)
        rows = self.rows[in_runs(self.first[number], self.last[number], turned, meets)]
        counts = self.last[number] - self.first[number] + 1 - meets
        beyond = np.concatenate([[0], np.cumsum(counts)])[chains.first].astype(np.int32)
        heads = chains.first[:-1]
        forward_m = np.where(turned, -self.forward_m[number], self.forward_m[number])
        return PieceTable(
            rows,
            beyond[:-1],
            beyond[1:] - 1,
            np.add.reduceat(self.length_m[number], heads) if len(heads) else np.zeros(0),
            np.add.reduceat(forward_m, heads) if len(heads) else np.zeros(0),
            self.stretches.chained(chains),
            self.parts,
        )

    def split(self) -> "PieceTable":
        """Return pieces split at the vertices where the end of one touches another."""
        inner = np.ones(len(self.rows), dtype=bool)
        inner[self.first] = inner[self.last] = False
        cuts = np.flatnonzero(inner).astype(np.int32)
        if len(cuts):
            cuts = cuts[np.isin(places_of(self.rows, cuts), self.ends)]
        if not len(cuts):
            return self
        first, last = np.sort(np.concatenate([self.first, cuts])), np.sort(np.concatenate([cuts, self.last]))
        piece = np.searchsorted(self.last, first, side="right")
        length_m = _lengths_m(self.rows, first, last)
        whole = np.bincount(piece)[piece] == 1
        forward_m = np.where(whole, self.forward_m[piece], np.where(self.forward_m >= 0, 1.0, -1.0)[piece] * length_m)
        return replace(
            self,
            first=first,
            last=last,
            length_m=length_m,
            forward_m=forward_m,
            stretches=self.stretches.chained(Chains.single(2 * piece)),
        )

    def of_same_parts(self, numbers: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Return of each piece whether it is made of no other parts of the file than some pieces are."""
        chosen = self.parts.chained(Chains.single(2 * self.stretches.chained(Chains.single(2 * numbers)).numbers))
        parts = np.zeros(int(self.parts.numbers.max()) + 1, dtype=bool)
        parts[chosen.numbers] = True
        return self.stretches.all_in(self.parts.all_in(parts))


def _lengths_m(rows: Positions, first: NDArray[np.int32], last: NDArray[np.int32]) -> Values:
    """Return the rough length in metres of each run of rows."""
    # Some rows at a time: what is reckoned on the way to lengths takes more room than the rows.
    starts = range(0, len(rows), AT_ONCE)
    segments = np.concatenate([*(rough_lengths_m(rows[start : start + AT_ONCE + 1]) for start in starts), [0.0]])
    return np.add.reduceat(segments, np.column_stack([first, last]).ravel())[::2].copy()


def rows_of(lines: Sequence[Positions]) -> LineRows:
    """Return lines as one array, of which thousands as objects are made some at a time."""
    if isinstance(lines, LineRows):
        return lines
    counts = [np.fromiter(map(len, some), dtype=np.int64) for some in batches(lines)]
    rows = together([together(some) for some in batches(lines)])
    return LineRows.of(rows, np.concatenate(counts))


def flat(rows: Positions) -> Positions:
    """Return positions in metres of a plane around their own middle."""
    middle = float(np.radians(rows[:, 1].mean()))
    return np.asarray(np.radians(rows[:, :2]) * MEAN_RADIUS_M * [np.cos(middle), 1.0])


def roundness(rows: Positions) -> float:
    """Return 4 π area / perimeter² of the ring through positions: 1 for a circle, 0 for a line there and back."""
    corners = flat(rows) - flat(rows)[0]
    x, y = corners[:, 0], corners[:, 1]
    around = float(np.hypot(np.diff(x, append=x[0]), np.diff(y, append=y[0])).sum())
    area = abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2
    return 4 * np.pi * area / around**2 if around > 0 else 0.0

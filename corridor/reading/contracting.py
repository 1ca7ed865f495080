"""Strings pieces together wherever just two ends meet: what is left are the pieces between places where more do.

Rows of lines are (lon, lat, height); degrees on WGS84 and metres, NaN where there is no height.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Positions
from corridor.reading.chaining import Chains, chains_of
from corridor.reading.line_pieces import PieceTable, flat, roundness, rows_of

#: 4 π area / perimeter² of a ring: 1 for a circle, 0.79 for a square; below this two ways part and meet again.
ROUND = 0.6
#: Cosine of 120 degrees: lines that meet at a sharper turn are looked at apart, for one may lie on the other.
SHARP = -0.5
#: Pairs of ends that are looked at together.
PAIRS_AT_ONCE = 10_000


def pieces_of(lines: Sequence[Positions]) -> PieceTable:
    """Return lines as pieces: split where the end of another touches a vertex, strung together where only two meet."""
    pieces = PieceTable.of(rows_of(lines))
    return pieces if len(lines) == 1 else contracted(pieces)


def contracted(pieces: PieceTable) -> PieceTable:
    """Return pieces split where the end of another touches a vertex, and strung together where only two ends meet."""
    if len(pieces) < 2:
        return pieces
    split = pieces.split()
    links = _links(split)
    if split is pieces and (links < 0).all():
        return pieces
    chains = chains_of(links)
    nodes = split.ends.ravel()
    closed = nodes[chains.entered[chains.first[:-1]]] == nodes[chains.entered[chains.first[1:] - 1] ^ 1]
    closed &= np.diff(chains.first) > 1
    if closed.any():
        each = zip(chains, closed.tolist(), strict=True)
        chains = Chains.of(way for chain, ring in each for way in _ways(split, chain, ring))
    return split.chained(chains)


def _links(pieces: PieceTable) -> NDArray[np.int32]:
    """Return for each end the one it goes on with, -1 for none; end 2n is where piece n begins, 2n + 1 its other.

    Ends go on where just two meet and the line does not turn back sharply there.
    """
    there = pieces.ends.ravel()
    order = np.argsort(there, kind="stable").astype(np.int32)
    there = there[order]
    met = there[1:] == there[:-1]
    # Just two meet: an end and the next one, and neither that before them nor that behind is at the same place.
    alone = np.concatenate([[True], ~met[:-1]]) & np.concatenate([~met[1:], [True]])
    pairs = np.flatnonzero(met & alone)
    link = np.full(len(order), -1, dtype=np.int32)
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        some = pairs[start : start + PAIRS_AT_ONCE]
        before, after = order[some], order[some + 1]
        onward = ~turning_back(pieces, before, after)
        link[before[onward]], link[after[onward]] = after[onward], before[onward]
    return link


def turning_back(pieces: PieceTable, before: NDArray[np.int32], after: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return of pairs of ends, one of which follows on the other, whether the line turns by more than 120 degrees."""
    rows, (at, inward), (on, onward) = pieces.rows, _at(pieces, before), _at(pieces, after)
    across = np.cos(np.radians(rows[at, 1]))
    coming, going = rows[at, :2] - rows[inward, :2], rows[onward, :2] - rows[on, :2]
    along = coming[:, 0] * going[:, 0] * across**2 + coming[:, 1] * going[:, 1]
    sizes = np.hypot(coming[:, 0] * across, coming[:, 1]) * np.hypot(going[:, 0] * across, going[:, 1])
    return np.asarray(along < SHARP * sizes)


def _at(pieces: PieceTable, ends: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the row of each end, and the row beside it in its piece."""
    at = np.where(ends % 2 == 1, pieces.last[ends // 2], pieces.first[ends // 2])
    return at, at + 1 - 2 * (ends % 2)


def _ways(pieces: PieceTable, chain: NDArray[np.int32], closed: bool) -> Iterator[Sequence[int]]:
    """Yield a chain of pieces; a long and narrow ring as two ways from end to end, where it has more than one place."""
    if not closed or roundness(pieces.joined(chain.tolist()).rows) >= ROUND:
        yield chain.tolist()
        return
    steps = flat(pieces.rows[_at(pieces, chain)[0]])
    farthest = int(np.argmax(np.hypot(*(steps - steps.mean(axis=0)).T)))
    other = int(np.argmax(np.hypot(*(steps - steps[farthest]).T)))
    first, second = sorted((farthest, other))
    if first == second:
        yield chain.tolist()
    else:
        yield chain[first:second].tolist()
        yield [*chain[second:].tolist(), *chain[:first].tolist()]

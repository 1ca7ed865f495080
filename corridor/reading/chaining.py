"""Strings lines together by their nearest ends, whatever their order and direction; positions are (lon, lat)."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Positions, Values
from corridor.reading.nearest_places import nearest_places
from corridor.reading.repeats import plane

#: Rounds in which nearest ends are joined; in each the nearest two are, and mostly about half of all: 200,000 ends at
#: random took 15 rounds (measured).
ROUNDS = 64
#: Rounds that may join less than a hundredth of more ends than these: they stand so evenly that each has its nearest on
#: the same side, and only the first two are each other's. 40,000 such ends take 2 s of a processor, in all rounds 31 s,
#: which would join 118 of 19,991 chains more (measured).
SLOW_ROUNDS, MANY_ENDS = 4, 2_000
#: Ends for which the nearest end of another line is sought, where the nearest of all is their own line's other end.
MOST_SHORT = 20_000


@dataclass(frozen=True, eq=False, slots=True)
class Chains:
    """Lines strung together, as the ends at which they are entered: 2n for line n as it is drawn, 2n + 1 for it turned.

    Chain k has the ends from `first[k]` up to `first[k + 1]`.
    """

    entered: NDArray[np.int32]
    first: NDArray[np.int32]

    @staticmethod
    def of(chains: Iterable[Sequence[int]]) -> "Chains":
        """Return chains that are given one by one."""
        entered, first = array("i"), array("i", [0])
        for chain in chains:
            entered.extend(chain)
            first.append(len(entered))
        return Chains(np.array(entered, dtype=np.int32), np.array(first, dtype=np.int32))

    @staticmethod
    def single(entered: NDArray[np.integer]) -> "Chains":
        """Return a chain for each of some ends."""
        return Chains(entered.astype(np.int32), np.arange(len(entered) + 1, dtype=np.int32))

    def __len__(self) -> int:
        """Return how many chains there are."""
        return len(self.first) - 1

    def __iter__(self) -> Iterator[NDArray[np.int32]]:
        """Yield the ends of each chain."""
        return (self.entered[start:end] for start, end in pairwise(self.first.data))

    @property
    def heads(self) -> NDArray[np.bool_]:
        """Which of the ends is the first of its chain."""
        heads = np.zeros(len(self.entered), dtype=bool)
        heads[self.first[:-1]] = True
        return heads

    def cut(self, before: NDArray[np.bool_]) -> "Chains":
        """Return the chains, each cut `before` some of its ends."""
        first = np.flatnonzero(before | self.heads)
        return Chains(self.entered, np.append(first, len(self.entered)).astype(np.int32))

    def some(self, order: NDArray[np.integer]) -> "Chains":
        """Return some chains, turned where an odd end, 2n + 1, stands for chain n."""
        number, turned = order // 2, order % 2 == 1
        counts = np.diff(self.first)[number]
        at = in_runs(self.first[number], self.first[number + 1] - 1, turned)
        entered = self.entered[at] ^ np.repeat(turned, counts)
        return Chains(entered, np.concatenate([[0], np.cumsum(counts)]).astype(np.int32))


def in_runs(
    first: NDArray[np.integer],
    last: NDArray[np.integer],
    turned: NDArray[np.bool_],
    skipped: NDArray[np.bool_] | None = None,
) -> NDArray[np.int32]:
    """Return the numbers from `first` to `last` of each run, one run after the other; downwards where it is `turned`.

    Of runs that are `skipped` the number they begin with is left out; they have two or more.
    """
    if not len(first):
        return np.zeros(0, dtype=np.int32)
    step = np.where(turned, np.int32(-1), np.int32(1))
    begin, end = np.where(turned, last, first), np.where(turned, first, last)
    if skipped is not None:
        begin = begin + step * skipped
    counts = np.abs(end - begin) + 1
    # Each number lies a step beyond that before it, and the first of a run where that begins.
    numbers = np.repeat(step, counts)
    into = np.cumsum(counts) - counts
    numbers[into[1:]] = begin[1:] - end[:-1]
    numbers[0] = begin[0]
    return np.cumsum(numbers, dtype=np.int32, out=numbers)


def line_ends(lines: Sequence[Positions]) -> Positions:
    """Return where lines begin and end in degrees, (2n, 2): line n begins in row 2n and ends in 2n + 1."""
    ends = np.empty((2 * len(lines), 2))
    for number, line in enumerate(lines):
        ends[2 * number], ends[2 * number + 1] = line[0, :2], line[-1, :2]
    return ends


def strung(ends: Positions, at_most_m: float = np.inf, free: NDArray[np.bool_] | None = None) -> Chains:
    """Return lines, of which `line_ends` are given, as chains: again and again the two nearest ends of two are joined.

    Ends farther apart than `at_most_m` stay apart, and so do those where `free`, one for each end, is False. The cost
    is n log n for n lines; each chain begins at the line that comes first in the list.
    """
    link = np.full(len(ends), -1, dtype=np.int32)
    opposite = np.arange(len(ends), dtype=np.int32) ^ 1
    allowed = np.ones(len(link), bool) if free is None else free
    slow = 0
    for _ in range(ROUNDS):
        open_ends = np.flatnonzero((link < 0) & allowed)
        # A closed line, or one of two ends, has nobody else to join.
        if len(open_ends) < 2 or (opposite[open_ends[0]] == open_ends[-1] and len(open_ends) == 2):
            break
        nearest, away = _nearest(ends, open_ends, opposite)
        mutual = nearest >= 0
        mutual[mutual] = nearest[np.searchsorted(open_ends, nearest[mutual])] == open_ends[mutual]
        mutual &= (open_ends < nearest) & (away <= at_most_m * _stretch(ends[open_ends, 1]))
        joined = 0
        for pick in np.flatnonzero(mutual)[np.argsort(away[mutual], kind="stable")].tolist():
            end, other = int(open_ends[pick]), int(nearest[pick])
            if opposite[end] != other:
                link[end], link[other] = other, end
                far, farther = opposite[end], opposite[other]
                opposite[far], opposite[farther] = farther, far
                joined += 2
        slow += len(open_ends) > MANY_ENDS and joined * 100 < len(open_ends)
        if not joined or slow > SLOW_ROUNDS:
            break
    return chains_of(link)


def _stretch(latitudes: Values) -> Values:
    """Return how many times too long the plane shows what lies at latitudes in degrees."""
    return np.asarray(1 / np.cos(np.radians(np.clip(latitudes, -85, 85))))


def _nearest(
    ends: Positions, open_ends: NDArray[np.int64], opposite: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return for each open end the nearest of another chain (-1: not known) and the distance in the plane.

    Of a thousand ends at one place each would be as near to each: a place is looked for once, whoever ends there.
    """
    place, first = _same_places(plane(ends[open_ends]))
    at_place = plane(ends[open_ends[first]])
    single = np.bincount(place) == 1
    nearest = np.full(len(open_ends), -1, dtype=np.int32)
    away = np.full(len(open_ends), np.inf)
    _find_single(nearest, away, single, first, at_place, open_ends, opposite)
    met = np.flatnonzero(~single[place])
    if len(met):
        beside = _beside(open_ends[met], np.unique(place[met], return_inverse=True)[1], opposite)
        joined = met[beside >= 0]
        nearest[joined], away[joined] = open_ends[met[beside[beside >= 0]]], 0.0
    left = np.flatnonzero(nearest < 0)
    if not 0 < len(left) <= MOST_SHORT:
        return nearest, away
    # Two chains differ in some bit of their numbers, so that the other one stands among those whose bit is the other.
    chain = np.minimum(open_ends, opposite[open_ends])
    chain = np.searchsorted(np.unique(chain), chain).astype(np.int32)
    for bit in range(int(chain.max()).bit_length()):
        set_here = (chain >> bit) & 1 == 1
        for mine in (False, True):
            asking, others = left[set_here[left] == mine], np.flatnonzero(set_here != mine)
            if len(asking) and len(others):
                others = others[np.unique(place[others], return_index=True)[1]]
                other, distance = nearest_places(at_place[place[asking]], at_place[place[others]], exclusive=False)
                nearer = distance < away[asking]
                nearest[asking[nearer]], away[asking[nearer]] = open_ends[others[other[nearer]]], distance[nearer]
    return nearest, away


def _find_single(
    nearest: NDArray[np.int32],
    away: Values,
    single: NDArray[np.bool_],
    first: NDArray[np.int32],
    at_place: Positions,
    open_ends: NDArray[np.int64],
    opposite: NDArray[np.int64],
) -> None:
    """Put the nearest end into `nearest`, and how far it is, for ends that stand alone at their places."""
    other, distance = nearest_places(at_place if single.all() else at_place[single], at_place, exclusive=True)
    alone, other_end = first[single], open_ends[first[other]]
    good = (other >= 0) & (opposite[open_ends[alone]] != other_end)
    nearest[alone[good]], away[alone[good]] = other_end[good], distance[good]


def _same_places(places: Positions) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return of positions the number of the place of each, by longitude then latitude, and the first at each place."""
    order = np.lexsort((places[:, 1], places[:, 0])).astype(np.int32)
    new = np.ones(len(order), dtype=bool)
    for column in (0, 1):
        ordered = places[order, column]
        same = ordered[1:] == ordered[:-1]
        new[1:] = ~same if column == 0 else new[1:] | ~same
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.cumsum(new, dtype=np.int32) - 1
    return place, order[new]


def _beside(open_ends: NDArray[np.int64], place: NDArray[np.int64], opposite: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each open end the index of another chain's at the same place, -1 for none; two by two where it goes.

    Ends are taken in their order: each with the one before or after it, or on its other side where that is its own.
    """
    order = np.argsort(place, kind="stable")
    size = np.bincount(place)
    begin = np.cumsum(size) - size
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank -= begin[place]
    count = size[place]
    other = np.where(rank ^ 1 < count, rank ^ 1, rank - 1)
    own = (other >= 0) & (opposite[open_ends] == open_ends[order[begin[place] + np.maximum(other, 0)]])
    # Odd ones with those after them and even ones with those before, the first with the last.
    shifted = (rank + np.where(rank % 2 == 1, 1, -1)) % count
    other = np.where(own, np.where(count > 2, shifted, -1), other)
    return np.where(other >= 0, order[begin[place] + np.maximum(other, 0)], -1)


def chains_of(link: NDArray[np.int32]) -> Chains:
    """Return lines in the order in which their ends follow each other: `link` is the end each goes on with, or -1."""
    links = link.data
    used = bytearray(len(link) // 2)
    entered, first = array("i"), array("i", [0])
    for number in range(len(used)):
        if used[number]:
            continue
        used[number] = True
        after, before = _followed(2 * number + 1, links, used), _followed(2 * number, links, used)
        # What was gone through from the beginning outwards is entered at its other ends, the farthest first.
        entered.extend(end ^ 1 for end in reversed(before))
        entered.append(2 * number)
        entered.extend(after)
        first.append(len(entered))
    return Chains(np.array(entered, dtype=np.int32), np.array(first, dtype=np.int32))


def _followed(end: int, links: memoryview, used: bytearray) -> "array[int]":
    """Return where the unused lines are entered that follow on from an end, one after the other."""
    entered = array("i")
    while (end := links[end]) >= 0 and not used[end // 2]:
        used[end // 2] = True
        entered.append(end)
        end ^= 1
    return entered

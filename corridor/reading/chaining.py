"""Strings lines together by their nearest ends, whatever their order and direction; positions are (lon, lat)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions
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

#: Lines strung together: (number of the line, whether it is turned round) in their order.
Chain = list[tuple[int, bool]]


def line_ends(lines: Sequence[Positions]) -> Positions:
    """Return where lines begin and end in degrees, (2n, 2): line n begins in row 2n and ends in 2n + 1."""
    ends = np.empty((2 * len(lines), 2))
    for number, line in enumerate(lines):
        ends[2 * number], ends[2 * number + 1] = line[0, :2], line[-1, :2]
    return ends


@dataclass(frozen=True, eq=False, slots=True)
class LineEnds:
    """The ends of lines: end 2n is where line n begins and 2n + 1 where it ends, in Mercator's plane and degrees."""

    places: Positions
    lonlat: Positions

    @staticmethod
    def of(lines: Sequence[Positions]) -> "LineEnds":
        """Return the ends of lines, (n, 2) degrees or more columns."""
        lonlat = line_ends(lines)
        return LineEnds(plane(lonlat), lonlat)


def strung(lines: Sequence[Positions], at_most_m: float = np.inf, free: NDArray[np.bool_] | None = None) -> list[Chain]:
    """Return lines as chains: again and again the two nearest ends of different chains are joined.

    Ends farther apart than `at_most_m` stay apart, and so do those where `free`, one for each end, is False. The cost
    is n log n for n lines; each chain begins at the line that comes first in the list.
    """
    ends = LineEnds.of(lines)
    link = np.full(len(ends.places), -1)
    opposite = np.arange(len(ends.places)) ^ 1
    allowed = np.ones(len(link), bool) if free is None else free
    stretch = 1 / np.cos(np.radians(np.clip(ends.lonlat[:, 1], -85, 85)))
    slow = 0
    for _ in range(ROUNDS):
        open_ends = np.flatnonzero((link < 0) & allowed)
        # A closed line, or one of two ends, has nobody else to join.
        if len(open_ends) < 2 or (opposite[open_ends[0]] == open_ends[-1] and len(open_ends) == 2):
            break
        nearest, away = _nearest(ends.places, open_ends, opposite)
        mutual = nearest >= 0
        mutual[mutual] = nearest[np.searchsorted(open_ends, nearest[mutual])] == open_ends[mutual]
        mutual &= (open_ends < nearest) & (away <= at_most_m * stretch[open_ends])
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
    return _chains(link)


def _nearest(
    places: Positions, open_ends: NDArray[np.int64], opposite: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return for each open end the nearest of another chain (-1: not known) and the distance in the plane.

    Of a thousand ends at one place each would be as near to each: a place is looked for once, whoever ends there.
    """
    nearest = np.full(len(open_ends), -1)
    away = np.full(len(open_ends), np.inf)
    _, first, place = np.unique(places[open_ends] @ [1, 1j], return_index=True, return_inverse=True)
    points = np.asarray(shapely.points(places[open_ends[first]]))
    beside = _beside(open_ends, place, opposite)
    met = np.flatnonzero(beside >= 0)
    nearest[met], away[met] = open_ends[beside[met]], 0.0
    alone = np.flatnonzero(np.bincount(place)[place] == 1)
    (asked, other), distance = shapely.STRtree(points).query_nearest(
        points[place[alone]], exclusive=True, return_distance=True, all_matches=False
    )
    asked = alone[asked]
    own = opposite[open_ends[asked]] == open_ends[first[other]]
    nearest[asked[~own]], away[asked[~own]] = open_ends[first[other[~own]]], distance[~own]
    left = np.flatnonzero(nearest < 0)
    if not 0 < len(left) <= MOST_SHORT:
        return nearest, away
    # Two chains differ in some bit of their numbers, so that the other one stands among those whose bit is the other.
    chain = np.minimum(open_ends, opposite[open_ends])
    chain = np.unique(chain, return_inverse=True)[1]
    for bit in range(int(chain.max()).bit_length()):
        set_here = (chain >> bit) & 1 == 1
        for mine in (False, True):
            asking, others = left[set_here[left] == mine], np.flatnonzero(set_here != mine)
            if len(asking) and len(others):
                others = others[np.unique(place[others], return_index=True)[1]]
                (which, other), distance = shapely.STRtree(points[place[others]]).query_nearest(
                    points[place[asking]], return_distance=True, all_matches=False
                )
                nearer = distance < away[asking[which]]
                at = asking[which[nearer]]
                nearest[at], away[at] = open_ends[others[other[nearer]]], distance[nearer]
    return nearest, away


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


def _chains(link: NDArray[np.int64]) -> list[Chain]:
    """Return the lines in the order in which their linked ends follow each other."""
    followed = link.tolist()
    used = [False] * (len(followed) // 2)
    chains: list[Chain] = []
    for number in range(len(used)):
        if used[number]:
            continue
        before, after = _walk(2 * number, followed, used), _walk(2 * number + 1, followed, used)
        used[number] = True
        chains.append([*((n, not turned) for n, turned in reversed(before)), (number, False), *after])
    return chains


def _walk(end: int, followed: list[int], used: list[bool]) -> Chain:
    """Return the lines that follow on from an end, each with whether it is turned round."""
    chain: Chain = []
    used[end // 2] = True
    while (entered := followed[end]) >= 0 and not used[entered // 2]:
        used[entered // 2] = True
        chain.append((entered // 2, entered % 2 == 1))
        end = entered ^ 1
    return chain

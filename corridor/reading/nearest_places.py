"""Which of many places is nearest to each of others, in a plane: asked block by block, for an index takes much room."""

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions, Values

#: Places that are indexed together, and asked together: an index takes eighteen times their two numbers.
AT_ONCE = 10_000


def nearest_places(asked: Positions, among: Positions, *, exclusive: bool) -> tuple[NDArray[np.int32], Values]:
    """Return for each of the places `asked` the number of the nearest `among` others (-1: there is none), and how far.

    `among` are no two at the same place; `exclusive` says that what lies exactly there is left out. The cost is
    n log n: beside its own block a place asks those that begin nearer than what was found.
    """
    nearest, away = np.full(len(asked), -1, dtype=np.int32), np.full(len(asked), np.inf)
    blocks = list(_blocks(among))
    boxes = [np.array([among[block].min(axis=0), among[block].max(axis=0)]) for block in blocks]
    own = np.zeros(len(asked), dtype=np.int32)
    if len(blocks) > 1:
        for some in _some_at_a_time(len(asked)):
            own[some] = np.argmin([_to_box(asked[some], box) for box in boxes], axis=0)
    for others in (False, True):
        for number, block in enumerate(blocks):
            here = own == number
            if others:
                np.logical_not(here, out=here)
                for some in _some_at_a_time(len(asked)):
                    here[some] &= _to_box(asked[some], boxes[number]) < away[some]
            which = np.flatnonzero(here)
            if len(which) and len(blocks) > others:
                _ask(asked, which, among, block, exclusive, nearest, away)
    return nearest, away


def _some_at_a_time(count: int) -> Iterator[slice]:
    """Yield slices of so many places, of which what is reckoned on the way takes little room."""
    return (slice(start, start + AT_ONCE) for start in range(0, count, AT_ONCE))


def _ask(
    asked: Positions,
    which: NDArray[np.int64],
    among: Positions,
    block: NDArray[np.int32],
    exclusive: bool,
    nearest: NDArray[np.int32],
    away: Values,
) -> None:
    """Put what is nearer in a block into `nearest` and `away`, for some of the places."""
    tree = shapely.STRtree(np.asarray(shapely.points(among[block])))
    for these in _some_at_a_time(len(which)):
        some = which[these]
        (of, there), distance = tree.query_nearest(
            np.asarray(shapely.points(asked[some])), exclusive=exclusive, return_distance=True, all_matches=False
        )
        nearer = distance < away[some[of]]
        at = some[of[nearer]]
        nearest[at], away[at] = block[there[nearer]], distance[nearer]


def _blocks(places: Positions) -> Iterator[NDArray[np.int32]]:
    """Yield the numbers of places that lie together, AT_ONCE or fewer: halved across the longer side until they are."""
    left = [np.arange(len(places), dtype=np.int32)] if len(places) else []
    while left:
        some = left.pop()
        if len(some) <= AT_ONCE:
            yield some
        else:
            here = places[some]
            side = int(np.argmax(np.ptp(here, axis=0)))
            half = len(some) // 2
            order = np.argpartition(here[:, side], half)
            left += [some[order[half:]], some[order[:half]]]


def _to_box(asked: Positions, box: Positions) -> Values:
    """Return how far places lie from a box, which is given by its least and its greatest corner."""
    least, greatest = box
    return np.asarray(np.hypot(*np.maximum(0.0, np.maximum(least - asked, asked - greatest)).T))

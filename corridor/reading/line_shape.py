"""Where a line repeats, turns back on itself or crosses itself; positions are (lon, lat) in degrees."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import METRES_PER_DEGREE, Positions

#: Cosine of a turn of 179 degrees: closer to a full reversal than any track or road that goes on.
REVERSAL = -0.99985
#: Ends nearer than this are the same place: 1e-7 degrees is about a centimetre.
SAME_PLACE_DEG = 1e-7
#: A segment as long may be a jump, or join waypoints over unseen ground.
JUMP_M = 2_000.0
#: A segment this many times longer than nineteen in twenty of its line is a jump, if it is also over JUMP_M.
JUMP_TIMES = 25.0
#: Of the way round a closed line, half is so many times longer than the area within is wide: it is a strip. A circle
#: has 3, a square 4, the most crinkled of 156 outlines of shipped areas 24 (measured); the outline of a straight road
#: 50 m wide has more from 1.25 km on.
STRIP_TIMES = 25.0
#: Longest tangle in which crossings are looked for, and how many pairs of its segments may lie near each other: the
#: search grows with these, which is with the square of a tangle that is as wide as its segments are long. The worst, of
#: 44,000 segments all of whose boxes meet, takes 28 s of a processor, a recorded track of 300,000 one (measured).
LONGEST_TANGLE, MOST_PAIRS = 300_000, 1_000_000_000
#: Vertices looked at together first: most tangles cross themselves within so many.
LARGEST_SEARCH = 4_000
SEARCHED_AT_ONCE = 128
#: Crossings looked for one by one; what more there is follows from the same cause.
MOST_CROSSINGS = 20


@dataclass(frozen=True, eq=False)
class LineShape:
    """The course of one line, with what is asked of it more than once worked out once."""

    whole: Positions

    @cached_property
    def line(self) -> Positions:
        """The line without repeated vertices."""
        line: Positions = self.whole if len(self.original) == len(self.whole) else self.whole[self.original]
        return line

    @cached_property
    def original(self) -> NDArray[np.int64]:
        """The index in the whole line of each vertex of `line`."""
        return without_repeats(self.whole)[1]

    @cached_property
    def rough_m(self) -> Positions:
        """The lengths of the segments of `whole` in metres, on a sphere: to choose which ones to measure exactly."""
        dx = np.diff(self.whole[:, 0]) * np.cos(np.radians(self.whole[:-1, 1]))
        metres: Positions = np.hypot(dx, np.diff(self.whole[:, 1])) * METRES_PER_DEGREE
        return metres

    @cached_property
    def long_segments(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The segments of `whole` over JUMP_M, the longest first: those that jump, and the others."""
        rough = self.rough_m
        long = np.flatnonzero(rough >= JUMP_M)
        if not len(long):
            return long, long
        usual = float(np.percentile(rough, 95)) if len(rough) >= 20 else float("inf")
        order = long[np.argsort(-rough[long])]
        jumping = rough[order] > JUMP_TIMES * usual
        return order[jumping], order[~jumping]

    @cached_property
    def closed_by(self) -> int | None:
        """The last segment of `whole`, where it jumps back to where the line begins; None where none does."""
        last = len(self.whole) - 2
        closed = last > 1 and bool((self.whole[0] == self.whole[-1]).all())
        return last if closed and last in self.long_segments[0] else None

    @cached_property
    def strip_m(self) -> float | None:
        """How wide in metres the strip is that a closed line runs round; None for any other line."""
        x, y = ((self.whole - self.whole[0]) * METRES_PER_DEGREE).T
        x = x * np.cos(np.radians(self.whole[0, 1]))
        around = float(self.rough_m.sum())
        if len(x) < 4 or x[-1] or y[-1] or not around:
            return None
        width = abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / around
        return width if STRIP_TIMES * width < around / 2 else None

    @cached_property
    def turns(self) -> NDArray[np.int64]:
        """The vertices of `line` where it turns back on itself."""
        return reversals(self.line)

    @cached_property
    def going_back(self) -> NDArray[np.bool_]:
        """For each of the turns, whether two segments or more are gone back over."""
        return goes_back(self.line, self.turns)

    @cached_property
    def crossings(self) -> tuple[list[tuple[int, float, float]], bool]:
        """Where `line` crosses itself other than at a reversal, and whether all of it was looked at."""
        if len(self.line) < 4:
            return [], True
        first, last = self._drawn_once
        part_crossings, complete = self_crossings(self.line[first : last + 1])
        crossings = [(first + segment, lon, lat) for segment, lon, lat in part_crossings]
        turns = set(self.turns.tolist()) if crossings else set()
        return [crossing for crossing in crossings if not {crossing[0], crossing[0] + 1} & turns], complete

    @property
    def _drawn_once(self) -> tuple[int, int]:
        """The first and last vertex of `line` without a beginning and an end that go back over what is left."""
        first, last = 0, len(self.line) - 1
        turns = self.turns[self.going_back].tolist()
        if turns and turns[-1] + retraced(self.line, turns[-1]) == last:
            last = turns[-1]
        # Of a line that is run there and back as a whole the way there is left.
        if turns and turns[0] < last and turns[0] == retraced(self.line, turns[0]):
            first = turns[0]
        return first, last


def repeats(line: Positions) -> NDArray[np.int64]:
    """Return the indices of vertices equal to the one before."""
    x, y = line[:, 0], line[:, 1]
    return np.flatnonzero((x[1:] == x[:-1]) & (y[1:] == y[:-1])) + 1


def reversals(line: Positions) -> NDArray[np.int64]:
    """Return the indices of vertices where a line turns back on itself; it must have no repeated vertices."""
    if len(line) < 3:
        return np.zeros(0, dtype=np.int64)
    x, y = line[:, 0] * np.cos(np.radians(line[0, 1])), line[:, 1]
    dx, dy = np.diff(x), np.diff(y)
    along = dx[:-1] * dx[1:] + dy[:-1] * dy[1:]
    back = np.flatnonzero(along < 0)
    lengths = np.hypot(dx[back], dy[back]) * np.hypot(dx[back + 1], dy[back + 1])
    turning = np.divide(along[back], lengths, out=np.zeros(len(back)), where=lengths > 0)
    turned: NDArray[np.int64] = back[turning < REVERSAL] + 1
    return turned


def retraced(line: Positions, turn: int) -> int:
    """Return how many segments a line goes back over after the reversal at vertex `turn`, vertex for vertex."""
    back, reach = 0, min(turn, len(line) - 1 - turn)
    window = 8
    while back < reach:
        stop = min(reach, back + window)
        before, after = line[turn - stop : turn - back][::-1], line[turn + 1 + back : turn + 1 + stop]
        differ = np.flatnonzero((np.abs(before - after) > SAME_PLACE_DEG).any(axis=1))
        if len(differ):
            return back + int(differ[0])
        back, window = stop, window * 2
    return back


def goes_back(line: Positions, turns: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return for each reversal whether two segments or more are gone back over, vertex for vertex."""
    back = np.zeros(len(turns), dtype=bool)
    inner = (turns >= 2) & (turns < len(line) - 2)
    at = turns[inner]
    back[inner] = _same(line[at - 1], line[at + 1]) & _same(line[at - 2], line[at + 2])
    return back


def _same(first: Positions, second: Positions) -> NDArray[np.bool_]:
    off = np.abs(first - second) <= SAME_PLACE_DEG
    return off[:, 0] & off[:, 1]


def without_repeats(line: Positions) -> tuple[Positions, NDArray[np.int64]]:
    """Return the line without repeated vertices, and the index in the line of each vertex kept."""
    kept = np.ones(len(line), dtype=bool)
    kept[repeats(line)] = False
    indices = np.flatnonzero(kept)
    return (line if len(indices) == len(line) else line[indices]), indices


def tangles(line: Positions) -> NDArray[np.int64]:
    """Return (first, last vertex) rows: the ranges of a line that are not simply on their way from start to end.

    Along the direction from start to end, a segment no earlier vertex reaches beyond and no later one falls behind
    cannot be crossed; a line can cross itself only inside the runs between such segments.
    """
    way = line[-1] - line[0]
    if not way.any():
        return np.array([[0, len(line) - 1]])
    along = line @ way
    furthest = np.maximum.accumulate(along)
    nearest = np.minimum.accumulate(along[::-1])[::-1]
    clear = (along[:-1] >= furthest[:-1]) & (along[1:] <= nearest[1:]) & (along[1:] > along[:-1])
    mixed = np.flatnonzero(~clear)
    if not len(mixed):
        return np.zeros((0, 2), dtype=np.int64)
    breaks = np.flatnonzero(np.diff(mixed) > 1)
    starts, ends = mixed[np.concatenate(([0], breaks + 1))], mixed[np.concatenate((breaks, [len(mixed) - 1]))] + 1
    return np.column_stack([starts, ends])[ends - starts > 1]


def self_crossings(line: Positions) -> tuple[list[tuple[int, float, float]], bool]:
    """Return (segment, lon, lat) where a line crosses or touches itself, one for each tangle, and if all was looked at.

    The line must have no repeated vertices; one that ends where it began does not cross itself there.
    """
    ranges = tangles(line)
    large = ranges[:, 1] - ranges[:, 0] >= LARGEST_SEARCH
    crossed: list[list[int]] = _not_simple(line, ranges[~large])[:MOST_CROSSINGS].tolist()
    unsought = False
    for tangle in ranges[large]:
        part = _first_crossed(line, tangle)
        unsought |= part is None
        crossed += [] if part is None else part.tolist()
    crossings: list[tuple[int, float, float]] = []
    for first, last in sorted(crossed)[:MOST_CROSSINGS]:
        segment, lon, lat = _crossing(line[first : last + 1])
        crossings.append((first + segment, lon, lat))
    return crossings, not unsought


def _not_simple(line: Positions, ranges: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return those of (first, last vertex) ranges of a line in which it crosses or touches itself."""
    if not len(ranges):
        return ranges
    counts = ranges[:, 1] - ranges[:, 0] + 1
    owner = np.repeat(np.arange(len(ranges)), counts)
    offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    shapes = shapely.linestrings(line[np.repeat(ranges[:, 0], counts) + offsets], indices=owner)
    crossed: NDArray[np.int64] = ranges[~shapely.is_simple(shapes)]
    return crossed


def _first_crossed(line: Positions, tangle: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return the first stretch of a large tangle in which it crosses itself, as a row, the tangle where none is short.

    No row where it does not cross itself; None where that would take too long to tell.
    """
    first, last = tangle.tolist()
    if last - first >= LONGEST_TANGLE:
        return None
    starts = np.arange(first, last, LARGEST_SEARCH - 1)
    stretches = np.column_stack([starts, np.minimum(starts + LARGEST_SEARCH - 1, last)])
    crossed = _not_simple(line, stretches)
    if len(crossed):
        return crossed[:1]
    return _not_simple(line, tangle[None]) if _near(line[first : last + 1]) <= MOST_PAIRS else None


def _near(line: Positions) -> float:
    """Return about how many pairs of a line's segments have boxes that meet, were they spread over it evenly."""
    usual = np.abs(np.diff(line, axis=0)).mean(axis=0)
    room = np.ptp(line, axis=0)
    shares = np.minimum(1.0, np.divide(2 * usual, room, out=np.ones(2), where=room > 0))
    return float(len(line) ** 2 / 2 * shares.prod())


def _crossing(part: Positions) -> tuple[int, float, float]:
    """Return the first segment of a line that meets an earlier or later one it does not follow, and where."""
    if len(part) > LARGEST_SEARCH:
        return 0, float(part[0, 0]), float(part[0, 1])
    segments = np.asarray(shapely.linestrings(np.stack([part[:-1], part[1:]], axis=1)))
    tree = shapely.STRtree(segments)
    closing = (part[0] == part[-1]).all()
    for first in range(0, len(segments), SEARCHED_AT_ONCE):
        a, b = tree.query(segments[first : first + SEARCHED_AT_ONCE], predicate="intersects")
        a = a + first
        apart = (b > a + 1) & ~((a == 0) & (b == len(segments) - 1) & closing)
        if apart.any():
            pick = int(np.flatnonzero(apart)[np.argmin(a[apart])])
            meeting = shapely.get_coordinates(shapely.intersection(segments[a[pick]], segments[b[pick]]))[0]
            return int(a[pick]), float(meeting[0]), float(meeting[1])
    # Only neighbours meet: the line lies on itself at a reversal.
    turns = reversals(part)
    at = int(turns[0]) if len(turns) else 0
    return at, float(part[at, 0]), float(part[at, 1])

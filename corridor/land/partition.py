"""Cuts a line where it passes from one polygon of a set into another, exactly and fast."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.land.geodesy import Positions, segment_lengths_m
from corridor.land.line_rows import LineRows

#: Degrees (about 0.1 mm): a piece this close to a polygon counts as inside it, so that a line drawn along an edge does
#: not change sides with the last digit of a coordinate.
ON_EDGE = 1e-9
#: Degrees by which a box is larger than what it is drawn around: more than ON_EDGE and what rounding can add.
BESIDE = 1e-6
#: Segments looked at together before any is looked at alone; a line of 100,000 vertices has few chunks near an edge.
CHUNK = 64
#: Degrees: the box around a longer segment holds many edges that are nowhere near it, so its parts have boxes of their
#: own; and boxes that are looked at together, which bounds the memory that takes.
BOXED_DEG = 0.2
BOXES = 20_000
#: Positions asked together: a point for each takes seven times its two numbers.
AT_ONCE = 10_000


@dataclass(frozen=True)
class PartitionRun:
    """A run of a line with one owner (None: no polygon), by distance along the line in km; ends in degrees."""

    owner: str | None
    from_km: float
    to_km: float
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Parts:
    """The parts of a line that have one owner each and lie on one segment each, in its order.

    `segment` is the number of the segment, `owner` the place of the owner among the names of the partition (-1: none),
    `length_m` the part's share of the geodesic of its segment, `start` and `end` its ends, (n, 2) degrees.
    """

    segment: NDArray[np.intp]
    owner: NDArray[np.int64]
    length_m: NDArray[np.float64]
    start: Positions
    end: Positions

    def by_line(self, ends: NDArray[np.intp], between: NDArray[np.bool_]) -> Iterator["Parts"]:
        """Yield the parts of each line where these are those of several, one after the other.

        `ends` is the number of positions up to the end of each line; segments that are `between` two lines go.
        """
        kept = np.flatnonzero(~between[self.segment])
        segment, owner, length_m = self.segment[kept], self.owner[kept], self.length_m[kept]
        start, end = self.start[kept], self.end[kept]
        firsts = np.concatenate([[0], ends[:-1]])
        edges = np.searchsorted(segment, np.concatenate([firsts, ends[-1:]]))
        for first, a, b in zip(firsts.data, edges[:-1].data, edges[1:].data, strict=True):
            yield Parts(segment[a:b] - first, owner[a:b], length_m[a:b], start[a:b], end[a:b])

    def spliced(self, first: int, gone: int, others: "Parts", came: int) -> "Parts":
        """Return these with the parts on `gone` segments from `first` replaced by `others`, which lie on `came`."""
        a, b = np.searchsorted(self.segment, (first, first + gone)).tolist()
        segment = np.concatenate([self.segment[:a], others.segment + first, self.segment[b:] + (came - gone)])
        return Parts(
            segment,
            np.concatenate([self.owner[:a], others.owner, self.owner[b:]]),
            np.concatenate([self.length_m[:a], others.length_m, self.length_m[b:]]),
            np.concatenate([self.start[:a], others.start, self.start[b:]]),
            np.concatenate([self.end[:a], others.end, self.end[b:]]),
        )


class Partition:
    """Polygons by name, in degrees (lon, lat); where two hold a point, the first in the order given owns it."""

    def __init__(self, shapes: Mapping[str, BaseGeometry]) -> None:
        """Index the edges of `shapes`; the mapping's order decides ties on a shared edge."""
        self.names = tuple(shapes)
        self._shapes = list(shapes.values())
        shapely.prepare(self._shapes)
        ends = [_edges(shape) for shape in self._shapes]
        self._ends = np.unique(np.vstack([*ends, np.zeros((0, 2, 2))]), axis=0)
        self._tree = shapely.STRtree(np.asarray(shapely.linestrings(self._ends)))
        corners = self._ends.reshape(-1, 2)
        self._bounds = (corners.min(axis=0, initial=np.inf) - BESIDE, corners.max(axis=0, initial=-np.inf) + BESIDE)

    def owners(self, positions: Positions) -> list[str | None]:
        """Return the owner of each (lon, lat) position; points on an outer edge are inside."""
        return [self._name(number) for number in self.numbers(positions).tolist()]

    def _name(self, number: int) -> str | None:
        return self.names[number] if number >= 0 else None

    def numbers(self, positions: Positions) -> NDArray[np.int64]:
        """Return the owner of each position as its place in `names`, -1 for none."""
        if len(positions) > AT_ONCE:
            starts = range(0, len(positions), AT_ONCE)
            return np.concatenate([self.numbers(positions[start : start + AT_ONCE]) for start in starts])
        points = np.asarray(shapely.points(np.atleast_2d(positions)))
        numbers = np.full(len(points), -1)
        for number in reversed(range(len(self._shapes))):
            numbers[shapely.intersects(self._shapes[number], points)] = number
        beside = np.unique(self._tree.query(points, predicate="dwithin", distance=ON_EDGE)[0])
        for number in reversed(range(len(self._shapes) if len(beside) else 0)):
            numbers[beside[shapely.dwithin(self._shapes[number], points[beside], ON_EDGE)]] = number
        return numbers

    def pieces(self, line: shapely.LineString) -> tuple[PartitionRun, ...]:
        """Return the runs of `line` by owner, in its order; together exactly as long as the line.

        A segment is straight in degrees (RFC 7946) and as long as the geodesic between its ends; its parts share that
        length in the proportion of their own geodesics.
        """
        return self.joined(self.parts(shapely.get_coordinates(line)))

    def parts(self, positions: Positions) -> Parts:
        """Return the parts of the line through (n, 2) positions; what two neighbours that coincide enclose has none."""
        return next(self.parts_of_all(LineRows.together([positions])))

    def parts_of_all(self, lines: LineRows) -> Iterator[Parts]:
        """Yield the parts of each of several lines; thousands of short ones take as long as a long one."""
        positions, ends = lines.rows, lines.first[1:]
        moves = (positions[1:, 0] != positions[:-1, 0]) | (positions[1:, 1] != positions[:-1, 1])
        # What leads from one line to the next is a segment of neither.
        between = np.zeros(len(moves), bool)
        between[ends[:-1] - 1] = True
        moves |= between
        numbers = np.flatnonzero(moves)
        if len(numbers) == between.sum():
            nowhere = np.zeros((0, 2))
            yield from [Parts(numbers[:0], np.zeros(0, int), np.zeros(0), nowhere, nowhere)] * len(lines)
            return
        if not moves.all():
            positions = positions[np.concatenate([[True], moves])]
        cut = self._cut(positions, between[numbers])
        corners = np.insert(positions, cut.before, cut.corners, axis=0)
        lengths = _shared_lengths(positions, cut.segment, corners)
        owners = self._owners_of_parts(corners, cut.touched, between[numbers][cut.segment])
        every = Parts(numbers[cut.segment], owners, lengths, corners[:-1], corners[1:])
        yield from [every] if len(lines) == 1 else every.by_line(ends, between)

    def joined(self, parts: Parts) -> tuple[PartitionRun, ...]:
        """Return parts that follow each other as runs by owner."""
        if not len(parts.segment):
            return ()
        along = np.concatenate([[0.0], np.cumsum(parts.length_m)]) / 1000.0
        owners = parts.owner
        runs = np.flatnonzero(np.concatenate([[True], owners[1:] != owners[:-1], [True]])).tolist()
        return tuple(
            PartitionRun(
                self._name(int(owners[a])), float(along[a]), float(along[b]), _pair(parts.start[a]),
                _pair(parts.end[b - 1]),
            )
            for a, b in pairwise(runs)
        )  # fmt: skip

    def _cut(self, positions: Positions, between: NDArray[np.bool_]) -> "_Cut":
        """Find every place where a segment of a line meets an edge, as (segment, fraction of it)."""
        segment, edge = self._meetings(positions, between)
        start, along = positions[segment], positions[segment + 1] - positions[segment]
        base, beside = self._ends[edge, 0], self._ends[edge, 1] - self._ends[edge, 0]
        turn = _cross(along, beside)
        with np.errstate(divide="ignore", invalid="ignore"):
            meeting = _cross(base - start, beside) / turn
            # A segment that runs along an edge is cut at both ends of the edge; a needless cut does no harm.
            squared = (along**2).sum(axis=1)
            ends = [((point - start) * along).sum(axis=1) / squared for point in (base, base + beside)]
        fractions = np.concatenate([meeting, *ends])
        segments = np.tile(segment, 3)
        good = np.isfinite(fractions) & (fractions > 0) & (fractions < 1)
        good &= np.concatenate([np.ones(len(segment), bool), *[np.abs(turn) < ON_EDGE * np.sqrt(squared)] * 2])
        number, fraction = segments[good], fractions[good]
        order = np.lexsort((fraction, number))
        number, fraction = number[order], fraction[order]
        # An edge met at its end is met twice; a part shorter than ON_EDGE would have an owner by chance.
        reach = np.hypot(*(positions[number + 1] - positions[number]).T)
        again = np.diff(number, prepend=-1) == 0
        apart = fraction - np.where(again, np.concatenate([[0.0], fraction[:-1]])[: len(fraction)], 0.0)
        keep = (apart * reach > ON_EDGE) & ((1 - fraction) * reach > ON_EDGE)
        number, fraction = number[keep], fraction[keep]
        corners = positions[number] + fraction[:, None] * (positions[number + 1] - positions[number])
        whole = np.arange(len(positions) - 1)
        touched = np.zeros(len(whole), bool)
        touched[segment] = True
        every = np.insert(whole, number + 1, number)
        return _Cut(number + 1, corners, every, touched[every])

    def _meetings(self, positions: Positions, between: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the pairs (segment, edge) that meet, looking at chunks of segments first."""
        starts = np.arange(0, len(positions) - 1, CHUNK)
        low = np.minimum.reduceat(positions[:-1], starts)
        low = np.minimum(low, np.minimum.reduceat(positions[1:], starts))
        high = np.maximum.reduceat(positions[:-1], starts)
        high = np.maximum(high, np.maximum.reduceat(positions[1:], starts))
        near = np.unique(self._tree.query(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))[0])
        numbers = (starts[near][:, None] + np.arange(CHUNK)).ravel()
        numbers = numbers[numbers < len(positions) - 1]
        numbers = numbers[~between[numbers]]
        start, end = self._within(positions[numbers], positions[numbers + 1])
        inside = np.flatnonzero(np.isfinite(start[:, 0]))
        numbers, start, end = numbers[inside], start[inside], end[inside]
        counts = np.maximum(1, np.ceil(np.abs(end - start).max(axis=1, initial=0.0) / BOXED_DEG)).astype(int)
        blocks = np.flatnonzero(np.diff(np.cumsum(counts) // BOXES, prepend=-1)) if len(counts) else np.zeros(1, int)
        meetings = [
            self._met(positions, numbers[a:b], start[a:b], end[a:b], counts[a:b])
            for a, b in pairwise([*blocks.tolist(), len(numbers)])
        ]
        segment, edge = (np.concatenate([np.zeros(0, int), *column]) for column in zip(*meetings, strict=True))
        return segment, edge

    def _within(self, start: Positions, end: Positions) -> tuple[Positions, Positions]:
        """Return the parts of segments that lie in the box around all edges, or a little beyond; NaN for none."""
        low, high = self._bounds
        along = end - start
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            at_low, at_high = (low - start) / along, (high - start) / along
        beside = (along == 0) & ((start < low) | (start > high))
        enter = np.where(along == 0, 0.0, np.minimum(at_low, at_high)).max(axis=1, initial=0.0)
        leave = np.where(along == 0, 1.0, np.maximum(at_low, at_high)).min(axis=1, initial=1.0)
        missed = beside.any(axis=1) | (enter > leave)
        enter, leave = (np.where(missed, np.nan, at)[:, None] for at in (enter, leave))
        return start + enter * along, start + leave * along

    def _met(
        self,
        positions: Positions,
        numbers: NDArray[np.intp],
        start: Positions,
        end: Positions,
        counts: NDArray[np.int64],
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return the pairs (segment, edge) that meet, of segments boxed in `counts` parts between `start` and `end`."""
        of = np.repeat(np.arange(len(numbers)), counts)
        step = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
        along = (end - start)[of] / counts[of, None]
        begin = start[of] + step[:, None] * along
        low, high = np.minimum(begin, begin + along) - BESIDE, np.maximum(begin, begin + along) + BESIDE
        box, edge = self._tree.query(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))
        lines = np.asarray(shapely.linestrings(np.stack([positions[numbers], positions[numbers + 1]], axis=1)))
        which = of[box]
        near = shapely.dwithin(lines[which], self._tree.geometries[edge], ON_EDGE)
        pairs = np.unique(which[near] * len(self._ends) + edge[near])
        return numbers[pairs // len(self._ends)], pairs % len(self._ends)

    def _owners_of_parts(
        self, corners: Positions, touched: NDArray[np.bool_], between: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Return the owner of each part; a run of parts of a line that meets no edge is asked once."""
        asked = touched | np.concatenate([[True], touched[:-1] | between[:-1]])
        middles = (corners[:-1][asked] + corners[1:][asked]) / 2
        return np.asarray(self.numbers(middles)[np.cumsum(asked) - 1])


@dataclass(frozen=True)
class _Cut:
    """Where a line is cut: corners to insert before positions, then for each part its segment and if that was met."""

    before: NDArray[np.intp]
    corners: Positions
    segment: NDArray[np.intp]
    touched: NDArray[np.bool_]


def _shared_lengths(positions: Positions, segment: NDArray[np.intp], corners: Positions) -> NDArray[np.float64]:
    parts = segment_lengths_m(corners)
    cut = np.flatnonzero(np.bincount(segment) > 1)
    if not len(cut):
        return parts
    ends = np.stack([positions[cut], positions[cut + 1]], axis=1).reshape(-1, 2)
    of_cut = np.isin(segment, cut)
    sums = np.bincount(np.searchsorted(cut, segment[of_cut]), weights=parts[of_cut])
    parts[of_cut] *= (segment_lengths_m(ends)[::2] / sums)[np.searchsorted(cut, segment[of_cut])]
    return parts


def _edges(shape: BaseGeometry) -> Positions:
    """Return the edges of a polygon as (n, 2, 2), each with its smaller end first, so that neighbours' edges agree."""
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(shape))]
    edges = np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])
    swap = (edges[:, 0, 0] > edges[:, 1, 0]) | ((edges[:, 0, 0] == edges[:, 1, 0]) & (edges[:, 0, 1] > edges[:, 1, 1]))
    edges[swap] = edges[swap][:, ::-1]
    return np.asarray(edges, dtype=float)


def _cross(a: Positions, b: Positions) -> NDArray[np.float64]:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], dtype=float)


def _pair(position: Positions) -> tuple[float, float]:
    return float(position[0]), float(position[1])

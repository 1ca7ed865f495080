"""What counts of lines where the same ground is drawn again, and what is unusual about places of a line.

Rows of lines are (lon, lat, height): degrees on WGS84 and metres, NaN where there is no height.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import BLOCK, Positions, segment_lengths_m
from corridor.land.line_rows import LineRows
from corridor.reading.chaining import Chains, strung
from corridor.reading.contracting import turning_back
from corridor.reading.line_pieces import NumberGroups, PieceTable, places, places_of
from corridor.reading.repeats import RepeatedRun, repeated_runs, rough_lengths_m

#: Metres between two ends up to which they are taken as one place that was drawn twice: two positions of receivers held
#: in the hand, each good to 8 m in 95 of 100 cases (GPS Standard Positioning Service, 2020), lie up to 16 m apart.
CLOSE_M = 20.0


class PlaceKind(StrEnum):
    """What is unusual about a place of a line."""

    BACK = "run out and back"
    AGAIN = "drawn again"
    BESIDE = "two carriageways or tracks"
    LEGS = "parallel legs"
    ROUNDABOUT = "roundabout"
    TWO_WAYS = "two ways between two places"
    RING = "ring"
    BRANCH = "branch"
    ALTERNATIVES = "alternatives"


@dataclass(frozen=True, slots=True)
class NetworkPlace:
    """Something unusual, where it begins (degrees), its length in km and how far apart two ways are, in metres."""

    kind: PlaceKind
    lon: float
    lat: float
    km: float
    apart_m: float = 0.0


def place_of(
    kind: PlaceKind, rows: Positions, apart_m: float = 0.0, measured: Sequence[Positions] | None = None
) -> NetworkPlace:
    """Return what is unusual as a place: where rows begin, with their length or that of the lines `measured`."""
    km = total_km([rows] if measured is None else measured)
    return NetworkPlace(kind, float(rows[0, 0]), float(rows[0, 1]), km, apart_m)


def km_of(rows: Positions) -> float:
    """Return the geodesic length of a line in km."""
    return float(segment_lengths_m(np.ascontiguousarray(rows[:, :2])).sum()) / 1000.0


def total_km(lines: Sequence[Positions]) -> float:
    """Return the geodesic length of lines together in km."""
    return float(lengths_km(lines).sum())


def lengths_km(lines: Sequence[Positions]) -> NDArray[np.float64]:
    """Return the geodesic length of each line, which has a vertex or more, in km; short ones are measured together."""
    lengths = np.zeros(len(lines))
    vertices = np.cumsum([0, *map(len, lines)])
    first = 0
    while first < len(lines):
        after = max(first + 1, int(np.searchsorted(vertices, vertices[first] + BLOCK)))
        some = lines[first:after]
        starts = vertices[first : first + len(some)] - vertices[first]
        metres = np.append(segment_lengths_m(np.concatenate([rows[:, :2] for rows in some])), 0.0)
        # From the end of a line to the beginning of the next nothing is drawn.
        metres[starts[1:] - 1] = 0.0
        lengths[first : first + len(some)] = np.add.reduceat(metres, starts) / 1000.0
        first += len(some)
    return lengths


def counted_once(graph: PieceTable) -> tuple[PieceTable, list[Positions], list[NetworkPlace]]:
    """Return the pieces that count, and what is drawn again; ends nearer than CLOSE_M are taken to go on."""
    graph, again, unusual = _drawn_once(graph)
    lines = graph
    if len(graph) > 1:
        chains = strung(graph.end_rows, CLOSE_M, free=_met_by_none(graph))
        # A line that turns back sharply is several: one may lie on the other.
        before, after = np.roll(chains.entered ^ 1, 1), chains.entered
        lines = graph.chained(chains.cut(turning_back(graph, before, after) & ~chains.heads))
        # The longer line counts where two lie on each other, whatever order they stand in.
        nodes = lines.ends
        lines = lines.some(np.lexsort((nodes.max(axis=1), nodes.min(axis=1), -np.round(lines.length_m, 3))))
    rows = lines.lines
    # From the end of a line to the beginning of the next nothing is drawn.
    metres = np.delete(rough_lengths_m(rows.rows), rows.first[1:-1] - 1)
    lengths_m = LineRows(metres, rows.first - np.arange(len(rows.first)))
    runs = repeated_runs(LineRows(rows.rows[:, :2], rows.first), lengths_m)
    for run in runs:
        if run.own_leg:
            _, ((_, leg),) = _cut(rows[run.line], [run])
            unusual.append(place_of(PlaceKind.LEGS, leg, run.apart_m))
    runs = [run for run in runs if not run.own_leg]
    if not runs:
        return graph, again, unusual
    bridges = np.unique(graph.ends) if len(lines) < len(graph) else None
    by_line: dict[int, list[RepeatedRun]] = {}
    for run in runs:
        by_line.setdefault(run.line, []).append(run)
    kept: list[LineRows] = []
    line: list[NDArray[np.int64]] = []
    done = 0
    for number, of_line in sorted(by_line.items()):
        left, repeated = _cut(rows[number], of_line)
        kept += [rows[done:number], *(LineRows.together([some]) for some in left)]
        line += [np.arange(done, number), np.full(len(left), number)]
        done = number + 1
        for run, covered in repeated:
            lines_again = list(_without_bridges(LineRows.together([covered]), bridges)[0])
            again += lines_again
            unusual.append(place_of(_kind(run), covered, run.apart_m, lines_again))
    kept.append(rows[done:])
    line.append(np.arange(done, len(rows)))
    counted, of = _without_bridges(LineRows.joined(kept), bridges)
    of = np.concatenate(line)[of]
    pieces = PieceTable.of(counted, lines.stretches)
    forward_m = np.where(lines.forward_m[of] >= 0, 1.0, -1.0) * pieces.length_m
    stretches = NumberGroups.each(len(lines)).chained(Chains.single(2 * of))
    return replace(pieces, forward_m=forward_m, stretches=stretches), again, unusual


def _met_by_none(graph: PieceTable) -> NDArray[np.bool_]:
    """Return of each end whether no other is at its place."""
    _, which, counts = np.unique(graph.ends, return_inverse=True, return_counts=True)
    return np.asarray(counts[which.ravel()] == 1)


def _drawn_once(graph: PieceTable) -> tuple[PieceTable, list[Positions], list[NetworkPlace]]:
    """Return the pieces that are not the same as an earlier one, vertex for vertex in either direction."""
    nodes, rows = graph.ends, graph.lines
    alike = np.column_stack([graph.last - graph.first, nodes.min(axis=1), nodes.max(axis=1)])
    order = np.lexsort(alike.T)
    same = (alike[order][1:] == alike[order][:-1]).all(axis=1)
    several = np.concatenate([[False], same]) | np.concatenate([same, [False]])
    repeated = np.zeros(len(graph), dtype=bool)
    seen: set[bytes] = set()
    # Only of pieces between the same two places it is asked whether they are the same all the way.
    for number in np.sort(order[several]).tolist():
        corners = places(rows[number])
        whole = min(corners.tobytes(), corners[::-1].tobytes())
        repeated[number] = whole in seen
        seen.add(whole)
    if not repeated.any():
        return graph, [], []
    again = [rows[number] for number in np.flatnonzero(repeated).tolist()]
    places_again = [
        NetworkPlace(PlaceKind.AGAIN, float(rows[0, 0]), float(rows[0, 1]), float(km))
        for rows, km in zip(again, lengths_km(again), strict=True)
    ]
    return graph.some(np.flatnonzero(~repeated)), again, places_again


def _without_bridges(lines: LineRows, ends: NDArray[np.int64] | None) -> tuple[LineRows, NDArray[np.int64]]:
    """Return lines without the segments from one of the ends that were strung together to another.

    Beside what is left, its line is returned.
    """
    if ends is None:
        return lines, np.arange(len(lines))
    there = places_of(lines.rows, np.arange(len(lines.rows)))
    # The ends are sorted; to go through all of them for each of thousands of short pieces would take minutes.
    at_end = ends[np.searchsorted(ends[:-1], there)] == there
    cuts = np.flatnonzero(at_end[:-1] & at_end[1:]) + 1
    first = np.union1d(lines.first, cuts)
    counts = np.diff(first)
    long = counts > 1
    kept = lines.rows[np.repeat(long, counts)]
    return LineRows.of(kept, counts[long]), np.searchsorted(lines.first, first[:-1][long], side="right") - 1


def _kind(run: RepeatedRun) -> PlaceKind:
    if not run.same:
        return PlaceKind.BESIDE
    return PlaceKind.BACK if run.back else PlaceKind.AGAIN


def _cut(rows: Positions, runs: list[RepeatedRun]) -> tuple[list[Positions], list[tuple[RepeatedRun, Positions]]]:
    """Return what is left of a line, and what of it is repeated, cut at the nearest vertices or between them."""
    along = np.concatenate([[0.0], np.cumsum(rough_lengths_m(rows))])
    bounds = [0.0, *(_snapped(along, at) for run in runs for at in (run.from_m, run.to_m)), float(along[-1])]
    kept = [
        _between(rows, along, start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=True) if end > start
    ]
    repeated = [
        (run, _between(rows, along, start, end))
        for run, start, end in zip(runs, bounds[1:-1:2], bounds[2:-1:2], strict=True)
        if end > start
    ]
    return kept, repeated


def _snapped(along: Positions, at: float) -> float:
    """Return the distance of the vertex nearest to a place along a line, where there is one within a step."""
    after = int(np.clip(np.searchsorted(along, at), 1, len(along) - 1))
    before, beyond = float(along[after - 1]), float(along[after])
    nearest = before if at - before <= beyond - at else beyond
    return nearest if abs(nearest - at) <= 2 * CLOSE_M else at


def _between(rows: Positions, along: Positions, start: float, end: float) -> Positions:
    """Return the rows of a line between two distances along it, with rows of their own at both ends."""
    inner = rows[np.searchsorted(along, start, side="right") : np.searchsorted(along, end)]
    return np.vstack([_row_at(rows, along, start), inner, _row_at(rows, along, end)])


def _row_at(rows: Positions, along: Positions, at: float) -> Positions:
    after = int(np.clip(np.searchsorted(along, at), 1, len(along) - 1))
    first, length = along[after - 1], along[after] - along[after - 1]
    if at >= along[after]:
        return np.asarray(rows[after])
    return np.asarray(
        rows[after - 1] + (rows[after] - rows[after - 1]) * ((at - first) / length if length > 0 else 0.0)
    )

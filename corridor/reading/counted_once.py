"""What counts of lines where the same ground is drawn again, and what is unusual about places of a line.

Rows of lines are (lon, lat, height): degrees on WGS84 and metres, NaN where there is no height.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import BLOCK, Positions, segment_lengths_m
from corridor.reading.chaining import strung
from corridor.reading.line_pieces import Piece, piece_of, places, strung_together, turns_back
from corridor.reading.repeats import RepeatedRun, repeated_runs, rough_lengths_m

#: Metres between two ends up to which they are taken as one place that was drawn twice: two positions of receivers held
#: in the hand, each good to 8 m in 95 of 100 cases (GPS Standard Positioning Service, 2020), lie up to 16 m apart.
CLOSE_M = 20.0


class PlaceKind(StrEnum):
    """What is unusual about a place of a line."""

    BACK = "run out and back"
    AGAIN = "drawn again"
    BESIDE = "two carriageways or tracks"
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


def counted_once(graph: list[Piece]) -> tuple[list[Piece], list[Positions], list[NetworkPlace]]:
    """Return the pieces that count, and what is drawn again; ends nearer than CLOSE_M are taken to go on."""
    graph, again, unusual = _drawn_once(graph)
    lines = graph
    if len(graph) > 1:
        ends = [end for piece in graph for end in piece.ends]
        _, which, counts = np.unique(ends, return_inverse=True, return_counts=True)
        chains = strung([piece.rows for piece in graph], CLOSE_M, free=counts[which] == 1)
        lines = [
            line
            for chain in chains
            for line in _without_sharp_turns([graph[n].turned if turned else graph[n] for n, turned in chain])
        ]
        # The longer line counts where two lie on each other, whatever order they stand in.
        lines = sorted(lines, key=lambda line: (-round(line.length_m, 3), *line.key[1:]))
    lengths = [rough_lengths_m(line.rows) for line in lines]
    runs = repeated_runs([line.rows[:, :2] for line in lines], lengths)
    if not runs:
        return graph, again, unusual
    bridges = _ends_of(graph) if len(lines) < len(graph) else None
    by_line: dict[int, list[RepeatedRun]] = {}
    for run in runs:
        by_line.setdefault(run.line, []).append(run)
    counted: list[Piece] = []
    for number, line in enumerate(lines):
        kept, repeated = _cut(line, by_line.get(number, []))
        for left in kept:
            sign = 1.0 if left.forward_m >= 0 else -1.0
            pieces = [piece_of(rows, left.parts) for rows in _without_bridges(left.rows, bridges)]
            counted += [replace(piece, forward_m=sign * piece.length_m) for piece in pieces]
        for run, rows in repeated:
            lines_again = _without_bridges(rows, bridges)
            again += lines_again
            unusual.append(place_of(_kind(run), rows, run.apart_m, lines_again))
    return counted, again, unusual


def _without_sharp_turns(chain: list[Piece]) -> list[Piece]:
    """Return the pieces of a chain as one line, or several where it turns back sharply: one may lie on the other."""
    groups: list[list[Piece]] = [[chain[0]]]
    for before, after in pairwise(chain):
        if turns_back(before.rows, after.rows):
            groups.append([])
        groups[-1].append(after)
    return [strung_together(group) for group in groups]


def _drawn_once(graph: list[Piece]) -> tuple[list[Piece], list[Positions], list[NetworkPlace]]:
    """Return the pieces that are not the same as an earlier one, vertex for vertex in either direction."""
    seen: set[bytes] = set()
    first: list[Piece] = []
    again: list[Positions] = []
    for piece in graph:
        corners = places(piece.rows)
        same = min(corners.tobytes(), corners[::-1].tobytes())
        if same in seen:
            again.append(piece.rows)
        else:
            first.append(piece)
        seen.add(same)
    places_again = [
        NetworkPlace(PlaceKind.AGAIN, float(rows[0, 0]), float(rows[0, 1]), float(km))
        for rows, km in zip(again, lengths_km(again), strict=True)
    ]
    return first, again, places_again


def _ends_of(graph: list[Piece]) -> NDArray[np.int64]:
    return np.unique([end for piece in graph for end in piece.ends])


def _without_bridges(rows: Positions, ends: NDArray[np.int64] | None) -> list[Positions]:
    """Return rows without the segments from one of the ends that were strung together to another."""
    if ends is None:
        return [rows]
    # The ends are sorted; to go through all of them for each of thousands of short pieces would take minutes.
    there = places(rows)
    at_end = ends[np.searchsorted(ends[:-1], there)] == there
    cuts = (np.flatnonzero(at_end[:-1] & at_end[1:]) + 1).tolist()
    return [part for part in np.split(rows, cuts) if len(part) > 1]


def _kind(run: RepeatedRun) -> PlaceKind:
    if not run.same:
        return PlaceKind.BESIDE
    return PlaceKind.BACK if run.back else PlaceKind.AGAIN


def _cut(line: Piece, runs: list[RepeatedRun]) -> tuple[list[Piece], list[tuple[RepeatedRun, Positions]]]:
    """Return what is left of a piece, and what of it is repeated, cut at the nearest vertices or between them."""
    if not runs:
        return [line], []
    along = np.concatenate([[0.0], np.cumsum(rough_lengths_m(line.rows))])
    bounds = [0.0, *(_snapped(along, at) for run in runs for at in (run.from_m, run.to_m)), float(along[-1])]
    sign = 1.0 if line.forward_m >= 0 else -1.0
    kept: list[Piece] = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        if end - start > 0:
            left = piece_of(_between(line.rows, along, start, end), line.parts)
            kept.append(replace(left, forward_m=sign * left.length_m))
    repeated = [
        (run, _between(line.rows, along, start, end))
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

"""Knows where a line along the bank of a border river runs: a set distance inside its own State, clear of lakes."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.build.packages import BuildError

Points = NDArray[np.float64]

WINDOW_M = 9_000.0  # how far beyond its two ends a bank is looked at, and a tenth of their distance more
FARTHEST_END_M = 8_000.0  # from an end to the bank; more means that the bank is broken in between
BEND_REACH = 4.0  # a line is bent towards a fixed point over this many times the distance it has to move
SHORTEST_REACH_M = 1_200.0
EVERY_M = 120.0
ROUNDS = 8


def bank_line(
    own: BaseGeometry, keep_out: BaseGeometry, start: Points, end: Points, *, offset_m: float, radius_m: float
) -> Points:
    """Positions (metres) of the line `offset_m` from `keep_out` inside `own`, from near `start` to near `end`.

    `keep_out` is the State across the river together with the lakes. Bays of the river narrower than twice
    `radius_m` are cut off (a morphological closing), so the line never turns tighter than `radius_m` there and
    never comes closer to `keep_out` than `offset_m`. Raises BuildError when the bank is broken between the ends.
    """
    reach = WINDOW_M + 0.1 * float(np.hypot(*(end - start)))
    window = shapely.buffer(shapely.MultiPoint([start, end]).envelope, reach + offset_m + radius_m)
    nearby = shapely.buffer(shapely.intersection(keep_out, window), offset_m + radius_m, quad_segs=24)
    edge = shapely.boundary(shapely.buffer(nearby, -radius_m, quad_segs=24))
    inner = shapely.buffer(shapely.MultiPoint([start, end]).envelope, reach)
    inside = shapely.intersection(edge, shapely.intersection(own, inner))
    merged = shapely.line_merge(shapely.union_all([p for p in shapely.get_parts(inside) if p.length > 0]))
    ends = shapely.points(start), shapely.points(end)
    parts = sorted(shapely.get_parts(merged), key=lambda part: sum(part.distance(point) for point in ends))
    line = parts[0]
    at = [float(shapely.line_locate_point(line, point)) for point in ends]
    if max(line.distance(point) for point in ends) > FARTHEST_END_M:
        msg = "The bank is broken between the two ends; choose ends on one unbroken stretch of it."
        raise BuildError(msg)
    stretch = np.arange(min(at), max(at), EVERY_M)
    places = shapely.get_coordinates(shapely.line_interpolate_point(line, [*stretch, max(at)]))
    return places if at[0] < at[1] else places[::-1]


def bent_through(line: Points, fixed: list[Points]) -> Points:
    """The line moved, smoothly and only nearby, so that it passes through every position in `fixed` (metres)."""
    anchors = [int(np.argmin(np.hypot(*(line - position).T))) for position in fixed]
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    moved = line.copy()
    for _ in range(ROUNDS):  # each bend disturbs its neighbours a little
        for anchor, position in zip(anchors, fixed, strict=True):
            shift = position - moved[anchor]
            reach = max(SHORTEST_REACH_M, BEND_REACH * float(np.hypot(*(position - line[anchor]))))
            away = np.clip(np.abs(along - along[anchor]) / reach, 0.0, 1.0)
            moved = moved + (0.5 * (1.0 + np.cos(np.pi * away)))[:, None] * shift
    for anchor, position in zip(anchors, fixed, strict=True):
        moved[anchor] = position
    return moved

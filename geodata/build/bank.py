"""Knows where a line along the bank of a border river runs: a set distance inside its own State, clear of lakes."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geodata.build.packages import BuildError

Points = NDArray[np.float64]

WINDOW_M = 9_000.0  # how far beyond its two ends a bank is looked at
BEND_REACH = 4.0  # a line is bent towards a fixed point over this many times the distance it has to move
SHORTEST_REACH_M = 1_200.0
EVERY_M = 120.0


def bank_line(
    own: BaseGeometry, keep_out: BaseGeometry, start: Points, end: Points, *, offset_m: float, radius_m: float
) -> Points:
    """Positions (metres) of the line `offset_m` from `keep_out` inside `own`, from near `start` to near `end`.

    `keep_out` is the State across the river together with the lakes. Bays of the river narrower than twice
    `radius_m` are cut off (a morphological closing), so the line never turns tighter than `radius_m` there and
    never comes closer to `keep_out` than `offset_m`. Raises BuildError when the bank is broken between the ends.
    """
    window = shapely.buffer(shapely.MultiPoint([start, end]).envelope, WINDOW_M + offset_m + radius_m)
    nearby = shapely.buffer(shapely.intersection(keep_out, window), offset_m + radius_m, quad_segs=24)
    edge = shapely.boundary(shapely.buffer(nearby, -radius_m, quad_segs=24))
    inner = shapely.buffer(shapely.MultiPoint([start, end]).envelope, WINDOW_M)
    inside = shapely.intersection(edge, shapely.intersection(own, inner))
    merged = shapely.line_merge(shapely.union_all([p for p in shapely.get_parts(inside) if p.length > 0]))
    ends = shapely.points(start), shapely.points(end)
    parts = sorted(shapely.get_parts(merged), key=lambda part: sum(part.distance(point) for point in ends))
    line = parts[0]
    at = [float(shapely.line_locate_point(line, point)) for point in ends]
    if abs(at[0] - at[1]) < 0.6 * ends[0].distance(ends[1]):
        msg = "The bank is broken between the two ends; choose ends on one unbroken stretch of it."
        raise BuildError(msg)
    stretch = np.arange(min(at), max(at), EVERY_M)
    places = shapely.get_coordinates(shapely.line_interpolate_point(line, [*stretch, max(at)]))
    return places if at[0] < at[1] else places[::-1]


def bent_through(line: Points, fixed: list[Points]) -> Points:
    """The line moved, smoothly and only nearby, so that it passes through every position in `fixed` (metres)."""
    moved = line.copy()
    for _ in range(6):  # each bend disturbs its neighbours a little; they settle in a few rounds
        for position in fixed:
            nearest = int(np.argmin(np.hypot(*(moved - position).T)))
            shift = position - moved[nearest]
            reach = max(SHORTEST_REACH_M, BEND_REACH * float(np.hypot(*shift)))
            along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(moved, axis=0).T))])
            away = np.clip(np.abs(along - along[nearest]) / reach, 0.0, 1.0)
            weight = 0.5 * (1.0 + np.cos(np.pi * away))
            moved = moved + weight[:, None] * shift
    for position in fixed:
        moved[int(np.argmin(np.hypot(*(moved - position).T)))] = position
    return moved

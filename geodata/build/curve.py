"""Knows how a smooth line is laid through given positions, each of which it passes exactly."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

Points = NDArray[np.float64]

EVERY_M = 150.0
THINNING_M = 12.0
SMOOTHED_M = 40.0


def smooth_through(fixed: Points) -> list[Points]:
    """The spans of a centripetal Catmull-Rom curve through `fixed` (metres), one span per pair of neighbours.

    Centripetal spacing (Yuksel, Schaefer and Keyser 2011) makes no loops or cusps where positions lie unevenly.
    """
    first, last = 2 * fixed[0] - fixed[1], 2 * fixed[-1] - fixed[-2]
    padded = np.vstack([first, fixed, last])
    knots = np.concatenate([[0.0], np.cumsum(np.sqrt(np.hypot(*np.diff(padded, axis=0).T)))])
    return [_span(padded[i : i + 4], knots[i : i + 4]) for i in range(len(fixed) - 1)]


def joined(spans: list[Points]) -> Points:
    """One line of all spans, each thinned on its own so that the positions between them stay vertices."""
    thinned = [shapely.get_coordinates(shapely.simplify(shapely.linestrings(span), THINNING_M)) for span in spans]
    return np.vstack([thinned[0], *(span[1:] for span in thinned[1:])])


def smoothed(course: Points, within_m: float) -> Points:
    """A curve through every vertex of a generalised course (metres), thinned to SMOOTHED_M.

    Raises ValueError where it leaves the course by more than `within_m`, the accuracy the course has.
    """
    curve = shapely.linestrings(np.vstack([course[:1], *(span[1:] for span in smooth_through(course))]))
    curve = shapely.simplify(curve, SMOOTHED_M)
    looked_at = shapely.points(shapely.get_coordinates(shapely.segmentize(curve, EVERY_M)))
    off = float(shapely.distance(looked_at, shapely.linestrings(course)).max())
    if off > within_m:
        msg = f"the smoothed course lies {off:.0f} m off, more than its accuracy of {within_m:g} m."
        raise ValueError(msg)
    return shapely.get_coordinates(curve)


def _span(four: Points, knots: NDArray[np.float64]) -> Points:
    """Barry and Goldman's pyramid between the second and third of four positions."""
    count = max(2, int(np.hypot(*(four[2] - four[1])) / EVERY_M) + 1)
    at = np.linspace(knots[1], knots[2], count)[:, None]

    def between(a: Points, b: Points, low: int, high: int) -> Points:
        return (a * (knots[high] - at) + b * (at - knots[low])) / (knots[high] - knots[low])

    a1, a2, a3 = between(four[0], four[1], 0, 1), between(four[1], four[2], 1, 2), between(four[2], four[3], 2, 3)
    span = between(between(a1, a2, 0, 2), between(a2, a3, 1, 3), 1, 2)
    span[0], span[-1] = four[1], four[2]
    return span

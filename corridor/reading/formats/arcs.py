"""Arcs of circles as chords: how many there were, and by how much these leave them."""

import math
from dataclasses import dataclass

from corridor.land.geodesy import DEGREE_DECIMALS

#: Degrees of an arc that one chord stands for, as GDAL has it; of a circle of 1 km it leaves 0.6 m.
ARC_STEP = math.radians(4.0)
#: What one chord leaves its arc by at most, as a share of the radius: the sagitta of the step.
OFF = 1 - math.cos(ARC_STEP / 2)


@dataclass(slots=True)
class ArcTally:
    """How many arcs became chords, and by how much these leave them at most, in the unit of the coordinates."""

    count: int = 0
    off: float = 0.0


def chords(
    start: tuple[float, ...], middle: tuple[float, ...], end: tuple[float, ...], tally: ArcTally
) -> list[tuple[float, ...]]:
    """Return the positions of the chords that stand for an arc, without its start; three in a line are no arc.

    `middle` lies anywhere on the arc. Positions are (x, y) and what follows them, which goes on evenly.
    """
    (ax, ay), (bx, by), (cx, cy) = start[:2], middle[:2], end[:2]
    if (ax, ay) == (cx, cy):
        # A full circle, with the middle opposite its start.
        x, y, turn = (ax + bx) / 2, (ay + by) / 2, math.tau
    else:
        twice = 2 * ((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
        ab, ac = (bx - ax) ** 2 + (by - ay) ** 2, (cx - ax) ** 2 + (cy - ay) ** 2
        if abs(twice) <= 1e-12 * max(ab, ac):
            return [middle, end]
        x, y = ax + ((cy - ay) * ab - (by - ay) * ac) / twice, ay + ((bx - ax) * ac - (cx - ax) * ab) / twice
        turn = (math.atan2(cy - y, cx - x) - math.atan2(ay - y, ax - x)) % math.tau
        turn = turn if twice > 0 else turn - math.tau
    steps = max(2, math.ceil(abs(turn) / ARC_STEP))
    radius, first = math.hypot(ax - x, ay - y), math.atan2(ay - y, ax - x)
    tally.count, tally.off = tally.count + 1, max(tally.off, radius * OFF)
    rest = [tuple(a + (b - a) * i / steps for a, b in zip(start[2:], end[2:], strict=True)) for i in range(steps)]
    arc: list[tuple[float, ...]] = []
    for i in range(1, steps):
        angle = first + turn * i / steps
        # What is worked out here is no more exact than a centimetre.
        place = (
            round(x + radius * math.cos(angle), DEGREE_DECIMALS),
            round(y + radius * math.sin(angle), DEGREE_DECIMALS),
        )
        arc.append((*place, *rest[i]))
    return [*arc, end]

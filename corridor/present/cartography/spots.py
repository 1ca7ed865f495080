"""Where on a map a name could stand: around its mark, in its area, along its river; and what each spot costs."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.land.geodesy import Values
from corridor.present.cartography.cutting import joined, runs_of
from corridor.present.cartography.drawing import Points, Type
from corridor.present.cartography.lettering import LINE
from corridor.present.cartography.placement import Baseline, Ground, NameSpot
from corridor.present.cartography.projection import Box
from corridor.present.cartography.riverside import Bent, along
from corridor.present.typography.typefaces import BELOW, CAPITAL, advances, width

#: The places about a mark, best first (after Imhof 1962): to which side, and what it costs.
AROUND = (
    ((1, 0), 0.0), ((1, -1), 0.5), ((1, 1), 0.8), ((-1, 0), 1.2),
    ((-1, -1), 1.6), ((-1, 1), 1.9), ((0, -1), 1.4), ((0, 1), 1.8),
)  # fmt: skip
#: Points between a mark and its name, and the further distance that is tried.
CLOSE, FARTHER = 1.6, 3.4
#: What it costs when a name leaves the country of its place, and to stand farther off.
ABROAD, FAR = 28.0, 0.7
#: How much nearer a name stands at a corner, and where along a name it is asked which country lies there.
SLANT, ALONG = 0.72, (0.05, 0.35, 0.65, 0.95)
#: The steps between the spots tried in an area as a share of its width, within limits in points.
STEPS, LEAST_STEP, MOST_STEP = 0.08, 3.0, 12.0
#: What it costs when one of nine places of a name lies outside its area, and how many spots are kept.
OUTSIDE, KEPT = 10.0, 24
#: What a point away from the best spot of an area costs.
AWAY = 0.04
#: Points from a river at which its name is tried, and what a point costs.
RIVER_AWAY, RIVER_AWAY_COST = (2.2, 5.0, 8.0, 11.0), 0.6
#: What one way of breaking a name costs more than the one before.
BROKEN = 1.5


def around(
    mark: Box, text: str, kind: Type, inside: Box, homes: Sequence[BaseGeometry], ground: Ground
) -> Iterator[NameSpot]:
    """Yield the spots of a name about its mark; `homes` is the land it should not leave, if any."""
    wide = width(text, kind.size, kind.weight, kind.italic, kind.spacing)
    high, deep = kind.size * CAPITAL, kind.size * BELOW
    x, y, radius = mark.left + mark.width / 2, mark.top + mark.height / 2, mark.width / 2
    boxes, bases, costs = [], [], []
    for gap in (CLOSE, FARTHER):
        off = radius + gap
        for (across, down), cost in AROUND:
            slant = SLANT if across and down else 1.0
            left = x + across * off * slant + (0.0 if across > 0 else -wide if across < 0 else -wide / 2)
            base = y + (high / 2 if not down else off * slant + high if down > 0 else -off * slant - deep * 0.3)
            boxes.append(Box(left, base - high, wide, high + deep))
            bases.append(base)
            costs.append(cost + (FAR if gap == FARTHER else 0.0))
    under = ground.under(np.array([box.edges for box in boxes])) + ABROAD * _abroad(boxes, homes)
    for box, base, cost, more in zip(boxes, bases, costs, under.tolist(), strict=True):
        if inside.holds(box):
            yield NameSpot((box, mark), cost + more, (Baseline(text, box.left, base),), kind)


def _abroad(boxes: Sequence[Box], homes: Sequence[BaseGeometry]) -> Values:
    """Return which share of each name reaches into other countries."""
    if not homes:
        return np.zeros(len(boxes))
    xs = np.array([[box.left + share * box.width for share in ALONG] for box in boxes])
    ys = np.array([[box.top + box.height / 2] * len(ALONG) for box in boxes])
    inside = np.zeros(xs.shape, dtype=bool)
    for home in homes:
        inside |= shapely.contains_xy(home, xs, ys)
    return np.asarray((~inside).mean(axis=1))


def in_area(
    area: BaseGeometry,
    best: tuple[float, float],
    text: str,
    kind: Type,
    inside: Box,
    ground: Ground,
    *,
    most: int = 1,
    spare: int = 1,
    land: BaseGeometry | None = None,
) -> list[NameSpot]:
    """Return the spots of a name in an area on one row or on up to `most`, the nearest to `best` cheapest.

    Of nine places of the name, `spare` may lie outside the area. `land` is the area as `thinned` returns it, for a
    name that is tried in several sizes.
    """
    spots: list[NameSpot] = []
    edges = np.array(inside.edges)
    land = thinned(area) if land is None else land
    west, north, east, south = shapely.bounds(area).tolist()
    for rows in range(1, most + 1):
        parts = broken(text, rows)
        if len(parts) != rows:
            break
        widths = [width(part, kind.size, kind.weight, kind.italic, kind.spacing) for part in parts]
        wide, step = max(widths), kind.size * LINE
        high = step * (rows - 1) + kind.size * CAPITAL
        grid = min(max((east - west) * STEPS, LEAST_STEP), MOST_STEP)
        xs = np.concatenate([[best[0]], np.arange(west + wide / 2, east - wide / 2, grid)])
        ys = np.concatenate([[best[1]], np.arange(north + high / 2, south - high / 2, grid * 0.7)])
        centres = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
        reach = np.array([-wide / 2, -high / 2, wide / 2, high / 2 + kind.size * BELOW * 0.5])
        covered = np.hstack([centres, centres]) + reach
        # Which places lie outside the area is the slow question, and asked last.
        fits = (covered[:, :2] >= edges[:2]).all(axis=1) & (covered[:, 2:] <= edges[2:]).all(axis=1)
        centres, covered = centres[fits], covered[fits]
        outside = _outside(land, centres, wide, high, spare)
        good = outside <= spare
        centres, covered, outside = centres[good], covered[good], outside[good]
        away = np.hypot(*(centres - best).T)
        costs = AWAY * away + OUTSIDE * outside + BROKEN * (rows - 1) + ground.under(covered)
        for number in _scattered(centres, costs, step):
            (x, y), (left, top, right, bottom) = centres[number].tolist(), covered[number].tolist()
            lines = tuple(
                Baseline(part, x - own / 2, y - high / 2 + kind.size * CAPITAL + line * step)
                for line, (part, own) in enumerate(zip(parts, widths, strict=True))
            )
            spots.append(NameSpot((Box(left, top, right - left, bottom - top),), float(costs[number]), lines, kind))
    return sorted(spots, key=lambda spot: spot.cost)


def thinned(area: BaseGeometry) -> BaseGeometry:
    """Return an area with the detail a name needs, ready to be asked which places lie in it."""
    land = shapely.simplify(area, 0.5)
    shapely.prepare(land)
    return land


def _scattered(centres: Points, costs: Values, apart: float) -> list[int]:
    """Return the numbers of the cheapest spots, no two nearer than `apart`, so that a name can give way."""
    kept: list[int] = []
    free = np.ones(len(costs), dtype=bool)
    for at in np.argsort(costs, kind="stable").tolist():
        if free[at]:
            kept.append(at)
            free &= np.hypot(*(centres - centres[at]).T) >= apart
        if len(kept) == KEPT:
            break
    return kept


def _outside(land: BaseGeometry, centres: Points, wide: float, high: float, spare: int) -> NDArray[np.int_]:
    """Return how many of nine places of a name lie outside the land, for each centre; more than `spare` is not counted.

    The corners are asked first, for they lie outside most often.
    """
    corners = [(a * wide / 2, b * high / 2) for a in (-1, 1) for b in (-1, 1)]
    others = [(a * wide / 2, b * high / 2) for a in (-1, 0, 1) for b in (-1, 0, 1) if 0 in (a, b)]
    outside = np.zeros(len(centres), dtype=int)
    for steps in (corners, others):
        asked = np.flatnonzero(outside <= spare)
        places = centres[asked, None, :] + np.array(steps)
        outside[asked] += (~shapely.contains_xy(land, places[..., 0], places[..., 1])).sum(axis=1)
    return outside


def on_river(river: BaseGeometry, text: str, kind: Type, inside: Box, ground: Ground) -> list[NameSpot]:
    """Return the spots of a name along a river."""
    letters = np.array(advances(text, kind.weight, kind.italic)) * kind.size
    edges = np.array(inside.edges)
    places: list[tuple[float, Bent, int]] = []
    for course in runs_of(joined([river])):
        for away in RIVER_AWAY:
            for bent in along(course, letters, kind.spacing, kind.size, away):
                fits = (bent.covered[..., :2] >= edges[:2]).all(axis=(1, 2))
                fits &= (bent.covered[..., 2:] <= edges[2:]).all(axis=(1, 2))
                costs = bent.costs + RIVER_AWAY_COST * away + ground.under(bent.covered).sum(axis=1)
                places += [(float(costs[number]), bent, number) for number in np.flatnonzero(fits).tolist()]
    spots = []
    for cost, bent, number in sorted(places, key=lambda place: place[0])[:KEPT]:
        boxes = tuple(Box(a, b, c - a, d - b) for a, b, c, d in bent.covered[number].tolist())
        spots.append(NameSpot(boxes, cost, (bent.row(number, text, float(letters[-1])),), kind))
    return spots


def broken(text: str, rows: int) -> list[str]:
    """Return a name broken into rows as equal as its words allow; fewer when it has not so many words."""
    words = text.split(" ")
    if rows <= 1 or len(words) < rows:
        return [text]
    best: tuple[int, list[str]] | None = None
    for first in range(1, len(words) - rows + 2):
        parts = [" ".join(words[:first]), *broken(" ".join(words[first:]), rows - 1)]
        if len(parts) == rows:
            longest = max(map(len, parts))
            if best is None or longest < best[0]:
                best = (longest, parts)
    return best[1] if best else [text]

"""How lines that would hide each other on a small map are drawn side by side, each on the side where it runs.

Along the Araks, border, river, railway and road lie within a few hundred metres, less than the width of one of them at
1:4,000,000. As an atlas does, the river and the border stay where they are, the railway is moved clear of the border
into its own country, and the road clear of the railway; by a few points at most, less than most of these lines are
known to. Where the scale gives them room nothing is moved. Ends on a border stay, so that a crossing stays a crossing,
and no line leaves its country.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.land.features import FeatureId
from corridor.present.cartography.drawing import Points

#: Points between the corners a line is given before it is moved.
SAMPLE = 1.5
#: Points between its corners where it has to follow a jagged border.
FINE = 0.3
#: A line nearer than its clearance for fewer points than this crosses, and is left alone.
ALONGSIDE = 6.0
#: Samples to each side over which a movement is evened out.
EVEN = 4
#: Farther than this many clearances nothing is moved: the land there is narrower than the lines.
TOO_FAR = 2.2
#: Points by which two casings may overlap.
SHARED = 0.4
#: A mark nearer than this to a line stands on it and is moved with it.
ON_LINE = 1.0

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False, slots=True)
class OffsetLine:
    """A route on the page in points: its line, the land of its country, and half its width with its casing.

    `on_border` are the positions of those of its ends that lie on a border. Of two ways the one with the lower `order`
    stays and the other makes room; of one order, the first.
    """

    line: BaseGeometry
    country: FeatureId
    half: float
    on_border: Points
    order: int


@dataclass(frozen=True, eq=False, slots=True)
class Apart:
    """Lines as they are drawn, and by how much places along them were moved."""

    lines: dict[FeatureId, BaseGeometry]
    places: Points
    moves: Points

    def moved(self, x: float, y: float) -> tuple[float, float]:
        """Return where a mark at a point is drawn: with its line, when it stands on one."""
        if not len(self.places):
            return x, y
        distances = np.hypot(*(self.places - (x, y)).T)
        nearest = int(np.argmin(distances))
        if distances[nearest] > ON_LINE:
            return x, y
        dx, dy = self.moves[nearest].tolist()
        return x + dx, y + dy


def kept_apart(
    ways: Mapping[FeatureId, OffsetLine], countries: Mapping[FeatureId, BaseGeometry], border_half: float
) -> Apart:
    """Return the lines of `ways` side by side, clear of borders that are `border_half` points to each side."""
    lands = {name: _Land(shape) for name, shape in countries.items()}
    laid: dict[int, _Laid] = {}
    joints: dict[int, dict[tuple[float, float], Points]] = {}
    lines: dict[FeatureId, BaseGeometry] = {}
    places, moves = [np.zeros((0, 2))], [np.zeros((0, 2))]
    for identity, way in sorted(ways.items(), key=lambda pair: pair[1].order):
        starts = [_sampled(part) for part in shapely.get_parts(way.line)]
        ends = [_placed(start, way, lands[way.country], laid, border_half) for start in starts]
        for start, end in zip(starts, ends, strict=True):
            _meet(start, end, joints.setdefault(way.order, {}), way.half)
        laid.setdefault(way.order, _Laid(way.half)).add(starts, ends)
        lines[identity] = _kept_inside(shapely.simplify(shapely.MultiLineString(ends), 0.05), lands[way.country])
        places += starts
        moves += [end - start for start, end in zip(starts, ends, strict=True)]
    return Apart(lines, np.vstack(places), np.vstack(moves))


class _Land:
    """The land of a country on the page, and what is left of it at a distance from its edge."""

    def __init__(self, shape: BaseGeometry) -> None:
        self.shape = shape
        self.coarse = shapely.simplify(shape, 0.3)
        self.edge = shapely.boundary(self.coarse)
        shapely.prepare([self.shape, self.edge])
        self._cores: dict[float, BaseGeometry] = {}

    def core(self, clear: float) -> BaseGeometry:
        if clear not in self._cores:
            shape = self.coarse if clear > FINE else self.shape
            self._cores[clear] = shapely.buffer(shape, -clear, quad_segs=2)
            shapely.prepare(self._cores[clear])
        return self._cores[clear]

    def depth(self, places: Points) -> float:
        """Return how deep inside the country places lie in the middle; negative outside."""
        points = shapely.points(places)
        away = shapely.distance(self.edge, points)
        return float(np.median(np.where(shapely.contains(self.shape, points), away, -away)))


@dataclass(eq=False, slots=True)
class _Laid:
    """The lines of one order that are laid already, and where they began and ended before they were moved."""

    half: float
    lines: list[BaseGeometry] = field(default_factory=list)
    ends: list[Points] = field(default_factory=list)

    def add(self, starts: list[Points], ends: list[Points]) -> None:
        self.lines += [shapely.LineString(end) for end in ends]
        self.ends += [start[[0, -1]] for start in starts]


def _points(places: Points) -> NDArray[np.object_]:
    return np.asarray(shapely.points(places))


def _sampled(line: BaseGeometry) -> Points:
    return shapely.get_coordinates(shapely.segmentize(line, SAMPLE))


def _placed(start: Points, way: OffsetLine, land: _Land, laid: Mapping[int, _Laid], border_half: float) -> Points:
    """Return where the corners of a line are drawn."""
    clear = way.half + border_half
    places = start + _evened(_off_border(start, land, clear))
    for order, others in laid.items():
        aside = _evened(_beside(places, land, clear, others, way.half + others.half - SHARED))
        held = _fading(start, np.vstack(others.ends), 3 * clear) if order == way.order else 1.0
        places = places + aside * np.broadcast_to(held, len(start))[:, None]
    places = start + (places - start) * _fading(start, way.on_border, 2 * clear)[:, None]
    return _within(places, land)


def _off_border(start: Points, land: _Land, clear: float) -> Points:
    """Return moves that bring what runs along the border of its country `clear` points inside."""
    moves = np.zeros_like(start)
    points = _points(start)
    near = np.asarray(shapely.dwithin(land.edge, points, clear)) | ~np.asarray(shapely.contains(land.shape, points))
    core = land.core(clear) if near.any() else shapely.Polygon()
    if shapely.is_empty(core):
        return moves
    for begin, end in _runs(near, start):
        feet = shapely.get_coordinates(shapely.shortest_line(core, points[begin:end]))[::2]
        moves[begin:end] = feet - start[begin:end]
    return np.where(np.hypot(*moves.T)[:, None] <= TOO_FAR * clear, moves, 0.0)


def _beside(start: Points, land: _Land, clear: float, laid: _Laid, gap: float) -> Points:
    """Return moves that bring what runs along laid lines `gap` points beside them, all of a stretch to one side."""
    moves = np.zeros_like(start)
    points = _points(start)
    lines = shapely.multilinestrings(laid.lines)
    shapely.prepare(lines)
    for begin, end in _runs(np.asarray(shapely.dwithin(lines, points, gap)), start):
        feet = shapely.get_coordinates(shapely.shortest_line(lines, points[begin:end]))[::2]
        ahead = np.gradient(feet, axis=0)
        normal = np.column_stack([-ahead[:, 1], ahead[:, 0]])
        normal /= np.maximum(np.hypot(*normal.T), 1e-9)[:, None]
        sides = {sign: feet + sign * gap * normal for sign in (1.0, -1.0)}
        side = 1.0 if ((start[begin:end] - feet) * normal).sum() >= 0 else -1.0
        if land.depth(sides[side]) < clear:
            side = max(sides, key=lambda sign: land.depth(sides[sign]))
        moves[begin:end] = sides[side] - start[begin:end]
    return moves


def _runs(flags: Flags, corners: Points) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every stretch of flagged corners that is long enough to run alongside."""
    edges = np.flatnonzero(np.concatenate([[True], flags[1:] != flags[:-1], [True]])).tolist()
    for begin, end in pairwise(edges):
        if flags[begin] and np.hypot(*np.diff(corners[begin:end], axis=0).T).sum() >= ALONGSIDE:
            yield begin, end


def _meet(start: Points, end: Points, joints: dict[tuple[float, float], Points], half: float) -> None:
    """Let a line end exactly where another of its order that began or ended at the same place was drawn to."""
    for side in (0, -1):
        x, y = start[side].tolist()
        joint = joints.setdefault((round(x, 6), round(y, 6)), end[side].copy())
        end += (joint - end[side]) * (1 - _fading(start, start[[side]], 6 * half))[:, None]
        end[side] = joint


def _evened(moves: Points) -> Points:
    """Return moves evened out along the line; the ends keep theirs, so that the next line still meets them."""
    if not moves.any():
        return moves
    window = np.ones(2 * EVEN + 1) / (2 * EVEN + 1)
    padded = np.pad(moves, ((EVEN, EVEN), (0, 0)), mode="edge")
    evened = np.column_stack([np.convolve(padded[:, axis], window, mode="valid") for axis in (0, 1)])
    held = np.minimum(1.0, np.minimum(np.arange(len(moves)), np.arange(len(moves))[::-1]) / EVEN)[:, None]
    return np.asarray(held * evened + (1 - held) * moves)


def _fading(start: Points, held: Points, reach: float) -> NDArray[np.float64]:
    """Return the share of its move that each corner makes: none at a held place, all of it `reach` from there."""
    if not len(held):
        return np.ones(len(start))
    away = np.hypot(*(start[:, None, :] - held[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    share = np.clip(away / reach, 0.0, 1.0)
    return np.asarray(share * share * (3 - 2 * share))


def _within(places: Points, land: _Land, edge: float = 0.0) -> Points:
    """Return places with those that fell outside their country brought back to its edge, or `edge` points inside it."""
    points = _points(places)
    out = ~shapely.intersects(land.shape, points)
    if out.any():
        inside = land.core(edge) if edge else land.shape
        places[out] = shapely.get_coordinates(shapely.shortest_line(inside, points[out]))[::2]
    return places


def _kept_inside(line: BaseGeometry, land: _Land) -> BaseGeometry:
    """Return a line that does not leave its country between its corners either, where the border is jagged."""
    if shapely.covers(land.shape, line):
        return line
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(shapely.segmentize(line, FINE))]
    inside = [_within(part, land, FINE / 4) for part in parts]
    for before, after in zip(parts, inside, strict=True):
        after[[0, -1]] = before[[0, -1]]
    return shapely.simplify(shapely.MultiLineString(inside), FINE / 10)

"""Which routes of a file lie wholly on another of them, so that they draw again what counts already.

A route is covered where every place along it lies within SAME_M of one other route: a piece of it, or the same way
drawn with other vertices. One that leaves the other anywhere, such as an alternative that shares an end, is not.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.land.geodesy import Positions, Values
from corridor.reading.modes import stated_mode
from corridor.reading.parallel_looks import SAME_M
from corridor.reading.repeats import AGAIN_M, FARTHEST_NORTH, plane, rough_lengths_m

#: Routes among which covered ones are sought; a file of more holds pieces of roads, not routes.
MOST_ROUTES = 20_000
#: Segments of a line that have one box together, and routes that are looked for at once.
CHUNK = 64
AT_ONCE = 100
#: Lines met at the ends and middles of all routes, and places looked at between them, after which no more is sought.
MOST_MET = 1_000_000
MOST_LOOKS = 500_000
#: Metres along a route between two looks, and the most looks along one.
LOOK_M = 25.0
MOST_ALONG = 40_000
#: Share of its length to which a route has to come to be asked whether it covers the longer one as well.
AS_LONG = 0.9

#: A route as its lines; each has rows of (lon, lat, ...) in degrees on WGS84.
RouteLines = Sequence[Positions]


def covered_routes(
    routes: Sequence[RouteLines], comparable: Callable[[int, int], bool] = lambda _a, _b: True
) -> dict[int, int]:
    """Return the number of the route that covers it for each route that is covered; that one is covered by none.

    Of two that cover each other the earlier counts. `comparable` says of two whether they can be the same at all. The
    cost is linear in the vertices, with MOST_MET and MOST_LOOKS as its bounds.
    """
    if not 1 < len(routes) <= MOST_ROUTES:
        return {}
    lines = _Lines.of(routes)
    cover: dict[int, int] = {}
    for number, others in _met(lines):
        for other in others:
            root = cover.get(other, other)
            if comparable(number, root) and lines.lies_on(number, other):
                cover[number] = root
                break
    for root in sorted(set(cover.values())):
        _let_the_earlier_count(root, cover, lines)
    return cover


def _let_the_earlier_count(root: int, cover: dict[int, int], lines: "_Lines") -> None:
    members = sorted(number for number, other in cover.items() if other == root)
    for member in members:
        if member > root:
            return
        if lines.length_m[member] >= AS_LONG * lines.length_m[root] and lines.lies_on(root, member):
            cover.update(dict.fromkeys([root, *members], member))
            del cover[member]
            return


@dataclass(eq=False)
class _Lines:
    """All lines of routes one after the other; `ends` are the numbers of rows up to the end of each line.

    `route` is the route of each line, `first` the first line of each route, `flat` the rows in Mercator's plane,
    `length_m` the rough length of each route.
    """

    ends: NDArray[np.intp]
    route: NDArray[np.intp]
    first: NDArray[np.intp]
    lonlat: Positions
    flat: Positions
    length_m: Values
    shapes: dict[int, shapely.MultiLineString] = field(default_factory=dict)
    looks_left: int = MOST_LOOKS

    @staticmethod
    def of(routes: Sequence[RouteLines]) -> "_Lines":
        """Return the lines of routes, with the length of each route."""
        counts = np.array([len(rows) for lines in routes for rows in lines])
        of_route = np.array([len(lines) for lines in routes])
        lonlat = np.vstack([rows[:, :2] for lines in routes for rows in lines])
        ends = np.cumsum(counts)
        lengths = rough_lengths_m(lonlat)
        lengths[ends[:-1] - 1] = 0.0
        along = np.concatenate([[0.0], np.cumsum(lengths)])
        last = np.cumsum(of_route)
        from_m = along[(ends - counts)[last - of_route]]
        return _Lines(
            ends=ends,
            route=np.repeat(np.arange(len(routes)), of_route),
            first=last - of_route,
            lonlat=lonlat,
            flat=plane(lonlat),
            length_m=np.asarray(along[ends[last - 1] - 1] - from_m),
        )

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """The number of the first row of each line."""
        return np.concatenate([[0], self.ends[:-1]])

    def rows_of(self, number: int) -> list[slice]:
        """Return which rows the lines of a route are."""
        after = self.first[number + 1] if number + 1 < len(self.first) else len(self.ends)
        lines = range(int(self.first[number]), int(after))
        return [slice(int(self.starts[line]), int(self.ends[line])) for line in lines]

    def shape(self, number: int) -> shapely.MultiLineString:
        """Return a route in the plane, made ready to be asked how far places are."""
        if number not in self.shapes:
            self.shapes[number] = shapely.MultiLineString([self.flat[rows] for rows in self.rows_of(number)])
            shapely.prepare(self.shapes[number])
        return self.shapes[number]

    def lies_on(self, number: int, other: int) -> bool:
        """Whether all of a route lies within SAME_M of another one."""
        for rows in self.rows_of(number):
            lonlat = self.lonlat[rows]
            along = np.concatenate([[0.0], np.cumsum(rough_lengths_m(lonlat))])
            looks = min(MOST_ALONG, max(3, int(along[-1] / LOOK_M) + 2))
            self.looks_left -= looks
            if self.looks_left < 0:
                return False
            at = np.linspace(0.0, float(along[-1]), looks)
            place = np.column_stack([np.interp(at, along, column) for column in self.flat[rows].T])
            reach = SAME_M * float(np.median(_stretch(lonlat[:, 1])))
            # A few from end to end first: most that are not covered leave the other soon.
            for some in (slice(None, None, 16), slice(None)):
                if not shapely.dwithin(self.shape(other), shapely.points(place[some]), reach).all():
                    return False
        return True


def _stretch(lat: Values) -> Values:
    """Return how many times longer than on the ground lengths are in Mercator's plane, by latitude in degrees."""
    return np.asarray(1 / np.cos(np.radians(np.clip(lat, -FARTHEST_NORTH, FARTHEST_NORTH))))


def _met(lines: _Lines) -> Iterator[tuple[int, list[int]]]:
    """Yield each route, the longest first, with the longer ones that meet its ends and its middle."""
    count = len(lines.first)
    far = np.abs(lines.lonlat[:, 1]) > FARTHEST_NORTH
    seen = np.ones(count, bool)
    seen[lines.route[np.searchsorted(lines.ends, np.flatnonzero(far), side="right")]] = False
    order = np.lexsort((np.arange(count), -lines.length_m))
    rank = np.empty(count, np.intp)
    rank[order] = np.arange(count)
    asked = order[(lines.length_m[order] >= AGAIN_M) & seen[order]]
    tree, owner = _tree(lines)
    after = np.concatenate([lines.first[1:], [len(lines.ends)]])
    begins, ends = lines.starts[lines.first], lines.ends[after - 1] - 1
    left = MOST_MET
    for n in range(0, len(asked), AT_ONCE):
        numbers = asked[n : n + AT_ONCE]
        met: NDArray[np.int64] | None = None
        for rows in (begins[numbers], (begins[numbers] + ends[numbers]) // 2, ends[numbers]):
            reach = SAME_M * _stretch(lines.lonlat[rows, 1])
            which, chunk = tree.query(shapely.points(lines.flat[rows]), predicate="dwithin", distance=reach)
            left -= len(which)
            if left < 0:
                return
            pairs = _distinct(which * count + owner[chunk])
            met = pairs if met is None else np.intersect1d(met, pairs, assume_unique=True)
        if met is None:
            return
        which, other = met // count, met % count
        longer = (rank[other] < rank[numbers[which]]) & seen[other]
        which, other = which[longer], other[longer]
        for place in np.unique(which).tolist():
            others = other[which == place]
            yield int(numbers[place]), others[np.argsort(rank[others])].tolist()


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return numbers in their order, each once; numpy's own way may take seconds for such as are evenly spaced."""
    ordered = np.sort(numbers)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def _tree(lines: _Lines) -> tuple[shapely.STRtree, NDArray[np.intp]]:
    """Return an index of all lines in chunks of CHUNK segments, in the plane, and the route of each chunk."""
    segments = lines.ends - lines.starts - 1
    per_line = np.maximum(1, -(-segments // CHUNK))
    line = np.repeat(np.arange(len(segments)), per_line)
    place = np.arange(len(line)) - np.repeat(np.cumsum(per_line) - per_line, per_line)
    first = lines.starts[line] + place * CHUNK
    sizes = np.minimum(CHUNK, segments[line] - place * CHUNK) + 1
    chunk = np.repeat(np.arange(len(line)), sizes)
    within = np.arange(len(chunk)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    shapes = shapely.linestrings(lines.flat[np.repeat(first, sizes) + within], indices=chunk)
    return shapely.STRtree(shapes), lines.route[line]


def line_key(lines: RouteLines) -> bytes:
    """Return what is equal for equal routes; the same one drawn the other way is the same."""
    return min(np.concatenate(way).tobytes() for way in (lines, [rows[::-1] for rows in lines[::-1]]))


def same_line(lines: RouteLines, others: RouteLines) -> bool:
    """Whether two routes are drawn position by position alike, in either direction."""
    lengths, of_others = [len(rows) for rows in lines], [len(rows) for rows in others]
    return lengths in (of_others, of_others[::-1]) and line_key(lines) == line_key(others)


def repeated_routes(
    routes: Sequence[RouteLines], comparable: Callable[[int, int], bool], in_degrees: Sequence[bool]
) -> dict[int, list[int]]:
    """Return for each route that others lie on wholly, by its number, which they are, in the order of the file.

    `comparable` says of two of them, by their numbers, whether they can be the same. Lines that are not in degrees are
    compared position by position alone.
    """
    first: dict[int, int] = {}
    cover: dict[int, int] = {}
    keys = np.fromiter((hash(line_key(lines)) for lines in routes), dtype=np.int64, count=len(routes))
    _, which, counts = np.unique(keys, return_inverse=True, return_counts=True)
    for number in np.flatnonzero(counts[which] > 1).tolist():
        earlier = first.setdefault(int(keys[number]), number)
        if earlier != number and same_line(routes[number], routes[earlier]) and comparable(number, earlier):
            cover[number] = earlier
    asked = [number for number, degrees in enumerate(in_degrees) if degrees and number not in cover]
    few = [routes[n] for n in asked] if len(asked) <= MOST_ROUTES else []
    pieces = covered_routes(few, lambda a, b: comparable(asked[a], asked[b]))
    cover |= {asked[piece]: asked[other] for piece, other in pieces.items()}
    groups: dict[int, list[int]] = {}
    for number in sorted(cover):
        groups.setdefault(cover.get(cover[number], cover[number]), []).append(number)
    return groups


def of_one_kind(properties: Mapping[str, object], others: Mapping[str, object]) -> bool:
    """Whether two features can be the same route: neither of other modes nor kept in other layers or folders.

    A railway and a road are two routes wherever they are drawn, and so is what is kept in two layers or folders.
    """
    return all(
        a is None or b is None or a == b for a, b in ((of(properties), of(others)) for of in (stated_mode, _layer_of))
    )


def _layer_of(properties: Mapping[str, object]) -> str | None:
    """Return the folder or layer that a feature is kept in, None where its properties do not tell."""
    return next((value for key in ("folder", "layer") if isinstance(value := properties.get(key), str)), None)

"""What stands beside a line: settlements within reach, the known post nearest to each crossing, areas it passes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.assessing.accuracy import LineAccuracy, Tolerance
from corridor.assessing.region import Border, DelimitationArea, Post, Region, Settlement
from corridor.assessing.sampling import Samples
from corridor.candidates import Mode
from corridor.land.geodesy import distances_from_m
from corridor.land.line_rows import line_of
from corridor.land.territory import Crossing, Overlap, TerritoryId
from corridor.quantities import bare_kilometres

#: Kilometres from a line within which settlements are listed (domain note 4.1, G10).
RINGS_KM = (1.0, 5.0, 10.0)
#: The modes that posts are known for.
POST_MODES = frozenset({"rail", "road"})
#: Samples of a line that are looked at together when a place is asked how far it is.
RUN = 128


@dataclass(frozen=True, slots=True)
class Near:
    """A settlement and its distance from a line in metres, known to `accuracy_m`."""

    settlement: Settlement
    distance_m: float
    accuracy_m: float

    @property
    def away(self) -> str:
        """The distance in words, with no more digits than it is known to."""
        return f"{bare_kilometres(self.distance_m / 1000, self.accuracy_m)} km"

    def within(self, ring_km: float) -> bool:
        """Whether the settlement's centre lies within a ring around the line."""
        return self.distance_m <= ring_km * 1000.0

    def unsure(self, ring_km: float) -> bool:
        """Whether the centre is nearer to the ring's edge than place and line are exact."""
        return abs(self.distance_m - ring_km * 1000.0) <= self.accuracy_m


@dataclass(frozen=True, slots=True)
class RingCount:
    """How many settlements lie within a ring as measured, and how few and how many it may be."""

    measured: int
    least: int
    most: int

    @property
    def perhaps(self) -> str:
        """The range in words, "0 to 3"; "" where no settlement is too close to the ring to say."""
        return f"{self.least} to {self.most}" if self.least < self.most else ""


def within_ring(near: Sequence[Near], ring_km: float) -> RingCount:
    """Count the settlements whose centres lie within a ring around the line."""
    measured = [settlement.within(ring_km) for settlement in near]
    unsure = [settlement.unsure(ring_km) for settlement in near]
    both = list(zip(measured, unsure, strict=True))
    return RingCount(sum(measured), sum(here and not open_ for here, open_ in both), sum(map(any, both)))


@dataclass(frozen=True, slots=True)
class BorderCrossing:
    """Where a line passes from one territory into another, and the nearest post known between the same two.

    `at_km` is from the start of the line; `accuracy_m` is the accuracy of the border segment and the line's own there.
    """

    before: TerritoryId
    after: TerritoryId
    at_km: float
    lon: float
    lat: float
    border: Border | None
    accuracy_m: float | None
    post: Post | None
    post_distance_m: float | None


@dataclass(frozen=True, slots=True)
class AreaPassed:
    """An area under delimitation that a line enters, or passes nearer than the outline and the line are exact."""

    area: DelimitationArea
    km: float
    distance_m: float
    accuracy_m: float


def settlements_near(samples: Samples, accuracy: LineAccuracy, region: Region) -> tuple[Near, ...]:
    """Return the settlements within the widest ring of a line, nearest first."""
    away = np.full(len(region.settlements), np.inf)
    for some in samples.some_strings_at_a_time():
        runs = shapely.STRtree(np.concatenate([_runs(string) for string in some]))
        (close, _), distances = runs.query_nearest(
            region.settlement_points, max_distance=RINGS_KM[-1] * 1000.0, return_distance=True, all_matches=False
        )
        away[close] = np.minimum(away[close], distances)
    settlements = []
    for number in np.flatnonzero(np.isfinite(away)).tolist():
        settlement = region.settlements[number]
        settlements.append(Near(settlement, float(away[number]), settlement.accuracy_m + accuracy.metres))
    return tuple(sorted(settlements, key=lambda near: (near.distance_m, near.settlement.id)))


def _runs(string: NDArray[np.float64]) -> NDArray[np.object_]:
    """Return a string of samples in short runs, each from where the one before ends; most are far from any place."""
    starts = np.arange(0, max(1, len(string) - 1), RUN)
    lengths = np.minimum(RUN + 1, len(string) - starts)
    owner = np.repeat(np.arange(len(starts)), lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return np.asarray(shapely.linestrings(string[starts[owner] + within], indices=owner))


def metric_lines(samples: Samples) -> Iterator[BaseGeometry]:
    """Yield the samples strung together, part by part, in metres of the corridor's UTM zone: some parts at a time."""
    return map(line_of, samples.some_strings_at_a_time())


def with_posts(
    crossings: Sequence[Crossing],
    spread_m: NDArray[np.float64],
    region: Region,
    tolerance: Tolerance,
    mode: Mode | None = None,
) -> tuple[BorderCrossing, ...]:
    """Return crossings with border, accuracy and nearest known post; `spread_m` is the line's own at each.

    A line of railway or road meets posts of its own `mode` alone: a bridge for lorries is no post of a railway.
    """
    borders = {border.id: border for border in region.borders}
    of_its_mode = [post for post in region.posts if mode not in POST_MODES or mode in post.modes]
    posts = nearest_posts(crossings, of_its_mode)
    passed = []
    for crossing, spread, (post, away) in zip(crossings, spread_m.tolist(), posts, strict=True):
        border = borders.get(crossing.border) if crossing.border else None
        own = None if border is None else border.accuracy_m if tolerance.border_m is None else tolerance.border_m
        passed.append(
            BorderCrossing(
                before=crossing.before,
                after=crossing.after,
                at_km=crossing.at_km,
                lon=crossing.lon,
                lat=crossing.lat,
                border=border,
                accuracy_m=None if own is None else own + spread,
                post=post,
                post_distance_m=away,
            )
        )
    return tuple(passed)


def nearest_posts(crossings: Sequence[Crossing], posts: Sequence[Post]) -> list[tuple[Post | None, float | None]]:
    """Return for each crossing the nearest known post between its two territories and its distance in metres."""
    nearest: list[tuple[Post | None, float | None]] = [(None, None)] * len(crossings)
    by_pair: dict[frozenset[TerritoryId], list[int]] = {}
    for number, crossing in enumerate(crossings):
        by_pair.setdefault(frozenset((crossing.before, crossing.after)), []).append(number)
    for pair, numbers in by_pair.items():
        known = sorted((post for post in posts if post.territories == pair), key=lambda post: post.id)
        if known:
            here = np.array([(crossings[number].lon, crossings[number].lat) for number in numbers])
            away = np.stack([distances_from_m(here, (post.lon, post.lat)) for post in known])
            for number, which, metres in zip(numbers, away.argmin(axis=0), away.min(axis=0), strict=True):
                nearest[number] = known[which], float(metres)
    return nearest


def areas_passed(
    samples: Samples, overlaps: Sequence[Overlap], accuracy: LineAccuracy, region: Region
) -> tuple[AreaPassed, ...]:
    """Return the areas under delimitation a line enters or passes too close to say."""
    kilometres = {overlap.area: overlap.km for overlap in overlaps}
    away = {area.id: 0.0 for area in region.areas if kilometres.get(area.id, 0.0) > 0}
    for lines in metric_lines(samples):
        shapely.prepare(lines)
        for area in region.areas:
            # How far an area is matters, and is worked out, only where it may be too near to say.
            if away.get(area.id) != 0 and shapely.dwithin(lines, area.metric_shape, area.accuracy_m + accuracy.metres):
                here = float(shapely.distance(lines, area.metric_shape))
                away[area.id] = min(here, away.get(area.id, here))
    return tuple(
        AreaPassed(area, kilometres.get(area.id, 0.0), away[area.id], area.accuracy_m + accuracy.metres)
        for area in region.areas
        if area.id in away
    )

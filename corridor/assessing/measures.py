"""All numbers of one route, each with the accuracy that follows from its file and from the borders it meets."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.assessing.accuracy import AS_THE_DATA, LineAccuracy, Tolerance, border_accuracies, line_accuracy
from corridor.assessing.curvature import Curve, sharpest_curve, straightness
from corridor.assessing.nearness import (
    Band,
    Ends,
    NearestBorder,
    Nearness,
    Reach,
    Share,
    bands,
    nearness,
    reach,
    shares,
    sure_sequence,
)
from corridor.assessing.neighbours import AreaPassed, BorderCrossing, Near, areas_passed, settlements_near, with_posts
from corridor.assessing.profile import Profile, profile
from corridor.assessing.region import Region
from corridor.assessing.sampling import SAGITTA, Samples, Vertices, sample, vertices
from corridor.land.line_rows import LineRows
from corridor.land.territory import Crossing, Overlap, Split, Stretches, TerritoryId
from corridor.quantities import kilometres
from corridor.reading.route import Route

#: The territories the words of paragraph 3 name.
NAMED: tuple[TerritoryId, ...] = ("armenia", "az-mainland", "az-nakhchivan")


@dataclass(frozen=True, eq=False, slots=True)
class Measures:
    """The numbers of one route; lengths are WGS84 geodesics of its straight lon/lat segments, in km from its start.

    Each stretch of ground counts once: `repeated_km` is what the file draws again, `drawn_km` both together.
    `sure_order` are the territories it certainly runs in, in its order, borders too close to call passed over.
    """

    length_km: float
    vertices: int
    accuracy: LineAccuracy
    tolerance: Tolerance
    stretches: Stretches
    shares: tuple[Share, ...]
    overlaps: tuple[Overlap, ...]
    crossings: tuple[BorderCrossing, ...]
    sure_order: tuple[TerritoryId, ...]
    reaches: dict[TerritoryId, Reach]
    areas: tuple[AreaPassed, ...]
    bands: tuple[Band, ...]
    nearest_third_state: NearestBorder
    settlements: tuple[Near, ...]
    straightness: float
    sharpest_curve: Curve | None
    profile: Profile | None
    samples: Samples
    repeated_km: float = 0.0

    @property
    def sure_crossings(self) -> int:
        """How many of its crossings are beyond the combined uncertainty of border and line.

        Where a way back is not counted again, its crossing is not either.
        """
        return min(max(0, len(self.sure_order) - 1), len(self.crossings))

    @property
    def drawn_km(self) -> float:
        """The length of all that is drawn, what is drawn again included."""
        return self.length_km + self.repeated_km

    @property
    def said_of_repeats(self) -> str:
        """What is drawn again, in words; "" where nothing is."""
        if not self.repeated_km:
            return ""
        if kilometres(self.repeated_km) == kilometres(self.length_km):
            return f"the same {kilometres(self.length_km)} are drawn twice and counted once"
        return (
            f"{kilometres(self.repeated_km)} of it are drawn twice and counted once, {kilometres(self.drawn_km)} in all"
        )

    @property
    def by_territory_km(self) -> dict[TerritoryId, float]:
        """Kilometres by territory, in the order the route first enters them; together the whole length."""
        return {share.territory: share.km for share in self.shares}

    def share(self, territory: TerritoryId) -> Share:
        """Return the km in a territory; all zero where the route has none."""
        return next((share for share in self.shares if share.territory == territory), Share(territory, 0.0, 0.0, 0.0))


@dataclass(frozen=True, eq=False, slots=True)
class CutLine:
    """What is known of a route segment by segment: its vertices and lengths, and each part of it by territory."""

    vertices: Vertices
    splits: tuple[Split, ...]


def measure(
    route: Route,
    region: Region,
    tolerance: Tolerance = AS_THE_DATA,
    part_accuracy_m: Sequence[float] = (),
    cut: CutLine | None = None,
) -> Measures:
    """Return the numbers of a route.

    `tolerance` is what a reader sets instead of the data's own accuracies, `part_accuracy_m` the accuracy of each part
    in metres where it is known part by part. `cut` is what is known of the route segment by segment, where it is.
    """
    line = vertices(LineRows.together(route.lines)) if cut is None else cut.vertices
    samples = sample(line)
    stated = part_accuracy_m or (() if route.stated_accuracy_m is None else (route.stated_accuracy_m,))
    accuracy = line_accuracy(line, samples, stated, tolerance, route.system_accuracy_m)
    stretches, crossings = strung(
        line.positions, region.territories.split_all(line.positions) if cut is None else cut.splits, region
    )
    near = nearness(samples, stretches, accuracy, region, tolerance)
    reaches = _reaches(samples, near, ends_of(route, line, samples, accuracy, region, tolerance), region)
    overlaps = region.territories.overlaps(line.positions)
    near_third, nearest = bands(samples, accuracy, region)
    by_territory = shares(stretches, samples, near, region)
    certain = {share.territory for share in by_territory if share.least_km}
    third = {border.id for border in region.borders if border.of_a_third_state}
    entered = next((c for c in crossings if c.border in third and {c.before, c.after} <= certain), None)
    if entered is not None:
        nearest = nearest.crossed_at(entered.at_km, entered.lon, entered.lat, entered.border, region)
    return Measures(
        length_km=stretches[-1].to_km,
        vertices=len(line.positions.rows),
        accuracy=accuracy,
        tolerance=tolerance,
        stretches=stretches,
        shares=by_territory,
        overlaps=overlaps,
        crossings=with_posts(crossings, _spread_at(line, crossings, accuracy), region, tolerance, route.mode),
        sure_order=sure_sequence(near),
        reaches=reaches,
        areas=areas_passed(samples, overlaps, accuracy, region),
        bands=near_third,
        nearest_third_state=nearest,
        settlements=settlements_near(samples, accuracy, region),
        straightness=straightness(line),
        sharpest_curve=sharpest_curve(samples),
        profile=profile(line, samples, route.heights_m),
        samples=samples,
        repeated_km=route.repeated_km,
    )


def _reaches(samples: Samples, near: Nearness, ends: Ends, region: Region) -> dict[TerritoryId, Reach]:
    return {name: reach(name, samples, near, ends, region.borders_of(name)) for name in NAMED}


def strung(parts: LineRows, splits: Iterable[Split], region: Region) -> tuple[Stretches, tuple[Crossing, ...]]:
    """String the splits of all parts together; a gap between two parts is no crossing, a joint can be one."""
    territories, from_km, to_km = list[TerritoryId](), array("d"), array("d")
    crossings: list[Crossing] = []
    before = 0.0
    joint = np.concatenate([[False], (parts.starts[1:] == parts.ends[:-1]).all(axis=1)])
    for number, (split, joins) in enumerate(zip(splits, joint.tolist(), strict=True)):
        of_part = list(split.stretches)
        if joins and of_part and territories:
            last, first = territories[-1], of_part[0].territory
            if last == first:
                to_km[-1] = before + of_part.pop(0).to_km
            else:
                lon, lat = _corner(parts[number][0])
                border = region.territories.border_between(last, first, (lon, lat))
                crossings.append(Crossing(last, first, before, lon, lat, border))
        territories += [stretch.territory for stretch in of_part]
        from_km.extend(before + stretch.from_km for stretch in of_part)
        to_km.extend(before + stretch.to_km for stretch in of_part)
        crossings += [Crossing(c.before, c.after, before + c.at_km, c.lon, c.lat, c.border) for c in split.crossings]
        before += split.length_km
    if not territories:
        # A line whose vertices all lie on one spot has a place and no length.
        lon, lat = _corner(parts.rows[0])
        territories.append(region.territories.locate(lon, lat))
        from_km.append(0.0)
        to_km.append(0.0)
    return Stretches(np.array(territories, dtype=object), np.array(from_km), np.array(to_km)), tuple(crossings)


def _corner(position: NDArray[np.float64]) -> tuple[float, float]:
    return float(position[0]), float(position[1])


def ends_of(
    route: Route, line: Vertices, samples: Samples, accuracy: LineAccuracy, region: Region, tolerance: Tolerance
) -> Ends:
    """Return the ends of all parts, without those where one part goes on in the next, or does over what counts already.

    `line` holds the vertices of the route's parts, and `samples` are its own.
    """
    starts, ends = line.positions.starts, line.positions.ends
    goes_on = (ends[:-1] == starts[1:]).all(axis=1)
    if route.again:
        again = LineRows.together(route.again)
        drawn_again = {frozenset(map(_corner, ways)) for ways in zip(again.starts, again.ends, strict=True)}
        for number in np.flatnonzero(~goes_on).tolist():
            goes_on[number] = {_corner(ends[number]), _corner(starts[number + 1])} in drawn_again
    del starts, ends
    # Which ends of parts are ends of the line; 2n is where part n begins. Without a copy where all are.
    outer = np.flatnonzero(~np.concatenate([[False], np.repeat(goes_on, 2), [False]]))
    which = outer if goes_on.any() else slice(None)
    lengths = line.part_lengths_m / 1000.0
    along = np.stack([np.cumsum(lengths) - lengths, np.cumsum(lengths)], axis=1).ravel()[which]
    metric = samples.ends.reshape(-1, 2)[which]
    depth, border = region.every_border.nearest(metric)
    of_line = accuracy.at(np.broadcast_to(0.0, len(outer)), outer // 2)
    too_near = border_accuracies(region, border, tolerance) + of_line
    del of_line
    first = line.positions.first
    corners = line.positions.rows[np.column_stack([first[:-1], first[1:] - 1]).ravel()[which]]
    return Ends(metric, along, Nearness(region.territories.owners(corners), depth, border, too_near))


def _spread_at(line: Vertices, crossings: tuple[Crossing, ...], accuracy: LineAccuracy) -> NDArray[np.float64]:
    """Return the accuracy of the line at each crossing, from the segment and the part it lies on."""
    if not crossings:
        return np.zeros(0)
    lengths = line.lengths_m.rows
    part = np.repeat(np.arange(len(line.lengths_m)), line.lengths_m.counts)
    ends = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.array([crossing.at_km for crossing in crossings]) * 1000.0
    on = np.clip(np.searchsorted(ends, at, side="right") - 1, 0, len(lengths) - 1)
    spacing = np.where(lengths[on] > 0, lengths[on], 1.0)
    fraction = np.clip((at - ends[on]) / spacing, 0.0, 1.0)
    return accuracy.at(4 * SAGITTA * lengths[on] * fraction * (1 - fraction), part[on])

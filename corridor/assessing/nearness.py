"""How far every place on a line is from the borders, and so how deep in a territory it certainly runs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corridor.assessing.accuracy import LineAccuracy, Tolerance, border_accuracies
from corridor.assessing.border_lines import BorderLines
from corridor.assessing.region import Border, Region
from corridor.assessing.sampling import Samples
from corridor.land.features import FeatureId
from corridor.land.geodesy import Values
from corridor.land.territory import Stretches, TerritoryId, km_by_territory
from corridor.quantities import metres, within

#: Kilometres from a third State's border within which the length of a line is counted (fairness note 2.4, G17).
BANDS_KM = (0.5, 1.0, 5.0)


@dataclass(frozen=True, eq=False, slots=True)
class Nearness:
    """For each sample: the territory it lies in, its nearest border of any kind, and how near is too close to say.

    `depth_m` is the distance to that border (the least it can be where it is far from any), `tolerance_m` the border's
    accuracy plus the line's there.
    """

    territory: NDArray[np.object_]
    depth_m: Values
    border: NDArray[np.intp]
    tolerance_m: Values

    @property
    def sure(self) -> NDArray[np.bool_]:
        """Where the line is beyond the combined uncertainty of border and line from every border."""
        return np.asarray(self.depth_m > self.tolerance_m)


@dataclass(frozen=True, slots=True)
class Share:
    """Km of a line in a territory, and the least and most they may be given the accuracy of border and line."""

    territory: TerritoryId
    km: float
    least_km: float
    most_km: float


@dataclass(frozen=True, slots=True)
class Band:
    """Km of a line within `within_km` of a third State's border.

    `unsure_km` runs on parts drawn too coarsely to say, since the line's own accuracy there exceeds the band.
    """

    within_km: float
    km: float
    unsure_km: float


#: Metres beyond which a distance to a border is only told as more than that: a plane that is true to 0.3 % in the
#: region is not so farther away.
FARTHEST_TOLD_M = 100_000.0


@dataclass(frozen=True, slots=True)
class NearestBorder:
    """The place of a line nearest to a border, in metres from it (FARTHEST_TOLD_M at most) and km from the start.

    `accuracy_m` is the accuracy of that border and of the line there; 0 m is where the line is known to cross it.
    """

    border: FeatureId
    label: str
    distance_m: float
    at_km: float
    lon: float
    lat: float
    accuracy_m: float

    @property
    def away(self) -> str:
        """How far it is, in words, where that is more than the accuracy of border and line."""
        if not self.distance_m:
            return "0 m, where the line crosses it,"
        if self.distance_m <= self.accuracy_m:
            return f"too close to say ({within(self.accuracy_m)})"
        return f"{metres(self.distance_m)}{' or more' if self.distance_m >= FARTHEST_TOLD_M else ''}"

    def crossed_at(
        self, at_km: float, lon: float, lat: float, border: FeatureId | None, region: Region
    ) -> "NearestBorder":
        """Return the place where the line crosses a border as the nearest one, since none is nearer."""
        label = next((known.label for known in region.borders if known.id == border), self.label)
        return NearestBorder(border or self.border, label, 0.0, at_km, lon, lat, self.accuracy_m)


def nearness(
    samples: Samples, stretches: Stretches, accuracy: LineAccuracy, region: Region, tolerance: Tolerance
) -> Nearness:
    """Return how the samples of a line lie to the borders; its stretches say in which territory each is."""
    number = np.clip(np.searchsorted(stretches.to_km, samples.along_km, side="right"), 0, len(stretches) - 1)
    territory = stretches.territories[number]
    spread = accuracy.at(samples.sag_m, samples.part)
    every = border_accuracies(region, np.arange(len(region.borders)), tolerance)
    lands = [territory == name for name in set(stretches.territories.tolist())]
    depth, border = region.every_border.near_along(samples.metric, every.max() + spread, lands)
    too_near = every[border] + spread
    return Nearness(territory, depth, border, too_near)


def shares(stretches: Stretches, samples: Samples, near: Nearness, region: Region) -> tuple[Share, ...]:
    """Return the km by territory in the order the line first enters them, each with its least and its most."""
    with_doubt = []
    for territory, km in km_by_territory(stretches).items():
        inside = near.territory == territory
        least = float(samples.share_km[inside & near.sure].sum())
        beside = np.array([territory in border.territories for border in region.borders])[near.border]
        more = float(samples.share_km[~inside & beside & ~near.sure].sum())
        with_doubt.append(Share(territory, km, min(least, km), km + more))
    return tuple(with_doubt)


def sure_sequence(near: Nearness) -> tuple[TerritoryId, ...]:
    """Return the territories a line certainly runs in, in its order; what borders cannot settle is passed over."""
    names = near.territory[near.sure]
    if not len(names):
        return ()
    return tuple(str(name) for name in names[np.concatenate([[True], names[1:] != names[:-1]])])


def bands(samples: Samples, accuracy: LineAccuracy, region: Region) -> tuple[tuple[Band, ...], NearestBorder]:
    """Return the km near borders of third States by band, and the place nearest to one."""
    spread = accuracy.at(samples.sag_m, samples.part)
    limits = [within_km * 1000.0 + beside for within_km in BANDS_KM for beside in (0.0, spread)]
    distance, border = region.third_state_borders.beside_along(samples.metric, limits)
    near_bands = []
    for within_km in BANDS_KM:
        limit = within_km * 1000.0
        certain = spread < limit
        km = float(samples.share_km[certain & (distance <= limit)].sum())
        unsure = float(samples.share_km[~certain & (distance <= limit + spread)].sum())
        near_bands.append(Band(within_km, km, unsure))
    known_m = region.accuracies_m[border] + spread
    return tuple(near_bands), nearest_place(samples, distance, region.borders, border, known_m)


def nearest_place(
    samples: Samples, distance: Values, borders: tuple[Border, ...], number: NDArray[np.intp], known_m: Values
) -> NearestBorder:
    """Return the sample with the smallest distance to a border; `known_m` is how exactly each distance is known."""
    at = int(np.argmin(distance))
    border = borders[int(number[at])]
    lon, lat = samples.lonlat[at].tolist()
    away = min(float(distance[at]), FARTHEST_TOLD_M)
    return NearestBorder(border.id, border.label, away, float(samples.along_km[at]), lon, lat, float(known_m[at]))


@dataclass(frozen=True, slots=True)
class BorderDistance:
    """How far a place of a line, `at_km` from its start, is from a border, and how exactly that is known; in metres."""

    metres: float
    tolerance_m: float
    at_km: float

    @property
    def is_certain(self) -> bool:
        """Whether it is farther than border and line together may be off."""
        return self.metres > self.tolerance_m


@dataclass(frozen=True, slots=True)
class Reach:
    """How a line stands to one territory: how deep inside it certainly gets, or how near it comes.

    `inside` is the depth of the place that is most certainly inside, None when no place is; where an end is certainly
    inside it is that of the end (`inside_at_end`), and `deepest` that of whatever place is most certainly inside.
    `outside` is the distance of the nearest place and `end` that of the nearer end when none is certainly inside
    (else 0).
    """

    territory: TerritoryId
    inside: BorderDistance | None
    inside_at_end: bool
    deepest: BorderDistance | None
    outside: BorderDistance
    end: BorderDistance

    @property
    def certainly_inside(self) -> bool:
        """Whether some place of the line lies further inside than border and line together may be off."""
        return self.inside is not None and self.inside.is_certain

    @property
    def end_at_border(self) -> bool:
        """Whether no place is certainly inside and an end lies as near to the territory's border as can be told."""
        return not self.certainly_inside and not self.end.is_certain

    @property
    def too_close(self) -> bool:
        """Whether neither inside nor outside is certain."""
        return not self.certainly_inside and (self.inside is not None or not self.outside.is_certain)


def reach(territory: TerritoryId, samples: Samples, near: Nearness, ends: "Ends", lines: BorderLines) -> Reach:
    """Return how a line stands to a territory; `lines` are that territory's borders, `ends` the line's two ends."""
    inside_ends, inside_line = ends.near.territory == territory, near.territory == territory
    inside, deepest, at_end = None, None, False
    if inside_ends.any() or inside_line.any():
        end_beyond, deepest_end = _most(ends.near, ends.along_km, ends.near.depth_m, inside_ends)
        beyond, deepest = _most(near, samples.along_km, near.depth_m, inside_line)
        if end_beyond >= beyond:
            deepest = deepest_end
        # An end that is certainly inside says it more plainly than a deeper place between the ends.
        inside, at_end = (deepest_end, True) if end_beyond > 0 else (deepest, end_beyond >= beyond)
    # How near the line comes is asked only where it is not certainly inside: it is the slow question.
    from_end, from_line = np.zeros(len(ends.along_km)), np.zeros(len(samples.along_km))
    if inside is None or not inside.is_certain:
        from_line, _ = lines.near_along(samples.metric, near.tolerance_m)
        from_end = lines.nearest(ends.metric)[0]
    end_over, outside_end = _least(ends.near, ends.along_km, from_end, ~inside_ends)
    over, outside = _least(near, samples.along_km, from_line, ~inside_line)
    return Reach(
        territory=territory,
        inside=inside,
        inside_at_end=at_end,
        deepest=deepest,
        outside=outside_end if end_over <= over else outside,
        end=_least(ends.near, ends.along_km, from_end, np.ones(len(from_end), dtype=bool))[1],
    )


def _most(near: Nearness, along_km: Values, metres: Values, which: NDArray[np.bool_]) -> tuple[float, BorderDistance]:
    """Return the first of some places whose metres exceed its tolerance most, and by how much; -inf for no place."""
    beyond = np.where(which, metres - near.tolerance_m, -np.inf)
    number = int(np.argmax(beyond))
    return float(beyond[number]), _distance_at(near, along_km, metres, number)


def _least(near: Nearness, along_km: Values, metres: Values, which: NDArray[np.bool_]) -> tuple[float, BorderDistance]:
    """Return the first of some places whose metres exceed its tolerance least, and by how much; inf for no place."""
    beyond = np.where(which, metres - near.tolerance_m, np.inf)
    number = int(np.argmin(beyond))
    return float(beyond[number]), _distance_at(near, along_km, metres, number)


def _distance_at(near: Nearness, along_km: Values, metres: Values, number: int) -> BorderDistance:
    return BorderDistance(float(metres[number]), float(near.tolerance_m[number]), float(along_km[number]))


@dataclass(frozen=True, eq=False, slots=True)
class Ends:
    """The two ends of every part of a line, which lie on vertices and so are as exact as one."""

    metric: Values
    along_km: Values
    near: Nearness

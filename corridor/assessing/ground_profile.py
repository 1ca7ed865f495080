"""The ground along a line by the shipped model: a band from the lowest to the highest cell beside it, what it passes.

No gradient and no climb come from here: a cell of the model is as wide as a valley.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corridor.assessing.neighbours import BorderCrossing
from corridor.assessing.region import Region
from corridor.assessing.sampling import Samples
from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.elevation import Elevation
from corridor.land.features import FeatureId, PlaceProperties, features_of, position_of
from corridor.land.geodesy import Values, positions_to_metric
from corridor.land.territory import Stretch, TerritoryId
from corridor.quantities import kilometres
from corridor.sources import GEODATA, SourceId

#: Km of a step of the band at least, about half a cell of the model; and the most steps, over which a longer line is
#: shared out. Every sample of the line counts in a step, so that no ridge between two steps is missed.
STEP_KM = 0.5
MOST_STEPS = 400
#: Metres from a line within which a place is named beside its ground; places are known to 1 to 3 km. The middle of a
#: larger town, of rank 1 or 2, may lie farther from a line that passes at its edge.
NAMED_WITHIN_M, TOWN_WITHIN_M, TOWN_RANK = 2_000.0, 5_000.0, 2
#: Metres to which heights are rounded in a sentence; the model is good to about a hundred.
ROUNDED_TO_M = 10
#: What is said beside every profile, in words that go where it goes.
LIMITS = (
    "Valley floors and ridges to about 1 km and 100 m; no gradient and no climb can be taken from this model. "
    "No passes: no source."
)

Level = Literal["above-sea-level", "reaches-sea-level", "at-or-below-sea-level", "no-data"]


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place of the map that may be named beside the ground; the point is (lon, lat) in degrees.

    `rank` is 1 for a capital to 4 for a village.
    """

    id: FeatureId
    label: str
    rank: int
    lon: float
    lat: float
    territory: TerritoryId


@dataclass(frozen=True, slots=True)
class GroundMark:
    """A border that a line crosses, or a place it passes, by km from the start.

    `id` is "" for a coast, and for a border of a shipped candidate, which lies where its next segment begins. `rank` is
    that of a place.
    """

    at_km: float
    kind: Literal["border", "place"]
    id: FeatureId
    label: str
    rank: int = 0


@dataclass(frozen=True, slots=True)
class GroundStep:
    """The lowest and the highest cell within one cell of a run of a line, in metres; None at sea level or unknown."""

    from_km: float
    to_km: float
    lowest_m: int | None
    highest_m: int | None
    level: Level


@dataclass(frozen=True, slots=True)
class GroundProfile:
    """The ground along a line: steps in its order, a gap between two parts left open, what it passes, in whose land.

    `source` is the model as it is cited, `as_of` its date and `sources` the ids it has among the sources.
    """

    steps: tuple[GroundStep, ...]
    marks: tuple[GroundMark, ...]
    stretches: tuple[Stretch, ...]
    source: str
    sources: tuple[SourceId, ...]
    as_of: str

    @property
    def lowest_m(self) -> int | None:
        """The lowest cell beside the line in metres; None where it reaches sea level or nothing is known."""
        low = [step.lowest_m for step in self.steps if step.lowest_m is not None]
        return None if self.reaches_sea_level or not low else min(low)

    @property
    def highest_m(self) -> int | None:
        """The highest cell beside the line in metres; None where all of it is at or below sea level or unknown."""
        return max((step.highest_m for step in self.steps if step.highest_m is not None), default=None)

    @property
    def reaches_sea_level(self) -> bool:
        """Whether a cell beside the line is at or below sea level."""
        return any(step.level in {"reaches-sea-level", "at-or-below-sea-level"} for step in self.steps)

    def km(self, level: Level) -> float:
        """Return the length in km of the steps of one level."""
        return sum(step.to_km - step.from_km for step in self.steps if step.level == level)

    @property
    def says(self) -> str:
        """The band in a sentence or two."""
        unknown, reaches = self.km("no-data"), "The ground beside the line reaches from"
        if self.highest_m is None:
            if not self.reaches_sea_level:
                return "The model has no ground along this line."
            words = "The ground beside the line is at or below sea level."
        elif self.lowest_m is None:
            words = f"{reaches} at or below sea level to {rounded_m(self.highest_m)}."
        else:
            words = f"{reaches} {rounded_m(self.lowest_m)} to {rounded_m(self.highest_m)}."
        return f"{words} Of {kilometres(unknown)} nothing is known." if unknown else words


def rounded_m(height_m: float) -> str:
    """Return a height of the model above sea level as a sentence gives it, never as 0."""
    return f"{max(1, round(height_m / ROUNDED_TO_M)) * ROUNDED_TO_M:,} m"


def ground_profile(
    samples: Samples,
    stretches: Sequence[Stretch],
    borders: Sequence[GroundMark],
    elevation: Elevation,
    root: Path = GEODATA,
) -> GroundProfile:
    """Return the ground along the samples of a line with the places it passes.

    `stretches` are the territories it runs in and `borders` what it crosses between them, by km along the line.
    """
    band = elevation.band(samples.lonlat)
    starts = _starts(samples)
    # A step is known as far as any of its samples is.
    lowest, highest = np.fmin.reduceat(band.lowest_m, starts), np.fmax.reduceat(band.highest_m, starts)
    half = samples.share_km / 2
    ends = np.append(starts[1:], len(samples.along_km)) - 1
    edges = zip(
        (samples.along_km[starts] - half[starts]).tolist(), (samples.along_km[ends] + half[ends]).tolist(), strict=True
    )
    steps = (_step(*edge, low, high) for edge, low, high in zip(edges, lowest.tolist(), highest.tolist(), strict=True))
    raster = elevation.raster
    marks = [*borders, *_places(samples, stretches, named_places(root))]
    ordered = sorted(marks, key=lambda mark: (mark.at_km, mark.id))
    return GroundProfile(
        tuple(steps), tuple(ordered), tuple(stretches), raster.attribution, tuple(raster.sources), raster.as_of
    )


def _starts(samples: Samples) -> NDArray[np.intp]:
    """Return the number of the first sample of each step; a step ends with its part."""
    count = len(samples.along_km)
    steps = int(np.clip(np.ceil(samples.share_km.sum() / STEP_KM), 1, min(MOST_STEPS, count)))
    even = np.arange(steps) * count // steps
    parts = np.flatnonzero(np.diff(samples.part)) + 1
    return np.union1d(even, parts)


def _step(from_km: float, to_km: float, low: float, high: float) -> GroundStep:
    if np.isnan(high):
        return GroundStep(from_km, to_km, None, None, "no-data")
    if high <= 0:
        return GroundStep(from_km, to_km, None, None, "at-or-below-sea-level")
    if low <= 0:
        return GroundStep(from_km, to_km, None, int(high), "reaches-sea-level")
    return GroundStep(from_km, to_km, int(low), int(high), "above-sea-level")


def border_marks(crossings: Sequence[BorderCrossing], region: Region) -> list[GroundMark]:
    """Return the borders a line crosses as it is drawn."""
    return [
        GroundMark(
            crossing.at_km,
            "border",
            crossing.border.id if crossing.border else "",
            f"{region.label(crossing.before)} to {region.label(crossing.after)}",
        )
        for crossing in crossings
    ]


def _places(samples: Samples, stretches: Sequence[Stretch], places: Sequence[NamedPlace]) -> list[GroundMark]:
    """Return the places near the line, each where the line passes nearest to it in the territory of the place."""
    if not places:
        return []
    spots = positions_to_metric(np.array([(place.lon, place.lat) for place in places]))
    low, high = samples.metric.min(axis=0) - TOWN_WITHIN_M, samples.metric.max(axis=0) + TOWN_WITHIN_M
    marks = []
    for number in np.flatnonzero(((spots >= low) & (spots <= high)).all(axis=1)).tolist():
        away: Values = np.hypot(*(samples.metric - spots[number]).T)
        away[~_within(samples, [s for s in stretches if s.territory == places[number].territory])] = np.inf
        nearest = int(away.argmin())
        place = places[number]
        if away[nearest] <= (TOWN_WITHIN_M if place.rank <= TOWN_RANK else NAMED_WITHIN_M):
            marks.append(GroundMark(float(samples.along_km[nearest]), "place", place.id, place.label, place.rank))
    return marks


def _within(samples: Samples, stretches: Sequence[Stretch]) -> NDArray[np.bool_]:
    """Return which samples lie on any of some stretches."""
    here = np.zeros(len(samples.along_km), dtype=np.bool_)
    for stretch in stretches:
        here |= (samples.along_km >= stretch.from_km) & (samples.along_km <= stretch.to_km)
    return here


@cache
def named_places(root: Path = GEODATA) -> tuple[NamedPlace, ...]:
    """Return the places of the map that are drawn; a mountain range, which has no one point, is not."""
    layer = read_catalogue(root)["place"]
    places = features_of(read_features(layer, root), PlaceProperties)
    drawn = [f for f in places if f["geometry"] is not None]
    named = ((f["id"], f["properties"], position_of(f)) for f in drawn)
    return tuple(NamedPlace(i, of["label"], of["rank"], *spot, of["territories"][0]) for i, of, spot in named)

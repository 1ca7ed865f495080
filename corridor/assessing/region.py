"""What of the shipped layers a route is measured against: territories, borders, posts, settlements, areas."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.features import (
    BorderProperties,
    CrossingProperties,
    Feature,
    FeatureId,
    accuracy_m_of,
    position_of,
    properties_of,
    shape_of,
)
from corridor.land.geodesy import to_metric
from corridor.land.territory import OUTSIDE, SEA, Territories, TerritoryId, read_territories
from corridor.sources import GEODATA, SourceId

#: The two States of the Declaration; every other State of the map is a third State to them.
PARTIES = frozenset({"armenia", "azerbaijan"})
SETTLEMENT_KINDS = frozenset({"capital", "city", "town", "village"})
CENSUS_FACT = "Population, census of 2011"
#: One in so many positions along a line is asked for its nearest border before the others are.
ASKED_OF = 16
Metres = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Border:
    """A border segment; `delimited` is "part" where some of it is and None where that was not examined."""

    id: FeatureId
    label: str
    territories: frozenset[TerritoryId]
    pair: tuple[str, ...]
    kind: str
    delimited: bool | str | None
    accuracy_m: float

    @property
    def of_a_third_state(self) -> bool:
        """Whether it is a border of a State other than Armenia and Azerbaijan."""
        return not set(self.pair) <= PARTIES


@dataclass(frozen=True, slots=True)
class Post:
    """A known crossing with its status on a date; `accuracy_m` is how far along the border it may lie."""

    id: FeatureId
    label: str
    territories: frozenset[TerritoryId]
    modes: tuple[str, ...]
    lon: float
    lat: float
    accuracy_m: float
    status: str
    status_as_of: str
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """A capital, city, town or village; `people` only where a dated census table is shipped, else None."""

    id: FeatureId
    label: str
    kind: str
    territory: TerritoryId
    lon: float
    lat: float
    accuracy_m: float
    people: int | None
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class FormerRailway:
    """Km between two places by the distances of the former railways, with the tables they stand in."""

    way: str
    km: float
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, eq=False)
class DelimitationArea:
    """An area under delimitation; its outline is only as exact as `accuracy_m`."""

    id: FeatureId
    label: str
    shape: BaseGeometry
    accuracy_m: float


@dataclass(frozen=True, eq=False)
class Region:
    """The shipped land as a route meets it; labels are by territory id."""

    territories: Territories
    labels: dict[TerritoryId, str]
    borders: tuple[Border, ...]
    border_shapes: tuple[BaseGeometry, ...]
    posts: tuple[Post, ...]
    settlements: tuple[Settlement, ...]
    areas: tuple[DelimitationArea, ...]
    former_railway: FormerRailway | None = None

    def label(self, territory: TerritoryId) -> str:
        """Return the name of a territory as it stands in a sentence."""
        return {SEA: "the Caspian", OUTSIDE: "land outside the map"}.get(territory) or self.labels[territory]

    def state(self, territory: TerritoryId) -> str:
        """Return the State a territory belongs to; both parts of Azerbaijan are one."""
        return "azerbaijan" if territory.startswith("az-") else territory

    @cached_property
    def every_border(self) -> "BorderLines":
        """All borders, for asking which is nearest."""
        return self._lines(range(len(self.borders)))

    @cached_property
    def third_state_borders(self) -> "BorderLines":
        """The borders of States other than Armenia and Azerbaijan."""
        return self._lines([n for n, border in enumerate(self.borders) if border.of_a_third_state])

    def borders_of(self, territory: TerritoryId) -> "BorderLines":
        """Return the borders of one territory."""
        if territory not in self._by_territory:
            numbers = [n for n, border in enumerate(self.borders) if territory in border.territories]
            self._by_territory[territory] = self._lines(numbers)
        return self._by_territory[territory]

    @cached_property
    def _by_territory(self) -> dict[TerritoryId, "BorderLines"]:
        return {}

    def _lines(self, numbers: Collection[int]) -> "BorderLines":
        return BorderLines([(number, self.border_shapes[number]) for number in numbers])


class BorderLines:
    """Border segments indexed in the plane of the corridor's UTM zone; distances there are true to 0.3 %."""

    def __init__(self, shapes: Iterable[tuple[int, BaseGeometry]]) -> None:
        """Index `shapes` (degrees), each with the number of its border."""
        ends, owners = [np.zeros((0, 2, 2))], [np.zeros(0, int)]
        for number, shape in shapes:
            for part in shapely.get_parts(to_metric(shape)):
                corners = shapely.get_coordinates(part)
                ends.append(np.stack([corners[:-1], corners[1:]], axis=1))
                owners.append(np.full(len(corners) - 1, number))
        self._owners = np.concatenate(owners)
        self._tree = shapely.STRtree(np.asarray(shapely.linestrings(np.concatenate(ends))))

    def nearest(self, metric: Metres) -> tuple[Metres, NDArray[np.intp]]:
        """Return for each position (metres of the zone) the distance in metres and the number of the nearest border."""
        points = np.asarray(shapely.points(metric))
        (_, edges), distances = self._tree.query_nearest(points, return_distance=True, all_matches=False)
        return np.asarray(distances), np.asarray(self._owners[edges])

    def near_along(self, metric: Metres, near_m: Metres) -> tuple[Metres, NDArray[np.intp]]:
        """Return the same for positions that follow each other, exact wherever a distance can matter.

        Exact are all distances up to `near_m` and the one that exceeds its `near_m` least; the others are the least
        they can be, by the distance to the next position that was asked (no place is nearer than the triangle allows).
        """
        bounds = self._bounds_along(metric)
        beyond = max(0.0, float((bounds.least - near_m)[bounds.asked].min()))
        return self._exactly(metric, bounds, bounds.least - near_m <= beyond)

    def beside_along(self, metric: Metres, limits_m: Sequence[Metres | float]) -> tuple[Metres, NDArray[np.intp]]:
        """Return the same where it only matters which of `limits_m` (each one for all or one for every position) a
        distance exceeds, and which position is nearest: exact there, else the least it can be, on the same side of all.
        """
        bounds = self._bounds_along(metric)
        wanted = bounds.least <= bounds.least[bounds.asked].min()
        for limit in limits_m:
            wanted |= (bounds.least <= limit) & (bounds.most > limit)
        return self._exactly(metric, bounds, wanted)

    def _bounds_along(self, metric: Metres) -> "_Bounds":
        asked = np.zeros(len(metric), bool)
        asked[::ASKED_OF] = asked[::-1][::ASKED_OF] = True
        places, before = np.flatnonzero(asked), np.cumsum(asked) - 1
        away, border = self.nearest(metric[places])
        least, most, borders = np.zeros(len(metric)), np.full(len(metric), np.inf), np.zeros(len(metric), int)
        east, north = metric.T.copy()
        for beside in (before, np.minimum(before + 1, len(places) - 1)):
            at, there = places[beside], away[beside]
            apart = np.sqrt((east - east[at]) ** 2 + (north - north[at]) ** 2)
            better = there - apart > least
            np.copyto(least, there - apart, where=better)
            np.copyto(borders, border[beside], where=better)
            np.minimum(most, there + apart, out=most)
        least[places], borders[places] = away, border
        return _Bounds(asked, least, most, borders)

    def _exactly(self, metric: Metres, bounds: "_Bounds", wanted: NDArray[np.bool_]) -> tuple[Metres, NDArray[np.intp]]:
        again = np.flatnonzero(wanted & ~bounds.asked)
        if len(again):
            bounds.least[again], bounds.border[again] = self.nearest(metric[again])
        return bounds.least, bounds.border


@dataclass(frozen=True, eq=False, slots=True)
class _Bounds:
    """How near positions can be at least and at most; both the same where they were `asked`, with the border there."""

    asked: NDArray[np.bool_]
    least: Metres
    most: Metres
    border: NDArray[np.intp]


@cache
def read_region(root: Path = GEODATA) -> Region:
    """Return the shipped land, read once per process; raise CatalogueError when a layer is missing or was changed."""
    territories, catalogue = read_territories(root), read_catalogue(root)
    wanted = ("territory", "border", "crossing", "place", "exclave")
    layers = {layer: read_features(catalogue[layer], root) for layer in wanted}
    drawn = {layer: [f for f in features if f["geometry"] is not None] for layer, features in layers.items()}
    return Region(
        territories=territories,
        labels={f["id"].partition("/")[2]: f["properties"]["label"] for f in drawn["territory"]},
        borders=tuple(_border(feature) for feature in drawn["border"]),
        border_shapes=tuple(shape_of(feature) for feature in drawn["border"]),
        posts=tuple(_post(feature) for feature in drawn["crossing"]),
        settlements=tuple(_settlement(f) for f in drawn["place"] if f["properties"]["kind"] in SETTLEMENT_KINDS),
        areas=tuple(
            DelimitationArea(f["id"], f["properties"]["label"], shape_of(f), accuracy_m_of(f)) for f in drawn["exclave"]
        ),
        former_railway=_former_railway({feature["id"]: feature for feature in drawn["place"]}),
    )


def _former_railway(places: dict[FeatureId, Feature]) -> FormerRailway | None:
    """Add up Meghri-Julfa and Julfa-Yeraskh from the line tables kept with the places; None where one is missing."""
    legs = (
        ("Railway chainage from Alat, line Alat-Julfa", "place/meghri-station", "place/julfa-station"),
        ("Railway chainage from Yerevan, line Yerevan-Julfa", "place/yeraskh", "place/julfa-station"),
    )
    km, sources = 0.0, []
    for table, start, end in legs:
        facts = [
            next((f for f in places[p]["properties"]["facts"] if f["label"] == table), None) if p in places else None
            for p in (start, end)
        ]
        if facts[0] is None or facts[1] is None:
            return None
        km += abs(float(facts[1]["value"]) - float(facts[0]["value"]))
        sources += facts[0]["sources"] + facts[1]["sources"]
    return FormerRailway("Meghri-Julfa-Yeraskh", round(km, 1), tuple(dict.fromkeys(sources)))


def _border(feature: Feature) -> Border:
    of = properties_of(feature, BorderProperties)
    territories, pair = frozenset(of["territories"]), tuple(of["pair"])
    return Border(feature["id"], of["label"], territories, pair, of["kind"], of["delimited"], accuracy_m_of(feature))


def _post(feature: Feature) -> Post:
    of, (lon, lat) = properties_of(feature, CrossingProperties), position_of(feature)
    return Post(
        id=feature["id"],
        label=of["label"],
        territories=frozenset(of["territories"]),
        modes=tuple(of["modes"]),
        lon=lon,
        lat=lat,
        accuracy_m=accuracy_m_of(feature),
        status=of["status"],
        status_as_of=of["status_as_of"],
        sources=tuple(of["sources"]),
    )


def _settlement(feature: Feature) -> Settlement:
    of, (lon, lat) = feature["properties"], position_of(feature)
    counted = next((fact["value"] for fact in of["facts"] if fact["label"] == CENSUS_FACT), None)
    return Settlement(
        id=feature["id"],
        label=of["label"],
        kind=of["kind"],
        territory=of["territories"][0],
        lon=lon,
        lat=lat,
        accuracy_m=accuracy_m_of(feature),
        people=counted if isinstance(counted, int) else None,
        sources=tuple(of["sources"]),
    )

"""What of the shipped layers a route is measured against: territories, borders, posts, settlements, areas."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.assessing.border_lines import BorderLines
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
from corridor.land.geodesy import positions_to_metric, to_metric
from corridor.land.territory import OUTSIDE, SEA, Territories, TerritoryId, read_territories
from corridor.sources import GEODATA, SourceId

#: The two States of the Declaration; every other State of the map is a third State to them.
PARTIES = frozenset({"armenia", "azerbaijan"})
SETTLEMENT_KINDS = frozenset({"capital", "city", "town", "village"})
#: Stands in place of a territory for settlements in areas under delimitation, and what a reader sees of it.
UNDER_DELIMITATION, UNDER_DELIMITATION_WORDS = "under-delimitation", "Areas under delimitation"
CENSUS_FACT = "Population, census of 2011"


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
    """A capital, city, town or village; `people` only where a dated census table is shipped, else None.

    `area` is the area under delimitation it lies in; such a settlement is counted for no country.
    """

    id: FeatureId
    label: str
    kind: str
    territory: TerritoryId
    lon: float
    lat: float
    accuracy_m: float
    people: int | None
    sources: tuple[SourceId, ...]
    area: FeatureId | None = None

    @property
    def country(self) -> str:
        """The territory it is counted for, or UNDER_DELIMITATION."""
        return UNDER_DELIMITATION if self.area else self.territory


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

    @cached_property
    def metric_shape(self) -> BaseGeometry:
        """The outline in metres of the corridor's UTM zone."""
        return to_metric(self.shape)


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
    former_railways: tuple[FormerRailway, ...] = ()

    def label(self, territory: TerritoryId) -> str:
        """Return the name of a territory as it stands in a sentence."""
        return {
            SEA: "the Caspian",
            OUTSIDE: "the area outside the map",
            UNDER_DELIMITATION: UNDER_DELIMITATION_WORDS,
        }.get(territory) or self.labels[territory]

    def state(self, territory: TerritoryId) -> str:
        """Return the State a territory belongs to; both parts of Azerbaijan are one."""
        return "azerbaijan" if territory.startswith("az-") else territory

    @cached_property
    def every_border(self) -> BorderLines:
        """All borders, for asking which is nearest."""
        return self._lines(range(len(self.borders)))

    @cached_property
    def third_state_borders(self) -> BorderLines:
        """The borders of States other than Armenia and Azerbaijan."""
        return self._lines([n for n, border in enumerate(self.borders) if border.of_a_third_state])

    def borders_of(self, territory: TerritoryId) -> BorderLines:
        """Return the borders of one territory."""
        if territory not in self._by_territory:
            numbers = [n for n, border in enumerate(self.borders) if territory in border.territories]
            self._by_territory[territory] = self._lines(numbers)
        return self._by_territory[territory]

    @cached_property
    def _by_territory(self) -> dict[TerritoryId, BorderLines]:
        return {}

    def _lines(self, numbers: Collection[int]) -> BorderLines:
        return BorderLines([(number, self.metric_borders[number]) for number in numbers])

    @cached_property
    def metric_borders(self) -> tuple[BaseGeometry, ...]:
        """The shapes of the borders in metres of the corridor's UTM zone."""
        return tuple(to_metric(shape) for shape in self.border_shapes)

    @cached_property
    def accuracies_m(self) -> NDArray[np.float64]:
        """The accuracy of each border in metres."""
        return np.array([border.accuracy_m for border in self.borders])

    @cached_property
    def settlement_points(self) -> NDArray[np.object_]:
        """The settlements as points in metres of the corridor's UTM zone."""
        lonlat = np.array([(settlement.lon, settlement.lat) for settlement in self.settlements])
        return np.asarray(shapely.points(positions_to_metric(lonlat)))


@cache
def read_region(root: Path = GEODATA) -> Region:
    """Return the shipped land, read once per process; raise CatalogueError when a layer is missing or was changed."""
    territories, catalogue = read_territories(root), read_catalogue(root)
    wanted = ("territory", "border", "crossing", "place", "exclave")
    layers = {layer: read_features(catalogue[layer], root) for layer in wanted}
    drawn = {layer: [f for f in features if f["geometry"] is not None] for layer, features in layers.items()}
    areas = {f["id"] for f in layers["exclave"]}
    return Region(
        territories=territories,
        labels={f["id"].partition("/")[2]: f["properties"]["label"] for f in drawn["territory"]},
        borders=tuple(_border(feature) for feature in drawn["border"]),
        border_shapes=tuple(shape_of(feature) for feature in drawn["border"]),
        posts=tuple(_post(feature) for feature in drawn["crossing"]),
        settlements=tuple(_settlement(f, areas) for f in drawn["place"] if f["properties"]["kind"] in SETTLEMENT_KINDS),
        areas=tuple(
            DelimitationArea(f["id"], f["properties"]["label"], shape_of(f), accuracy_m_of(f)) for f in drawn["exclave"]
        ),
        former_railways=_former_railways({feature["id"]: feature for feature in drawn["place"]}),
    )


#: Tables of the former railways that are kept with the places.
_FROM_ALAT, _FROM_YEREVAN = (
    "Railway chainage from Alat, line Alat-Julfa",
    "Railway chainage from Yerevan, line Yerevan-Julfa",
)
#: For each way its parts: the table, from which place and to which. One way of each State, in alphabetical order.
_FORMER_WAYS = {
    "Meghri-Julfa-Yeraskh": (
        (_FROM_ALAT, "place/meghri-station", "place/julfa-station"),
        (_FROM_YEREVAN, "place/yeraskh", "place/julfa-station"),
    ),
    "Horadiz-Meghri-Julfa": ((_FROM_ALAT, "place/horadiz", "place/julfa-station"),),
}


def _former_railways(places: dict[FeatureId, Feature]) -> tuple[FormerRailway, ...]:
    """Add up ways from the line tables kept with the places; none where a part of one is missing."""
    railways = [_former_railway(way, parts, places) for way, parts in _FORMER_WAYS.items()]
    return tuple(railway for railway in railways if railway is not None)


def _former_railway(
    way: str, parts: Iterable[tuple[str, FeatureId, FeatureId]], places: dict[FeatureId, Feature]
) -> FormerRailway | None:
    km, sources = 0.0, []
    for table, start, end in parts:
        facts = [
            next((f for f in places[p]["properties"]["facts"] if f["label"] == table), None) if p in places else None
            for p in (start, end)
        ]
        if facts[0] is None or facts[1] is None:
            return None
        km += abs(float(facts[1]["value"]) - float(facts[0]["value"]))
        sources += facts[0]["sources"] + facts[1]["sources"]
    return FormerRailway(way, round(km, 1), tuple(dict.fromkeys(sources)))


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


def _settlement(feature: Feature, areas: Collection[FeatureId]) -> Settlement:
    of, (lon, lat) = feature["properties"], position_of(feature)
    # An area and the village it is named after have the same name in both layers; Sofulu has no outline of its own.
    area = feature["id"].replace("place/", "exclave/")
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
        area=area if area in areas else None,
    )

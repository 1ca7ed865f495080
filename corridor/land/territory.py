"""Which State's territory a point or a stretch of a line lies in, and where a line meets a border.

Nothing here takes a position on status or delimitation: the polygons are OpenStreetMap's, and km inside an area under
delimitation are listed beside the sums, never taken out of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import overload

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.errors import CatalogueError
from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.features import Feature, FeatureId, shape_of
from corridor.land.geodesy import Values
from corridor.land.line_rows import LineRows, shapes_of
from corridor.land.partition import Partition, Parts
from corridor.sources import GEODATA

TerritoryId = str

#: Answers besides the territories: the Caspian, and everywhere the map has no polygon.
SEA: TerritoryId = "sea"
OUTSIDE: TerritoryId = "outside"
CASPIAN: FeatureId = "water/caspian"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a line inside one territory, by distance along the line in km."""

    territory: TerritoryId
    from_km: float
    to_km: float

    @property
    def km(self) -> float:
        """The length in km."""
        return self.to_km - self.from_km


@dataclass(frozen=True, eq=False, slots=True)
class Stretches(Sequence[Stretch]):
    """The stretches of a line in its order as columns, for a line of thousands of parts has thousands of them."""

    territories: NDArray[np.object_]
    from_km: Values
    to_km: Values

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.to_km)

    @overload
    def __getitem__(self, index: int) -> Stretch: ...
    @overload
    def __getitem__(self, index: slice) -> "Stretches": ...
    def __getitem__(self, index: int | slice) -> "Stretch | Stretches":
        """Return a stretch, or some."""
        if isinstance(index, slice):
            return Stretches(self.territories[index], self.from_km[index], self.to_km[index])
        return Stretch(self.territories[index], float(self.from_km[index]), float(self.to_km[index]))


def km_by_territory(stretches: Iterable[Stretch]) -> dict[TerritoryId, float]:
    """Return the kilometres in each territory, in the order in which the stretches first enter them."""
    sums: dict[TerritoryId, float] = {}
    for stretch in stretches:
        sums[stretch.territory] = sums.get(stretch.territory, 0.0) + stretch.km
    return sums


@dataclass(frozen=True)
class Crossing:
    """Where a line passes from one territory into another; km along the line, degrees, the border it meets there."""

    before: TerritoryId
    after: TerritoryId
    at_km: float
    lon: float
    lat: float
    border: FeatureId | None


@dataclass(frozen=True)
class Overlap:
    """Length of a line in km inside an area under delimitation."""

    area: FeatureId
    km: float


@dataclass(frozen=True)
class Split:
    """A line by territory: stretches in its order, without gaps, and the crossings between them."""

    length_km: float
    stretches: tuple[Stretch, ...]
    crossings: tuple[Crossing, ...]

    @property
    def by_territory_km(self) -> dict[TerritoryId, float]:
        """Kilometres by territory, in the order the line first enters them."""
        return km_by_territory(self.stretches)


class Territories:
    """The shipped territories, borders and areas under delimitation; positions are (lon, lat) in degrees, WGS84."""

    def __init__(
        self, territories: Iterable[Feature], sea: Feature, borders: Iterable[Feature], areas: Iterable[Feature]
    ) -> None:
        """Take features of the layers territory, water, border and exclave as GeoJSON mappings."""
        polygons = {_local(feature["id"]): shape_of(feature) for feature in territories}
        self.ids = tuple(polygons)
        self._shapes = polygons
        self._land = Partition({**polygons, SEA: shape_of(sea)})
        self._borders = {f["id"]: (shape_of(f), frozenset(f["properties"]["territories"])) for f in borders}
        self._area_shapes = {f["id"]: shape_of(f) for f in areas if f["geometry"] is not None}
        self._areas = {key: Partition({key: shape}) for key, shape in self._area_shapes.items()}

    def shape(self, territory: TerritoryId) -> BaseGeometry:
        """Return the land of a territory in degrees; raise KeyError for the sea and for what is none."""
        return self._shapes[territory]

    def locate(self, lon: float, lat: float) -> TerritoryId:
        """Return the territory a point lies in; on a shared edge the first in the layer's order."""
        return self.locate_all(np.array([[lon, lat]]))[0]

    def locate_all(self, positions: NDArray[np.float64]) -> list[TerritoryId]:
        """Return the territory of each (lon, lat) row."""
        names: list[TerritoryId] = self.owners(positions).tolist()
        return names

    def owners(self, positions: NDArray[np.float64]) -> NDArray[np.object_]:
        """Return the same as a column, a name for each row."""
        return np.array([*self._land.names, OUTSIDE], dtype=object)[self._land.numbers(positions)]

    def split(self, line: shapely.LineString) -> Split:
        """Return `line` by territory; the stretches add up to its geodesic length, whichever way it is drawn."""
        return self.split_of(self.parts(shapely.get_coordinates(line)))

    def split_all(self, lines: LineRows) -> Iterator[Split]:
        """Yield each line, (n, 2) positions in degrees, by territory, as `split` does."""
        # Some at a time: what is known of each segment meanwhile is several times the lines.
        return (self.split_of(parts) for some in lines.some_at_a_time() for parts in self._land.parts_of_all(some))

    def parts(self, positions: NDArray[np.float64]) -> Parts:
        """Return the parts, segment by segment, of the line through (n, 2) positions in degrees."""
        return self._land.parts(positions)

    def split_of(self, parts: Parts) -> Split:
        """Return a line in parts by territory, as `split` does."""
        pieces = self._land.joined(parts)
        if len(pieces) == 1:
            (piece,) = pieces
            return Split(piece.to_km, (Stretch(piece.owner or OUTSIDE, piece.from_km, piece.to_km),), ())
        stretches = tuple(Stretch(piece.owner or OUTSIDE, piece.from_km, piece.to_km) for piece in pieces)
        passages = [(a.territory, b.territory) for a, b in pairwise(stretches)]
        borders = self._borders_between(passages, [piece.start for piece in pieces[1:]])
        crossings = tuple(
            Crossing(*passage, piece.from_km, *piece.start, border)
            for passage, piece, border in zip(passages, pieces[1:], borders, strict=True)
        )
        return Split(pieces[-1].to_km if pieces else 0.0, stretches, crossings)

    def overlaps(self, lines: LineRows) -> tuple[Overlap, ...]:
        """Return the km of lines, (n, 2) positions in degrees, inside each area under delimitation they enter."""
        inside = dict.fromkeys(self._areas, 0.0)
        for parts in map(shapes_of, lines.some_at_a_time()):
            for area, partition in self._areas.items():
                # Asked first, since it is far cheaper than cutting a long line that is nowhere near.
                shape = self._area_shapes[area]
                near = [run for part in parts[shapely.intersects(shape, parts)] for run in _runs_near(part, shape)]
                inside[area] += sum(
                    p.to_km - p.from_km for run in near for p in partition.pieces(run) if p.owner == area
                )
        return tuple(Overlap(area, km) for area, km in inside.items() if km > 0)

    def border_between(self, before: TerritoryId, after: TerritoryId, at: tuple[float, float]) -> FeatureId | None:
        """Return the border feature of this pair nearest to a point; None for a coast or the window's edge."""
        return self._borders_between([(before, after)], [at])[0]

    def _borders_between(
        self, passages: Sequence[tuple[TerritoryId, TerritoryId]], at: Sequence[tuple[float, float]]
    ) -> list[FeatureId | None]:
        """Return what `border_between` does for many passages, each pair of territories asked once for all of its."""
        borders: list[FeatureId | None] = [None] * len(passages)
        by_pair: dict[frozenset[TerritoryId], list[int]] = {}
        for number, passage in enumerate(passages):
            by_pair.setdefault(frozenset(passage), []).append(number)
        for pair, numbers in by_pair.items():
            keys = self._borders_by_pair.get(pair, [])
            # Most pairs have one border, of which no edge has to be found.
            nearest = [0] * len(numbers)
            if len(keys) > 1:
                tree, owners = self._edges_by_pair[pair]
                points = np.asarray(shapely.points([at[number] for number in numbers]))
                which, edges = tree.query_nearest(points, all_matches=True)
                least = np.full(len(numbers), len(keys))
                np.minimum.at(least, which, owners[edges])
                nearest = least.tolist()
            for number, border in zip(numbers if keys else (), nearest if keys else (), strict=True):
                borders[number] = keys[border]
        return borders

    @cached_property
    def _borders_by_pair(self) -> dict[frozenset[TerritoryId], list[FeatureId]]:
        pairs: dict[frozenset[TerritoryId], list[FeatureId]] = {}
        for key in sorted(self._borders):
            pairs.setdefault(frozenset(self._borders[key][1]), []).append(key)
        return pairs

    @cached_property
    def _edges_by_pair(self) -> dict[frozenset[TerritoryId], tuple[shapely.STRtree, NDArray[np.intp]]]:
        """The edges of the borders of each pair that has several, indexed, and the place of each edge's in their list.

        A border has thousands of edges; a line that crosses it at every vertex would ask each of them every time. All
        are indexed at the first question, so that a process that was asked once has them at hand.
        """
        indexed = {}
        for pair, keys in self._borders_by_pair.items():
            if len(keys) > 1:
                ends = [_edges(self._borders[key][0]) for key in keys]
                owners = np.repeat(np.arange(len(keys)), [len(edges) for edges in ends])
                indexed[pair] = shapely.STRtree(np.asarray(shapely.linestrings(np.concatenate(ends)))), owners
        return indexed


def _edges(lines: BaseGeometry) -> NDArray[np.float64]:
    """Return the edges of a line, or of several, as (n, 2, 2) positions."""
    corners = [shapely.get_coordinates(part) for part in shapely.get_parts(lines)]
    return np.concatenate(
        [np.zeros((0, 2, 2)), *(np.stack([positions[:-1], positions[1:]], axis=1) for positions in corners)]
    )


def read_territories(root: Path = GEODATA) -> Territories:
    """Return the shipped territories; raise CatalogueError when a layer or the Caspian is missing."""
    catalogue = read_catalogue(root)
    wanted = ("territory", "water", "border", "exclave")
    if missing := [layer for layer in wanted if layer not in catalogue]:
        raise CatalogueError(f"geodata/catalogue.toml lists no layer {missing[0]!r}; the territories need it.")
    territory, water, border, exclave = (read_features(catalogue[layer], root) for layer in wanted)
    sea = next((feature for feature in water if feature["id"] == CASPIAN), None)
    if sea is None:
        raise CatalogueError(f"geodata/{catalogue['water'].file} has no feature {CASPIAN!r}; the coast needs it.")
    return Territories(territory, sea, border, exclave)


def _runs_near(line: shapely.LineString, shape: BaseGeometry) -> list[shapely.LineString]:
    """Return the runs of a line whose segments come near the box around a shape."""
    positions = shapely.get_coordinates(line)
    west, south, east, north = shape.bounds
    near = np.ones(len(positions) - 1, dtype=bool)
    # A segment stays clear of the box where both of its ends lie beyond the same side.
    for column, least, most in ((0, west, east), (1, south, north)):
        for beyond in (positions[:, column] < least, positions[:, column] > most):
            near &= ~(beyond[:-1] & beyond[1:])
    edges = np.flatnonzero(np.diff(near, prepend=False, append=False)).reshape(-1, 2)
    return [shapely.LineString(positions[start : end + 1]) for start, end in edges.tolist()]


def _local(feature_id: FeatureId) -> str:
    return feature_id.partition("/")[2]

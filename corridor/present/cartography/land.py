"""What the shipped land looks like in the plane, thinned to what print can show at a scale.

Everything is projected once. Thinning keeps neighbours together: States and provinces are thinned as one coverage
(Visvalingam's algorithm on shared edges, as GEOS has it), and borders and border rivers keep the very vertices that
the States kept, so that no gap opens and no line leaves its edge.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log2

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.land.features import Feature, FeatureId, RouteProperties, properties_of, shape_of
from corridor.land.geodesy import Positions
from corridor.present.cartography.projection import DRAWN, to_plane
from corridor.present.live_map.labels import labels
from corridor.shipped import Shipped

#: Degrees: a longer edge is cut before it is projected, since it is straight in degrees and bent on paper.
STRAIGHT = 0.1
#: Positions: the square root of the area of the bends that are left out, 0.1 mm.
FINEST = 0.3
#: Thinned land is kept for steps of scale of this many to the octave; a map takes the next finer one.
STEPS = 2
#: Metres within which the end of a route lies on a border.
ON_BORDER = 5.0
#: Land the States and provinces share edges with, in its parts.
COUNTRY_OF_PROVINCES: FeatureId = "territory/armenia"
#: The water that the edge of the data cuts off, and how far it goes on at the same latitudes.
SEA: FeatureId = "water/caspian"
SEA_BEYOND = (50.6, DRAWN[1], DRAWN[2], DRAWN[3])


@dataclass(frozen=True, eq=False)
class Thinned:
    """The land at one step of scale: shapes in metres of the plane by feature, and the lines between provinces."""

    shapes: dict[FeatureId, BaseGeometry]
    between_provinces: BaseGeometry


class Land:
    """The shipped land in the plane; made once and asked for every map."""

    def __init__(self, shipped: Shipped) -> None:
        """Project everything that is drawn; takes a tenth of a second."""
        self.shipped = shipped
        self.features: dict[FeatureId, Feature] = {
            identity: feature for identity, feature in shipped.by_id.items() if feature["geometry"] is not None
        }
        self.shapes = {identity: on_plane(shape_of(feature)) for identity, feature in self.features.items()}
        if SEA in self.shapes:
            beyond = on_plane(shapely.box(*SEA_BEYOND))
            self.shapes[SEA] = shapely.union_all([self.shapes[SEA], beyond])
        of_states = np.unique(np.concatenate([_corners(self.shapes[i]) for i in self.layer("territory")]))
        lines = [*self.layer("border"), *self.layer("water")]
        self._along_states = {
            i
            for i in lines
            if "Line" in self.shapes[i].geom_type and np.isin(_corners(self.shapes[i]), of_states).all()
        }
        self.ends_on_border = {i: self._ends_on_border(i) for i in self.layer("route")}
        self.labels = labels(shipped.features, shipped.layers)
        self.paper_labels = labels(shipped.features, shipped.layers, paper=True)
        self._thinned: dict[int, Thinned] = {}

    def _ends_on_border(self, route: FeatureId) -> Positions:
        """Return the ends of a route that lie on the border of its country, in metres of the plane."""
        ends = shapely.get_coordinates(self.shapes[route])[[0, -1]]
        country = self.shapes[f"territory/{properties_of(self.features[route], RouteProperties)['country']}"]
        return np.asarray(ends[shapely.distance(shapely.boundary(country), shapely.points(ends)) < ON_BORDER])

    def layer(self, layer: str) -> list[FeatureId]:
        """Return the drawn features of a layer in their order."""
        return [identity for identity in self.features if identity.startswith(f"{layer}/")]

    def at(self, metres_per_point: float) -> Thinned:
        """Return the land thinned for a map on which a point shows so many metres."""
        step = floor(STEPS * log2(metres_per_point))
        if step not in self._thinned:
            self._thinned[step] = self._thin(FINEST * 2.0 ** (step / STEPS))
        return self._thinned[step]

    def _thin(self, tolerance: float) -> Thinned:
        states, provinces = self.layer("territory"), self.layer("province")
        parts = [*provinces, *(identity for identity in states if identity != COUNTRY_OF_PROVINCES or not provinces)]
        covered = shapely.coverage_simplify(np.array([self.shapes[i] for i in parts], dtype=object), tolerance)
        shapes: dict[FeatureId, BaseGeometry] = dict(zip(parts, covered.tolist(), strict=True))
        if provinces:
            shapes[COUNTRY_OF_PROVINCES] = shapely.coverage_union_all([shapes[i] for i in provinces])
        kept = np.unique(np.concatenate([_corners(shapes[i]) for i in states]))
        for identity, whole in self.shapes.items():
            if identity in shapes:
                continue
            if identity in self._along_states:
                shapes[identity] = _only(whole, kept)
            else:
                shapes[identity] = shapely.simplify(whole, tolerance / 2, preserve_topology=True)
        return Thinned(shapes, _between([shapes[i] for i in provinces], shapes.get(COUNTRY_OF_PROVINCES)))


def on_plane(geometry: BaseGeometry) -> BaseGeometry:
    """Return a geometry in degrees in metres of the plane, its long edges bent as the projection bends them."""
    return shapely.transform(shapely.segmentize(geometry, STRAIGHT), to_plane)


def _corners(geometry: BaseGeometry) -> NDArray[np.complex128]:
    """Return the corners of a geometry as complex numbers, which can be looked for exactly and fast."""
    return np.asarray(shapely.get_coordinates(geometry) @ (1, 1j))


def _only(line: BaseGeometry, kept: NDArray[np.complex128]) -> BaseGeometry:
    """Return a line with its ends and those of its corners that were kept."""
    parts: list[Positions] = []
    for part in shapely.get_parts(line):
        stays = np.isin(_corners(part), kept)
        stays[[0, -1]] = True
        parts.append(shapely.get_coordinates(part)[stays])
    return shapely.MultiLineString(parts)


def _between(provinces: Iterable[BaseGeometry], country: BaseGeometry | None) -> BaseGeometry:
    """Return the lines between provinces, each once."""
    outlines = shapely.union_all([shapely.boundary(province) for province in provinces])
    inner = outlines if country is None else shapely.difference(outlines, shapely.boundary(country))
    return shapely.line_merge(inner)

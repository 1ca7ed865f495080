"""What one frame of a map shows: which features, how they are called for, and their shapes on the page."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, log2, radians

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from corridor.land.appearance import FeatureLook
from corridor.land.catalogue import Layer
from corridor.land.features import FeatureId, LayerId, RouteProperties, properties_of
from corridor.land.geodesy import WEB_MERCATOR_PIXEL_M
from corridor.present.cartography.cutting import cut, on_page
from corridor.present.cartography.drawing import Look, Points
from corridor.present.cartography.land import Land, Thinned, on_plane
from corridor.present.cartography.line_offsets import Apart, OffsetLine, kept_apart
from corridor.present.cartography.looks import LIT, LIT_SEAM, classes_of, enlarged, line_looks
from corridor.present.cartography.projection import DRAWN, ORIGIN, Box, Frame
from corridor.present.map_request import MapRequest
from corridor.present.style import Palette

#: Points that a pixel is wide.
_PIXEL = 0.75
#: Paper shows more than a screen of the same scale, by so many zooms.
FINER = 1.2
#: Degrees beyond the drawn land to which a reader's own line is kept before it is projected; the cone has an end.
OWN_BEYOND = 0.5
#: Points beyond the frame to which routes are kept while they are moved apart, and the land they must not leave.
ROUTES_BEYOND, LAND_BEYOND = 30.0, 60.0
#: Half the width of a border on the map, in points.
BORDER_HALF = 0.5
#: A railway stays; a road makes room for it, and the others for both.
MODE_ORDER = ("mode-rail", "mode-road", "mode-energy", "mode-digital")


@dataclass(frozen=True, eq=False)
class View:
    """A frame with the request it answers; `size` enlarges lines and type."""

    land: Land
    request: MapRequest
    frame: Frame
    inks: Palette
    size: float

    def enlarged(self, look: Look) -> Look:
        """Return a look at the size of this frame."""
        return enlarged(look, self.size)

    @property
    def box(self) -> Box:
        """The frame's rectangle of the page."""
        return self.frame.box

    @property
    def layers(self) -> dict[LayerId, Layer]:
        """The layers of the catalogue by id."""
        return self.land.shipped.layers

    def looks_of(self, identity: FeatureId) -> tuple[FeatureLook, ...]:
        """Return how the catalogue says that the layer of a feature looks."""
        return self.layers[identity.partition("/")[0]].appearance.looks

    @property
    def zoom(self) -> float:
        """The zoom of the live map that shows as much as this frame has room for."""
        metres = self.frame.metres_per_point * self.size * _PIXEL
        return log2(WEB_MERCATOR_PIXEL_M * cos(radians(ORIGIN[1])) / metres) + FINER

    @cached_property
    def thinned(self) -> Thinned:
        """The land at the scale of the frame."""
        return self.land.at(self.frame.metres_per_point)

    @cached_property
    def asked(self) -> dict[FeatureId, frozenset[str]]:
        """The features the request shows, in catalogue order, with their class names."""
        lit, single, on = set(self.request.lit), set(self.request.shown), set(self.request.layers)
        classes: dict[FeatureId, frozenset[str]] = {}
        for identity, feature in self.land.features.items():
            layer = identity.partition("/")[0]
            switch = f"route-{properties_of(feature, RouteProperties)['mode']}" if layer == "route" else layer
            shown = switch in on and self.zoom >= self.layers[layer].appearance.paper_from_zoom
            if shown or identity in single or identity in lit:
                names = classes_of(layer, feature)
                classes[identity] = frozenset({*names, LIT}) if identity in lit else names
        return classes

    @cached_property
    def plain(self) -> dict[FeatureId, BaseGeometry]:
        """The features asked for that lie in the frame, on the page and cut off at it, each where it is."""
        window = shapely.box(*self.frame.plane_bounds())
        shapes = np.array([self.thinned.shapes[i] for i in self.asked], dtype=object)
        near = shapely.intersects(window, shapes)
        cut_off = {
            i: on_page(shape, self.frame) for i, shape, shown in zip(self.asked, shapes, near, strict=True) if shown
        }
        return {i: shape for i, shape in cut_off.items() if not shapely.is_empty(shape)}

    @cached_property
    def shapes(self) -> dict[FeatureId, BaseGeometry]:
        """The same as they are drawn, routes side by side."""
        moved = {i: cut(line, self.box) for i, line in self.apart.lines.items()}
        drawn = {i: moved.get(i, shape) for i, shape in self.plain.items()}
        return {i: shape for i, shape in drawn.items() if not shapely.is_empty(shape)}

    @cached_property
    def apart(self) -> Apart:
        """The routes asked for as they are drawn side by side, cut off somewhat beyond the frame."""
        ways: dict[FeatureId, OffsetLine] = {}
        countries: dict[FeatureId, BaseGeometry] = {}
        for identity in self.asked:
            line = self.wider(identity, ROUTES_BEYOND) if identity.startswith("route/") else shapely.Point()
            if "LineString" not in line.geom_type or shapely.is_empty(line):
                continue
            country = f"territory/{properties_of(self.land.features[identity], RouteProperties)['country']}"
            if country not in countries:
                countries[country] = self.wider(country, LAND_BEYOND)
            casing = self.enlarged(line_looks(self.asked[identity], self.inks)[0])
            on_border = self.frame.place(self.land.ends_on_border[identity])
            order = MODE_ORDER.index(next(mode for mode in MODE_ORDER if mode in self.asked[identity]))
            ways[identity] = OffsetLine(line, country, casing.width / 2, on_border, order)
        edge = LIT_SEAM / 2 if any(i.startswith(("territory/", "border/")) for i in self.request.lit) else BORDER_HALF
        return kept_apart(ways, countries, edge * self.size)

    def of(self, layer: str, name: str | None = None) -> list[FeatureId]:
        """Return what the frame shows of a layer, or those of its features that carry a class name."""
        return [i for i in self.shapes if i.startswith(f"{layer}/") and (name is None or name in self.asked[i])]

    def wider(self, identity: FeatureId, beyond: float) -> BaseGeometry:
        """Return the shape of a feature on the page, cut off `beyond` points outside the frame."""
        return on_page(self.thinned.shapes[identity], self.frame, beyond)

    @cached_property
    def countries(self) -> dict[FeatureId, BaseGeometry]:
        """The land of each territory in the frame, and the sea, ready to be asked which place lies in it."""
        shapes = {i: self.shapes[i] for i in (*self.of("territory"), *self.of("water", "water--sea"))}
        shapely.prepare(list(shapes.values()))
        return shapes

    @cached_property
    def own(self) -> dict[str, BaseGeometry]:
        """The reader's own lines on the page by id; those without a part in the frame are left out."""
        west, south, east, north = DRAWN
        lines = {}
        for own in self.request.own:
            whole = shapely.MultiLineString([part for part in own.parts if _has_length(part)])
            near = shapely.clip_by_rect(
                whole, west - OWN_BEYOND, south - OWN_BEYOND, east + OWN_BEYOND, north + OWN_BEYOND
            )
            plane = shapely.simplify(on_plane(near), self.frame.metres_per_point * 0.15)
            page = on_page(plane, self.frame)
            if not shapely.is_empty(page):
                lines[own.id] = page
        return lines


def _has_length(part: Points) -> bool:
    """Whether a part of a reader's line can be drawn: finite positions on more than one spot."""
    return len(part) > 1 and bool(np.isfinite(part).all()) and bool((part != part[0]).any())

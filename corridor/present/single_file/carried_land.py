"""Which land a story takes along in its file, and how finely.

Only what one of its maps shows is carried, thinned for print at 1 : 180 000, which is larger than any scene is printed.
States stay neighbours: the thinning is that of the static maps (corridor.present.cartography.land), which keeps shared
edges shared, so that no gap opens and no border leaves its edge. Thinned more coarsely, lines that follow the Araks
would leave their country.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import cos, log2, radians
from typing import TypedDict

import shapely

from corridor.land.catalogue import layer_bytes
from corridor.land.features import Feature, FeatureId, LayerId, as_geometry, geometry_of
from corridor.land.geodesy import WEB_MERCATOR_PIXEL_M
from corridor.land.rasters import RELIEF
from corridor.present.cartography.land import FINEST
from corridor.present.cartography.projection import ORIGIN, from_plane
from corridor.present.context import BriefingContext
from corridor.present.legend import LegendSection, legend
from corridor.present.live_map.folium_script import MapScript, ReliefPicture, map_script
from corridor.present.live_map.labels import Label
from corridor.present.map_request import MapRequest
from corridor.present.reader import HOME, INSET, LayerLighting, MapInset, lighting
from corridor.present.story.maps import SceneMap, scene_layers, switch_of, told_map
from corridor.present.style import class_names

#: Metres that a point of paper shows on the largest map for which the land is fine enough.
METRES_PER_POINT = 64.0
#: The root of the area, in metres, of the bends that are left out.
BEND_M = FINEST * METRES_PER_POINT
#: Pixels that the smallest bend still drawn has at the closest zoom; closer there would be nothing more to see.
BEND_PX = 4.0
CLOSEST_ZOOM = round(log2(WEB_MERCATOR_PIXEL_M * cos(radians(ORIGIN[1])) * BEND_PX / BEND_M) * 4) / 4
#: What is said of the map while a scene without one is read.
PLAIN = "This scene has no map of its own; the region as a whole."


class CarriedSwitch(LayerLighting):
    """The carried features that one switch of the map shows."""

    id: str
    features: list[FeatureId]


class CarriedSwitches(TypedDict):
    """Switches under one heading."""

    group: str
    switches: list[CarriedSwitch]


class CarriedLandRecord(TypedDict):
    """What the page has to know of the carried land besides its geometry; `closest` is a zoom."""

    key: str
    closest: float
    layers: list[CarriedSwitches]
    labels: list[Label]
    names: dict[FeatureId, str]
    legend: list[LegendSection]
    home: list[list[float]] | None
    plain: SceneMap
    inset: MapInset


@dataclass(frozen=True, eq=False)
class CarriedLand:
    """The land of some maps: what is drawn, as a script that folium wrote, and what the page has to know of it."""

    context: BriefingContext
    requests: tuple[MapRequest, ...]

    @cached_property
    def ids(self) -> tuple[FeatureId, ...]:
        """Every feature that one of the maps shows, and all land, in the order of the layers."""
        switched = {switch for request in self.requests for switch in request.layers}
        named = {identity for request in self.requests for identity in (*request.shown, *request.lit)}
        return tuple(
            identity
            for identity in self.context.land.features
            if identity in named or identity.startswith("territory/") or switch_of(identity, self.context) in switched
        )

    @cached_property
    def features(self) -> dict[LayerId, list[Feature]]:
        """The carried features by layer, thinned, in degrees on WGS84."""
        thinned = self.context.land.at(METRES_PER_POINT).shapes
        by_layer: dict[LayerId, list[Feature]] = {}
        for identity in self.ids:
            feature = self.context.land.features[identity]
            if geometry_of(feature)["type"] != "Point":
                lonlat = shapely.transform(thinned[identity], from_plane)
                feature = {**feature, "geometry": as_geometry(lonlat)}
            by_layer.setdefault(identity.partition("/")[0], []).append(feature)
        return by_layer

    @cached_property
    def script(self) -> MapScript:
        """The script that draws the carried land."""
        return map_script(self.features, self.context.shipped.layers, self._relief, all_on=True)

    @property
    def _relief(self) -> ReliefPicture:
        """The relief as a part of the file, which has no other beside it."""
        raster = self.context.shipped.rasters[RELIEF]
        picture = b64encode(layer_bytes(raster, self.context.root)).decode()
        return ReliefPicture(f"data:image/png;base64,{picture}", raster.grid.bounds)

    @cached_property
    def record(self) -> CarriedLandRecord:
        """What the page has to know of the land besides its geometry."""
        carried = set(self.ids)
        drawn = [class_names(layer, feature) for layer, features in self.features.items() for feature in features]
        return {
            "key": self.script.key,
            "closest": CLOSEST_ZOOM,
            "layers": [{"group": "Land", "switches": _switches(self.ids, self.context)}],
            "labels": [label for label in self.context.land.labels if label["id"] in carried],
            "names": {identity: self.context.shipped.labels[identity] for identity in self.ids},
            "legend": legend(drawn, self.context.shipped.layers),
            "home": self.context.card_lookup.bounds(HOME),
            "plain": told_map(self._plain()),
            "inset": INSET,
        }

    def _plain(self) -> MapRequest:
        """Return what stands beside the words of a scene without a map: the land, with nothing stressed."""
        (south, west), (north, east) = self.context.card_lookup.bounds(HOME) or ((0.0, 0.0), (0.0, 0.0))
        carried = {switch_of(identity, self.context) for identity in self.ids}
        return MapRequest(
            (west, south, east, north),
            [switch for switch in scene_layers(self.context.shipped.layers) if switch in carried],
            PLAIN,
        )


def _switches(ids: Iterable[FeatureId], context: BriefingContext) -> list[CarriedSwitch]:
    by_switch: dict[str, list[FeatureId]] = {}
    for identity in ids:
        by_switch.setdefault(switch_of(identity, context), []).append(identity)
    return [
        {"id": switch, **lighting(context.shipped.layers[features[0].partition("/")[0]]), "features": features}
        for switch, features in by_switch.items()
    ]

"""Which words stand on the map, where, how large, and from which zoom; the reader keeps those that do not collide."""

from collections.abc import Iterable, Mapping
from typing import NotRequired, TypedDict

import shapely

from corridor.land.appearance import NameLook
from corridor.land.catalogue import Layer
from corridor.land.features import Feature, FeatureId, LayerId, PlaceProperties, properties_of, shape_of

#: A name on the map: where it stands in degrees (left out where a static map finds the spot itself), its place in the
#: queue, how it is lettered, from which zoom.
Label = TypedDict(
    "Label",
    {
        "id": FeatureId,
        "text": str,
        "lat": NotRequired[float],
        "lon": NotRequired[float],
        "rank": int,
        "class": str,
        "min_zoom": float,
    },
)

#: Where the names of territories stand (lat, lon in degrees), chosen by eye so that they clear the routes.
TERRITORY_SPOTS: Mapping[FeatureId, tuple[float, float]] = {
    "territory/armenia": (40.30, 44.62),
    "territory/az-mainland": (40.42, 47.62),
    "territory/az-nakhchivan": (39.33, 45.42),
    "territory/georgia": (41.62, 44.75),
    "territory/iran": (38.52, 46.35),
    "territory/russia": (41.92, 47.25),
    "territory/turkiye": (40.22, 43.22),
}
#: What the map writes where it is not the feature's own label.
TERRITORY_WORDS = {"territory/az-mainland": "Azerbaijan"}
#: The first zoom at which a place of each rank has its name.
PLACE_ZOOM = {1: 6.0, 2: 7.25, 3: 8.75, 4: 10.0}
#: The first zoom at which water of each kind has its name; small lakes wait for `SMALL_WATER`.
WATER_ZOOM = {"sea": 6.0, "lake": 7.5, "river": 8.0, "reservoir": 9.0, "canal": 11.0}
SMALL_WATER = 9.5
#: Square degrees, about 90 square kilometres here.
SMALL = 0.01


def labels(
    layers: Mapping[LayerId, Iterable[Feature]], catalogue: Mapping[LayerId, Layer], *, paper: bool = False
) -> list[Label]:
    """Return the labels of all drawn features that have one, `paper` with those the screen has no room for.

    Lower `rank` wins where two collide. Land, water and places have rules of their own; the catalogue has the others'.
    """
    makers = {"territory": _territory, "water": _water, "place": _place}
    made = []
    for layer, features in layers.items():
        names = catalogue[layer].appearance.names
        for feature in features:
            if feature["geometry"] is None:
                continue
            if layer in makers:
                made.append(makers[layer](feature))
            elif names is not None and (names.screen or paper):
                made.append(_named(feature, names))
    return sorted(made, key=lambda label: (label["rank"], label["min_zoom"], label["id"]))


def _label(feature: Feature, spot: tuple[float, float], rank: int, style: str, zoom: float, words: str = "") -> Label:
    text = words or feature["properties"]["label"]
    latitude, longitude = (round(value, 5) for value in spot)
    return {
        "id": feature["id"],
        "text": text,
        "lat": latitude,
        "lon": longitude,
        "rank": rank,
        "class": style,
        "min_zoom": zoom,
    }


def _territory(feature: Feature) -> Label:
    identity = feature["id"]
    style = "autonomous" if identity == "territory/az-nakhchivan" else "state"
    spot = TERRITORY_SPOTS.get(identity) or _inside(feature)
    return _label(feature, spot, 0 if style == "state" else 1, style, 5.0, TERRITORY_WORDS.get(identity, ""))


def _water(feature: Feature) -> Label:
    kind = feature["properties"]["kind"]
    zoom = WATER_ZOOM.get(kind, SMALL_WATER)
    if kind in {"lake", "reservoir"} and shape_of(feature).area < SMALL:
        zoom = max(zoom, SMALL_WATER)
    return _label(feature, _inside(feature), 5, "water", zoom)


def _place(feature: Feature) -> Label:
    properties = properties_of(feature, PlaceProperties)
    kind, rank = properties["kind"], properties["rank"]
    style = {"village": "village", "station": "station", "dam": "station"}
    # "Astara (Iran)" tells two places apart in a list; on the map the place itself does.
    words = properties["label"].partition(" (")[0] if kind in {"capital", "city", "town", "village"} else ""
    return _label(feature, _inside(feature), 1 + rank, style.get(kind, "town"), PLACE_ZOOM[rank], words)


def _named(feature: Feature, names: NameLook) -> Label:
    label = feature["properties"]["label"]
    words = label.partition(names.before)[0] if names.before else ""
    return _label(feature, _inside(feature), names.rank, names.lettering, names.from_zoom, words)


def _inside(feature: Feature) -> tuple[float, float]:
    """Return (lat, lon) of a point on the feature: the point itself, the middle of a line, or well inside an area."""
    geometry = shape_of(feature)
    if geometry.geom_type.endswith("LineString"):
        longest = max(shapely.get_parts(geometry), key=lambda part: float(part.length))
        spot = longest.interpolate(0.5, normalized=True)
    elif geometry.geom_type.endswith("Polygon"):
        largest = max(shapely.get_parts(geometry), key=lambda part: float(part.area))
        spot = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.005), 0)
    else:
        spot = shapely.centroid(geometry)
    return float(spot.y), float(spot.x)

"""How the map is authored: folium writes the Leaflet script, with names of our own so that it is always the same bytes.

The script carries geometry, ids and classes only. No colour stands in it (the style sheet decides, for light, dark,
print and projector), no label, and no text a reader typed. It asks no other host for anything: Leaflet is expected to
be loaded already.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypedDict

import folium
from branca.element import Figure
from folium.map import CustomPane
from folium.utilities import JsCode
from shapely import total_bounds

from corridor.land.catalogue import Layer
from corridor.land.features import Coordinates, Feature, FeatureId, Geometry, LayerId, geometry_of, shape_of
from corridor.land.geodesy import Bounds
from corridor.land.rasters import RELIEF
from corridor.present.style import class_names

#: Decimals of a degree in the script: 1.1 m at most, a fiftieth of the best accuracy of a layer.
DECIMALS = 5
#: South, west, north, east in degrees: the land that is drawn, and the sea beside it. No map shows more.
DRAWN_WINDOW = (38.0, 42.8, 42.2, 52.4)
#: A path is drawn this share of the map beyond its edge: more would be painted anew each time something lights.
BEYOND_THE_EDGE = 0.15
#: Pixels by which a drawn edge may leave its true course (half a pixel where not said). The land lights as a whole, so
#: its fill is what is painted most; where States meet, a border line lies over its edge.
SMOOTHING = {"territory": 1.0}
CONTAINER = "map_corridor"
#: Heights (z-index) of the panes that belong to no layer of the catalogue. The relief lies on the colours of the
#: States, which it darkens and lightens, and under all that is drawn on them; lakes and the sea hide it.
RELIEF_PANE, CASING_PANE, LIT_PANE = 415, 470, 520
#: The water that the edge of the data cuts off; it goes on eastwards at these latitudes to 52.4 E and beyond.
SEA = "water/caspian"
#: Degrees by which the two overlap, so that no seam shows between them.
SEAM = 0.05

#: The map is held within the drawn land at once. Leaflet would swing back, and lose a view that is asked for meanwhile.
HELD = (
    f"{CONTAINER}.panInsideBounds = function (bounds) "
    "{return L.Map.prototype.panInsideBounds.call(this, bounds, {animate: false});};\n"
)
#: A comma between numbers or positions with the space folium puts after it, a tenth of the script.
BETWEEN = re.compile(r"(?<=[\d\]]), (?=[-\d\[])")

MARK_FEATURE = JsCode(
    """function (feature, layer) {
        layer.on("add", function () {
            var element = layer.getElement && layer.getElement();
            if (element) { element.setAttribute("data-feature", feature.id); }
        });
    }"""
)


class BareFeature(TypedDict):
    """A feature as it stands in the script: what is drawn and by which id, without a word about it."""

    type: Literal["Feature"]
    id: FeatureId
    properties: dict[str, str]
    geometry: Geometry


@dataclass(frozen=True, slots=True)
class ReliefPicture:
    """The shaded relief for a browser: where it is fetched, or the picture itself as a data address; its edges."""

    address: str
    bounds: Bounds


@dataclass(frozen=True, slots=True)
class MapScript:
    """A map as a script: `key` is the SHA-256 of what it draws, shortened, under which it registers itself."""

    key: str
    script: str


def panes(catalogue: Mapping[LayerId, Layer]) -> dict[str, int]:
    """Return the panes from the lowest up with their heights: one for each layer, and those that maps add."""
    heights = {layer.id: layer.appearance.pane for layer in catalogue.values()}
    heights |= {RELIEF: RELIEF_PANE, "route-casing": CASING_PANE, "lit": LIT_PANE}
    return dict(sorted(heights.items(), key=lambda pane: pane[1]))


def map_script(
    layers: Mapping[LayerId, Sequence[Feature]],
    catalogue: Mapping[LayerId, Layer],
    relief: ReliefPicture | None = None,
    *,
    all_on: bool = False,
) -> MapScript:
    """Return the script that draws `layers` (WGS84 lon/lat features; those without geometry are left out) on `relief`.

    Loaded in a browser, it adds a function to `window.corridorMaps` under its key; called with the id of an element,
    that draws the map there and returns `{map, layers}`, the Leaflet map and its layers by id. A layer that the
    catalogue calls off at the start is made but not added, unless `all_on`.
    """
    body = _body(layers, catalogue, relief, all_on)
    key = hashlib.sha256(body.encode()).hexdigest()[:16]
    return MapScript(key, f'(window.corridorMaps ??= {{}})["{key}"] = function (containerId) {{\n{body}\n}};\n')


def corridor_map(
    layers: Mapping[LayerId, Sequence[Feature]], catalogue: Mapping[LayerId, Layer], all_on: bool
) -> folium.Map:
    """Return the folium map of `layers`, without tiles; it names no script and no style sheet to be fetched."""
    south, west, north, east = DRAWN_WINDOW
    page = folium.Map(
        location=[40.1, 46.3],
        zoom_start=7,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        minZoom=5,
        maxZoom=15,
        zoom_snap=0.25,
        zoom_delta=0.5,
        max_bounds=True,
        min_lat=south,
        max_lat=north,
        min_lon=west,
        max_lon=east,
        max_bounds_viscosity=1.0,
    )
    page.default_js, page.default_css = [], []
    page._id = CONTAINER.removeprefix("map_")
    for name, z_index in panes(catalogue).items():
        pane = CustomPane(name, z_index=z_index, pointer_events=False)
        pane._id = name.replace("-", "_")
        page.add_child(pane)
    drawn = {layer: [f for f in features if f["geometry"] is not None] for layer, features in layers.items()}
    for layer, features in drawn.items():
        if features:
            page.add_child(_layer(layer, features, all_on or catalogue[layer].default_on), name=layer)
    return page


def _body(
    layers: Mapping[LayerId, Sequence[Feature]],
    catalogue: Mapping[LayerId, Layer],
    relief: ReliefPicture | None,
    all_on: bool,
) -> str:
    page = corridor_map(layers, catalogue, all_on)
    made = {name: child for name, child in page._children.items() if isinstance(child, folium.GeoJson)}
    figure = Figure()
    page.add_to(figure)
    figure.render()
    script = _onto_any_element(BETWEEN.sub(",", figure.script.render()))
    names = ", ".join(f'"{layer}": {element.get_name()}' for layer, element in made.items())
    beside = f"{_relief(relief)}{_casing(made)}{_sea_beyond(layers)}{_neat_line(layers)}"
    return (
        f"L.Renderer.prototype.options.padding = {BEYOND_THE_EDGE};\n{script}\n{HELD}"
        f"var layers = {{{names}}};\n{beside}return {{map: {CONTAINER}, layers: layers}};"
    )


def _layer(layer: LayerId, features: Sequence[Feature], shown: bool) -> folium.GeoJson:
    classes = {feature["id"]: class_names(layer, feature) for feature in features}
    element = folium.GeoJson(
        {"type": "FeatureCollection", "features": [_bare(feature) for feature in features]},
        style_function=lambda feature: {"className": classes[feature["id"]], "pane": layer},
        marker=folium.CircleMarker(location=None, radius=5, fill=True),
        on_each_feature=MARK_FEATURE,
        smooth_factor=SMOOTHING.get(layer, 0.5),
        show=shown,
        pane=layer,
    )
    element._id = layer
    return element


def _bare(feature: Feature) -> BareFeature:
    geometry = geometry_of(feature)
    return {
        "type": "Feature",
        "id": feature["id"],
        "properties": {},
        "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])},
    }


def _rounded(coordinates: Coordinates) -> Coordinates:
    if isinstance(coordinates, (int, float)):
        return round(coordinates, DECIMALS)
    return [_rounded(part) for part in coordinates]


def _onto_any_element(script: str) -> str:
    """Return the script drawing onto the element it is given instead of folium's own."""
    times = script.count(f'"{CONTAINER}"')
    if times != 1:
        raise ValueError(f"folium names the map's element {times} times in its script; once was expected.")
    return script.replace(f'"{CONTAINER}"', "containerId")


def _relief(relief: ReliefPicture | None) -> str:
    """Return the line that lays the relief on the land: one picture, which the browser scales, in a pane of its own."""
    if relief is None:
        return ""
    west, south, east, north = relief.bounds
    return (
        f'layers["{RELIEF}"] = L.imageOverlay("{relief.address}", [[{south}, {west}], [{north}, {east}]], '
        f'{{pane: "{RELIEF}", className: "relief", interactive: false}}).addTo({CONTAINER});\n'
    )


def _casing(made: Mapping[LayerId, folium.GeoJson]) -> str:
    """Return the lines that lay a casing under every route line, from the geometry that is already there."""
    if "route" not in made:
        return ""
    return (
        'layers["route-casing"] = L.geoJSON(layers["route"].toGeoJSON(false), {\n'
        '    pane: "route-casing", interactive: false, smoothFactor: 0.5,\n'
        '    style: function () { return {className: "route-casing"}; },\n'
        "    onEachFeature: function (feature, layer) {\n"
        '        layer.on("add", function () { layer.getElement().setAttribute("data-casing", feature.id); });\n'
        "    }\n"
        f"}}).addTo({CONTAINER});\n"
    )


def _sea_beyond(layers: Mapping[LayerId, Sequence[Feature]]) -> str:
    """Return the lines that carry the sea on from the edge of the data to the edge of the window, as part of it."""
    sea = next((feature for feature in layers.get("water", ()) if feature["id"] == SEA), None)
    if sea is None:
        return ""
    _, south, east, north = (round(edge, DECIMALS) for edge in shape_of(sea).bounds)
    east = round(east - SEAM, DECIMALS)
    return (
        f"var beyond = L.rectangle([[{south}, {east}], [{north}, {DRAWN_WINDOW[3]}]], "
        '{pane: "water", className: "water water--sea", fillOpacity: 1, interactive: false});\n'
        f'beyond.feature = {{id: "{SEA}"}};\n'
        'layers["water"].addLayer(beyond);\n'
    )


def _neat_line(layers: Mapping[LayerId, Sequence[Feature]]) -> str:
    """Return the line around the land and the sea that are drawn: there the sheet ends, not the world."""
    land = [shape_of(feature) for feature in layers.get("territory", ()) if feature["geometry"]]
    if not land:
        return ""
    west, south, _, north = total_bounds(land).round(DECIMALS).tolist()
    return (
        f"L.rectangle([[{south}, {west}], [{north}, {DRAWN_WINDOW[3]}]], "
        f'{{pane: "border", className: "neat-line", fill: false, interactive: false}}).addTo({CONTAINER});\n'
    )

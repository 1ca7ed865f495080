"""What the map of a scene has to show, what it is in words, and where the same view is found on the live page."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict
from urllib.parse import quote

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from corridor.candidates import MODE_WORDS, Candidate
from corridor.land.catalogue import Layer
from corridor.land.features import FeatureId, LayerId, RouteProperties, properties_of
from corridor.land.geodesy import Bounds
from corridor.land.rasters import RELIEF
from corridor.present.context import BriefingContext
from corridor.present.live_map.folium_script import DECIMALS, DRAWN_WINDOW
from corridor.present.map_request import MapRequest, OwnLine, told_apart
from corridor.present.reader import HOME
from corridor.storyboard.resolving import ResolvedScene
from corridor.storyboard.story import kind_of

#: Share of the view left free around what is framed, and the least it spans in degrees of longitude and latitude.
AROUND = 0.06
LEAST = (0.9, 0.5)
#: Degrees a drawn own line may leave its course when it has more vertices than a screen can show; about ten metres.
THINNED_DEG, MANY = 1e-4, 4_000
#: The map of the live page on a laptop, in pixels; the link asks for the zoom at which the view fits into it.
LIVE_MAP = (900, 700)
ZOOMS = (5.0, 15.0)


def scene_map(resolved: ResolvedScene, context: BriefingContext) -> MapRequest | None:
    """Return what the map of a scene shows; None where it has none.

    What a phrase or a feature lights is stressed, and so is the one line of a scene about one candidate; candidates
    side by side are drawn alike. What is named is drawn even where its layer is off.
    """
    kind, scene = kind_of(resolved.scene), resolved.scene
    if not scene.view and not (kind and kind.mapped):
        return None
    way = _drawn_ways(resolved, context)
    posts = context.card_lookup.drawn(
        f"crossing/{post}" for candidate in resolved.candidates for post in candidate.crossings
    )
    alone = scene.kind == "options"
    lit = context.card_lookup.drawn([*_pointed_at(resolved, context), *resolved.features, *(way if alone else ())])
    layers = scene_layers(context.shipped.layers) if resolved.layers is None else resolved.layers
    lines = [OwnLine(own.id, route.name, tuple(route.lines), own.mode) for own, route in resolved.routes]
    own = told_apart(lines, beside=len(resolved.candidates))
    bounds = scene.view or _framed(context, [*lit, *way], own)
    shown = tuple(
        dict.fromkeys([*way, *posts, *(feature for feature in lit if switch_of(feature, context) not in layers)])
    )
    return MapRequest(bounds, layers, _described(resolved, context, lit, layers), shown, lit, own, scene.inset)


class SceneLine(TypedDict):
    """An own line on the map of a scene; `parts` are rows of longitude and latitude in degrees.

    `look` numbers the colours of lines side by side from 1; 0 is the look of any own line.
    """

    id: str
    name: str
    parts: list[list[list[float]]]
    look: int


class SceneMap(TypedDict):
    """What the map in a browser is told of a scene; bounds are west, south, east, north in degrees."""

    bounds: list[float]
    layers: list[LayerId]
    shown: list[FeatureId]
    lit: list[FeatureId]
    inset: bool
    description: str
    own: list[SceneLine]


def scene_layers(layers: Mapping[LayerId, Layer]) -> tuple[LayerId, ...]:
    """Return what a scene shows where it names no layers: the land, and nothing that competes with what is lit."""
    return tuple(layer.id for layer in layers.values() if layer.appearance.in_scenes)


def told_map(request: MapRequest) -> SceneMap:
    """Return what the map in a browser is told of a request, as JSON takes it."""
    return {
        "bounds": list(request.bounds),
        "layers": list(request.layers),
        "shown": list(request.shown),
        "lit": list(request.lit),
        "inset": request.inset,
        "description": request.description,
        "own": [
            {"id": line.id, "name": line.name, "parts": _told_parts(line), "look": line.look} for line in request.own
        ],
    }


def _told_parts(line: OwnLine) -> list[list[list[float]]]:
    many = sum(len(part) for part in line.parts) > MANY
    parts = [
        np.asarray(shapely.get_coordinates(shapely.LineString(part).simplify(THINNED_DEG))) if many else part
        for part in line.parts
    ]
    return [part.round(DECIMALS).tolist() for part in parts]


def _way(candidate: Candidate) -> list[FeatureId]:
    return [f"route/{part.segment}" for part in candidate.segments]


def _drawn_ways(resolved: ResolvedScene, context: BriefingContext) -> list[FeatureId]:
    return context.card_lookup.drawn(segment for candidate in resolved.candidates for segment in _way(candidate))


def _pointed_at(resolved: ResolvedScene, context: BriefingContext) -> Iterable[FeatureId]:
    """Yield what the phrase of a scene points at; without a phrase, the land its clause names."""
    if resolved.scene.phrase or resolved.clause is None:
        yield from resolved.anchor.targets if resolved.anchor else ()
        return
    for anchor in context.shipped.library.declaration.anchors:
        if anchor.clause == resolved.clause.id and anchor.relation == "names":
            yield from anchor.targets


def switch_of(feature: FeatureId, context: BriefingContext) -> str:
    """Return the id of the layer switch under which a feature is drawn."""
    layer = feature.partition("/")[0]
    if layer != "route":
        return layer
    return f"route-{properties_of(context.shipped.by_id[feature], RouteProperties)['mode']}"


def _framed(context: BriefingContext, features: Sequence[FeatureId], own: Sequence[OwnLine]) -> Bounds:
    """Return the bounds of features and own lines with room around them; those of both States without any."""
    framed: list[BaseGeometry] = [shapely.box(*context.boxes[feature]) for feature in features]
    framed += [shapely.LineString(part).envelope for line in own for part in line.parts]
    south, west, north, east = DRAWN_WINDOW
    within = shapely.intersection(shapely.union_all(framed), shapely.box(west, south, east, north))
    if within.is_empty:
        return _framed(context, HOME, ())
    west, south, east, north = (float(edge) for edge in within.bounds)
    beside = max((east - west) * AROUND, (LEAST[0] - (east - west)) / 2)
    above = max((north - south) * AROUND, (LEAST[1] - (north - south)) / 2)
    return round(west - beside, 4), round(south - above, 4), round(east + beside, 4), round(north + above, 4)


def _described(
    resolved: ResolvedScene, context: BriefingContext, lit: Sequence[FeatureId], layers: Sequence[str]
) -> str:
    """Return in words what the map shows, for those who do not see it."""
    ways = {segment for candidate in resolved.candidates for segment in _way(candidate)}
    drawn = [candidate for candidate in resolved.candidates if context.card_lookup.drawn(_way(candidate))]
    named = (
        ("Stressed", [context.shipped.labels[feature] for feature in lit if feature not in ways]),
        ("Lines", [f"{candidate.name}, from {candidate.origin} to {candidate.destination}" for candidate in drawn]),
        ("Listed, not drawn", [candidate.name for candidate in resolved.candidates if candidate not in drawn]),
        ("Own routes", [route.name for _, route in resolved.routes]),
        ("Layers", [_layer_title(layer, context) for layer in layers]),
    )
    return " ".join(f"{heading}: {'; '.join(names)}." for heading, names in named if names)


def _layer_title(switch: str, context: BriefingContext) -> str:
    layer = context.shipped.catalogued.get(switch)
    return layer.title if layer else MODE_WORDS[switch.removeprefix("route-")]


def scene_link(resolved: ResolvedScene, request: MapRequest | None, context: BriefingContext) -> str:
    """Return path and query of the live page that shows what the scene shows; own routes are in no address."""
    scene = resolved.scene
    if scene.kind in {"text", "table"} and resolved.question is not None:
        return f"/questions?question={resolved.question.number}"
    if request is None:
        return _page_of(resolved)
    asked = {
        "clause": resolved.clause.id if resolved.clause and not resolved.anchor else "",
        "phrase": resolved.anchor.id if resolved.anchor else "",
        "feature": _subject(resolved),
        "layers": ",".join(
            dict.fromkeys([*request.layers, *(switch_of(feature, context) for feature in request.shown), RELIEF])
        ),
        "view": "{:.4f},{:.4f},{:g}".format(*_view(request.bounds)),
    }
    return _address("/", asked)


def _subject(resolved: ResolvedScene) -> str:
    """Return the one feature or candidate a page can stress beside a clause."""
    if resolved.anchor or resolved.clause:
        return ""
    if resolved.candidates:
        return f"candidate/{resolved.candidates[0].id}"
    return resolved.features[0] if resolved.features else ""


def _page_of(resolved: ResolvedScene) -> str:
    """Return the page on which a table stands; the reader where none does."""
    table = resolved.scene.table
    if resolved.candidates:
        return _address("/routes", {"candidate": resolved.candidates[0].id})
    if table in {"texts", "register", "timeline", "disagreements", "people", "acronyms"}:
        named = resolved.features[0] if len(resolved.features) == 1 else ""
        return _address("/documents", {"section": table, "feature": named})
    if table in {"boundary", "layers"}:
        return _address("/sources", {"section": table})
    return _address("/", {"clause": resolved.clause.id if resolved.clause else ""})


def _address(path: str, asked: dict[str, str]) -> str:
    query = "&".join(f"{name}={quote(value, safe='/,.')}" for name, value in asked.items() if value)
    return f"{path}?{query}" if query else path


def _view(bounds: Bounds) -> tuple[float, float, float]:
    """Return latitude, longitude and zoom of the live map at which bounds fit into it, within what it can show."""
    west, south, east, north = bounds
    high, low = _mercator(north), _mercator(south)
    wide = math.log2(LIVE_MAP[0] * 360 / (256 * (east - west)))
    tall = math.log2(LIVE_MAP[1] * 2 * math.pi / (256 * (high - low)))
    zoom = math.floor(4 * min(wide, tall)) / 4
    middle = math.degrees(2 * math.atan(math.exp((high + low) / 2)) - math.pi / 2)
    lowest, leftmost, highest, rightmost = DRAWN_WINDOW
    latitude, longitude = min(max(middle, lowest), highest), min(max((west + east) / 2, leftmost), rightmost)
    return latitude, longitude, min(max(zoom, ZOOMS[0]), ZOOMS[1])


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))

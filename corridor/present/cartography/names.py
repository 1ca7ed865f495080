"""Which names stand on a map at its scale, how each is set, and what the ones that found a place look like."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from corridor.land.features import FeatureId
from corridor.present.cartography import looks
from corridor.present.cartography.drawing import Area, Dot, Item, Stroke, Text, Type
from corridor.present.cartography.land import SEA
from corridor.present.cartography.lettering import LETTERINGS, spelt, type_of
from corridor.present.cartography.placement import Ground, Name, NameSpot
from corridor.present.cartography.projection import Box
from corridor.present.cartography.spots import around, in_area, on_river, thinned
from corridor.present.cartography.view import View
from corridor.present.cartography.ways import mark_items
from corridor.present.live_map.labels import Label
from corridor.present.typography.typefaces import width

#: What it costs to leave a name out, by the rank of its label; nothing is set at a higher cost.
WEIGHTS = {0: 900.0, 1: 300.0, 2: 160.0, 3: 60.0, 4: 26.0, 5: 15.0, 6: 10.0}
LIT_WEIGHT, RIVER_WEIGHT = 500.0, 40.0
#: Kinds of which a name stands on a map once: reaches of a river, a village and the area under delimitation about it.
ONCE = {"river", "exclave", "village"}
#: How much what belongs to no layer matters under a name; of a layer the catalogue says it.
MATTERS = {"own": 1.5, "lit": 1.5, "extent": 0.4}
#: By what the spacing and the size of a name may be multiplied, best first; a step costs `LESS`.
SPREAD: dict[str, tuple[tuple[float, float], ...]] = {
    "state": ((2.4, 1.0), (1.7, 1.0), (1.0, 1.0), (0.6, 0.8)),
    "sea": ((2.4, 1.0), (1.0, 1.0), (0.5, 0.8)),
    "neighbour": ((1.0, 1.0), (0.6, 0.85)),
    "autonomous": ((1.0, 1.0), (0.7, 0.88), (0.4, 0.78), (0.25, 0.68)),
    "province": ((1.0, 1.0),),
}
LESS = 3.0
#: On how many rows a name may stand, and how many of nine places of it may lie outside its land, where not one and one.
ROWS_AND_SPARE = {"autonomous": (4, 3)}
#: Points from the neat line that names keep.
EDGE = 2.5


def ground_of(view: View, items: Iterable[Item]) -> Ground:
    """Return the ground on which names are set: every line and mark drawn, by how much it matters."""
    ground = Ground(view.box)
    matters = {layer.id: layer.appearance.under_names for layer in view.layers.values()} | MATTERS
    for item in items:
        weight = matters.get(item.layer)
        if weight and isinstance(item, Stroke):
            for part in item.parts:
                ground.add_line(part, weight)
        elif weight and isinstance(item, Dot):
            ground.add_box(dot_box(item), weight)
        elif weight and isinstance(item, Area) and item.look.fill != view.inks.sea:
            ground.add_area(shapely.Polygon(item.rings[0]), weight)
    return ground


def dot_box(dot: Dot) -> Box:
    """Return the rectangle a mark covers, its edge included."""
    reach = dot.radius + dot.look.width / 2
    return Box(dot.x - reach, dot.y - reach, 2 * reach, 2 * reach)


def names(view: View, ground: Ground) -> list[Name]:
    """Return the names of what the frame shows, each with the spots in which it could stand."""
    by_key: dict[str, Name] = {}
    for label in sorted(view.land.paper_labels, key=lambda label: (label["rank"], label["id"])):
        identity, lit = label["id"], label["id"] in view.request.lit
        single = lit or identity in view.request.shown
        if identity not in view.shapes or (view.zoom < label["min_zoom"] and not single):
            continue
        kind = _kind(view, label)
        text = spelt(label["text"].partition(" (")[0] if kind == "river" else label["text"], LETTERINGS[kind])
        once = text if kind in ONCE else identity
        if once not in by_key:
            weight = LIT_WEIGHT if lit else RIVER_WEIGHT if kind == "river" else WEIGHTS[label["rank"]]
            by_key[once] = Name(identity, kind, weight, tuple(_spots(view, label, kind, text, ground)))
    return list(by_key.values())


def likely(view: View) -> list[frozenset[str]]:
    """Return the class names of what the frame will show before its names are placed: places only at their scale."""
    zoom = view.zoom
    first_at = {label["id"]: label["min_zoom"] for label in view.land.labels}
    return [
        frozenset(view.asked[i])
        for i in view.plain
        if not i.startswith("place/") or looks.LIT in view.asked[i] or zoom >= first_at.get(i, 0.0)
    ]


def text_items(view: View, placed: dict[FeatureId, NameSpot], chosen: Iterable[Name]) -> Iterator[Text]:
    """Yield the texts of the names that found a place."""
    for name in chosen:
        spot = placed.get(name.id)
        if spot is None:
            continue
        kind = replace(spot.type, halo=_under(view, spot))
        for row in spot.rows:
            wide = width(row.text, kind.size, kind.weight, kind.italic, kind.spacing)
            yield Text("name", row.text, row.x, row.y, wide, kind, row.angle, row.glyphs, (name.id,))


def _kind(view: View, label: Label) -> str:
    """Return the lettering of a label."""
    properties = view.land.features[label["id"]]["properties"]
    if label["class"] == "state":
        return "neighbour" if properties["kind"] == "neighbour" else "state"
    if label["class"] == "water":
        return {"river": "river", "canal": "river", "sea": "sea"}.get(properties["kind"], "water")
    return str(properties["kind"] if properties["kind"] in ("capital", "city") else label["class"])


def _spots(view: View, label: Label, kind: str, text: str, ground: Ground) -> list[NameSpot]:
    style = type_of(LETTERINGS[kind], view.inks, view.size, view.inks.paper)
    shape, inside = view.shapes[label["id"]], view.box.inset(EDGE)
    if kind == "river" or "Line" in shape.geom_type:
        return on_river(shape, text, style, inside, ground)
    if kind in SPREAD and _polygons(shape):
        return _of_area(view, label, kind, text, style, ground)
    if kind != "exclave" and _polygons(shape):
        return _of_lake(view, shape, text, style, ground)
    if kind == "exclave":
        return list(around(_bounds(shape), text, style, inside, _homes(view, label["id"]), ground))
    marks = list(mark_items(view, label["id"]))
    if not marks:
        return []
    mark = max((dot_box(dot) for dot in marks), key=lambda box: box.width)
    return list(around(mark, text, style, inside, _homes(view, label["id"]), ground))


def _of_area(view: View, label: Label, kind: str, text: str, style: Type, ground: Ground) -> list[NameSpot]:
    shape, inside = view.shapes[label["id"]], view.box.inset(EDGE)
    largest = max(_polygons(shape), key=lambda polygon: float(polygon.area))
    x, y = view.frame.place_degrees(np.array([[label["lon"], label["lat"]]]))[0].tolist()
    if not shapely.contains_xy(largest, x, y):
        x, y = _well_inside(largest)
    spots, land = [], thinned(largest)
    for number, (spread, smaller) in enumerate(SPREAD[kind]):
        size = round(style.size * smaller, 2)
        set_so = replace(style, size=size, spacing=round(style.spacing * spread, 2))
        most, spare = ROWS_AND_SPARE.get(kind, (1, 1))
        for spot in in_area(largest, (x, y), text, set_so, inside, ground, most=most, spare=spare, land=land):
            spots.append(replace(spot, cost=spot.cost + LESS * number))
    return spots


def _of_lake(view: View, shape: BaseGeometry, text: str, style: Type, ground: Ground) -> list[NameSpot]:
    """Return the spots of a lake's name: in it where it has room, else beside it in the countries it lies in."""
    inside, homes = view.box.inset(EDGE), [land for land in view.countries.values() if shapely.intersects(land, shape)]
    largest = max(_polygons(shape), key=lambda polygon: float(polygon.area))
    within = in_area(largest, _well_inside(largest), text, style, inside, ground, most=2)
    return within or list(around(_bounds(shape), text, style, inside, homes, ground))


def _homes(view: View, identity: FeatureId) -> list[BaseGeometry]:
    """Return the land of the territories a place or crossing belongs to; the sea takes every name."""
    territories = [f"territory/{name}" for name in view.land.features[identity]["properties"]["territories"]]
    return [view.countries[i] for i in (*territories, SEA) if i in view.countries]


def _under(view: View, spot: NameSpot) -> str:
    """Return the colour of the ground in the middle of a spot, for the halo."""
    box = spot.boxes[len(spot.boxes) // 2] if spot.rows[0].glyphs else spot.boxes[0]
    x, y = box.left + box.width / 2, box.top + box.height / 2
    for identity, land in view.countries.items():
        if identity != SEA and shapely.contains_xy(land, x, y):
            return looks.land_fill(view.asked[identity], view.inks)
    return view.inks.sea


def _bounds(shape: BaseGeometry) -> Box:
    west, north, east, south = shapely.bounds(shape).tolist()
    return Box(west, north, east - west, south - north)


def _polygons(shape: BaseGeometry) -> list[shapely.Polygon]:
    return [polygon for polygon in shapely.get_parts(shape).tolist() if isinstance(polygon, shapely.Polygon)]


def _well_inside(area: shapely.Polygon) -> tuple[float, float]:
    """Return the place in an area that is farthest from its edge."""
    return _middle(shapely.get_point(shapely.maximum_inscribed_circle(area, tolerance=1.0), 0))


def _middle(shape: BaseGeometry) -> tuple[float, float]:
    x, y = shapely.get_coordinates(shapely.centroid(shape))[0].tolist()
    return x, y

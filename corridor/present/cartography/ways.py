"""Routes, a reader's own lines, marks of places and crossings, and what is stressed, above the land."""

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from corridor.land.features import FeatureId
from corridor.present.cartography import looks
from corridor.present.cartography.cutting import BEYOND, joined, outline
from corridor.present.cartography.drawing import Dot, Item, Look
from corridor.present.cartography.ground import stroked
from corridor.present.cartography.view import View

#: From the lowest up: a railway lies above a road where both cannot be seen.
_MODES = ("mode-digital", "mode-energy", "mode-road", "mode-rail")
#: Square points of the islets whose edge is not stressed with the land they belong to.
ISLET = 60.0


def route_items(view: View) -> Iterator[Item]:
    """Yield the routes by mode and by how their course is known, each joined so that its dashes run on."""
    for mode in _MODES:
        kinds: dict[tuple[Look, ...], list[FeatureId]] = {}
        for identity in view.of("route", mode):
            kinds.setdefault(looks.line_looks(view.asked[identity], view.inks), []).append(identity)
        for stroke in (0, 1):
            for strokes, identities in kinds.items():
                line = joined(view.shapes[i] for i in identities)
                yield from stroked("route", line, view.enlarged(strokes[stroke]), *identities)


def lit_land_items(view: View) -> Iterator[Item]:
    """Yield the accent along the edge of every area and along every border and river that is stressed."""
    edges = {i: _edge(view, i) for i in view.shapes if looks.LIT in view.asked[i] and not i.startswith("route/")}
    for look in looks.lit_looks(view.inks):
        for identity, edge in edges.items():
            yield from stroked("lit", joined([edge]), view.enlarged(look), identity)


def lit_route_items(view: View) -> Iterator[Item]:
    """Yield the accent around every route that is stressed, and the route once more above it."""
    lit = view.of("route", looks.LIT)
    for number in (0, 1):
        for identity in lit:
            look = looks.lit_route_looks(view.asked[identity], view.inks)[number]
            yield from stroked("lit", view.shapes[identity], view.enlarged(look), identity)
    for identity in lit:
        for look in looks.line_looks(view.asked[identity], view.inks):
            yield from stroked("lit", view.shapes[identity], view.enlarged(look), identity)


def _edge(view: View, identity: FeatureId) -> BaseGeometry:
    shape = view.shapes[identity]
    if "Polygon" not in shape.geom_type:
        return shape
    parts = [
        polygon
        for polygon in shapely.get_parts(view.wider(identity, BEYOND)).tolist()
        if isinstance(polygon, shapely.Polygon)
    ]
    largest = max(parts, key=lambda part: part.area)
    # An islet no larger than the accent is wide would be nothing but accent.
    kept = [part for part in parts if part is largest or part.area > ISLET * view.size**2]
    return outline(shapely.MultiPolygon(kept), view.box)


def own_items(view: View) -> Iterator[Item]:
    """Yield a reader's own lines, above every shipped one."""
    looks_of = {line.id: looks.own_looks(view.inks, line.look) for line in view.request.own}
    # All casings first: none may cover the line beside it.
    for number in range(3):
        for identity, shape in view.own.items():
            yield from stroked("own", joined([shape]), view.enlarged(looks_of[identity][number]), identity)


def mark_items(view: View, identity: FeatureId) -> Iterator[Dot]:
    """Yield the mark of a point; nothing where it would reach beyond the frame."""
    x, y = view.apart.moved(*shapely.get_coordinates(view.shapes[identity])[0].tolist())
    layer = identity.partition("/")[0]
    for shape, radius, look in looks.point_marks(view.asked[identity], view.inks, view.looks_of(identity)):
        dot = Dot(layer, x, y, radius * view.size, shape, view.enlarged(look), (identity,))
        if view.box.inset(dot.radius + 1.0).holds_point(x, y):
            yield dot

"""The land below routes and names: States with their ribbons, water, areas under delimitation, borders."""

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from corridor.land.catalogue import FeatureId
from corridor.present.cartography import looks
from corridor.present.cartography.cutting import BEYOND, cut, joined, on_page, outline, rings_of, runs_of
from corridor.present.cartography.drawing import Area, Item, Look, Stroke
from corridor.present.cartography.hatching import hatch
from corridor.present.cartography.view import View
from corridor.present.style import mixed

#: From the lowest up: neighbours recede, so that their edges lie under those of the two States.
_STATES = ("territory--neighbour", "territory--state-part", "territory--state")


def land_items(view: View) -> Iterator[Item]:
    """Yield paper, States, provinces and districts, water, and areas under delimitation."""
    yield Area("ground", (view.box.corners,), Look(fill=view.inks.paper))
    yield from _states(view)
    yield from _administrative(view)
    yield from _water(view)
    yield from _under_delimitation(view)


def border_items(view: View) -> Iterator[Item]:
    """Yield the borders, each kind joined so that its dashes run on; those of two neighbours lowest."""
    kinds: dict[tuple[Look, ...], list[FeatureId]] = {}
    for identity in sorted(view.of("border"), key=lambda i: looks.border_rank(view.asked[i])):
        kinds.setdefault(looks.line_looks(view.asked[identity], view.inks), []).append(identity)
    for stroke in (0, 1):
        for strokes, identities in kinds.items():
            if stroke < len(strokes):
                line = joined(view.shapes[i] for i in identities)
                yield from lines("border", line, view.enlarged(strokes[stroke]), *identities)


def area(layer: str, shape: BaseGeometry, look: Look, *features: FeatureId) -> Iterator[Area]:
    """Yield the polygons of a shape as one area; nothing when it has none."""
    if rings := rings_of(shape):
        yield Area(layer, rings, look, features)


def lines(layer: str, shape: BaseGeometry, look: Look, *features: FeatureId) -> Iterator[Stroke]:
    """Yield the lines of a shape as one item; nothing when it has none."""
    if parts := runs_of(shape):
        yield Stroke(layer, parts, look, features)


def _states(view: View) -> Iterator[Item]:
    states = [i for name in _STATES for i in view.of("territory", name)]
    for identity in states:
        fill = looks.land_fill(view.asked[identity], view.inks)
        # A thin edge of the same colour closes the seam that screens show between two fills.
        yield from area("territory", view.shapes[identity], Look(fill=fill, stroke=fill, width=0.3), identity)
    for identity in states:
        ribbon = looks.ribbon_fill(view.asked[identity], view.inks)
        if ribbon:
            wider = view.wider(identity, BEYOND)
            inner = shapely.buffer(wider, -looks.RIBBON * view.size, quad_segs=2, join_style="bevel")
            yield from area("ribbon", cut(shapely.difference(wider, inner), view.box), Look(fill=ribbon), identity)


def _administrative(view: View) -> Iterator[Item]:
    for layer, land in (("province", view.inks.armenia), ("district", view.inks.azerbaijan)):
        for identity in view.of(layer, looks.LIT):
            fill = Look(fill=mixed(land, view.inks.lit, 0.12))
            yield from area(layer, view.shapes[identity], fill, identity)
    provinces, districts = view.of("province"), view.of("district")
    if provinces:
        (look,) = looks.line_looks(view.asked[provinces[0]], view.inks)
        between = on_page(view.thinned.between_provinces, view.frame)
        yield from lines("province", between, view.enlarged(look), *provinces)
    for identity in districts:
        (look,) = looks.line_looks(view.asked[identity], view.inks)
        edge = outline(view.wider(identity, BEYOND), view.box)
        yield from lines("district", edge, view.enlarged(look), identity)


def _water(view: View) -> Iterator[Item]:
    for identity in view.of("water"):
        look = view.enlarged(looks.water_look(view.asked[identity], view.inks))
        if look.fill:
            yield from area("water", view.shapes[identity], Look(fill=look.fill), identity)
        if look.stroke:
            shape = view.shapes[identity]
            line = outline(view.wider(identity, BEYOND), view.box) if look.fill else joined([shape])
            yield from lines("water", line, Look(stroke=look.stroke, width=look.width), identity)


def _under_delimitation(view: View) -> Iterator[Item]:
    ground, stroke = looks.hatch_looks(view.inks)
    for identity in view.of("exclave"):
        shape = view.shapes[identity]
        yield from area("exclave", shape, ground, identity)
        yield from lines("exclave", hatch(shape, looks.HATCH_STEP * view.size), view.enlarged(stroke), identity)
        edge = outline(view.wider(identity, BEYOND), view.box)
        yield from lines("exclave", edge, view.enlarged(looks.outline_look(view.inks)), identity)

"""The land below routes and names: States with their ribbons, borders, and every layer that looks as it is said to."""

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from corridor.land.catalogue import Layer
from corridor.land.features import FeatureId, geometry_of
from corridor.present.cartography import looks
from corridor.present.cartography.cutting import BEYOND, cut, joined, on_page, outline, rings_of, runs_of
from corridor.present.cartography.drawing import Area, Item, Look, Stroke
from corridor.present.cartography.hatching import hatch
from corridor.present.cartography.shading import shading
from corridor.present.cartography.view import View

#: From the lowest up: neighbours recede, so that their edges lie under those of the two States.
_STATES = ("territory--neighbour", "territory--state-part", "territory--state")
_BY_THEMSELVES = {"territory", "border", "route"}


def land_items(view: View) -> Iterator[Item]:
    """Yield paper, States, the relief on their colours, and the layers below the borders."""
    yield Area("ground", (view.box.corners,), Look(fill=view.inks.paper))
    yield from _states(view)
    yield from shading(view.land.shipped.relief, view.frame)
    yield from layer_items(view, below="border")


def layer_items(view: View, *, above: str = "territory", below: str = "") -> Iterator[Item]:
    """Yield the areas and lines of every layer between two, from the lowest up, as the catalogue says they look.

    States, borders and routes are drawn by themselves, points with their names.
    """
    panes = {layer.id: layer.appearance.pane for layer in view.layers.values()}
    for layer in sorted(view.layers.values(), key=lambda layer: layer.appearance.pane):
        within = panes[above] < panes[layer.id] and (not below or panes[layer.id] < panes[below])
        if within and layer.id not in _BY_THEMSELVES and not layer.of_points:
            yield from _layer(view, layer)


def border_items(view: View) -> Iterator[Item]:
    """Yield the borders, each kind joined so that its dashes run on; those of two neighbours lowest."""
    kinds: dict[tuple[Look, ...], list[FeatureId]] = {}
    for identity in sorted(view.of("border"), key=lambda i: looks.border_rank(view.asked[i])):
        kinds.setdefault(looks.line_looks(view.asked[identity], view.inks), []).append(identity)
    for stroke in (0, 1):
        for strokes, identities in kinds.items():
            if stroke < len(strokes):
                line = joined(view.shapes[i] for i in identities)
                yield from stroked("border", line, view.enlarged(strokes[stroke]), *identities)


def area(layer: str, shape: BaseGeometry, look: Look, *features: FeatureId) -> Iterator[Area]:
    """Yield the polygons of a shape as one area; nothing when it has none."""
    if rings := rings_of(shape):
        yield Area(layer, rings, look, features)


def stroked(layer: str, shape: BaseGeometry, look: Look, *features: FeatureId) -> Iterator[Stroke]:
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


def _layer(view: View, layer: Layer) -> Iterator[Item]:
    said, shown = layer.appearance.looks, view.of(layer.id)
    if layer.appearance.filled:
        for identity in view.of(layer.id, looks.LIT):
            yield from area(layer.id, view.shapes[identity], looks.lit_fill(view.inks, said), identity)
    if layer.id == "province" and shown:
        # Provinces share their edges with each other and with their country: each line between two is drawn once.
        (look,) = looks.line_looks(view.asked[shown[0]], view.inks, said)
        between = on_page(view.thinned.between_provinces, view.frame)
        yield from stroked(layer.id, between, view.enlarged(look), *shown)
        return
    for identity in shown:
        yield from _feature(view, layer, identity)


def _feature(view: View, layer: Layer, identity: FeatureId) -> Iterator[Item]:
    said, shape = layer.appearance.looks, view.shapes[identity]
    look = view.enlarged(looks.drawn_look(view.asked[identity], view.inks, said))
    closed = "Polygon" in geometry_of(view.land.features[identity])["type"]
    if closed and looks.paper_look(view.asked[identity], said).hatched:
        ground, stroke = looks.hatch_looks(view.inks)
        yield from area(layer.id, shape, ground, identity)
        yield from stroked(layer.id, hatch(shape, looks.HATCH_STEP * view.size), view.enlarged(stroke), identity)
    elif closed and look.fill:
        yield from area(layer.id, shape, Look(fill=look.fill), identity)
    if look.stroke:
        line = outline(view.wider(identity, BEYOND), view.box) if closed else joined([shape])
        yield from stroked(layer.id, line, Look(stroke=look.stroke, width=look.width, dash=look.dash), identity)

"""Where in a map the inset, the legend and the scale bar stand: at its edge, where they cover least of what matters."""

from collections.abc import Iterator, Sequence

import numpy as np
import shapely

from corridor.land.features import PlaceProperties, properties_of
from corridor.present.cartography.cutting import runs_of
from corridor.present.cartography.looks import LIT, RECEDES
from corridor.present.cartography.placement import Ground
from corridor.present.cartography.projection import Box
from corridor.present.cartography.view import View

#: What a cell of the map matters: land of the two States, of a neighbour, sea; what stressed lines and marks add to it.
LAND = {"territory--state": 0.16, "territory--state-part": 0.16, "territory--neighbour": 0.01, "water--sea": 0.0}
LIT_LINE, OWN_LINE, MARKS = 3.0, 3.0, {1: 4.0, 2: 2.5, 3: 0.8, 4: 0.2}
#: Points from the neat line, and between two rooms.
EDGE, APART = 5.0, 6.0
#: Points between two places that are tried, and what it costs not to stand in a corner.
STEP, NO_CORNER = 10.0, 6.0


def cover_of(view: View) -> Ground:
    """Return how much it matters what a room would cover."""
    ground = Ground(view.box)
    for identity, shape in view.plain.items():
        names = view.asked[identity]
        layer = identity.partition("/")[0]
        weight = next((LAND[name] for name in LAND if name in names), 0.0)
        if weight:
            ground.add_area(shape, weight)
        line = LIT_LINE if LIT in names else 0.0 if RECEDES in names else view.layers[layer].appearance.under_boxes
        if line:
            edge = shapely.boundary(shape) if "Polygon" in shape.geom_type else shape
            for part in runs_of(edge):
                ground.add_line(part, line)
        if shape.geom_type == "Point" and layer == "place":
            rank = properties_of(view.land.features[identity], PlaceProperties)["rank"]
            x, y = shapely.get_coordinates(shape)[0].tolist()
            ground.add_box(Box(x - 8, y - 5, 16, 10), MARKS[rank])
    for shape in view.own.values():
        for part in runs_of(shape):
            ground.add_line(part, OWN_LINE)
    return ground


def free_room(
    cover: Ground, within: Box, width: float, height: float, taken: Sequence[Box]
) -> tuple[Box, float] | None:
    """Return the room of a size at the edge of a map that covers least, and what it covers; None without any room."""
    places = [
        (box, corner)
        for box, corner in _places(within.inset(EDGE), width, height)
        if not any(box.meets(other, APART) for other in taken)
    ]
    if not places:
        return None
    costs = cover.under(np.array([box.edges for box, _ in places]))
    costs += [0.0 if corner else NO_CORNER for _, corner in places]
    best = int(np.argmin(np.round(costs, 6)))
    return places[best][0], float(costs[best])


def _places(inner: Box, width: float, height: float) -> Iterator[tuple[Box, bool]]:
    """Yield the boxes of a size along the edges of a rectangle, and whether each stands in a corner."""
    across, down = inner.width - width, inner.height - height
    if across < 0 or down < 0:
        return
    xs = np.linspace(0.0, across, max(2, round(across / STEP) + 1)).tolist()
    ys = np.linspace(0.0, down, max(2, round(down / STEP) + 1)).tolist()
    for y in reversed(ys):
        for x in xs:
            sides = (x in (xs[0], xs[-1])) + (y in (ys[0], ys[-1]))
            if sides:
                yield Box(inner.left + x, inner.top + y, width, height), sides == 2

"""One framed view of the land, complete: land, routes, marks and names, none of them under what stands before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from corridor.land.features import FeatureId, LayerId
from corridor.present.cartography import looks
from corridor.present.cartography.cutting import runs_of
from corridor.present.cartography.drawing import Area, Item, Look, Points
from corridor.present.cartography.graticule import graticule, neat_line
from corridor.present.cartography.ground import border_items, land_items, layer_items
from corridor.present.cartography.legend_box import badge
from corridor.present.cartography.names import ground_of, names, text_items
from corridor.present.cartography.placement import place_names
from corridor.present.cartography.projection import Box
from corridor.present.cartography.view import View
from corridor.present.cartography.ways import lit_land_items, lit_route_items, mark_items, own_items, route_items

#: Points of paper around a frame, over what of a wide line reaches beyond it.
RIM = 3.0
#: Points from the neat line and from other rooms that the badge of a reader's line keeps, and between places tried.
BADGE, BADGE_STEP = 7.0, 4.0


@dataclass(frozen=True, eq=False, slots=True)
class Panel:
    """The items of a framed view from the bottom up, and the class names of everything that is drawn in it."""

    items: tuple[Item, ...]
    drawn: tuple[frozenset[str], ...]


def map_panel(view: View, rooms: Sequence[Box], above: Sequence[Item] = (), *, degrees: bool = False) -> Panel:
    """Return a view whose names and badges keep clear of `rooms`.

    `above` is drawn over the routes and under the names; `degrees` adds ticks and degrees around the frame.
    """
    over_borders = [*border_items(view), *layer_items(view, above="border", below="route")]
    land = [*land_items(view), *graticule(view.frame, view.inks), *over_borders, *lit_land_items(view)]
    over_routes = [*route_items(view), *layer_items(view, above="route")]
    ways = [*over_routes, *lit_route_items(view), *own_items(view), *above]
    marks = {i: list(mark_items(view, i)) for layer in _of_points(view) for i in view.of(layer)}
    badges = list(_badges(view, rooms))
    ground = ground_of(view, [*land, *ways, *(dot for dots in marks.values() for dot in dots)])
    wanted = names(view, ground)
    placed = place_names(wanted, [*rooms, *(Box(x - BADGE, y - BADGE, 2 * BADGE, 2 * BADGE) for _, x, y in badges)])
    named = {
        i: dots
        for i, dots in marks.items()
        # A place is a dot with its name; any other point is marked with or without one.
        if dots and (not i.startswith("place/") or i in placed or _must(view, i))
    }
    rim = Area("rim", (view.box.inset(-RIM).corners, view.box.corners), Look(fill=view.inks.paper))
    items = [
        *land,
        *ways,
        *(dot for dots in named.values() for dot in dots),
        *text_items(view, placed, wanted),
        *(item for number, x, y in badges for item in badge(number, x, y, view.size, view.inks)),
        rim,
        *neat_line(view.frame, view.inks, view.size, degrees=degrees),
    ]
    drawn = [view.asked[i] for i in view.shapes if i in named or i not in marks]
    return Panel(tuple(items), tuple(drawn))


def _of_points(view: View) -> list[LayerId]:
    """Return the layers of points from the lowest up."""
    points = [layer for layer in view.layers.values() if layer.of_points]
    return [layer.id for layer in sorted(points, key=lambda layer: layer.appearance.pane)]


def _must(view: View, identity: FeatureId) -> bool:
    """Whether a place has its mark even when its name found no spot."""
    return looks.LIT in view.asked[identity] or identity in view.request.shown


def _badges(view: View, rooms: Sequence[Box]) -> Iterator[tuple[int, float, float]]:
    """Yield number and place of the badge of each own line in the frame, where the line is most by itself."""
    numbers = {own.id: number for number, own in enumerate(view.request.own, start=1)}
    taken: list[tuple[float, float]] = []
    inner = view.box.inset(BADGE + 1)
    for identity, shape in view.own.items():
        places = [xy for run in runs_of(shape) for xy in _every(run, BADGE_STEP)]
        clear = [room.inset(-BADGE) for room in rooms]
        free = [xy for xy in places if inner.holds_point(*xy) and not any(room.holds_point(*xy) for room in clear)]
        if not free:
            continue
        others = shapely.union_all([other for name, other in view.own.items() if name != identity])
        apart = [xy for xy in free if all(np.hypot(xy[0] - a, xy[1] - b) > 1.5 * BADGE for a, b in taken)]
        if not apart:
            continue
        alone = np.array([_distance(xy, others) for xy in apart])
        middle = np.abs(np.arange(len(apart)) - len(apart) / 2) / len(apart)
        x, y = apart[int(np.argmax(np.minimum(alone, 4 * BADGE) - BADGE * middle))]
        taken.append((x, y))
        yield numbers[identity], x, y


def _every(run: Points, step: float) -> list[tuple[float, float]]:
    corners = shapely.get_coordinates(shapely.segmentize(shapely.LineString(run), step))
    return [(x, y) for x, y in corners.tolist()]


def _distance(xy: tuple[float, float], others: BaseGeometry) -> float:
    return 1e6 if shapely.is_empty(others) else float(shapely.distance(others, shapely.Point(xy)))

"""The shipped land, read once for all tests of static maps, and requests for maps of it."""

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray

from corridor.present.cartography.composing import StaticMap, compose
from corridor.present.cartography.drawing import Area, Dot, Item, Picture, Stroke, Text
from corridor.present.cartography.land import Land
from corridor.present.cartography.sheet import A4, MapSheet
from corridor.present.map_request import MapRequest, OwnLine
from corridor.present.typography.typefaces import BELOW, CAPITAL
from corridor.shipped import Shipped, read_shipped

LAYERS = ("territory", "border", "exclave", "water", "place", "crossing", "route-rail", "route-road", "route-energy")
WHOLE = (43.447, 38.393, 50.606, 41.908)
MEGHRI = (45.98, 38.80, 46.60, 39.06)
NAKHCHIVAN = (44.7, 38.8, 46.2, 39.8)
GEORGIA = (42.9, 40.6, 45.8, 42.1)
TAVUSH = (44.8, 40.85, 45.45, 41.2)

HOSTILE = '</text><script>alert(1)</script><img src=x onerror="alert(2)"> & “quoted” \x00\u202e日本'


@cache
def shipped() -> Shipped:
    return read_shipped()


@cache
def land() -> Land:
    return Land(shipped())


def request(bounds=WHOLE, layers=LAYERS, **more) -> MapRequest:
    return MapRequest(bounds, layers, more.pop("description", "A map for a test."), **more)


def drawn_anew(bounds=WHOLE, layers=LAYERS, sheet: MapSheet = A4, **more) -> StaticMap:
    return compose(request(bounds, layers, **more), land(), sheet)


#: The same map for the same request, drawn once; nothing changes a map that was drawn.
drawn = cache(drawn_anew)


def points_of(item: Item) -> NDArray[np.float64]:
    """Every position an item has on the page."""
    match item:
        case Picture():
            return item.corners
        case Area():
            return np.vstack(item.rings)
        case Stroke():
            return np.vstack(item.parts)
        case Dot():
            r = item.radius
            return np.array([(item.x - r, item.y - r), (item.x + r, item.y + r)])
        case Text():
            return shapely.get_coordinates(shape_of(item))


def shape_of(text: Text) -> shapely.Geometry:
    """The outline of a straight text, or of every character of a bent one, from its baseline to its capitals."""
    high, deep = CAPITAL * text.type.size, BELOW * text.type.size
    if not text.glyphs:
        box = shapely.box(text.x, text.y - high, text.x + text.width, text.y + deep)
        return shapely.affinity.rotate(box, text.angle, origin=(text.x, text.y))
    each = text.width / len(text.glyphs)
    return shapely.union_all(
        [
            shapely.affinity.rotate(shapely.box(x, y - high, x + 0.8 * each, y), angle, origin=(x, y))
            for x, y, angle in text.glyphs
        ]
    )


def own(name: str, identity: str = "own/1") -> OwnLine:
    return OwnLine(identity, name, (np.array([[46.0, 38.95], [46.3, 38.96], [46.6, 38.97]]),))

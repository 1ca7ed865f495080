"""Which part of the land a map shows: what was asked for, as large as its room allows, and only land that is drawn."""

import numpy as np

from corridor.land.geodesy import Bounds, Positions
from corridor.present.cartography.projection import (
    ALONG_EDGE,
    DRAWN,
    METRES_PER_POINT_OF_PAPER,
    Box,
    Frame,
    along_edges,
    convergence,
    extent_of,
    from_plane,
    to_plane,
)

#: All of the land that is drawn, without the sea beyond it.
LAND = (42.8, 38.0, 50.7, 42.2)
#: No map is larger than 1:100,000; most borders here are known to 200 m, 2 mm at that scale.
LARGEST_SCALE = 100_000
#: A frame is at least this high for its width, so that a map of a narrow strip has land on both sides.
FLATTEST = 0.5
#: The share of its width and height that is shown beyond each edge of what was asked for.
AROUND = 0.02
#: Rounds in which a frame is moved inward, and in which it is turned upright where it then lies.
ROUNDS, TURNS = 6, 3


def fit(bounds: Bounds, room: Box) -> Frame:
    """Return the frame that shows `bounds` (west, south, east, north in degrees) as large as `room` allows.

    It is as wide as the room and as high as it has to be, from the room's top. It shows no land beyond `DRAWN`: it is
    moved inward, and made smaller where the land ends sooner. Bounds may be empty or turned about; those that make no
    sense, or lie beyond the drawn land, show all of it.
    """
    asked = _sound(bounds)
    frame = _upright((asked[0] + asked[2]) / 2, (asked[1] + asked[3]) / 2)
    for _ in range(TURNS):
        lon, lat = from_plane(np.array([frame.middle]))[0].tolist()
        frame = _fitted(asked, room, _upright(lon, lat))
    return frame


def _upright(lon: float, lat: float) -> Frame:
    """Return a frame without size in which a point is a metre and north is up at a position in degrees."""
    x, y = to_plane(np.array([[lon, lat]]))[0].tolist()
    return Frame(Box(0.0, 0.0, 0.0, 0.0), (x, y), 1.0, convergence(lon, lat))


def _fitted(bounds: Bounds, room: Box, upright: Frame) -> Frame:
    left, top, right, bottom = extent_of(upright.place_degrees(_bent(bounds)))
    wide, high = (right - left) * (1 + 2 * AROUND), (bottom - top) * (1 + 2 * AROUND)
    least = LARGEST_SCALE * METRES_PER_POINT_OF_PAPER
    metres = max(wide / room.width, high / room.height, least)
    high = min(max(high, room.width * FLATTEST * metres), room.height * metres)
    shown = _moved_inward(((left + right) / 2, (top + bottom) / 2), room.width * metres, high, upright)
    x, y = upright.back(np.array([[shown.left + shown.width / 2, shown.top + shown.height / 2]]))[0].tolist()
    width, height = shown.width / metres, shown.height / metres
    box = Box(room.left + (room.width - width) / 2, room.top, width, height)
    return Frame(box, (x, y), metres, upright.turn)


def _sound(bounds: Bounds) -> Bounds:
    """Return bounds the right way round, inside the drawn land and not empty; all of it where they do not meet it."""
    low, high = np.array(DRAWN[:2]), np.array(DRAWN[2:])
    corners = np.sort(np.array(bounds, dtype=float).reshape(2, 2), axis=0)
    if not np.isfinite(corners).all() or (corners[0] >= high).any() or (corners[1] <= low).any():
        return LAND
    (west, south), (east, north) = np.clip(corners, low + 0.05, high - 0.05).tolist()
    return west - 0.01, south - 0.01, east + 0.01, north + 0.01


def _moved_inward(middle: tuple[float, float], width: float, height: float, upright: Frame) -> Box:
    """Return a rectangle of a size around a point, moved and where necessary cut so that all of it is drawn land.

    Meridians and parallels bend, so that how far it may go to one side depends on where it lies; a few rounds settle
    that, to a few metres.
    """
    west, south, east, north = DRAWN
    left, right = (_sorted(upright, (lon, south, lon, north), 1) for lon in (west, east))
    top, bottom = (_sorted(upright, (west, lat, east, lat), 0) for lat in (north, south))
    x, y = middle
    wide, high = width, height
    for _ in range(ROUNDS):
        across = np.linspace(x - wide / 2, x + wide / 2, ALONG_EDGE)
        down = np.linspace(y - high / 2, y + high / 2, ALONG_EDGE)
        west_end = float(np.interp(down, left[:, 1], left[:, 0]).max())
        east_end = float(np.interp(down, right[:, 1], right[:, 0]).min())
        north_end = float(np.interp(across, top[:, 0], top[:, 1]).max())
        south_end = float(np.interp(across, bottom[:, 0], bottom[:, 1]).min())
        wide, high = min(width, east_end - west_end), min(height, south_end - north_end)
        x = min(max(x, west_end + wide / 2), east_end - wide / 2)
        y = min(max(y, north_end + high / 2), south_end - high / 2)
    return Box(x - wide / 2, y - high / 2, wide, high)


def _sorted(upright: Frame, side: Bounds, axis: int) -> Positions:
    """Return the positions of one side of the drawn land on the page, in the order of x (0) or y (1)."""
    line = upright.place_degrees(_bent(side))
    return line[np.argsort(line[:, axis])]


def _bent(bounds: Bounds) -> Positions:
    """Return positions in degrees along the edges of a rectangle of degrees."""
    west, south, east, north = bounds
    return along_edges(Box(west, south, east - west, north - south))

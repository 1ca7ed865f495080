"""The lines of longitude and latitude over the land, with their ticks and degrees at the neat line."""

from collections.abc import Iterator
from itertools import pairwise
from math import ceil, floor

import numpy as np
import shapely

from corridor.present.cartography.cutting import cut, runs_of
from corridor.present.cartography.drawing import Item, Look, Points, Stroke, Text, Type
from corridor.present.cartography.projection import Box, Frame
from corridor.present.style import Palette
from corridor.present.typography.typefaces import CAPITAL, width

#: Minutes between lines; the first that leaves at least `APART` points between two is taken.
INTERVALS = (1, 2, 5, 10, 15, 30, 60, 120, 300)
APART = 52.0
#: Points: the ticks outside the neat line, the size of the degrees, and the room both take beside the map.
TICK, SIZE = 2.4, 5.6
MARGIN = TICK + SIZE + 1.6
#: Positions along one line of the graticule.
ALONG = 41
#: A degree nearer than this to the corner of the map has no number.
CORNER = 9.0


def graticule(frame: Frame, inks: Palette) -> Iterator[Item]:
    """Yield the lines over the land of a frame."""
    runs = [run for _, _, line in _lines(frame) for run in runs_of(cut(shapely.LineString(line), frame.box))]
    if runs:
        yield Stroke("graticule", tuple(runs), Look(stroke=inks.hairline, width=0.3))


def neat_line(frame: Frame, inks: Palette, size: float, *, degrees: bool) -> Iterator[Item]:
    """Yield the line around a frame and, where asked for, ticks and degrees: longitude below, latitude at the left."""
    box = frame.box
    yield Stroke("neat-line", (box.corners,), Look(stroke=inks.text, width=0.6))
    if not degrees:
        return
    ticks: list[Points] = []
    numbers: list[Text] = []
    kind = Type(SIZE * size, inks.soft_text)
    for meridian, value, line in _lines(frame):
        for x, y in _meetings(line, box, meridian):
            far = y > box.top + 1 if meridian else x > box.left + 1
            out = TICK if far else -TICK
            ticks.append(np.array([(x, y), (x, y + out) if meridian else (x + out, y)]))
            text = _degrees(value, meridian)
            wide = width(text, kind.size)
            if meridian and far and box.left + CORNER < x < box.right - CORNER:
                numbers.append(Text("graticule", text, x - wide / 2, y + TICK + 0.8 + CAPITAL * kind.size, wide, kind))
            if not meridian and not far and box.top + CORNER < y < box.bottom - CORNER:
                numbers.append(Text("graticule", text, x - TICK - 1.0, y + wide / 2, wide, kind, angle=-90.0))
    if ticks:
        yield Stroke("graticule", tuple(ticks), Look(stroke=inks.text, width=0.4))
    yield from numbers


def _lines(frame: Frame) -> Iterator[tuple[bool, int, Points]]:
    """Yield every line that may cross a frame: whether a meridian, its minutes, its positions on the page."""
    west, south, east, north = frame.degrees()
    step = _interval(frame, west, south, east, north)
    for minutes in range(ceil(west * 60 / step) * step, floor(east * 60) + 1, step):
        along = np.column_stack([np.full(ALONG, minutes / 60), np.linspace(south - 0.5, north + 0.5, ALONG)])
        yield True, minutes, frame.place_degrees(along)
    for minutes in range(ceil(south * 60 / step) * step, floor(north * 60) + 1, step):
        along = np.column_stack([np.linspace(west - 0.5, east + 0.5, ALONG), np.full(ALONG, minutes / 60)])
        yield False, minutes, frame.place_degrees(along)


def _interval(frame: Frame, west: float, south: float, east: float, north: float) -> int:
    """Return the minutes between lines, the same for both directions, by the narrower one."""
    across = frame.box.width / (east - west)
    up = frame.box.height / (north - south)
    return next((step for step in INTERVALS if min(across, up) * step / 60 >= APART), INTERVALS[-1])


def _meetings(line: Points, box: Box, meridian: bool) -> list[tuple[float, float]]:
    """Return where a line meets the two edges of a frame that it crosses: top and bottom, or left and right."""
    axis, edges = (1, (box.top, box.bottom)) if meridian else (0, (box.left, box.right))
    meetings = []
    for edge in edges:
        for (a, b), (c, d) in pairwise(line.tolist()):
            start, end = (b, d) if axis else (a, c)
            if (start - edge) * (end - edge) <= 0 and start != end:
                share = (edge - start) / (end - start)
                x, y = a + share * (c - a), b + share * (d - b)
                if box.inset(-0.01).holds_point(x, y):
                    meetings.append((x, y))
                break
    return meetings


def _degrees(minutes: int, meridian: bool) -> str:
    whole, rest = divmod(minutes, 60)
    return f"{whole}°{f' {rest:02d}′' if rest else ''} {'E' if meridian else 'N'}"

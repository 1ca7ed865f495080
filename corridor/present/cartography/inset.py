"""The section by Meghri at a larger scale: where its inset stands in a map, and what is drawn of it there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import shapely

from corridor.present.cartography.cutting import cut, runs_of
from corridor.present.cartography.drawing import Area, Item, Look, Stroke, Text, Type
from corridor.present.cartography.framing import fit
from corridor.present.cartography.furniture_placement import free_room
from corridor.present.cartography.panel import RIM, Panel, map_panel
from corridor.present.cartography.placement import Ground
from corridor.present.cartography.projection import Box, Frame
from corridor.present.cartography.scale_bar import bar_items, scale_bar
from corridor.present.cartography.view import View
from corridor.present.reader import INSET
from corridor.present.typography.typefaces import CAPITAL, width

NAME = str(INSET["title"])
#: The inset has one of these shares of the map's width, and a map less than so many times smaller has none.
SHARES, LARGER = (0.4, 0.37, 0.34, 0.31, 0.28, 0.25), 2.0
#: It is the largest that covers no more than this of the map, else the one that covers least; a map that has only room
#: for one that would cover more than `MOST` has none.
COVERS, MOST = 40.0, 120.0
#: Points of a line of the strip below it, for its name and its scale bar; the size of both; the space around them.
STRIP, NAME_SIZE, BAR_SIZE, SPACE = 11.0, 6.4, 0.9, 4.0


@dataclass(frozen=True, eq=False, slots=True)
class Inset:
    """The view of the section, and the room of the map it takes with the strip below it."""

    view: View
    room: Box


def section_in(view: View) -> Box | None:
    """Return the part of a map that an inset would enlarge, which nothing may cover; None when it shows none of it."""
    section = _section(100.0)
    corners = view.frame.place(section.back(section.box.corners))
    (left, top), (right, bottom) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
    box = Box(left, top, right - left, bottom - top)
    return box if box.meets(view.box) else None


def inset_for(view: View, cover: Ground, taken: Sequence[Box]) -> Inset | None:
    """Return the inset a map has room for; None where it has none, or shows the section nearly as large."""
    best: tuple[Frame, Box, float] | None = None
    for share in SHARES:
        frame = _section(view.box.width * share)
        named = width(NAME, NAME_SIZE * view.size, 600) + 2 * SPACE <= frame.box.width
        if view.frame.scale / frame.scale < LARGER or not named:
            continue
        place = free_room(cover, view.box, frame.box.width, frame.box.height + _strip(frame, view.size), taken)
        if place and (best is None or place[1] < best[2]):
            best = frame, *place
        if best and best[2] <= COVERS:
            break
    if best is None or best[2] > MOST:
        return None
    frame, room, _ = best
    placed = replace(frame, box=replace(room, height=room.height - _strip(frame, view.size)))
    return Inset(View(view.land, replace(view.request, inset=False), placed, view.inks, view.size), room)


def extent(view: View, inset: Inset) -> list[Item]:
    """Return the frame that shows on the map what the inset enlarges."""
    corners = view.frame.place(inset.view.frame.back(inset.view.box.corners))
    runs = runs_of(cut(shapely.LineString(corners), view.box))
    return [
        Stroke("extent", runs, Look(stroke=view.inks.casing, width=1.8 * view.size)),
        Stroke("extent", runs, Look(stroke=view.inks.text, width=0.6 * view.size)),
    ]


def inset_panel(inset: Inset) -> Panel:
    """Return the inset with its strip: what it is called, and its own scale bar."""
    view, room = inset.view, inset.room
    shown = map_panel(view, [])
    strip = Box(room.left, view.box.bottom, room.width, room.bottom - view.box.bottom)
    return Panel(
        (
            Area("inset", (room.inset(-RIM).corners,), Look(fill=view.inks.paper)),
            *shown.items,
            Area("inset", (strip.corners,), Look(fill=view.inks.paper)),
            *_strip_items(view, strip),
            Stroke("neat-line", (room.corners,), Look(stroke=view.inks.text, width=0.6)),
        ),
        shown.drawn,
    )


def _section(wide: float) -> Frame:
    """Return the section in a frame `wide` points wide, at the left upper corner of a page."""
    frame = _fitted_section()
    larger = wide / frame.box.width
    box = Box(0.0, 0.0, wide, frame.box.height * larger)
    return replace(frame, box=box, metres_per_point=frame.metres_per_point / larger)


@cache
def _fitted_section() -> Frame:
    south, west, north, east = np.ravel(np.array(INSET["bounds"], dtype=float)).tolist()
    return fit((west, south, east, north), Box(0.0, 0.0, 100.0, 100.0))


def _strip(frame: Frame, size: float) -> float:
    """Return how high the strip is: one line, or two where name and bar do not fit beside each other."""
    beside = width(NAME, NAME_SIZE * size, 600) + scale_bar(frame, size * BAR_SIZE).room[0] + 3.5 * SPACE
    return STRIP * size * (1 if beside <= frame.box.width else 2)


def _strip_items(view: View, strip: Box) -> Iterator[Item]:
    line = STRIP * view.size
    kind = Type(NAME_SIZE * view.size, view.inks.text, 600)
    base = strip.top + (line + CAPITAL * kind.size) / 2
    yield Text("inset", NAME, strip.left + SPACE, base, width(NAME, kind.size, 600), kind)
    bar = scale_bar(view.frame, view.size * BAR_SIZE)
    below = strip.height > 1.5 * line
    left = strip.left + SPACE if below else strip.right - bar.room[0] - SPACE
    yield from bar_items(bar, Box(left, strip.bottom - (line + bar.room[1]) / 2, *bar.room), view.inks)

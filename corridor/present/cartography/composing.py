"""How a static map is put together: the land, and what stands in it and beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corridor.present.cartography import legend_box, looks
from corridor.present.cartography.captions import alt_text, sources_line
from corridor.present.cartography.drawing import Area, Drawing, Item, Look, Stroke
from corridor.present.cartography.framing import fit
from corridor.present.cartography.furniture_placement import cover_of, free_room
from corridor.present.cartography.graticule import MARGIN, TICK
from corridor.present.cartography.inset import Inset, extent, inset_for, inset_panel, section_in
from corridor.present.cartography.land import Land
from corridor.present.cartography.legend_box import LegendBox, LegendGroup
from corridor.present.cartography.names import likely
from corridor.present.cartography.panel import RIM, map_panel
from corridor.present.cartography.placement import Ground
from corridor.present.cartography.projection import Box
from corridor.present.cartography.scale_bar import bar_items, scale_bar
from corridor.present.cartography.sheet import MapSheet
from corridor.present.cartography.view import View
from corridor.present.map_request import MapRequest
from corridor.present.style import LIGHT

#: A legend stands in the map when it covers no more than this there, else below it.
COVERS = 90.0
#: The most columns of a legend, in the map and below it.
COLUMNS_IN, COLUMNS_BELOW = 2, 6
#: A map that would be lower or narrower in points than this with its legend, or so many times smaller, goes without.
LEAST_HIGH, LEAST_WIDE, SMALLEST = 90.0, 180.0, 1.5
#: Points between the map and a legend below it or beside it.
BELOW, BESIDE = 5.0, 6.0
#: Rounds in which the room of the legend below a map is found, and by how much it is made smaller at a time to fit.
ROUNDS, SMALLER = 4, 0.97


@dataclass(frozen=True, eq=False, slots=True)
class StaticMap:
    """A composed map: its drawing, its legend, scale denominators when printed at its size, and its sources.

    `inset_scale` is None without an inset. The legend stands in the drawing too, unless that is too low for both.
    """

    drawing: Drawing
    legend: tuple[LegendGroup, ...]
    scale: float
    inset_scale: float | None
    sources: str


def compose(request: MapRequest, land: Land, sheet: MapSheet) -> StaticMap:
    """Return the map a request asks for, on a sheet; the same request gives the same map, to the last digit."""
    left, edge = MARGIN * sheet.size, TICK + 1.0
    room = Box(left, edge, sheet.width - left - edge, sheet.height - left - edge)
    view = View(land, request, fit(request.bounds, room), LIGHT, sheet.size)
    made = _composed(_lay_out(view, room, sheet), sheet, left)
    # A map made lower for its legend is narrower too, and the legend below it may then need another line.
    for _ in range(ROUNDS):
        over = made.drawing.height - sheet.height
        if over <= 0 or room.height - over < LEAST_HIGH:
            break
        room = replace(room, height=room.height - over)
        view = replace(view, frame=fit(request.bounds, room))
        made = _composed(_lay_out(view, room, sheet), sheet, left)
    return made


@dataclass(frozen=True, eq=False, slots=True)
class _Layout:
    """A view with the rooms in its frame, and what its legend will list at most.

    The room of the legend lies in the map or beside it; without one it stands below and is no higher than `reserved`.
    `taken` are the rooms in the map, `cover` what they would cover, None where nobody had to know yet.
    """

    view: View
    inset: Inset | None
    legend: tuple[LegendGroup, ...]
    legend_room: Box | None
    taken: tuple[Box, ...] = ()
    cover: Ground | None = None
    reserved: float = 0.0


def _lay_out(view: View, room: Box, sheet: MapSheet) -> _Layout:
    """Return where everything stands: the legend in the map where it covers little, else where the map stays larger.

    Where a legend would leave too little of the map, it is left out.
    """
    within = _rooms(view, sheet, with_legend=True)
    if not within.legend or within.legend_room is not None:
        return within
    above = _above_legend(within, room, sheet)
    if above is not None and above.view.box.width > room.width - 1.0:
        return above
    outside = (above, *(_beside_legend(within, room, sheet, columns) for columns in (1, 2)))
    layouts = [layout for layout in outside if layout and layout.view.frame.scale <= SMALLEST * within.view.frame.scale]
    return min(layouts, key=lambda layout: layout.view.frame.scale) if layouts else replace(within, legend=())


def _above_legend(within: _Layout, room: Box, sheet: MapSheet) -> _Layout | None:
    """Return a lower map with its legend below it."""
    layout, reserved = within, 0.0
    # A lower map shows more land to both sides, and its legend may list more, so that a few rounds are needed.
    for _ in range(ROUNDS):
        laid = _lowest(layout.legend, COLUMNS_BELOW, layout.view.box.width, None, sheet.size)
        if laid.height <= reserved:
            break
        reserved = laid.height
        lower = replace(room, height=room.height - reserved - BELOW)
        if lower.height < LEAST_HIGH:
            return None
        layout = _anew(layout, lower, sheet)
    return replace(layout, reserved=reserved)


def _beside_legend(within: _Layout, room: Box, sheet: MapSheet, columns: int) -> _Layout | None:
    """Return a narrower map with its legend at the right of it, in so many columns."""
    layout, wide = within, 0.0
    for _ in range(ROUNDS):
        laid = legend_box.lay_out(layout.legend, columns, sheet.size)
        if laid.width <= wide:
            break
        wide = laid.width
        narrower = replace(room, width=room.width - wide - BESIDE)
        if narrower.width < LEAST_WIDE or laid.height > room.height:
            return None
        layout = _anew(layout, narrower, sheet)
        box = replace(layout.view.box, left=room.left)
        layout = replace(layout, view=replace(layout.view, frame=replace(layout.view.frame, box=box)))
    padding = legend_box.PADDING * sheet.size
    beside = Box(layout.view.box.right + BESIDE, room.top - padding, wide, room.height + padding)
    return replace(_rooms(layout.view, sheet, with_legend=False), legend_room=beside)


def _anew(layout: _Layout, room: Box, sheet: MapSheet) -> _Layout:
    view = replace(layout.view, frame=fit(layout.view.request.bounds, room))
    return _rooms(view, sheet, with_legend=False)


def _rooms(view: View, sheet: MapSheet, *, with_legend: bool) -> _Layout:
    """Return the rooms inside the frame of a view; none for the legend where it would cover too much."""
    section = section_in(view) if view.request.inset else None
    # What rooms cover takes as long as half a map and is found only where a room is chosen by it.
    cover = cover_of(view) if section or with_legend else None
    inset = inset_for(view, cover, [section]) if section and cover else None
    taken = [*([section] if section else []), *([inset.room] if inset else [])]
    some = _groups(view, sheet, [*likely(view), *(likely(inset.view) if inset else [])])
    legend_room, best = None, COVERS
    for count in range(1, COLUMNS_IN + 1) if with_legend and some else ():
        laid = legend_box.lay_out(some, count, sheet.size)
        place = free_room(cover, view.box, laid.width, laid.height, taken) if cover else None
        if place and place[1] < best:
            legend_room, best = place
    taken += [legend_room] if legend_room else []
    return _Layout(view, inset, some, legend_room, tuple(taken), cover)


def _bar_room(layout: _Layout, sheet: MapSheet) -> Box | None:
    """Return where the scale bar stands; None where no corner has room for it."""
    view = layout.view
    cover = layout.cover or cover_of(view)
    place = free_room(cover, view.box, *scale_bar(view.frame, sheet.size).room, layout.taken)
    return place[0] if place else None


def _groups(view: View, sheet: MapSheet, drawn: Sequence[frozenset[str]]) -> tuple[LegendGroup, ...]:
    lit = any(looks.LIT in names for names in drawn)
    return legend_box.legend_groups(drawn, view.layers, view.request.own if sheet.names_own else (), lit)


def _lowest(some: Sequence[LegendGroup], most: int, wide: float, high: float | None, size: float) -> LegendBox:
    """Return the lowest legend in at most so many columns that fits a room, its padding not counted in the width.

    It is set a little smaller where it does not fit otherwise.
    """
    while True:
        room = wide + 2 * legend_box.PADDING * size
        fitting = [
            laid
            for count in range(1, most + 1)
            for keep in (True, False)
            if (laid := legend_box.lay_out(some, count, size, keep=keep)).width <= room
            and (high is None or laid.height <= high + 1e-6)
        ]
        if fitting:
            return min(fitting, key=lambda laid: (laid.height, laid.width))
        size *= SMALLER


def _composed(layout: _Layout, sheet: MapSheet, margin: float) -> StaticMap:
    view, inset = layout.view, layout.inset
    bar_room = _bar_room(layout, sheet)
    taken = (inset.room if inset else None, layout.legend_room, bar_room)
    rooms = [room.inset(-RIM) for room in taken if room]
    main = map_panel(view, rooms, extent(view, inset) if inset else [], degrees=True)
    items, drawn = list(main.items), list(main.drawn)
    if inset:
        beside = inset_panel(inset)
        items += beside.items
        drawn += beside.drawn
    if bar_room:
        items += bar_items(scale_bar(view.frame, sheet.size), bar_room, view.inks)
    groups = _groups(view, sheet, drawn)
    bottom = view.box.bottom + margin
    if groups and layout.legend:
        legend, bottom = _legend_items(layout, groups, sheet.size, bottom)
        items += legend
    drawing = Drawing(sheet.width, round(bottom, 2), alt_text(view), tuple(items))
    inset_scale = inset.view.frame.scale if inset else None
    return StaticMap(drawing, groups, view.frame.scale, inset_scale, sources_line(view))


def _legend_items(
    layout: _Layout, groups: Sequence[LegendGroup], size: float, bottom: float
) -> tuple[list[Item], float]:
    """Return the legend in its room or below the map, and where the drawing then ends.

    What found no place on the map is not in the legend either, so that it may be smaller than its room: it keeps the
    corner of the room that is nearer to the edge of the map.
    """
    view, room = layout.view, layout.legend_room
    padding = legend_box.PADDING * size
    if room is None:
        laid = _lowest(groups, COLUMNS_BELOW, view.box.width, layout.reserved, size)
        left, top = view.box.left - padding, bottom + BELOW - padding
        return list(legend_box.items(laid, left, top, view.inks, spread=view.box.width)), top + laid.height - padding
    laid = _lowest(groups, COLUMNS_IN, room.width - 2 * padding, room.height, size)
    if not room.meets(view.box):
        shown = list(legend_box.items(laid, room.left, room.top, view.inks))
        return shown, max(bottom, room.top + laid.height - padding)
    left = room.left if room.left - view.box.left < view.box.right - room.right else room.right - laid.width
    top = room.top if room.top - view.box.top < view.box.bottom - room.bottom else room.bottom - laid.height
    box = Box(left, top, laid.width, laid.height)
    return [
        Area("legend", (box.corners,), Look(fill=view.inks.paper)),
        Stroke("legend", (box.corners,), Look(stroke=view.inks.text, width=0.4)),
        *legend_box.items(laid, left, top, view.inks),
    ], bottom

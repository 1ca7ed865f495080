"""The ground along a line as a drawing: a band from the lowest to the highest cell, what the line passes, whose land.

Greys alone tell it, so that it is the same on grey paper; States have their colour and their name. The limits of the
model are words that go wherever the drawing goes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from corridor.assessing.ground_profile import LIMITS, GroundProfile
from corridor.assessing.profile import Profile
from corridor.assessing.region import Region
from corridor.land.territory import TerritoryId
from corridor.present.cartography.band_names import BESIDE, LETTERS, PlacedName, placed_names
from corridor.present.cartography.band_scales import BandScales, band_scales
from corridor.present.cartography.drawing import Area, Drawing, Item, Look, Points, Stroke, Text, Type
from corridor.present.style import Palette, mixed
from corridor.present.typography.typefaces import width, wrapped, writable
from corridor.quantities import counted

#: Points between two rows of letters at size 1.
ROW = 11.5
#: Metres above sea level between which the heights of a file are drawn over the ground; none in the region lie beyond.
DRAWN_HEIGHTS_M = (-500.0, 6_000.0)
#: Stretches that are named in words, from the start; of more it is told how many.
MOST_NAMED = 3
BEYOND = "The heights in the file lie beyond those of the region and are not drawn."
#: How much of the letters' colour is in the band and in the lines of ticks, how much of the soft one in leaders.
BAND_SHARE, TICK_SHARE, LEADER_SHARE = 0.22, 0.12, 0.5
BORDER, NOTHING_KNOWN, SEA_LEVEL = (4.0, 2.0), (1.0, 2.5), (5.0, 1.5)


@dataclass(frozen=True, slots=True)
class BandLook:
    """How wide a drawing of the ground is and how high its plot, in points; `size` is that of letters and lines."""

    width: float
    plot_height: float
    size: float = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class GroundDrawing:
    """A drawing of the ground along a line; under it go its scales, what it leaves out, limits and source."""

    drawing: Drawing
    small_print: str


@dataclass(frozen=True, slots=True)
class _Key:
    """An entry of the key: how its sample looks, and its words; a sample that is filled is a field."""

    look: Look
    words: str


@dataclass(slots=True)
class _Sheet:
    """What has been laid out so far, and where the next row begins."""

    scales: BandScales
    inks: Palette
    size: float
    items: list[Item] = field(default_factory=list)

    def type(self, *, soft: bool = False) -> Type:
        return Type(LETTERS * self.size, self.inks.soft_text if soft else self.inks.text)

    def write(self, layer: str, words: str, x: float, baseline: float, *, soft: bool = False) -> None:
        kind = self.type(soft=soft)
        self.items.append(Text(layer, words, x, baseline, width(words, kind.size), kind))


def ground_band(
    ground: GroundProfile, heights: Profile | None, region: Region, inks: Palette, look: BandLook, name: str
) -> GroundDrawing:
    """Return the ground along the line `name`, with the heights its file carries, if it has any.

    Heights of a file beyond what there is in the region are left out, and the small print says so.
    """
    over = heights if heights is not None and _drawable(heights) else None
    kept = [] if over is None else [over.lowest_m, over.highest_m]
    scales = band_scales(ground, kept, look.width, look.plot_height, LETTERS * look.size)
    places = [mark for mark in ground.marks if mark.kind == "place"]
    names, unnamed = placed_names(places, scales, look.width, look.size)
    rows = 1 + max((name.row for name in names), default=-1)
    scales = scales.moved_down((rows + 0.5) * ROW * look.size)
    sheet = _Sheet(scales, inks, look.size)
    sheet.items += _axes(sheet)
    sheet.items += _band(ground, sheet)
    _places(names, rows, ground, sheet)
    if over is not None:
        points = np.array([(scales.x(km), scales.y(height)) for km, height in over.drawn])
        for colour, wide in ((inks.paper, 3.4), (inks.text, 1.5)):
            sheet.items.append(Stroke("heights", (points,), Look(stroke=colour, width=wide * look.size)))
    bottom, every_named = _states(ground, region, sheet)
    height = _key(ground, sheet, bottom, look.width, heights=over is not None)
    said = [f"Across: km from the start. Up: m above sea level, {_scale_words(scales.times_higher)}."]
    said += [] if every_named else [f"Under the ground, from the start: {_countries(ground, region)}."]
    said += [BEYOND] if heights is not None and over is None else []
    said += [f"No room was left to name {counted(len(unnamed), 'more place')}."] if unnamed else []
    small_print = " ".join([*said, LIMITS, f"Source: {ground.source}."])
    return GroundDrawing(Drawing(look.width, height, said_of(ground, name), tuple(sheet.items)), small_print)


def _scale_words(times: float) -> str:
    """Return how heights are drawn beside lengths: of a short line they are drawn smaller."""
    if 0.95 < times < 1.05:
        return "drawn as large as lengths"
    if times < 1:
        return f"drawn about {1 / times:,.2g} times smaller than lengths"
    return f"drawn about {times:,.0f} times as large" if times >= 10 else f"drawn about {times:g} times as large"


def said_of(ground: GroundProfile, name: str) -> str:
    """Return in words what the drawing shows of the line `name`: lowest and highest, borders, places, limits."""
    borders = "; ".join(f"{mark.label} at km {mark.at_km:,.1f}" for mark in ground.marks if mark.kind == "border")
    places = ", ".join(f"{mark.label} at km {mark.at_km:,.1f}" for mark in ground.marks if mark.kind == "place")
    passed = [f"Borders: {borders}." if borders else "It crosses no border."]
    passed += [f"Places: {places}."] if places else []
    return " ".join([f"The ground along “{writable(name)}”.", ground.says, *passed, LIMITS])


def _drawable(heights: Profile) -> bool:
    least, most = DRAWN_HEIGHTS_M
    return least <= heights.lowest_m and heights.highest_m <= most


def _places(names: Sequence[PlacedName], rows: int, ground: GroundProfile, sheet: _Sheet) -> None:
    high, colour = ROW * sheet.size, mixed(sheet.inks.hairline, sheet.inks.soft_text, LEADER_SHARE)
    for name in names:
        baseline = (rows - name.row) * high - 0.25 * high
        foot = sheet.scales.y(_highest_at(ground, name.mark.at_km))
        leader = np.array([(name.x, baseline + 0.3 * high), (name.x, foot)])
        sheet.items.append(Stroke("places", (leader,), Look(stroke=colour, width=0.6 * sheet.size)))
        sheet.write("places", writable(name.mark.label), name.left, baseline)


def _highest_at(ground: GroundProfile, km: float) -> float:
    step = next((step for step in ground.steps if km <= step.to_km), ground.steps[-1])
    return float(step.highest_m or 0)


def _axes(sheet: _Sheet) -> Iterator[Item]:
    scales, inks, kind = sheet.scales, sheet.inks, sheet.type(soft=True)
    line = Look(stroke=mixed(inks.hairline, inks.text, TICK_SHARE), width=0.5 * sheet.size)
    for height in scales.height_ticks:
        y = scales.y(height)
        yield Stroke("axes", (np.array([(scales.left, y), (scales.right, y)]),), line)
        words = f"{height:,.0f}{' m' if height == scales.height_ticks[-1] else ''}"
        wide = width(words, kind.size)
        yield Text("axes", words, scales.left - wide - 3 * sheet.size, y + 0.35 * kind.size, wide, kind)


def _band(ground: GroundProfile, sheet: _Sheet) -> Iterator[Item]:
    """Yield the band run by run, its two edges, and where it lies at sea level or nothing is known."""
    scales, inks, size = sheet.scales, sheet.inks, sheet.size
    fill, edge = mixed(inks.paper, inks.text, BAND_SHARE), Look(stroke=inks.soft_text, width=0.7 * size)
    for known, run in groupby(ground.steps, key=lambda step: step.level != "no-data"):
        steps = list(run)
        if not known:
            ends = _along(scales, [(steps[0].from_km, 0.0), (steps[-1].to_km, 0.0)])
            yield Stroke("ground", (ends,), Look(stroke=inks.soft_text, width=1.2 * size, dash=_dash(sheet, "none")))
            continue
        high = _along(scales, [(km, float(s.highest_m or 0)) for s in steps for km in (s.from_km, s.to_km)])
        low = _along(scales, [(km, float(s.lowest_m or 0)) for s in steps for km in (s.from_km, s.to_km)])
        yield Area("ground", (np.vstack([high, low[::-1]]),), Look(fill=fill))
        yield Stroke("ground", (high,), edge)
        yield Stroke("ground", (low,), edge)
    for at_sea, run in groupby(
        ground.steps, key=lambda step: step.level.endswith("sea-level") and step.lowest_m is None
    ):
        steps = list(run)
        if at_sea:
            ends = _along(scales, [(steps[0].from_km, 0.0), (steps[-1].to_km, 0.0)])
            yield Stroke("ground", (ends,), _at_sea_level(sheet))


def _along(scales: BandScales, rows: Sequence[tuple[float, float]]) -> Points:
    return np.array([(scales.x(km), scales.y(height)) for km, height in rows])


def _dash(sheet: _Sheet, what: str) -> tuple[float, ...]:
    dash = {"none": NOTHING_KNOWN, "sea": SEA_LEVEL, "border": BORDER}[what]
    return tuple(part * sheet.size for part in dash)


def _at_sea_level(sheet: _Sheet) -> Look:
    return Look(stroke=sheet.inks.water_name, width=2.0 * sheet.size, dash=_dash(sheet, "sea"))


def _states(ground: GroundProfile, region: Region, sheet: _Sheet) -> tuple[float, bool]:
    """Draw whose land it is in a strip under the ground, with the borders through both.

    Return where the strip ends, and whether every stretch has its name.
    """
    scales, inks, size = sheet.scales, sheet.inks, sheet.size
    top = scales.bottom + 3 * size
    bottom = top + 1.15 * ROW * size
    fills = {"armenia": (inks.armenia, inks.armenia_edge), "azerbaijan": (inks.azerbaijan, inks.azerbaijan_edge)}
    kind, every_named = sheet.type(), True
    for stretch in ground.stretches:
        left, right = scales.x(stretch.from_km), scales.x(stretch.to_km)
        fill, edge = fills.get(region.state(stretch.territory), (inks.neighbour, inks.neighbour_edge))
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        sheet.items.append(Area("states", (corners,), Look(fill=fill, stroke=edge, width=0.5 * size)))
        words = next((w for w in _names_of(stretch.territory, region) if width(w, kind.size) < right - left - 4), "")
        every_named = every_named and bool(words)
        if words:
            wide = width(words, kind.size)
            sheet.write("states", words, (left + right - wide) / 2, bottom - 0.32 * ROW * size)
    for mark in ground.marks:
        if mark.kind == "border":
            line = np.array([(scales.x(mark.at_km), scales.top), (scales.x(mark.at_km), top)])
            look = Look(stroke=inks.text, width=0.8 * size, dash=_dash(sheet, "border"))
            sheet.items.append(Stroke("borders", (line,), look))
    return bottom, every_named


def _names_of(territory: TerritoryId, region: Region) -> tuple[str, ...]:
    """Return the names of a territory, the fullest first."""
    full = region.label(territory)
    return full, full.partition(" (")[0], full.partition(",")[0].partition(" Autonomous")[0]


def _countries(ground: GroundProfile, region: Region) -> str:
    """Return whose land it is, in the order of the line: the first few, and how many more there are."""
    names = [region.label(territory) for territory, _ in groupby(s.territory for s in ground.stretches)]
    more = f", and {len(names) - MOST_NAMED} more stretches" if len(names) > MOST_NAMED + 1 else ""
    return ", then ".join(names[:MOST_NAMED] if more else names) + more


def _key(ground: GroundProfile, sheet: _Sheet, top: float, page: float, *, heights: bool) -> float:
    """Write the kilometres and the key under the strip, on a page of a width; return where they end."""
    scales, row = sheet.scales, ROW * sheet.size
    baseline, last = top + row, -np.inf
    for km in scales.km_ticks:
        words = f"{km:,g}{' km' if km == scales.km_ticks[-1] else ''}"
        wide = width(words, LETTERS * sheet.size)
        left = min(max(scales.x(km) - wide / 2, 0.0), page - wide)
        if left > last:
            sheet.write("axes", words, left, baseline, soft=True)
            last = left + wide + BESIDE * sheet.size
    baseline += row
    x, wide = scales.left, 16 * sheet.size
    for key in _keys(ground, sheet, heights=heights):
        end = x + wide + 4 * sheet.size + width(key.words, LETTERS * sheet.size)
        if end > page and x > scales.left:
            x, baseline = scales.left, baseline + row
        middle = baseline - 0.32 * LETTERS * sheet.size
        ends = np.array([(x, middle), (x + wide, middle)])
        half = np.array([(0.0, 3.2 * sheet.size)])
        field_corners = np.vstack([ends - half, (ends + half)[::-1]])
        sheet.items.append(
            Area("key", (field_corners,), key.look) if key.look.fill else Stroke("key", (ends,), key.look)
        )
        lines = wrapped(key.words, page - x - wide - 4 * sheet.size, LETTERS * sheet.size)
        for number, words in enumerate(lines):
            baseline += row if number else 0.0
            sheet.write("key", words, x + wide + 4 * sheet.size, baseline, soft=True)
        x = (x if len(lines) == 1 else page) + wide + 14 * sheet.size + width(lines[-1], LETTERS * sheet.size)
    return baseline + 0.4 * row


def _keys(ground: GroundProfile, sheet: _Sheet, *, heights: bool) -> Iterator[_Key]:
    inks, size = sheet.inks, sheet.size
    band = Look(fill=mixed(inks.paper, inks.text, BAND_SHARE), stroke=inks.soft_text, width=0.7 * size)
    yield _Key(band, "lowest to highest ground within about 1 km")
    if any(mark.kind == "border" for mark in ground.marks):
        yield _Key(Look(stroke=inks.text, width=0.8 * size, dash=_dash(sheet, "border")), "border")
    if heights:
        yield _Key(Look(stroke=inks.text, width=1.5 * size), "height as the file gives it")
    if ground.reaches_sea_level:
        yield _Key(_at_sea_level(sheet), "at or below sea level; nothing finer is known")
    if ground.km("no-data"):
        yield _Key(Look(stroke=inks.soft_text, width=1.2 * size, dash=_dash(sheet, "none")), "no data")

"""The scale bar: a round number of kilometres, true to the ellipsoid in the middle of its map."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor, log10

from corridor.present.cartography.drawing import Area, Item, Look, Stroke, Text, Type
from corridor.present.cartography.projection import Box, Frame, true_length_m
from corridor.present.style import Palette
from corridor.present.typography.typefaces import width

#: The length of a bar, its divisions by its first digit, and the longest it may be as a share of the map's width.
DIVISIONS = {1: 4, 2: 4, 3: 3, 5: 5}
LONGEST = 0.24
#: Points: how high the bar is, and the size of its numbers.
HIGH, SIZE = 2.6, 6.2


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar for a frame: its kilometres, its length in points, and the room it takes with its numbers."""

    km: float
    length: float
    divisions: int
    room: tuple[float, float]
    size: float


def scale_bar(frame: Frame, size: float) -> ScaleBar:
    """Return the longest bar of 1, 2, 3 or 5 times a power of ten kilometres that a frame has room for."""
    box = frame.box
    x, y = box.left + box.width / 2, box.top + box.height / 2
    half = box.width * LONGEST / 2
    km_in_point = true_length_m(frame, (x - half, y), (x + half, y)) / 1000 / (2 * half)
    longest = 2 * half * km_in_point
    power = 10.0 ** floor(log10(longest))
    digit = max(step for step in DIVISIONS if step * power <= longest * (1 + 1e-9))
    km = digit * power
    length = km / km_in_point
    beyond = width(_number(km), SIZE * size) / 2 + width(" km", SIZE * size)
    return ScaleBar(km, length, DIVISIONS[digit], (length + beyond + 4.0, (HIGH + SIZE + 3.0) * size), size)


def bar_items(bar: ScaleBar, room: Box, inks: Palette) -> Iterator[Item]:
    """Yield the bar in its room: alternating fields, with numbers above both ends and in the middle."""
    kind = Type(SIZE * bar.size, inks.text, halo=inks.paper, halo_width=1.2)
    left = room.left + width("0", kind.size) / 2
    top = room.bottom - HIGH * bar.size - 0.5
    step = bar.length / bar.divisions
    for number in range(bar.divisions):
        field = Box(left + number * step, top, step, HIGH * bar.size)
        yield Area("scale", (field.corners,), Look(fill=inks.paper if number % 2 else inks.text))
    frame = Box(left, top, bar.length, HIGH * bar.size)
    yield Stroke("scale", (frame.corners,), Look(stroke=inks.text, width=0.4))
    middle = [bar.divisions // 2] if bar.divisions % 2 == 0 else []
    for number in (0, *middle, bar.divisions):
        words = _number(bar.km * number / bar.divisions)
        centre = left + number * step
        wide = width(words, kind.size)
        label = words + (" km" if number == bar.divisions else "")
        baseline = top - 1.6 * bar.size
        yield Text("scale", label, centre - wide / 2, baseline, width(label, kind.size), kind)


def _number(km: float) -> str:
    return f"{km:g}"

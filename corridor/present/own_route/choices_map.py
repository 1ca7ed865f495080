"""Where each reading of a file would put its lines: a small map of all of them, and a close-up of where they begin."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from markupsafe import Markup

from corridor.assessing.region import Region
from corridor.land.geodesy import METRES_PER_DEGREE, Bounds, Positions
from corridor.present.style import Palette
from corridor.present.tables import element
from corridor.quantities import listed, metres
from corridor.reading.faults import SystemChoice

#: Pixels of one picture, and of the room around its lines.
WIDTH, HEIGHT, AROUND = 380, 260, 34
#: The least a map shows, in metres across.
LEAST_M = 60.0
#: Choices nearer than this share of the map's width lie on each other there, and are shown in the close-up.
CLOSE_SHARE = 1 / 15
#: How many times the distance between them the close-up is wide, and the places it names.
CLOSE_UP, MOST_PLACES = 5.0, 5
DASHES = ("", "9 4", "2 3", "10 3 2 3", "5 2", "1 4")
#: Pixels that a letter of a name is wide, with some to spare.
LETTER = 6.5
#: Pixels within which the numbers of two lines stand as one.
TOGETHER = 20.0


@dataclass(frozen=True, slots=True)
class _Frame:
    """A window of the land in degrees, drawn to one scale: `lon`, `lat` its middle, `across_m` its width in metres."""

    lon: float
    lat: float
    across_m: float

    @property
    def bounds(self) -> Bounds:
        half_lat = self.across_m * HEIGHT / WIDTH / 2 / METRES_PER_DEGREE
        half_lon = self.across_m / 2 / METRES_PER_DEGREE / self._narrowed
        return self.lon - half_lon, self.lat - half_lat, self.lon + half_lon, self.lat + half_lat

    @property
    def _narrowed(self) -> float:
        return float(np.cos(np.radians(self.lat)))

    def pixels(self, lonlat: Positions) -> Positions:
        """Return (lon, lat) rows in degrees as (x, y) rows in pixels."""
        scale = WIDTH * METRES_PER_DEGREE / self.across_m
        x = (lonlat[:, 0] - self.lon) * self._narrowed * scale + WIDTH / 2
        return np.column_stack([x, HEIGHT / 2 - (lonlat[:, 1] - self.lat) * scale])


def choices_map(choices: Sequence[SystemChoice], region: Region, within: Bounds, inks: Palette) -> Markup:
    """Return pictures of the lines of each choice, numbered in their order; "" where there is nothing to compare.

    Framed are those that lie in the region `within`; which do not is said below.
    """
    drawn = {number: choice for number, choice in enumerate(choices, start=1) if choice.lines}
    inside = {number: choice for number, choice in drawn.items() if _meets(choice, within)} or drawn
    if len(drawn) < 2:
        return Markup()
    whole = _frame_of(choice for choice in inside.values())
    here, away = ([str(number) for number in drawn if (number in inside) is shown] for shown in (True, False))
    caption = f"All of the line, as {f'choice {listed(here)}' if away else 'each choice'} would place it."
    if away:
        caption += f" Choice {listed(away)} would place it outside of this map."
    pictures = [_figure(_picture(whole, inside, region, inks), caption)]
    first, *others = inside.items()
    close = {number: choice for number, choice in others if choice.shift_m < whole.across_m * CLOSE_SHARE}
    if close:
        furthest = max(_begin_apart_m(first[1], choice) for choice in close.values())
        frame = _Frame(first[1].lon, first[1].lat, max(LEAST_M, CLOSE_UP * furthest))
        shifts = listed([f"line {number} at most {metres(choice.shift_m)}" for number, choice in close.items()])
        caption = f"Close-up of where it begins. Away from line {first[0]}: {shifts}."
        pictures.append(_figure(_picture(frame, {first[0]: first[1], **close}, region, inks), caption))
    return element("div", *pictures, class_="choices-map")


def _meets(choice: SystemChoice, within: Bounds) -> bool:
    west, south, east, north = within
    return any(west <= lon <= east and south <= lat <= north for line in choice.lines for lon, lat in line)


def _begin_apart_m(some: SystemChoice, other: SystemChoice) -> float:
    """Return roughly how far apart two choices put the first position, in metres."""
    narrowed = float(np.cos(np.radians(some.lat)))
    return float(np.hypot((some.lon - other.lon) * narrowed, some.lat - other.lat)) * METRES_PER_DEGREE


def _frame_of(choices: Iterable[SystemChoice]) -> _Frame:
    rows = np.array([place for choice in choices for line in choice.lines for place in line])
    (west, south), (east, north) = rows.min(axis=0), rows.max(axis=0)
    lat = (south + north) / 2
    wide = (east - west) * np.cos(np.radians(lat)) * METRES_PER_DEGREE
    high = (north - south) * METRES_PER_DEGREE
    across = max(wide * WIDTH / (WIDTH - 2 * AROUND), high * WIDTH / (HEIGHT - 2 * AROUND), LEAST_M)
    return _Frame((west + east) / 2, lat, float(across))


def _figure(picture: tuple[str, str], caption: str) -> Markup:
    svg, alt = picture
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    image = element("img", src=source, alt=alt, width=str(WIDTH), height=str(HEIGHT))
    return element("figure", image, element("figcaption", caption))


def _picture(frame: _Frame, choices: dict[int, SystemChoice], region: Region, inks: Palette) -> tuple[str, str]:
    """Return a picture as SVG, and what it shows in words."""
    colours = (inks.lit, inks.rail, inks.digital, inks.road, inks.energy, inks.text)
    borders = [line for shape in region.border_shapes for line in shapely.get_parts(shape)]
    items = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{inks.paper}"/>']
    items += [_path(line, f'stroke="{inks.neighbour_edge}" stroke-width="1.2"') for line in _clipped(borders, frame)]
    numbers = _numbers(frame, choices)
    # Under the lines, which nothing may hide.
    items += _places(frame, region, inks, [field for *_, field in numbers])
    for number, choice in choices.items():
        look = f'stroke="{colours[(number - 1) % len(colours)]}" stroke-width="2.4"'
        dash = DASHES[(number - 1) % len(DASHES)]
        look += f' stroke-dasharray="{dash}"' if dash else ""
        lines = [shapely.LineString(line) for line in choice.lines if len(line) > 1]
        items += [_path(line, look) for line in _clipped(lines, frame)]
    items += [
        item
        for x, y, words, _ in numbers
        for item in (
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{inks.text}"/>',
            _words(x, y - 7, words, inks.text, 14, "middle", inks.paper, weight=600),
        )
    ]
    items += _scale(frame, inks)
    named = listed([f"{number}, {choice.name}" for number, choice in choices.items()])
    alt = f"Map {metres(frame.across_m)} wide with the line read as {named}."
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    return f'{head}<g fill="none" stroke-linejoin="round">{"".join(items)}</g></svg>', alt


def _clipped(lines: Iterable[shapely.LineString], frame: _Frame) -> Iterable[Positions]:
    """Yield what of lines lies in a frame, in pixels."""
    for line in lines:
        for part in shapely.get_parts(shapely.clip_by_rect(line, *frame.bounds)):
            if isinstance(part, shapely.LineString) and not part.is_empty:
                yield frame.pixels(shapely.get_coordinates(part))


def _path(pixels: Positions, look: str) -> str:
    return f'<path d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in pixels.tolist())}" {look}/>'


#: A field of a picture that holds words: left, top, right and bottom in pixels.
_Field = tuple[float, float, float, float]


def _places(frame: _Frame, region: Region, inks: Palette, taken: list[_Field]) -> list[str]:
    """Return the largest places in a frame as dots with their names, those that find room beside the `taken` fields."""
    west, south, east, north = frame.bounds
    near = [place for place in region.settlements if west < place.lon < east and south < place.lat < north]
    items: list[str] = []
    taken = list(taken)
    for place in sorted(near, key=lambda place: (-(place.people or 0), place.id)):
        x, y = frame.pixels(np.array([[place.lon, place.lat]]))[0].tolist()
        left = x > WIDTH * 0.72
        wide = LETTER * len(place.label)
        field = (x - wide - 7, y - 8, x + 3, y + 8) if left else (x - 3, y - 8, x + wide + 7, y + 8)
        beyond = field[0] < 0 or field[2] > WIDTH
        if beyond or any(_meet(field, other) for other in taken) or len(items) >= 2 * MOST_PLACES:
            continue
        taken.append(field)
        items.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{inks.soft_text}"/>')
        side, shift = ("end", -5) if left else ("start", 5)
        items.append(_words(x + shift, y + 4, place.label, inks.soft_text, 11, side, inks.paper))
    return items


def _meet(some: _Field, other: _Field) -> bool:
    return some[0] < other[2] and other[0] < some[2] and some[1] < other[3] and other[1] < some[3]


def _numbers(frame: _Frame, choices: dict[int, SystemChoice]) -> list[tuple[float, float, str, _Field]]:
    """Return where lines begin, with the numbers of their choices and the field of these; what begins together as one.

    The field reaches down over the beginning of the line.
    """
    groups: list[tuple[float, float, list[int]]] = []
    for number, choice in choices.items():
        x, y = frame.pixels(np.array([[choice.lon, choice.lat]]))[0].tolist()
        beside = next((group for group in groups if np.hypot(group[0] - x, group[1] - y) < TOGETHER), None)
        if beside is None:
            groups.append((x, y, [number]))
        else:
            beside[2].append(number)
    placed = []
    for x, y, numbers in groups:
        words = ", ".join(map(str, numbers))
        x, y = min(max(x, 12.0), WIDTH - 12.0), min(max(y, 22.0), HEIGHT - 8.0)
        half = LETTER * len(words) / 2 + 4
        placed.append((x, y, words, (x - half, y - 22, x + half, y + 6)))
    return placed


def _scale(frame: _Frame, inks: Palette) -> list[str]:
    """Return a bar of a round length, at most a third of the width."""
    longest = frame.across_m / 3
    power = 10.0 ** np.floor(np.log10(longest))
    length = max(step * power for step in (1, 2, 5) if step * power <= longest)
    wide = length / frame.across_m * WIDTH
    bar = np.array([[12.0, HEIGHT - 12.0], [12.0 + wide, HEIGHT - 12.0]])
    label = f"{length:g} m" if length < 1000 else f"{length / 1000:g} km"
    return [
        _path(bar, f'stroke="{inks.text}" stroke-width="2"'),
        _words(12.0, HEIGHT - 17.0, label, inks.text, 11, "start", inks.paper),
    ]


def _words(x: float, y: float, words: str, colour: str, size: int, anchor: str, halo: str, *, weight: int = 400) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
        f'fill="{colour}" stroke="{halo}" stroke-width="3" paint-order="stroke">{escape(words)}</text>'
    )

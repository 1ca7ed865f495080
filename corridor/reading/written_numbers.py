"""Positions as people write them: decimal commas, degrees and minutes, hemispheres, semicolons, objects with “lat”.

Nothing here guesses half a text: a text is read to its last sign in one way, or not at all.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from corridor.reading.faults import Json
from corridor.reading.grid_references import read_grid, read_grid_apart
from corridor.reading.parted_numbers import OWN_TEXT, PLAIN, read_parted
from corridor.reading.standard_positions import read_standard
from corridor.reading.written_angles import (
    BLANK_SIGNS,
    FURTHEST,
    OTHER_BLANKS,
    WITH_EITHER,
    WITH_POINT,
    Angle,
    angle_of,
    folded,
    read_angle,
    read_large,
    signed,
)

#: Ways of writing, as a sentence names them.
QUOTED = "numbers in quotes"
OBJECTS = "objects with lat and lng"
TEN_MILLIONTHS = "numbers in E7"

GAP = re.compile(r"[\s,;|/]*+")
WELL_KNOWN = re.compile(r"(?:SRID=\d{1,9}+;)?+\s*+(?:LINESTRING|POINT)\s*+Z?+M?+\s*+\(([^()]*+)\)", re.IGNORECASE)
#: “3854.5901,N,04559.6131,E”: a comma between a number and its letter, as in sentences of NMEA 0183.
LETTER_APART = re.compile(r"(\d)[ \t]*,[ \t]*(?=[NSEW](?![^\W\d_]))")
#: What parts positions in brackets of their own: “(46.6, 38.9), (46.5, 38.8)”.
BETWEEN_BRACKETS = re.compile(r"[)\]}]++[\s,;|]*+[(\[{]++")
BRACKETS = "brackets"
LATITUDES = (
    "lat", "latitude", "y", "широта", "шир", "enlem", "enlik", "լայնություն", "عرض", "latitudee7", "late7", "n",
    "northing", "lt",
)  # fmt: skip
LONGITUDES = (
    "lng", "lon", "long", "longitude", "x", "долгота", "долг", "boylam", "uzunluq", "երկայնություն", "طول",
    "longitudee7", "lnge7", "lone7", "e", "easting", "ln",
)  # fmt: skip
HEIGHTS = ("alt", "altitude", "ele", "elevation", "height", "z", "высота")


@dataclass(slots=True)
class WrittenRun:
    """A list of positions as read: `positions` as (longitude, latitude[, height]) in degrees and metres.

    Elements that were no position stand in it as they were. `styles` says how many positions were written how, and
    `first` is the first of these texts, `at` its index.
    """

    positions: list[Any]
    styles: Counter[str] = field(default_factory=Counter)
    count: int = 0
    first: str = ""
    at: int = 0


def plain_number(text: str) -> float | None:
    """Return the number of a text that XML and JSON would take for one, None for any other."""
    return float(text) if len(text) < 400 and PLAIN.fullmatch(text) else None


def read_positions(text: str) -> tuple[list[list[float]], tuple[str, ...]] | None:
    """Return the positions a text holds, (longitude, latitude[, height]) each, and how they are written; else None."""
    standard = read_standard(text) or read_grid(text)
    if standard is not None:
        return standard[0], (standard[1],)
    text = text.strip()
    brackets = text[:1] in ("(", "[", "{") and text[-1] in ")]}"
    if brackets:
        text = BETWEEN_BRACKETS.sub("\n", text).strip("()[]{}")
    inner = WELL_KNOWN.fullmatch(text)
    # Runs of blanks would be gone back to by the patterns below.
    lines = folded(inner[1] if inner else text).splitlines()
    plain = "\n".join(tidy for line in lines if (tidy := " ".join(line.split())))
    other = [OTHER_BLANKS] if any(blank in text for blank in BLANK_SIGNS) else []
    other += [BRACKETS] if brackets else []
    letters = re.search(r"[^\W\d_eE]", plain)
    read = None if letters or any(sign in plain for sign in "°'\":") else read_parted(plain)
    if read is None and (letters or not plain.isascii() or re.search(r"[°'\":nsewNSEW]", plain)):
        plain = LETTER_APART.sub(r"\1 ", signed(plain))
        patterns = (WITH_POINT[0], WITH_EITHER[0], WITH_POINT[1], WITH_EITHER[1])
        read = next((angles for pattern in patterns if (angles := _marked(plain, pattern))), None)
    return (read[0], (*read[1], *other)) if read else None


def _marked(text: str, pattern: re.Pattern[str]) -> tuple[list[list[float]], tuple[str, ...]] | None:
    """Read a text of angles with signs or letters; a number without, after two angles, is a height."""
    angles: list[Angle] = []
    at = GAP.match(text).end()  # type: ignore[union-attr]  # a pattern that matches nothing matches anywhere
    while at < len(text):
        match = pattern.match(text, at)
        angle = angle_of(match) if match else None
        if match is None or angle is None:
            return None
        if angle.marked and abs(angle.degrees) > FURTHEST:
            return None
        angles.append(angle)
        gap = GAP.match(text, match.end())
        at = gap.end() if gap else match.end()
    positions: list[list[float]] = []
    styles: dict[str, None] = {}
    index = 0
    while index + 1 < len(angles):
        first, second = angles[index : index + 2]
        if not (first.marked and second.marked) or (first.is_lon is None) != (second.is_lon is None):
            return None
        if first.is_lon is not None and first.is_lon == second.is_lon:
            return None
        lon, lat = (first, second) if first.is_lon is not False else (second, first)
        position = [lon.degrees, lat.degrees]
        styles |= dict.fromkeys(first.styles + second.styles)
        index += 2
        if index < len(angles) and not angles[index].marked:
            position.append(angles[index].degrees)
            index += 1
        positions.append(position)
    return (positions, tuple(styles)) if positions and index == len(angles) else None


def read_run(raw: Json) -> WrittenRun | None:
    """Return a list of positions, or the text in its place, as read; None where nothing in it is written otherwise."""
    if isinstance(raw, str):
        read = read_positions(raw)
        if read is None:
            return None
        positions, styles = read
        return WrittenRun(list(positions), Counter(styles or (OWN_TEXT,)), len(positions), raw.strip())
    if not isinstance(raw, list):
        return None
    run = WrittenRun([])
    for index, element in enumerate(raw):
        if isinstance(element, list) and not any(isinstance(number, str) for number in element):
            run.positions.append(element)
            continue
        read_one = read_position(element)
        if read_one is None:
            run.positions.append(element)
            continue
        position, styles, text = read_one
        run.positions.append(position)
        run.styles.update(styles)
        if not run.count:
            run.first, run.at = text, index
        run.count += 1
    return run if run.count else None


def read_position(element: Json) -> tuple[list[Any], tuple[str, ...], str] | None:
    """Return one position that is a text, an object, or a list with texts in it; how it is written; its text."""
    if isinstance(element, str):
        read = read_positions(element) if len(element) < 200 else None
        if read is None or len(read[0]) != 1:
            return None
        return read[0][0], read[1] or (QUOTED,), element
    if isinstance(element, dict):
        return _object(element)
    if not isinstance(element, list) or not 2 <= len(element) <= 4:
        return None
    if len(element) > 2 and (of_grid := read_grid_apart(element)) is not None:
        return of_grid
    angles = [_value(number) for number in element]
    if angles[0] is None or angles[1] is None:
        return None
    first, second = angles[0], angles[1]
    if first.is_lon is False or second.is_lon is True:
        if first.is_lon is True or second.is_lon is False or first.is_lon == second.is_lon:
            return None
        first, second = second, first
    styles = dict.fromkeys(style for angle in angles if angle for style in angle.styles)
    beyond = [angle.degrees if angle else number for angle, number in zip(angles[2:], element[2:], strict=True)]
    text = next((number for number in element if isinstance(number, str)), "")
    return [first.degrees, second.degrees, *beyond], tuple(styles) or (QUOTED,), text


def _value(number: Json) -> Angle | None:
    """Return a number, or the angle of a text."""
    if isinstance(number, int | float) and not isinstance(number, bool):
        return Angle(number, None, (), False)
    if not isinstance(number, str):
        return None
    plain = plain_number(number.strip())
    if plain is not None:
        return Angle(plain, None, (QUOTED,), False)
    return read_angle(number) or read_large(folded(number).strip())


def _object(element: dict[str, Any]) -> tuple[list[Any], tuple[str, ...], str] | None:
    members = {str(name).lower(): value for name, value in list(element.items())[:20]}
    lon_key, lat_key = (next((name for name in names if name in members), None) for names in (LONGITUDES, LATITUDES))
    if lon_key is None or lat_key is None:
        return read_grid_apart([members["mgrs"]]) if "mgrs" in members else None
    if (
        "zone" in members
        and (of_grid := read_grid_apart([members["zone"], members[lon_key], members[lat_key]])) is not None
    ):
        return of_grid
    lon, lat = members[lon_key], members[lat_key]
    height = next((members[name] for name in HEIGHTS if name in members), None)
    read = read_position([lon, lat] if height is None else [lon, lat, height])
    if read is None:
        return None
    if lon_key.endswith("e7") and lat_key.endswith("e7"):
        read = ([*(number / 1e7 for number in read[0][:2]), *read[0][2:]], (TEN_MILLIONTHS, *read[1]), read[2])
    text = " ".join(f"{name}:{value}" for name, value in list(element.items())[:2])
    return read[0], (OBJECTS, *(style for style in read[1] if style != QUOTED)), text

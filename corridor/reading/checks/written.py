"""Which positions are written in other ways than plain degrees, what they say when read so, and which say nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import segment_lengths_m
from corridor.reading.bounding_boxes import misplaced_boxes
from corridor.reading.contents import Contents, in_degrees
from corridor.reading.faults import Check, FaultSpot, FindingsWithSpots, Json, Mend, Severity, pointer, shown
from corridor.reading.grid_references import MGRS, UTM
from corridor.reading.reference_systems import share_inside
from corridor.reading.repairs import written as mends
from corridor.reading.written_angles import DEGREES, LETTERS, MINUTES, NMEA, SECONDS
from corridor.reading.written_places import WrittenPlace, unplaced

#: Findings of coordinates that are no numbers.
NOT_NUMBERS = ("positions-written", "coordinates-unread", "position-without-place")
#: Of so many ways of writing a sentence tells; a file has one, or two at once.
MOST_STYLES = 2
#: What goes without saying of a way of writing.
IMPLIED = dict.fromkeys((MINUTES, SECONDS, NMEA), (LETTERS, DEGREES))
#: What a grid reference does not say of itself.
ON_WGS84 = " A grid reference names no model of the Earth (datum); that of GPS, WGS84, is assumed."
#: The first sign of a text of coordinates that belongs to no number.
STRANGE = re.compile(r"[^\s\d.,;+\-eE]")


def not_numbers(findings: FindingsWithSpots) -> FindingsWithSpots:
    """Return the findings of coordinates that are no numbers: no valid GeoJSON. What properties say is valid."""
    return [pair for pair in findings if pair[0].code in NOT_NUMBERS and "/properties" not in (pair[1].path or "")]


def _written(contents: Contents) -> Iterator[FaultSpot]:
    places = [place for place in contents.written if place.read is not None]
    for feature, group in _by_feature(contents, places):
        styles: Counter[str] = Counter()
        for place in group:
            if place.read is not None:
                styles.update(place.read.styles)
        first = group[0]
        read = first.read
        if read is None:
            continue
        at = next((index for index, position in enumerate(read.positions) if index >= read.at), None)
        if at is None:
            continue
        lon, lat = (float(number) for number in read.positions[at][:2])
        yield FaultSpot(
            path=first.path if first.is_whole else pointer(first.path, read.at),
            feature=feature,
            lon=lon if abs(lon) <= 180 else None,
            lat=lat if abs(lat) <= 90 else None,
            words={
                "count": sum(place.read.count for place in group if place.read is not None),
                "styles": _together(styles),
                "text": _quoted(read.first),
                "place": f"{lon:.5f}, {lat:.5f}" + (f" in {first.system}" if first.system else ""),
                "assumed": ON_WGS84 if first.system is None and styles.keys() & {UTM, MGRS} else "",
                "then": then(contents, [_numbers(line) for place in group for line in place.lines]),
            },
        )


def _together(styles: Counter[str]) -> str:
    """Return the ways of writing that a sentence tells of."""
    implied = {style for way in styles for style in IMPLIED.get(way, ())}
    explicit = [style for style, _ in styles.most_common() if style not in implied]
    return " and ".join(explicit[:MOST_STYLES])


def _quoted(text: str) -> str:
    return shown(" ".join(text[:200].split()), 30)


def _by_feature(contents: Contents, places: list[WrittenPlace]) -> Iterable[tuple[int | None, list[WrittenPlace]]]:
    """Return places that are told of together: those of features without any line of numbers are told of as one.

    A feature that has lines of numbers too is told of by itself, so that half of it is taken for no route.
    """
    partly = {run.feature for run in contents.lines}
    groups: dict[int | None, list[WrittenPlace]] = {}
    features = {place.feature for place in places}
    for place in places:
        alone = place.feature in partly or len(features) == 1
        groups.setdefault(place.feature if alone else None, []).append(place)
    return groups.items()


def _numbers(positions: list[Any]) -> NDArray[np.float64] | None:
    try:
        return np.array([position[:2] for position in positions], dtype=float)
    except (TypeError, ValueError, OverflowError):
        return None


def then(contents: Contents, lines: Iterable[NDArray[np.float64] | None]) -> str:
    """Return the rest of a sentence: how long lines are once they are read so, and whether they lie in the region."""
    numbers = [line for line in lines if line is not None and len(line) > 1 and np.isfinite(line).all()]
    if not numbers or not all(in_degrees(line) for line in numbers):
        return ""
    length = sum(segment_lengths_m(line).sum() for line in numbers) / 1000
    share = share_inside(np.concatenate(numbers), contents.region)
    where = "inside" if share == 1 else "outside" if share == 0 else "partly inside"
    if share == 0 and share_inside(np.concatenate(numbers)[:, ::-1], contents.region) == 1:
        return f" Read so, latitude comes first; once exchanged it is {_exchanged_km(numbers):,.1f} km, in the region."
    return f" Read so, the line is {length:,.1f} km, {where} the mapped region."


def _exchanged_km(lines: Iterable[NDArray[np.float64]]) -> float:
    return float(sum(segment_lengths_m(line[:, ::-1]).sum() for line in lines)) / 1000


def _unread(contents: Contents) -> Iterator[FaultSpot]:
    texts = [place for place in contents.written if place.read is None and isinstance(place.raw, str)]
    for feature, group in _by_feature(contents, texts):
        text = group[0].raw
        strange = STRANGE.search(text)
        yield FaultSpot(
            path=group[0].path,
            feature=feature,
            words={"count": len(group), "text": _quoted(text[strange.start() if strange else 0 :])},
        )


def _unplaced(contents: Contents) -> Iterator[FaultSpot]:
    for place in contents.written:
        rows = unplaced(place.raw) if place.role in ("line", "points") else []
        if rows:
            yield FaultSpot(
                path=pointer(place.path, rows[0]),
                feature=place.feature,
                words={
                    "count": len(rows),
                    "found": _missing(place.raw[rows[0]]),
                    "point": f"{'first ' if len(rows) > 1 else ''}at point {rows[0] + 1:,} of {len(place.raw):,}",
                    "them": "it" if len(rows) == 1 else "them",
                    "across": _across(place.raw, rows),
                },
            )


def _missing(position: Json) -> str:
    numbers = position[:2] if isinstance(position, list) else [position]
    missing = next((n for n in numbers if not isinstance(n, int | float)), None)
    return "null" if missing is None else f"the text “{shown(missing)}”"


def _across(raw: list[Any], rows: list[int]) -> str:
    """Return how far the longest straight piece goes that takes the place of positions without numbers."""
    gone = set(rows)
    longest, skipped = 0.0, False
    before: list[float] | None = None
    for index, position in enumerate(raw):
        if index in gone:
            skipped = True
            continue
        here = position[:2] if isinstance(position, list) and {*map(type, position[:2])} <= {int, float} else []
        if skipped and before is not None and len(before) == len(here) == 2:
            pair = np.array([before, here], dtype=float)
            if in_degrees(pair):
                longest = max(longest, float(segment_lengths_m(pair)[0]))
        before, skipped = here, False
    return f", over {longest:,.0f} m" if longest else ""


def _misplaced_box(contents: Contents) -> Iterator[FaultSpot]:
    boxes = misplaced_boxes(contents.structure)
    if boxes:
        node, bounds = boxes[0]
        yield FaultSpot(
            path=pointer(node.path, "bbox"),
            feature=node.feature,
            words={
                "box": ", ".join(f"{number:g}" for number in node.value["bbox"]),
                "bounds": ", ".join(f"{number:g}" for number in bounds),
                "more": f" ({len(boxes):,} such boxes)" if len(boxes) > 1 else "",
            },
        )


ERROR, WARNING = Severity.ERROR, Severity.WARNING

WRITTEN_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "positions-written",
        ERROR,
        "{count:position is|positions are} written with {styles}, as “{text}”; read so, the first is {place}.{assumed}",
        "See whether that is the place, and let the positions be written as plain degrees.{then}",
        _written,
        Mend("write each position as two plain numbers, in degrees", mends.write_degrees),
        blocks=True,
    ),
    Check(
        "coordinates-unread",
        ERROR,
        "The coordinates of {count:line or point|lines or points} cannot be read: “{text}” is text, not numbers.",
        "Take out what is no coordinate where the file was made, and export it again.",
        _unread,
        blocks=True,
    ),
    Check(
        "position-without-place",
        ERROR,
        "{count:position has|positions have} no number for longitude or latitude, {point}; {found} stands there.",
        "Let {them} be taken out: the line then goes straight from the position before to the one after{across}.",
        _unplaced,
        Mend("take out positions without a longitude or latitude", mends.drop_unplaced),
        blocks=True,
    ),
    Check(
        "bbox-elsewhere",
        WARNING,
        "The frame the file gives (bbox, {box}) does not hold its coordinates, which span {bounds}{more}.",
        "Let it be written anew; programs zoom to it.",
        _misplaced_box,
        Mend("write the frames (bbox) anew from the coordinates", mends.write_boxes),
    ),
)

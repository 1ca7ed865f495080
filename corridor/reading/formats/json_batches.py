"""A collection of thousands of features, parsed some at a time: all of it takes eight times the room of its text."""

from array import array
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any

import numpy as np
import orjson

from corridor.land.line_rows import LineRows
from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.feature_texts import text_of
from corridor.reading.formats.json_places import JsonPlaces
from corridor.reading.formats.json_text import parse
from corridor.reading.position_runs import width_of
from corridor.reading.structure import Structure, structure_of_batches, structure_without_numbers

#: Features parsed at a time, and the least a text must seem to have for that to be worth a look at where they begin.
AT_A_TIME, MANY = 2_000, 10_000
#: In how many brackets stand the commas of an array that is a member of the document.
ARRAY_DEPTH = 2
#: Bytes of a text from which on it is looked for an array to parse in batches, and where those of other forms have one:
#: Esri JSON, Overpass, TopoJSON.
LARGE, LONG_ARRAYS = 4_000_000, ("features", "elements", "arcs")
#: Bytes of a text from which on it is looked for geometries of many lines, and in how many brackets their lines stand.
LARGE_LINES, LINES_DEPTH = 400_000, 5


def structure_in_batches(text: bytes) -> Structure | None:
    """Return the structure of a FeatureCollection without its numbers; None for any other text, sound or not.

    It is what `structure_without_numbers` makes of the parsed text, which must be UTF-8.
    """
    if text.count(b'"Feature"') < MANY:
        return None
    bounds = JsonPlaces(text, ARRAY_DEPTH).elements("/features")
    if len(bounds) < MANY:
        return None
    try:
        document = parse(text[: bounds[0] + 1] + text[bounds[-1] :])
        if not isinstance(document, dict) or document.get("type") != "FeatureCollection" or document["features"] != []:
            return None
        return structure_of_batches(document, _batches(text, bounds))
    except (orjson.JSONDecodeError, KeyError):
        return None


def parse_in_batches(text: bytes) -> Json:
    """Return what `parse` does, a long array of a document of another form some elements at a time.

    While it parses, orjson takes three times the room of the text beside what it returns. Of geometries of many lines
    in sound features the coordinates are LineRows, where all are numbers: as lists they take seven times their text.
    """
    document = _with_long_lines(text) if len(text) >= LARGE_LINES and b'"MultiLineString"' in text else None
    if document is not None:
        return document
    if len(text) < LARGE:
        return parse(text)
    places = JsonPlaces(text, ARRAY_DEPTH)
    name, bounds = max(((name, places.elements(f"/{name}")) for name in LONG_ARRAYS), key=lambda array: len(array[1]))
    if len(bounds) < MANY:
        return parse(text)
    try:
        document = parse(text[: bounds[0] + 1] + text[bounds[-1] :])
        for batch in _batches(text, bounds):
            document[name] += batch
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return parse(text)
    return document


def structure_of_texts(document: JsonMembers) -> tuple[bytes, Structure]:
    """Return the text of a collection whose features are kept as texts, and its structure without its numbers."""
    text = text_of(document)
    if len(document["features"]) >= MANY:
        # Read anew from the text, thousands of features leave room for what comes of them; all at once they would not.
        document.clear()
    else:
        document["features"] = list(document["features"])
    return text, structure_in_batches(text) or structure_without_numbers(document or parse(text))


def _with_long_lines(text: bytes) -> Json:
    """Return the parsed text with LineRows as the coordinates of geometries of many lines; None where that is not it.

    A geometry of which anything else has to be kept, or whose feature is not sound, is not taken apart.
    """
    places = JsonPlaces(text, LINES_DEPTH)
    features = [
        n for n, (start, end) in enumerate(pairwise(places.elements("/features"))) if end - start >= LARGE_LINES
    ]
    geometries: dict[int | None, list[int]] = {None: places.elements("/geometry/coordinates")}
    geometries |= {number: places.elements(f"/features/{number}/geometry/coordinates") for number in features}
    geometries = {number: bounds for number, bounds in geometries.items() if len(bounds) > MANY}
    if not geometries:
        return None
    around: list[bytes] = []
    end = 0
    for bounds in geometries.values():
        around.append(text[end : bounds[0] + 1])
        end = bounds[-1]
    try:
        document = parse(b"".join([*around, text[end:]]))
        for number, bounds in geometries.items():
            feature = document if number is None else document["features"][number]
            geometry = feature["geometry"]
            sound = feature["type"] == "Feature" and (number is None or document["type"] == "FeatureCollection")
            if not sound or geometry != {"type": "MultiLineString", "coordinates": []}:
                return None
            geometry["coordinates"] = _line_rows(_batches(text, bounds))
            if geometry["coordinates"] is None:
                return None
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    return document


def _line_rows(batches: Iterator[list[Any]]) -> LineRows | None:
    """Return lines that come by as rows; None where not all positions are two numbers, or three."""
    numbers, counts = [np.zeros(0)], array("q")
    widths: set[int] = set()
    for lines in batches:
        if set(map(type, lines)) != {list}:
            return None
        positions = list(chain.from_iterable(lines))
        if set(map(type, positions)) != {list} or not all(lines):
            return None
        width = width_of(positions)
        widths.add(width)
        if widths not in ({2}, {3}):
            return None
        numbers.append(np.fromiter(chain.from_iterable(positions), dtype=float, count=width * len(positions)))
        counts.extend(map(len, lines))
    return LineRows.of(np.concatenate(numbers).reshape(-1, *widths), counts)


def _batches(text: bytes, bounds: list[int]) -> Iterator[list[Any]]:
    """Yield the elements of an array from the offsets of its brackets and of the commas between them."""
    for first in range(0, len(bounds) - 1, AT_A_TIME):
        last = min(first + AT_A_TIME, len(bounds) - 1)
        batch = parse(b"[" + text[bounds[first] + 1 : bounds[last]] + b"]")
        if len(batch) != last - first:
            raise orjson.JSONDecodeError("an element is missing", "", 0)
        yield batch

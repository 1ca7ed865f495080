"""A collection of thousands of features, parsed some at a time: all of it takes eight times the room of its text."""

from collections.abc import Iterator
from typing import Any

import orjson

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.feature_texts import text_of
from corridor.reading.formats.json_places import JsonPlaces
from corridor.reading.formats.json_text import parse
from corridor.reading.structure import Structure, structure_of_batches, structure_without_numbers

#: Features parsed at a time, and the least a text must seem to have for that to be worth a look at where they begin.
AT_A_TIME, MANY = 2_000, 10_000
#: In how many brackets stand the commas of an array that is a member of the document.
ARRAY_DEPTH = 2
#: Bytes of a text from which on it is looked for an array to parse in batches, and where those of other forms have one:
#: Esri JSON, Overpass, TopoJSON.
LARGE, LONG_ARRAYS = 4_000_000, ("features", "elements", "arcs")


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

    While it parses, orjson takes three times the room of the text beside what it returns.
    """
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


def _batches(text: bytes, bounds: list[int]) -> Iterator[list[Any]]:
    """Yield the elements of an array from the offsets of its brackets and of the commas between them."""
    for first in range(0, len(bounds) - 1, AT_A_TIME):
        last = min(first + AT_A_TIME, len(bounds) - 1)
        batch = parse(b"[" + text[bounds[first] + 1 : bounds[last]] + b"]")
        if len(batch) != last - first:
            raise orjson.JSONDecodeError("an element is missing", "", 0)
        yield batch

"""Several JSON texts in one file (RFC 8142, NDJSON, or simply one after the other) as one collection of features."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import orjson

from corridor.reading.faults import Json
from corridor.reading.formats.beside import Beside
from corridor.reading.formats.converted import Converted, collected, noticed, run
from corridor.reading.formats.json_dialects.collected import Collected
from corridor.reading.formats.json_dialects.wrapped import Inside, add_geojson, add_inner, inner_geojson, is_geojson
from corridor.reading.formats.reading_checks import Attempt
from corridor.reading.formats.recognition_checks import RECOGNITION_CHECKS, Recognised
from corridor.reading.limits import Excess, Limits, TooMuchError

#: The sign before each text of a sequence (RFC 8142, RFC 7464).
SEPARATOR = b"\x1e"
#: Lines in which the first text has to stand: a title and remarks may come before it.
MOST_BEFORE = 5
#: What may stand between two texts.
BETWEEN = re.compile(r"[ \t\r\n,]++")
FORMAT = "GeoJSON sequence"
NO_TEXT, NO_GEOJSON = "is no JSON", "is no GeoJSON"


def read_sequence(data: bytes, limits: Limits) -> Converted | None:
    """Return the features of a sequence, None for a text that is none.

    One text alone is a sequence where a separator stands before it, or something else beside it.
    """
    if data.lstrip().startswith(SEPARATOR):
        pieces = _separated(data)
    else:
        pieces = _lines(data) if _stands_on_lines(data) else _one_after_the_other(data)
    taken = Collected(FORMAT, "", limits)
    left_out: list[tuple[int, int, str]] = []
    #: The systems that texts name, with the features that are in them, from one and before another.
    systems: list[tuple[int, int, Json]] = []
    count = 0
    try:
        for offset, text in pieces:
            value = _parsed(text)
            rows = _in_row(value)
            if rows or is_geojson(value):
                count += 1
                before = len(taken.features)
                add_inner(rows, taken) if rows else add_geojson(value, taken)
                systems.append((before, len(taken.features), None if rows else value.get("crs")))
            else:
                left_out.append((offset, data.count(b"\n", 0, offset) + 1 if not left_out else 0,
                                 NO_TEXT if value is NO_VALUE else NO_GEOJSON))  # fmt: skip
                if len(left_out) > limits.features:
                    raise TooMuchError(Excess("texts that are no GeoJSON", limits.features))
    except TooMuchError as error:
        return Converted(FORMAT, noticed(Attempt(FORMAT, too_many=error.excess)))
    if not count or (count + len(left_out) < 2 and not data.lstrip().startswith(SEPARATOR)):
        return None
    findings = run(RECOGNITION_CHECKS, Recognised(documents=count, left_out=tuple(left_out)))
    named = [crs for first, last, crs in systems if last > first]
    alike = all(crs == named[0] for crs in named)
    for first, last, crs in systems:
        for number in range(first, last) if crs is not None and not alike else ():
            feature = taken.features[number]
            feature.setdefault("crs", crs)
            taken.features[number] = feature
    made = collected(FORMAT, taken.features, findings, Beside())
    if made.document is not None and alike and any(named):
        made.document["crs"] = named[0]
    return replace(made, text=data)


def _in_row(value: Json) -> list[Inside]:
    """Return the geometries in a row of a table, as databases write one on each line."""
    return inner_geojson(value) if isinstance(value, dict) and not is_geojson(value) else []


class _NoValue:
    """What a text that is no JSON has instead of a value, which may be null."""


NO_VALUE = _NoValue()


def _parsed(text: bytes) -> Json:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return NO_VALUE


def _separated(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the texts between separators with their offsets; each may go over several lines."""
    at = data.find(SEPARATOR)
    while at >= 0:
        following = data.find(SEPARATOR, at + 1)
        text = data[at + 1 : following if following >= 0 else len(data)]
        if text.strip():
            yield at + 1, text
        at = following


def _stands_on_lines(data: bytes) -> bool:
    """Whether one of the first lines is a whole text of GeoJSON; a document that goes over several lines has none."""
    for _, text in islice(_lines(data), MOST_BEFORE):
        value = _parsed(text)
        if is_geojson(value) or _in_row(value):
            return True
        if value is NO_VALUE and text.startswith((b"{", b"[")):
            return False
    return False


def _lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank with their offsets, without a comma at their end."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        text = data[at:end].strip().removesuffix(b",")
        if text:
            yield at, text
        at = end + 1


def _one_after_the_other(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield texts that follow one another with blanks or commas between, each over several lines."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    decoder = json.JSONDecoder()
    at = offset = 0
    while at < len(text):
        between = BETWEEN.match(text, at)
        if between:
            at, offset = between.end(), offset + len(between.group())
        if not text.startswith(("{", "["), at):
            return
        try:
            _, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            if at:
                yield offset, text[at:].encode()
            return
        piece = text[at:end].encode()
        yield offset, piece
        at, offset = end, offset + len(piece)

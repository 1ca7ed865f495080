"""Lines in JSON of programs that have no form of their own: lists of places, encoded polylines, streams of Strava."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.encoded_polyline import USUAL, Decoded, PolylineError, is_polyline, likeliest
from corridor.reading.formats.json_dialects.bare_positions import (
    FEWEST,
    NAMES_OF_PLACES,
    add_places,
    are_named_places,
    position,
)
from corridor.reading.formats.json_dialects.collected import Collected, is_number, lines
from corridor.reading.formats.json_dialects.wrapped import DEEPEST, MOST_LOOKED_AT
from corridor.reading.written_numbers import LATITUDES, LONGITUDES

#: Members whose name says that a list of two numbers each, or a text of strange signs, is a line.
OF_LINES = frozenset((
    "path", "coordinates", "coords", "points", "latlngs", "line", "route", "shape", "track", "trackpoints", "polyline",
    "encodedpolyline", "encoded_polyline", "geometry",
))  # fmt: skip
#: A line Strava gives beside a simplified one of the same course, and the name of its stream of places.
WHOLE, SIMPLIFIED, STREAM = "polyline", "summary_polyline", "latlng"
#: Columns of a table that are looked at for those of places.
MOST_COLUMNS = 40
HEIGHTS_APART = "has heights in a list of their own, which were not read"
EXPORT_WITH_HEIGHTS = "For a profile export the route as GPX, where each point has its height."


@dataclass(frozen=True, slots=True)
class NamedPlaces:
    """A list of objects that are places with names, not a line."""

    places: list[Any]


def read_lines_anywhere(document: Json, taken: Collected) -> None:
    """Add a line for each list of places and each encoded polyline; what stands beside it goes with it."""
    for rows, beside in lines_anywhere(document):
        if isinstance(rows, NamedPlaces):
            taken.count(len(rows.places))
            add_places(rows.places, taken)
        elif isinstance(rows, Decoded):
            (unpacked,) = taken.unpack(rows)
            taken.add(lines([unpacked]), beside)
        else:
            taken.count(len(rows))
            taken.add(lines([rows]), beside)
    if _has_stream(document, "altitude"):
        taken.lacks(HEIGHTS_APART, EXPORT_WITH_HEIGHTS)


def lines_anywhere(document: Json) -> Iterator[tuple[list[Any] | Decoded | NamedPlaces, JsonMembers]]:
    """Yield the positions of each line or list of places in a document, the outermost first, with the values beside."""
    level: list[tuple[str, Json, JsonMembers]] = [("", document, {})]
    looked_at = 0
    for _ in range(DEEPEST):
        below: list[tuple[str, Json, JsonMembers]] = []
        for name, value, beside in level:
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                return
            rows = _rows(name, value)
            if rows or (rows := _columns(value)):
                yield rows, beside
            elif isinstance(value, dict):
                plain = {key: text for key, text in value.items() if isinstance(text, str | int | float)}
                around = {**beside, **plain}
                stream = value.get("type") == STREAM
                below += [
                    (STREAM if name == STREAM or stream else key.lower(), inner, around)
                    for key, inner in value.items()
                    if not (key == SIMPLIFIED and value.get(WHOLE)) and isinstance(inner, dict | list | str)
                ]
            elif isinstance(value, list):
                below += [(name, inner, beside) for inner in value if isinstance(inner, dict)]
        level = below


def _rows(name: str, value: Json) -> list[Any] | Decoded | NamedPlaces | None:
    """Return the positions a value is, as a list or unpacked, none for anything else."""
    if isinstance(value, str):
        return _decoded(value) if name in OF_LINES or name == SIMPLIFIED else []
    if not isinstance(value, list) or len(value) < FEWEST:
        return []
    first = value[0]
    if isinstance(first, dict):
        if not position(first) or not position(value[1]):
            return []
        # What is no position among positions stays as it is, and is found there.
        return NamedPlaces(value) if are_named_places(value) else [position(place) or place for place in value]
    if name in OF_LINES and _is_pair(first) and _is_pair(value[1]):
        return list(value)
    if name == STREAM and all(_is_pair(place) for place in value):
        return [[longitude, latitude] for latitude, longitude, *_ in value]
    return []


def _columns(value: Json) -> list[Any] | NamedPlaces:
    """Return the positions of a table by columns, one of longitudes and one of latitudes; none for anything else."""
    if not isinstance(value, dict):
        return []
    columns = {str(name).lower(): column for name, column in list(value.items())[:MOST_COLUMNS]}
    named = next((name for name in columns if name in NAMES_OF_PLACES), "")
    held = [next((columns[name] for name in names if name in columns), None) for names in (LONGITUDES, LATITUDES)]
    # Pandas writes a column with the numbers of its rows.
    longitudes, latitudes, texts = (
        [*column.values()] if isinstance(column, dict) else column for column in (*held, columns.get(named))
    )
    if not isinstance(longitudes, list) or not isinstance(latitudes, list) or len(longitudes) != len(latitudes):
        return []
    if len(longitudes) < FEWEST or not all(map(is_number, (*longitudes, *latitudes))):
        return []
    if isinstance(texts, list) and len(texts) == len(longitudes):
        rows = zip(longitudes, latitudes, texts, strict=True)
        places = [{"lon": longitude, "lat": latitude, named: text} for longitude, latitude, text in rows]
        if are_named_places(places):
            return NamedPlaces(places)
    return [list(place) for place in zip(longitudes, latitudes, strict=True)]


def _is_pair(place: Json) -> bool:
    return isinstance(place, list) and 2 <= len(place) <= 4 and all(map(is_number, place))


def _decoded(text: str) -> Decoded | None:
    if len(text) < 2 * FEWEST or not is_polyline(text):
        return None
    try:
        return likeliest([text], USUAL)
    except PolylineError:
        return None


def _has_stream(document: Json, name: str) -> bool:
    if isinstance(document, dict):
        return name in document and STREAM in document
    return isinstance(document, list) and any(isinstance(part, dict) and part.get("type") == name for part in document)

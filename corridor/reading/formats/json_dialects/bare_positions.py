"""Positions in a list with nothing around them, as Leaflet, Google Maps and programs of one's own write a line."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from corridor.reading.faults import Json
from corridor.reading.formats.json_dialects.collected import Collected, is_number, lines
from corridor.reading.names import NAMES, TRANSLATED
from corridor.reading.written_numbers import read_position

#: A list of fewer is not taken for a line.
FEWEST = 2
#: Members that name a place, and names that only number a point of a line: “12”, “PK 0+100”, “T-7”.
NAMES_OF_PLACES = frozenset((*NAMES, *TRANSLATED, "city", "station", "stop", "stop_name", "address", "place"))
NUMBERED = re.compile(r"[^\W\d_]{0,5}[\W_]*\d[\d\W_]*[^\W\d_]?")
#: How many of a list are looked at for names.
LOOKED_AT = 1_000


def is_bare(document: Json) -> bool:
    """Whether a document is a list of positions, or a list of such lists; its first two places say so."""
    parts = _parts(document)
    return bool(parts) and all(len(part) >= FEWEST and all(position(place) for place in part[:2]) for part in parts)


def read_bare(document: Json, taken: Collected) -> None:
    """Add one line of all the lists; numbers without names stay in the order in which they stand.

    What is no position among positions stays as it is, and is found there.
    """
    parts = _parts(document)
    for part in parts:
        taken.count(len(part))
    courses = [part for part in parts if not are_named_places(part)]
    if courses:
        taken.add(lines([[position(place) or place for place in part] for part in courses]), {})
    for part in parts:
        if are_named_places(part):
            add_places(part, taken)


def are_named_places(places: list[Any]) -> bool:
    """Whether most objects of a list have a name of their own, as towns and stations have and points of a line do not.

    A line through towns in whatever order they are listed would have kilometres that nobody drew.
    """
    some = places[:LOOKED_AT]
    return len(set(_names(some))) * 2 > len(some)


def _names(places: list[Any]) -> Iterator[str]:
    for place in places:
        members = list(place.items())[:20] if isinstance(place, dict) else []
        texts = (
            text.strip() for member, text in members if member.lower() in NAMES_OF_PLACES and isinstance(text, str)
        )
        yield from [text for text in texts if text and not NUMBERED.fullmatch(text)][:1]


def add_places(places: list[Any], taken: Collected) -> None:
    """Add each object of a list as a point with its members that are texts and numbers."""
    for place in places:
        at = position(place)
        members = place if isinstance(place, dict) else {}
        plain = {member: value for member, value in members.items() if isinstance(value, str | int | float)}
        taken.add(None if at is None else {"type": "Point", "coordinates": list(at)}, plain)


def _parts(document: Json) -> list[list[Any]]:
    if not isinstance(document, list) or not document:
        return []
    if position(document[0]):
        return [document]
    return document if all(isinstance(part, list) for part in document) else []


def position(place: Json) -> Sequence[float] | None:
    """Return (longitude, latitude, height where there is one) of an object, a list as it is; None for anything else."""
    if isinstance(place, list):
        return place if 2 <= len(place) <= 4 and all(is_number(number) for number in place) else None
    if not isinstance(place, dict):
        return None
    read = read_position({name: number for name, number in place.items() if is_number(number)})
    return None if read is None else read[0]

"""Positions in a list with nothing around them, as Leaflet, Google Maps and programs of one's own write a line."""

from collections.abc import Sequence
from typing import Any

from corridor.reading.faults import Json
from corridor.reading.formats.json_dialects.collected import Collected, is_number, lines
from corridor.reading.written_numbers import read_position

#: A list of fewer is not taken for a line.
FEWEST = 2


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
    taken.add(lines([[position(place) or place for place in part] for part in parts]), {})


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

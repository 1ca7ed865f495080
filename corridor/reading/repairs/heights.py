"""How the heights of a GeoJSON document are mended: written as numbers, or taken out where they are none."""

import math
from collections import Counter
from collections.abc import Callable, Iterable

from corridor.reading.faults import Account, Json
from corridor.reading.heights import LEAST_EQUAL, possible
from corridor.reading.position_runs import NUMBERS
from corridor.reading.repairs.positions import ALL_ROLES, JsonPositions, change_runs, counted_words
from corridor.reading.written_heights import height_m

#: Numbers of a position with a height and nothing after it.
WITH_HEIGHT = 3


def write_heights(document: Json) -> tuple[Json, Account]:
    """Write heights given as text as numbers in metres, where longitude and latitude are numbers."""
    written = 0

    def change(positions: JsonPositions) -> JsonPositions:
        nonlocal written
        for position in positions:
            metres = _height_in_text(position)
            if metres is not None:
                position[2] = metres
                written += 1
        return positions

    document = change_runs(document, change, ALL_ROLES)
    return document, Account(other=counted_words(written, "heights written as numbers"))


def drop_strange_heights(document: Json) -> tuple[Json, Account]:
    """Take out heights that are no numbers and say none, where longitude and latitude are numbers."""
    dropped = 0

    def change(positions: JsonPositions) -> JsonPositions:
        nonlocal dropped
        for position in positions:
            if _is_height_strange(position) and _height_in_text(position) is None:
                # What follows a height has no place of its own.
                del position[2:]
                dropped += 1
        return positions

    document = change_runs(document, change, ALL_ROLES)
    return document, Account(other=counted_words(dropped, "heights that were no numbers taken out"))


def _is_height_strange(position: Json) -> bool:
    """Whether a position has two numbers, and something else in place of the third."""
    return (
        isinstance(position, list)
        and len(position) > 2
        and type(position[2]) not in NUMBERS
        and {*map(type, position[:2])} <= NUMBERS
    )


def _height_in_text(position: Json) -> float | None:
    return height_m(position[2]) if _is_height_strange(position) else None


def drop_zero_heights(document: Json) -> tuple[Json, Account]:
    """Take out heights of lines on which all are 0."""
    return _without_heights(document, lambda positions: set(_heights(positions)) == {0}, "heights of 0 taken out")


def drop_equal_heights(document: Json) -> tuple[Json, Account]:
    """Take out heights of lines on which all that can be right are the same."""
    return _without_heights(document, lambda positions: _all_equal(_heights(positions)), "equal heights taken out")


def may_drop_equal(heights: Iterable[float], width: int) -> bool:
    """Whether `drop_equal_heights` takes out heights (NaN for none) of a line whose positions have so many numbers."""
    return width <= WITH_HEIGHT and _all_equal(height for height in heights if not math.isnan(height))


def _all_equal(heights: Iterable[float]) -> bool:
    counts = Counter(height for height in heights if possible(height))
    return len(counts) == 1 and counts.total() >= LEAST_EQUAL


def _heights(positions: JsonPositions) -> list[float]:
    """Return the heights of a line; none where one is no number or something follows one, which keeps its place."""
    beyond = [position[2:] for position in positions if isinstance(position, list) and len(position) >= WITH_HEIGHT]
    plain = all(len(numbers) == 1 and type(numbers[0]) in NUMBERS for numbers in beyond)
    return [numbers[0] for numbers in beyond] if plain else []


def _without_heights(document: Json, which: Callable[[JsonPositions], bool], what: str) -> tuple[Json, Account]:
    """Take out the heights of those lines of which `which` says so."""
    dropped = 0

    def change(positions: JsonPositions) -> JsonPositions:
        nonlocal dropped
        if not which(positions):
            return positions
        dropped += len(_heights(positions))
        return [position[:2] if isinstance(position, list) else position for position in positions]

    return change_runs(document, change, ("line",)), Account(other=counted_words(dropped, what))

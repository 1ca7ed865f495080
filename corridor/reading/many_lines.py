"""What is asked of each of many short lines: of thousands at once, since a call for each costs more than its numbers.

Positions are (lon, lat) rows; no line may be empty.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import METRES_PER_DEGREE, Bounds, Positions

#: Positions looked at together: enough that numpy's calls cost little, few enough that its copies take little memory.
AT_ONCE = 10_000
#: Positions up to which a line is not worth calls of its own.
SHORT = 200
#: Share of its length by which a segment has to lead on for a line to be certain, despite rounding, not to turn.
ONWARD = 1e-9


def batches(lines: Iterable[Positions]) -> Iterator[list[Positions]]:
    """Yield lines in their order, so many together that they have about AT_ONCE positions."""
    some: list[Positions] = []
    held = 0
    for line in lines:
        if some and held + len(line) > AT_ONCE:
            yield some
            some, held = [], 0
        some.append(line)
        held += len(line)
    if some:
        yield some


def together(lines: list[Positions]) -> Positions:
    """Return the rows of lines one after the other."""
    return lines[0] if len(lines) == 1 else np.concatenate(lines)


def _together(lines: list[Positions]) -> tuple[Positions, NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows of lines one after the other, the first row of each line and how many it has."""
    counts = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines))
    return together(lines), np.cumsum(counts) - counts, counts


def shares_inside(lines: Iterable[Positions], bounds: Bounds) -> NDArray[np.float64]:
    """Return the share, 0 to 1, of each line that lies in a box."""
    west, south, east, north = bounds
    shares: list[NDArray[np.float64]] = [np.zeros(0)]
    for some in batches(lines):
        rows, first, counts = _together(some)
        lon, lat = rows[:, 0], rows[:, 1]
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        shares.append(np.add.reduceat(inside, first, dtype=np.int64) / counts)
    return np.concatenate(shares)


def uneventful(lines: Sequence[Positions]) -> NDArray[np.bool_]:
    """Return of each line whether it is certain that of its course nothing can be said but how long its segments are.

    It leads onward from its start towards its end with every segment, so that no vertex repeats and it cannot cross
    itself, and it turns by less than a right angle. Of long lines nothing is certain: they are looked at one by one.
    """
    return _of_short(lines, _onward, otherwise=False)


def with_long_segments(lines: Sequence[Positions], from_m: float) -> NDArray[np.bool_]:
    """Return of each line whether a segment of it may be as long as `from_m` metres; long lines are not looked at."""
    return _of_short(lines, lambda rows, first, _: _reaching(rows, first, from_m), otherwise=True)


def _of_short(
    lines: Sequence[Positions],
    judged: Callable[[Positions, NDArray[np.int64], NDArray[np.int64]], NDArray[np.bool_]],
    *,
    otherwise: bool,
) -> NDArray[np.bool_]:
    """Return what is judged of lines, of so many rows each, one after the other; `otherwise` for lines over SHORT."""
    short = np.fromiter((len(line) <= SHORT for line in lines), dtype=bool, count=len(lines))
    answers = np.full(len(lines), otherwise)
    asked = (lines[number] for number in np.flatnonzero(short).tolist())
    answers[short] = np.concatenate([np.zeros(0, dtype=bool), *(judged(*_together(some)) for some in batches(asked))])
    return answers


def _onward(rows: Positions, first: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.bool_]:
    if len(rows) < 2:
        return np.zeros(len(first), dtype=bool)
    of = np.repeat(np.arange(len(first)), counts)
    # Numbers of a file may be too large for a product of two.
    with np.errstate(over="ignore", invalid="ignore"):
        steps = np.diff(rows[:, :2], axis=0)
        own = of[1:] == of[:-1]
        way = (rows[first + counts - 1] - rows[first])[of[:-1], :2]
        east = steps[:, 0] * np.cos(np.radians(rows[:-1, 1]))
        onward = (steps * way).sum(axis=1) > ONWARD * np.hypot(*steps.T) * np.hypot(*way.T)
        bends = east[:-1] * east[1:] + steps[:-1, 1] * steps[1:, 1] < 0
    eventful = own & ~onward
    eventful[1:] |= own[1:] & own[:-1] & bends
    even = counts > 1
    even[of[:-1][eventful]] = False
    return even


def _reaching(rows: Positions, first: NDArray[np.int64], from_m: float) -> NDArray[np.bool_]:
    with np.errstate(over="ignore", invalid="ignore"):
        steps = np.diff(rows[:, :2], axis=0)
        east = steps[:, 0] * np.cos(np.radians(rows[:-1, 1]))
        shorter = np.hypot(east, steps[:, 1]) * METRES_PER_DEGREE < from_m
    # From the end of a line to the beginning of the next nothing is drawn.
    shorter[first[1:] - 1] = True
    return np.logical_or.reduceat(np.append(~shorter, False), first)

"""How faults in the course of lines are mended; each function takes and returns parsed JSON."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Positions
from corridor.reading.faults import Account, Json
from corridor.reading.line_shape import LineShape, goes_back, repeats, retraced, reversals, without_repeats
from corridor.reading.repairs.positions import change_runs

Indices = NDArray[np.int64]

#: Taking out one spike can lay bare another; more rounds than a line has spikes within spikes are never needed.
ROUNDS = 100
#: How often each vertex may be looked at in a round; a line that goes back over itself once looks at each once.
MOST_LOOKED_AT = 8


def _usable(positions: list[Any]) -> Positions | None:
    """Return the (lon, lat) of a list of positions, None when some are not numbers."""
    if len(positions) < 2 or not all(isinstance(position, list) and len(position) >= 2 for position in positions):
        return None
    if any(isinstance(n, bool) or not isinstance(n, int | float) for position in positions for n in position[:2]):
        return None
    return np.array([position[:2] for position in positions], dtype=float)


def _keep(document: Json, kept: Callable[[Positions], Indices]) -> tuple[Json, Account]:
    """Keep of every line the vertices whose indices `kept` returns."""
    removed = 0

    def change(positions: list[Any]) -> list[Any]:
        nonlocal removed
        line = _usable(positions)
        indices = range(len(positions)) if line is None else kept(line).tolist()
        removed += len(positions) - len(indices)
        return positions if len(indices) == len(positions) else [positions[i] for i in indices]

    return change_runs(document, change, ("line",)), Account(removed=removed)


def drop_repeats(document: Json) -> tuple[Json, Account]:
    """Take out vertices equal in longitude and latitude to the one before, keeping lines that are nothing else."""

    def kept(line: Positions) -> Indices:
        _, indices = without_repeats(line)
        return indices if len(indices) > 1 else np.arange(len(line))

    return _keep(document, kept)


def drop_zero_length(document: Json) -> tuple[Json, Account]:
    """Drop lines whose positions are all the same."""
    dropped: list[str] = []
    removed = 0

    def change(positions: list[Any]) -> list[Any] | None:
        nonlocal removed
        line = _usable(positions)
        if line is None or len(repeats(line)) < len(line) - 1:
            return positions
        removed += len(positions)
        dropped.append(f"a line of no length at {line[0, 0]:g}, {line[0, 1]:g}")
        return None

    document = change_runs(document, change, ("line",))
    return document, Account(removed=removed, dropped=tuple(dropped))


def open_lines(document: Json) -> tuple[Json, Account]:
    """Take the last position out of lines that a straight piece, far longer than the others, closes."""

    def kept(line: Positions) -> Indices:
        return np.arange(len(line) if LineShape(line).closed_by is None else len(line) - 1)

    return _keep(document, kept)


def _without_turns(line: Positions, going_back: bool) -> Indices:
    """Return the indices left when the tips of reversals are taken out: those that retrace segments, or the others."""
    indices = without_repeats(line)[1]
    for _ in range(ROUNDS):
        current = line[indices]
        turns = reversals(current)
        drop = np.zeros(len(current), dtype=bool)
        # A line that is nothing but turns would be gone back over whole from each of them.
        looked_at, dropped_to = 0, -1
        for turn in turns[goes_back(current, turns) == going_back].tolist():
            if dropped_to >= turn - 1:
                continue
            # The tip, and what was run over twice up to the vertex where the way back begins to differ.
            back = retraced(current, turn) if going_back else 0
            looked_at += back
            first, last = turn - max(back - 1, 0), turn + back
            if going_back and back == turn and last == len(current) - 1:
                # The whole line is run there and back: the way there is kept.
                first = turn + 1
            if dropped_to < first - 1 and last - first + 1 <= len(current) - 2:
                drop[first : last + 1] = True
                dropped_to = last
            if looked_at > MOST_LOOKED_AT * len(current):
                break
        if not drop.any() or np.count_nonzero(~drop) < 2:
            break
        left = indices[~drop]
        # Two neighbours may now stand on the same place.
        left = left[without_repeats(line[left])[1]]
        if len(left) < 2:
            break
        indices = left
    return indices


def drop_spikes(document: Json) -> tuple[Json, Account]:
    """Take out the tips of spikes: vertices where a line turns straight back and does not retrace two segments."""
    return _keep(document, lambda line: _if_turned(line, going_back=False))


def drop_back_tracking(document: Json) -> tuple[Json, Account]:
    """Take out stretches of two or more segments that a line runs out and back over, vertex for vertex."""
    return _keep(document, lambda line: _if_turned(line, going_back=True))


def can_drop_turns(line: Positions, *, going_back: bool) -> bool:
    """Whether taking out turns, those that go back over segments or the others, would leave a line with fewer."""
    return len(_if_turned(line, going_back)) < len(line)


def _if_turned(line: Positions, going_back: bool) -> Indices:
    current = without_repeats(line)[0]
    turned = (goes_back(current, reversals(current)) == going_back).any()
    return _without_turns(line, going_back) if turned else np.arange(len(line))

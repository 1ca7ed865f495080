"""How faults in the course of lines are mended; each function takes and returns parsed JSON."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Positions
from corridor.reading.faults import Account, Json
from corridor.reading.line_shape import chained, goes_back, repeats, retraced, reversals, without_repeats
from corridor.reading.repairs.positions import change_runs
from corridor.reading.structure import PositionRun, structure_of

Indices = NDArray[np.int64]

#: Taking out one spike can lay bare another; more rounds than a line has spikes within spikes are never needed.
ROUNDS = 100


def _usable(positions: list[Any]) -> Positions | None:
    """Return the (lon, lat) of a list of positions, None when some are not numbers."""
    if len(positions) < 2 or not all(isinstance(one, list) and len(one) >= 2 for one in positions):
        return None
    if any(isinstance(n, bool) or not isinstance(n, int | float) for one in positions for n in one[:2]):
        return None
    return np.array([one[:2] for one in positions], dtype=float)


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


def _without_turns(line: Positions, going_back: bool) -> Indices:
    """Return the indices left when the tips of reversals are taken out: those that retrace segments, or the others."""
    indices = without_repeats(line)[1]
    for _ in range(ROUNDS):
        current = line[indices]
        turns = reversals(current)
        drop = np.zeros(len(current), dtype=bool)
        for turn in turns[goes_back(current, turns) == going_back].tolist():
            if drop[turn - 1 : turn + 2].any():
                continue
            # The tip, and what was run over twice up to the vertex where the way back begins to differ.
            back = retraced(current, turn) if going_back else 0
            first, last = turn - max(back - 1, 0), turn + back
            if not drop[first - 1 : last + 2].any() and last - first + 1 <= len(current) - 2:
                drop[first : last + 1] = True
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


def _joined(runs: list[PositionRun]) -> list[list[Any]]:
    """Return the raw positions of lines as joined chains."""
    joined: list[list[Any]] = []
    for chain in chained([run.lonlat for run in runs if run.lonlat is not None]):
        line: list[Any] = []
        for index, turned in chain:
            part = runs[index].raw[::-1] if turned else runs[index].raw
            line += part if not line else part[1:]
        joined.append(line)
    return joined


def join_parts(document: Json) -> tuple[Json, Account]:
    """Join the parts of each MultiLineString whose ends meet; one chain becomes a LineString."""
    account = Account()
    structure = structure_of(document)
    parts: dict[str, list[PositionRun]] = {}
    for run in structure.runs:
        parts.setdefault(run.path.rpartition("/")[0], []).append(run)
    for node in structure.nodes:
        runs = parts.get(f"{node.path}/coordinates", [])
        whole = node.type == "MultiLineString" and len(runs) == len(node.value["coordinates"]) > 1
        if not whole or any(run.lonlat is None for run in runs):
            continue
        lines = _joined(runs)
        if len(lines) == len(runs):
            continue
        kind = "LineString" if len(lines) == 1 else "MultiLineString"
        node.value["type"], node.value["coordinates"] = kind, lines[0] if len(lines) == 1 else lines
        change = f"{node.path or '/'}: {len(runs)} parts joined into {len(lines)} ({kind})"
        account += Account(removed=len(runs) - len(lines), type_changes=(change,))
    return document, account


def join_routes(document: Json) -> tuple[Json, Account]:
    """Join features that are single lines and form one chain into the first of them; the others go."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        return document, Account()
    structure = structure_of(document)
    runs = [run for run in structure.runs if run.geometry == "LineString" and run.lonlat is not None]
    paths = [run.path for run in runs]
    plain = [f"/features/{run.feature}/geometry/coordinates" for run in runs]
    lines = _joined(runs) if paths == plain and len(runs) > 1 else []
    if len(lines) != 1:
        return document, Account()
    first, *others = (run.feature for run in runs)
    features[first or 0]["geometry"]["coordinates"] = lines[0]
    dropped = tuple(f"feature {i}, joined into feature {first}; its properties: {features[i or 0]['properties']}"
                    for i in others)  # fmt: skip
    document["features"] = [one for index, one in enumerate(features) if index not in others]
    return document, Account(removed=len(runs) - 1, dropped=dropped)

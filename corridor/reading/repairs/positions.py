"""How faults in the positions of a GeoJSON document are mended; each function takes and returns parsed JSON."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import DEGREE_DECIMALS
from corridor.reading.faults import Account, Json, place_words
from corridor.reading.structure import DEPTHS, ROLES, Node, Structure, nodes_of, structure_of

JsonPositions = list[Any]


def wrong_way(lonlat: NDArray[np.float64], hole: bool) -> bool:
    """Whether a closed ring breaks the right-hand rule: outer rings run counter-clockwise, holes clockwise.

    One that leads there and back on the same line runs neither way: its area is no more than rounding leaves.
    """
    x, y = lonlat[:, 0] - lonlat[0, 0], lonlat[:, 1] - lonlat[0, 1]
    there, back = x[:-1] * y[1:], x[1:] * y[:-1]
    doubled_area = float(np.sum(there - back))
    rounding = len(x) * np.finfo(np.float64).eps * float(np.sum(np.abs(there) + np.abs(back)))
    if abs(doubled_area) <= rounding:
        return False
    return doubled_area > 0 if hole else doubled_area < 0


def change_runs(
    document: Json, change: Callable[[JsonPositions], JsonPositions | None], roles: tuple[str, ...]
) -> Json:
    """Replace each list of positions of the given roles by what `change` makes of it; None leaves an empty geometry.

    A part of a geometry of several that is left with nothing goes.
    """
    for node in nodes_of(document):
        kind = node.type or ""
        role = ROLES.get(kind, "ring")
        if kind in DEPTHS and role in roles and isinstance(node.value.get("coordinates"), list):
            node.value["coordinates"] = _changed(node.value["coordinates"], DEPTHS[kind], change)
    return document


def _changed(value: Json, depth: int, change: Callable[[JsonPositions], JsonPositions | None]) -> Json:
    if not isinstance(value, list):
        return value
    if depth == 0:
        return (change([value]) or [value])[0]
    if depth == 1:
        new = change(value)
        return [] if new is None else new
    kept = [_changed(inner, depth - 1, change) for inner in value]
    return [new for old, new in zip(value, kept, strict=True) if new or not old]


ALL_ROLES = ("point", "points", "line", "ring")


def counted_words(count: int, what: str) -> tuple[str, ...]:
    """Return what was done as the words of an account, () where nothing was."""
    return (f"{count} {what}",) if count else ()


def renest(document: Json) -> tuple[Json, Account]:
    """Put coordinates that are nested too deep or too flat as their type asks; others stay as they are.

    Lists go that hold but one each, at whatever depth. A LineString of several lists becomes a MultiLineString; what is
    one list flatter than its type asks becomes the type of one: a MultiLineString a LineString.
    """
    changes: list[str] = []
    for node in nodes_of(document):
        new = _renested(node)
        if new is not None:
            kind, coordinates = new
            changes.append(f"{place_words(node.path)}: {node.type} nested as {kind}")
            node.value["type"], node.value["coordinates"] = kind, coordinates
    return document, Account(type_changes=tuple(changes))


def renestable(structure: Structure) -> frozenset[str]:
    """Return the paths of the geometries whose coordinates `renest` would nest another way."""
    return frozenset(node.path for node in structure.nodes if _renested(node) is not None)


#: Types of several, and the type of one of them.
ONE_OF = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}


def _renested(node: Node) -> tuple[str, Any] | None:
    kind = node.type
    coordinates = node.value.get("coordinates") if kind in DEPTHS else None
    if kind is None or not isinstance(coordinates, list):
        return None
    depth, wanted = _depth(coordinates), DEPTHS[kind]
    if depth is None or depth == wanted:
        return None
    while depth > wanted and (level := _level_of_single_lists(coordinates, depth)) is not None:
        coordinates, depth = _without_level(coordinates, level), depth - 1
    if depth == wanted:
        return kind, coordinates
    if kind == "LineString" and depth == DEPTHS["MultiLineString"]:
        return "MultiLineString", coordinates
    if kind in ONE_OF and depth == wanted - 1:
        return ONE_OF[kind], coordinates
    if kind == "Polygon" and depth == wanted - 1:
        return kind, [coordinates]
    flat = kind == "LineString" and depth == 0 and len(coordinates) >= 4 and len(coordinates) % 2 == 0
    return (kind, [coordinates[i : i + 2] for i in range(0, len(coordinates), 2)]) if flat else None


def _level_of_single_lists(value: Json, depth: int) -> int | None:
    """Return the innermost level, of so many around the positions, at which every list holds but one."""
    innermost = None
    lists = [value]
    for level in range(depth):
        if all(len(held) == 1 for held in lists):
            innermost = level
        lists = [inner for held in lists for inner in held]
    return innermost


def _without_level(value: Json, level: int) -> Json:
    return value[0] if level == 0 else [_without_level(inner, level - 1) for inner in value]


def _depth(coordinates: Json) -> int | None:
    """How many lists stand around the positions: 1 for a list of positions; None when it is not the same everywhere."""
    if not isinstance(coordinates, list) or not coordinates:
        return None
    if all(isinstance(n, int | float) and not isinstance(n, bool) for n in coordinates):
        return 0
    depths = {_depth(inner) for inner in coordinates}
    (depth,) = depths if len(depths) == 1 else (None,)
    return None if depth is None else depth + 1


def _narrowed(document: Json, width: int, mixed_only: bool, what: str) -> tuple[Json, Account]:
    narrowed = 0

    def change(positions: JsonPositions) -> JsonPositions:
        nonlocal narrowed
        widths = {len(position) for position in positions if isinstance(position, list)}
        if mixed_only and len({w for w in widths if w >= 2}) < 2:
            return positions
        narrowed += sum(isinstance(position, list) and len(position) > width for position in positions)
        return [position[:width] if isinstance(position, list) else position for position in positions]

    document = change_runs(document, change, ALL_ROLES)
    return document, Account(other=counted_words(narrowed, what))


def flatten_mixed(document: Json) -> tuple[Json, Account]:
    """Keep longitude and latitude where a list mixes positions of different width."""
    return _narrowed(document, 2, True, "positions reduced to longitude and latitude")


def keep_three(document: Json) -> tuple[Json, Account]:
    """Take out what follows the height."""
    return _narrowed(document, 3, False, "positions reduced to longitude, latitude and height")


def keep_two(document: Json) -> tuple[Json, Account]:
    """Take out the heights."""
    return _narrowed(document, 2, False, "heights taken out")


def drop_short_lines(document: Json) -> tuple[Json, Account]:
    """Drop lines of fewer than two positions."""
    dropped: list[str] = []
    removed = 0

    def change(positions: JsonPositions) -> JsonPositions | None:
        nonlocal removed
        if len(positions) >= 2:
            return positions
        removed += len(positions)
        dropped.append(f"a line of {len(positions)} positions")
        return None

    document = change_runs(document, change, ("line",))
    _without_empty_parts(document)
    return document, Account(removed=removed, dropped=tuple(dropped))


def _without_empty_parts(document: Json) -> None:
    for node in nodes_of(document):
        if node.type == "MultiLineString" and isinstance(node.value.get("coordinates"), list):
            node.value["coordinates"] = [part for part in node.value["coordinates"] if part != []]


def close_rings(document: Json) -> tuple[Json, Account]:
    """Repeat the first position at the end of rings that are not closed."""
    added = 0

    def change(positions: JsonPositions) -> JsonPositions:
        nonlocal added
        if len(positions) < 2 or positions[0] == positions[-1]:
            return positions
        added += 1
        return [*positions, positions[0]]

    return change_runs(document, change, ("ring",)), Account(added=added)


def rewind(document: Json) -> tuple[Json, Account]:
    """Reverse rings that break the right-hand rule."""
    reversed_rings = 0
    for run in structure_of(document).runs:
        if run.role == "ring" and run.lonlat is not None and wrong_way(run.lonlat, run.hole):
            run.raw.reverse()
            reversed_rings += 1
    what = "outline reversed" if reversed_rings == 1 else "outlines reversed"
    return document, Account(other=counted_words(reversed_rings, what))


def round_positions(document: Json) -> tuple[Json, Account]:
    """Round longitude and latitude to seven decimals (about a centimetre)."""
    moved = 0

    def change(positions: JsonPositions) -> JsonPositions:
        nonlocal moved
        new = [
            [round(n, DEGREE_DECIMALS) if isinstance(n, float) and i < 2 else n for i, n in enumerate(position)]
            if isinstance(position, list)
            else position
            for position in positions
        ]
        moved += sum(a != b for a, b in zip(positions, new, strict=True))
        return new

    return change_runs(document, change, ALL_ROLES), Account(moved=moved)

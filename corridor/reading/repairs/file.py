"""How faults of a file as a source of routes are mended: axis order, outlines and names."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from corridor.land.geodesy import CRS84
from corridor.reading.axis_order import SWAPPED, turned_runs
from corridor.reading.contents import Contents
from corridor.reading.faults import Account, Given, Json, place_words, shown
from corridor.reading.garbled_texts import garbled_in
from corridor.reading.names import NAMES, written
from corridor.reading.position_runs import positions_in
from corridor.reading.possible_routes import PossibleRoute
from corridor.reading.shared_ground import is_on
from corridor.reading.structure import LINES, Node, Structure, nodes_of, structure_of
from corridor.reading.waypoints import point_runs

#: Points that are joined at the least, and how many times as long as the ground they lie on is across a line through
#: them is at most: a circle has 2.2 times its diagonal, a dozen points in no order have four to five.
FEWEST_JOINED, MOST_WINDING = 2, 3.5
#: Texts that an account of a repair names one by one.
MOST_NAMED = 20


def swap(document: Json, given: Given) -> tuple[Json, Account]:
    """Exchange the first two numbers in lines that have latitude first, and in points that do.

    Nothing is exchanged where the reader chose that the numbers are right as they stand.
    """
    moved = 0
    if given.accepted.get(SWAPPED) == CRS84:
        return document, Account()
    runs = structure_of(document).runs
    turned = turned_runs(runs, given.region)
    for run in runs:
        if run.path in turned:
            positions = positions_in(run)
            for position in positions:
                position[0], position[1] = position[1], position[0]
            moved += len(positions)
    return document, Account(moved=moved)


def rings_of(node: Node) -> list[Any]:
    """Return the rings of a Polygon or of a MultiPolygon, as they stand; none of what has other than lists there."""
    held = node.value.get("coordinates") if node.type in ("Polygon", "MultiPolygon") else None
    if not isinstance(held, list) or not all(isinstance(part, list) for part in held):
        return []
    return [ring for polygon in held for ring in polygon] if node.type == "MultiPolygon" else held


def outlines(document: Json) -> tuple[Json, Account]:
    """Take the rings of polygons as lines: a Polygon of one ring becomes a LineString, others a MultiLineString."""
    changes: list[str] = []
    for node in nodes_of(document):
        rings = rings_of(node)
        if not rings:
            continue
        kind = "LineString" if len(rings) == 1 else "MultiLineString"
        changes.append(f"{place_words(node.path)}: {node.type} became {kind}")
        node.value["type"], node.value["coordinates"] = kind, rings[0] if len(rings) == 1 else rings
    return document, Account(type_changes=tuple(changes))


def may_be_joined(structure: Structure) -> bool:
    """Whether points follow one another like those of a line: joined in order they go little to and fro."""
    rows = [run.lonlat[:, :2] for run in point_runs(structure) if run.lonlat is not None]
    if sum(map(len, rows)) < FEWEST_JOINED:
        return False
    places = np.concatenate(rows)
    across = float(np.hypot(*np.ptp(places, axis=0)))
    return 0 < float(np.hypot(*np.diff(places, axis=0).T).sum()) <= MOST_WINDING * across


def join_points(document: Json) -> tuple[Json, Account]:
    """Add a line through all points in the order of the file; the points stay beside it."""
    structure = structure_of(document)
    if not may_be_joined(structure) or any(node.type in LINES for node in structure.nodes):
        return document, Account()
    positions = [list(position) for run in point_runs(structure) for position in positions_in(run)]
    said = f"Line through {len(positions):,} points"
    geometry = {"type": "LineString", "coordinates": positions}
    line = {"type": "Feature", "properties": {"name": said}, "geometry": geometry}
    if isinstance(document, dict) and isinstance(document.get("features"), list):
        document["features"].append(line)
    else:
        is_feature = isinstance(document, dict) and document.get("type") == "Feature"
        given = document if is_feature else {"type": "Feature", "properties": {}, "geometry": document}
        document = {"type": "FeatureCollection", "features": [given, line]}
    return document, Account(other=(f"added: {said}, in the order of the file",))


def _feature_of(document: Json, feature: int | None) -> dict[str, Any] | None:
    if not isinstance(document, dict) or feature is None:
        return None
    member: Any = document if document.get("type") == "Feature" else document["features"][feature]
    return member if isinstance(member, dict) else None


def _contents(document: Json) -> Contents:
    return Contents(structure_of(document), (0.0, 0.0, 0.0, 0.0))


def _rename(feature: dict[str, Any], name: str) -> None:
    if not isinstance(feature.get("properties"), dict):
        feature["properties"] = {}
    properties = feature["properties"]
    spelled = {key.lower().strip(): key for key in reversed(properties) if written(properties[key])}
    properties[next((spelled[member] for member in NAMES if member in spelled), "name")] = name


def _entry(feature: int | None) -> str:
    return "the file" if feature is None else f"entry {feature + 1:,}"


def name_routes(document: Json) -> tuple[Json, Account]:
    """Give routes without a name the name they are shown by; a geometry standing alone becomes a feature for it."""
    if isinstance(document, dict) and document.get("type") in ("LineString", "MultiLineString", "GeometryCollection"):
        document = {"type": "Feature", "properties": {}, "geometry": document}
    named: list[str] = []
    for index, candidate in enumerate(_contents(document).candidates):
        feature = _feature_of(document, candidate.feature)
        if candidate.name is None and feature is not None:
            _rename(feature, f"Route {index + 1}")
            named.append(f"{_entry(candidate.feature)} named “Route {index + 1}”")
    return document, Account(other=tuple(named))


def number_names(document: Json) -> tuple[Json, Account]:
    """Add " (2)", " (3)" ... to the later of routes that are called the same."""
    used: set[str] = set()
    last: dict[str, int] = {}
    renamed: list[str] = []
    for candidate in _contents(document).candidates:
        feature, name = _feature_of(document, candidate.feature), candidate.name
        if name is None or feature is None:
            continue
        new = name
        while new in used:
            last[name] = last.get(name, 1) + 1
            new = f"{name} ({last[name]})"
        used.add(new)
        if new != name:
            _rename(feature, new)
            renamed.append(f"{_entry(candidate.feature)}: “{name}” renamed “{new}”")
    return document, Account(other=tuple(renamed))


def write_garbled(document: Json) -> tuple[Json, Account]:
    """Write garbled texts of features, and of the file around them, as they were meant."""
    written_anew: list[str] = []
    features = document.get("features") if isinstance(document, dict) else None
    for holder in (document, *(features if isinstance(features, list) else ())):
        if not isinstance(holder, dict):
            continue
        properties = holder.get("properties")
        for members in (holder, properties if isinstance(properties, dict) else {}):
            for member, garbled in list(garbled_in(members)):
                written_anew.append(f"“{shown(members[member])}” written as “{shown(garbled.meant)}”")
                members[member] = garbled.meant
    more = len(written_anew) - MOST_NAMED
    return document, Account(other=(*written_anew[:MOST_NAMED], *((f"{more:,} more texts",) if more > 0 else ())))


def drop_same_routes(document: Json) -> tuple[Json, Account]:
    """Drop features whose line, in either direction, is that of an earlier one."""
    return _drop_covered(document, "the same as an earlier one", partial(is_on, same=True))


def drop_pieces(document: Json) -> tuple[Json, Account]:
    """Drop features that lie wholly on another one and are not the same line."""
    return _drop_covered(document, "which lies wholly on another one", partial(is_on, same=False))


def drop_second_tracks(document: Json) -> tuple[Json, Account]:
    """Drop features that run beside another one as its second track or carriageway."""
    return _drop_covered(document, "which runs beside another one", lambda piece, _: piece.apart_m is not None)


def _drop_covered(
    document: Json, why: str, is_meant: Callable[[PossibleRoute, PossibleRoute], bool]
) -> tuple[Json, Account]:
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        return document, Account()
    dropped: dict[int, str] = {}
    removed = 0
    for candidate in _contents(document).candidates:
        for piece in candidate.covered:
            if piece.feature is not None and is_meant(piece, candidate):
                dropped[piece.feature] = f"{_entry(piece.feature)} “{piece.name or ''}”, {why}"
                removed += sum(run.count for run in piece.lines)
    if dropped:
        document["features"] = [feature for index, feature in enumerate(document["features"]) if index not in dropped]
    return document, Account(removed=removed, dropped=tuple(dropped.values()))

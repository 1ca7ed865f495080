"""How the lines of a route are put together: joined, their gaps closed, what is drawn again taken out."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from corridor.land.geodesy import Positions, length_km
from corridor.reading.contents import in_degrees
from corridor.reading.counted_once import CLOSE_M, PlaceKind
from corridor.reading.faults import Account, Json, place_words, shown
from corridor.reading.line_network import LineNetwork, network_of
from corridor.reading.names import LONGEST_NAME, chosen_name
from corridor.reading.one_way import joins_into_one
from corridor.reading.position_runs import PositionRun
from corridor.reading.structure import Node, structure_of

#: A position as the file has it, of two numbers or more.
RawPosition = list[Any]


def can_be_joined(network: LineNetwork) -> bool:
    """Whether lines are one way and nothing else, so that joining them leads nowhere twice and leaves nothing out."""
    return len(network.ways) == 1 and not network.ways[0].beside and not network.again and not network.unusual


def _numbered(runs: Sequence[PositionRun]) -> list[Positions] | None:
    """Return the lines of runs with a third column, the number of each position in all of them; None if not degrees."""
    rows: list[Positions] = []
    first = 0
    for run in runs:
        if run.lonlat is None or len(run.lonlat) < 2 or not in_degrees(run.lonlat):
            return None
        rows.append(np.column_stack([run.lonlat, np.arange(first, first + len(run.lonlat))]))
        first += len(run.lonlat)
    return rows


def _raw(rows: Positions, raw: list[RawPosition]) -> list[RawPosition]:
    """Return the positions that rows of `_numbered` stand for; one between two others takes its height from both."""
    positions: list[RawPosition] = []
    for lon, lat, number in rows.tolist():
        if number == int(number):
            positions.append(raw[int(number)])
            continue
        before, after, share = raw[int(number)], raw[int(number) + 1], number % 1
        height = [before[2] + share * (after[2] - before[2])] if len(before) > 2 and len(after) > 2 else []
        positions.append([lon, lat, *height])
    return positions


def _line_geometries(document: Json) -> list[tuple[Node, list[PositionRun]]]:
    """Return the geometries of lines with all their lists of positions."""
    structure = structure_of(document)
    runs: dict[str, list[PositionRun]] = {}
    for run in structure.runs:
        owner = run.path if run.geometry == "LineString" else run.path.rpartition("/")[0]
        runs.setdefault(owner, []).append(run)
    geometries = []
    for node in structure.nodes:
        of_node = runs.get(f"{node.path}/coordinates", [])
        parts = node.value["coordinates"] if node.type == "MultiLineString" else [None]
        if node.type in ("LineString", "MultiLineString") and 0 < len(of_node) == len(parts):
            geometries.append((node, of_node))
    return geometries


def _write(node: Node, lines: list[list[RawPosition]], before: int, what: str) -> Account:
    """Put lines into a geometry; `before` is how many parts it had."""
    kind = "LineString" if len(lines) == 1 else "MultiLineString"
    old = len(node.value["coordinates"]) if node.type == "LineString" else sum(map(len, node.value["coordinates"]))
    node.value["type"], node.value["coordinates"] = kind, lines[0] if len(lines) == 1 else lines
    change = f"{place_words(node.path)}: {before} {what} {len(lines)} ({kind})"
    return Account(removed=old - sum(map(len, lines)), type_changes=(change,))


def join_parts(document: Json) -> tuple[Json, Account]:
    """Join the parts of each MultiLineString whose ends meet and that are one way; one line becomes a LineString."""
    return _put_together(document, at_most_m=0.0)


def close_gaps(document: Json) -> tuple[Json, Account]:
    """Join the parts of each MultiLineString also over gaps of CLOSE_M at most, with straight segments."""
    return _put_together(document, at_most_m=CLOSE_M)


def _put_together(document: Json, at_most_m: float) -> tuple[Json, Account]:
    account = Account()
    for node, runs in _line_geometries(document):
        rows = _numbered(runs) if len(runs) > 1 else None
        network = None if rows is None else network_of(rows)
        if network is None or not can_be_joined(network):
            continue
        way = network.ways[0]
        lines, closed = [way.lines[0]], 0
        for gap, line in zip(way.gaps, way.lines[1:], strict=True):
            if gap.metres <= at_most_m:
                lines[-1] = np.vstack([lines[-1], line])
                closed += 1
            else:
                lines.append(line)
        if len(lines) < len(runs):
            raw = [position for run in runs for position in run.raw]
            account += _write(node, [_raw(line, raw) for line in lines], len(runs), "parts joined into")
            if closed:
                account += Account(other=(f"{closed} gaps of at most {CLOSE_M:g} m closed",))
    return document, account


def take_out_repeats(document: Json) -> tuple[Json, Account]:
    """Take out of each geometry what is drawn again, on the same way or back along it."""
    return _once(document, (PlaceKind.AGAIN, PlaceKind.BACK))


def take_out_beside(document: Json) -> tuple[Json, Account]:
    """Take out of each geometry the second of two carriageways or tracks."""
    return _once(document, (PlaceKind.BESIDE,))


def _once(document: Json, kinds: tuple[PlaceKind, ...]) -> tuple[Json, Account]:
    """Keep of each geometry in which something of these kinds is drawn again what counts."""
    account = Account()
    for node, runs in _line_geometries(document):
        rows = _numbered(runs)
        network = None if rows is None else network_of(rows)
        if network is None or not any(place.kind in kinds for place in network.unusual):
            continue
        lines = [line for way in network.ways for line in way.all_lines]
        raw = [position for run in runs for position in run.raw]
        account += _write(node, [_raw(line, raw) for line in lines], len(runs), "parts, each stretch once, became")
        again = sum(_length_km(line) for line in network.again)
        account += Account(other=(f"{again:,.3f} km that were drawn again taken out",))
    return document, account


def _length_km(rows: Positions) -> float:
    return length_km(shapely.LineString(rows[:, :2]))


def are_single_lines(runs: Sequence[PositionRun]) -> bool:
    """Whether lines are two or more, and each all of the geometry of a feature, as a line or as the one part of it."""
    of_line = (f"/features/{run.feature}/geometry/coordinates" for run in runs)
    ends = {"LineString": "", "MultiLineString": "/0"}
    plain = all(run.path == path + ends.get(run.geometry, "") for run, path in zip(runs, of_line, strict=True))
    return plain and 1 < len(runs) == len({run.feature for run in runs})


def join_routes(document: Json) -> tuple[Json, Account]:
    """Join features that are single lines and one way together into the first of them; the others go."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        return document, Account()
    runs = [run for run in structure_of(document).runs if run.role == "line" and run.lonlat is not None]
    rows = _numbered(runs) if are_single_lines(runs) else None
    if rows is None or not joins_into_one(rows):
        return document, Account()
    (line,) = network_of(rows).ways[0].lines
    raw = [position for run in runs for position in run.raw]
    first, *others = (run.feature or 0 for run in runs)
    features[first]["geometry"] |= {"type": "LineString", "coordinates": _raw(line, raw)}
    dropped = tuple(
        f"{_called(features[number], number)} as an entry of its own, joined to {_called(features[first], first)}"
        f"{_told(features[number].get('properties') or {})}"
        for number in others
    )
    named = _name_from_end_to_end(features, runs, line)
    gone = set(others)
    document["features"] = [feature for number, feature in enumerate(features) if number not in gone]
    return document, Account(removed=len(raw) - len(line), dropped=dropped, other=named)


def _called(feature: dict[str, Any], number: int) -> str:
    """Return what a feature is called in a sentence: its name in quotation marks, or its entry."""
    name = chosen_name(feature.get("properties") or {})
    return f"“{name.name}”" if name is not None else f"entry {number + 1:,}"


def _told(properties: dict[str, Any]) -> str:
    """Return what a feature said of itself beside its name: "; with it went: operator (RZD)"."""
    name = chosen_name(properties)
    rest = {member: value for member, value in properties.items() if name is None or member != name.member}
    said = ", ".join(f"{shown(member)} ({shown(str(value), LONGEST_NAME)})" for member, value in rest.items())
    return f"; with it went: {said}" if said else ""


def _name_from_end_to_end(features: list[Any], runs: Sequence[PositionRun], line: Positions) -> tuple[str, ...]:
    """Name the first of features after those at both ends of their joined line, "Day 1 to Day 3"; say so.

    Nothing is done where one has no name of its own, or where two are called alike: then all may be called so. `line`
    has the numbers of the positions as `_numbered` gives them.
    """
    chosen = [chosen_name(features[run.feature or 0].get("properties") or {}) for run in runs]
    names = [name.name for name in chosen if name is not None]
    if len(set(names)) < len(runs):
        return ()
    ends = np.cumsum([run.count for run in runs])
    start, end = sorted(np.searchsorted(ends, line[[0, -1], 2], side="right").tolist())
    properties = features[runs[0].feature or 0]["properties"]
    member = (
        chosen[0].member if chosen[0] is not None and chosen[0].plain and chosen[0].member in properties else "name"
    )
    properties[member] = f"{names[start]} to {names[end]}"
    return (f"the joined line is named “{shown(properties[member], LONGEST_NAME)}”",)

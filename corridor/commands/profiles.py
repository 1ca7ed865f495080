"""What `corridor profile` does: the ground along every route of a file, or along what is shipped by that id."""

import argparse
from collections.abc import Sequence
from pathlib import Path

import shapely

from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.candidate_routes import read_candidate_routes
from corridor.assessing.ground_along import ground_along
from corridor.assessing.ground_profile import LIMITS, GroundMark, GroundProfile, rounded_m
from corridor.assessing.ground_records import GroundOfFileJson, ground_record
from corridor.commands.bounded import ERROR_FOUND, FINE, WRONG_USE, CommandOutput, bytes_of, given_by_hand, in_bounds
from corridor.commands.routes import MOST_JUDGED, json_line, printable
from corridor.commands.systems import read_in
from corridor.land.elevation import read_elevation
from corridor.land.features import RouteProperties, features_of, shape_of
from corridor.office.lines import read_redrawn_routes
from corridor.quantities import kilometres
from corridor.reading.faults import Severity
from corridor.reading.route import Route
from corridor.settings import read_settings
from corridor.store.work import region

#: Words of a terminal for what stands at a run of ground that has no two heights.
NO_HEIGHTS = {"at-or-below-sea-level": "at or below sea level", "no-data": "no data"}


def profile_routes(arguments: argparse.Namespace) -> int:
    """Print the ground along a route, in a process of its own."""
    # Read here once, the process begins with both.
    region(), read_elevation()
    return in_bounds(_profiled, arguments, given_by_hand(arguments.route))


def _profiled(arguments: argparse.Namespace, given: bytes | None) -> CommandOutput:
    name, status = arguments.route, FINE
    shipped = None if given is not None or Path(name).exists() else _shipped(name)
    if shipped is not None:
        assessments = [shipped]
    else:
        data = bytes_of(name, given)
        if isinstance(data, CommandOutput):
            return data
        reading = read_in(data, name, arguments.crs)
        if not reading.usable:
            said = f"corridor: {name}: no route could be taken from it; `corridor check` says why."
            return CommandOutput(ERROR_FOUND, err=said)
        if len(reading.routes) > MOST_JUDGED:
            said = f"corridor: {name}: {len(reading.routes):,} routes; at most {MOST_JUDGED} are looked at in one go."
            return CommandOutput(WRONG_USE, err=said)
        status = ERROR_FOUND if reading.worst is Severity.ERROR else FINE
        assessments = [assess(route, region()) for route in reading.routes]
    grounds = [ground_along(assessment, region(), read_elevation()) for assessment in assessments]
    if arguments.json:
        record: GroundOfFileJson = {
            "file": None if shipped else name,
            "id": name.removeprefix("candidate/") if shipped else None,
            "routes": [ground_record(*pair) for pair in zip(assessments, grounds, strict=True)],
        }
        return CommandOutput(status, json_line(record))
    return CommandOutput(status, printable(readable(assessments, grounds)))


def _shipped(name: str) -> Assessment | None:
    """Return the candidate or the drawn segment of that id; None where there is none."""
    here = read_redrawn_routes(read_settings().office_updates).features
    if not name.startswith("route/"):
        return read_candidate_routes(region(), segments=here).get(name.removeprefix("candidate/"))
    segments = features_of(here, RouteProperties)
    segment = next((f for f in segments if f["id"] == name and f["geometry"] is not None), None)
    if segment is None:
        return None
    of, line = segment["properties"], shapely.LineString(shapely.get_coordinates(shape_of(segment)))
    accuracy = () if of["accuracy_m"] is None else (of["accuracy_m"],)
    return assess(Route(of["label"], line, {"mode": of["mode"]}), region(), part_accuracy_m=accuracy)


def readable(assessments: Sequence[Assessment], grounds: Sequence[GroundProfile]) -> str:
    """Return the ground along routes for a terminal: in words, then step by step with what the line passes."""
    lines: list[str] = []
    for assessment, ground in zip(assessments, grounds, strict=True):
        lines += [f"{assessment.route.name}: {kilometres(assessment.measures.length_km)}", f"  {ground.says} {LIMITS}"]
        marks = list(ground.marks)
        for step in ground.steps:
            while marks and marks[0].at_km < step.to_km:
                lines.append(_mark_line(marks.pop(0)))
            low = "at or below sea level" if step.lowest_m is None else rounded_m(step.lowest_m)
            high = "" if step.highest_m is None else rounded_m(step.highest_m)
            lines.append(
                f"    km {step.from_km:,.1f}-{step.to_km:,.1f}: {NO_HEIGHTS.get(step.level, f'{low} to {high}')}"
            )
        lines += [_mark_line(mark) for mark in marks]
        lines.append(f"  Source: {ground.source}.")
    return "\n".join(lines)


def _mark_line(mark: GroundMark) -> str:
    return f"    km {mark.at_km:,.1f}: {mark.label}"

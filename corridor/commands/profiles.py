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
from corridor.candidates import Part
from corridor.commands.bounded import ERROR_FOUND, FINE, WRONG_USE, CommandOutput, bytes_of, given_by_hand, in_bounds
from corridor.commands.routes import MOST_JUDGED, json_line, printable
from corridor.commands.systems import read_in
from corridor.land.elevation import read_elevation
from corridor.land.features import RouteProperties, features_of, shape_of
from corridor.legs import Leg, legs
from corridor.office.lines import read_redrawn_routes
from corridor.quantities import kilometres, published_first
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
    return in_bounds(_profiled, arguments, given_by_hand(arguments.route), read_settings().office_updates)


def _profiled(arguments: argparse.Namespace, given: bytes | None, office_updates: Path) -> CommandOutput:
    name, status = arguments.route, FINE
    shipped = None if given is not None or Path(name).exists() else _shipped(name, office_updates)
    legs_there: tuple[Leg, ...] = ()
    if shipped is not None:
        assessment, legs_there = shipped
        assessments = [assessment]
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
    return CommandOutput(status, printable(readable(assessments, grounds, legs_there)))


def _shipped(name: str, office_updates: Path) -> tuple[Assessment, tuple[Leg, ...]] | None:
    """Return the candidate or the drawn segment of that id, and the legs it is; None where there is none."""
    here = read_redrawn_routes(office_updates).features
    if not name.startswith("route/"):
        assessment = read_candidate_routes(region(), segments=here).get(name.removeprefix("candidate/"))
        return None if assessment is None else (assessment, assessment.attributes.legs)
    segments = features_of(here, RouteProperties)
    segment = next((f for f in segments if f["id"] == name and f["geometry"] is not None), None)
    if segment is None:
        return None
    of, line = segment["properties"], shapely.get_coordinates(shape_of(segment))
    accuracy = () if of["accuracy_m"] is None else (of["accuracy_m"],)
    assessment = assess(Route(of["label"], [line], {"mode": of["mode"]}), region(), part_accuracy_m=accuracy)
    return assessment, legs([Part(name.removeprefix("route/"))], {name: segment})


def readable(
    assessments: Sequence[Assessment], grounds: Sequence[GroundProfile], legs_there: Sequence[Leg] = ()
) -> str:
    """Return the ground along routes for a terminal: in words, then step by step with what the line passes.

    The length of a shipped route is that of its legs, published first.
    """
    lines: list[str] = []
    for assessment, ground in zip(assessments, grounds, strict=True):
        drawn = kilometres(assessment.measures.length_km)
        long = f"{published_first(legs_there)}; {drawn} along the line below" if legs_there else drawn
        lines += [f"{assessment.route.name}: {long}", f"  {ground.says} {LIMITS}"]
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

"""What is said of the points that stand in a file beside its lines."""

from collections.abc import Iterator

from corridor.reading.contents import Contents
from corridor.reading.faults import Check, FaultSpot, Severity, shown
from corridor.reading.waypoints import point_runs


def _beside_lines(contents: Contents) -> Iterator[FaultSpot]:
    runs = point_runs(contents.structure)
    # A file of points alone is told as one without a line.
    if runs and contents.lines:
        first = next((waypoint for waypoint in contents.waypoints), None)
        count = sum(run.count for run in runs)
        named = "" if first is None else f", the first “{shown(first.name)}”"
        # Without a place of its own: the points are marked themselves.
        yield FaultSpot(runs[0].path, runs[0].feature, words={"count": count, "named": named})


POINT_CHECKS: tuple[Check[Contents], ...] = (
    Check(
        "waypoints",
        Severity.NOTE,
        "{count:waypoint comes|waypoints come} with the line{named}: listed and drawn, and part of no length.",
        "Nothing needs to be done.",
        _beside_lines,
    ),
)

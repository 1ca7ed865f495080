"""What a file of another format holds beside plain lines, or in a form that is changed on reading; all is told."""

from collections.abc import Iterator
from dataclasses import dataclass

from corridor.reading.faults import Check, FaultSpot, Severity


@dataclass(slots=True)
class Beside:
    """What was noticed while a file was read, counted up as it comes by.

    `via_points` are those of routes that have `shaping_points` between them, `zero_heights` positions whose heights
    were left out because all of their feature are 0. `arcs` became chords that leave the arc by `arcs_off_m` metres at
    most. `measures` counts positions with an M value, from `least_measure` to `most_measure`. `linked_read` are the
    files of the same archive that were read because a link names them, `linked_elsewhere` links that lead out of it.
    """

    via_points: int = 0
    shaping_points: int = 0
    zero_heights: int = 0
    arcs: int = 0
    arcs_off_m: float | None = 0.0
    measures: int = 0
    least_measure: float = float("inf")
    most_measure: float = float("-inf")
    linked_read: tuple[str, ...] = ()
    linked_missing: tuple[str, ...] = ()
    linked_elsewhere: tuple[str, ...] = ()
    log: str = ""


def _shaped(beside: Beside) -> Iterator[FaultSpot]:
    if beside.shaping_points:
        yield FaultSpot(words={"shaping": beside.shaping_points, "via": beside.via_points})


def _zero_heights(beside: Beside) -> Iterator[FaultSpot]:
    if beside.zero_heights:
        yield FaultSpot(words={"count": beside.zero_heights})


NOTE = Severity.NOTE

BESIDE_CHECKS: tuple[Check[Beside], ...] = (
    Check(
        "shaping-points",
        NOTE,
        "The line runs through {shaping:shaping point|shaping points} (Garmin's gpxx:rpt) between {via:via point|via "
        "points}.",
        "Nothing needs to be done; a program that leaves them out draws straight lines between the via points.",
        _shaped,
    ),
    Check(
        "heights-zero-left-out",
        NOTE,
        "{count:height is|heights are} 0 throughout a line or point, as programs write “none”; they were left out.",
        "Nothing needs to be done if the file was drawn without heights.",
        _zero_heights,
    ),
)

"""What a file of another format holds beside plain lines, or in a form that is changed on reading; all is told."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from corridor.reading.faults import Check, FaultSpot, Severity, shown


class Log(Enum):
    """What became of the write-ahead log that came with a database."""

    READ = "read"
    UNUSABLE = "unusable"


@dataclass(slots=True)
class Beside:
    """What was noticed while a file was read, counted up as it comes by.

    `via_points` are those of routes that have `shaping_points` between them, `zero_heights` positions whose heights
    were left out because all of their feature are 0. `arcs` became chords that leave the arc by `arcs_off_m` metres at
    most, None where the unit of the file is not known. `measures` counts M values, from `least_measure` to
    `most_measure`.
    `left_out` are elements by name that hold no line or point. `links` are what a KML file names of other files. `log`
    says what became of a write-ahead log. `moments_without_place` are those of tracks that have a time alone.
    `further_coordinates` are lists of positions after the first of one line or point.
    `other_names` counts elements and attributes by their name in the file and the one that the format gives them.
    """

    via_points: int = 0
    shaping_points: int = 0
    zero_heights: int = 0
    arcs: int = 0
    arcs_off_m: float | None = 0.0
    measures: int = 0
    least_measure: float = math.inf
    most_measure: float = -math.inf
    links: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    links_missing: list[str] = field(default_factory=list)
    links_elsewhere: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    log: Log | None = None
    moments_without_place: int = 0
    further_coordinates: int = 0
    other_names: Counter[tuple[str, str]] = field(default_factory=Counter)

    def measured(self, count: int, least: float, most: float) -> None:
        """Add so many M values from the least to the most of them."""
        self.measures += count
        self.least_measure = min(self.least_measure, least)
        self.most_measure = max(self.most_measure, most)


def _shaped(beside: Beside) -> Iterator[FaultSpot]:
    if beside.shaping_points:
        yield FaultSpot(words={"shaping": beside.shaping_points, "via": beside.via_points})


def _zero_heights(beside: Beside) -> Iterator[FaultSpot]:
    if beside.zero_heights:
        yield FaultSpot(words={"count": beside.zero_heights})


def _arcs(beside: Beside) -> Iterator[FaultSpot]:
    if beside.arcs:
        off = OFF_RADIUS if beside.arcs_off_m is None else told_metres(beside.arcs_off_m)
        yield FaultSpot(words={"count": beside.arcs, "off": off})


#: Half of four degrees: 1 - cos(2°).
OFF_RADIUS = "0.06 % of its radius"


def told_metres(metres: float) -> str:
    """Return a small distance, rounded up, as it stands in a sentence: "3 cm", "1.2 m", "12 m"."""
    if metres < 0.01:
        return "1 cm"
    if metres < 1:
        return f"{math.ceil(metres * 100)} cm"
    return f"{math.ceil(metres * 10) / 10:g} m" if metres < 10 else f"{math.ceil(metres):,} m"


def _measures(beside: Beside) -> Iterator[FaultSpot]:
    if beside.measures:
        yield FaultSpot(words={"least": f"{beside.least_measure:,.10g}", "most": f"{beside.most_measure:,.10g}"})


def _linked(beside: Beside) -> Iterator[FaultSpot]:
    if beside.linked:
        yield FaultSpot(words={"count": len(beside.linked), "names": _named(beside.linked)})


def _links_missing(beside: Beside) -> Iterator[FaultSpot]:
    if beside.links_missing:
        yield FaultSpot(words={"count": len(beside.links_missing), "names": _named(beside.links_missing)})


def _links_elsewhere(beside: Beside) -> Iterator[FaultSpot]:
    if beside.links_elsewhere:
        yield FaultSpot(words={"count": len(beside.links_elsewhere), "names": _named(beside.links_elsewhere)})


def _named(links: list[str]) -> str:
    names = list(dict.fromkeys(links))
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return ", ".join(f"“{shown(name, 60)}”" for name in names[:MOST_NAMED]) + more


def _left_out(beside: Beside) -> Iterator[FaultSpot]:
    if beside.left_out:
        elements = ", ".join(f"{name} ({count:,})" for name, count in beside.left_out.items())
        yield FaultSpot(words={"elements": elements})


def _moments(beside: Beside) -> Iterator[FaultSpot]:
    if beside.moments_without_place:
        yield FaultSpot(words={"count": beside.moments_without_place})


def _further_coordinates(beside: Beside) -> Iterator[FaultSpot]:
    if beside.further_coordinates:
        yield FaultSpot(words={"count": beside.further_coordinates})


def _other_names(beside: Beside) -> Iterator[FaultSpot]:
    if beside.other_names:
        names = [
            f"“{shown(written)}” for “{name}”" for (written, name), _ in beside.other_names.most_common(MOST_NAMED)
        ]
        more = len(beside.other_names) - MOST_NAMED
        rest = f" and {more:,} more" if more > 0 else ""
        yield FaultSpot(words={"count": beside.other_names.total(), "names": ", ".join(names) + rest})


def _log_read(beside: Beside) -> Iterator[FaultSpot]:
    if beside.log is Log.READ:
        yield FaultSpot()


def _log_unusable(beside: Beside) -> Iterator[FaultSpot]:
    if beside.log is Log.UNUSABLE:
        yield FaultSpot()


#: Files told by name in one sentence.
MOST_NAMED = 2
NOTE, WARNING = Severity.NOTE, Severity.WARNING

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
        "{count:height is|heights are} 0, as programs write “none”: no height is read.",
        "Nothing needs to be done if the file has no heights.",
        _zero_heights,
    ),
    Check(
        "arcs-as-chords",
        NOTE,
        "{count:arc was|arcs were} read as straight pieces of 4°, which leave the curve by {off} at most.",
        "Nothing needs to be done unless the line has to be more exact than that.",
        _arcs,
    ),
    Check(
        "measure-values",
        NOTE,
        "Each position carries a further number (M), often the distance along the line (chainage), from {least} to "
        "{most}; it is not read.",
        "Nothing needs to be done: lengths are measured on the map.",
        _measures,
    ),
    Check(
        "linked-files-read",
        NOTE,
        "{count:file inside the same archive, to which the main one links, was|files inside the same archive, to which "
        "others link, were} read too: {names}.",
        "Nothing needs to be done.",
        _linked,
    ),
    Check(
        "linked-files-missing",
        WARNING,
        "{count:linked file is|linked files are} missing, or cannot be read: {names}.",
        "Send one file or archive that holds all of the route.",
        _links_missing,
    ),
    Check(
        "network-link",
        WARNING,
        "The file refers to other files on a network ({count:link|links}, {names}); none was fetched.",
        "Open the links where they are and export the route itself.",
        _links_elsewhere,
    ),
    Check(
        "kml-left-out",
        NOTE,
        "Images, models and tours of the KML are left out, since they hold no line: {elements}.",
        "Nothing needs to be done, unless the route is drawn on one of them.",
        _left_out,
    ),
    Check(
        "moments-without-place",
        NOTE,
        "{count:moment of a track has|moments of a track have} a time and no place, as KML allows; the line goes "
        "straight past them.",
        "Nothing needs to be done unless the recording was interrupted for long.",
        _moments,
    ),
    Check(
        "coordinates-several",
        WARNING,
        "{count:further list of coordinates stands|further lists of coordinates stand} in a line that has one already; "
        "each was read as a part.",
        "See whether all of them belong to the route; other programs read one and leave the rest out.",
        _further_coordinates,
    ),
    Check(
        "xml-names-other",
        WARNING,
        "{count:name is|names are} written otherwise than KML and GPX ask: {names}; all were read.",
        "Send a mended copy, or export it again: few other programs read the file.",
        _other_names,
    ),
    Check(
        "database-log-read",
        NOTE,
        "The latest changes, in the file -wal beside the database, were read with it.",
        "Nothing needs to be done.",
        _log_read,
    ),
    Check(
        "database-log-unusable",
        WARNING,
        "The file of latest changes (-wal) beside the database holds no whole one; what stood only there is missing.",
        "Close the program that has the file open, and send it again.",
        _log_unusable,
    ),
)

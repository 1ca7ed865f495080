"""Which findings another one accounts for: numbers that are no degrees are told once, as what they are."""

from collections.abc import Sequence
from dataclasses import replace

from corridor.quantities import first_listed, sentence
from corridor.reading.checks.file import called
from corridor.reading.contents import Contents
from corridor.reading.faults import FaultSpot, Finding, FindingsWithSpots, shown
from corridor.reading.possible_routes import PossibleRoute
from corridor.reading.standing import Standing

#: Codes of findings that another may account for, each by its place, so that all of their places have to be known.
EXPLAINED = frozenset(("out-of-range", "position-4d", "crs-member", "null-geometry"))


def unexplained(findings: FindingsWithSpots, contents: Contents) -> FindingsWithSpots:
    """Return findings without those of numbers, `crs` members and missing geometries that something else explains.

    Numbers are explained by another form or system they are in, a member by the system it names, and a missing geometry
    by the words in its place.
    """
    special = [part for part in contents.systems if part.standing is not Standing.PLAIN or part.chosen]
    written = {run.path for run, _, _ in contents.other_forms}
    written |= {place.path for place in contents.written if place.read is not None}
    in_words = {place.feature for place in contents.written if place.role == "geometry" and place.raw is None}
    explained = {
        "out-of-range": written | {run.path for part in special for run in part.runs},
        "position-4d": written,
        "crs-member": {member for part in special for member in part.members},
    }

    def is_explained(finding: Finding, spot: FaultSpot) -> bool:
        if finding.code == "null-geometry":
            return spot.feature in in_words
        path = spot.path or ""
        return not {path, path.rpartition("/")[0]}.isdisjoint(explained.get(finding.code, ()))

    return [(finding, spot) for finding, spot in findings if not is_explained(finding, spot)]


#: Code of what is said of an archive whose files were read together.
TOGETHER = "files-together"


def set_side_by_side(findings: Sequence[Finding], candidates: Sequence[PossibleRoute]) -> tuple[Finding, ...]:
    """Return findings in which files of which one route is left are not said to give routes to set side by side."""
    if len(candidates) != 1 or all(finding.code != TOGETHER for finding in findings):
        return tuple(findings)
    (left,) = candidates
    names = [called(piece) for piece in left.covered]
    if names:
        on = f"“{shown(left.name)}”" if left.name else called(left)
        are = "is" if len(names) == 1 else "are"
        advice = f"{sentence(first_listed(names))} {are} counted once, with {on}: one route is left."
    else:
        advice = "Their lines make one route; send one file alone if the others are not meant."
    return tuple(replace(finding, advice=advice) if finding.code == TOGETHER else finding for finding in findings)

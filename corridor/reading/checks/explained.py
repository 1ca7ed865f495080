"""Which findings another one accounts for: numbers that are no degrees are told once, as what they are."""

from corridor.reading.contents import Contents
from corridor.reading.faults import FaultSpot, Finding, FindingsWithSpots
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

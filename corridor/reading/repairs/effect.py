"""What a repair does to the lines of a document, in metres and kilometres on the WGS84 ellipsoid."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from corridor.land.geodesy import Bounds, Positions, segment_lengths_m
from corridor.reading.axis_order import latitude_first
from corridor.reading.contents import Contents, in_degrees
from corridor.reading.counted_once import total_km
from corridor.reading.faults import Json
from corridor.reading.many_lines import shares_inside
from corridor.reading.misplaced_positions import Misplaced, misplaced
from corridor.reading.structure import structure_of

#: The lines of a document by their JSON path, as (lon, lat) rows in the order of the file.
Lines = Mapping[str, Positions]


@dataclass(frozen=True, eq=False, slots=True)
class DrawnLines:
    """The lines of a document; `length_km` counts each stretch of ground once, `repeated_km` is what is drawn again.

    Both are None when some lines are not in degrees, or there are none that can be read.
    """

    lines: Lines
    length_km: float | None
    repeated_km: float | None

    @property
    def vertices(self) -> int:
        """How many vertices there are."""
        return sum(map(len, self.lines.values()))


def lines_in(document: Json) -> DrawnLines:
    """Return the lines of a document whose positions are numbers; later changes to the document leave them alone.

    Their length is the one that the routes read from the document have together.
    """
    structure = structure_of(document)
    lines = {run.path: run.lonlat for run in structure.runs if run.role == "line" and run.lonlat is not None}
    if not lines or not all(in_degrees(line) for line in lines.values()):
        return DrawnLines(lines, None, None)
    contents = Contents(structure, (0.0, 0.0, 0.0, 0.0))
    counted = repeated = 0.0
    for number, candidate in enumerate(contents.candidates):
        network = contents.networks.get(number)
        repeated += sum(total_km(piece.arrays) for piece in candidate.covered)
        if network is None:
            counted += total_km(candidate.arrays)
            continue
        counted += sum(total_km(way.all_lines) for way in network.ways)
        repeated += total_km(network.again)
    return DrawnLines(lines, counted, repeated)


def measured_before(before: DrawnLines, after: DrawnLines) -> DrawnLines:
    """Return the lines before a repair without the length of those that its fault kept from being measured."""
    if before.length_km is None:
        return before
    alike = [line for path, line in before.lines.items() if np.array_equal(line, after.lines.get(path, ()))]
    km = total_km(alike)
    return replace(before, length_km=km or None, repeated_km=before.repeated_km if alike else None)


def furthest_m(before: Lines, after: Lines) -> float | None:
    """Return how far a vertex was moved at most, in metres; None where that cannot be said.

    It can be said of lines that are in degrees before and after and have as many vertices as before.
    """
    pairs = [(line, after[path]) for path, line in before.items() if path in after and len(after[path]) == len(line)]
    pairs = [(old, new) for old, new in pairs if in_degrees(old) and in_degrees(new)]
    if not pairs or len(pairs) < len(before):
        return None
    furthest = 0.0
    for old, new in pairs:
        moved = np.flatnonzero((old != new).any(axis=1))
        if len(moved):
            steps = np.stack([old[moved], new[moved]], axis=1).reshape(-1, 2)
            furthest = max(furthest, float(segment_lengths_m(steps)[::2].max()))
    return furthest


def altered_share(before: Lines, after: Lines, region: Bounds) -> float:
    """Return by what share of its length (0.01 for one in a hundred) a change alters the lines that were sound.

    A line is sound when it is in degrees, does not have latitude first and has no position that is misplaced: nothing
    is measured of such a one. Lines are told apart by their paths; where these changed, as when parts are joined, the
    sums are compared.
    """
    sound = _sound(before, region)
    was = {path: _km(line) for path, line in sound.items()}
    total = sum(was.values())
    if not total:
        return 0.0
    if sound.keys() <= after.keys():
        return sum(abs(_km(after[path]) - km) for path, km in was.items()) / total
    return abs(sum(_km(line) for line in _sound(after, region).values()) - total) / total


def _sound(lines: Lines, region: Bounds) -> Lines:
    turned = latitude_first(list(lines.values()), list(lines).__getitem__, region)
    held = [path for path, line in lines.items() if len(line)]
    shares = shares_inside((lines[path] for path in held), region)
    # Misplaced positions are those of lines that lie partly in the region.
    partly = (path for path, share in zip(held, shares, strict=True) if 0 < share < 1)
    turned |= {path for path in partly if any(misplaced(lines[path], region, how).any() for how in Misplaced)}
    return {path: line for path, line in lines.items() if in_degrees(line) and path not in turned}


def _km(line: Positions) -> float:
    return float(segment_lengths_m(line).sum()) / 1000.0

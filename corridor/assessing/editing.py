"""A line that is being edited: only the segments an edit touches are measured and cut again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corridor.assessing.accuracy import AS_THE_DATA, Tolerance
from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.measures import CutLine
from corridor.assessing.region import Region
from corridor.assessing.sampling import Vertices
from corridor.land.geodesy import Values, segment_lengths_m
from corridor.land.line_rows import LineRows, without_heights
from corridor.land.partition import Parts
from corridor.reading.heights import HIGHEST_M, LOWEST_M
from corridor.reading.limits import LONGEST_ROUTE_KM
from corridor.reading.line_network import network_of
from corridor.reading.route import Route

#: A part of a line needs two vertices to be one.
FEWEST = 2

#: Degrees of longitude between which a vertex can be put: 75 on either side of the meridian of the zone in whose plane
#: distances are measured, beyond which places have no position there.
WESTMOST, EASTMOST = -30.0, 120.0
#: Changes from one territory to another that a line may have: a border on every tenth kilometre of the longest that is
#: measured. Fifty thousand vertices within both bounds take a second at most; jumping about the region they took 8 s.
MOST_CROSSINGS = 2_000


class EditError(ValueError):
    """An edit that cannot be done; the sentence says why, and the line stays as it was."""


@dataclass(frozen=True, eq=False, slots=True)
class Edit:
    """In the part numbered `part`, `gone` vertices from `first` on go, and `put` come in their place.

    `put` has rows of longitude and latitude in degrees and height in metres (NaN where there is none). A move is one
    vertex for one, an addition one for none, a removal none for one.
    """

    part: int
    first: int
    gone: int
    put: Values


@dataclass(frozen=True, eq=False, slots=True)
class _Line:
    """One part: rows of (lon, lat, height), the length of each segment in metres, and the parts by territory."""

    vertices: Values
    lengths_m: Values
    parts: Parts


def check_places(rows: Values) -> None:
    """Raise EditError unless all rows of (lon, lat, height) are places that can be measured, and heights of ground."""
    lonlat = rows[:, :2]
    if not (np.isfinite(lonlat).all() and (np.abs(lonlat) <= (180.0, 90.0)).all()):
        raise EditError("A longitude lies between -180 and 180 degrees and a latitude between -90 and 90.")
    if not ((lonlat[:, 0] >= WESTMOST) & (lonlat[:, 0] <= EASTMOST)).all():
        raise EditError(
            f"A vertex can be put between {WESTMOST:g} and {EASTMOST:g} degrees of longitude here; the land this map "
            "is about lies near 45."
        )
    heights = rows[np.isfinite(rows[:, 2]), 2]
    if not ((heights >= LOWEST_M) & (heights <= HIGHEST_M)).all():
        raise EditError(f"A height lies between {LOWEST_M:g} and {HIGHEST_M:,.0f} m.")


class EditedLine:
    """A route under edits; its assessment is the one the same line gets when it is read from a file."""

    def __init__(self, route: Route, region: Region, tolerance: Tolerance = AS_THE_DATA) -> None:
        """Measure every segment once; raise EditError for a line too long to be measured at each movement.

        What a file states of its accuracy does not hold for a line that is moved by hand, so it is left out; so is what
        it draws a second time, which does not move with the line.
        """
        self.region, self.tolerance = region, tolerance
        self._route = replace(route, stated_accuracy_m=None, again=())
        self._in_all_m = 0.0
        self._lines: list[_Line] = []
        for rows in _rows(route):
            self._lines.append(self._measured(rows))
            self._in_all_m += float(self._lines[-1].lengths_m.sum())
            _check_length(self._in_all_m)

    def _measured(self, rows: Values) -> _Line:
        lonlat = np.ascontiguousarray(rows[:, :2])
        lengths = segment_lengths_m(lonlat)
        _check_length(float(lengths.sum()))
        return _Line(rows, lengths, self.region.territories.parts(lonlat))

    @property
    def parts(self) -> tuple[Values, ...]:
        """The vertices of each part, rows of (lon, lat, height); NaN where there is no height."""
        return tuple(line.vertices for line in self._lines)

    @property
    def count(self) -> int:
        """How many vertices there are."""
        return sum(len(line.vertices) for line in self._lines)

    def apply(self, edit: Edit) -> None:
        """Do an edit; raise EditError, and change nothing, for one that cannot be done."""
        self._check(edit)
        line = self._lines[edit.part]
        stop = edit.first + edit.gone
        rows = np.concatenate([line.vertices[: edit.first], edit.put, line.vertices[stop:]])
        # The segments that touch a vertex that goes or comes; one more vertex on either side bounds them.
        low, high = max(0, edit.first - 1), min(len(line.vertices), stop + 1)
        new_high = high + len(edit.put) - edit.gone
        anew = self._measured(rows[low:new_high])
        gone, came = high - low - 1, new_high - low - 1
        lengths = np.concatenate([line.lengths_m[:low], anew.lengths_m, line.lengths_m[low + gone :]])
        in_all_m = self._in_all_m + float(lengths.sum() - line.lengths_m.sum())
        _check_length(in_all_m)
        self._in_all_m = in_all_m
        self._lines[edit.part] = _Line(rows, lengths, line.parts.spliced(low, gone, anew.parts, came))

    def _check(self, edit: Edit) -> None:
        if not 0 <= edit.part < len(self._lines):
            raise EditError(f"The line has no part {edit.part + 1}; it has {len(self._lines)}.")
        count = len(self._lines[edit.part].vertices)
        if not (0 <= edit.first <= count and 0 <= edit.gone <= count - edit.first):
            raise EditError(f"The edit is about vertex {edit.first + 1}; the line has {count:,} vertices.")
        if count - edit.gone + len(edit.put) < FEWEST:
            raise EditError("A line needs two vertices; the last two cannot be removed.")
        check_places(edit.put)

    def route(self) -> Route:
        """Return the route as it is now, with all that is drawn."""
        return self._route_of(self.parts)

    def counted_route(self) -> Route:
        """Return the route with what it draws again set apart, as it would be when read from a file."""
        network = network_of(self.parts)
        if not network.again or len(network.ways) > 1:
            return self.route()
        return replace(self._route_of(network.ways[0].all_lines), again=without_heights(network.again))

    def _route_of(self, lines: Sequence[Values]) -> Route:
        heights = np.concatenate([rows[:, 2] for rows in lines])
        return replace(
            self._route, lines=without_heights(lines), heights_m=heights if np.isfinite(heights).any() else None
        )

    def assessment(self) -> Assessment:
        """Return the numbers and answers of the line as it is now; what it draws again counts once.

        Raises EditError for one that changes from territory to territory too often to be measured at each movement.
        """
        crossings = sum(np.count_nonzero(np.diff(line.parts.owner)) for line in self._lines)
        if crossings > MOST_CROSSINGS:
            raise EditError(
                f"{crossings:,} times the line goes from one territory to another; up to {MOST_CROSSINGS:,} can be "
                "measured here. Take out the vertices that jump across a border."
            )
        route = self.counted_route()
        if route.again:
            return assess(route, self.region, self.tolerance)
        vertices = Vertices(
            LineRows.together([np.ascontiguousarray(line.vertices[:, :2]) for line in self._lines]),
            LineRows.together([line.lengths_m for line in self._lines]),
        )
        splits = tuple(self.region.territories.split_of(line.parts) for line in self._lines)
        return assess(route, self.region, self.tolerance, cut=CutLine(vertices, splits))


def _check_length(length_m: float) -> None:
    if length_m > LONGEST_ROUTE_KM * 1000.0:
        raise EditError(
            f"{length_m / 1000:,.0f} km are drawn; up to {LONGEST_ROUTE_KM:,} km can be edited here. "
            "Take out the vertices that jump away from the route."
        )


def _rows(route: Route) -> list[Values]:
    """Return rows of (lon, lat, height) for each part of a route."""
    counts = np.cumsum([len(part) for part in route.lines])
    heights = np.full(counts[-1], np.nan) if route.heights_m is None else route.heights_m
    return [
        np.column_stack([part, column])
        for part, column in zip(route.lines, np.split(heights, counts[:-1]), strict=True)
    ]

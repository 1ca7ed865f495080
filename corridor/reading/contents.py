"""What a document offers as routes: its lines by feature, their names, and how their coordinates can be read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Bounds
from corridor.reading.axis_order import latitude_first
from corridor.reading.courses import Courses
from corridor.reading.degree_forms import GON, KILOMETRES, DegreeForm, form_of, in_gon, in_kilometres, mirror_of
from corridor.reading.faults import JsonMembers
from corridor.reading.heights import RunHeights, heights_of
from corridor.reading.line_network import LineNetwork, network_of
from corridor.reading.many_lines import shares_inside
from corridor.reading.misplaced_positions import Misplaced, misplaced
from corridor.reading.names import ChosenName, chosen_name, collection_name, name_around
from corridor.reading.one_way import are_one_way
from corridor.reading.packed_runs import RunArrays, arrays_of, kept, together_by
from corridor.reading.position_runs import PositionRun
from corridor.reading.possible_routes import PossibleRoute, numbered, without_length
from corridor.reading.reference_systems import FEW, degrees_like
from corridor.reading.shared_ground import SharedGround, each_once
from corridor.reading.standing import SystemPart
from corridor.reading.stated_accuracies import written_beside
from corridor.reading.structure import Structure
from corridor.reading.waypoints import Waypoint, waypoints_of
from corridor.reading.written_places import WrittenPlace, written_places


@dataclass(frozen=True, eq=False)
class Contents:
    """A document as a source of routes, on WGS84 where `systems` say that it is; they are its parts by system."""

    structure: Structure
    region: Bounds
    systems: tuple[SystemPart, ...] = ()

    @cached_property
    def lines(self) -> Sequence[PositionRun]:
        """The lines whose positions are all numbers, two or more of them, with the heights that can be right."""
        lines = kept(self.structure.runs, lambda run: run.role == "line" and run.lonlat is not None and run.count >= 2)
        if not self.heights:
            return lines
        return tuple(self.heights[run.path].with_usable if run.path in self.heights else run for run in lines)

    @cached_property
    def heights(self) -> Mapping[str, RunHeights]:
        """The heights of each line that has some, by its JSON path."""
        return heights_of(self.structure)

    @cached_property
    def waypoints(self) -> tuple[Waypoint, ...]:
        """The points of the file, without those in a system that is not known."""
        return waypoints_of(self.structure)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """The share of each line that lies in the region, 0 to 1."""
        return shares_inside(arrays_of(self.lines), self.region)

    @cached_property
    def courses(self) -> Courses:
        """The courses of the lines."""
        return Courses(self.lines)

    @cached_property
    def _accuracies_m(self) -> Mapping[str, float]:
        """By how much lists of positions may lie elsewhere because of their system, in metres by their paths."""
        uncertain = (part for part in self.systems if part.accuracy_m)
        return {run.path: part.accuracy_m for part in uncertain for run in part.runs}

    def system_accuracy_m(self, lines: Sequence[PositionRun]) -> float:
        """Return by how many metres lines may lie elsewhere because of the reference system they were read in."""
        if not self._accuracies_m:
            return 0.0
        return max((self._accuracies_m.get(run.path, 0.0) for run in lines), default=0.0)

    @cached_property
    def written(self) -> tuple[WrittenPlace, ...]:
        """The lists of positions that are not all numbers, and what they say."""
        return tuple(written_places(self.structure))

    @cached_property
    def other_forms(self) -> tuple[tuple[PositionRun, DegreeForm, NDArray[np.float64]], ...]:
        """Lines whose numbers are degrees of another form, or kilometres: the form, and the degrees (or metres)."""
        forms = []
        for run, share in zip(self.lines, self.shares.tolist(), strict=True):
            in_range = run.lonlat is None or in_degrees(run.lonlat)
            form = None if run.lonlat is None else form_of(run.lonlat, self.region, in_range, share > 0, run.beyond)
            if form is not None:
                forms.append((run, *form))
            elif run.lonlat is not None and not in_range and in_kilometres(run.lonlat, self.region):
                forms.append((run, KILOMETRES, run.lonlat * 1000))
        return tuple(forms)

    @cached_property
    def mirrored(self) -> tuple[tuple[PositionRun, DegreeForm, NDArray[np.float64]], ...]:
        """Lines that lie in the region once a sign is changed: which sign, and the longitudes and latitudes then."""
        lines = zip(self.lines, self.shares.tolist(), strict=True)
        outside = ((run, run.lonlat) for run, share in lines if not share and run.lonlat is not None)
        return tuple((run, *mirror) for run, lonlat in outside if (mirror := mirror_of(lonlat, self.region)))

    @cached_property
    def gon(self) -> tuple[tuple[PositionRun, DegreeForm, NDArray[np.float64]], ...]:
        """Lines outside the region that lie in it if their numbers are gon, and the degrees then."""
        stand = {run.path for part in self.systems if part.chosen or part.lonlat is not None for run in part.runs}
        stand |= {run.path for run, _, _ in (*self.other_forms, *self.mirrored)} | self.latitude_first
        lines = zip(self.lines, self.shares.tolist(), strict=True)
        outside = ((run, run.lonlat) for run, share in lines if not share and run.path not in stand)
        read = ((run, in_gon(lonlat, self.region)) for run, lonlat in outside if lonlat is not None)
        return tuple((run, GON, degrees) for run, degrees in read if degrees is not None)

    @cached_property
    def latitude_first(self) -> frozenset[str]:
        """The lines that have latitude first, by their paths; none of those a reader said are right as they stand."""
        stand = {run.path for part in self.systems if part.chosen for run in part.runs}
        lines = kept(self.lines, lambda run: run.path not in stand) if stand else self.lines
        return latitude_first(arrays_of(lines), lambda number: lines[number].path, self.region)

    @cached_property
    def candidates(self) -> tuple[PossibleRoute, ...]:
        """Everything that holds a line, lies on no other and is no second track, in the order of the file."""
        return self._routes[0]

    @property
    def shared_ground(self) -> tuple[SharedGround, ...]:
        """How far candidates run on ground of earlier ones, by their numbers."""
        return self._routes[1]

    @cached_property
    def _routes(self) -> tuple[tuple[PossibleRoute, ...], tuple[SharedGround, ...]]:
        around = collection_name(self.structure.document)
        each = tuple(
            self._candidate(number, value, self._with_length(runs), around)
            for number, value, runs in self._by_feature()
        )
        if _are_one(each):
            return (_as_one(each),), ()
        routes = numbered(each)
        return each_once(routes, [all(map(in_degrees, candidate.arrays)) for candidate in routes])

    def _with_length(self, runs: Sequence[PositionRun]) -> Sequence[PositionRun]:
        """Return the lines of a feature without its parts that have no length."""
        unmoving = self.parts_without_length
        return kept(runs, lambda run: run.path not in unmoving) if len(runs) > 1 and unmoving else runs

    def _candidate(
        self, number: int | None, value: JsonMembers, runs: Sequence[PositionRun], around: ChosenName | None
    ) -> PossibleRoute:
        """Return lines as a candidate, those of the feature of a number, or of none; `value` is what has properties."""
        given = value.get("properties")
        properties = given if isinstance(given, dict) else {}
        name = chosen_name(properties, value.get("id"))
        inherited = name is None
        name = name or name_around(properties) or around
        return PossibleRoute(
            name=None if name is None else name.name,
            lines=runs,
            holder=self.structure.record_of(number) or properties,
            named_by="" if name is None or name.plain else name.member,
            inherited=inherited and name is not None,
        )

    def _by_feature(self) -> Iterator[tuple[int | None, JsonMembers, Sequence[PositionRun]]]:
        """Yield the lines feature by feature, with its number and value, those that stand in none together."""
        alone_came = False
        for lines in together_by(self.lines, lambda run: run.path.rpartition("/geometry/")[0]):
            feature = self.structure.feature_of(lines[0])[1]
            if feature is not None:
                yield lines[0].feature, feature, lines
            elif not alone_came:
                alone_came = True
                alone = kept(self.lines, lambda run: self.structure.feature_of(run)[1] is None)
                yield None, {"properties": written_beside(self.structure.document)}, alone

    @cached_property
    def parts_without_length(self) -> frozenset[str]:
        """The lines whose positions are all the same, beside others of the same feature that have a length."""
        several = (runs for runs in together_by(self.lines, lambda run: run.feature) if len(runs) > 1)
        return frozenset(path for runs in several if len(paths := without_length(runs)) < len(runs) for path in paths)

    @cached_property
    def lines_alone(self) -> frozenset[str]:
        """The lines that are all of their route, by their paths."""
        return frozenset(candidate.lines[0].path for candidate in self.candidates if len(candidate.lines) == 1)

    def misplaced(self, run: PositionRun) -> NDArray[np.bool_]:
        """Return which positions of a line are given otherwise than the others."""
        which = np.zeros(run.count, dtype=bool)
        for lines in self.partly_misplaced.values():
            which |= lines.get(run.path, False)
        return which

    @cached_property
    def partly_misplaced(self) -> dict[Misplaced, dict[str, NDArray[np.bool_]]]:
        """The positions given otherwise than the others of their line, in each way, by the path of the line."""
        # A line without a place inside the region has none that is right; one wholly inside has no other.
        shares = zip(self.lines, self.shares.tolist(), strict=True)
        partly = [(run.path, run.lonlat) for run, share in shares if 0 < share < 1 and run.lonlat is not None]
        return {
            how: {path: which for path, lonlat in partly if (which := misplaced(lonlat, self.region, how)).any()}
            for how in Misplaced
        }

    @cached_property
    def too_long(self) -> tuple[PossibleRoute, ...]:
        """The candidates in degrees that are longer than any route that is measured."""
        unmeasured = (self.candidates[number] for number, network in self.networks.items() if network is None)
        return tuple(candidate for candidate in unmeasured if all(map(in_degrees, candidate.arrays)))

    @cached_property
    def networks(self) -> Mapping[int, LineNetwork | None]:
        """What the lines of candidates are together, by their numbers; None for one not all in degrees or too long.

        Those are left out that are one line, just as it is drawn, of which nothing is unusual.
        """
        networks: dict[int, LineNetwork | None] = {}
        for number, candidate in enumerate(self.candidates):
            if not measurable(candidate):
                networks[number] = None
            elif len(candidate.lines) > 1 or candidate.lines[0].count > 2:
                network = network_of(candidate.rows)
                if not network.as_drawn or network.unusual:
                    networks[number] = network
        return networks


def measurable(candidate: PossibleRoute) -> bool:
    """Whether all of a candidate is in degrees, and not too long."""
    return all(in_degrees(array) for array in candidate.arrays) and not candidate.too_long


#: Features of one line each up to which they stay routes of their own: so many can be compared.
MOST_SEPARATE = 12
#: Features among which it is asked whether they are one route.
MOST_TOGETHER = 20_000


def _are_one(candidates: tuple[PossibleRoute, ...]) -> bool:
    """Whether candidates are the ways a map's database keeps a road in: many single lines, strung end to end."""
    if not MOST_SEPARATE < len(candidates) <= MOST_TOGETHER:
        return False
    if any(len(candidate.lines) != 1 or candidate.feature is None for candidate in candidates):
        return False
    arrays = RunArrays([candidate.lines[0] for candidate in candidates])
    return all(map(in_degrees, arrays)) and are_one_way(arrays)


def _as_one(candidates: tuple[PossibleRoute, ...]) -> PossibleRoute:
    """Return candidates as one route, called what most of their length with a name is called."""
    lengths: dict[str, int] = {}
    for candidate in candidates:
        if candidate.name is not None:
            lengths[candidate.name] = lengths.get(candidate.name, 0) + candidate.lines[0].count
    name = max(lengths, key=lambda key: lengths[key], default=None)
    if name is not None and 2 * lengths[name] < sum(lengths.values()):
        name = None
    first = next((candidate for candidate in candidates if candidate.name == name), candidates[0])
    return PossibleRoute(
        name=name,
        lines=tuple(candidate.lines[0] for candidate in candidates),
        holder=first.holder,
        named_by="" if name is None else first.named_by,
        inherited=name is not None and first.inherited,
        features=tuple(candidate.feature for candidate in candidates if candidate.feature is not None),
    )


def in_degrees(lonlat: NDArray[np.float64]) -> bool:
    """Whether every row can be a longitude and a latitude."""
    if len(lonlat) <= FEW:
        return all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in lonlat.tolist())
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    return degrees_like((lon.min(), lat.min(), lon.max(), lat.max()))

"""What is taken from a document: its candidates for routes, its points, its reference systems, all that is found."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corridor.land.geodesy import CRS84, Bounds
from corridor.reading.checks.all_checks import check_contents
from corridor.reading.checks.explained import set_side_by_side, unexplained
from corridor.reading.checks.systems import said_of_choices
from corridor.reading.contents import Contents
from corridor.reading.faults import Finding, FindingsWithSpots
from corridor.reading.line_network import LineNetwork, as_drawn
from corridor.reading.possible_routes import PossibleRoute
from corridor.reading.reference_systems import code
from corridor.reading.standing import ChosenSystems
from corridor.reading.stated_accuracies import system_m
from corridor.reading.structure import Structure
from corridor.reading.system_parts import in_lonlat, system_parts
from corridor.reading.waypoints import Waypoint

#: What keeps a line from being seen at all: that there is none is then no further news.
HIDE_LINES = frozenset(("member-wrong-type", "member-missing", "type-missing", "type-unknown", "not-an-object"))


@dataclass(frozen=True, eq=False, slots=True)
class TakenContents:
    """What a document held, which itself is of no use any more; nothing here keeps it.

    `networks` say what the lines of candidates are together, by their numbers, as `Contents.networks`;
    `accuracies_m` by how many metres those of one may lie elsewhere because of the system they were read in, where they
    may. `crs` is None where no system is known, and `converted` says that positions were converted from one.
    """

    candidates: deque[PossibleRoute]
    networks: Mapping[int, LineNetwork | None]
    accuracies_m: Mapping[int, float]
    waypoints: tuple[Waypoint, ...]
    findings: FindingsWithSpots
    crs: str | None
    converted: bool

    def networks_in_turn(self) -> Iterator[tuple[int, PossibleRoute, LineNetwork | None]]:
        """Yield each candidate with its number and what its lines are together, None where they cannot be measured.

        A candidate that was come to is kept no more: thousands of them make room for the routes that they become.
        """
        for number in range(len(self.candidates)):
            candidate = self.candidates.popleft()
            drawn = number not in self.networks
            yield number, candidate, as_drawn(candidate.rows[0]) if drawn else self.networks[number]

    def with_routes_told(self, of_archive: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return what was found of an archive, told of the routes that are left of its files."""
        return set_side_by_side(of_archive, self.candidates)


def taken_from(
    structure: Structure, region: Bounds, chosen: ChosenSystems, findings: FindingsWithSpots
) -> TakenContents:
    """Return what a document holds; to what was found of it before comes what its contents show."""
    systems = system_parts(structure, region, chosen)
    contents = Contents(in_lonlat(structure, systems), region, systems)
    of_contents = check_contents(contents)
    if any(finding.code in HIDE_LINES for finding, _ in findings):
        of_contents = [pair for pair in of_contents if pair[0].code != "no-line"]
    findings = unexplained(findings, contents) + said_of_choices(systems) + of_contents
    names = dict.fromkeys(code(part.system) for part in systems if part.system and not part.unread)
    return TakenContents(
        candidates=deque(contents.candidates),
        networks=contents.networks,
        accuracies_m={
            number: metres
            for number, candidate in enumerate(contents.candidates)
            if (metres := contents.system_accuracy_m(candidate.lines) + system_m(candidate.properties))
        },
        waypoints=contents.waypoints,
        findings=findings,
        crs=(", ".join(names) or None) if systems else CRS84,
        converted=any(part.lonlat is not None for part in systems),
    )

"""Of which route a finding is said, where a file gives several: what is alike on some is said once and lists them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from corridor.quantities import first_listed
from corridor.reading.checks.file import FILE_CHECKS
from corridor.reading.checks.line import LINE_CHECKS
from corridor.reading.checks.misplaced import MISPLACED_CHECKS
from corridor.reading.checks.network import NETWORK_CHECKS
from corridor.reading.contents import Contents
from corridor.reading.faults import FaultSpot, Finding, FindingsWithSpots, shown
from corridor.reading.possible_routes import PossibleRoute

#: Codes of what is said of a file as a whole, or of several of its lines at once.
OF_THE_FILE = frozenset(
    ("no-line", "polygon-for-line", "piece-of-route", "same-route", "second-track", "part-without-length",
     "read-as-one", "routes-follow", "routes-join")
)  # fmt: skip
#: Codes of what is said of one line or route.
OF_A_ROUTE = frozenset(
    check.code for check in (*FILE_CHECKS, *LINE_CHECKS, *MISPLACED_CHECKS, *NETWORK_CHECKS)
) - OF_THE_FILE  # fmt: skip


def with_routes_named(findings: FindingsWithSpots, contents: Contents) -> FindingsWithSpots:
    """Return findings, each of one of several routes with what that is called (`route`)."""
    if not any(finding.code in OF_A_ROUTE for finding, _ in findings):
        return findings
    names = _names(contents.candidates)
    if len(names) < 2:
        return findings
    # Thousands of spots may have one and the same finding, which stays one.
    named: dict[int, Finding] = {}
    for finding, _ in findings:
        if id(finding) not in named and finding.code in OF_A_ROUTE and finding.feature in names:
            named[id(finding)] = replace(finding, route=names[finding.feature])
    return [(named.get(id(finding), finding), spot) for finding, spot in findings]


def _names(candidates: Sequence[PossibleRoute]) -> dict[int | None, str]:
    """Return what the route of each feature is called: by its name, by its number too where others are called so."""
    counts = Counter(candidate.name for candidate in candidates)
    names: dict[int | None, str] = {}
    for number, candidate in enumerate(candidates, start=1):
        name = f"“{shown(candidate.name)}”" if candidate.name else f"route {number}"
        if candidate.name and counts[candidate.name] > 1:
            name = f"route {number}, {name}"
        names |= dict.fromkeys(candidate.features or (candidate.feature,), name)
        names |= {piece.feature: f"“{shown(piece.name)}”" for piece in candidate.covered if piece.name}
    return names


def once_for_all_routes(findings: Iterable[tuple[Finding, FaultSpot]]) -> FindingsWithSpots:
    """Return findings with their routes named in their sentences; of those said alike of several routes the first."""
    routes: dict[int, list[str]] = {}
    firsts: dict[tuple[object, ...], int] = {}
    kept: FindingsWithSpots = []
    spots: set[int] = set()
    for finding, spot in list(findings):
        # What has the spot of an earlier one has its words too: it stands for a place that was not put into words.
        repeated = id(spot) in spots
        spots.add(id(spot))
        if not finding.route or repeated:
            kept.append((finding, spot))
            continue
        alike = (finding.code, finding.says, finding.advice, finding.severity, finding.blocks)
        first = firsts.setdefault(alike, len(kept))
        if first == len(kept) or finding.route in routes[first]:
            routes[len(kept)] = [finding.route]
            kept.append((finding, spot))
        else:
            routes[first].append(finding.route)
    for index, names in routes.items():
        finding, spot = kept[index]
        kept[index] = replace(finding, says=f"{finding.says} This is on {first_listed(names)}."), spot
    return kept

"""Every check a reader's own file goes through, in the order they are made, and the findings they lead to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from corridor.reading.checks.collections import COLLECTION_CHECKS
from corridor.reading.checks.explained import EXPLAINED
from corridor.reading.checks.file import FILE_CHECKS
from corridor.reading.checks.heights import HEIGHT_CHECKS
from corridor.reading.checks.line import LINE_CHECKS
from corridor.reading.checks.misplaced import MISPLACED_CHECKS
from corridor.reading.checks.names import ROUTE_NAME_CHECKS
from corridor.reading.checks.network import NETWORK_CHECKS
from corridor.reading.checks.of_routes import once_for_all_routes, with_routes_named
from corridor.reading.checks.other_forms import OTHER_FORM_CHECKS
from corridor.reading.checks.points import POINT_CHECKS
from corridor.reading.checks.positions import POSITION_CHECKS
from corridor.reading.checks.rings import RING_CHECKS
from corridor.reading.checks.shared_ground import SHARED_GROUND_CHECKS
from corridor.reading.checks.structure import STRUCTURE_CHECKS, is_plainly_sound
from corridor.reading.checks.systems import SYSTEM_CHECKS
from corridor.reading.checks.written import WRITTEN_CHECKS
from corridor.reading.contents import Contents
from corridor.reading.faults import Check, CheckSubject, Count, FaultSpot, Finding, FindingsWithSpots, Mend, Severity
from corridor.reading.formats.archives import ARCHIVE_CHECKS
from corridor.reading.formats.beside import BESIDE_CHECKS
from corridor.reading.formats.database_checks import DATABASE_CHECKS
from corridor.reading.formats.empty_files import EMPTY_CHECKS
from corridor.reading.formats.encoding_checks import ENCODING_CHECKS
from corridor.reading.formats.json_places import JsonPlaces
from corridor.reading.formats.json_signs import SIGN_CHECKS
from corridor.reading.formats.json_syntax import SYNTAX_CHECKS
from corridor.reading.formats.json_text import TEXT_CHECKS, doubled_names, keep_last
from corridor.reading.formats.reading_checks import FORMAT_CHECKS
from corridor.reading.formats.recognition_checks import RECOGNITION_CHECKS
from corridor.reading.formats.single_points import SINGLE_POINT_CHECKS
from corridor.reading.formats.xml_mending import XML_MENDING_CHECKS
from corridor.reading.formats.xml_text import XML_CHECKS
from corridor.reading.limits import JSON_SIZE_CHECKS, SIZE_CHECKS
from corridor.reading.structure import Structure

#: So many findings are listed one by one whatever they are; of more, so many of each code, and the rest are counted in
#: one. Nobody reads fifty of the same.
READABLE, MOST_OF_A_CODE = 12, 3


def _doubled(doubled: Sequence[tuple[str, str]], in_properties: bool) -> Iterator[FaultSpot]:
    for path, name in doubled:
        if ("/properties" in path) == in_properties:
            yield FaultSpot(path=path, words={"name": name})


def _doubled_members(doubled: Sequence[tuple[str, str]]) -> Iterator[FaultSpot]:
    return _doubled(doubled, False)


def _doubled_properties(doubled: Sequence[tuple[str, str]]) -> Iterator[FaultSpot]:
    return _doubled(doubled, True)


#: The subject is what `doubled_names` found.
NAME_CHECKS: tuple[Check[Sequence[tuple[str, str]]], ...] = (
    Check(
        "duplicate-member",
        Severity.ERROR,
        "The entry “{name}” stands more than once in one object; programs disagree which one counts.",
        "Keep one of them, or let the last be kept, which was read.",
        _doubled_members,
        Mend("keep the last of entries that are called the same", text=keep_last),
    ),
    Check(
        "duplicate-property",
        Severity.WARNING,
        "The property “{name}” stands more than once in one object.",
        "Keep one of them. The last was read.",
        _doubled_properties,
    ),
)

#: What is looked for once the contents are known.
CONTENTS_CHECKS: tuple[Check[Contents], ...] = (
    *SYSTEM_CHECKS, *WRITTEN_CHECKS, *OTHER_FORM_CHECKS, *FILE_CHECKS, *SHARED_GROUND_CHECKS, *ROUTE_NAME_CHECKS,
    *POINT_CHECKS, *HEIGHT_CHECKS, *LINE_CHECKS, *MISPLACED_CHECKS, *NETWORK_CHECKS,
)  # fmt: skip

#: Every check, in the order they are made; tests walk this tuple.
CHECKS: tuple[Check[Any], ...] = (
    *SIZE_CHECKS, *ARCHIVE_CHECKS, *XML_MENDING_CHECKS, *ENCODING_CHECKS, *XML_CHECKS, *DATABASE_CHECKS,
    *FORMAT_CHECKS, *RECOGNITION_CHECKS, *BESIDE_CHECKS, *SINGLE_POINT_CHECKS,
    *EMPTY_CHECKS, *TEXT_CHECKS, *JSON_SIZE_CHECKS, *SIGN_CHECKS, *SYNTAX_CHECKS, *NAME_CHECKS,
    *STRUCTURE_CHECKS, *COLLECTION_CHECKS, *POSITION_CHECKS, *RING_CHECKS, *CONTENTS_CHECKS,
)  # fmt: skip

#: Codes of what is found of lines, and mended, once they are in longitude and latitude on WGS84.
ON_WGS84 = frozenset(check.code for check in (*FILE_CHECKS, *LINE_CHECKS))


def run_checks(
    checks: Sequence[Check[CheckSubject]], subjects: Iterable[CheckSubject], most: int | None = None
) -> FindingsWithSpots:
    """Return the findings of checks on subjects with their spots, subject by subject.

    Where `most` is given, so many findings of each check have a sentence of their own, see `_few_in_words`.
    """
    spots = ((check, spot) for subject in subjects for check in checks for spot in check.find(subject))
    if most is None:
        return [(check.finding(spot), spot) for check, spot in spots]
    return _few_in_words(spots, most)


def _few_in_words(spots: Iterable[tuple[Check[CheckSubject], FaultSpot]], most: int) -> FindingsWithSpots:
    """Return a finding for every spot, of which the first `most` of each check and the last are put into words.

    Those between repeat the words of an earlier one: thousands of features may have the same fault, and nobody reads
    each. They are counted (`placed`), and say which features they block.
    """
    findings: FindingsWithSpots = []
    counts: Counter[str] = Counter()
    in_words: dict[str, tuple[Finding, FaultSpot]] = {}
    last: dict[str, tuple[int, Check[CheckSubject], FaultSpot]] = {}
    for check, spot in spots:
        counts[check.code] += 1
        if counts[check.code] <= most or check.code in EXPLAINED:
            in_words[check.code] = check.finding(spot), spot
            findings.append(in_words[check.code])
        else:
            last[check.code] = len(findings), check, spot
            earlier, place = in_words[check.code]
            findings.append((_repeated(earlier, check, spot), place))
    for index, check, spot in last.values():
        findings[index] = check.finding(spot), spot
    return findings


def _repeated(earlier: Finding, check: Check[CheckSubject], spot: FaultSpot) -> Finding:
    """Return an earlier finding of a check for another spot, which says nothing but what is blocked there."""
    blocks = check.blocks or spot.blocks
    if not blocks and not earlier.blocks:
        return earlier  # the same object for thousands of spots: each of its own would be most of what is held
    return replace(earlier, severity=check.severity_at(spot), feature=spot.feature, blocks=blocks)


def check_structure(data: bytes, structure: Structure, most: int | None = READABLE) -> FindingsWithSpots:
    """Return what is wrong with a document as GeoJSON: doubled names, objects, positions; each with `most` None."""
    doubled = doubled_names(data, structure.document, structure.plain)
    findings = run_checks(NAME_CHECKS, [doubled], most) if doubled else []
    nodes = (node for node in structure.nodes if not is_plainly_sound(node))
    findings += run_checks((*STRUCTURE_CHECKS, *COLLECTION_CHECKS), nodes, most)
    return findings + run_checks((*POSITION_CHECKS, *RING_CHECKS), [structure], most)


def check_contents(contents: Contents) -> FindingsWithSpots:
    """Return what is unusual about a document as a source of routes: systems, places, names, courses of lines."""
    return with_routes_named(run_checks(CONTENTS_CHECKS, [contents], READABLE), contents)


def placed(findings: Iterable[tuple[Finding, FaultSpot]], places: JsonPlaces | None) -> tuple[Finding, ...]:
    """Return the findings with line and column, what is said alike of several routes once.

    Of more than READABLE some of each code are listed, and the others counted.
    """
    findings = once_for_all_routes(findings)
    most = len(findings) if len(findings) <= READABLE else MOST_OF_A_CODE
    counts: Counter[str] = Counter()
    listed: list[Finding] = []
    last: dict[str, Finding] = {}
    for finding, spot in findings:
        counts[finding.code] += 1
        if counts[finding.code] > most:
            if finding.blocks or not (finding.code in last and last[finding.code].blocks):
                last[finding.code] = finding
            continue
        offset = spot.offset
        if offset is None and spot.path is not None and places is not None:
            offset = places.offset(spot.path)
        if offset is not None and places is not None:
            line, column = places.line_and_column(offset)
            finding = replace(finding, line=line, column=column)
        listed.append(finding)
    for code, finding in last.items():
        more = counts[code] - most
        says = f"{Count(more):more place is|more places are} like the ones above, and not listed one by one."
        listed.append(replace(finding, says=says, path=None, feature=None, lon=None, lat=None))
    return tuple(listed)

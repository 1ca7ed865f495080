"""What `corridor check`, `mend` and `compare` do, file after file; a bad file is reported and never stops the rest."""

import argparse
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.candidate_routes import read_candidate_routes
from corridor.assessing.comparison import AT_MOST, Comparison, compare
from corridor.assessing.comparison_records import comparison_record
from corridor.assessing.lengths import RouteLengths, lengths_of
from corridor.assessing.region import Region
from corridor.assessing.route_records import file_record, unfinished_record, unread_record
from corridor.candidates import CandidateId, Mode
from corridor.commands.bounded import (
    ERROR_FOUND,
    FINE,
    WRONG_USE,
    CommandOutput,
    bounds,
    bytes_of,
    given_by_hand,
    in_bounds,
    say,
)
from corridor.commands.readable import readable_comparison
from corridor.commands.systems import ANSWERABLE, choice_line, mends_in, read_in, unanswered
from corridor.office.lines import read_redrawn_routes
from corridor.quantities import counted, kilometres, listed
from corridor.reading.faults import Finding, Severity
from corridor.reading.limits import LIMITS
from corridor.reading.mend import MENDABLE
from corridor.reading.route import Reading, read_route
from corridor.settings import read_settings
from corridor.store.bounds import Failed
from corridor.store.separate_process import done_in_own_process
from corridor.store.work import region, region_at_hand
from corridor.storyboard.open_findings import open_findings

#: Routes of one file that `check` sets beside every question, about 2 ms and 8 kB of JSON each; of the others, up to
#: MOST_MEASURED, it gives the kilometres by territory.
MOST_JUDGED = 300
MOST_MEASURED = 10_000


def check(arguments: argparse.Namespace) -> int:
    """Read, measure and judge every file in the order given, each in a process of its own."""
    within = bounds()
    if within is None:
        return WRONG_USE
    # Read here once, each process begins with it; one file alone works out by itself what it asks for.
    if len(arguments.files) > 1:
        region_at_hand()
    region()
    status = FINE
    for file in arguments.files:
        start = time.perf_counter()
        output = done_in_own_process(
            _checked, file, given_by_hand(file), arguments.mode, arguments.crs, arguments.json, bounds=within
        )
        if isinstance(output, Failed):
            output = _not_finished(file, output, time.perf_counter() - start, as_json=arguments.json)
        status = max(status, say(output))
    return status


def _checked(file: str, given: bytes | None, mode: Mode | None, crs: str | None, as_json: bool) -> CommandOutput:
    start = time.perf_counter()
    data = bytes_of(file, given)
    if isinstance(data, CommandOutput):
        return replace(data, out=json_line(unread_record(file))) if as_json else data
    reading = read_in(data, file, crs)
    if mode is not None:
        reading = reading.said_to_be(mode)
    assessments = [assess(route, region()) for route in reading.routes[:MOST_JUDGED]]
    more = lengths_of(reading.routes[MOST_JUDGED:MOST_MEASURED], region())
    if len(assessments) < len(reading.routes):
        reading = replace(reading, findings=(*reading.findings, _too_many_routes(len(reading.routes))))
    status = ERROR_FOUND if reading.worst is Severity.ERROR else FINE
    if as_json:
        return CommandOutput(status, json_line(file_record(reading, assessments, time.perf_counter() - start, more)))
    return CommandOutput(status, printable(readable(reading, assessments, region(), more)) + "\n")


def _too_many_routes(count: int) -> Finding:
    return Finding(
        code="more-routes-than-measured",
        severity=Severity.WARNING,
        says=f"The file has {count:,} routes: the first {MOST_JUDGED} were set beside every question, "
        + (
            "of the others the kilometres were measured."
            if count <= MOST_MEASURED
            else f"of the others up to number {MOST_MEASURED:,} the kilometres were measured."
        ),
        advice="If they are pieces of one route, join them; if not, send the ones that matter in files of their own.",
    )


def _not_finished(file: str, failed: Failed, seconds: float, *, as_json: bool) -> CommandOutput:
    """Return what is said of a file whose work was stopped."""
    if as_json:
        return CommandOutput(ERROR_FOUND, json_line(unfinished_record(file, _sha256(file), failed.says, seconds)))
    return CommandOutput(ERROR_FOUND, printable(f"{file}: not read\n  error: {failed.says}") + "\n")


def _sha256(file: str) -> str | None:
    """Return the hash of a file that is small enough to be read; None for others."""
    path = Path(file)
    try:
        if not path.is_file() or path.stat().st_size > LIMITS.file_bytes:
            return None
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def json_line(record: Mapping[str, object]) -> str:
    """Return a record as one line of JSON; text that has no UTF-8 form (half a surrogate pair) is escaped."""
    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(record)
    return line


def printable(text: str) -> str:
    """Return text with what could steer a terminal replaced; a file's own words come from anywhere."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "\N{REPLACEMENT CHARACTER}" for sign in text)


def readable(
    reading: Reading, assessments: Sequence[Assessment], region: Region, more: Sequence[RouteLengths] = ()
) -> str:
    """Return what was found of a file for a terminal; of `more` routes only the kilometres are known."""
    lines = [f"{reading.file}: {reading.format}, GeoJSON {reading.geojson}, usable routes: {len(reading.routes)}"]
    for finding in reading.findings:
        place = f" (line {finding.line}, column {finding.column})" if finding.line else ""
        lines.append(f"  {finding.severity}: {finding.says}{place} {finding.advice}")
        lines += [choice_line(choice) for choice in finding.systems]
    for assessment in assessments:
        measures = assessment.measures
        again = f"; {measures.said_of_repeats}" if measures.said_of_repeats else ""
        length = f"{kilometres(measures.length_km)}{again}"
        lines.append(f"  {assessment.route.name}: {length}, accuracy {measures.accuracy.says}")
        for share in measures.shares:
            lines.append(
                f"    {region.label(share.territory)}: {kilometres(share.km)} "
                f"(between {kilometres(share.least_km)} and {kilometres(share.most_km)})"
            )
        for crossing in measures.crossings:
            lines.append(
                f"    km {crossing.at_km:,.1f}: {region.label(crossing.before)} to {region.label(crossing.after)}"
            )
        for verdict in assessment.verdicts:
            lines.append(f"    {verdict.criterion.id} {verdict.judgement.answer}: {verdict.judgement.because}")
    for lengths in more:
        shares = ", ".join(f"{region.label(name)} {kilometres(km)}" for name, km in lengths.by_territory_km.items())
        lines.append(f"  {lengths.route.name}: {kilometres(lengths.length_km)} ({shares})")
    return "\n".join(lines)


@dataclass(frozen=True, eq=False, slots=True)
class _Named:
    """A route the command line named: a shipped candidate by its id, or one of a file by the file's name and hash."""

    assessment: Assessment
    candidate: CandidateId = ""
    file: str = ""
    sha256: str = ""
    open_findings: str = ""


def compare_routes(arguments: argparse.Namespace) -> int:
    """Set the first route of the first file, or a shipped candidate, beside every route of the others."""
    names = [arguments.base, *arguments.others]
    region()
    given = [given_by_hand(name) for name in names]
    # Where the office's file is, is read here: the process that compares may have begun in another environment.
    return in_bounds(_compared, arguments, given, read_settings().office_updates, pieces=len(names))


def _compared(arguments: argparse.Namespace, given: Sequence[bytes | None], office_updates: Path) -> CommandOutput:
    status, refused = FINE, ""
    routes: list[_Named] = []
    candidates: dict[CandidateId, Assessment] | None = None
    for name, bytes_given in zip((arguments.base, *arguments.others), given, strict=True):
        if not Path(name).exists():
            if candidates is None:
                routes_here = read_redrawn_routes(office_updates)
                refused = printable("\n".join(f"corridor: {problem}" for problem in routes_here.problems))
                candidates = read_candidate_routes(region(), segments=routes_here.features)
            identity = name.removeprefix("candidate/")
            if identity in candidates:
                routes.append(_Named(candidates[identity], identity))
                continue
        data = bytes_of(name, bytes_given)
        if isinstance(data, CommandOutput):
            return data
        reading = read_route(data, name)
        if reading.worst is Severity.ERROR:
            status = ERROR_FOUND
        if not reading.usable:
            said = f"corridor: {name}: no route could be taken from it; `corridor check` says why."
            return CommandOutput(ERROR_FOUND, err=said)
        if len(routes) + len(reading.routes) > AT_MOST:
            return _not_so_many(len(routes) + len(reading.routes))
        left_open, file = open_findings(reading.findings), Path(name).name
        routes += [_Named(assess(route, region()), "", file, reading.sha256, left_open) for route in reading.routes]
    if not 2 <= len(routes) <= AT_MOST:
        return _not_so_many(len(routes))
    comparison = compare(routes[0].assessment, [route.assessment for route in routes[1:]], region().labels)
    if arguments.out is not None:
        made = _file_of(comparison, routes, arguments)
        return replace(made, status=max(status, made.status), err=made.err or refused)
    if arguments.json:
        return CommandOutput(status, json_line(comparison_record(comparison)), err=refused)
    return CommandOutput(status, printable(readable_comparison(comparison)), err=refused)


def _not_so_many(count: int) -> CommandOutput:
    return CommandOutput(WRONG_USE, err=f"corridor: from 2 to {AT_MOST} routes can be compared, not {count}.")


def _file_of(comparison: Comparison, named: Sequence[_Named], arguments: argparse.Namespace) -> CommandOutput:
    """Return a comparison as the kind of file the suffix names."""
    # Imported here, since it brings in the libraries of maps and workbooks, which nothing else here has to wait for.
    from corridor.present.briefing_files.comparison_files import COMPARISON_FILES, Compared
    from corridor.present.comparing.route import compared_candidate, compared_own
    from corridor.present.context import read_briefing_context

    out = Path(arguments.out)
    kind = next((file_kind for file_kind in COMPARISON_FILES if f".{file_kind.suffix}" == out.suffix.lower()), None)
    if kind is None:
        known = listed([f".{file_kind.suffix}" for file_kind in COMPARISON_FILES])
        said = f"corridor: {arguments.out}: a comparison is written as {known}, not as “{out.suffix}”."
        return CommandOutput(WRONG_USE, err=said)
    context, made_on = read_briefing_context(), arguments.made_on or date.today()
    routes = tuple(
        compared_candidate(route.candidate, context)
        if route.candidate
        else compared_own(route.assessment, route.file, route.sha256, made_on, number, context, route.open_findings)
        for number, route in enumerate(named, start=1)
    )
    data = kind.write(Compared(comparison, routes, context, made_on, arguments.handling))
    record = {"to": arguments.out, "kind": kind.suffix, "routes": list(comparison.names), "bytes": len(data)}
    words = printable(f"{arguments.out}: {counted(len(named), 'route')} compared.")
    return CommandOutput(FINE, json_line(record) if arguments.json else words, data=data, to=arguments.out)


def mend_file(arguments: argparse.Namespace) -> int:
    """Mend what cannot be wrong in a file, or the codes named alone; write the result, and print the ledger."""
    unknown = [code for code in arguments.only if code not in MENDABLE]
    if unknown:
        said = f"no repair is called {listed(unknown)}; “corridor check FILE --json” gives the codes."
        return say(CommandOutput(WRONG_USE, err=f"corridor: {said}"))
    if arguments.output is None and not arguments.dry_run:
        return say(CommandOutput(WRONG_USE, err="corridor: say with -o where to write, or ask with --dry-run."))
    return in_bounds(_mended, arguments, given_by_hand(arguments.file))


def _mended(arguments: argparse.Namespace, given: bytes | None) -> CommandOutput:
    data = bytes_of(arguments.file, given)
    if isinstance(data, CommandOutput):
        return data
    reading = read_route(data, arguments.file)
    mended = mends_in(reading, arguments.only, arguments.crs)
    idle = [code for code in dict.fromkeys(arguments.only) if code not in {entry.code for entry in mended.ledger}]
    questions = [printable(line) for line in unanswered(mended.reading.findings, idle)]
    if questions and ANSWERABLE.intersection(idle):
        return CommandOutput(WRONG_USE, err="\n".join(questions))
    ledger = json_line(mended.ledger_json()) if arguments.json else printable(mended.ledger_text())
    says = [f"{listed(idle)}: nothing to mend was found in the file."] if idle else []
    if not mended.valid:
        says.append("what comes of it is not valid GeoJSON with a line or point in it, so nothing is written.")
    return CommandOutput(
        ERROR_FOUND if mended.reading.worst is Severity.ERROR or not mended.valid else FINE,
        ledger,
        "\n".join([*questions, *(f"corridor: {sentence}" for sentence in says)]),
        data=mended.data if mended.valid and not arguments.dry_run else None,
        to=arguments.output,
    )

"""What `corridor check`, `mend` and `compare` do, file after file; a bad file is reported and never stops the rest."""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.candidate_routes import read_candidate_routes
from corridor.assessing.comparison import AT_MOST, Comparison, compare
from corridor.assessing.region import Region, read_region
from corridor.assessing.route_records import comparison_record, file_record, unread_record
from corridor.candidates import CandidateId
from corridor.quantities import counted, kilometres, listed, metres
from corridor.reading.faults import Severity
from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route

FINE, ERROR_FOUND, WRONG_USE = 0, 1, 2


def check(arguments: argparse.Namespace) -> int:
    """Read, measure and judge every file in the order given."""
    region = read_region()
    status = FINE
    for file in arguments.files:
        start = time.perf_counter()
        data = _bytes(file)
        if data is None:
            status = WRONG_USE
            if arguments.json:
                print(json_line(unread_record(file)), flush=True)
            continue
        reading = read_route(data, file)
        assessments = [assess(route, region) for route in reading.routes]
        seconds = time.perf_counter() - start
        if arguments.json:
            print(json_line(file_record(reading, assessments, seconds)), flush=True)
        else:
            print(printable(readable(reading, assessments, region)), end="\n\n", flush=True)
        if reading.worst is Severity.ERROR:
            status = max(status, ERROR_FOUND)
    return status


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


def _bytes(file: str) -> bytes | None:
    """Return a file's bytes; None, said on standard error, when there is no such file to read."""
    try:
        return Path(file).read_bytes()
    except OSError as error:
        print(f"corridor: {file}: {error.strerror or error}.", file=sys.stderr)
        return None


def readable(reading: Reading, assessments: list[Assessment], region: Region) -> str:
    """Return what was found of a file for a terminal."""
    lines = [f"{reading.file}: {reading.format}, GeoJSON {reading.geojson}, usable routes: {len(assessments)}"]
    for finding in reading.findings:
        place = f" (line {finding.line}, column {finding.column})" if finding.line else ""
        lines.append(f"  {finding.severity}: {finding.says}{place} {finding.advice}")
    for assessment in assessments:
        of = assessment.measures
        lines.append(f"  {assessment.route.name}: {kilometres(of.length_km)}, accuracy {of.accuracy.says}")
        for share in of.shares:
            lines.append(
                f"    {region.label(share.territory)}: {kilometres(share.km)} "
                f"(between {kilometres(share.least_km)} and {kilometres(share.most_km)})"
            )
        for crossing in of.crossings:
            lines.append(
                f"    km {crossing.at_km:,.1f}: {region.label(crossing.before)} to {region.label(crossing.after)}"
            )
        for verdict in assessment.verdicts:
            lines.append(f"    {verdict.criterion.id} {verdict.judgement.answer}: {verdict.judgement.because}")
    return "\n".join(lines)


@dataclass(frozen=True, eq=False, slots=True)
class _Named:
    """A route the command line named: a shipped candidate by its id, or one of a file by the file's name and hash."""

    assessment: Assessment
    candidate: CandidateId = ""
    file: str = ""
    sha256: str = ""


def compare_routes(arguments: argparse.Namespace) -> int:
    """Set the first route of the first file, or a shipped candidate, beside every route of the others."""
    region = read_region()
    status = FINE
    found: list[_Named] = []
    candidates: dict[CandidateId, Assessment] | None = None
    for name in (arguments.base, *arguments.others):
        if not Path(name).exists():
            candidates = read_candidate_routes(region) if candidates is None else candidates
            identity = name.removeprefix("candidate/")
            if identity in candidates:
                found.append(_Named(candidates[identity], identity))
                continue
        data = _bytes(name)
        if data is None:
            return WRONG_USE
        reading = read_route(data, name)
        if reading.worst is Severity.ERROR:
            status = ERROR_FOUND
        if not reading.usable:
            print(f"corridor: {name}: no route could be taken from it; `corridor check` says why.", file=sys.stderr)
            return ERROR_FOUND
        found += [_Named(assess(route, region), "", Path(name).name, reading.sha256) for route in reading.routes]
    if not 2 <= len(found) <= AT_MOST:
        print(f"corridor: between two and {AT_MOST} routes can be compared, not {len(found)}.", file=sys.stderr)
        return WRONG_USE
    comparison = compare(found[0].assessment, [one.assessment for one in found[1:]], region.labels)
    if arguments.out is not None:
        return max(status, _write(comparison, found, arguments))
    if arguments.json:
        print(json_line(comparison_record(comparison)))
    else:
        print(printable(readable_comparison(comparison)))
    return status


def _write(comparison: Comparison, found: Sequence[_Named], arguments: argparse.Namespace) -> int:
    """Write a comparison as the kind of file the suffix names."""
    # Imported here, since it brings in the libraries of maps and workbooks, which nothing else here has to wait for.
    from corridor.present.compared_route import compared_candidate, compared_own
    from corridor.present.comparison_files import COMPARISON_FILES, Compared
    from corridor.present.desk import read_desk

    out = Path(arguments.out)
    kind = next((one for one in COMPARISON_FILES if f".{one.suffix}" == out.suffix.lower()), None)
    if kind is None:
        known = listed([f".{one.suffix}" for one in COMPARISON_FILES])
        print(f"corridor: {arguments.out}: a comparison is written as {known}, not as “{out.suffix}”.", file=sys.stderr)
        return WRONG_USE
    desk, made_on = read_desk(), arguments.made_on or date.today()
    routes = tuple(
        compared_candidate(one.candidate, desk)
        if one.candidate
        else compared_own(one.assessment, one.file, one.sha256, made_on, number, desk)
        for number, one in enumerate(found, start=1)
    )
    try:
        out.write_bytes(kind.write(Compared(comparison, routes, desk, made_on, arguments.handling)))
    except OSError as error:
        print(f"corridor: {arguments.out}: {error.strerror or error}.", file=sys.stderr)
        return WRONG_USE
    said = {"to": arguments.out, "kind": kind.suffix, "routes": list(comparison.names), "bytes": out.stat().st_size}
    print(
        json_line(said) if arguments.json else printable(f"{arguments.out}: {counted(len(found), 'route')} compared.")
    )
    return FINE


def readable_comparison(comparison: Comparison) -> str:
    """Return routes side by side for a terminal, the first being the one the others are compared with."""
    lines = ["  |  ".join(("", *comparison.names))]
    lines += [comparison.modes] if comparison.modes else []
    for row in (*comparison.rows, *comparison.by_territory):
        lines.append("  |  ".join((row.label, *(_value(value, row.unit) for value in row.values))))
    for answers in comparison.criteria:
        lines.append("  |  ".join((f"{answers.id} {answers.question}", *map(str, answers.answers))))
    for pairing in comparison.pairings:
        near = pairing.from_base
        apart = [f"km {leg.from_km:,.1f}-{leg.to_km:,.1f}" for leg in pairing.base_legs if not leg.together]
        lines.append(
            f"{pairing.name}: {near.share:.0%} of the length of the first runs within {metres(near.within_m)} of it, "
            f"half within {metres(near.p50_m)}, all within {metres(near.p100_m)}; "
            f"apart at {', '.join(apart) or 'no place'}"
        )
    return "\n".join(lines)


def _value(value: float, unit: str) -> str:
    decimals = {"crossings": 0, "m": 0, "km": 1}.get(unit, 2)
    return f"{value:,.{decimals}f} {unit}".rstrip()


def mend_file(arguments: argparse.Namespace) -> int:
    """Mend what can be mended in a file (or only the codes named), write the result, and print the ledger."""
    data = _bytes(arguments.file)
    if data is None:
        return WRONG_USE
    reading = read_route(data, arguments.file)
    found = {finding.code for finding in reading.findings if finding.mendable}
    mended = mend(reading, found & set(arguments.only) if arguments.only else found)
    try:
        Path(arguments.output).write_bytes(mended.data)
    except OSError as error:
        print(f"corridor: {arguments.output}: {error.strerror or error}.", file=sys.stderr)
        return WRONG_USE
    print(json_line(mended.ledger_json()) if arguments.json else printable(mended.ledger_text()), end="\n")
    return ERROR_FOUND if mended.reading.worst is Severity.ERROR else FINE

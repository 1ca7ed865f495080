"""`--crs`: the answer to a question about the reference system of a file, given on the command line."""

import argparse
from collections.abc import Collection, Sequence

from corridor.quantities import metres
from corridor.reading.axis_order import SWAPPED
from corridor.reading.declared_systems import canonical
from corridor.reading.degree_forms import GON_FOR_DEGREES, IN_GON
from corridor.reading.faults import Finding, SystemChoice
from corridor.reading.mend import Mended, mend, mend_by_default
from corridor.reading.reference_systems import NORTHING_FIRST, conversion, label, order_words
from corridor.reading.repairs.systems import QUESTIONS, answered, chosen_systems
from corridor.reading.route import Reading, read_route

#: Codes of findings that are answered by a system, or by the order of the two numbers.
ANSWERABLE = frozenset((*QUESTIONS, SWAPPED, GON_FOR_DEGREES))
ANSWERED = (
    "the system the numbers are in, where the file leaves it open or is wrong. OGC:CRS84 takes them as they stand; "
    "EPSG:4326 exchanges degrees that stand in the other order"
)


def reference_system(given: str) -> str:
    """Return a reference system by its one name; raise argparse's error, one sentence, for one that places nothing."""
    name = canonical(given.removesuffix(NORTHING_FIRST))
    if conversion(name, None) is None:
        said = f"“{given}” is no reference system known here; something like EPSG:28408 was expected"
        raise argparse.ArgumentTypeError(said)
    return name + NORTHING_FIRST if given.endswith(NORTHING_FIRST) else name


def read_in(data: bytes, file: str, crs: str | None) -> Reading:
    """Return what a file holds, read in the system given where it leaves that open, or else in place of its own."""
    reading = read_route(data, file)
    return reading if crs is None else read_route(data, file, chosen=chosen_systems(answered(_codes(reading), crs)))


def mends_in(reading: Reading, only: Collection[str], crs: str | None) -> Mended:
    """Return a file with the mends that are named, or those done by default, done in the system given."""
    chosen = {} if crs is None else answered(_codes(reading), crs)
    return mend(reading, {**dict.fromkeys(only), **chosen}) if only else mend_by_default(reading, chosen)


def _codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def unanswered(findings: Sequence[Finding], asked: Collection[str]) -> list[str]:
    """Return lines of a terminal for each question that stands in the way, or was to be mended: `asked` are codes.

    The first line says what is not clear, the others each answer as it would be given. What was asked for cannot be
    done without one, so nothing is.
    """
    questions = {finding.code: finding for finding in reversed(findings) if finding.systems}
    lines = []
    for code, finding in questions.items():
        if finding.blocks or code in asked:
            lines.append(f"corridor: {code}: {finding.says} Choose with --crs; nothing is changed until then:")
            lines += [choice_line(choice) for choice in finding.systems]
    return lines


def choice_line(choice: SystemChoice) -> str:
    """Return a choice as a line of a terminal."""
    if choice.name == IN_GON:
        return f"    mend --only {GON_FOR_DEGREES}: gon, begins at {choice.lon:.5f}, {choice.lat:.5f}"
    order = f", {order_words(choice.name, northing_first=choice.northing_first)}" if choice.northing_first else ""
    away = f", {metres(choice.shift_m)} away" if choice.shift_m else ""
    return f"    --crs {choice.name}: {label(choice.name)}{order}, begins at {choice.lon:.5f}, {choice.lat:.5f}{away}"

"""`--crs`: the answer to a question about the reference system of a file, given on the command line."""

import argparse
from collections.abc import Collection

from corridor.quantities import metres
from corridor.reading.declared_systems import canonical
from corridor.reading.faults import SystemChoice
from corridor.reading.mend import Mended, mend, mend_by_default
from corridor.reading.reference_systems import conversion, label
from corridor.reading.repairs.systems import answered, chosen_systems
from corridor.reading.route import Reading, read_route

ANSWERED = (
    "the system the numbers are in, where the file leaves it open or is wrong; OGC:CRS84 takes them as they stand"
)


def reference_system(given: str) -> str:
    """Return a reference system by its one name; raise argparse's error, one sentence, for one that places nothing."""
    name = canonical(given)
    if conversion(name, None) is None:
        said = f"“{given}” is no reference system known here; something like EPSG:28408 was expected"
        raise argparse.ArgumentTypeError(said)
    return name


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


def choice_line(choice: SystemChoice) -> str:
    """Return a choice as a line of a terminal."""
    order = ", northing first" if choice.northing_first else ""
    away = f", {metres(choice.shift_m)} away" if choice.shift_m else ""
    return f"    --crs {choice.name}: {label(choice.name)}{order}, begins at {choice.lon:.5f}, {choice.lat:.5f}{away}"

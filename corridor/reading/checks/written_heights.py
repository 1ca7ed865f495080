"""What is said of third numbers of positions that are none: a text that says a height, or no height at all."""

from collections.abc import Iterator
from typing import Any

from corridor.reading.checks.structure import named
from corridor.reading.faults import Check, FaultSpot, Mend, Severity, pointer, shown
from corridor.reading.position_runs import NUMBERS, PositionRun, positions_in
from corridor.reading.repairs import heights as mends
from corridor.reading.structure import Structure
from corridor.reading.written_heights import height_m


def _strange_heights(structure: Structure) -> Iterator[tuple[PositionRun, list[tuple[int, Any, float | None]]]]:
    """Yield the third values that are no numbers, line by line: their index, and the metres that a text says."""
    for run in structure.runs:
        if run.lonlat is None or run.width:
            continue
        strange = [
            (i, position[2], height_m(position[2]))
            for i, position in enumerate(positions_in(run))
            if len(position) > 2 and type(position[2]) not in NUMBERS
        ]
        if strange:
            yield run, strange


def _heights_not_numbers(structure: Structure) -> Iterator[FaultSpot]:
    for run, strange in _strange_heights(structure):
        bad = [(index, value) for index, value, metres in strange if metres is None]
        if bad:
            index, value = bad[0]
            path = pointer(run.position_path(index), 2)
            yield FaultSpot(path=path, feature=run.feature, words={"found": named(value), "count": len(bad)})


def _heights_written(structure: Structure) -> Iterator[FaultSpot]:
    for run, strange in _strange_heights(structure):
        read = [(index, value, metres) for index, value, metres in strange if metres is not None]
        if read:
            index, value, metres = read[0]
            words = {"count": len(read), "text": shown(value.strip()), "metres": f"{metres:,.10g}"}
            yield FaultSpot(path=pointer(run.position_path(index), 2), feature=run.feature, words=words)


WRITTEN_HEIGHT_CHECKS: tuple[Check[Structure], ...] = (
    Check(
        "height-not-number",
        Severity.ERROR,
        "{count:height is|heights are} no number ({found}); the line is kept, without a height there.",
        "Let what is no number be taken out; it is missing then, and not 0.",
        _heights_not_numbers,
        Mend("take out heights that are no numbers", mends.drop_strange_heights),
    ),
    Check(
        "height-written",
        Severity.ERROR,
        "{count:height is|heights are} written as text, as “{text}”; read so, the first is {metres} m.",
        "Let the heights be written as plain numbers, in metres; other programs may refuse the file.",
        _heights_written,
        Mend("write heights in words, or in quotes, as plain numbers in metres", mends.write_heights),
    ),
)

"""Which rules the positions of a document break: their numbers and their nesting."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import DEGREE_DECIMALS
from corridor.quantities import counted
from corridor.reading.checks.structure import named
from corridor.reading.checks.written_heights import WRITTEN_HEIGHT_CHECKS
from corridor.reading.contents import in_degrees
from corridor.reading.faults import Check, FaultSpot, Json, Mend, Severity, pointer
from corridor.reading.position_runs import PositionRun, positions_in
from corridor.reading.repairs import positions as mends
from corridor.reading.structure import Structure
from corridor.reading.written_numbers import read_position
from corridor.reading.written_places import unplaced


def spot(run: PositionRun, index: int | None = None, /, **words: object) -> FaultSpot:
    """Return the spot of one position of a run, or of the run."""
    if index is None:
        return FaultSpot(path=run.path, feature=run.feature, words=words)
    lon = lat = None
    if run.lonlat is not None:
        lon, lat = (float(value) for value in run.lonlat[int(index)])
    return FaultSpot(path=run.position_path(index), feature=run.feature, lon=lon, lat=lat, words=words)


def _is_written(value: Json) -> bool:
    """Whether a position is written as a text or an object that can be read, or is missing."""
    if isinstance(value, list) and not any(isinstance(number, str) for number in value):
        return False
    return value is None or read_position(value) is not None


def _misnested(structure: Structure) -> Iterator[FaultSpot]:
    """Yield one spot for each geometry with lists where there should be none, or none where there should be."""
    faults: dict[str, list[tuple[FaultSpot, int]]] = {}
    for fault, count in _misnested_spots(structure):
        faults.setdefault(_around(fault.path or ""), []).append((fault, count))
    mendable = mends.renestable(structure) if faults else frozenset()
    for geometry, held in faults.items():
        fault, count = held[0][0], sum(count for _, count in held)
        more = f" ({count:,} times)" if count > 1 else ""
        yield replace(fault, words={**fault.words, "more": more}, mendable=geometry in mendable)


def _around(path: str) -> str:
    """Return the path of the geometry whose coordinates a path leads into."""
    return path.rpartition("/coordinates")[0]


def _misnested_spots(structure: Structure) -> Iterator[tuple[FaultSpot, int]]:
    for node, path, value in structure.misnested:
        # What stands in a text is told of by what it says.
        if not isinstance(value, str):
            yield FaultSpot(path=path, feature=node.feature, words={"type": node.type, "found": named(value)}), 1
    for run in structure.runs:
        if run.lonlat is not None:
            continue
        positions = positions_in(run)
        flat = [i for i, element in enumerate(positions) if not isinstance(element, list) and not _is_written(element)]
        deep = [i for i, element in enumerate(positions) if _holds_lists(element)]
        if flat or deep:
            index = min(flat + deep)
            description = (
                f"{named(positions[index])} where a position was expected"
                if index in flat
                else "an array inside a position"
            )
            words = {"type": run.geometry, "found": description}
            yield FaultSpot(path=run.position_path(index), feature=run.feature, words=words), len(flat) + len(deep)


def _holds_lists(element: Json) -> bool:
    return isinstance(element, list) and list in set(map(type, element))


def _well_nested(structure: Structure) -> Iterator[PositionRun]:
    """Yield the runs of whose positions something can be said: not those with lists in the place of numbers."""
    return (run for run in structure.runs if run.lonlat is not None or not any(map(_holds_lists, positions_in(run))))


def _not_numbers(structure: Structure) -> Iterator[FaultSpot]:
    for run in _well_nested(structure):
        if run.lonlat is not None or not set(map(type, chain.from_iterable(_lists(run)))) - {int, float, list}:
            continue
        bad = [
            (i, j, n)
            for i, position in enumerate(positions_in(run))
            if isinstance(position, list)
            for j, n in enumerate(position)
            if not isinstance(n, list) and (isinstance(n, bool) or not isinstance(n, int | float))
            if not (len(position) > 1 and (_is_written(position) or (j < 2 and unplaced([position]))))
        ]
        if not bad:
            continue
        i, j, value = bad[0]
        path = pointer(run.position_path(i), j)
        yield FaultSpot(path=path, feature=run.feature, words={"found": named(value), "count": len(bad)})


def _lists(run: PositionRun) -> list[list[Any]]:
    return [position for position in positions_in(run) if isinstance(position, list)]


def _too_few(structure: Structure) -> Iterator[FaultSpot]:
    for run in _well_nested(structure):
        if run.lonlat is None:
            short = [
                i for i, position in enumerate(positions_in(run)) if isinstance(position, list) and len(position) < 2
            ]
            if short:
                has = len(positions_in(run)[short[0]])
                yield spot(run, short[0], has=has, count=len(short))


def _mixed(structure: Structure) -> Iterator[FaultSpot]:
    for run in _well_nested(structure):
        widths = Counter(len(position) for position in _lists(run)) if not run.width else {}
        if len([width for width in widths if width >= 2]) > 1:
            listed_widths = " and ".join(str(width) for width in sorted(widths) if width >= 2)
            yield spot(run, widths=listed_widths, count=widths[min(width for width in widths if width >= 2)])


def _too_many(structure: Structure) -> Iterator[FaultSpot]:
    for run in _well_nested(structure):
        width = run.width or max(map(len, _lists(run)), default=0)
        if width > 3:
            yield spot(run, width=width)


def _has_too_few(run: PositionRun) -> bool:
    return run.role == "line" and run.count < 2 and bool(run.count or run.geometry == "MultiLineString")


def _geometries_with_a_line(structure: Structure) -> set[str]:
    return {
        run.path.rpartition("/")[0] for run in structure.runs if run.geometry == "MultiLineString" and run.count > 1
    }


def _short_line(structure: Structure) -> Iterator[FaultSpot]:
    short = [run for run in _well_nested(structure) if _has_too_few(run)]
    others = _geometries_with_a_line(structure) if short else set()
    read = (
        sum(run.role == "line" and run.count > 1 and run.lonlat is not None for run in structure.runs) if short else 0
    )
    rest = f" {counted(read, 'other line')} of the file {'is' if read == 1 else 'are'} read." if read else ""
    for run in short:
        if run.path.rpartition("/")[0] not in others:
            yield spot(run, has=run.count, rest=rest)


def _short_part(structure: Structure) -> Iterator[FaultSpot]:
    short = [run for run in _well_nested(structure) if _has_too_few(run) and run.geometry == "MultiLineString"]
    others = _geometries_with_a_line(structure) if short else set()
    beside = [run for run in short if run.path.rpartition("/")[0] in others]
    if beside:
        yield spot(beside[0], count=len(beside))


def _over_precise(structure: Structure) -> Iterator[FaultSpot]:
    for run in structure.runs:
        # Radians would lose half a metre by the seventh decimal.
        if run.lonlat is not None and in_degrees(run.lonlat) and np.abs(run.lonlat).max(initial=0) > np.pi:
            rows = np.flatnonzero(_fine(run.lonlat[:, 0]) | _fine(run.lonlat[:, 1]))
            if len(rows):
                yield spot(run, rows[0], count=len(rows), decimals=DEGREE_DECIMALS)


def _fine(degrees: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each number has more decimals than are told apart on the ground."""
    scaled = degrees * 10**DEGREE_DECIMALS
    scaled -= np.rint(scaled)
    # Doubles hold degrees to about 3e-14, so scaled whole numbers are off by less than 1e-6.
    beyond: NDArray[np.bool_] = (scaled > 1e-5) | (scaled < -1e-5)
    return beyond


def _out_of_range(structure: Structure) -> Iterator[FaultSpot]:
    for run in structure.runs:
        if run.lonlat is not None and not in_degrees(run.lonlat):
            rows = np.flatnonzero((np.abs(run.lonlat) > (180, 90)).any(axis=1))
            if len(rows):
                x, y = run.lonlat[rows[0]]
                yield FaultSpot(
                    path=run.position_path(rows[0]), feature=run.feature,
                    words={"count": len(rows), "x": f"{x:g}", "y": f"{y:g}"},
                )  # fmt: skip


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

POSITION_CHECKS: tuple[Check[Structure], ...] = (
    Check(
        "coordinates-nesting",
        ERROR,
        "The brackets around the coordinates of this {type} are nested wrongly: {found}{more}.",
        "Export it again; a line is written [[46.2, 38.9], [46.3, 39.0]], each position in brackets of its own.",
        _misnested,
        Mend("set the brackets as the type asks, where nothing has to be guessed", mends.renest),
        blocks=True,
    ),
    Check(
        "coordinate-not-number",
        ERROR,
        "A coordinate must be a number; here stands {found} ({count} in this list).",
        "Correct it where the file was made, or take the position out.",
        _not_numbers,
        blocks=True,
    ),
    *WRITTEN_HEIGHT_CHECKS,
    Check(
        "position-too-short",
        ERROR,
        "A position has {has:number|numbers}; it needs two, longitude and latitude ({count} here).",
        "Add the missing number, or take the position out.",
        _too_few,
        blocks=True,
    ),
    Check(
        "positions-mixed",
        WARNING,
        "{count:position lacks|positions lack} the height that others of the line have; the line is kept.",
        "Nothing needs to be done here; for a program that cannot read this, let the heights be taken out.",
        _mixed,
        Mend("take out the heights where only some positions have one", mends.flatten_mixed, by_name=True),
    ),
    Check(
        "position-4d",
        WARNING,
        "Positions have {width} numbers, where three are usual. A fourth, such as M (chainage) or a time, is not read.",
        "Let everything after the height be taken out.",
        _too_many,
        Mend("take out what follows the height", mends.keep_three, by_name=True),
    ),
    Check(
        "line-too-short",
        ERROR,
        "A line has {has:position|positions}; it needs two.",
        "Add its other end, or take it out.{rest}",
        _short_line,
        Mend("drop lines of fewer than two positions", mends.drop_short_lines),
        blocks=True,
    ),
    Check(
        "part-too-short",
        ERROR,
        "{count:part of a line has|parts of a line have} fewer than two positions; the other parts were read.",
        "Let what is too short be dropped.",
        _short_part,
        Mend("drop parts of fewer than two positions", mends.drop_short_lines),
    ),
    Check(
        "over-precise",
        WARNING,
        "{count:position has|positions have} more than {decimals} decimals, which is less than a centimetre.",
        "Let them be rounded to seven decimals.",
        _over_precise,
        Mend("round longitude and latitude to seven decimals", mends.round_positions),
    ),
    Check(
        "out-of-range",
        WARNING,
        "{x}, {y} cannot be longitude and latitude in degrees ({count} such positions in this list).",
        "See whether they are metres of a map projection, or in the wrong order.",
        _out_of_range,
        blocks=True,
    ),
)

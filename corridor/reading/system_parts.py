"""The parts of a file by the reference system they are in: what is declared for each, and how it can be read.

A part whose system is declared clearly is converted; where it is not clear, or where the declaration contradicts the
numbers, nothing is, and the systems that would fit stand side by side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from corridor.land.geodesy import DEGREE_DECIMALS, Bounds, Positions, metres_outside, segment_lengths_m
from corridor.quantities import metres
from corridor.reading.axis_order import LATITUDE_FIRST, turned_runs
from corridor.reading.faults import JsonPath, SystemChoice
from corridor.reading.many_lines import batches, together
from corridor.reading.packed_runs import arrays_of, groups_of, kept
from corridor.reading.position_runs import PositionRun
from corridor.reading.reference_systems import (
    NORTHING_FIRST,
    Conversion,
    conversion,
    degrees_like,
    horizontal,
    is_plain,
    moved_by_datum_m,
    share_inside,
    system,
)
from corridor.reading.standing import NOTHING_CHOSEN, ChosenSystems, Standing, SystemPart
from corridor.reading.stated_systems import stated_systems
from corridor.reading.structure import Structure
from corridor.reading.system_candidates import (
    both_orders,
    degrees_elsewhere_m,
    fitting_systems,
    place,
    rival_shifts_m,
    with_lines,
)

#: A line on the ground is at most so many times longer or shorter than its own numbers say (Web Mercator: 0.7 at 42 N).
SCALE = 3.0
#: Where less of a line than this lies in the region, another system that puts it there contradicts the declared one.
DOUBTFUL_SHARE = 0.5


def system_parts(
    structure: Structure, region: Bounds, chosen: ChosenSystems = NOTHING_CHOSEN
) -> tuple[SystemPart, ...]:
    """Return the parts of a document that hold positions; one part for a document that declares nothing."""
    # Runs without numbers have findings of their own.
    runs = kept(structure.runs, lambda run: run.lonlat is not None and len(run.lonlat) > 0)
    if not runs:
        return ()
    blocks = (together(some) for group in groups_of(runs) for some in batches(arrays_of(group)))
    plain = all(map(_degrees, blocks))
    members, declaring = stated_systems(structure, () if plain else runs)
    if not members and chosen == NOTHING_CHOSEN and plain:
        return (SystemPart(runs),)
    return tuple(_read(part, region, chosen) for part in _declared_parts(runs, members, declaring))


def in_lonlat(structure: Structure, parts: Sequence[SystemPart]) -> Structure:
    """Return a document with the positions of its converted parts on WGS84, and without those that are not read.

    The parsed JSON stays as it is.
    """
    if all(part.lonlat is None and not part.unread for part in parts):
        return structure
    unread = {run.path for part in parts if part.unread for run in part.runs}
    converted = {run.path: run for part in parts if part.lonlat is not None for run in part.converted_runs()}
    each = ((run.path, run) for run in structure.runs)
    return replace(structure, runs=tuple(converted.get(path, run) for path, run in each if path not in unread))


def _declared_parts(
    runs: Sequence[PositionRun], members: Mapping[JsonPath, str | None], declaring: Mapping[JsonPath, str]
) -> list[SystemPart]:
    """Return the positions by what is declared for them, those without a system and not in degrees by themselves."""
    grouped: dict[tuple[str | None, bool, bool], list[PositionRun]] = {}
    for run in runs:
        owner = _owner(run.path, members) if members else None
        declared = None if owner is None else members[owner]
        known = declared is not None and system(declared) is not None
        degrees = known or run.lonlat is None or _degrees(run.lonlat)
        grouped.setdefault((declared, owner is not None, degrees), []).append(run)
    return [
        SystemPart(
            tuple(runs), declared, named,
            tuple(f"{path}/{declaring[path]}" for path, name in members.items() if named and name == declared),
        )
        for (declared, named, _), runs in grouped.items()
    ]  # fmt: skip


def _owner(path: JsonPath, members: Mapping[JsonPath, str | None]) -> JsonPath | None:
    """Return the path of the nearest object around a path that names a system."""
    while path not in members:
        if not path:
            return None
        path = path.rpartition("/")[0]
    return path


def _degrees(positions: Positions) -> bool:
    low, high = positions.min(axis=0), positions.max(axis=0)
    return degrees_like((low[0], low[1], high[0], high[1]))


def _read(part: SystemPart, region: Bounds, chosen: ChosenSystems) -> SystemPart:
    """Return a part as it is read: by what was chosen for it, else by what is declared."""
    as_declared = _as_declared(part, region)
    clear = as_declared.standing in (Standing.PLAIN, Standing.CONVERTED)
    answer = chosen.clear if clear else chosen.unclear
    if answer is None:
        return as_declared
    read = _as_chosen(part, answer, region)
    return read if clear else _with_doubt(read, as_declared, region)


def _with_doubt(read: SystemPart, question: SystemPart, region: Bounds) -> SystemPart:
    """Return a part as a reader chose it, with the other systems that fit and how far away they would put it.

    None are left where the file names the chosen system itself, and only its numbers stand in the other order.
    """
    others = question.choices
    if read.unread or not others or (others[0].northing_first and read.system == others[0].name == question.declared):
        return read
    shifts = rival_shifts_m(_judged(question), _judged(read), others, region)
    if not shifts:
        return read
    rival = max(shifts)
    return replace(read, choices=others, rivals=len(shifts), rival_m=rival, accuracy_m=read.accuracy_m + rival)


def _as_declared(part: SystemPart, region: Bounds) -> SystemPart:
    if (part.declared is None and not part.named) or is_plain(part.declared):
        return part if _degrees(_judged(part)) else _undeclared(part, region)
    if part.declared is None:
        return _without_datum(part, region)
    known = system(part.declared)
    if known is None:
        return replace(part, standing=Standing.UNKNOWN, system=None, choices=_choices(part, region))
    way = conversion(part.declared, region)
    if way is None:
        return _without_datum(part, region)
    return _converted(part, part.declared, way, region)


def _undeclared(part: SystemPart, region: Bounds) -> SystemPart:
    """Return numbers that are no degrees: a question where some system fits, else as they are, out of range."""
    choices = _choices(part, region)
    if not choices:
        return replace(part, system=None)
    return replace(part, standing=Standing.UNDECLARED, system=None, choices=choices)


def _without_datum(part: SystemPart, region: Bounds) -> SystemPart:
    """Return a part whose file says nothing of the datum: degrees are taken as they stand, anything else is asked."""
    known = horizontal(part.declared) if part.declared else None
    if not _degrees(_judged(part)):
        if part.declared is None:
            return _undeclared(part, region)
        return replace(part, standing=Standing.UNKNOWN, system=None, choices=_choices(part, region))
    if known is not None and not known.is_geographic:
        return replace(part, standing=Standing.UNKNOWN, system=None, choices=_choices(part, region))
    elsewhere = degrees_elsewhere_m(_judged(part), region)
    choices = _choices(part, region)
    return replace(part, standing=Standing.ASSUMED, system=None, accuracy_m=elsewhere, choices=choices)


def _converted(part: SystemPart, name: str, way: Conversion, region: Bounds) -> SystemPart:
    """Return a part converted as declared, or with what contradicts it."""
    read = _with_conversion(part, name, way)
    fate = _fate(read, way, region)
    judged = _judged(read) if not fate else None
    doubtful = judged is None or share_inside(judged, region) < DOUBTFUL_SHARE
    fitting = _choices(part, region, name) if doubtful else ()
    choices = tuple(choice for choice in fitting if choice.northing_first or choice.name != name)
    # Degrees far away stay where they are, whatever their datum: that is said as of any other line.
    if way.in_degrees and not choices and _degrees(_judged(part)):
        return read
    if fate or choices:
        fate = fate or "lies mostly outside the region"
        return replace(part, standing=Standing.CONTRADICTED, system=name, choices=choices, fate=fate)
    if way.in_degrees:
        return read
    return replace(read, choices=both_orders(name, _judged(part), _judged(read), _lines(part), region))


def _lines(part: SystemPart) -> list[Positions]:
    return [run.lonlat for run in part.runs if run.role == "line" and run.lonlat is not None]


def _as_chosen(part: SystemPart, name: str, region: Bounds) -> SystemPart:
    if is_plain(name):
        if _degrees(_judged(part)):
            read = replace(part, chosen=True)
            turned = turned_runs(part.runs, region) if name == LATITUDE_FIRST else frozenset()
            if not turned:
                return read
            rows = [
                run.lonlat[:, ::-1] if run.path in turned else run.lonlat for run in part.runs if run.lonlat is not None
            ]
            return replace(
                read, standing=Standing.CONVERTED, system=name, lonlat=np.concatenate(rows), northing_first=True
            )
        return replace(_undeclared(replace(part, declared=None, named=False), region), named=part.named, chosen=True)
    base = name.removesuffix(NORTHING_FIRST)
    orders = (False, True) if base == name else (True,)
    way = conversion(base, region)
    fate = ""
    for northing_first in orders:
        if way is None:
            break
        read = _with_conversion(part, base, way, northing_first)
        missed = _fate(read, way, region)
        if not missed:
            return replace(read, chosen=True)
        fate = fate or missed
    choices = _choices(part, region)
    fate = fate or "cannot be placed on the Earth"
    return replace(part, standing=Standing.REFUSED, system=base, choices=choices, fate=fate, chosen=True)


def _with_conversion(part: SystemPart, name: str, way: Conversion, northing_first: bool = False) -> SystemPart:
    positions = np.concatenate([run.lonlat for run in part.runs if run.lonlat is not None])
    lonlat = np.round(way.to_lonlat(positions, northing_first), DEGREE_DECIMALS)
    first = positions[0, ::-1] if northing_first else positions[0]
    finite = bool(np.isfinite(lonlat[0]).all())
    return replace(
        part,
        standing=Standing.CONVERTED,
        system=name,
        lonlat=lonlat,
        northing_first=northing_first,
        moved_m=moved_by_datum_m(name, first, (lonlat[0, 0], lonlat[0, 1])) if finite else None,
        accuracy_m=way.accuracy_m + _half_last_digit(positions) * way.metres_per_unit,
    )


def _half_last_digit(positions: Positions) -> float:
    """Return half a unit of the last decimal that numbers use, in their own unit; below a millionth it is nothing."""
    some = positions[:: max(1, len(positions) // 1_000)]
    for decimals in range(7):
        if np.abs(some - np.round(some, decimals)).max() < 10.0**-8:
            return float(0.5 * 10.0**-decimals)
    return 0.0


def _judged(part: SystemPart) -> Positions:
    """Return the positions by which a part is judged: those of its lines, of everything where it has none."""
    runs = part.converted_runs()
    lines = [run.lonlat for run in runs if run.role == "line" and run.lonlat is not None]
    return np.concatenate(lines or [run.lonlat for run in runs if run.lonlat is not None])


def _choices(part: SystemPart, region: Bounds, declared: str | None = None) -> tuple[SystemChoice, ...]:
    """Return the systems that fit the numbers of a part, each with the lines where it would put them."""
    choices = fitting_systems(_judged(part), region, declared)
    return with_lines(choices, _lines(part), region) if len(choices) > 1 else choices


def _fate(read: SystemPart, way: Conversion, region: Bounds) -> str:
    """Return in words what a conversion made of the lines of a part, nothing where they lie in the region unharmed."""
    lonlat = _judged(read)
    if not np.isfinite(lonlat).all():
        return "cannot be placed on the Earth"
    if share_inside(lonlat, region) == 0:
        away = metres(metres_outside(lonlat, region))
        return f"lies {away} outside the region ({place(float(lonlat[0, 0]), float(lonlat[0, 1]))})"
    before, after = _lengths_m(read, way)
    if not way.in_degrees and before > 0 and not 1 / SCALE < after / before < SCALE:
        return f"comes to {metres(after)}, where its numbers say {metres(before)}"
    return ""


def _lengths_m(read: SystemPart, way: Conversion) -> tuple[float, float]:
    """Return the length of all lines in the plane of their own numbers, and on the Earth, in metres."""
    before = after = 0.0
    for run, converted in zip(read.runs, read.converted_runs(), strict=True):
        if run.role == "line" and run.lonlat is not None and converted.lonlat is not None:
            before += float(np.hypot(*np.diff(run.lonlat, axis=0).T).sum()) * way.metres_per_unit
            after += float(segment_lengths_m(converted.lonlat).sum())
    return before, after

"""How a file is written in longitude and latitude on WGS84: as it declares its systems, or as a reader chose."""

from collections.abc import Collection, Mapping, Sequence

from corridor.land.geodesy import CRS84
from corridor.quantities import counted, metres
from corridor.reading.axis_order import SWAPPED
from corridor.reading.degree_forms import GON_FOR_DEGREES
from corridor.reading.faults import Account, Given, Json, JsonMembers, JsonPath, place_words, pointer
from corridor.reading.position_runs import PositionRun, positions_in
from corridor.reading.reference_systems import is_plain, label
from corridor.reading.standing import ChosenSystems, Standing, SystemPart
from corridor.reading.stated_accuracies import SYSTEM_ACCURACY, metres_of
from corridor.reading.structure import Structure, nodes_of, structure_of
from corridor.reading.system_members import OTHER_SYSTEM_MEMBERS, SYSTEM_MEMBERS
from corridor.reading.system_parts import system_parts

#: The mend whose choice is for parts that are clear; that of any other is for the parts that raise a question.
CLEAR = "other-system"
#: Findings that are answered by a reference system.
QUESTIONS = ("projected-coordinates", "unknown-system", "system-contradicted", "system-missing")
#: Of these, those without whose answer no line is measured, whatever length its numbers give as they stand.
UNMEASURED = frozenset(QUESTIONS) - {"system-missing"}
SYSTEM_CODES = frozenset((CLEAR, *QUESTIONS))


def chosen_systems(accepted: Mapping[str, str | None]) -> ChosenSystems:
    """Return what a reader chose, from the mends accepted with the choice made for each."""
    unclear = next((accepted[code] for code in QUESTIONS if accepted.get(code)), None)
    degrees = CRS84 if accepted.get(GON_FOR_DEGREES) == CRS84 else None
    return ChosenSystems(unclear, accepted.get(CLEAR) or accepted.get(SWAPPED) or degrees)


def answered(codes: Collection[str], name: str) -> dict[str, str | None]:
    """Return the mends by which a system answers the questions among the codes of findings, or overrules the file."""
    asked = [code for code in QUESTIONS if code in codes]
    if not asked and SWAPPED in codes and is_plain(name):
        asked = [SWAPPED]
    if not asked and GON_FOR_DEGREES in codes and name == CRS84:
        asked = [GON_FOR_DEGREES]
    return dict.fromkeys(asked or [CLEAR], name)


def convert(document: Json, given: Given) -> tuple[Json, Account]:
    """Write the positions of all parts in (lon, lat), as declared or as chosen, and take out what declared a system.

    All or nothing: as long as a part is not clear, or its positions are not all numbers, nothing is written.
    """
    structure = structure_of(document)
    parts = system_parts(structure, given.region, chosen_systems(given.accepted))
    settled = [part for part in parts if part.standing is not Standing.ASSUMED]
    done = [part for part in settled if part.lonlat is not None or _left_as_it_stands(part)]
    waiting = any(part.unread and not _left_as_it_stands(part) for part in parts)
    if not done or waiting or any(run.raw and run.lonlat is None for run in structure.runs):
        return document, Account()
    moved = sum(_write(run) for part in done if part.lonlat is not None for run in part.converted_runs())
    members = {member for part in settled for member in part.members}
    dropped = _without(structure, members)
    said = [*(_words(part) for part in done), *_write_doubt(structure, done)]
    return document, Account(moved=moved, other=tuple(said), dropped=tuple(dropped))


def _left_as_it_stands(part: SystemPart) -> bool:
    """Whether a reader chose that the numbers stay, though the file names a system for them."""
    return part.chosen and bool(part.members) and part.standing in (Standing.PLAIN, Standing.UNDECLARED)


def _write(run: PositionRun) -> int:
    """Put the longitudes and latitudes of a run into its positions; return how many moved."""
    if run.lonlat is None:
        return 0
    positions = positions_in(run)
    for position, new in zip(positions, run.lonlat.tolist(), strict=True):
        position[:2] = new
    return len(positions)


def _write_doubt(structure: Structure, parts: Collection[SystemPart]) -> list[str]:
    """Write beside each line by how much it may lie elsewhere, where its system was chosen among several that fit.

    The numbers alone no longer show it.
    """
    said = []
    for part in parts:
        lines = (run for run in part.runs if run.role == "line")
        owners = dict(structure.feature_of(run) for run in lines) if part.rival_m else {}
        for feature in owners.values():
            beside = structure.document if feature is None else _written_beside(feature)
            if isinstance(beside, dict):
                beside[SYSTEM_ACCURACY] = round(metres_of(beside.get(SYSTEM_ACCURACY)) + part.accuracy_m, 1)
        if owners:
            which = "the line" if len(owners) == 1 else f"each of {len(owners):,} lines"
            own = part.accuracy_m - part.rival_m
            parts_of_it = f"{metres(part.rival_m)} since other systems fit too, {metres(own)} for the conversion"
            doubt = f"it may lie {metres(part.accuracy_m)} elsewhere ({parts_of_it})"
            said.append(f"added to the details of {which}, as “{SYSTEM_ACCURACY}”: {doubt}")
    return said


def _written_beside(feature: JsonMembers) -> JsonMembers:
    """Return the properties of a feature, which are made where it has none."""
    if not isinstance(feature.get("properties"), dict):
        feature["properties"] = {}
    properties: JsonMembers = feature["properties"]
    return properties


def _without(structure: Structure, members: Collection[JsonPath]) -> list[str]:
    """Take members that name a system out by their paths; return what was taken out."""
    named: list[JsonPath] = []
    empty: list[JsonPath] = []
    for node in nodes_of(structure.document):
        for name in (*SYSTEM_MEMBERS, *OTHER_SYSTEM_MEMBERS):
            path = pointer(node.path, name)
            if path in members:
                (named if node.value.pop(name) else empty).append(path)
    said = [f"the name of the system in {_places(named)}, which held for the numbers as they stood"] if named else []
    return [*said, *([f"the empty place for the name of a system in {_places(empty)}"] if empty else [])]


def _places(paths: Sequence[JsonPath]) -> str:
    return place_words(paths[0]) + (f" and {len(paths) - 1:,} more" if len(paths) > 1 else "")


def _words(part: SystemPart) -> str:
    count = counted(len(part.runs), "row of points", "rows of points")
    if part.lonlat is None:
        return f"{count} taken as it stands" if len(part.runs) == 1 else f"{count} taken as they stand"
    order = " with northing first" if part.northing_first else ""
    return f"{count} converted from {label(part.system or '')}{order}"

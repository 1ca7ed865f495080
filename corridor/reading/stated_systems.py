"""Where a document states the reference system of its numbers: in the member meant for it, and in others beside it.

A member of another name than SYSTEM_MEMBERS, such as `srid`, counts where its system is known, and where the numbers
are none that GeoJSON has anyway: longitude and latitude with “EPSG:3857” beside them stay what they are.
"""

from collections.abc import Iterable, Iterator, Sequence

from corridor.reading.declared_systems import declared_names
from corridor.reading.faults import Json, JsonPath
from corridor.reading.position_runs import PositionRun
from corridor.reading.reference_systems import degrees_like, system
from corridor.reading.structure import Structure
from corridor.reading.system_members import HEADS, OTHER_SYSTEM_MEMBERS, SYSTEM_MEMBERS

#: By the path of an object, the member of it that names a system: "crs", "properties/srid".
Declaring = dict[JsonPath, str]


def stated_systems(structure: Structure, runs: Sequence[PositionRun]) -> tuple[dict[JsonPath, str | None], Declaring]:
    """Return the systems that objects of a document name for what is in them, by their paths, and by which members."""
    declaring: Declaring = {}
    values: dict[JsonPath, Json] = {}
    for node in structure.marked:
        name = next((name for name in SYSTEM_MEMBERS if name in node.value), None)
        if name is not None:
            declaring[node.path], values[node.path] = name, node.value[name]
    members = declared_names(values)
    by_others = {path: member for path, member in _others(structure, runs) if path not in members}
    names = declared_names({path: value for path, (_, value) in by_others.items()})
    lonlat = _lonlat_alone(runs, by_others) if by_others else set()
    for path, (name, _) in by_others.items():
        known = system(names[path] or "")
        if known is not None and (path not in lonlat or (known.is_geographic and name != "coordRefSys")):
            declaring[path], members[path] = name, names[path]
    return members, declaring


def _others(structure: Structure, runs: Sequence[PositionRun]) -> Iterator[tuple[JsonPath, tuple[str, Json]]]:
    """Yield the members of other names with the paths of what they speak of, those of features' properties too."""
    for node in structure.marked:
        if name := _other_name(node.value):
            yield node.path, (name, node.value[name])
    if all(map(_in_degrees, runs)):
        return
    whole = structure.document
    for head in HEADS if isinstance(whole, dict) and whole.get("type") == "FeatureCollection" else ():
        if name := _other_name(whole.get(head), *SYSTEM_MEMBERS):
            yield "", (f"{head}/{name}", whole[head][name])
    asked: set[JsonPath] = set()
    for run in runs:
        if not _in_degrees(run):
            path, feature = structure.feature_of(run)
            properties = None if feature is None or path in asked else feature.get("properties")
            asked.add(path)
            if isinstance(properties, dict) and (name := _other_name(properties, *SYSTEM_MEMBERS)):
                yield path, (f"properties/{name}", properties[name])


def _other_name(holder: Json, *more: str) -> str | None:
    """Return the first member of an object by a name that a system may have."""
    if not isinstance(holder, dict):
        return None
    return next((name for name in (*more, *OTHER_SYSTEM_MEMBERS) if holder.get(name)), None)


def _lonlat_alone(runs: Sequence[PositionRun], paths: Iterable[JsonPath]) -> set[JsonPath]:
    """Return those paths of objects in which all numbers can be longitude and latitude."""
    metres: set[JsonPath] = set()
    for run in runs:
        path = run.path
        while not _in_degrees(run) and path:
            path = path.rpartition("/")[0]
            if path in metres:
                break
            metres.add(path)
    return {path for path in paths if path not in metres}


def _in_degrees(run: PositionRun) -> bool:
    if run.lonlat is None:
        return True
    low, high = run.lonlat.min(axis=0), run.lonlat.max(axis=0)
    return degrees_like((low[0], low[1], high[0], high[1]))

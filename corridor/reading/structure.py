"""What a parsed GeoJSON document is made of: its objects, and the runs of positions inside its geometries."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.line_rows import LineRows
from corridor.reading.faults import Json, JsonMembers, JsonPath, pointer
from corridor.reading.feature_records import FeatureRecord, FeatureRecords
from corridor.reading.packed_runs import GeometryRuns, PackedRun, RunKind, RunRoom, groups_of, in_groups, runs_in
from corridor.reading.position_runs import PositionRun, RunNumbers, run_of, width_of
from corridor.reading.system_members import OTHER_SYSTEM_MEMBERS, SYSTEM_MEMBERS

#: Geometry type -> how many lists stand around one position, and what its lists of positions are.
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
ROLES = {"Point": "point", "MultiPoint": "points", "LineString": "line", "MultiLineString": "line"}
LINES, GEOMETRIES = ("LineString", "MultiLineString"), (*DEPTHS, "GeometryCollection")
TYPES = (*GEOMETRIES, "Feature", "FeatureCollection")
KNOWN = {kind: kind for kind in TYPES}
#: The types in small letters, and what other programs call them: Esri, AutoCAD, KML, OGC's simple features.
MEANT = {kind.lower(): kind for kind in TYPES} | {
    "polyline": "LineString", "line": "LineString", "multipolyline": "MultiLineString", "multiline": "MultiLineString",
    "multigeometry": "GeometryCollection",
}  # fmt: skip
#: “esriGeometryPolyline”, “ST_LineString”, “LINESTRING ZM”, “LineString25D”: the word between prefix and dimensions.
LONGEST_TYPE = 40
WORD_OF_TYPE = re.compile(r"(?:esrigeometry|st_)?([a-z]{4,18}?)(?:zm|z|m|25d|3d)?")
#: Type -> members that define another type and may not stand in it (RFC 7946 section 7.1).
FORBIDDEN = {
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "Feature": ("coordinates", "geometries", "features"),
    **dict.fromkeys(GEOMETRIES, ("geometry", "properties", "features")),
}

#: What coordinates are that came as numbers from a format that is no text.
LONG = np.ndarray | LineRows
MARKS = frozenset(("bbox", *SYSTEM_MEMBERS, *OTHER_SYSTEM_MEMBERS))


def meant_type(declared: Json) -> str | None:
    """Return the type of RFC 7946 that a type means that is none: other capitals, another program's name; else None."""
    if not isinstance(declared, str) or declared in KNOWN or len(declared) > LONGEST_TYPE:
        return None
    word = WORD_OF_TYPE.fullmatch("".join(declared.lower().replace("-", " ").split()))
    return None if word is None else MEANT.get(word[1])


class Place(StrEnum):
    """Where an object stands in a document, which says what it has to be."""

    ROOT = "root"
    FEATURE = "feature"
    GEOMETRY = "geometry"
    MEMBER = "geometry of a collection"


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One GeoJSON object, or what stands where one should; `inside` are the types of the objects around it."""

    value: Json
    path: JsonPath
    place: Place
    feature: int | None
    inside: tuple[str, ...] = ()

    @property
    def type(self) -> str | None:
        """The declared type where it is one of RFC 7946, else None."""
        declared = self.value.get("type") if isinstance(self.value, dict) else None
        return KNOWN.get(declared) if isinstance(declared, str) else None


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """A parsed document with its runs in the order of the file.

    `plain` are its lists that hold nothing but numbers, `kinds` how many objects of each type it has, and `marked` the
    objects with a member that speaks of the coordinates in them, one of MARKS.
    """

    document: Json
    runs: Sequence[PositionRun]
    misnested: tuple[tuple[Node, JsonPath, Any], ...] = ()
    plain: frozenset[int] = field(default_factory=frozenset)
    kinds: Counter[str] = field(default_factory=Counter)
    marked: tuple[Node, ...] = ()

    @property
    def nodes(self) -> Iterator[Node]:
        """The objects in the order of the file, each made as it is come to; the document may not change meanwhile."""
        return _nodes(Node(self.document, "", Place.ROOT, None))

    def feature_of(self, run: PositionRun) -> tuple[JsonPath, JsonMembers | None]:
        """Return the path and the value of the feature a run stands in, ("", None) where it stands in none."""
        path, inside, _ = run.path.rpartition("/geometry/")
        feature = self.document["features"][run.feature] if inside and path else self.document
        return (path, feature) if isinstance(feature, dict) and feature.get("type") == "Feature" else ("", None)

    def record_of(self, number: int | None) -> FeatureRecord | None:
        """Return the record of the feature of a number where it is kept in one, else None."""
        features = self.document.get("features") if isinstance(self.document, dict) else None
        return features.record(number) if number is not None and isinstance(features, FeatureRecords) else None


def structure_of(document: Json) -> Structure:
    """Return the objects and runs of a parsed document, whatever it is."""
    return _structure(document, keep=True)


def structure_without_numbers(document: Json) -> Structure:
    """Return the same, and take the geometries of features out of the document once their numbers stand in arrays.

    A stand-in of their type takes the place of each that is sound. Positions as Python's lists and numbers are five
    times as large as their text; a file of thousands of short lines would not fit the memory it is allowed.
    """
    return _structure(document, keep=False)


def nodes_of(document: Json) -> tuple[Node, ...]:
    """Return the objects of a parsed document all at once, so that it can be changed while they are gone through."""
    return tuple(_nodes(Node(document, "", Place.ROOT, None)))


#: What stands in a document for a geometry of which only the numbers were kept: whatever is looked for in one, other
#: than positions, comes out as it would of a sound one. What is inside is no number, so that nobody takes it for one.
STAND_INS: dict[str, dict[str, Any]] = {
    "Point": {"type": "Point", "coordinates": [True]},
    "LineString": {"type": "LineString", "coordinates": [True]},
    "MultiLineString": {"type": "MultiLineString", "coordinates": [[True]]},
}
STAND_IN_LISTS = frozenset(
    id(held)
    for geometry in STAND_INS.values()
    for held in (geometry["coordinates"], *geometry["coordinates"])
    if isinstance(held, list)
)


def is_stand_in(value: Json) -> bool:
    """Whether an object stands for a geometry of which only the numbers were kept."""
    return any(value is geometry for geometry in STAND_INS.values())


def structure_of_batches(document: Json, batches: Iterable[list[Any]]) -> Structure:
    """Return the structure, without numbers, of a FeatureCollection that is empty as yet and whose features come by."""
    gathered = _Gathering(keep=False)
    gathered.take(Node(document, "", Place.ROOT, None))
    features, inside = FeatureRecords(), ("FeatureCollection",)
    document["features"] = features
    for batch in batches:
        for feature in batch:
            features.append(feature)
            number = len(features) - 1
            if gathered.take(Node(feature, f"/features/{number}", Place.FEATURE, number, inside)):
                features.settle(number)
    return gathered.structure(document)


def _structure(document: Json, *, keep: bool) -> Structure:
    gathered = _Gathering(keep)
    gathered.take(Node(document, "", Place.ROOT, None))
    return gathered.structure(document)


class _Gathering:
    """What has been gathered of a document so far."""

    def __init__(self, keep: bool) -> None:
        self._keep = keep
        self._runs: list[PositionRun] = []
        self._groups: list[Sequence[PositionRun]] = []
        self._misnested: list[tuple[Node, JsonPath, Any]] = []
        self._kinds: Counter[str] = Counter()
        self._marked: list[Node] = []
        self._numbers = RunNumbers()
        self._run_kinds: dict[tuple[str, int], RunKind] = {}
        self._rooms: dict[tuple[str, int, int], RunRoom] = {}

    def structure(self, document: Json) -> Structure:
        """Return what was gathered of a document."""
        runs = in_groups((*self._groups, self._runs))
        parsed = (run for group in groups_of(runs) if isinstance(group, tuple) for run in group if run.raw)
        plain = frozenset(id(run.raw) for run in parsed if run.lonlat is not None)
        misnested, marked = tuple(self._misnested), tuple(self._marked)
        return Structure(document, runs, misnested, plain | STAND_IN_LISTS, self._kinds, marked)

    def take(self, outermost: Node) -> bool:
        """Gather what an object holds, and the objects in it; say whether of a geometry the numbers alone were kept."""
        around: JsonMembers = {}
        let_go = False
        for node in _nodes(outermost):
            kind = node.type
            if kind is None:
                continue
            self._kinds[kind] += 1
            if not MARKS.isdisjoint(node.value):
                self._marked.append(node)
            if kind == "Feature":
                around = node.value
                if not self._keep:
                    # One text for all of them.
                    around["type"] = kind
            if kind not in DEPTHS or not isinstance(coordinates := node.value.get("coordinates"), list | LONG):
                continue
            nothing_else = kind in STAND_INS and node.place is Place.GEOMETRY and len(node.value) == 2
            packed = self._packed(node, kind, coordinates) if nothing_else and not self._keep else []
            if packed:
                if isinstance(packed, GeometryRuns):
                    self._groups += [self._runs, packed]
                    self._runs = []
                else:
                    self._runs += packed
                around["geometry"] = STAND_INS[kind]
                let_go = True
            else:
                path = pointer(node.path, "coordinates")
                _gather(node, coordinates, path, DEPTHS[kind], self._runs, self._misnested, self._numbers)
        return let_go

    def _packed(
        self, node: Node, kind: str, coordinates: list[Any] | NDArray[np.float64] | LineRows
    ) -> Sequence[PackedRun]:
        """Return the runs of a geometry of which nothing is kept but numbers; none where not all are two or three."""
        around = "/features/{}/geometry/coordinates" if node.inside[:-1] else pointer(node.path, "coordinates")
        several = DEPTHS[kind] > 1
        packed: list[PackedRun] = []
        if isinstance(coordinates, LONG):
            return runs_in(coordinates, ROLES[kind], kind, around, node.feature)
        for part, positions in enumerate(coordinates if several else [coordinates]):
            rows = [positions] if kind == "Point" else positions
            if not isinstance(rows, list) or set(map(type, rows)) != {list} or (width := width_of(rows)) not in (2, 3):
                return []
            run_kind = self._run_kinds.setdefault((kind, width), RunKind(ROLES[kind], kind, width, around))
            room, first = self._numbers.packed(rows, width)
            shared = self._rooms.get((kind, width, len(rows)))
            if shared is None or shared.room is not room:
                shared = self._rooms[kind, width, len(rows)] = RunRoom(run_kind, room, len(rows))
            packed.append(PackedRun(shared, node.feature, part if several else None, first))
        return packed


def _nodes(node: Node) -> Iterator[Node]:
    """Yield a node and every GeoJSON object below it, without recursion deeper than the file's own nesting."""
    below: list[Iterator[Node]] = [iter((node,))]
    while below:
        inner = next(below[-1], None)
        if inner is None:
            below.pop()
            continue
        yield inner
        below.append(_below(inner))


def _below(node: Node) -> Iterator[Node]:
    value, kind = node.value, node.type
    inside = (*node.inside, kind or "")
    if kind == "FeatureCollection" and isinstance(value.get("features"), list) and node.place is Place.ROOT:
        path = pointer(node.path, "features")
        return (Node(v, pointer(path, i), Place.FEATURE, i, inside) for i, v in enumerate(value["features"]))
    if kind == "Feature" and "geometry" in value and node.place in (Place.ROOT, Place.FEATURE):
        feature = 0 if node.feature is None else node.feature
        return iter((Node(value["geometry"], pointer(node.path, "geometry"), Place.GEOMETRY, feature, inside),))
    if kind == "GeometryCollection" and isinstance(value.get("geometries"), list):
        path = pointer(node.path, "geometries")
        return (
            Node(v, pointer(path, i), Place.MEMBER, node.feature, inside) for i, v in enumerate(value["geometries"])
        )
    return iter(())


def _gather(
    node: Node,
    value: Json,
    path: JsonPath,
    depth: int,
    runs: list[PositionRun],
    misnested: list[tuple[Node, JsonPath, Any]],
    numbers: RunNumbers,
) -> None:
    """Collect the runs below `value`, which stands `depth` lists above a position."""
    kind = node.type or ""
    if depth >= 2:
        for index, element in enumerate(value):
            below = pointer(path, index)
            if isinstance(element, list):
                _gather(node, element, below, depth - 1, runs, misnested, numbers)
            else:
                misnested.append((node, below, element))
        return
    role = ROLES.get(kind, "ring")
    hole = role == "ring" and not path.endswith("/0")
    runs.append(run_of(value, path, role, node.feature, kind, hole, numbers))

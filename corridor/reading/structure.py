"""What a parsed GeoJSON document is made of: its objects, and the runs of positions inside its geometries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.reading.faults import Json, JsonPath, pointer

#: Geometry type -> how many lists stand around one position, and what its lists of positions are.
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
ROLES = {"Point": "point", "MultiPoint": "points", "LineString": "line", "MultiLineString": "line"}
GEOMETRIES = (*DEPTHS, "GeometryCollection")
TYPES = (*GEOMETRIES, "Feature", "FeatureCollection")
#: Type -> members that define another type and may not stand in it (RFC 7946 section 7.1).
FORBIDDEN = {
    "FeatureCollection": ("coordinates", "geometries", "geometry", "properties"),
    "Feature": ("coordinates", "geometries", "features"),
    **dict.fromkeys(GEOMETRIES, ("geometry", "properties", "features")),
}


NUMBERS = frozenset((int, float))


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
        return declared if isinstance(declared, str) and declared in TYPES else None


@dataclass(frozen=True, slots=True, eq=False)
class PositionRun:
    """A list of positions that belong together: a line, a ring, the points of a geometry.

    `lonlat` is (n, 2) in the order of the file when every position begins with two numbers, else None. `beyond` is what
    follows them, (n, width - 2), None for nothing. `width` is how many numbers each position has (3 with heights), and
    0 where that differs or some are no numbers: `beyond` is then (n, 1), with NaN where a third number is missing.
    """

    raw: Json
    path: JsonPath
    role: str
    feature: int | None
    geometry: str
    hole: bool = False
    lonlat: NDArray[np.float64] | None = None
    beyond: NDArray[np.float64] | None = None
    width: int = 0

    def position_path(self, index: int) -> JsonPath:
        """Return the JSON path of one position."""
        return self.path if self.role == "point" else pointer(self.path, int(index))


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """A parsed document with its objects and runs in the order of the file."""

    document: Json
    nodes: tuple[Node, ...]
    runs: tuple[PositionRun, ...]
    misnested: tuple[tuple[Node, JsonPath, Any], ...] = ()
    plain: frozenset[int] = field(default_factory=frozenset)


def structure_of(document: Json) -> Structure:
    """Return the objects and runs of a parsed document, whatever it is."""
    nodes = tuple(_nodes(Node(document, "", Place.ROOT, None)))
    runs: list[PositionRun] = []
    misnested: list[tuple[Node, JsonPath, Any]] = []
    for node in nodes:
        kind = node.type
        if kind in DEPTHS and isinstance(node.value.get("coordinates"), list):
            _gather(node, node.value["coordinates"], pointer(node.path, "coordinates"), DEPTHS[kind], runs, misnested)
    plain = frozenset(id(run.raw) for run in runs if run.lonlat is not None)
    return Structure(document, nodes, tuple(runs), tuple(misnested), plain)


def _nodes(node: Node) -> Iterator[Node]:
    """Yield a node and every GeoJSON object below it, without recursion deeper than the file's own nesting."""
    heap = [node]
    while heap:
        node = heap.pop()
        yield node
        value, kind = node.value, node.type
        below: list[Node] = []
        inside = (*node.inside, kind or "")
        if kind == "FeatureCollection" and isinstance(value.get("features"), list) and node.place is Place.ROOT:
            path = pointer(node.path, "features")
            below = [Node(v, pointer(path, i), Place.FEATURE, i, inside) for i, v in enumerate(value["features"])]
        elif kind == "Feature" and "geometry" in value and node.place in (Place.ROOT, Place.FEATURE):
            feature = 0 if node.feature is None else node.feature
            below = [Node(value["geometry"], pointer(node.path, "geometry"), Place.GEOMETRY, feature, inside)]
        elif kind == "GeometryCollection" and isinstance(value.get("geometries"), list):
            path = pointer(node.path, "geometries")
            below = [
                Node(v, pointer(path, i), Place.MEMBER, node.feature, inside) for i, v in enumerate(value["geometries"])
            ]
        heap.extend(reversed(below))


def _gather(
    node: Node,
    value: Json,
    path: JsonPath,
    depth: int,
    runs: list[PositionRun],
    misnested: list[tuple[Node, JsonPath, Any]],
) -> None:
    """Collect the runs below `value`, which stands `depth` lists above a position."""
    kind = node.type or ""
    if depth >= 2:
        for index, element in enumerate(value):
            below = pointer(path, index)
            if isinstance(element, list):
                _gather(node, element, below, depth - 1, runs, misnested)
            else:
                misnested.append((node, below, element))
        return
    role = ROLES.get(kind, "ring")
    hole = role == "ring" and not path.endswith("/0")
    runs.append(_run(value, path, role, node.feature, kind, hole))


def _run(raw: list[Any], path: JsonPath, role: str, feature: int | None, kind: str, hole: bool) -> PositionRun:
    positions = [raw] if role == "point" else raw
    lonlat = beyond = None
    width = 0
    if positions and set(map(type, positions)) == {list}:
        widths = set(map(len, positions))
        (width,) = widths if len(widths) == 1 else (0,)
        if width >= 2 and set(map(type, chain.from_iterable(positions))) <= {int, float}:
            count = width * len(positions)
            numbers = np.fromiter(chain.from_iterable(positions), dtype=float, count=count).reshape(-1, width)
            lonlat, beyond = numbers[:, :2], numbers[:, 2:] if width > 2 else None
        elif min(widths) >= 2:
            width = 0
            lonlat, beyond = _with_gaps(positions)
    return PositionRun(raw, path, role, feature, kind, hole, lonlat, beyond, width if lonlat is not None else 0)


def _with_gaps(positions: list[list[Any]]) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    """Return the first two numbers of positions, and as a column the third or NaN; (None, None) where the two are none.

    A height that is missing or no number does not cost a line its course.
    """
    if not set(map(type, chain.from_iterable(position[:2] for position in positions))) <= NUMBERS:
        return None, None
    if not set(map(type, chain.from_iterable(position[2:] for position in positions))) <= {
        *NUMBERS,
        str,
        bool,
        type(None),
    }:
        return None, None
    lonlat = np.array([position[:2] for position in positions], dtype=float)
    heights = np.array(
        [position[2] if len(position) > 2 and type(position[2]) in NUMBERS else np.nan for position in positions],
        dtype=float,
    )
    return lonlat, heights[:, None] if np.isfinite(heights).any() else None

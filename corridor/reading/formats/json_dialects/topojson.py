"""TopoJSON (specification 1.0): shapes whose lines are kept once, as arcs, and named by number."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from corridor.land.geodesy import Values
from corridor.reading.declared_systems import declared_name
from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.json_dialects.collected import Collected, is_number

#: Depth of the lists of arcs in each geometry.
ARCS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


class _Topology:
    """The arcs of a document, each an array of positions from when it is first asked for, which takes less room."""

    def __init__(self, document: JsonMembers, taken: Collected) -> None:
        arcs = document.get("arcs")
        self._arcs: list[Any] = arcs if isinstance(arcs, list) else []
        self._taken = taken
        transform = document.get("transform")
        self._scale = self._translate = None
        if isinstance(transform, dict):
            scale, translate = transform.get("scale"), transform.get("translate")
            if _two_numbers(scale) and _two_numbers(translate):
                self._scale, self._translate = np.array(scale, dtype=float), np.array(translate, dtype=float)

    def _arc(self, number: int) -> NDArray[np.float64] | None:
        """Return an arc in the order in which it is kept, None for one that is not there or has no numbers."""
        if not 0 <= number < len(self._arcs):
            return None
        if not isinstance(self._arcs[number], np.ndarray):
            self._arcs[number] = self._decode(self._arcs[number])
        arc: NDArray[np.float64] | None = self._arcs[number]
        return arc

    def _decode(self, arc: Json) -> NDArray[np.float64] | None:
        try:
            rows = np.array(arc, dtype=float)
        except (TypeError, ValueError):
            return None
        if rows.ndim != 2 or rows.shape[1] < 2:
            return None
        if self._scale is not None:
            # What becomes infinite is found as a position without numbers.
            with np.errstate(over="ignore", invalid="ignore"):
                rows[:, :2] = np.cumsum(rows[:, :2], axis=0) * self._scale + self._translate
        return _rounded(rows)

    def line(self, numbers: Json) -> list[list[float]] | None:
        """Return arcs as one line; each begins where the one before ends. None where one of them is missing."""
        made: list[list[float]] = []
        for number in numbers if isinstance(numbers, list) else ():
            if not isinstance(number, int) or isinstance(number, bool):
                return None
            arc = self._arc(~number if number < 0 else number)
            if arc is None:
                return None
            # Counted before it is copied: one long arc can be named a million times.
            self._taken.count(max(len(arc), 1))
            arc = arc[::-1] if number < 0 else arc
            made += (arc[1:] if made else arc).tolist()
        return made or None

    def point(self, position: Json) -> Json:
        """Return a position, which is kept whole where arcs keep differences."""
        if self._scale is None or not _two_numbers(position[:2] if isinstance(position, list) else None):
            return position
        with np.errstate(over="ignore", invalid="ignore"):
            place = np.array(position[:2], dtype=float) * self._scale + self._translate
        return [*_rounded(place).tolist(), *position[2:]]


def _rounded(numbers: Values) -> Values:
    """Return numbers without what adding and multiplying left behind; one too large for nine decimals as it is."""
    with np.errstate(over="ignore"):
        rounded = numbers.round(9)
    return np.where(np.isfinite(rounded), rounded, numbers)


def _two_numbers(value: Json) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_number, value))


def is_topojson(document: JsonMembers) -> bool:
    """Whether a document is a topology."""
    return document.get("type") == "Topology" and isinstance(document.get("objects"), dict)


def read_topojson(document: JsonMembers, taken: Collected) -> None:
    """Add each geometry of each object as a feature; one without properties is called as its object is.

    Geometries of collections are taken out of the document, so that their features come in their room.
    """
    topology = _Topology(document, taken)
    # The first version of TopoJSON had what GeoJSON of its time had.
    system = declared_name(document["crs"]) if document.get("crs") else None
    for name, value in document["objects"].items():
        # One after the other, so that no collection of collections goes deep.
        heap = [value]
        while heap:
            geometry = heap.pop()
            if not isinstance(geometry, dict):
                continue
            if geometry.get("type") == "GeometryCollection" and isinstance(geometry.get("geometries"), list):
                heap.extend(reversed(geometry.pop("geometries")))
                continue
            made = _geometry(geometry, topology)
            if made is None and geometry.get("type") is not None:
                taken.lacks("names arcs that are not in it", "Export it again from the program that wrote it.")
            properties = geometry.get("properties")
            if "id" in geometry and isinstance(properties, dict):
                properties = {"id": geometry["id"], **properties}
            taken.add(made, properties or {"name": name}, system)


def _geometry(geometry: JsonMembers, topology: _Topology) -> Json:
    kind = geometry.get("type")
    if kind == "Point":
        return {"type": kind, "coordinates": topology.point(geometry.get("coordinates"))}
    if kind == "MultiPoint" and isinstance(geometry.get("coordinates"), list):
        return {"type": kind, "coordinates": [topology.point(position) for position in geometry["coordinates"]]}
    if not isinstance(kind, str) or kind not in ARCS:
        return None
    made = _lines(geometry.get("arcs"), ARCS[kind], topology)
    return None if made is None else {"type": kind, "coordinates": made}


def _lines(arcs: Json, depth: int, topology: _Topology) -> Json:
    if depth == 1:
        return topology.line(arcs)
    if not isinstance(arcs, list):
        return None
    made = [_lines(inner, depth - 1, topology) for inner in arcs]
    return None if any(line is None for line in made) else made

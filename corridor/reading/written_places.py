"""Where in a document positions are written as texts or objects, and where numbers of a position are missing."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from corridor.reading.faults import Json, JsonMembers, JsonPath, pointer
from corridor.reading.geometry_texts import GeometryText, read_geometry_text
from corridor.reading.grid_references import read_grid
from corridor.reading.parted_numbers import OWN_TEXT, joined_numbers
from corridor.reading.position_runs import PositionRun
from corridor.reading.structure import DEPTHS, ROLES, Node, Place, Structure
from corridor.reading.written_angles import COMMAS
from corridor.reading.written_numbers import (
    LATITUDES,
    LONGITUDES,
    WrittenRun,
    read_position,
    read_positions,
    read_run,
)

#: The longest text that is taken for one place, and that is kept of one for a sentence.
LONGEST_PLACE = 200
LAT_AND_LON = "latitude and longitude among the properties"
#: Names of properties that hold nothing else: “n” and “x” may be anything, eastings are in a zone.
NAMES_OF_DEGREES = {name for name in (*LATITUDES, *LONGITUDES) if len(name) > 2} - {"easting", "northing"}
#: Texts that programs write for a number that is missing.
MISSING = re.compile(r"\s*(?:[+-]?(?:nan|inf|infinity|1\.#\w+)|null|none|n/?a|nodata|-|\?)?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class WrittenPlace:
    """A list of positions, or the text in its place, that is not all lists of numbers.

    It stands in `holder` under `key`. `read` is what it says when read as people write; None where it cannot be read.
    `text` is the whole geometry that it says.
    """

    holder: Any
    key: Any
    path: JsonPath
    role: str
    feature: int | None
    read: WrittenRun | None
    text: GeometryText | None = None

    @property
    def raw(self) -> Json:
        """What stands there."""
        return self.holder[self.key]

    @property
    def is_whole(self) -> bool:
        """Whether one text says all of it."""
        return isinstance(self.raw, str) or self.role == "point" or self.text is not None

    @property
    def system(self) -> str | None:
        """The reference system that it names."""
        return None if self.text is None else self.text.system

    @property
    def lines(self) -> list[list[Any]]:
        """The positions of each of the lines it says."""
        if self.text is not None:
            return self.text.lines
        return [self.read.positions] if self.read is not None and self.role == "line" else []

    def replace(self, positions: list[Any]) -> None:
        """Put positions there; heights that are all zero mean “on the ground” and are left out."""
        lists = [position for position in positions if isinstance(position, list)]
        if lists and all(len(position) == 3 and position[2] == 0 for position in lists):
            for position in lists:
                del position[2:]
        if self.text is not None:
            if self.key == "coordinates":
                self.holder.update(self.text.geometry)
            else:
                self.holder[self.key] = self.text.geometry
            if self.system is not None:
                self.holder["crs"] = {"type": "name", "properties": {"name": self.system}}
        else:
            self.holder[self.key] = positions[0] if self.role == "point" else positions


def written_places(structure: Structure) -> Iterator[WrittenPlace]:
    """Yield the lists of positions of a document that are not all numbers, in the order of the file.

    Numbers with decimal commas are numbers too, but twice as many: 46, 63067, 38, 94164.
    """
    whole = {id(run.raw) for run in structure.runs if run.width > 3 and _beyond_degrees(run)}
    for node in structure.nodes:
        kind = node.type
        if node.place is Place.GEOMETRY and isinstance(node.value, str | None):
            yield from _in_place_of_geometry(structure, node)
        if kind in DEPTHS and "coordinates" in node.value:
            path = pointer(node.path, "coordinates")
            role = ROLES.get(kind, "ring")
            whole_text = node.value["coordinates"] if isinstance(node.value["coordinates"], str) else ""
            if whole_text and (text := read_geometry_text(whole_text)):
                yield _of_geometry(node.value, "coordinates", path, node.feature, text, whole_text)
                continue
            for holder, key, at in _lists(node.value, "coordinates", path, DEPTHS[kind]):
                value = holder[key]
                if id(value) in whole:
                    read = _joined(value if role != "point" else [value])
                    if read is not None:
                        yield WrittenPlace(holder, key, at, role, node.feature, read)
                elif id(value) not in structure.plain and value not in ([], None):
                    yield WrittenPlace(holder, key, at, role, node.feature, _read(value, role))


def _in_place_of_geometry(structure: Structure, node: Node) -> Iterator[WrittenPlace]:
    """Yield the text of a geometry that stands in its place, or among the properties where there is none."""
    feature = structure.document
    for step in node.path.split("/")[1:-1]:
        feature = feature[int(step) if isinstance(feature, list) else step]
    given = feature.get("properties")
    degrees = _lat_and_lon(given) if node.value is None else {}
    place = read_position(degrees) if degrees else None
    if place is not None and {*map(type, place[0])} <= {int, float}:
        at = GeometryText({"type": "Point", "coordinates": place[0]}, None, LAT_AND_LON)
        said = ", ".join(f"{name}: {value}" for name, value in degrees.items())
        path = pointer(node.path.rpartition("/")[0], "properties")
        yield _of_geometry(feature, "geometry", path, node.feature, at, said)
        return
    held = {"": node.value} if isinstance(node.value, str) else given if isinstance(given, dict) else {}
    for name, value in held.items():
        text = _geometry_in(value) or (None if name else written_in_place(value))
        if text is not None:
            path = pointer(pointer(node.path.rpartition("/")[0], "properties"), name) if name else node.path
            yield _of_geometry(feature, "geometry", path, node.feature, text, value)
            return


def _lat_and_lon(given: Json) -> JsonMembers:
    """Return the latitude and the longitude among some properties, by names that mean nothing else."""
    named = given.items() if isinstance(given, dict) else ()
    return {name: value for name, value in named if name.lower() in NAMES_OF_DEGREES}


def written_in_place(value: Json) -> GeometryText | None:
    """Return the geometry that a text in place of one says, also one that is nothing but positions."""
    if not isinstance(value, str):
        return None
    text = read_geometry_text(value)
    read = read_positions(value) if text is None else None
    if read is None:
        return text
    positions, styles = read
    kind, coordinates = ("LineString", positions) if len(positions) > 1 else ("Point", positions[0])
    return GeometryText({"type": kind, "coordinates": coordinates}, None, (*styles, OWN_TEXT)[0])


def _geometry_in(value: Json) -> GeometryText | None:
    """Return the geometry a text says, or the one place it gives as the grid of a map has it."""
    if not isinstance(value, str):
        return None
    grid = read_grid(value) if len(value) < LONGEST_PLACE else None
    if grid is not None and len(grid[0]) == 1:
        return GeometryText({"type": "Point", "coordinates": grid[0][0]}, None, grid[1])
    return read_geometry_text(value)


def _of_geometry(
    holder: Json, key: str, path: JsonPath, feature: int | None, text: GeometryText, value: str
) -> WrittenPlace:
    positions = text.positions
    read = WrittenRun(positions, Counter((text.style,)), len(positions), value[:LONGEST_PLACE].strip())
    return WrittenPlace(holder, key, path, "geometry", feature, read, text)


def _lists(holder: Json, key: Json, path: JsonPath, depth: int) -> Iterator[tuple[Any, Any, JsonPath]]:
    value = holder[key]
    if depth < 2 or not isinstance(value, list):
        if isinstance(value, list | str) or depth == 0:
            yield holder, key, path
        return
    for index in range(len(value)):
        yield from _lists(value, index, pointer(path, index), depth - 1)


def _beyond_degrees(run: PositionRun) -> bool:
    return run.lonlat is not None and bool((np.abs(run.lonlat) > (180, 90)).any())


def _joined(positions: list[list[Any]]) -> WrittenRun | None:
    joined = [joined_numbers([str(number) for number in position]) for position in positions]
    if not all(position is not None and abs(position[0]) <= 180 and abs(position[1]) <= 90 for position in joined):
        return None
    return WrittenRun(list(joined), Counter((COMMAS,)), len(joined), ",".join(map(str, positions[0])))


def _read(value: Json, role: str) -> WrittenRun | None:
    if role != "point":
        return read_run(value)
    if isinstance(value, str):
        text = read_positions(value)
        return read_run(value) if text is not None and len(text[0]) == 1 else None
    if isinstance(value, list) and not any(isinstance(number, str) for number in value):
        return None
    return read_run([value]) if read_position(value) is not None else None


def unplaced(raw: Json) -> list[int]:
    """Return the indices of positions without a number for longitude or latitude: null, “NaN”, an empty text.

    [] where other things stand in the list that are no numbers.
    """
    rows: list[int] = []
    for index, position in enumerate(raw if isinstance(raw, list) else ()):
        if not isinstance(position, list) or len(position) < 2:
            if position is not None and position != []:
                continue
            rows.append(index)
        elif any(number is None or (isinstance(number, str) and MISSING.fullmatch(number)) for number in position[:2]):
            rows.append(index)
    return rows

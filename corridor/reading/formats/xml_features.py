"""Features of a KML or GPX file as its elements come by, one after the other: nothing is expanded, nothing fetched."""

import math
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

import numpy as np

from corridor.land.line_rows import LineRows
from corridor.reading.faults import Json
from corridor.reading.formats.beside import Beside
from corridor.reading.formats.xml_names import local_name
from corridor.reading.formats.xml_text import refuse_declarations

XmlFeature = dict[str, Any]
#: Two or three numbers; a text stands for what is no plain number, None for what is not there.
Position = list[Any]


def walk(
    data: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str, str], None],
    beside: Beside | None = None,
) -> None:
    """Tell of every element by its name without prefix: `start(name, attributes)`, then `end(name, text)`.

    `text` is what stands in the element between its last inner element, or its beginning, and its end; `beside` takes
    up names that have other capitals than KML and GPX give them. Raises expat.ExpatError or ValueError where the text
    is not well-formed XML.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    held: list[str] = []

    def opened(name: str, attributes: dict[str, str]) -> None:
        held.clear()
        local = local_name(name)
        if beside is not None and not name.endswith(local):
            beside.other_names[name, local] += 1
        start(local, attributes)

    def closed(name: str) -> None:
        text = "".join(held)
        held.clear()
        end(local_name(name), text)

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.CharacterDataHandler = held.append
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse_declarations
    parser.Parse(data, True)


def number(text: str) -> float | None:
    """Return the number a text is, None for a text that is none (as “38,9” is, or “NaN”)."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def number_or_text(text: str) -> float | str | None:
    """Return the number a text is; else the text, to be read as people write numbers; None for an empty one."""
    value = number(text)
    return (text.strip() or None) if value is None else value


def feature(properties: Json, geometry: Json, beside: Beside) -> XmlFeature:
    """Return a feature of GeoJSON; heights that are all zero mean “on the ground” and are left out, and counted."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": None if geometry is None else grounded(geometry, beside),
    }


def grounded(geometry: dict[str, Any], beside: Beside) -> dict[str, Any]:
    """Return a geometry without its heights where all are zero."""
    coordinates = geometry.get("coordinates")
    if isinstance(coordinates, np.ndarray | LineRows):
        lines = coordinates if isinstance(coordinates, LineRows) else LineRows.of(coordinates, [len(coordinates)])
        if lines.rows.shape[1] > 2 and not lines.rows[:, 2].any():
            level = np.ascontiguousarray(lines.rows[:, :2])
            geometry["coordinates"] = LineRows(level, lines.first) if coordinates is lines else level
            beside.zero_heights += len(level)
        return geometry
    if "geometries" in geometry:
        positions = [position for part in geometry["geometries"] for position in flat(part.get("coordinates"))]
    else:
        positions = flat(geometry["coordinates"])
    if positions and all(len(position) > 2 and position[2] == 0 for position in positions):
        for position in positions:
            del position[2:]
        beside.zero_heights += len(positions)
    return geometry


def flat(coordinates: Json) -> list[Position]:
    """Return the positions in nested lists of them."""
    if not isinstance(coordinates, list) or not coordinates:
        return []
    if not isinstance(coordinates[0], list):
        return [coordinates]
    if coordinates[0] and not isinstance(coordinates[0][0], list):
        return coordinates
    return [position for inner in coordinates for position in flat(inner)]

"""Knows how the waters are made: rivers from the border's edges or a centre line, lakes from OpenStreetMap of 2017."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build.curve import smoothed
from geodata.build.edges import to_degrees, to_metric
from geodata.build.features import feature, name
from geodata.build.inputs import Inputs
from geodata.build.mosaic import WINDOW, mosaic
from geodata.build.packages import BuildError

JOIN = 1e-5  # degrees, about a metre
WATERS = (42.0, 37.0, 51.5, 43.0)  # lon/lat box in which lakes and reservoirs are looked for
FROM_BORDER = "Pieces of the border layer joined end to end, vertex for vertex."
FROM_CENTRE_LINE = (
    "A curve through the vertices of Natural Earth's centre line (1:10,000,000), cut to 42.8-50.7 E, 38.0-42.2 N."
)
FROM_POLYGON = "Polygon of OpenStreetMap, November 2017, as simplified by the dataset."
FROM_DISTRICTS = "The part of the State that its districts leave out, in simplified geoBoundaries (2020)."
FROM_MOSAIC = (
    "What no country's land covers in OpenStreetMap of November 2017; its coast is that of the territory layer."
)
AS_OF = {
    FROM_BORDER: "2026-07-11",
    FROM_CENTRE_LINE: "undated",
    FROM_POLYGON: "2017-11",
    FROM_DISTRICTS: "2020",
    FROM_MOSAIC: "2017-11",
}
SOURCES = {
    FROM_BORDER: ["timezonefinder-data"],
    FROM_CENTRE_LINE: ["natural-earth-rivers"],
    FROM_POLYGON: ["geo-maps-earth-waters"],
    FROM_DISTRICTS: ["geoboundaries-arm"],
    FROM_MOSAIC: ["geo-maps-countries-land"],
}


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """One feature per entry of tables/water.toml."""
    land = inputs.geometries("territory")
    features = []
    for entry in inputs.table("water")["water"]:
        shape, method = _shape(inputs, entry)
        features.append(
            feature(
                f"water/{entry['id']}", shape,
                label=entry["label"], kind=entry["kind"],
                territories=entry.get("territories") or _touched(shape, land),
                names=[name(text, tag) for text, tag in entry["names"]],
                accuracy_m=entry["accuracy_m"], method=method, note=entry.get("note"),
                sources=SOURCES[method], as_of=AS_OF[method],
            )
        )  # fmt: skip
    return features


def _shape(inputs: Inputs, entry: dict[str, Any]) -> tuple[BaseGeometry, str]:
    if "borders" in entry:
        return _along_borders(inputs.geometries("border"), entry), FROM_BORDER
    if "centre_line" in entry:
        clip = WINDOW if "east_of" not in entry else shapely.box(entry["east_of"], 38.0, 50.7, 42.2)
        course = shapely.line_merge(inputs.river_centre_lines()[entry["centre_line"]])
        return shapely.line_merge(shapely.intersection(_curved(course, entry), clip)), FROM_CENTRE_LINE
    if entry["kind"] == "sea":
        return mosaic()["sea"], FROM_MOSAIC
    if "left_out_of" in entry:
        units = [shape for _, shape in inputs.administrative_units(entry["left_out_of"]).values()]
        rings = shapely.get_rings(shapely.get_parts(shapely.union_all(units)))
        return _holding([shapely.Polygon(ring) for ring in rings], entry), FROM_DISTRICTS
    # The dataset is cut along lines of its own; pieces of one water lie edge to edge or a metre apart.
    pieces = [
        shapely.buffer(shapely.make_valid(p), JOIN, join_style="mitre")
        for p in inputs.inland_water(entry["package"], *WATERS)
    ]
    joined = shapely.buffer(shapely.union_all(pieces), -JOIN, join_style="mitre")
    return shapely.intersection(_holding(list(shapely.get_parts(joined)), entry), WINDOW), FROM_POLYGON


def _curved(course: BaseGeometry, entry: dict[str, Any]) -> BaseGeometry:
    """A course of straight pieces as a curve through their ends, within the accuracy the table gives it."""
    try:
        curves = [
            smoothed(shapely.get_coordinates(part), entry["accuracy_m"])
            for part in shapely.get_parts(to_metric(course))
        ]
    except ValueError as error:
        msg = f"{entry['id']} in tables/water.toml: {error}"
        raise BuildError(msg) from error
    return to_degrees(shapely.multilinestrings([shapely.linestrings(curve) for curve in curves]))


def _holding(shapes: list[BaseGeometry], entry: dict[str, Any]) -> BaseGeometry:
    holding = [shape for shape in shapes if shapely.contains_xy(shape, *entry["at"])]
    if not holding:
        msg = f"no water holds the point {entry['at']} of {entry['id']} in tables/water.toml."
        raise BuildError(msg)
    return min(holding, key=lambda shape: shape.area)


def _along_borders(borders: dict[str, BaseGeometry], entry: dict[str, Any]) -> shapely.LineString:
    """The named borders joined, from or to the vertex nearest to a point."""
    line = shapely.line_merge(shapely.union_all([borders[f"border/{key}"] for key in entry["borders"]]))
    if line.geom_type != "LineString":
        msg = f"the borders of {entry['id']} in tables/water.toml do not join end to end."
        raise BuildError(msg)
    xy = shapely.get_coordinates(line if line.coords[0][0] < line.coords[-1][0] else shapely.reverse(line))
    if "from" in entry:
        xy = xy[_nearest(xy, entry["from"]) :]
    if "to" in entry:
        xy = xy[: _nearest(xy, entry["to"]) + 1]
    return shapely.LineString(xy)


def _nearest(xy: np.ndarray, point: list[float]) -> int:
    return int(np.hypot(*(xy - point).T).argmin())


def _touched(shape: BaseGeometry, land: dict[str, BaseGeometry]) -> list[str]:
    return [key.removeprefix("territory/") for key, territory in land.items() if territory.intersects(shape)]

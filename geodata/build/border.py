"""Knows how the borders are made: the edges two territories share, cut where a river or a delimited reach begins."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geodata.build.features import fact, feature
from geodata.build.inputs import Inputs
from geodata.build.mosaic import arcs_by_owners
from geodata.build.packages import BuildError

METHOD = "The edges that two polygons of the territory layer share, vertex for vertex, in 42.8-50.7 E, 38.0-42.2 N."
STATE = {"az-mainland": "azerbaijan", "az-nakhchivan": "azerbaijan"}
WGS84 = Geod(ellps="WGS84")


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """One feature per entry of tables/border.toml; lengths are WGS84 geodesics in km, to 10 m."""
    table = inputs.table("border")
    shapes = {key.removeprefix("territory/"): shape for key, shape in inputs.geometries("territory").items()}
    arcs = arcs_by_owners(shapes)
    features = []
    for entry in table["border"]:
        pair = entry["pair"]
        pieces = _cut(_whole_line(arcs, pair), table["cut"].get(" ".join(pair), []))
        line = shapely.line_merge(shapely.multilinestrings([pieces[i] for i in entry.get("pieces", [0])]))
        features.append(
            feature(
                f"border/{entry['id']}", line,
                label=entry["label"], kind=entry["kind"], territories=pair, accuracy_m=entry["accuracy_m"],
                method=f"{METHOD} {table['why'][entry['why']]}", note=table["note"][entry["note"]],
                sources=["timezonefinder-data", *entry.get("sources", [])], as_of="2026-07-11",
                facts=[fact(**item) for item in entry.get("facts", [])],
                pair=sorted(STATE.get(key, key) for key in pair), delimited=entry.get("delimited"),
                length_km=round(WGS84.geometry_length(line) / 1000, 2),
            )
        )  # fmt: skip
    return features


def _whole_line(arcs: dict[frozenset[str], BaseGeometry], pair: list[str]) -> shapely.LineString:
    """The longest line a pair shares, from west to east; chips at the window's edge are left out."""
    parts = shapely.get_parts(arcs[frozenset(pair)])
    lengths = np.array([WGS84.geometry_length(part) for part in parts])
    line = parts[lengths.argmax()]
    return line if line.coords[0][0] < line.coords[-1][0] else shapely.reverse(line)


def _cut(line: shapely.LineString, points: list[list[float]]) -> list[shapely.LineString]:
    """The line cut at its vertices nearest to `points`, in the order of the line."""
    xy = shapely.get_coordinates(line)
    at = [int(np.hypot(*(xy - point).T).argmin()) for point in points]
    if at != sorted(set(at)) or any(i in {0, len(xy) - 1} for i in at):
        msg = f"the points {points} of tables/border.toml do not cut the border in order."
        raise BuildError(msg)
    bounds = [0, *at, len(xy) - 1]
    return [shapely.LineString(xy[i : j + 1]) for i, j in pairwise(bounds)]

"""Knows where the crossings of geodata/tables/crossing.toml lie on the lines that territories share."""

from __future__ import annotations

from functools import cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build.edges import distance_m, nearest_on, shared_edge, to_degrees, to_metric
from geodata.build.features import fact, feature, name
from geodata.build.inputs import FACTS_AS_OF, Inputs
from geodata.build.packages import BuildError
from geodata.build.railway import way_between

BORDERS = "timezonefinder-data"
RAILWAYS = "scgraph-railways"
STATE = {"az-mainland": "azerbaijan", "az-nakhchivan": "azerbaijan"}  # the other territories are whole States
KIND = {("rail",): "rail", ("road",): "road", ("rail", "road"): "road-and-rail"}
# The protocol of 15 May 2024 (12.6 km as stated in Armenia, 12.7 km in Azerbaijan) is of sections that hold no post.
DELIMITED_PAIR = ["armenia", "azerbaijan"]


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """Every crossing of the table as a feature, in the order of the table.

    Raises BuildError when a crossing has no position, or its position cannot be found on the shared line.
    """
    return [_feature(inputs, row) for row in inputs.table("crossing")["crossing"]]


def _feature(inputs: Inputs, row: dict[str, Any]) -> dict[str, Any]:
    where = _position(inputs, row)
    facts = [
        fact(
            item["label"], item["value"], item.get("unit"), item["sources"], accuracy=item.get("accuracy"),
            as_of=item.get("as_of"), quote=item.get("quote"), by=item.get("by"),
        )
        for item in row.get("facts", [])
    ]  # fmt: skip
    sources = [*row["sources"], *(source for item in facts for source in item["sources"]), *where["sources"]]
    pair = sorted(STATE.get(territory, territory) for territory in row["between"])
    notes = [row["note"], *([row["undrawn"]] if "undrawn" in row else [])]
    return feature(
        f"crossing/{row['id']}",
        where["point"],
        label=row["label"],
        kind=KIND[tuple(row["modes"])],
        territories=row["between"],
        accuracy_m=where["accuracy_m"],
        method=where["method"],
        sources=list(dict.fromkeys(sources)),
        as_of=FACTS_AS_OF,
        names=[name(*entry) for entry in row["names"]],
        status=row["status"],
        status_as_of=row["status_as_of"],
        note=" ".join(notes),
        facts=facts,
        delimited=False if pair == DELIMITED_PAIR else None,
        pair=pair,
        modes=row["modes"],
        coordinate_basis=where["basis"],
    )


def _position(inputs: Inputs, row: dict[str, Any]) -> dict[str, Any]:
    if "undrawn" in row:
        return _found(None, None, None, "Listed, not drawn: no position is published.", [])
    edge = shared_edge(inputs, *row["between"])
    for kind, find in FINDERS.items():
        if kind in row:
            return find(inputs, row[kind], edge, f"crossing/{row['id']}")
    msg = f"tables/crossing.toml, {row['id']}: one of {', '.join(FINDERS)} or undrawn was expected."
    raise BuildError(msg)


def _found(
    point: shapely.Point | None, accuracy_m: float | None, basis: str | None, method: str, sources: list[str]
) -> dict[str, Any]:
    return {"point": point, "accuracy_m": accuracy_m, "basis": basis, "method": method, "sources": sources}


def _cited(_inputs: Inputs, how: dict[str, Any], edge: BaseGeometry, where: str) -> dict[str, Any]:
    cited = shapely.Point(how["lon"], how["lat"])
    point = nearest_on(edge, cited)
    moved = distance_m(cited, point)
    if moved > how["snap_m"]:
        msg = f"{where}: the cited point lies {moved:.0f} m from the shared line, {how['snap_m']} m were allowed."
        raise BuildError(msg)
    method = f"Coordinate of the crossing on a page named among the sources, moved {moved:.0f} m onto the border line."
    return _found(point, float(how["accuracy_m"]), "cited", method, [how["source"], BORDERS])


def _estimated(_inputs: Inputs, how: dict[str, Any], edge: BaseGeometry, _where: str) -> dict[str, Any]:
    point = nearest_on(edge, shapely.Point(how["lon"], how["lat"]))
    method = "Our estimate: where the line drawn by this project meets the border line; no position is published."
    return _found(point, float(how["accuracy_m"]), "estimate", method, [BORDERS])


def _from_tripoint(_inputs: Inputs, how: dict[str, Any], edge: BaseGeometry, where: str) -> dict[str, Any]:
    tripoint = shapely.Point(how["lon"], how["lat"])
    lines = [to_metric(part) for part in shapely.get_parts(edge)]
    start = to_metric(tripoint)
    line = min(lines, key=lambda part: part.distance(start))
    from_start = shapely.get_point(line, 0).distance(start) < shapely.get_point(line, -1).distance(start)
    end = shapely.get_point(line, 0 if from_start else -1)
    if end.distance(start) > 50.0:
        msg = f"{where}: the shared line does not end at the tripoint {tripoint.wkt}."
        raise BuildError(msg)
    point = to_degrees(shapely.line_interpolate_point(line, how["offset_m"] * (1 if from_start else -1)))
    method = (
        f"Set {how['offset_m']} m along the border from the tripoint, where the river valley and with it the former "
        "line met the border. An inference, not a survey."
    )
    return _found(point, float(how["accuracy_m"]), "derived", method, [BORDERS])


def _by_railway(inputs: Inputs, how: dict[str, Any], edge: BaseGeometry, where: str) -> dict[str, Any]:
    start, end = _places(inputs, how["places"])
    way = shapely.LineString(way_between((start.x, start.y), (end.x, end.y)))
    point = _only_crossing(way, edge, where)
    method = "Where the railway of the packaged OpenStreetMap graph, rounded to 0.001 degrees, crosses the border line."
    return _found(point, float(how["accuracy_m"]), "derived", method, [BORDERS, RAILWAYS])


def _by_chord(inputs: Inputs, how: dict[str, Any], edge: BaseGeometry, where: str) -> dict[str, Any]:
    start, end = _places(inputs, how["places"])
    point = _only_crossing(shapely.LineString([start, end]), edge, where)
    first, second = (_label(inputs, key) for key in how["places"])
    method = (
        f"Where the straight line from {first} to {second} crosses the border line; "
        "the post itself has no cited coordinate."
    )
    return _found(point, float(how["accuracy_m"]), "derived", method, [BORDERS])


def _nearest(inputs: Inputs, how: dict[str, Any], edge: BaseGeometry, _where: str) -> dict[str, Any]:
    (place,) = _places(inputs, [how["place"]])
    method = (
        f"The point of the border line nearest to {_label(inputs, how['place'])}; "
        "the post itself has no cited coordinate."
    )
    return _found(nearest_on(edge, place), float(how["accuracy_m"]), "derived", method, [BORDERS])


def _at_distance(inputs: Inputs, how: dict[str, Any], edge: BaseGeometry, where: str) -> dict[str, Any]:
    (place,) = _places(inputs, [how["place"]])
    circle = shapely.boundary(shapely.buffer(to_metric(place), how["km"] * 1000.0, quad_segs=64))
    points = shapely.get_parts(shapely.intersection(to_metric(edge), circle))
    if not len(points):
        msg = f"{where}: no point of the shared line lies {how['km']} km from place/{how['place']}."
        raise BuildError(msg)
    point = nearest_on(edge, min((to_degrees(place) for place in points), key=lambda place: place.y))
    method = (
        f"The southern point of the border line that lies {how['km']:g} km from {_label(inputs, how['place'])}, "
        "the distance the proposal gives; the post itself has no cited coordinate."
    )
    return _found(point, float(how["accuracy_m"]), "derived", method, [BORDERS])


FINDERS = {
    "cited": _cited,
    "tripoint": _from_tripoint,
    "railway": _by_railway,
    "chord": _by_chord,
    "nearest": _nearest,
    "at_distance": _at_distance,
    "estimate": _estimated,
}


def _only_crossing(line: BaseGeometry, edge: BaseGeometry, where: str) -> shapely.Point:
    """The crossing of a line with the border; of several, the one in the middle of them."""
    points = [part for part in shapely.get_parts(shapely.intersection(line, edge)) if part.geom_type == "Point"]
    if not points:
        msg = f"{where}: the line does not cross the border of its two territories."
        raise BuildError(msg)
    points.sort(key=lambda point: shapely.line_locate_point(line, point))
    return nearest_on(edge, points[len(points) // 2])


def _places(inputs: Inputs, keys: list[str]) -> list[shapely.Point]:
    return [_place_layer(inputs)[f"place/{key}"]["geometry"] for key in keys]


def _label(inputs: Inputs, key: str) -> str:
    return str(_place_layer(inputs)[f"place/{key}"]["properties"]["label"])


@cache
def _place_layer(inputs: Inputs) -> dict[str, Any]:
    return {f["id"]: f for f in inputs.layer("place")}

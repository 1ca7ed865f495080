"""One line in the JSON of other programs, written by us as their documentation says: by a name, with its format."""

import json
from typing import Any

from tests.support.route_files import LINE, NAME, OTHER, collection, feature

Document = Any


def encoded(line: list[list[float]], decimals: int = 5, heights: bool = False) -> str:
    """Return (lon, lat[, height]) positions as an encoded polyline, by Google's own description of it."""
    out, before = [], [0, 0, 0]
    for position in line:
        values = [round(position[1] * 10**decimals), round(position[0] * 10**decimals)]
        if heights:
            values.append(round(position[2] * 100))
        for at, value in enumerate(values):
            difference, before[at] = value - before[at], value
            shifted = ~(difference << 1) if difference < 0 else difference << 1
            while shifted >= 0x20:
                out.append(chr((0x20 | (shifted & 0x1F)) + 63))
                shifted >>= 5
            out.append(chr(shifted + 63))
    return "".join(out)


def esri(**members: Any) -> Document:
    """Return a set of features of ArcGIS."""
    return {
        "displayFieldName": "name", "geometryType": "esriGeometryPolyline",
        "spatialReference": {"wkid": 4326, "latestWkid": 4326},
        "fields": [{"name": "name", "type": "esriFieldTypeString"}],
        "features": [{"attributes": {"name": NAME}, "geometry": {"paths": [LINE]}}], **members,
    }  # fmt: skip


def topology(arcs: list[Any], names: Any, **members: Any) -> Document:
    """Return a topology with one line, of the arcs that are named."""
    line = {"type": "LineString", "arcs": names, "properties": {"name": NAME}}
    objects = {"route": {"type": "GeometryCollection", "geometries": [line]}}
    return {"type": "Topology", "objects": objects, "arcs": arcs, **members}


def places(line: list[list[float]]) -> list[dict[str, float]]:
    """Return positions as Overpass writes them."""
    return [{"lat": y, "lon": x} for x, y in line]


def overpass(*elements: dict[str, Any]) -> Document:
    """Return an answer of Overpass."""
    return {"version": 0.6, "generator": "Overpass API", "osm3s": {"copyright": "ODbL"}, "elements": list(elements)}


def osrm(geometry: Any, **members: Any) -> Document:
    """Return an answer of OSRM."""
    route = {"geometry": geometry, "legs": [], "weight_name": "routability", "distance": 2800.1, **members}
    return {"code": "Ok", "routes": [route], "waypoints": [{"name": "", "location": LINE[0]}]}


def valhalla(*shapes: Any, **members: Any) -> Document:
    """Return an answer of Valhalla with a leg for each shape."""
    return {"trip": {"legs": [{"shape": shape, "maneuvers": []} for shape in shapes], "status": 0}, **members}


def graphhopper(points: Any, **members: Any) -> Document:
    """Return an answer of GraphHopper."""
    return {"hints": {}, "paths": [{"distance": 2800.1, "points_encoded": isinstance(points, str), "points": points,
                                    **members}]}  # fmt: skip


PLAIN = {"type": "LineString", "coordinates": LINE}
HIGH = [[*at, 700.25 + number] for number, at in enumerate(LINE)]
TAGS = {"railway": "rail", "name": NAME}
NODES = [{"type": "node", "id": number, **at} for number, at in enumerate(places(LINE), start=1)]
WAY = {"type": "way", "id": 9, "nodes": [1, 2, 3], "tags": TAGS}
QUANTIZED = [[46_200, 38_900], [10, 10], [10, -10]]

#: Name of the kind, the format that is told, and a document that holds the line LINE once.
OTHER_JSON: dict[str, tuple[str, Document]] = {
    "esri features": ("Esri JSON", esri()),
    "esri without a type of geometry": ("Esri JSON", {"features": esri()["features"]}),
    "esri feature": ("Esri JSON", {"attributes": {"name": NAME}, "geometry": {"paths": [LINE]}}),
    "esri geometry": ("Esri JSON", {"paths": [LINE], "spatialReference": {"wkid": 4326}}),
    "esri map": ("Esri JSON", {"operationalLayers": [{"featureCollection": {"layers": [{"featureSet": esri()}]}}]}),
    "esri measures": ("Esri JSON", esri(hasM=True, features=[
        {"attributes": {"name": NAME}, "geometry": {"hasM": True, "paths": [[[*at, 12.5] for at in LINE]]}}])),
    "esri answer of a network service": ("Esri JSON", {"messages": [], "routes": esri(), "directions": [
        {"routeId": 1, "features": [{"attributes": {"text": "Go"}, "compressedGeometry": "+1m91-6fl+"}]}]}),
    "esri answer of a tool": ("Esri JSON", {"results": [
        {"paramName": "Out", "dataType": "GPFeatureRecordSetLayer", "value": esri()}], "messages": []}),
    "esri layers": ("Esri JSON", {"layers": [{"id": 0, **esri()}]}),
    "esri geometries": ("Esri JSON", {"geometryType": "esriGeometryPolyline", "geometries": [{"paths": [LINE]}]}),
    "esri list of features": ("Esri JSON", [{"attributes": {"name": NAME}, "geometry": {"paths": [LINE]}}]),
    "topojson": ("TopoJSON", topology([LINE], [0])),
    "topojson reversed": ("TopoJSON", topology([LINE[::-1]], [~0])),
    "topojson of two arcs": ("TopoJSON", topology([LINE[:2], LINE[:0:-1]], [0, ~1])),
    "topojson quantized": (
        "TopoJSON", topology([QUANTIZED], [0], transform={"scale": [0.001, 0.001], "translate": [0, 0]})),
    "overpass geometry": ("Overpass JSON", overpass({"type": "way", "id": 9, "geometry": places(LINE), "tags": TAGS})),
    "overpass nodes": ("Overpass JSON", overpass(*NODES, WAY)),
    "overpass nodes last": ("Overpass JSON", overpass(WAY, *NODES)),
    "overpass relation of ways": ("Overpass JSON", overpass(
        *NODES, WAY, {"type": "relation", "id": 5, "tags": TAGS, "members": [
            {"type": "node", "ref": 1, "role": "stop"}, {"type": "way", "ref": 9, "role": ""}]})),
    "overpass relation with geometry": ("Overpass JSON", overpass({
        "type": "relation", "id": 5, "tags": TAGS, "members": [
        {"type": "way", "ref": 9, "role": "forward", "geometry": places(LINE)},
        {"type": "way", "ref": 10, "role": "platform", "geometry": places(OTHER)}]})),
    "osrm": ("OSRM", osrm(encoded(LINE))),
    "osrm of six decimals": ("OSRM", osrm(encoded(LINE, 6))),
    "osrm geojson": ("OSRM", osrm(PLAIN)),
    "osrm of steps": ("OSRM", osrm(None, legs=[
        {"steps": [{"geometry": encoded(LINE[:2])}, {"geometry": encoded(LINE[1:])}]}])),
    "osrm match": ("OSRM", {"code": "Ok", "matchings": osrm(encoded(LINE))["routes"], "tracepoints": []}),
    "valhalla": ("Valhalla", valhalla(encoded(LINE, 6))),
    "valhalla of two legs": ("Valhalla", valhalla(encoded(LINE[:2], 6), encoded(LINE[1:], 6))),
    "valhalla geojson": ("Valhalla", valhalla(PLAIN)),
    "valhalla trace": ("Valhalla", {"shape": encoded(LINE, 6), "edges": [], "units": "kilometers"}),
    "graphhopper": ("GraphHopper", graphhopper(encoded(LINE))),
    "graphhopper plain": ("GraphHopper", graphhopper(PLAIN)),
    "graphhopper with heights": (
        "GraphHopper", graphhopper(encoded(HIGH, heights=True), bbox=[46.2, 38.9, 700, 46.22, 38.91, 703])),
    "positions": ("list of positions", LINE),
    "positions of one part": ("list of positions", [LINE]),
    "positions with names, as Leaflet has them": ("list of positions", [{"lat": y, "lng": x} for x, y, *_ in LINE]),
    "positions with long names": ("list of positions", [{"Latitude": y, "Longitude": x, "t": 5} for x, y, *_ in LINE]),
    "openrouteservice": ("openrouteservice", {
        "routes": [{"summary": {"distance": 2800.1}, "geometry": encoded(LINE), "bbox": [46.2, 38.9, 46.22, 38.91]}],
        "metadata": {"attribution": "openrouteservice.org"}}),
    "google": ("Google Directions", {"status": "OK", "routes": [
        {"summary": "M2", "overview_polyline": {"points": encoded([LINE[0], LINE[-1]])},
         "legs": [{"steps": [{"polyline": {"points": encoded(LINE)}}]}]}]}),
    "google routes": ("Google Directions", {"routes": [{"polyline": {"encodedPolyline": encoded(LINE)}}]}),
    "umap": ("uMap", {"type": "umap", "uri": "x", "properties": {}, "layers": [
        {**collection(feature()), "_umap_options": {"name": "Lot 1"}}]}),
    "umap of before": ("uMap", {"type": "umap", "layers": [
        {**collection(), "_storage": {"name": "Empty"}}, {**collection(feature()), "_storage": {"name": "Lot 1"}}]}),
    "list of features": ("list of GeoJSON", [feature()]),
    "list of geometries": ("list of GeoJSON", [PLAIN, {"type": "Point", "coordinates": [46, 39]}]),
    "inside data": ("JSON around GeoJSON", {"data": collection(feature())}),
    "rows of a table": ("JSON around GeoJSON", [{"id": 1, "name": NAME, "geom": PLAIN}]),
    "rows with geometries as texts": ("JSON around GeoJSON", [{"ad": NAME, "st_asgeojson": json.dumps(PLAIN)}]),
    "an answer with a text": ("JSON around GeoJSON", {"ok": True, "data": json.dumps(collection(feature()))}),
    "GeoJSON as a text": ("JSON around GeoJSON", json.dumps(collection(feature()))),
    "esri layer of a web map": ("Esri JSON", {"featureCollection": {"layers": [{"featureSet": esri()}]}}),
    "graphhopper with heights and no box": ("GraphHopper", graphhopper(encoded(HIGH, heights=True))),
    "openrouteservice with heights and no box": ("openrouteservice", {
        "routes": [{"summary": {"distance": 2800.1}, "geometry": encoded(HIGH, heights=True)}],
        "metadata": {"attribution": "openrouteservice.org"}}),
    "points of a program": ("JSON with positions", {"name": NAME, "points": [{"lat": y, "lon": x} for x, y in LINE]}),
    "places deep inside": ("JSON with positions", {"name": NAME, "_embedded": {"stops": {"items": places(LINE)}}}),
    "rows with paths": ("JSON with positions", [{"name": NAME, "path": LINE, "timestamps": [1, 2, 3]}]),
    "activity of Strava": ("JSON with positions", {
        "name": NAME, "map": {"polyline": encoded(LINE), "summary_polyline": encoded(LINE[::2])}, "distance": 2800.1}),
    "stream of Strava": ("JSON with positions", {"latlng": {"data": [[y, x] for x, y in LINE], "original_size": 3}}),
    "streams of Strava": ("JSON with positions", [{"type": "latlng", "data": [[y, x] for x, y in LINE]}]),
    "inside an answer": ("JSON around GeoJSON", {"status": "ok", "result": {"items": [{"shape": feature()}]}}),
}  # fmt: skip

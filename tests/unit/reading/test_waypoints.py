"""Points beside a line are kept with name and height, in every format; the points of a Garmin route are its line."""

import json
import struct

import pytest

from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route
from tests.support.hostile_databases import geopackage, register
from tests.support.hostile_texts import COORDINATES, LINE

(X, Y) = LINE[1]


def gpx(inside: str) -> Reading:
    return read_route(f'<gpx version="1.1" xmlns:gpxx="g">{inside}</gpx>'.encode(), "a.gpx")


def of_kml() -> bytes:
    return (
        f"<kml><Document><Placemark><name>Line</name><LineString><coordinates>{COORDINATES}</coordinates></LineString>"
        f"</Placemark><Placemark><name>Post</name><Point><coordinates>{X},{Y},612</coordinates></Point></Placemark>"
        f"<Placemark><Point><coordinates>{X},{Y},0</coordinates></Point></Placemark></Document></kml>"
    ).encode()


def of_gpx() -> bytes:
    points = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in LINE)
    return (
        f'<gpx version="1.1"><wpt lat="{Y}" lon="{X}"><ele>612</ele><name>Post</name></wpt>'
        f'<wpt lat="{Y}" lon="{X}"/><trk><name>Line</name><trkseg>{points}</trkseg></trk></gpx>'
    ).encode()


def of_geojson() -> bytes:
    shapes = [
        ({"name": "Line"}, {"type": "LineString", "coordinates": LINE}),
        ({"name": "Post"}, {"type": "Point", "coordinates": [X, Y, 612]}),
        ({}, {"type": "MultiPoint", "coordinates": [[X, Y]]}),
    ]
    features = [{"type": "Feature", "properties": told, "geometry": shape} for told, shape in shapes]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def of_geopackage() -> bytes:
    def blob(*numbers: float) -> str:
        wkb = struct.pack("<BI", 1, 1001 if len(numbers) == 3 else 1) + struct.pack(f"<{len(numbers)}d", *numbers)
        return (b"GP\0\x01" + struct.pack("<i", 4326) + wkb).hex()

    return geopackage(
        "UPDATE route SET name = 'Line'; CREATE TABLE posts (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
        f"INSERT INTO posts VALUES (1, x'{blob(X, Y, 612)}', 'Post'), (2, x'{blob(X, Y)}', NULL);",
        register("posts"),
    )


@pytest.mark.parametrize("build", [of_kml, of_gpx, of_geojson, of_geopackage])
def test_points_are_kept_beside_the_line_and_told(build):
    reading = read_route(build(), "a")
    assert [route.name for route in reading.routes] == ["Line"]
    assert [(one.name, one.lon, one.lat, one.height_m) for one in reading.waypoints] == [
        ("Post", X, Y, 612),
        ("Point 2", X, Y, None),
    ]
    (told,) = [finding for finding in reading.findings if finding.code == "waypoints"]
    assert told.severity == "note"
    assert told.says.startswith("2 waypoints come with the line, the first “Post”")


def test_points_in_metres_are_counted_and_drawn_once_they_are_converted():
    document = json.loads(of_geojson())
    document["crs"] = {"type": "name", "properties": {"name": "EPSG:32638"}}
    for one in document["features"]:
        one["geometry"]["coordinates"] = (
            [[600_000, 4_300_000], [601_000, 4_301_000]]
            if one["geometry"]["type"] == "LineString"
            else [600_000, 4_300_000]
        )
    document["features"].pop()
    reading = read_route(json.dumps(document).encode(), "a.geojson")
    if not reading.routes:
        assert reading.waypoints == ()
    assert any("1 waypoint" in finding.says for finding in reading.findings)


def test_a_file_of_points_alone_has_no_line_and_keeps_its_points():
    features = json.loads(of_geojson())["features"][1:]
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a.geojson")
    assert not reading.routes
    assert len(reading.waypoints) == 2
    assert "waypoints" not in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("prefix", ["gpxx:", ""])
def test_shaping_points_are_the_line_and_via_points_with_names_are_kept(prefix):
    via = [(46.0, 39.0), (46.2, 39.1), (46.3, 39.2)]
    between = [[(46.0, 39.0), (46.1, 39.05)], [(46.25, 39.15), (46.3, 39.2)], []]
    points = ""
    for number, ((x, y), shape) in enumerate(zip(via, between, strict=True)):
        inside = "".join(f'<{prefix}rpt lat="{b}" lon="{a}"/>' for a, b in shape)
        points += (
            f'<rtept lat="{y}" lon="{x}"><ele>{600 + number}</ele><name>Via {number}</name><extensions>'
            f"<{prefix}RoutePointExtension>{inside}</{prefix}RoutePointExtension></extensions></rtept>"
        )
    reading = gpx(f"<rte><name>R</name>{points}</rte>")
    (route,) = reading.routes
    assert list(route.line.coords) == [(46.0, 39.0), (46.1, 39.05), (46.2, 39.1), (46.25, 39.15), (46.3, 39.2)]
    assert route.heights_m is not None
    assert route.heights_m[[0, 2, 4]].tolist() == [600, 601, 602]
    assert [one.name for one in reading.waypoints] == ["Via 0", "Via 1", "Via 2"]
    (told,) = [finding.says for finding in reading.findings if finding.code == "shaping-points"]
    assert "4 shaping points (Garmin's gpxx:rpt) between 3 via points" in told


def test_points_are_turned_with_the_line_they_stand_beside():
    document = json.loads(of_geojson())
    for feature in document["features"]:
        shape = feature["geometry"]
        positions = [shape["coordinates"]] if shape["type"] == "Point" else shape["coordinates"]
        for position in positions:
            position[:2] = position[1::-1]
    reading = read_route(json.dumps(document).encode(), "a.geojson")
    mended = mend(reading, {"lat-lon-swapped"}).reading
    assert [(one.lon, one.lat) for one in mended.waypoints] == [(X, Y), (X, Y)]
    assert mended.usable


def test_points_of_a_route_that_are_merely_numbered_are_no_waypoints():
    points = "".join(f'<rtept lat="{y}" lon="{x}"><name>{n:03}</name></rtept>' for n, (x, y) in enumerate(LINE))
    reading = gpx(f"<rte><name>R</name>{points}</rte>")
    assert reading.usable
    assert reading.waypoints == ()

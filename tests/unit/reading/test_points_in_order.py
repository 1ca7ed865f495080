"""Points that stand in a file without a line: joined in their order where they follow one another, when asked."""

import json

import pytest

from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import Reading, read_route
from tests.support.route_files import LINE, collection, text

SCATTERED = [LINE[index % len(LINE)] if index % 2 else LINE[-1 - index % len(LINE)] for index in range(12)]


def points(line: list[list[float]]) -> dict[str, object]:
    geometries = [{"type": "Point", "coordinates": position} for position in line]
    return collection(*({"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries))


def waypoints(line: list[list[float]]) -> bytes:
    places = "".join(f'<wpt lat="{lat}" lon="{lon}"/>' for lon, lat, *_ in line)
    return f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">{places}</gpx>'.encode()


def placemarks(line: list[list[float]]) -> bytes:
    places = "".join(
        f"<Placemark><Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>" for lon, lat, *_ in line
    )
    return f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{places}</Document></kml>'.encode()


FORMS = [
    pytest.param(text(points(LINE)), "points.geojson", id="GeoJSON"),
    pytest.param(text({"type": "MultiPoint", "coordinates": LINE}), "points.geojson", id="MultiPoint"),
    pytest.param(waypoints(LINE), "points.gpx", id="GPX"),
    pytest.param(placemarks(LINE), "points.kml", id="KML"),
]


def read(data: bytes, name: str = "points.geojson") -> Reading:
    return read_route(data, name)


@pytest.mark.parametrize(("data", "name"), FORMS)
def test_points_in_order_can_be_joined_when_asked_by_name(data, name):
    reading = read(data, name)
    (finding,) = (finding for finding in reading.findings if finding.code == "no-line")
    assert finding.mendable
    assert finding.by_name
    assert "joined in their order" in finding.advice
    assert not mend_by_default(reading).reading.routes
    (route,) = mend(reading, ["no-line"]).reading.routes
    assert [list(position) for position in route.line.coords] == [position[:2] for position in LINE]
    assert route.name == f"Line through {len(LINE)} points"


def test_the_points_stay_beside_the_line():
    document = json.loads(mend(read(text(points(LINE))), ["no-line"]).data)
    kinds = [feature["geometry"]["type"] for feature in document["features"]]
    assert kinds == ["Point"] * len(LINE) + ["LineString"]


@pytest.mark.parametrize("line", [SCATTERED, LINE[:1], [LINE[0]] * 5], ids=["to and fro", "one", "one place"])
def test_points_that_make_no_line_are_not_offered_as_one(line):
    reading = read(text(points(line)))
    (finding,) = (finding for finding in reading.findings if finding.code == "no-line")
    assert not finding.mendable
    assert "joined" not in finding.advice

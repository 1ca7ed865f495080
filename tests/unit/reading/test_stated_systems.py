"""Systems that a file states by other members than GeoJSON's own: read by any of their names, wherever they stand."""

import json
from typing import Any

import numpy as np
import pytest
import shapely

from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route
from tests.support.other_systems import LINE, feature, geojson, in_system

METRES = in_system("EPSG:32638")
STATED: dict[str, Any] = {
    "srid": 32638, "SRID": "32638", "epsg": "EPSG:32638", "srs": "urn:ogc:def:crs:EPSG::32638", "wkid": 32638,
    "srsName": "http://www.opengis.net/gml/srs/epsg.xml#32638", "coordRefSys": "[EPSG:32638]",
    "coordinate_system": "WGS 84 / UTM zone 38N", "CRS": {"type": "name", "properties": {"name": "EPSG:32638"}},
    "proj4": "+proj=utm +zone=38 +datum=WGS84",
}  # fmt: skip


def lies_on_the_line(reading: Reading) -> bool:
    (route,) = reading.routes
    return bool(np.abs(shapely.get_coordinates(route.line) - LINE).max() < 1e-6)


def sequence(*features: dict[str, Any]) -> bytes:
    return b"\n".join(json.dumps(member).encode() for member in features) + b"\n\n"


def is_read_and_stays_so_when_mended(reading: Reading) -> None:
    assert (reading.crs, reading.converted) == ("EPSG:32638", True)
    assert lies_on_the_line(reading)
    mended = mend(reading, ["other-system"]).reading
    assert not mended.converted
    assert lies_on_the_line(mended)


@pytest.mark.parametrize("name", STATED)
def test_a_system_in_a_member_of_another_name_is_used_wherever_it_stands(name):
    stated = {name: STATED[name]}
    at_geometry = feature(METRES)
    at_geometry["geometry"] |= stated
    in_properties = feature(METRES)
    in_properties["properties"] |= stated
    head = geojson(feature(METRES), metadata=stated)
    for data in (geojson(feature(METRES), **stated), geojson(feature(METRES) | stated), geojson(at_geometry), head,
                 geojson(in_properties), json.dumps(in_properties).encode()):  # fmt: skip
        is_read_and_stays_so_when_mended(read_route(data, "a.geojson"))


@pytest.mark.parametrize("name", ["srid", "epsg"])
def test_each_line_of_a_sequence_may_state_its_own_system(name):
    other = in_system("EPSG:28408", [[lon, lat + 0.1] for lon, lat in LINE])
    data = sequence(feature(METRES) | {name: 32638}, feature(other, "B") | {name: 28408})
    reading = read_route(data, "a.geojsonl")
    assert len(reading.routes) == 2
    assert min(np.abs(shapely.get_coordinates(route.line) - LINE).max() for route in reading.routes) < 1e-6


def test_longitude_and_latitude_stay_what_they_are_beside_the_name_of_a_system_in_metres():
    for stated in ({"srid": 3857}, {"coordRefSys": "[EPSG:32638]"}, {"projection": {"type": "mercator"}}):
        reading = read_route(geojson(feature(LINE), **stated), "a.geojson")
        assert lies_on_the_line(reading)
        assert not reading.converted


def test_another_model_of_the_earth_moves_longitude_and_latitude():
    turned = in_system("EPSG:4284")
    for data in (geojson(feature(turned), srid=4284), sequence(feature(turned) | {"srid": 4284})):
        reading = read_route(data, "a.geojson")
        assert reading.converted
        assert lies_on_the_line(reading)


def test_a_system_nobody_knows_is_asked_for():
    reading = read_route(geojson(feature(METRES), srid=999999, projection="conical"), "a.geojson")
    assert not reading.routes
    assert "projected-coordinates" in {finding.code for finding in reading.findings}


def json_fg(system: Any, **members: Any) -> dict[str, Any]:
    line = {"type": "LineString", "coordinates": METRES}
    return (
        {"type": "Feature", "properties": {}, "geometry": None, "place": line, "time": None}
        | ({"coordRefSys": system} if system else {})
        | members
    )


@pytest.mark.parametrize(
    "system",
    ["[EPSG:32638]", "http://www.opengis.net/def/crs/EPSG/0/32638",
     {"type": "Reference", "href": "http://www.opengis.net/def/crs/EPSG/0/32638", "epoch": 2017.23}],
)  # fmt: skip
def test_the_place_of_json_fg_is_read_in_the_system_beside_it(system):
    in_place = json_fg(None)
    in_place["place"]["coordRefSys"] = system
    for document in (
        json_fg(system),
        in_place,
        {"type": "FeatureCollection", "coordRefSys": system, "features": [json_fg(None)]},
        {"type": "FeatureCollection", "features": [json_fg(system)]},
    ):
        reading = read_route(json.dumps(document).encode(), "a.json")
        assert reading.format == "JSON-FG"
        is_read_and_stays_so_when_mended(reading)


def test_a_geometry_of_json_fg_goes_before_its_place():
    document = json_fg("[EPSG:32638]", geometry={"type": "LineString", "coordinates": LINE})
    reading = read_route(json.dumps(document).encode(), "a.json")
    assert lies_on_the_line(reading)
    assert not reading.converted

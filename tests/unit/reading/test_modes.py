"""Whether a route is a railway or a road: what its file says, and what its sender says."""

import pytest

from corridor.reading.modes import stated_mode
from corridor.reading.route import read_route


@pytest.mark.parametrize(
    ("properties", "mode"),
    [
        ({"mode": "rail"}, "rail"),
        ({"Mode": " Railway "}, "rail"),
        ({"mode": "digital"}, "digital"),
        ({"type": "дорога"}, "road"),
        ({"transport": "dəmir yolu"}, "rail"),
        ({"railway": "construction", "gauge": "1520"}, "rail"),
        ({"highway": "primary"}, "road"),
        ({"type": "route", "route": "railway"}, "rail"),
        ({"type": "route", "route": "hiking"}, None),
        ({"mode": "boat"}, None),
        ({"mode": 5, "railway": ""}, None),
        ({}, None),
    ],
)
def test_a_mode_is_taken_from_what_people_write(properties, mode):
    assert stated_mode(properties) == mode


KML = """<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Line</name><ExtendedData><Data name="railway">
<value>rail</value></Data></ExtendedData><LineString><coordinates>46.6,38.9 46.3,38.9</coordinates></LineString>
</Placemark></kml>"""
GEOJSON = """{"type": "Feature", "properties": {"highway": "trunk"}, "geometry":
{"type": "LineString", "coordinates": [[46.6, 38.9], [46.3, 38.9]]}}"""


@pytest.mark.parametrize(("text", "mode"), [(KML, "rail"), (GEOJSON, "road")])
def test_a_file_says_it_and_its_sender_may_say_otherwise(text, mode):
    reading = read_route(text.encode(), "line")
    assert [route.mode for route in reading.routes] == [mode]
    assert [route.mode for route in reading.said_to_be("energy").routes] == ["energy"]

"""What is drawn twice is said with one value everywhere: in the numbers, the table, the card, the exports, the map."""

import json
import re

import pytest

from corridor.assessing.assessment import assess
from corridor.assessing.route_records import route_record
from corridor.assessing.thinning import drawn
from corridor.commands.routes import readable
from corridor.land.geodesy import length_km
from corridor.present.own_route.downloads import routes_geojson
from corridor.reading.route import read_route
from corridor.store.work import region
from tests.support.drawn_lines import FORMATS, as_geojson, beside, winding

LINE = winding()


@pytest.mark.parametrize("name", FORMATS)
def test_kilometres_without_repeats_add_up_and_repeats_stand_beside_them(name):
    again = beside(LINE[20:50], 25)
    reading = read_route(FORMATS[name]([LINE, again]), name)
    found = [assess(route, region()) for route in reading.routes]
    record = route_record(found[0])
    assert record["length_km"] + record["repeated_km"] == pytest.approx(record["drawn_km"], abs=1e-9)
    assert sum(record["by_territory_km"].values()) == pytest.approx(record["length_km"], abs=1e-5)
    assert record["repeated_km"] == pytest.approx(found[0].route.repeated_km, abs=1e-6)
    assert record["length_km"] == pytest.approx(length_km(found[0].route.line), abs=1e-6)
    properties = json.loads(routes_geojson(reading, found))["features"][0]["properties"]
    assert [properties[key] for key in ("length_km", "drawn_km", "repeated_km")] == [
        record[key] for key in ("length_km", "drawn_km", "repeated_km")
    ]
    assert "of it are drawn twice" in readable(reading, found, region())


def test_the_map_shows_what_is_drawn_twice_and_a_plain_line_says_nothing_of_it():
    (route,) = read_route(as_geojson([LINE, LINE[20:50]]), "a.geojson").routes
    assert sum(len(part) for part in drawn(route, 1_000)) == len(LINE) + 30
    (plain,) = read_route(as_geojson([LINE]), "a.geojson").routes
    assert assess(plain, region()).measures.said_of_repeats == ""
    assert route_record(assess(plain, region()))["repeated_km"] == 0


@pytest.mark.parametrize("name", FORMATS)
def test_a_line_that_is_drawn_twice_as_a_whole_is_said_to_be_so_once(name):
    (route,) = read_route(FORMATS[name]([LINE, LINE[::-1]]), name).routes
    said = assess(route, region()).measures.said_of_repeats
    assert re.fullmatch(r"the same [\d.,]+ km are drawn twice and counted once", said)

"""The table of systems a file may be in says in everyday words what they are and which of two numbers is which."""

import json

import pytest

from corridor.present.own_route.system_table import choice_words, explained, systems_sheet
from corridor.reading.axis_order import LATITUDE_FIRST, SWAPPED
from corridor.reading.route import read_route

METRES = [[430_000.0 + 900 * step, 4_302_000.0 + 300 * (step % 4)] for step in range(20)]
SWAPPED_LINE = [[38.87 + step % 4 / 300, 46.2 + step / 100] for step in range(20)]


def question(positions):
    data = json.dumps({"type": "LineString", "coordinates": positions}).encode()
    return next(finding for finding in read_route(data, "line.geojson").findings if finding.systems)


def test_every_kind_of_system_in_the_table_has_its_everyday_meaning():
    finding = question(METRES)
    sheet = systems_sheet(finding)
    assert sheet.columns[-1] == "How far from number 1, at most"
    assert {row[2] for row in sheet.rows} == {"Easting (metres to the east)"}
    named = " ".join(row[1] for row in sheet.rows)
    words = explained(finding)
    for kind in ("UTM", "Gauss-Kruger", "Pulkovo 1942", "EPSG"):
        assert kind in named
        assert words.count(f"{kind} ") == 1, kind


@pytest.mark.parametrize("name", [LATITUDE_FIRST, "OGC:CRS84"])
def test_exchanged_numbers_stand_once_in_the_table_and_are_asked_without_an_order(name):
    finding = question(SWAPPED_LINE)
    assert finding.code == SWAPPED
    sheet = systems_sheet(finding)
    assert [row[1] for row in sheet.rows] == ["Exchanged", "As they stand in the file"]
    assert "first" not in choice_words(name, finding)
    assert explained(finding) == ""

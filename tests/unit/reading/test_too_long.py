"""A route longer than any that is measured gives no route, says why, and costs no more than its bytes."""

import json

import numpy as np
import pytest

from corridor.reading.route import read_route
from tests.support.hostile_files import random_vertices

NEAR = [[46.0 + 0.01 * n, 39.0] for n in range(20)]


def there_and_back(times: int, lat: float = 39.0) -> list[list[float]]:
    """A zigzag of about 520 km for each of the times."""
    return [[[43.5, 49.5][n % 2], round(lat + 0.0001 * n, 4)] for n in range(times + 1)]


def kml(*lines: list[list[float]]) -> bytes:
    marks = (
        "<Placemark><LineString><coordinates>"
        + " ".join(f"{x},{y}" for x, y in line)
        + "</coordinates></LineString></Placemark>"
        for line in lines
    )
    return f"<kml><Document>{''.join(marks)}</Document></kml>".encode()


def geojson(*lines: list[list[float]]) -> bytes:
    features = [
        {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": line}} for line in lines
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize("written", [kml, geojson])
def test_a_route_too_long_to_be_measured_is_told_and_the_others_are_read(written):
    reading = read_route(written(there_and_back(225), NEAR, there_and_back(150, 40.0)), "long")
    said = [finding.says for finding in reading.findings if finding.code == "route-too-long"]
    assert len(said) == 1
    assert "twice round the Earth" in said[0]
    assert [len(route.lines[0]) for route in reading.routes] == [20, 151]


def test_parts_count_together():
    parts = [there_and_back(125, 39.0 + 0.1 * n) for n in range(2)]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiLineString", "coordinates": parts}}
    reading = read_route(json.dumps(feature).encode(), "parts.geojson")
    assert [finding.code for finding in reading.findings].count("route-too-long") == 1
    assert reading.routes == ()


def test_a_hundred_thousand_places_at_random_are_no_route():
    reading = read_route(random_vertices(), "random.geojson")
    assert not reading.routes
    assert "route-too-long" in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("written", [kml, geojson])
def test_a_route_that_is_long_by_misplaced_positions_is_told_by_these_alone(written):
    line = [[-x, y] if n % 3 else [x, y] for n, (x, y) in enumerate(NEAR * 5)]
    reading = read_route(written(line, NEAR, there_and_back(225)), "signs")
    said = [finding for finding in reading.findings if finding.code in ("route-too-long", "sign-lost-partly")]
    assert [(finding.code, finding.feature, finding.severity, finding.blocks) for finding in said] == [
        ("route-too-long", 2, "error", True),
        ("sign-lost-partly", 0, "warning", True),
    ]
    assert "Nothing of it is measured until you let them be changed." in said[1].advice
    assert [len(route.lines[0]) for route in reading.routes] == [20]


def test_each_of_many_lines_with_misplaced_positions_waits_whatever_its_length():
    lines = []
    for lat in np.linspace(39.0, 41.0, 30):
        lines.append([[-x if n % 3 else x, lat + 0.01] for n, (x, _) in enumerate(NEAR * 5)])
        lines.append([[-x if n == 3 else x, lat] for n, (x, _) in enumerate(NEAR)])
    reading = read_route(geojson(*lines, NEAR), "signs.geojson")
    of_signs = [finding for finding in reading.findings if finding.code == "sign-lost-partly"]
    # Three one by one, and the others counted.
    assert [finding.blocks for finding in of_signs] == [True] * 4
    assert [route.feature for route in reading.routes] == [60]

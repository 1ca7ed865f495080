"""A route longer than any that is measured gives no route, says why, and costs no more than its bytes."""

import json

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
    reading = read_route(written(there_and_back(45), NEAR, there_and_back(30, 40.0)), "long")
    said = [finding.says for finding in reading.findings if finding.code == "route-too-long"]
    assert len(said) == 1
    assert "half the way round the Earth" in said[0]
    assert [len(route.parts[0].coords) for route in reading.routes] == [20, 31]


def test_parts_count_together():
    parts = [there_and_back(25, 39.0 + 0.1 * n) for n in range(2)]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "MultiLineString", "coordinates": parts}}
    reading = read_route(json.dumps(feature).encode(), "parts.geojson")
    assert [finding.code for finding in reading.findings].count("route-too-long") == 1
    assert reading.routes == ()


def test_a_hundred_thousand_places_at_random_are_no_route():
    reading = read_route(random_vertices(), "random.geojson")
    assert not reading.routes
    assert "route-too-long" in {finding.code for finding in reading.findings}

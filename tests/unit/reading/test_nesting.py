"""Coordinates with a pair of brackets too many or too few, at any depth: one sentence, and mended where it is clear."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import read_route

LINE = [[46.23512, 38.89784], [46.24412, 38.90233], [46.25395, 38.89326], [46.26131, 38.89282]]
NESTING = "coordinates-nesting"


def wrapped(value: object, *levels: int) -> object:
    """Return nested lists with one more list around every list of a level, level after level."""
    for level in levels:
        value = _wrapped(value, level)
    return value


def _wrapped(value: object, level: int) -> object:
    return [value] if level == 0 else [_wrapped(inner, level - 1) for inner in value]


def geojson(kind: str, coordinates: object) -> bytes:
    geometry = {"type": kind, "coordinates": coordinates}
    feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def answer(kind: str, coordinates: object) -> bytes:
    """Return the geometry inside the JSON of a service."""
    return json.dumps({"status": "OK", "data": {"geometry": {"type": kind, "coordinates": coordinates}}}).encode()


def sequence(kind: str, coordinates: object) -> bytes:
    return (
        geojson(kind, coordinates).replace(b'"FeatureCollection"', b'"FeatureCollection" ')
        + b"\n"
        + geojson("Point", [46.2, 38.9])
    )


def codes(reading):
    return [finding.code for finding in reading.findings if finding.severity != "note"]


@pytest.mark.parametrize("write", [geojson, answer, sequence])
@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("LineString", wrapped(LINE, 0)),
        ("LineString", wrapped(LINE, 1)),
        ("LineString", wrapped(LINE, 0, 0)),
        ("LineString", wrapped(LINE, 1, 1)),
        ("LineString", wrapped(LINE, 0, 2)),
        ("LineString", wrapped(LINE, 0, 0, 0, 0)),
        ("LineString", [number for position in LINE for number in position]),
        ("MultiLineString", LINE),
        ("MultiLineString", wrapped([LINE], 0)),
        ("MultiLineString", wrapped([LINE], 2, 0)),
    ],
)
def test_brackets_too_many_or_too_few_are_one_sentence_and_mended(write, kind, coordinates):
    reading = read_route(write(kind, coordinates), "a.geojson")
    assert codes(reading) == [NESTING]
    assert reading.routes == ()
    mended = mend(reading, [NESTING])
    assert codes(mended.reading) == []
    assert [[list(place) for place in route.line.coords] for route in mended.reading.routes] == [LINE]


@pytest.mark.parametrize("write", [geojson, answer])
def test_several_lines_and_places_come_out_as_what_they_are(write):
    several = read_route(write("LineString", [LINE, [[x, y + 0.1] for x, y in LINE]]), "a")
    assert codes(several) == [NESTING]
    assert len(mend_by_default(several).reading.routes) > 0
    for coordinates in ([[46.2, 38.9]], [[[46.2, 38.9]]]):
        place = read_route(geojson("Point", coordinates), "a")
        assert codes(place) == [NESTING, "no-line"]
        assert codes(mend(place, [NESTING]).reading) == ["no-line"]


def test_what_is_nested_in_no_clear_way_is_one_sentence_and_left():
    for coordinates in ([LINE, LINE[0]], [[LINE, LINE], [LINE]], [[[]], LINE]):
        reading = read_route(geojson("LineString", coordinates), "a")
        assert codes(reading) == [NESTING]
        assert not mend_by_default(reading).reading.routes


def test_each_feature_with_a_fault_is_told_of_once():
    features = [
        json.loads(geojson("MultiLineString", [[x, y + step / 10] for x, y in LINE]))["features"][0]
        for step in range(3)
    ]
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a")
    assert codes(reading) == [NESTING] * 3
    assert len(mend_by_default(reading).reading.routes) == 3


@given(
    st.lists(st.tuples(st.floats(43, 50), st.floats(38, 42)), min_size=2, max_size=6, unique=True),
    st.lists(st.integers(0, 1), min_size=1, max_size=4),
)
def test_however_deep_the_brackets_are_the_line_comes_out(places, levels):
    line = [[round(x, 5), round(y, 5)] for x, y in places]
    reading = read_route(geojson("LineString", wrapped(line, *levels)), "a")
    assert codes(reading) == [NESTING]
    mended = json.loads(mend(reading, [NESTING]).data)
    assert mended["features"][0]["geometry"] == {"type": "LineString", "coordinates": line}

"""Several JSON texts in one file: every form of a sequence becomes one sound collection; what is left out is told."""

import json
import re

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from corridor.reading.limits import Limits
from corridor.reading.mend import MENDABLE, mend
from corridor.reading.route import Reading, read_route
from tests.support.route_files import LINE, OTHER, collection, feature, text
from tests.support.sequence_files import GEOMETRY, ONE, RS, SEQUENCES, TWO, pretty


def names(reading: Reading) -> list[str]:
    return [route.name for route in reading.routes]


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


@pytest.mark.parametrize("data", SEQUENCES.values(), ids=SEQUENCES)
def test_every_form_of_a_sequence_is_read_and_written_as_one_collection(data):
    reading = read_route(data, "a.geojsonl")
    assert names(reading) == ["One", "Two"]
    assert reading.format == "GeoJSON sequence"
    assert "several-documents" in codes(reading)
    assert "document-left-out" not in codes(reading)
    for accepted in ([], MENDABLE):
        written = mend(reading, accepted).data
        assert {one["type"] for one in json.loads(written)["features"]} == {"Feature"}
        assert read_route(written, "b.geojson").geojson in ("valid", "warning")


def test_geometries_and_collections_of_them_become_features():
    data = text(ONE) + b"\n" + text(GEOMETRY) + b"\n" + text({"type": "GeometryCollection", "geometries": [GEOMETRY]})
    written = json.loads(mend(read_route(data, "a.ndjson"), []).data)
    assert [one["type"] for one in written["features"]] == ["Feature"] * 3


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (text({"name": "header", "crs": 4326}) + b"\n" + text(ONE) + b"\n" + text(TWO), 1, "is no GeoJSON"),
        (b"# exported by hand\n" + text(ONE) + b"\n" + text(TWO), 1, "is no JSON"),
        (text(ONE) + b"\n" + text(TWO) + b"\n" + text(ONE)[:40], 3, "is no JSON"),
        (text(ONE) + b"\n\n{broken}\n" + text(TWO), 3, "is no JSON"),
        (RS + text(ONE) + b"\n" + RS + text(TWO) + b"\n" + RS + text(ONE)[:50], 3, "is no JSON"),
        (pretty(ONE) + b"\n" + pretty(TWO) + b"\n" + pretty(ONE)[:90], 47, "is no JSON"),
        (text(ONE) + b"\n" + text(TWO) + b"\nnull\n3\n", 3, "is no GeoJSON"),
    ],
)
def test_a_text_that_is_left_out_is_told_by_its_line(data, line, reason):
    reading = read_route(data, "a.geojsonl")
    assert names(reading) == ["One", "Two"]
    (finding,) = (one for one in reading.findings if one.code == "document-left-out")
    assert f"in line {line}, {reason}" in finding.says
    assert finding.line == line


def in_system(code: int, line: list[list[float]], name: str) -> bytes:
    """A collection of one line in a system, which it names."""
    x, y = Transformer.from_crs("OGC:CRS84", code, always_xy=True).transform(*zip(*line, strict=True))
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{code}"}}
    return text({**collection(feature([list(at) for at in zip(x, y, strict=True)], name)), "crs": crs})


@pytest.mark.parametrize("codes_of", [(32638, 32638), (32638, 32639)])
def test_a_system_that_a_collection_names_is_that_of_its_lines(codes_of):
    data = in_system(codes_of[0], LINE, "One") + b"\n" + in_system(codes_of[1], OTHER, "Two")
    reading = read_route(data, "a.geojsonl")
    assert names(reading) == ["One", "Two"]
    for route, line in zip(reading.routes, (LINE, OTHER), strict=True):
        assert np.abs(shapely.get_coordinates(route.line) - line).max() < 1e-6


@pytest.mark.parametrize(
    "data",
    [
        pretty(collection(ONE))[:-5],
        text(ONE)[:-1],
        b'{"a": 1}\n{"b": 2}',
        b"{}{}",
        b"[1]\n[2]",
        # As GDAL writes a collection, a feature on each line.
        b'{"type": "FeatureCollection", "features": [\n' + text(ONE) + b",\n" + text(TWO) + b",\n]}\n",
    ],
)
def test_broken_json_and_json_of_something_else_is_no_sequence(data):
    reading = read_route(data, "a.geojson")
    assert reading.routes == ()
    assert "several-documents" not in codes(reading)


def test_more_texts_than_are_read_are_refused():
    few = Limits(features=10)
    for one in (text(GEOMETRY), b"{}"):
        reading = read_route(text(ONE) + b"\n" + b"\n".join([one] * 20), "a.geojsonl", limits=few)
        assert reading.routes == ()
        assert codes(reading) == {"format-too-many"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["one", "two", "shape", "whole"]), min_size=2, max_size=8),
    st.sampled_from([b"\n", b"\n\n", RS]),
)
def test_as_many_lines_come_out_as_went_in(kinds, between):
    parts = {"one": (ONE, 1), "two": (TWO, 1), "shape": (GEOMETRY, 1), "whole": (collection(ONE, TWO), 2)}
    data = (between if between == RS else b"") + between.join(text(parts[kind][0]) for kind in kinds)
    routes = read_route(data, "a.geojsonl").routes
    assert sum(len(route.drawn_parts) for route in routes) == sum(parts[kind][1] for kind in kinds)


@pytest.mark.parametrize(("before", "after"), [("// remarks\n", ""), ("", "\nend of file\n"), ("# one\n# two\n", "\n")])
def test_one_text_with_remarks_around_it_is_no_sequence_and_the_remarks_are_told(before, after):
    line = {"type": "LineString", "coordinates": [[46.1, 38.9], [46.12, 38.91]]}
    reading = read_route(f"{before}{json.dumps(line)}{after}".encode(), "comments.geojson")
    assert len(reading.routes) == 1
    assert "several-documents" not in {finding.code for finding in reading.findings}
    (left,) = (finding for finding in reading.findings if finding.code == "document-left-out")
    assert re.match(r"[12] pieces? of the file (was|were) left out", left.says)


@pytest.mark.parametrize(
    "odd",
    [
        {"type": "MultiLineString", "coordinates": [1, 2]},
        {"type": "MultiLineString", "coordinates": [1, [[46.2, 38.9]], [[46.2, 38.9], [46.3, 38.9]]]},
        {"type": "MultiLineString", "coordinates": [[7], [[46.2, 38.9], [46.3, 38.9]]]},
        {"type": "MultiLineString", "coordinates": [[["a", None]], [[46.2, 38.9], [46.3, 38.9]]]},
        {"type": "GeometryCollection", "geometries": [{"type": ["LineString"]}]},
        {"type": "GeometryCollection", "geometries": [{"type": {"is": "Point"}, "coordinates": [46, 39]}]},
    ],
)
def test_a_text_whose_values_are_of_the_wrong_kind_stops_no_other(odd):
    for data in (text(odd) + b"\n" + text(ONE), text(collection({**feature(), "geometry": odd}, ONE))):
        reading = read_route(data, "a.geojsonl")
        assert "One" in names(reading)
        assert reading.findings

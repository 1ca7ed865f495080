"""Geometries written as one text, WKT or hexadecimal WKB: in place of a geometry, among properties, in rows of JSON."""

import json
import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from corridor.reading.geometry_texts import POSITION, WKB, WKT, read_geometry_text
from corridor.reading.mend import mend
from corridor.reading.route import read_route

LINE = [[46.23512, 38.89784], [46.24412, 38.90233], [46.25395, 38.89326], [46.26131, 38.89282]]
SHAPE = shapely.LineString(LINE)
PARTS = shapely.MultiLineString([LINE[:2], LINE[2:]])
METRES = shapely.LineString(Transformer.from_crs("OGC:CRS84", "EPSG:32638", always_xy=True).itransform(LINE))


def in_place(text: str) -> bytes:
    feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": text}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def as_coordinates(text: str) -> bytes:
    geometry = {"type": "LineString", "coordinates": text}
    return json.dumps({"type": "Feature", "properties": {"name": "A"}, "geometry": geometry}).encode()


def in_properties(text: str) -> bytes:
    feature = {"type": "Feature", "properties": {"name": "A", "the_geom": text}, "geometry": None}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def in_rows(text: str) -> bytes:
    return json.dumps([{"id": 1, "name": "A", "geom": text}]).encode()


def in_answer(text: str) -> bytes:
    return json.dumps({"rows": [{"name": "A", "way": text}], "rowCount": 1}).encode()


#: How a line is written as a text -> the text, and the lines that it holds.
TEXTS = {
    "WKT": (SHAPE.wkt, [LINE]),
    "EWKT": (f"SRID=4326;{SHAPE.wkt}", [LINE]),
    "small letters": (SHAPE.wkt.lower(), [LINE]),
    "parts": (PARTS.wkt, [LINE[:2], LINE[2:]]),
    "collection": (f"GEOMETRYCOLLECTION ({SHAPE.wkt}, POINT (46.2 38.9))", [LINE]),
    "quoted": (json.dumps({"type": "LineString", "coordinates": LINE}), [LINE]),
    "WKB": (SHAPE.wkb_hex, [LINE]),
    "EWKB": (shapely.to_wkb(shapely.set_srid(SHAPE, 4326), hex=True, include_srid=True), [LINE]),
    "big-endian": (shapely.to_wkb(SHAPE, hex=True, byte_order=0), [LINE]),
    "bytea": ("\\x" + SHAPE.wkb_hex.lower(), [LINE]),
    "parts in WKB": (PARTS.wkb_hex, [LINE[:2], LINE[2:]]),
}


def drawn(reading) -> list[list[list[float]]]:
    return [rows.tolist() for route in reading.routes for rows in route.lines]


def codes(reading) -> list[str]:
    left_out = ("note",)
    return [finding.code for finding in reading.findings if finding.severity not in left_out and finding.code != "gap"]


@pytest.mark.parametrize("write", [in_place, as_coordinates, in_properties])
@pytest.mark.parametrize("name", TEXTS)
def test_a_geometry_in_words_is_one_sentence_and_is_mended(write, name):
    text, lines = TEXTS[name]
    reading = read_route(write(text), "a.geojson")
    assert codes(reading) == ["positions-written"]
    (told,) = (finding for finding in reading.findings if finding.code == "positions-written")
    assert "46.23512, 38.89784" in told.says
    assert "km, inside the mapped region." in told.advice
    assert reading.routes == ()
    assert reading.geojson == ("valid" if write is in_properties else "invalid") or reading.geojson == "warning"
    mended = mend(reading, ["positions-written"])
    assert codes(mended.reading) == []
    assert drawn(mended.reading) == lines


@pytest.mark.parametrize("write", [in_rows, in_answer])
@pytest.mark.parametrize("name", TEXTS)
def test_a_geometry_in_words_in_the_row_of_a_table_is_read(write, name):
    text, lines = TEXTS[name]
    reading = read_route(write(text), "a.json")
    assert drawn(reading) == lines
    assert {route.name for route in reading.routes} == {"A"}
    assert codes(reading) == []


@pytest.mark.parametrize("text", [
    f"SRID=32638;{METRES.wkt}", shapely.to_wkb(shapely.set_srid(METRES, 32638), hex=True, include_srid=True),
])  # fmt: skip
def test_the_system_that_a_text_names_is_used(text):
    for write in (in_place, as_coordinates, in_properties):
        reading = read_route(write(text), "a.geojson")
        assert "in EPSG:32638" in reading.findings[0].says
        mended = mend(reading, ["positions-written", "other-system"])
        assert shapely.equals_exact(mended.reading.routes[0].line, SHAPE, tolerance=1e-6)
    for write in (in_rows, in_answer):
        reading = read_route(write(text), "a.json")
        assert reading.crs == "EPSG:32638"
        assert shapely.equals_exact(reading.routes[0].line, SHAPE, tolerance=1e-6)


@pytest.mark.parametrize("name", ["MGRS", "utm"])
def test_places_in_words_among_properties_are_said_and_become_points(name):
    texts = {"MGRS": "38SNJ88436212{}", "utm": "38S 5884{} 4321234"}[name]
    features = [
        {"type": "Feature", "properties": {"name": f"P{n}", name: texts.format(n)}, "geometry": None}
        for n in range(10, 30)
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    reading = read_route(data, "a.geojson")
    assert codes(reading) == ["positions-written", "no-line"]
    assert "20 positions" in reading.findings[0].says
    assert "20 places in words" in reading.findings[1].says
    mended = mend(reading, ["positions-written"])
    assert len(mended.reading.waypoints) == 20


shapes = st.one_of(
    st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(shapely.Point),
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=5).map(shapely.LineString),
    st.lists(
        st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=4).map(shapely.LineString),
        min_size=1,
        max_size=3,
    ).map(shapely.MultiLineString),
    st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(shapely.Point), min_size=1, max_size=3).map(
        shapely.MultiPoint
    ),
    st.just(shapely.box(46, 38, 47, 39)),
    st.just(shapely.MultiPolygon([shapely.box(46, 38, 47, 39), shapely.box(48, 38, 49, 39)])),
    st.lists(st.tuples(*[st.floats(-180, 180)] * 3), min_size=2, max_size=5).map(shapely.LineString),
)


@given(shapes, st.sampled_from([0, 1]))
def test_every_simple_geometry_comes_back_as_it_was(shape, order):
    expected = json.loads(json.dumps(shapely.geometry.mapping(shape)))
    binary = read_geometry_text(shapely.to_wkb(shape, hex=True, byte_order=order))
    assert (binary.geometry, binary.style) == (expected, WKB)
    text = read_geometry_text(shapely.to_wkt(shape, rounding_precision=-1))
    assert text.style == WKT
    assert shapely.equals_exact(shapely.geometry.shape(text.geometry), shape, tolerance=1e-9)


@given(st.text(alphabet="0123456789ABCDEF(),. LINESTRGPOEMTZCUK", max_size=80))
def test_no_text_is_more_than_refused(text):
    for given_text in (text, "LINESTRING" + text, "01020000000" + text, f"SRID=4326;{text}"):
        read = read_geometry_text(given_text)
        assert read is None or all(math.isfinite(number) for place in read.positions for number in place)


@pytest.mark.parametrize("text", [
    "LINESTRING EMPTY", "LINESTRING (46 38, 47)", "LINESTRING (46 38, 47 39", "LINESTRING (46 38, 47 39) and more",
    "LINESTRING (nan 38, 47 39)", "POINT", "LINESTRING (a b, c d)", "", "0102", SHAPE.wkb_hex[:-2],
    SHAPE.wkb_hex + "00", "POINT (46)", "MULTIPOINT (46.5, 38.5)", "MULTIPOINT ((46 38), 5.5)",
    "0105" * 4_000, "GEOMETRYCOLLECTION (" * 5_000, "LINESTRING " + "(" * 5_000, "The line of 1905",
])  # fmt: skip
def test_anything_else_is_no_geometry(text):
    assert read_geometry_text(text) is None


def test_measures_are_no_heights():
    assert read_geometry_text("LINESTRING M (46 38 5, 47 39 6)").geometry["coordinates"] == [[46, 38], [47, 39]]
    assert read_geometry_text("LINESTRING Z (46 38 5, 47 39 6)").geometry["coordinates"] == [[46, 38, 5], [47, 39, 6]]


@pytest.mark.parametrize("text", [
    *(between.join(f"{x},{y}" for x, y in LINE) for between in ("; ", "\n", " ")),
    "; ".join(f"{y:.5f}°N {x:.5f}°E" for x, y in LINE),
])  # fmt: skip
def test_positions_in_place_of_a_geometry_are_a_line(text):
    reading = read_route(in_place(text), "a.geojson")
    assert codes(reading) == ["positions-written"]
    assert drawn(mend(reading, ["positions-written"]).reading) == [LINE]


@pytest.mark.parametrize(
    "names", [("lat", "lon"), ("Latitude", "Longitude"), ("широта", "долгота"), ("enlik", "uzunluq")]
)
def test_latitude_and_longitude_among_properties_are_said_and_become_points(names):
    features = [
        {"type": "Feature", "properties": {"name": f"P{n}", names[0]: y, names[1]: x}, "geometry": None}
        for n, (x, y) in enumerate(LINE)
    ]
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a.geojson")
    assert codes(reading) == ["positions-written", "no-line"]
    assert reading.geojson == "warning"
    waypoints = mend(reading, ["positions-written"]).reading.waypoints
    assert [[waypoint.lon, waypoint.lat] for waypoint in waypoints] == LINE


@pytest.mark.parametrize(
    "properties", [{"n": 1, "e": 2}, {"x": 3, "y": 4}, {"lat": "none", "lon": 5}, {"lon": 46.2}, {}]
)
def test_other_properties_are_no_place(properties):
    feature = {"type": "Feature", "properties": properties, "geometry": None}
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode(), "a.geojson")
    assert codes(reading) == ["null-geometry", "no-line"]


@pytest.mark.parametrize("write", [SHAPE.wkt, SHAPE.wkb_hex])
def test_a_row_of_a_table_on_each_line_is_a_sequence(write):
    rows = [{"id": number, "name": f"R{number}", "geom": write} for number in range(2)]
    rows[1]["geom"] = PARTS.wkt
    reading = read_route("\n".join(map(json.dumps, rows)).encode(), "a.jsonl")
    assert reading.format == "GeoJSON sequence"
    assert drawn(reading)[0] == LINE


def test_a_member_that_is_wrong_is_one_sentence():
    for document in (
        {"type": "FeatureCollection", "features": {}},
        {"type": "Feature", "properties": {}, "geometry": LINE},
    ):
        assert codes(read_route(json.dumps(document).encode(), "a.geojson")) == ["member-wrong-type"]


def deep_wkt(depth: int) -> str:
    return f"LINESTRING {'(' * depth}46 39, 46.1 39.1{')' * depth}"


def deep_quoted(depth: int) -> str:
    return f'{{"type":"LineString","coordinates":{"[" * depth}46,39{"]" * depth}}}'


def as_whole_file(text: str) -> bytes:
    return json.dumps(text).encode()


@pytest.mark.parametrize("depth", [20, 95, 600, 990])
@pytest.mark.parametrize("write", [in_place, as_coordinates, in_properties, in_rows, as_whole_file])
@pytest.mark.parametrize("text", [deep_wkt, deep_quoted])
def test_what_nests_deeper_than_any_geometry_is_refused_in_a_sentence(text, write, depth):
    assert read_geometry_text(text(depth)) is None
    reading = read_route(write(text(depth)), "a.json")
    assert reading.findings
    assert not reading.routes
    mend(reading, {finding.code for finding in reading.findings if finding.mendable})


def test_a_position_begins_where_a_number_does():
    # From each digit of a long number anew, a text of 40,000 took three seconds of a processor.
    assert POSITION.match("46 39")
    assert POSITION.match("146 39", 1) is None
    assert read_geometry_text(f"LINESTRING ({'1' * 1_000_000}, 46 39)") is None

"""Reading as a whole: published verdicts, any bytes at all, other formats, hostile files, and what a route carries."""

import csv
import io
import json
import os
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import orjson
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.catalogue import read_catalogue, read_layer
from corridor.land.geodesy import REGION
from corridor.reading.faults import shown
from corridor.reading.formats.json_places import JsonPlaces
from corridor.reading.formats.json_text import doubled_names
from corridor.reading.limits import LIMITS, nesting_depth
from corridor.reading.mend import MENDABLE, mend
from corridor.reading.route import read_route
from tests.support.any_json import FEATURES, GEOMETRY, JSON
from tests.support.samples import sample

SHARED = Path(os.environ.get("CORRIDOR_SHARED", Path(__file__).parents[4] / "shared"))
FIXTURES = SHARED / "fixtures"
#: RFC 7946 allows these and other projects' sets call them valid, so a warning is right (fixtures/README.md).
DISPUTED = {"geometrycollection_nested.geojson", "geometrycollection_single.geojson"}
LINE = [[46.2, 38.9], [46.21, 38.91], [46.22, 38.9]]


def geojson(coordinates=None, **members) -> bytes:
    return json.dumps({"type": "LineString", "coordinates": coordinates or LINE, **members}).encode()


@pytest.mark.skipif(not FIXTURES.exists(), reason="the published files are not beside this repository")
def test_published_verdicts_are_met():
    text = (FIXTURES / "expectations.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    wrong = []
    for row in rows:
        path = FIXTURES / row["path"]
        reading = read_route(path.read_bytes(), path.name)
        met = {
            "valid": reading.worst != "error" and reading.geojson in ("valid", "warning"),
            "invalid": reading.worst == "error" or (path.name in DISPUTED and reading.geojson == "warning"),
            "warn": bool(reading.findings),
        }[row["expectation"]]
        if not met:
            wrong.append(row)
    assert not [row["path"] for row in wrong if row["expectation"] == "valid"]
    assert len(wrong) <= 0.02 * len(rows), [row["path"] for row in wrong]


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_make_reading_fail(data):
    read_route(data, "anything")


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(JSON | GEOMETRY | FEATURES)
def test_no_json_makes_reading_or_mending_fail(document):
    reading = read_route(json.dumps(document).encode(), "anything.geojson")
    mend(reading, MENDABLE)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-5, 5), st.integers(-5, 5)).map(lambda p: [46 + p[0] / 100, 39 + p[1] / 100]),
        min_size=2,
        max_size=12,
    )
)
def test_mending_a_line_twice_is_mending_it_once(line):
    once = mend(read_route(geojson(line), "a.geojson"), MENDABLE)
    twice = mend(once.reading, MENDABLE)
    assert twice.data == once.data
    assert twice.ledger == ()
    assert "duplicate-vertices" not in {finding.code for finding in once.reading.findings}


@settings(max_examples=100, deadline=None)
@given(JSON)
def test_every_place_leads_back_to_its_value(document):
    text = json.dumps(document, indent=1).encode()
    places = JsonPlaces(text)
    heap = [("", orjson.loads(orjson.dumps(document)))]
    while heap:
        path, value = heap.pop()
        found, _ = json.JSONDecoder().raw_decode(text.decode()[places.offset(path) :])
        assert found == value or value is None or found != found
        if isinstance(value, list):
            heap += [(f"{path}/{i}", one) for i, one in enumerate(value)]
        elif isinstance(value, dict):
            heap += [(f"{path}/{key}", one) for key, one in value.items()]


@given(JSON)
def test_a_document_written_by_a_library_has_no_doubled_name(document):
    text = orjson.dumps(document)
    assert doubled_names(text, orjson.loads(text)) == []


def test_depth_is_counted_outside_of_strings():
    assert nesting_depth(b'{"a": [[1], "[[[[{{{"], "b": "\\"[[["}') == 3
    assert nesting_depth(b"[" * 5000 + b"]" * 5000) == 5000


HOSTILE = {
    "open brackets": b"[" * 2_000_000,
    "open objects": b'{"a":' * 500_000,
    "parentheses": b"(" * 1_000_000,
    "quotes": b'"' * 1_000_001,
    "escaped quotes": b'["' + b'\\"' * 1_000_000,
    "one long string": b'["' + b"a" * 3_000_000,
    "commas": b"[" + b"1," * 500_000 + b"]",
    "commas before brackets": b"[" + b"[1,]," * 200_000 + b"1]",
    "equal names": b"{" + b'"a":1,' * 200_000 + b'"a":1}',
    "different names": b"{" + b",".join(b'"%d":1' % n for n in range(200_000)) + b',"1":2}',
    "bad features": b'{"type":"FeatureCollection","features":['
    + b",".join([b'{"type":"Feature","properties":null,"geometry":{"type":"LineString","coordinates":[[1]]}}'] * 20_000)
    + b"]}",
}


# What hangs is ended by the limit of every test (pyproject.toml); how long each takes is measured in tests/bench.
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_nothing_makes_reading_hang(data):
    assert read_route(data, "deep.geojson").worst == "error"


SPIRAL = [[46 + 0.1 * (-1) ** n * n / 20_000, 39.0] for n in range(20_000)]


@pytest.mark.parametrize(
    "back_and_forth",
    [pytest.param([LINE[0], LINE[1]] * 50_000, marks=pytest.mark.slow), [LINE[0]] * 100_000, SPIRAL],
    ids=["two places", "one place", "spiral"],
)
def test_a_line_that_only_goes_back_and_forth_is_read(back_and_forth):
    assert read_route(geojson(back_and_forth), "zigzag.geojson").findings


def frame() -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame({"name": ["Test line"]}, geometry=[shapely.LineString(LINE)], crs="OGC:CRS84")


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return held.getvalue()


#: As GDAL's driver for KML writes it.
GDAL_KML = f"""<?xml version="1.0" encoding="utf-8" ?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document id="root_doc">
<Schema name="route" id="route"><SimpleField name="accuracy_m" type="float"></SimpleField></Schema>
<Folder><name>route</name>
  <Placemark id="route.1">
    <name>Test line</name>
    <ExtendedData><SchemaData schemaUrl="#route">
        <SimpleData name="accuracy_m">12.5</SimpleData>
    </SchemaData></ExtendedData>
      <LineString><coordinates>{" ".join(f"{x},{y}" for x, y in LINE)}</coordinates></LineString>
  </Placemark>
</Folder>
</Document></kml>"""


def test_a_geopackage_of_gdal_is_read_as_the_same_line(tmp_path):
    path = tmp_path / "route.gpkg"
    frame().to_file(path, driver="GPKG")
    reading = read_route(path.read_bytes(), path.name)
    (route,) = reading.routes
    assert reading.geojson == "not-geojson"
    assert reading.findings == ()
    assert route.name == "Test line"
    assert shapely.get_coordinates(route.line).tolist() == LINE


def test_a_kml_file_of_gdal_is_read_as_the_same_line_packed_or_not():
    reading = read_route(GDAL_KML.encode(), "route.kml")
    (route,) = reading.routes
    assert reading.findings == ()
    assert (route.name, route.stated_accuracy_m) == ("Test line", 12.5)
    assert shapely.get_coordinates(route.line).tolist() == LINE
    (packed,) = read_route(zipped(doc_kml=GDAL_KML.encode()), "route.kmz").routes
    assert packed.line.equals(route.line)


def test_a_kml_document_without_a_name_is_read_too():
    kml = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Test line</name><LineString>'
        f"<coordinates>{' '.join(f'{x},{y}' for x, y in LINE)}</coordinates></LineString></Placemark></Document></kml>"
    )
    (route,) = read_route(kml.encode(), "route.kml").routes
    assert shapely.get_coordinates(route.line).tolist() == LINE


def test_a_zipped_shapefile_in_declared_metres_is_converted_as_it_is_read(tmp_path):
    frame().to_crs("EPSG:32638").to_file(tmp_path / "route.shp")
    members = {f"route_{p.suffix[1:]}": p.read_bytes() for p in tmp_path.glob("route.*")}
    reading = read_route(zipped(**members), "route.zip")
    assert (reading.format, reading.crs, reading.converted) == ("Shapefile", "EPSG:32638", True)
    for routes in (reading.routes, mend(reading, ["other-system"]).reading.routes):
        assert np.abs(shapely.get_coordinates(routes[0].line) - LINE).max() < 1e-6


def test_a_track_with_a_segment_of_one_point_says_so_and_gives_the_rest():
    points = ['<trkpt lat="{1}" lon="{0}"><ele>700</ele></trkpt>'.format(*p) for p in LINE]
    gpx = (
        '<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>T</name>'
        f"<trkseg>{''.join(points)}</trkseg><trkseg>{points[0]}</trkseg></trk></gpx>"
    ).encode()
    reading = read_route(gpx, "track.gpx")
    assert "one-point-segment" in {finding.code for finding in reading.findings}
    (route,) = reading.routes
    assert route.heights_m is not None
    assert route.heights_m.tolist() == [700, 700, 700]


def test_utf_16_xml_with_entities_is_refused_too():
    kml = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE k [<!ENTITY a SYSTEM "file:///etc/hostname">]><kml>&a;</kml>'
    )
    assert {f.code for f in read_route(kml.encode("utf-16"), "a.kml").findings} == {"xml-entities"}


def test_a_bomb_that_lies_about_its_size_stops_at_the_cap():
    bomb = bytearray(zipped(route_kml=b"<kml/>" + b" " * 5_000_000))
    directory = bomb.rindex(b"PK\x01\x02")
    bomb[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    reading = read_route(bytes(bomb), "a.kmz", limits=replace(LIMITS, expanded_bytes=1_000_000))
    assert reading.worst == "error"
    assert reading.routes == ()


def test_text_of_the_file_is_cut_and_stays_text():
    name = "<script>alert(1)</script>" + "x" * 1000
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "LineString", "coordinates": LINE}},
            {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "LineString", "coordinates": LINE}},
        ],
    }
    reading = read_route(json.dumps(collection).encode(), "a.geojson")
    assert all(len(finding.says) < 400 for finding in reading.findings)
    assert reading.routes[0].properties["name"] == name


def test_a_route_carries_its_heights_accuracy_and_feature():
    feature = {
        "type": "Feature",
        "properties": {"name": " Line A ", "accuracy_m": 15},
        "geometry": {"type": "LineString", "coordinates": [[46.2, 38.9, 700], [46.21, 38.91, 705.5]]},
    }
    (route,) = read_route(json.dumps(feature).encode(), "a.geojson").routes
    assert (route.name, route.stated_accuracy_m, route.feature) == ("Line A", 15.0, 0)
    assert route.heights_m is not None
    assert route.heights_m.tolist() == [700, 705.5]


def test_one_bad_feature_does_not_stop_the_others():
    document = json.loads(sample("coordinate-not-number").content())
    sound = {"type": "Feature", "properties": {"name": "B"}, "geometry": {"type": "LineString", "coordinates": LINE}}
    collection = {"type": "FeatureCollection", "features": [document, sound]}
    reading = read_route(json.dumps(collection).encode(), "a.geojson")
    assert [route.name for route in reading.routes] == ["B"]


def test_the_region_is_the_window_of_the_shipped_territories():
    layers = read_catalogue()
    bounds = np.array([read_layer(layers[name]).total_bounds for name in ("territory", "water")])
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    assert (west, south, east, north) == pytest.approx(REGION, abs=0.1)


def test_a_name_keeps_the_signs_that_persian_is_spelt_with_and_loses_those_that_turn_a_line():
    assert shown("راه\u200cآهن") == "راه\u200cآهن"
    assert shown("a\u202eb\u2066c\x00") == "a�b�c�"


def test_an_archive_damaged_in_any_part_of_its_directory_is_a_finding():
    directory = b"PK\x01\x02" + b"\0" * 42
    nameless = b"PK\x03\x04" + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(directory), 4, 0)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("doc.kml", GDAL_KML)
    crumbled = bytearray(packed.getvalue())
    crumbled[60:80] = b"\xff" * 20
    for data in (nameless, bytes(crumbled)):
        assert {one.code for one in read_route(data, "a.kmz").findings} <= {
            "archive-unreadable", "archive-not-unpacked", "archive-without-route",
        }  # fmt: skip
        assert read_route(data, "a.kmz").findings

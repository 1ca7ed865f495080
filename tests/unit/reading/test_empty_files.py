"""A file that holds nothing is called empty, by the format its name promises, on its own and inside an archive."""

import gzip

import pytest

from corridor.reading.route import read_route
from tests.support.hostile_texts import packed

NAMES = {
    "a.kml": "KML", "a.GPX": "GPX", "a.gpkg": "GeoPackage", "way.zip": "zip", "a.kmz": "KMZ", "a.geojson": "GeoJSON",
    "a.shp": "Shapefile", "a.osm": "OSM XML",
}  # fmt: skip
NOTHING = {
    b"": "0 bytes: this ",
    b"\n": "1 byte, all of them blank: this ",
    b" \r\n\t ": "5 bytes, all of them blank: this ",
    b"\0" * 4096: "4,096 bytes, all zeros: this ",
    b"\xef\xbb\xbf\n": "4 bytes, all of them blank: this ",
    b"\xff\xfe": "2 bytes, all of them blank: this ",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("data", NOTHING, ids=range(len(NOTHING)))
def test_a_file_that_holds_nothing_is_named_by_its_own_format(name, data):
    reading = read_route(data, name)
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.blocks) == ("file-empty", "error", True)
    assert finding.says == f"{NOTHING[data]}{NAMES[name]} file is empty."
    assert reading.format == NAMES[name]
    assert reading.geojson == ("invalid" if name == "a.geojson" else "not-geojson")


@pytest.mark.parametrize("name", ["route", "holiday.doc", ""])
def test_a_name_that_promises_nothing_is_no_json(name):
    reading = read_route(b"", name)
    assert reading.findings[0].says == "0 bytes: this file is empty."
    assert (reading.format, reading.geojson) == ("unknown", "not-geojson")


@pytest.mark.parametrize("suffix", ["kml", "gpx", "geojson", "gpkg"])
def test_an_empty_file_in_an_archive_is_named(suffix):
    reading = read_route(packed({f"way/route.{suffix}": b""}), "way.zip")
    assert [finding.code for finding in reading.findings] == ["file-empty"]
    assert f"“way/route.{suffix}” in the archive is empty" in reading.findings[0].says


def test_an_empty_file_beside_a_route_is_in_nobodys_way():
    line = b'{"type": "LineString", "coordinates": [[46.2, 38.9], [46.21, 38.91]]}'
    reading = read_route(packed({"a.kml": b"", "b.geojson": line}), "way.zip")
    assert reading.usable
    assert {finding.code for finding in reading.findings if finding.severity != "note"} == set()


def test_what_is_packed_and_empty_is_called_empty():
    reading = read_route(gzip.compress(b""), "way.geojson.gz")
    assert "file-empty" in {finding.code for finding in reading.findings}
    assert not reading.usable

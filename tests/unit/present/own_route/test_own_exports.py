"""What is taken away of a reader's file can be read again, is the same every time, and carries its hash."""

import io
import json
import zipfile

import pytest
import shapely

from corridor.assessing.assessment import assess
from corridor.assessing.region import read_region
from corridor.present.own_route.downloads import ledger_json, mended_zip, results_json, routes_geojson, stem
from corridor.reading.mend import mend
from corridor.reading.route import read_route
from tests.support.samples import read

REGION = read_region()


def assessed(code: str):
    reading = read(code)
    return reading, [assess(route, REGION) for route in reading.routes]


@pytest.mark.parametrize("code", ["sound-two-routes", "sound-with-heights", "gap", "spike", "sound-placemark"])
def test_routes_come_back_as_the_same_lines_with_the_same_heights(code):
    reading, assessments = assessed(code)
    again = read_route(routes_geojson(reading, assessments), "again.geojson")
    assert again.geojson in ("valid", "warning")
    assert [route.name for route in again.routes] == [route.name for route in reading.routes]
    for one, other in zip(again.routes, reading.routes, strict=True):
        assert shapely.equals(one.line, other.line)
        assert (one.heights_m is None) == (other.heights_m is None)
        if one.heights_m is not None:
            assert one.heights_m.tolist() == other.heights_m.tolist()


def test_the_numbers_are_those_of_the_command_line():
    reading, assessments = assessed("sound-whole-line")
    record = json.loads(results_json(reading, assessments))
    assert record["sha256"] == reading.sha256
    assert record["routes"][0]["length_km"] == pytest.approx(assessments[0].measures.length_km, abs=1e-6)
    assert [one["id"] for one in record["routes"][0]["criteria"]][:3] == ["G1", "G2", "G3"]


def test_the_mended_file_comes_with_its_ledger_and_the_hash_of_the_original():
    mended = mend(read("spike"), ["spike"])
    packed = mended_zip(mended)
    assert packed == mended_zip(mended)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.namelist() == ["spike-mended.geojson", "spike-ledger.json", "spike-ledger.txt"]
        assert archive.read("spike-mended.geojson") == mended.data
        assert json.loads(archive.read("spike-ledger.json"))["original_sha256"] == read("spike").sha256
        assert read("spike").sha256 in archive.read("spike-ledger.txt").decode()
    assert json.loads(ledger_json(mended))["mended_sha256"] == mended.sha256


def test_numbers_and_letters_that_json_hardly_holds_travel_too():
    huge = '{"type": "Feature", "properties": {"n": 123456789012345678901234567890, "name": "a"}, "geometry": '
    reading = read_route((huge + '{"type": "LineString", "coordinates": [[46.2, 38.9], [46.3, 38.9]]}}').encode(), "a")
    told = json.loads(routes_geojson(reading, [assess(route, REGION) for route in reading.routes]))
    assert told["features"][0]["properties"]["properties_of_the_file"]["n"] == pytest.approx(
        123456789012345678901234567890
    )


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("alt 3.geojson", "alt-3"),
        ("../../etc/passwd", "passwd"),
        ("C:\\\\maps\\\\line.kml", "line"),
        ("<script>.gpx", "script"),
        ("Ճանապարհ.geojson", "route"),
        ("", "route"),
        ("x" * 300 + ".zip", "x" * 60),
    ],
)
def test_the_name_of_a_download_is_plain_whatever_a_file_is_called(name, plain):
    assert stem(name) == plain


def test_numbers_and_routes_of_a_mended_file_say_what_was_changed_and_of_which_bytes_the_hashes_are():
    mended = mend(read("spike"), ["spike"])
    assessments = [assess(route, REGION) for route in mended.reading.routes]
    for write in (results_json, routes_geojson):
        record = json.loads(write(mended.reading, assessments, mended))
        assert record["mended"].startswith("Measured as mended here, not as the file was sent. What was done: take out")
        assert "(2 points taken out)" in record["mended"]
        assert (record["original_sha256"], record["mended_sha256"]) == (read("spike").sha256, mended.sha256)
        assert "mended" not in json.loads(write(mended.reading, assessments, mend(read("spike"), [])))

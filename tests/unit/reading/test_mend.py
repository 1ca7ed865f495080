"""Every mend by its check's broken file: broken before, sound after, twice is once, and no harm to what is sound."""

import json
from itertools import pairwise

import numpy as np
import orjson
import pytest
import shapely

from corridor.land.geodesy import length_km
from corridor.reading.checks.all_checks import CHECKS
from corridor.reading.faults import Check
from corridor.reading.formats.conversion import is_json_like
from corridor.reading.mend import MENDABLE, mend, mend_by_default
from corridor.reading.route import read_route
from tests.support.samples import CODES, SOUND, read, sample

#: The line that most samples are a broken copy of.
WHOLE = [tuple(p) for p in orjson.loads(sample("sound-whole-line").content())["features"][0]["geometry"]["coordinates"]]
MENDS = [check for check in CHECKS if check.mend is not None]
MEND_CODES = [check.code for check in MENDS]


def codes(reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def with_choice(code: str) -> dict[str, str | None]:
    """The mend of a sample, with the first of the choices its finding leaves."""
    choices = next(finding.choices for finding in read(code).findings if finding.code == code)
    return {code: next(iter(choices), None)}


@pytest.mark.parametrize("check", MENDS, ids=MEND_CODES)
def test_a_mend_leaves_nothing_of_its_fault_and_says_what_it_did(check: Check):
    before = read(check.code)
    mended = mend(before, with_choice(check.code))
    assert check.code in codes(before)
    assert check.code not in codes(mended.reading)
    assert {entry.code for entry in mended.ledger} == {check.code}
    assert any(
        entry.vertices_moved or entry.vertices_added or entry.vertices_removed
        or entry.type_changes or entry.dropped or entry.other
        for entry in mended.ledger
    )  # fmt: skip


@pytest.mark.parametrize("check", MENDS, ids=MEND_CODES)
def test_mending_twice_is_mending_once(check: Check):
    once = mend(read(check.code), MENDABLE)
    twice = mend(once.reading, MENDABLE)
    assert twice.data == once.data
    assert twice.ledger == ()


@pytest.mark.parametrize("check", MENDS, ids=MEND_CODES)
def test_a_mend_does_no_harm_to_a_sound_file(check: Check):
    sound = read_route(SOUND, "sound.geojson")
    mended = mend(sound, [check.code])
    assert mended.data == SOUND
    assert mended.ledger == ()


@pytest.mark.parametrize("check", MENDS, ids=MEND_CODES)
def test_a_mend_on_a_sound_document_changes_no_number(check: Check):
    document = orjson.loads(SOUND)
    if check.mend is not None and check.mend.document is not None:
        after, account = check.mend.document(orjson.loads(SOUND))
        assert after == document or check.code == "position-3d"
        assert account.nothing


@pytest.mark.parametrize("code", CODES)
def test_nothing_changes_that_was_not_accepted(code: str):
    reading = read(code)
    mended = mend(reading, [])
    assert mended.ledger == ()
    if reading.geojson != "not-geojson" and is_json_like(reading.data):
        assert mended.data == reading.data


@pytest.mark.parametrize("check", MENDS, ids=MEND_CODES)
def test_a_mend_can_be_undone(check: Check):
    reading = read(check.code)
    undone = mend(reading, MENDABLE).without(check.code)
    assert check.code not in {entry.code for entry in undone.ledger}
    assert check.code not in undone.codes


@pytest.mark.parametrize("check", MENDS, ids=MEND_CODES)
def test_the_ledger_is_json_and_text_and_carries_the_hash(check: Check):
    reading = read(check.code)
    mended = mend(reading, with_choice(check.code))
    ledger = json.loads(json.dumps(mended.ledger_json()))
    assert ledger["original_sha256"] == reading.sha256
    assert ledger["mends"][0]["code"] == check.code
    assert reading.sha256 in mended.ledger_text()
    assert mended.ledger[0].method in mended.ledger_text()


def test_spikes_go_and_the_line_keeps_its_other_vertices():
    mended = mend(read("spike"), ["spike"])
    (route,) = mended.reading.routes
    assert list(route.line.coords) == WHOLE
    (entry,) = mended.ledger
    assert entry.vertices_removed == 2
    assert entry.length_before_km is not None
    assert entry.length_after_km is not None
    assert entry.length_before_km > entry.length_after_km == pytest.approx(length_km(route.line))


def test_back_tracking_goes_and_a_spike_alone_is_left():
    mended = mend(read("back-tracking"), ["back-tracking"])
    (route,) = mended.reading.routes
    assert list(route.line.coords) == WHOLE
    assert mend(read("spike"), ["back-tracking"]).ledger == ()


def test_repeats_go_and_collinear_vertices_stay():
    line = [[46.2, 38.9], [46.21, 38.9], [46.21, 38.9], [46.22, 38.9]]
    reading = read_route(json.dumps({"type": "LineString", "coordinates": line}).encode(), "a.geojson")
    mended = mend(reading, ["duplicate-vertices"])
    assert json.loads(mended.data)["coordinates"] == [line[0], line[1], line[3]]


def test_joined_parts_are_one_line_without_a_step():
    mended = mend(read("parts-join"), ["parts-join"])
    (route,) = mended.reading.routes
    assert route.line.geom_type == "LineString"
    assert list(route.line.coords) == WHOLE
    assert all(a != b for a, b in pairwise(route.line.coords))
    assert mended.ledger[0].type_changes


def test_heights_survive_mends_that_are_not_about_them():
    line = [[46.2, 38.9, 700], [46.2, 38.9, 700], [46.21, 38.91, 710], [46.22, 38.9, 720]]
    reading = read_route(json.dumps({"type": "LineString", "coordinates": line}).encode(), "a.geojson")
    (route,) = mend(reading, ["duplicate-vertices"]).reading.routes
    assert route.heights_m is not None
    assert route.heights_m.tolist() == [700, 710, 720]


def test_swapped_axes_come_into_the_region():
    (route,) = mend(read("lat-lon-swapped"), ["lat-lon-swapped"]).reading.routes
    assert list(route.line.coords) == WHOLE


def test_projected_coordinates_are_converted_only_when_accepted():
    reading = read("projected-coordinates")
    assert reading.routes == ()
    (route,) = mend(reading, {"projected-coordinates": "EPSG:32638"}).reading.routes
    assert np.abs(shapely.get_coordinates(route.line) - WHOLE).max() < 1e-6


def test_a_converted_file_is_written_as_geojson_of_rfc_7946():
    mended = mend(read("other-system"), ["other-system"])
    document = json.loads(mended.data)
    assert "crs" not in document
    assert mended.reading.geojson == "valid"
    assert mended.reading.sha256 == mended.sha256 != mended.original.sha256


def test_undoing_one_of_two_leaves_the_other():
    line = [[46.2, 38.9], [46.2, 38.9], [46.210000000123, 38.91], [46.22, 38.9]]
    reading = read_route(json.dumps({"type": "LineString", "coordinates": line}).encode(), "a.geojson")
    both = mend(reading, ["duplicate-vertices", "over-precise"])
    assert {entry.code for entry in both.ledger} == {"duplicate-vertices", "over-precise"}
    one = both.without("over-precise")
    assert json.loads(one.data)["coordinates"] == [line[0], line[2], line[3]]


def test_a_mend_of_a_broken_file_is_a_file_of_its_own():
    mended = mend(read("type-case"), MENDABLE)
    assert mended.reading.geojson == "valid"
    assert len(mended.reading.routes) == 1
    assert sample("type-case").content() == mended.original.data


OTHER_TYPES = {
    "polyline": "LineString", "Polyline": "LineString", "esriGeometryPolyline": "LineString", "Line": "LineString",
    "ST_LineString": "LineString", "LINESTRING ZM": "LineString", "LineString25D": "LineString",
    "Multi-Polyline": "MultiLineString", "MULTILINESTRING Z": "MultiLineString",
    "ST_MultiLineString": "MultiLineString",
}  # fmt: skip


@pytest.mark.parametrize(("written", "right"), OTHER_TYPES.items())
@pytest.mark.parametrize("around", ["a feature", "a row of JSON Lines"])
def test_a_type_as_other_programs_call_it_is_written_as_the_standard_does(written, right, around):
    line = [[46.2, 38.9], [46.21, 38.91], [46.22, 38.9]]
    geometry = {"type": written, "coordinates": line if right == "LineString" else [line]}
    written_feature = json.dumps({"type": "Feature", "properties": {"name": "A"}, "geometry": geometry})
    data = written_feature if around == "a feature" else f"{written_feature}\n{written_feature.replace('A', 'B')}"
    reading = read_route(data.encode(), "a.geojson" if around == "a feature" else "a.geojsonl")
    (says, *_) = (finding.says for finding in reading.findings if finding.code == "type-case")
    assert says == f"The type is written “{written}”; GeoJSON writes “{right}”."
    assert "no-line" not in {finding.code for finding in reading.findings}
    mended = mend_by_default(reading)
    assert [[*at] for at in mended.reading.routes[0].line.coords] == line
    assert mended.reading.geojson == "valid"


@pytest.mark.parametrize("written", ["Curve", "esriGeometryEnvelope", "Linear", "z", "Topology", "Features"])
def test_a_type_that_means_none_of_the_standard_stays_unknown(written):
    reading = read_route(json.dumps({"type": written, "coordinates": [[46, 39], [47, 39]]}).encode(), "a.geojson")
    assert "type-case" not in {finding.code for finding in reading.findings}


@pytest.mark.parametrize("count", [4, 30])
def test_of_a_line_run_there_and_back_the_way_there_can_be_kept(count):
    there = [[46.0 + 0.01 * number, 39.0 + 0.003 * (number % 3)] for number in range(count)]
    given = read_route(json.dumps({"type": "LineString", "coordinates": there + there[-2::-1]}).encode(), "a.geojson")
    (finding,) = [finding for finding in given.findings if finding.code == "back-tracking"]
    assert finding.mendable
    assert "self-crossing" not in {finding.code for finding in given.findings}
    mended = mend(given, ["back-tracking"])
    assert json.loads(mended.data)["coordinates"] == there
    assert "back-tracking" not in {finding.code for finding in mended.reading.findings}

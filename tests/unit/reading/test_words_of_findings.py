"""Findings and accounts say what stands in the file, in its own numbers and names, and offer only what is offered."""

import json

import pytest

from corridor.land.geodesy import CRS84
from corridor.present.own_route.file_report import finding_records
from corridor.present.own_route.system_table import choice_words
from corridor.reading.faults import Severity
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import read_route
from tests.support.other_systems import LINE, feature, geojson, in_system


def finding(reading, code):
    return next(finding for finding in reading.findings if finding.code == code)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("EPSG:900913", "which the file calls 900913"),
        ("ESRI:102100", "which the file calls 102100"),
        ("urn:ogc:def:crs:EPSG::3785", "which the file calls 3785"),
        ("EPSG:3857", "as the file says"),
        ("urn:ogc:def:crs:EPSG:6.18.3:3857", "as the file says"),
        ("EPSG:32638", "as the file says"),
    ],
)
def test_an_older_number_of_web_mercator_is_told_as_the_file_has_it(written, says):
    system = "EPSG:32638" if written == "EPSG:32638" else "EPSG:3857"
    reading = read_route(geojson(feature(in_system(system)), crs=written), "a.geojson")
    converted = finding(reading, "other-system")
    assert f"{system} (" in converted.says
    assert f", {says}, and were converted" in converted.says


def test_the_choice_that_undoes_a_conversion_is_called_as_the_advice_calls_it():
    reading = read_route(geojson(feature(in_system("EPSG:32638")), crs="EPSG:32638"), "a.geojson")
    converted = finding(reading, "other-system")
    called = choice_words(CRS84, converted)
    assert f"choose “{called}”" in converted.advice


STAGES = ([[46.60, 38.90], [46.52, 38.91]], [[46.52, 38.91], [46.44, 38.92]])


def test_what_became_of_joined_routes_is_told_by_their_names():
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "LineString", "coordinates": line}}
        for properties, line in zip(
            ({"name": "Day 1"}, {"name": "Day 2", "operator": "South", "tracks": 2}), STAGES, strict=True
        )
    ]
    document = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    mended = mend(read_route(document, "a.geojson"), {"routes-join": None})
    dropped = mended.ledger[0].dropped
    assert dropped == ("“Day 2” as an entry of its own, joined to “Day 1”; with it went: operator (South), tracks (2)",)
    assert "{" not in " ".join(dropped)


def ring(*corners):
    return {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [list(corners)]}}


def test_an_outline_that_leads_there_and_back_on_one_line_runs_neither_way():
    back = [*LINE, *reversed(LINE[:-1])]
    reading = read_route(geojson(ring(*back)), "a.geojson")
    codes = [finding.code for finding in reading.findings]
    assert "ring-winding" not in codes
    assert "polygon-for-line" in codes


def test_an_outline_that_is_reversed_is_told_once_and_stays_so():
    clockwise = [[46.0, 39.0], [46.0, 39.1], [46.1, 39.1], [46.1, 39.0], [46.0, 39.0]]
    mended = mend_by_default(read_route(geojson(ring(*clockwise)), "a.geojson"))
    assert [said for entry in mended.ledger for said in entry.other] == ["1 outline reversed"]
    assert "ring-winding" not in [finding.code for finding in mended.reading.findings]


@pytest.mark.parametrize("broken", [False, True])
def test_joining_is_not_advised_where_a_gap_forbids_it(broken):
    pieces = [[[46.60 - 0.01 * n, 38.90], [46.595 - 0.01 * n, 38.902], [46.59 - 0.01 * n, 38.90]] for n in range(24)]
    if broken:
        del pieces[12]
    document = geojson(*(feature(piece, None) for piece in pieces))
    one = finding(read_route(document, "a.geojson"), "read-as-one")
    assert one.mendable is not broken
    assert ("joined" in one.advice) is not broken
    assert (", but for 1 gap;" in one.says) is broken


def test_a_zone_with_one_digit_wrong_is_asked_after():
    reading = read_route(geojson(feature(in_system("EPSG:32638")), crs="EPSG:32639"), "a.geojson")
    assert finding(reading, "system-contradicted").advice.endswith("Perhaps EPSG:32638 was meant.")
    other = read_route(geojson(feature(in_system("EPSG:28408")), crs="EPSG:32639"), "a.geojson")
    assert "was meant" not in finding(other, "system-contradicted").advice


@pytest.mark.parametrize("name", ["Demiryolu güzergâhı", "Şuşa dağ yolu"])
def test_letters_that_were_guessed_are_shown_as_they_were_read(name):
    data = json.dumps(
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "LineString", "coordinates": LINE}},
        ensure_ascii=False,
    ).encode("cp1254")
    assert f"such as “{name}”" in finding(read_route(data, "a.geojson"), "not-utf8").advice


def test_two_routes_on_one_line_are_called_practically_the_same():
    nearly = [*LINE[:-1], [46.04065, 38.874855], [46.0405, 38.8764]]
    reading = read_route(geojson(feature(LINE, "Rail"), feature(nearly, "S")), "a.geojson")
    said = [each.says for each in reading.findings if each.code == "shares-ground"]
    assert [words.partition(",")[0] for words in said] == ["“S” and “Rail” are practically the same line"]


def test_an_area_in_place_of_a_line_is_marked_as_in_the_way():
    clockwise = [[46.0, 39.0], [46.0, 39.1], [46.1, 39.1], [46.1, 39.0], [46.0, 39.0]]
    reading = read_route(geojson(ring(*clockwise)), "a.geojson")
    records = finding_records(reading.findings, ())
    assert records[0]["tag"] == "stands in the way"
    assert "area" in records[0]["says"]
    assert not records[1]["tag"]
    assert not finding_records(reading.findings, (), measured=True)[0]["tag"]


def test_a_file_without_any_route_is_an_error():
    tour = b'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>A</name></Document></kml>'
    for data, name in ((tour, "a.kml"), (b'<gpx version="1.1" creator="x"></gpx>', "a.gpx")):
        assert finding(read_route(data, name), "format-without-features").severity is Severity.ERROR

"""What is said of a reader's file: a headline for each case, findings with their places, a ledger of every change."""

import json
import re
from dataclasses import replace

import pytest

from corridor.present.own_route.file_report import (
    SEVERITIES,
    card_lines,
    chosen_system,
    file_facts,
    finding_records,
    findings_tally,
    headline,
    ledger_sheet,
    mend_words,
)
from corridor.reading.faults import Severity
from corridor.reading.ledger import LedgerEntry
from corridor.reading.mend import MENDABLE, mend
from corridor.reading.route import read_route
from corridor.reading.standing import ChosenSystems
from tests.support.samples import CODES, read


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("sound-whole-line", "GeoJSON with 1 route; nothing was found to be wrong with it."),
        ("sound-two-routes", "GeoJSON with 2 routes; nothing was found to be wrong with it."),
        ("spike", "GeoJSON with 1 route; 1 warning."),
        ("json-syntax", "No route can be taken from this JSON file, for 1 reason."),
        ("other-system", "GeoJSON with 1 route; 1 note."),
        ("projected-coordinates",
         "No route can be taken from this GeoJSON file yet: a question has to be answered first, below."),
        ("type-case",
         "No route can be taken from this GeoJSON file, for 1 reason, which can be mended below."),
        ("format-unknown", "No route can be taken from this file, for 1 reason."),
        ("empty-collection", "No route can be taken from this GeoJSON file, for 1 reason."),
    ],
)  # fmt: skip
def test_the_headline_says_what_a_file_is_and_what_stands_in_the_way(code, says):
    reading = read(code)
    assert headline(reading, len(reading.routes), form=reading.format) == says


def test_routes_that_are_not_measured_are_told_and_where_they_are():
    assert "the first 1 of which are measured here" in headline(read("sound-two-routes"), 1, form="GeoJSON")
    assert "corridor check" in headline(read("sound-two-routes"), 1, form="GeoJSON")


def test_a_mended_copy_is_called_one():
    mended = mend(read("spike"), ["spike"])
    first = headline(mended.reading, 1, form="GeoJSON", mended=True)
    assert first.startswith("After your mends: GeoJSON with 1 route")


def line_file(positions, form):
    """A file with one line, in a format that holds numbers of any system or in one of degrees."""
    if form == "GeoJSON":
        return json.dumps({"type": "LineString", "coordinates": positions}).encode(), "line.geojson"
    written = " ".join(f"{x},{y}" for x, y in positions)
    kml = f"<kml><Document><Placemark><LineString><coordinates>{written}</coordinates></LineString></Placemark>"
    return f"{kml}</Document></kml>".encode(), "line.kml"


NEAR = [[46.2 + step / 100, 38.87 + step % 4 / 300] for step in range(20)]
METRES = [[430_000.0 + 900 * step, 4_302_000.0 + 300 * (step % 4)] for step in range(20)]
ABROAD = [[16.1 + step / 100, 48.9 + step % 4 / 300] for step in range(20)]


@pytest.mark.parametrize("form", ["GeoJSON", "KML"])
def test_a_system_that_was_chosen_wrongly_is_named_with_how_far_away_it_puts_the_line(form):
    data, name = line_file(METRES, form)
    given = read_route(data, name)
    chosen = {finding.code: "EPSG:32612" for finding in given.findings if finding.choices}
    assert chosen_system(chosen) == "EPSG:32612"
    mended = mend(given, chosen)
    says = headline(mended.reading, 0, form=form, chosen="EPSG:32612", mended=mended.changed)
    assert re.match(r"You chose EPSG:32612 .* lies [\d,]+ km outside the region .*No route can be taken", says), says
    facts = dict(file_facts(given, 1, "EPSG:32612", converted=mended.changed))
    assert facts["Coordinates"] == "EPSG:32612 (WGS 84 / UTM zone 12N), as you chose; not converted"


def test_a_system_that_was_chosen_and_fits_is_named_too():
    given = read_route(*line_file(METRES, "GeoJSON"))
    mended = mend(given, {"projected-coordinates": "EPSG:32638"})
    says = headline(mended.reading, 1, form=given.format, chosen="EPSG:32638", mended=mended.changed)
    assert says.startswith("You chose EPSG:32638 (WGS 84 / UTM zone 38N). After your mends: GeoJSON with 1 route")
    facts = dict(file_facts(given, 1, "EPSG:32638", converted=mended.changed))
    assert facts["Coordinates"].endswith("as you chose; converted to longitude and latitude on WGS84")


@pytest.mark.parametrize("form", ["GeoJSON", "KML"])
def test_a_line_elsewhere_is_told_with_its_distance_and_what_to_do(form):
    reading = read_route(*line_file(ABROAD, form))
    outside = next(finding for finding in reading.findings if finding.code == "outside-region")
    assert re.search(r"lies 2,\d{3} km outside the mapped region", outside.says), outside.says
    assert "which of the two numbers comes first" in outside.advice
    kept = read_route(*line_file(ABROAD, form), chosen=ChosenSystems(clear="OGC:CRS84"))
    assert any("undo your choice" in finding.advice for finding in kept.findings if finding.code == "outside-region")
    converted = read_route(*line_file(ABROAD, form), chosen=ChosenSystems(clear="EPSG:4284"))
    assert {"outside-region", "system-contradicted"} & {finding.code for finding in converted.findings}


def test_a_mended_file_keeps_the_name_of_the_format_it_came_in():
    commas = [[f"{x:.5f}".replace(".", ","), f"{y:.5f}".replace(".", ",")] for x, y in NEAR]
    given = read_route(*line_file(commas, "KML"))
    mended = mend(given, ["positions-written"])
    assert mended.reading.format == "GeoJSON"
    assert headline(mended.reading, 1, form=given.format, mended=True).startswith("After your mends: KML with 1 route")
    (entry,) = mended.ledger
    assert entry.length_before_km is None
    assert re.match(r"nothing could be measured before; \d+\.\d km after", entry.effect), entry.effect


@pytest.mark.parametrize("code", CODES)
def test_every_finding_of_every_sample_can_be_listed_and_marked(code):
    reading = read(code)
    records = finding_records(reading.findings, [])
    json.dumps(records)
    weights = [list(SEVERITIES).index(Severity(record["severity"])) for record in records]
    assert weights == sorted(weights)
    assert [record["number"] for record in records] == list(range(1, len(records) + 1))
    for record in records:
        assert (record["lat"] is None) == (record["lon"] is None)
        assert record["mend"] == "" or record["mend"][0].isupper()
    assert findings_tally(reading.findings)
    assert len(file_facts(reading, len(reading.data))) == 4


@pytest.mark.parametrize("code", MENDABLE)
def test_a_mend_is_needed_of_all_but_notes(code):
    records = [record for record in finding_records(read(code).findings, []) if record["mend"]]
    assert {record["needed"] for record in records if record["severity"] == "note"} <= {False}
    assert all(record["needed"] for record in records if record["severity"] != "note")


@pytest.mark.parametrize("form", ["GeoJSON", "KML"])
def test_findings_of_a_mended_copy_name_no_line_of_the_file_that_came(form):
    given = read_route(*line_file([*NEAR[:5], NEAR[4], *NEAR[5:9], NEAR[7], *NEAR[9:]], form))
    before = finding_records(given.findings, [])
    assert form == "KML" or any("column" in record["where"] for record in before)
    mended = mend(given, ["duplicate-vertices"])
    assert mended.changed
    left = finding_records(mended.reading.findings, [], in_copy=True)
    assert left
    assert not any("column" in record["where"] for record in left)


def test_a_shapefile_is_not_called_a_file_twice():
    reading = replace(read("no-line"), routes=())
    assert " this Shapefile" in headline(reading, 0, form="Shapefile")
    assert "Shapefile file" not in headline(reading, 0, form="Shapefile")
    assert " this KML file" in headline(reading, 0, form="KML")


def test_a_tally_counts_by_weight_in_the_order_of_weight():
    found = [*read("position-3d").findings, *read("json-syntax").findings, *read("spike").findings]
    assert findings_tally(found) == "1 error, 1 warning and 1 note"
    assert findings_tally(()) == ""


@pytest.mark.parametrize("code", MENDABLE)
def test_the_ledger_is_a_table_that_leaves_out_no_change(code):
    mended = mend(read(code), [code])
    sheet = ledger_sheet(mended.ledger)
    assert len(sheet.rows) == len(mended.ledger)
    for row, entry in zip(sheet.rows, mended.ledger, strict=True):
        assert row[0] == mend_words(entry.code)
        assert (
            row[1]
            == f"{entry.vertices_moved:,} moved, {entry.vertices_added:,} added, {entry.vertices_removed:,} removed"
        )
        assert row[4] in (None, (*entry.type_changes, *entry.other))
        assert row[5] == (entry.dropped or "nothing")


def test_what_the_file_calls_itself_stays_text():
    reading = read_route(b'{"type": "LineString"', "<script>alert(1)</script>.geojson")
    assert "<script>" not in json.dumps(finding_records(reading.findings, []))


def test_the_coordinates_are_what_was_chosen_or_what_the_file_says():
    swapped, wrong = read("lat-lon-swapped"), read("system-contradicted")
    assert dict(file_facts(swapped, 1))["Coordinates"] == "degrees, in an order that is not clear"
    chosen = dict(file_facts(swapped, 1, order="EPSG:4326", converted=True))["Coordinates"]
    assert chosen == "latitude before longitude on WGS84, exchanged as you chose"
    said = dict(file_facts(wrong, 1))["Coordinates"]
    assert said.startswith("EPSG:")
    assert said.endswith(", as the file says; not converted")


def test_a_length_is_written_alike_before_and_after_and_finer_only_where_it_changed_by_less():
    (entry,) = mend(read("lat-lon-swapped"), {"lat-lon-swapped": "EPSG:4326"}).ledger
    for before, after, accuracy_m, written in (
        (179.986, 175.143, 180.0, ("180.0 km", "175.1 km")),
        (180.2, 175.143, 2_000.0, ("180 km", "175 km")),
        (70.7581, 70.7579, None, ("70.8 km", "70.8 km")),
        (70.758, 70.756, None, ("70.758 km", "70.756 km")),
        (None, 175.073, 2_000.0, ("not measurable before", "175 km")),
    ):
        row = ledger_sheet([replace(entry, length_before_km=before, length_after_km=after)], accuracy_m).rows[0]
        assert row[2:4] == written


@pytest.mark.parametrize("file", ["a.kml", "a.gpx"])
def test_of_a_file_without_positions_no_coordinates_are_told(file):
    data = {"a.kml": b"<kml><Document><name>Tour</name></Document></kml>", "a.gpx": b'<gpx version="1.1"></gpx>'}[file]
    assert dict(file_facts(read_route(data, file), 1))["Coordinates"] == "none in the file"


def test_numbers_whose_system_was_asked_for_have_no_length_before():
    entry = LedgerEntry("system-contradicted", "convert", 0, 0, 0, (), (), (), 70.8, 70.8)
    assert ledger_sheet([entry]).rows[0][2] == "not measurable before"
    assert ledger_sheet([replace(entry, code="spike")]).rows[0][2] == "70.8 km"


def test_the_card_of_a_line_that_is_too_long_says_so():
    reading = read("route-too-long")
    assert card_lines(reading, "GeoJSON", [])[0].startswith("Not measured: ")
    assert "km are drawn in one route" in card_lines(reading, "GeoJSON", [])[0]

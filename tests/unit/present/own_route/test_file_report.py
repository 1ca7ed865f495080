"""What is said of a reader's file: a headline for each case, findings with their places, a ledger of every change."""

import json

import pytest

from corridor.present.own_route.file_report import (
    SEVERITIES,
    file_facts,
    finding_records,
    findings_tally,
    headline,
    ledger_sheet,
    mend_words,
)
from corridor.reading.faults import Severity
from corridor.reading.mend import MENDABLE, mend
from corridor.reading.route import read_route
from tests.support.samples import CODES, read


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("sound-whole-line", "GeoJSON with 1 route; nothing was found to be wrong with it."),
        ("sound-two-routes", "GeoJSON with 2 routes; nothing was found to be wrong with it."),
        ("spike", "GeoJSON with 1 route; 1 warning."),
        ("json-syntax", "No route can be taken from this JSON file: 1 finding stands in the way."),
        ("other-system", "GeoJSON with 1 route; 1 note."),
        ("projected-coordinates",
         "No route can be taken from this GeoJSON file: 1 finding stands in the way, which can be mended below."),
        ("type-case",
         "No route can be taken from this GeoJSON file: 2 findings stand in the way, of which 1 can be mended below."),
        ("format-unknown", "No route can be taken from this file: 1 finding stands in the way."),
        ("empty-collection", "No route can be taken from this GeoJSON file: 1 finding stands in the way."),
    ],
)  # fmt: skip
def test_the_headline_says_what_a_file_is_and_what_stands_in_the_way(code, says):
    reading = read(code)
    assert headline(reading, len(reading.routes)) == says


def test_routes_that_are_not_measured_are_told_and_where_they_are():
    assert "the first 1 of which are measured here" in headline(read("sound-two-routes"), 1)
    assert "corridor check" in headline(read("sound-two-routes"), 1)


def test_a_mended_copy_is_called_one():
    mended = mend(read("spike"), ["spike"])
    assert headline(mended.reading, 1, mended=True).startswith("After your mends: GeoJSON with 1 route")


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

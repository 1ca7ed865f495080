"""Candidates side by side: same columns for all, same words for what was not found, the chart's own numbers."""

import csv
from io import StringIO

import pytest

from corridor.answering.figures import Evidence, Figure
from corridor.candidates import Part, Said, Statement
from corridor.present.candidates import statements, tables
from corridor.present.candidates.legs import NOT_DRAWN, TableLookup, part_words
from corridor.present.candidates.side_by_side import side_by_side
from corridor.present.footnotes import Footnotes
from corridor.present.sheets import sheet_csv, sheet_html
from corridor.present.words import disclaimer, standard_gap
from tests.support.builders import SOURCES, candidate, fact, feature, length, line, segment

LABELS = {
    "territory/armenia": "Armenia",
    "territory/az-mainland": "Azerbaijan, main part",
    "territory/az-nakhchivan": "Nakhchivan Autonomous Republic (Azerbaijan)",
}


FEATURES = {
    found["id"]: found
    for found in (
        segment(
            "a-west",
            ["a"],
            measured_km=43.2,
            geometry=line((46.5, 38.9), (46.0, 38.9)),
            stations=[{"name": "Town", "from_start_km": 13.2}],
            published_lengths=[
                length(39),
                length(42, "two", km_high=47),
                length(140, comparable=False),
            ],
            gauge=fact("Gauge", "1,520 mm"),
            dates=[
                {
                    "kind": "promised",
                    "what": "Opening",
                    "date": "2028-12-31",
                    "about": "completion",
                    "of": None,
                    "said_on": "2025-10-21",
                    "by": "President",
                    "sources": ["two"],
                    "quote": None,
                }
            ],
            contested=True,
        ),
        segment(
            "a-east",
            ["a"],
            measured_km=113.3,
            geometry=line((47.8, 38.9), (46.5, 38.9)),
            country="az-mainland",
            status="under construction",
        ),
        segment("b", ["b"], country="az-nakhchivan", status="not found"),
        feature(
            "crossing/c",
            label="A-B",
            status="not operating",
            status_as_of="2026-01-28",
            territories=["armenia", "az-mainland"],
            delimited=False,
        ),
    )
}
RAIL_A = candidate(
    "a",
    "Railway by A",
    (Part("a-east"), Part("a-west")),
    crossings=("c",),
    missing_parts=(Statement("West of Town.", ("one",)),),
    proposed_by=(Said("Armenia", "offered it", ("one",), "2023-11-18"),),
)
RAIL_B = candidate("b", "Railway by B", (Part("b"),), base_case=True)
PART_OF_A = candidate("p", "Part of A", (Part("a-west", start="Town"),), origin="Town")
BOTH = (RAIL_A, RAIL_B)
ATLAS = TableLookup(LABELS, FEATURES, Evidence(FEATURES, datasets=frozenset({"one"})))


def words(sheet):
    return sheet_html(sheet, Footnotes(SOURCES))


def test_the_chart_and_its_table_hold_the_same_kilometres():
    bars = tables.bars(BOTH, ATLAS)
    sheet = tables.kilometres_sheet(BOTH, ATLAS)
    columns = {column.removesuffix(" (km)").casefold(): at for at, column in enumerate(sheet.columns)}
    for bar in bars:
        row = next(row for row in sheet.rows if row[0] == bar.candidate and row[1].startswith(bar.country[:10]))
        assert row[columns[f"drawn here, {bar.status}"]].value == bar.km
    assert sum(bar.km for bar in bars) == pytest.approx(156.5)


def test_ground_that_two_segments_run_over_counts_once_and_the_segment_keeps_its_own_length():
    beside = line((46.5, 38.9), (46.4, 38.9), (46.4, 39.2))
    features = FEATURES | {
        "route/out": segment("out", ["o"], measured_km=42.0, geometry=beside, published_lengths=[length(41)]),
        "route/in": segment("in", ["o"], measured_km=43.36, geometry=line((46.0, 38.9), (46.5, 38.9))),
    }
    way = candidate("o", "There and on", (Part("in"), Part("out")))
    lookup = TableLookup(LABELS, features, Evidence(features))
    sheet = tables.kilometres_sheet([way], lookup)
    whole = dict(zip(sheet.columns, sheet.rows[0], strict=True))
    again_km = sum(stretch.leg.repeated_km for stretch in lookup.segment_figures(way))
    assert again_km == pytest.approx(8.67, abs=0.05)
    assert whole["Drawn here (km)"].value == pytest.approx(42.0 + 43.36 - again_km)
    assert whole["Drawn here (km)"].accuracy == "measured on the line as drawn, 8.7 km drawn twice counted once"
    assert whole["Published length (km)"].value == 41
    assert sum(bar.km for bar in tables.bars([way], lookup)) == pytest.approx(whole["Drawn here (km)"].value)
    rows = tables.segments_sheet(way, lookup).rows
    assert [row[6].value for row in rows] == [43.36, 42.0]
    assert sum("8.7 km of it count with another segment" in row[6].accuracy for row in rows) == 1


def test_countries_stand_in_alphabetical_order_and_candidates_as_given():
    rows = [row[:2] for row in tables.kilometres_sheet(BOTH, ATLAS).rows]
    assert rows == [
        ("Railway by A", "Armenia"),
        ("Railway by A", "Azerbaijan, main part"),
        ("Railway by B (base case)", "Nakhchivan Autonomous Republic (Azerbaijan)"),
    ]


def test_published_lengths_stand_as_a_range_and_all_of_them_in_full():
    sheet = tables.kilometres_sheet([RAIL_A], ATLAS)
    armenia = dict(zip(sheet.columns, sheet.rows[0], strict=True))
    assert armenia["Published length (km)"].value == "39 to 47"
    assert armenia["Sideways accuracy"] == "±500 m"
    assert armenia["As of"] == "5 February 2026"
    lengths = tables.published_sheet([RAIL_A], ATLAS).rows
    assert [row[2].value for row in lengths] == [39, "42 to 47", 140]


def test_what_is_not_drawn_is_listed_and_says_so():
    row = tables.segments_sheet(RAIL_B, ATLAS).rows[0]
    assert row[6] == NOT_DRAWN
    assert tables.bars([RAIL_B], ATLAS) == []


def test_a_part_of_a_segment_is_measured_as_that_part_and_named():
    row = tables.segments_sheet(PART_OF_A, ATLAS).rows[0]
    assert row[0].endswith("(from Town)")
    assert row[6].value == pytest.approx(30.0)
    assert part_words(Part("x", start="A", end="B")) == " (from A to B)"


def test_both_sides_have_a_column_of_their_own_and_silence_has_the_same_words_for_all():
    assert statements.connects_sheet(BOTH).columns == ("Candidate", "For Armenia", "For Azerbaijan")
    said = statements.said_sheet(BOTH).rows
    assert said[0][2] == said[1][2] == statements.NO_ANSWER
    assert said[1][1] == statements.NO_PROPOSAL
    assert said[0][1][0].value == "Armenia, 18 November 2023: offered it"


def test_gaps_stand_with_the_standard_sentence():
    assert statements.missing_sheet([RAIL_A]).rows[0][2] == ("Gauge; Cost.", standard_gap())


def test_crossings_stand_in_the_order_of_travel_with_status_and_date():
    first, second = tables.crossings_sheet(BOTH, ATLAS).rows
    assert first[:4] == ("Railway by A", "1", "A-B", "Armenia – Azerbaijan, main part")
    assert (first[4].value, first[5], first[6]) == ("not operating", "28 January 2026", "no")
    assert second[2] == "no crossing of a border is listed"


def test_facts_and_dates_name_their_source_or_say_not_found():
    facts = tables.facts_sheet(RAIL_A, ATLAS).rows
    assert facts[1][1].value == "1,520 mm"
    assert facts[1][2] == "not found"
    dates = tables.dates_sheet(RAIL_A, ATLAS).rows
    assert dates[0][:2] == ("Opening", "promised")
    assert isinstance(dates[0][2], Figure)


def test_officials_who_differ_are_told_with_the_course():
    assert "officials describe it differently" in tables.segments_sheet(RAIL_A, ATLAS).rows[1][4]


def test_a_name_repeated_down_the_rows_is_shown_once_and_still_read_out():
    page = words(tables.kilometres_sheet([RAIL_A], ATLAS))
    assert page.count('<th scope="row"><span class="for-ears">Railway by A</span></th>') == 1


def test_every_table_leaves_as_a_file_with_sources_and_disclaimer():
    for sheet in (
        tables.kilometres_sheet(BOTH, ATLAS),
        statements.connects_sheet(BOTH),
        statements.said_sheet(BOTH),
        tables.crossings_sheet(BOTH, ATLAS),
        statements.missing_sheet(BOTH),
        tables.segments_sheet(RAIL_A, ATLAS),
        tables.facts_sheet(RAIL_A, ATLAS),
        tables.dates_sheet(RAIL_A, ATLAS),
        tables.published_sheet([RAIL_A], ATLAS),
    ):
        rows = list(csv.reader(StringIO(sheet_csv(sheet, SOURCES).decode("utf-8-sig"))))
        assert rows[-1] == [disclaimer()]
        assert any("Agency" in row[-1] for row in rows[1:-1])


def test_only_one_mode_origin_and_destination_stand_together_and_every_candidate_stands_once():
    energy = candidate("e", "Line", (Part("b"),), table="energy-digital", mode="energy")
    air = candidate("f", "Flight", (Part("b"),), table="air", mode="air")
    groups = side_by_side([RAIL_B, PART_OF_A, RAIL_A, energy, air])
    assert [(group.title, [one.id for one in group.candidates], group.compared) for group in groups] == [
        ("Railway, A – B", ["a", "b"], True),
        ("Railway, Town – B", ["p"], False),
        ("Energy and digital", ["e"], False),
        ("Air", ["f"], False),
    ]


@pytest.mark.parametrize(
    ("mode", "status", "shown"),
    [
        ("rail", "proposed", "no track, proposed"),
        ("rail", "not built", "no track, not built"),
        ("rail", "not operating", "not operating"),
        ("road", "proposed", "proposed"),
    ],
)
def test_a_railway_without_track_is_said_to_have_none_whichever_plan_it_follows(mode, status, shown):
    features = {"route/x": segment("x", ["x"], mode=mode, status=status)}
    lookup = TableLookup(LABELS, features, Evidence(features))
    (figures,) = lookup.segment_figures(candidate("x", "X", (Part("x"),)))
    assert figures.status == shown

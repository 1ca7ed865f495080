"""The tables of one route: every figure with unit, accuracy, source and date; they add up and say what is not known."""

import re
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from corridor.answering.figures import Figure
from corridor.assessing.assessment import assess
from corridor.assessing.ground_profile import border_marks, ground_profile
from corridor.assessing.region import read_region
from corridor.land.catalogue import read_catalogue
from corridor.land.elevation import read_elevation
from corridor.present.footnotes import Footnotes
from corridor.present.own_route import course
from corridor.present.own_route import surroundings as around
from corridor.present.own_route.figures import OWN_FILE, RouteFigures, own_source, place
from corridor.present.sheets import Sheet, sheet_csv, sheet_html
from corridor.quantities import rounded_accuracy
from corridor.reading.route import read_route
from corridor.reading.samples import SOUND, read_samples
from corridor.sources import read_sources

KEPT = date(2026, 11, 26)
#: How a length is written that is something and would be written as nothing.
SLIGHT = ("less than 0.1", "less than 1")
REGION, LAYERS = read_region(), read_catalogue()
SAMPLES = {one.id: one for kind, group in read_samples().items() if kind.id == SOUND for one in group}


@cache
def measured(sample: str, number: int = 0) -> RouteFigures:
    route = read_route(SAMPLES[sample].content(), SAMPLES[sample].file).routes[number]
    return RouteFigures(route.name, assess(route, REGION).measures, REGION, LAYERS, KEPT)


def course_sheet(of: RouteFigures) -> Sheet:
    measures = of.measures
    borders = border_marks(measures.crossings, REGION)
    return course.course_sheet(of, ground_profile(measures.samples, measures.stretches, borders, read_elevation()))


SHEETS = (
    course_sheet, course.territories_sheet, course.stretches_sheet, course.crossings_sheet,
    around.areas_sheet, around.third_states_sheet, around.settlements_by_country_sheet, around.settlements_sheet,
)  # fmt: skip


@cache
def sources(name: str = "alt.geojson"):
    return {**read_sources(), OWN_FILE: own_source(name, "ab" * 32, KEPT)}


def figures(sheet: Sheet) -> list[Figure]:
    entries = [
        part for row in sheet.rows for entry in row for part in (entry if isinstance(entry, tuple) else (entry,))
    ]
    return [entry for entry in entries if isinstance(entry, Figure)]


def value(sheet: Sheet, head: str, column: int) -> str:
    (row,) = (row for row in sheet.rows if row[0] == head)
    entry = row[column]
    return str(entry.value) if isinstance(entry, Figure) else str(entry)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("make", SHEETS, ids=lambda make: make.__name__)
def test_every_figure_has_accuracy_date_and_sources_and_the_table_can_be_taken_away(sample, make):
    sheet = make(measured(sample))
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    for figure in figures(sheet):
        assert figure.accuracy
        assert figure.as_of
        assert set(figure.sources) <= set(sources())
        assert figure.sources
    assert "paper-table" in sheet_html(sheet, Footnotes(sources()))
    assert sheet.title not in sheet_csv(sheet, sources()).decode("utf-8-sig").splitlines()[0]


@pytest.mark.parametrize("sample", SAMPLES)
def test_territories_and_stretches_add_up_to_the_whole(sample):
    of = measured(sample)
    assert sum(share.km for share in of.measures.shares) == pytest.approx(of.measures.length_km, abs=1e-6)
    for sheet, column in ((course.territories_sheet(of), 1), (course.stretches_sheet(of), 4)):
        told = [row[column].value for row in sheet.rows if row[0] != "The whole line"]
        slight = sum(said in SLIGHT for said in told)
        whole = sum(float(said.replace(",", "")) for said in told if said not in SLIGHT)
        # All have the decimals of the whole line, which a line of rough accuracy has none of.
        step = 0.1 if "." in of.length.value else 1.0
        assert all(("." in said) == (step < 1) for said in told if said not in (*SLIGHT, "0"))
        assert whole == pytest.approx(of.measures.length_km, abs=0.6 * step * len(told) + step * slight)


def test_territories_stand_by_the_alphabet_whichever_way_a_line_runs():
    names = [row[0] for row in course.territories_sheet(measured("sound-waypoints")).rows]
    assert names == [*sorted(names[:-1]), "The whole line"]
    assert names.index("Armenia") < names.index("Azerbaijan, main part")


def test_a_section_says_what_it_touches_by_less_than_is_written():
    assert value(course.territories_sheet(measured("sound-armenian-section")), "Azerbaijan, main part", 1) == SLIGHT[0]


def test_a_stated_accuracy_stands_with_the_length_and_decimals_follow_it():
    of = measured("sound-stated-accuracy")
    assert of.length.accuracy_m == 500
    assert "stated: ±500 m" in str(course_sheet(of).rows[1][2]).lower()
    assert "." not in str(measured("sound-waypoints").length.value)


def test_heights_are_told_where_the_file_has_them_and_else_that_it_has_none():
    assert value(course_sheet(measured("sound-whole-line")), "Heights in the file", 2).startswith("The file has none")
    rows = [row[0] for row in course_sheet(measured("sound-with-heights")).rows]
    assert {"Lowest and highest point", "Climb and descent", "Steepest kilometre"} <= set(rows)


@pytest.mark.parametrize(("shift", "side"), [(-2_500.0, "below the lowest"), (4_000.0, "above the highest")])
def test_no_climb_is_told_of_heights_that_lie_far_off_all_ground_beside_the_line(shift, side):
    of = measured("sound-with-heights")
    profile = of.measures.profile
    moved = replace(profile, drawn=tuple((km, height + shift) for km, height in profile.drawn))
    sheet = course_sheet(replace(of, measures=replace(of.measures, profile=moved)))
    words = value(sheet, "Climb and descent", 2)
    assert re.match(rf"100% of the heights lie far off the ground: up to [\d,]+ m {side} within 1 km\. No climb", words)
    assert value(sheet, "Climb and descent", 1) == "None"
    assert "Steepest kilometre" not in {row[0] for row in sheet.rows}


def test_a_crossing_names_place_border_and_nearest_post_and_claims_no_metre_it_does_not_know():
    first, _ = course.crossings_sheet(measured("sound-whole-line")).rows
    assert first[1] == "Azerbaijan, main part – Armenia"
    assert "not delimited" in first[4]
    assert first[6] == "Aghband-Nrnadzor (railway, km 313), at the same spot, within ±1 km"
    assert first[7].value == "not operating, 23 May 2025"


def test_people_are_counted_only_where_a_dated_census_is_shipped():
    sheet = around.settlements_by_country_sheet(measured("sound-whole-line"))
    people = {row[0]: row[4] for row in sheet.rows if row[1] == "10 km"}
    assert people["Armenia"].as_of == "2011"
    assert people["Azerbaijan, main part"] == "no dated census table is shipped"
    assert [row[0] for row in sheet.rows] == sorted(row[0] for row in sheet.rows)


def test_settlements_too_close_to_a_ring_are_a_range_in_the_table_and_in_the_answer():
    of = measured("sound-whole-line")
    (route,) = read_route(SAMPLES["sound-whole-line"].content(), "alt.geojson").routes
    because = assess(route, of.region).verdict("G10").judgement.because
    rows = {(row[0], row[1]): row for row in around.settlements_by_country_sheet(of).rows}
    country = "Armenia"
    rings = [rows[country, f"{ring} km"] for ring in (1, 5, 10)]
    counts = [row[2].value for row in rings]
    assert f"{country}: {counts[0]}, {counts[1]} and {counts[2]}" in because
    ranges = [row[3] or row[2].value for row in rings]
    assert any(row[3] for row in rings)
    assert f"(perhaps {ranges[0]}, {ranges[1]} and {ranges[2]})" in because
    near = [n for n in of.measures.settlements if of.label(n.settlement.country) == country]
    for row, ring in zip(rings, (1, 5, 10), strict=True):
        sure = sum(n.distance_m + n.accuracy_m < ring * 1000 for n in near)
        may = sum(n.distance_m - n.accuracy_m <= ring * 1000 for n in near)
        assert (row[3] or f"{row[2].value} to {row[2].value}") == f"{sure} to {may}"


def test_a_name_from_a_file_is_text_in_a_table_and_no_formula_in_a_file():
    hostile = '=cmd()<img src=x onerror="boom()">.geojson'
    notes = Footnotes(sources(hostile))
    sheet = course.territories_sheet(measured("sound-whole-line"))
    page = sheet_html(sheet, notes) + notes.listed()
    assert "<img" not in page
    assert "&lt;img" in page
    assert "\n=cmd" not in sheet_csv(sheet, sources(hostile)).decode("utf-8-sig")


def test_places_and_accuracies_are_written_with_what_they_bear():
    assert place(46.53346, 38.86984) == "38.8698° N, 46.5335° E"
    assert place(-1.0, -2.0) == "2.0000° S, 1.0000° W"
    assert [rounded_accuracy(metres) for metres in (0.05, 7.4, 196.084, 7165.9)] == [1.0, 7.0, 200.0, 7200.0]

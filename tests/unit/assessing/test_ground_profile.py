"""The ground along a line: nothing beside it is missed, gaps stay open, and no gradient is said anywhere."""

import json
from dataclasses import fields

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.candidate_routes import read_candidate_routes
from corridor.assessing.ground_along import ground_along
from corridor.assessing.ground_profile import MOST_STEPS, GroundProfile
from corridor.assessing.ground_records import ground_record
from corridor.assessing.region import read_region
from corridor.land.elevation import read_elevation
from corridor.reading.route import Route
from tests.support.shapes import lines_of

POSITIONS = st.lists(st.tuples(st.floats(41.0, 52.0), st.floats(37.0, 43.0)), min_size=2, max_size=5, unique=True)


def assessed(*parts: list[tuple[float, float]], heights: list[float] | None = None) -> Assessment:
    line = shapely.LineString(parts[0]) if len(parts) == 1 else shapely.MultiLineString(parts)
    return assess(
        Route("A line", lines_of(line), {}, heights_m=None if heights is None else np.array(heights)), read_region()
    )


def ground_of(assessment: Assessment) -> GroundProfile:
    return ground_along(assessment, read_region(), read_elevation())


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(positions=POSITIONS)
def test_the_steps_go_from_end_to_end_and_hold_every_cell_beside_the_line(positions):
    assessment = assessed(positions)
    ground, samples = ground_of(assessment), assessment.measures.samples
    assert 1 <= len(ground.steps) <= MOST_STEPS
    assert ground.steps[0].from_km == pytest.approx(0.0, abs=1e-6)
    assert ground.steps[-1].to_km == pytest.approx(assessment.measures.length_km, abs=1e-6)
    for step, after in zip(ground.steps, ground.steps[1:], strict=False):
        assert step.to_km == pytest.approx(after.from_km, abs=1e-6)
    band = read_elevation().band(samples.lonlat)
    for low, high, at in zip(band.lowest_m, band.highest_m, samples.along_km, strict=True):
        step = next(step for step in ground.steps if step.from_km - 1e-9 <= at <= step.to_km + 1e-9)
        if np.isfinite(high):
            assert (step.highest_m or 0) >= high
            assert (step.lowest_m or 0) <= low


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(positions=POSITIONS)
@example(positions=[(41.0, 37.0), (43.0, 39.0)])
def test_the_band_is_the_same_both_ways(positions):
    there, back = ground_of(assessed(positions)), ground_of(assessed(positions[::-1]))
    assert (there.lowest_m, there.highest_m, there.reaches_sea_level) == (
        back.lowest_m,
        back.highest_m,
        back.reaches_sea_level,
    )
    # Steps are shared out from the start: where nothing is known begins and ends to within one of them.
    step_km = max(step.to_km - step.from_km for step in there.steps)
    assert there.km("no-data") == pytest.approx(back.km("no-data"), abs=2 * step_km)


def test_a_gap_between_two_parts_stays_open():
    ground = ground_of(assessed([(46.0, 39.0), (46.1, 39.0)], [(47.0, 39.5), (47.05, 39.5)]))
    assert all(step.to_km - step.from_km < 1.0 for step in ground.steps)
    assert 25 <= len(ground.steps) <= 30


def test_the_sea_and_its_shore_say_nothing_finer():
    ground = ground_of(assessed([(50.1, 39.4), (50.5, 39.4)]))
    assert {step.level for step in ground.steps} == {"at-or-below-sea-level"}
    assert ground.lowest_m is None
    assert ground.highest_m is None
    assert ground.says == "The ground beside the line is at or below sea level."


def test_a_line_from_the_shore_into_the_hills_reaches_from_one_to_the_other():
    ground = ground_of(assessed([(49.3, 39.4), (48.3, 38.8)]))
    assert ground.lowest_m is None
    assert ground.says.startswith("The ground beside the line reaches from at or below sea level to ")


def test_beyond_the_model_nothing_is_known_and_it_is_said():
    ground = ground_of(assessed([(41.5, 40.0), (42.5, 40.0)]))
    assert ground.km("no-data") == pytest.approx(42.7, abs=1.0)
    assert "of 4" in ground.says.lower()
    assert "nothing is known" in ground.says
    nothing = ground_of(assessed([(10.0, 50.0), (10.1, 50.0)]))
    assert nothing.says == "The model has no ground along this line."


def test_a_line_on_one_spot_has_a_step_and_no_length():
    ground = ground_of(assessed([(46.2, 39.0), (46.2, 39.0)]))
    assert len(ground.steps) == 1
    assert ground.steps[0].level == "above-sea-level"


def test_borders_and_places_stand_where_the_line_meets_them():
    assessment = assessed([(46.75, 39.05), (46.25, 38.90), (45.80, 39.00)])
    ground = ground_of(assessment)
    borders = [mark for mark in ground.marks if mark.kind == "border"]
    assert [mark.at_km for mark in borders] == [crossing.at_km for crossing in assessment.measures.crossings]
    assert "Meghri" in {mark.label for mark in ground.marks if mark.kind == "place"}
    assert [mark.at_km for mark in ground.marks] == sorted(mark.at_km for mark in ground.marks)


def test_places_across_a_border_that_the_line_does_not_cross_are_not_named():
    ground = ground_of(assessed([(45.70, 38.97), (45.628, 38.948), (45.60, 38.97)]))
    assert {stretch.territory for stretch in ground.stretches} == {"az-nakhchivan"}
    named = {mark.label for mark in ground.marks if mark.kind == "place"}
    assert "Julfa (station)" in named
    assert not {"Jolfa", "Jolfa (station)"} & named


def test_the_towns_a_railway_is_named_after_are_named_with_its_ground_and_none_of_another_state():
    route = read_candidate_routes(read_region())["rail-araks"]
    ground = ground_along(route, read_region(), read_elevation())
    passed = [mark.id for mark in ground.marks if mark.kind == "place"]
    assert {"place/horadiz", "place/meghri", "place/ordubad", "place/nakhchivan"} <= set(passed)
    assert passed.index("place/ordubad") < passed.index("place/julfa") < passed.index("place/nakhchivan")
    assert "place/jolfa" not in passed


def test_no_gradient_and_no_climb_is_said_but_that_there_is_none():
    assessment = assessed([(46.75, 39.05), (45.8, 39.0)], heights=[300.0, 900.0])
    ground = ground_of(assessment)
    record = ground_record(assessment, ground)
    assert "no gradient and no climb" in record.pop("limits")
    said = json.dumps(record).lower()
    assert not any(word in said for word in ("gradient", "climb", "slope", "steep", "per_mille", "ascent"))
    assert not {field.name for field in fields(ground)} & {"climb_m", "descent_m", "steepest_per_mille"}


def test_the_heights_of_a_file_come_along_where_it_has_them():
    with_heights = assessed([(46.75, 39.05), (46.2, 38.95)], heights=[300.0, 700.0])
    record = ground_record(with_heights, ground_of(with_heights))
    assert record["file_heights"] is not None
    assert record["file_heights"]["height_m"][0] == pytest.approx(300.0, abs=1.0)
    assert len(record["file_heights"]["km"]) == len(record["file_heights"]["height_m"])
    without = assessed([(46.75, 39.05), (46.2, 38.95)])
    assert ground_record(without, ground_of(without))["file_heights"] is None

"""Routes side by side: differences, where they part and meet, and distances between lines against shapely's own."""

import dataclasses
import re

import numpy as np
import pytest
import shapely

from corridor.assessing.assessment import assess
from corridor.assessing.comparison import AT_MOST, Comparison, Pairing, compare
from corridor.assessing.criteria import CRITERIA
from corridor.assessing.offsets import distances_m, frechet, offsets
from corridor.assessing.parting import parting_runs
from corridor.assessing.region import Region, read_region
from corridor.assessing.sampling import Samples, sample, vertices
from corridor.land.geodesy import to_degrees
from corridor.land.line_rows import LineRows
from corridor.present.comparing.tables import settlements_sheet
from corridor.reading.route import Route
from tests.support.shapes import lines_of

MEGHRI_WAY = [(46.66, 39.08), (46.4, 38.95), (46.24, 38.9), (46.02, 38.91)]
KAJARAN_WAY = [(46.66, 39.08), (46.4, 39.2), (46.15, 39.15), (46.02, 38.91)]


@pytest.fixture(scope="module")
def region() -> Region:
    return read_region()


def finely(name: str, positions: list[tuple[float, float]], **properties) -> Route:
    return Route(name, lines_of(shapely.segmentize(shapely.LineString(positions), 0.003)), properties)


@pytest.fixture(scope="module")
def found(region) -> Comparison:
    one, two = (
        assess(finely(name, way), region) for name, way in (("By Meghri", MEGHRI_WAY), ("By Kajaran", KAJARAN_WAY))
    )
    return compare(one, [two], region.labels)


def samples_of(*metres: tuple[float, float]) -> Samples:
    """Return the samples of a line given in metres east and north of a place in the middle of the region."""
    placed = [(500_000 + x, 4_300_000 + y) for x, y in metres]
    return sample(vertices(LineRows.together(lines_of(to_degrees(shapely.LineString(placed))))))


def test_differences_are_taken_from_the_first_route(found):
    length = found.rows[0]
    assert length.differences == pytest.approx((length.values[1] - length.values[0],))
    assert sum(row.values[0] for row in found.by_territory) == pytest.approx(length.values[0])
    assert sum(row.values[1] for row in found.by_territory) == pytest.approx(length.values[1])
    assert [row.label for row in found.by_territory] == sorted(row.label for row in found.by_territory)


def test_every_criterion_stands_in_one_row_for_every_route(found):
    assert len(found.criteria) == len(CRITERIA)
    assert all(len(row.answers) == len(row.because) == 2 for row in found.criteria)


def test_there_is_no_total_rank_or_percentage_of_criteria():
    names = {field.name for kind in (Comparison, Pairing) for field in dataclasses.fields(kind)}
    assert not names & {"total", "score", "rank", "percent", "best"}


def test_two_ways_part_and_meet_again(found):
    (pairing,) = found.pairings
    assert [run.together for run in pairing.base_runs] == [True, False, True]
    assert [run.together for run in pairing.other_runs] == [True, False, True]
    assert pairing.base_runs[0].from_km == 0
    assert pairing.base_runs[-1].to_km == pytest.approx(found.rows[0].values[0])
    for before, after in zip(pairing.base_runs, pairing.base_runs[1:], strict=False):
        assert before.to_km == pytest.approx(after.from_km)
    assert pairing.from_base.p100_m == pytest.approx(max(run.farthest_m for run in pairing.base_runs))


def test_a_pair_is_known_no_better_than_the_rougher_of_its_lines(found):
    (known_to_m,) = (max(row.values) for row in found.rows if row.unit == "m")
    assert found.pairings[0].known_to_m == known_to_m > 0


def test_settlements_gained_and_lost(found):
    ring = next(change for change in found.pairings[0].settlements if change.ring_km == 5)
    assert "place/kajaran" in {settlement.id for settlement in ring.gained}
    assert "place/meghri" in {settlement.id for settlement in ring.lost}


def test_settlements_of_areas_under_delimitation_are_booked_to_no_country(region):
    under = {place.id: place for place in region.settlements if place.area}
    assert {identity.removeprefix("place/") for identity in under} == {
        "artsvashen", "barxudarli", "karki", "sofulu", "yukhari-askipara"
    }  # fmt: skip
    assert {place.territory for place in under.values()} == {"armenia", "az-mainland"}
    assert {region.label(place.country) for place in under.values()} == {"Areas under delimitation"}
    by_karki = assess(finely("By Karki", [(44.9, 39.78), (45.0, 39.79)]), region)
    first = assess(finely("By Meghri", MEGHRI_WAY), region)
    rows = settlements_sheet(compare(first, [by_karki]), region).rows
    assert all("Areas under delimitation: Karki / Tigranashen" in row[2] for row in rows[:2])
    assert not any("Armenia: Karki" in words for row in rows for words in row[2])


def test_a_route_is_all_of_itself_and_nothing_apart_from_itself(region):
    same = assess(finely("Same", MEGHRI_WAY), region)
    back = assess(finely("Back", MEGHRI_WAY[::-1]), region)
    (pairing,) = compare(same, [back]).pairings
    assert (pairing.to_base.share, pairing.from_base.share) == (1, 1)
    assert pairing.to_base.p100_m < 0.01
    assert pairing.frechet.metres < 0.01
    assert [run.together for run in pairing.base_runs] == [True]
    assert not any(change.gained or change.lost for change in pairing.settlements)


def test_a_difference_of_modes_is_said(region):
    one, two = (
        assess(finely("One", MEGHRI_WAY, mode="rail"), region),
        assess(finely("Two", MEGHRI_WAY, mode="road"), region),
    )
    assert "One: rail. Two: road." in compare(one, [two]).modes
    assert compare(one, [one]).modes is None


def test_of_a_mode_that_is_not_stated_no_difference_is_claimed(region):
    railway, road, unknown = (
        assess(finely(name, MEGHRI_WAY, mode=mode), region)
        for name, mode in (("Railway", "rail"), ("Road", "road"), ("Line", None))
    )
    assert compare(unknown, [unknown]).modes is None
    assert compare(unknown, [railway]).modes == (
        "The mode of 1 route is not stated; kilometres of different modes are not alike. "
        "Line: mode not stated. Railway: rail."
    )
    assert compare(railway, [unknown, unknown]).modes.startswith("The mode of 2 routes is not stated;")
    assert compare(railway, [unknown, road]).modes.startswith("The routes differ in mode,")


def test_from_two_to_six_routes(region):
    one = assess(finely("One", MEGHRI_WAY), region)
    for others in ([], [one] * AT_MOST):
        with pytest.raises(ValueError, match="From 2 to 6 routes"):
            compare(one, others)
    assert len(compare(one, [one] * (AT_MOST - 1)).names) == AT_MOST


def test_parallel_lines_are_as_far_apart_as_they_are():
    one, two = samples_of((0, 0), (20_000, 0)), samples_of((0, 300), (20_000, 300))
    between = offsets(one, distances_m(one, two), 500)
    assert (between.p50_m, between.p90_m, between.p100_m) == pytest.approx((300, 300, 300), abs=0.5)
    assert between.share == 1
    assert offsets(one, distances_m(one, two), 200).share == 0
    assert frechet(one, two).metres == pytest.approx(300, abs=0.5)


def test_half_of_a_line_that_turns_away_is_near():
    one, two = samples_of((0, 0), (20_000, 0)), samples_of((0, 0), (10_000, 0), (10_000, 10_000))
    assert offsets(one, distances_m(one, two), 500).share == pytest.approx(0.525, abs=0.01)
    assert offsets(two, distances_m(two, one), 500).share == pytest.approx(0.525, abs=0.01)
    assert offsets(one, distances_m(one, two)).p100_m == pytest.approx(10_000, abs=30)


def test_a_line_that_only_wavers_has_not_parted():
    one = samples_of((0, 0), (20_000, 0))
    wavering, parting = samples_of((0, 0), (10_000, 900), (20_000, 0)), samples_of((0, 0), (10_000, 3_000), (20_000, 0))
    assert [run.together for run in parting_runs(wavering, distances_m(wavering, one))] == [True]
    assert [run.together for run in parting_runs(parting, distances_m(parting, one))] == [True, False, True]


@pytest.mark.parametrize("seed", range(5))
def test_the_frechet_distance_agrees_with_shapely_within_its_resolution(seed):
    walk = np.random.default_rng(seed)
    one, two = (samples_of(*walk.uniform(0, 30_000, (5, 2)).tolist()) for _ in range(2))
    ours = frechet(one, two)
    lines = [shapely.LineString(np.vstack(samples.strings)[::40]) for samples in (one, two)]
    theirs = min(shapely.frechet_distance(lines[0], line) for line in (lines[1], shapely.reverse(lines[1])))
    assert ours.metres == pytest.approx(theirs, abs=ours.resolution_m + 1_100)
    assert ours.metres >= shapely.hausdorff_distance(*lines) - ours.resolution_m - 1_100


#: Along the river between Armenia and Iran, over it and back again and again.
OVER_AND_BACK = [(46.16 + step * 0.01, 38.85 if step % 2 else 38.89) for step in range(10)]


def test_no_more_crossings_are_clear_of_the_uncertainty_than_are_crossed(region):
    there = shapely.segmentize(shapely.LineString(OVER_AND_BACK), 0.003)
    back = Route("There and back", lines_of(shapely.LineString([*there.coords, *reversed(there.coords)])), {})
    for route in (finely("Over the river", OVER_AND_BACK), back):
        compared = compare(assess(route, region), [assess(finely("By Meghri", MEGHRI_WAY), region)], region.labels)
        rows = {row.label: row.values for row in compared.rows}
        assert rows["Borders crossed"][0] > 1
        assert rows["Of these, beyond the combined uncertainty"][0] <= rows["Borders crossed"][0]


def test_a_line_that_enters_a_third_state_is_nowhere_nearer_than_where_it_crosses(region):
    entering = assess(finely("Into Iran", [(46.2, 38.95), (46.3, 38.7)]), region)
    because = entering.verdict("G17").judgement.because
    nearest = entering.measures.nearest_third_state
    crossing = next(c for c in entering.measures.crossings if c.border and c.border.of_a_third_state)
    assert (nearest.distance_m, nearest.at_km) == (0.0, crossing.at_km)
    assert "Nearest: 0 m, where the line crosses it, at km" in because


def test_a_border_nearer_than_is_known_is_too_close_to_say(region):
    nearest = assess(finely("Beside the river", [(46.16, 38.8400), (46.2, 38.8455)]), region).measures
    place = nearest.nearest_third_state
    beside = dataclasses.replace(place, distance_m=4.8, accuracy_m=430.0)
    assert beside.away == "too close to say (±430 m)"
    assert dataclasses.replace(place, distance_m=4_800.0, accuracy_m=430.0).away == "4.8 km"


def test_settlements_have_one_distance_in_the_answer_and_in_the_table(region):
    assessed = assess(Route("By Meghri", lines_of(shapely.LineString(MEGHRI_WAY)), {"accuracy_m": 1_500}), region)
    lines = assessed.verdict("G10").judgement.details
    near = [n for n in assessed.measures.settlements if n.settlement.country == "armenia"]
    assert near
    assert f"Armenia: {', '.join(f'{n.settlement.label} ({n.away})' for n in near)}" in lines


def test_routes_that_are_one_line_as_drawn_are_said_to_be_in_either_direction_and_written_anew(region):
    rounded = [(round(x, 5), round(y, 5)) for x, y in MEGHRI_WAY]
    shifted = [(x, y + 0.0002) for x, y in MEGHRI_WAY]
    ways = {"Rail": MEGHRI_WAY, "Other": KAJARAN_WAY, "Araks": rounded[::-1], "Beside": shifted}
    first, *others = (assess(finely(name, way), region) for name, way in ways.items())
    compared = compare(first, others, region.labels)
    assert compared.same_lines == ((1, 3),)
    (says,) = compared.said_of_same_lines
    assert says == ("Routes 1 and 3 are the same line as drawn: “Rail” and “Araks” are nowhere more than 2 m apart.")
    assert compare(first, others[:1], region.labels).said_of_same_lines == ()


def test_how_far_two_routes_run_on_the_same_ground_is_told_and_lengths_stay(region):
    shared = MEGHRI_WAY[:-1]
    other = finely("Parting at the end", [*shared, (MEGHRI_WAY[-1][0], MEGHRI_WAY[-1][1] + 0.1)])
    first = assess(finely("By Meghri", MEGHRI_WAY), region)
    (pairing,) = compare(first, [assess(other, region)], region.labels).pairings
    together = assess(finely("Shared", shared), region).measures.length_km
    assert pairing.same_ground_km == pytest.approx(together, abs=0.7)
    assert re.match(
        r"[\d.]+ km of “Parting at the end” run within 50 m of the first route as drawn \(±\d+ m\)\. Each keeps",
        pairing.said_of_ground,
    )
    assert len(pairing.said_of_ground.split()) <= 25
    (apart,) = compare(first, [assess(finely("By Kajaran", KAJARAN_WAY[1:3]), region)], region.labels).pairings
    assert (apart.same_ground_km, apart.said_of_ground) == (0.0, "")

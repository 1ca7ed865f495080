"""Shipped candidates under the same rules as a reader's file: joined from segments, each as exact as it says."""

import pytest

from corridor.assessing.assessment import Assessment
from corridor.assessing.candidate_lines import counted_legs
from corridor.assessing.candidate_routes import read_candidate_routes
from corridor.assessing.comparison import compare
from corridor.assessing.judging import Answer
from corridor.assessing.region import read_region
from corridor.candidates import read_candidates
from corridor.land.catalogue import read_catalogue, read_features
from corridor.legs import known_lengths, legs, total


@pytest.fixture(scope="module")
def routes() -> dict[str, Assessment]:
    return read_candidate_routes(read_region())


def test_every_candidate_with_a_drawn_segment_is_there_and_as_long_as_its_legs(routes):
    features = {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}
    for identity, candidate in read_candidates().items():
        kilometres = total(counted_legs(candidate, features))
        assert (identity in routes) is (kilometres.measured > 0)
        if identity in routes:
            measures = routes[identity].measures
            assert measures.length_km == pytest.approx(kilometres.measured, abs=0.1)
            assert measures.repeated_km == pytest.approx(kilometres.repeated, abs=0.02)
            assert routes[identity].route.name == candidate.name


def test_ground_that_two_segments_of_a_candidate_run_over_counts_once_in_its_order(routes):
    of = routes["rail-georgia-armenia"].measures
    assert of.repeated_km == pytest.approx(5.86, abs=0.05)
    assert of.sure_order == ("az-mainland", "georgia", "armenia", "az-nakhchivan")
    assert len(of.crossings) == 3
    features = {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}
    candidate = read_candidates()["rail-georgia-armenia"]
    whole, counted = total(legs(candidate.segments, features)), total(counted_legs(candidate, features))
    assert counted.measured + counted.repeated == pytest.approx(whole.measured, abs=0.02)
    assert (counted.published_low, counted.published_high) == (whole.published_low, whole.published_high)
    repeating = [leg.segment for leg in counted_legs(candidate, features) if leg.repeated_km]
    # Out of Tbilisi and out of Yerevan beside the way in.
    assert repeating == ["route/rail-tbilisi-marneuli", "route/rail-yerevan-yeraskh"]


def test_what_counts_once_leaves_every_published_length_as_it_is():
    features = {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}
    for candidate in read_candidates().values():
        for known, plain in zip(
            known_lengths(counted_legs(candidate, features)),
            known_lengths(legs(candidate.segments, features)),
            strict=True,
        ):
            assert (known.published_km, known.sources, known.drawn_km) == (
                plain.published_km, plain.sources, plain.drawn_km
            )  # fmt: skip
            if known.used == "published":
                assert known.used_km == plain.used_km


def test_segments_join_so_that_a_border_between_two_is_a_crossing(routes):
    crossings = routes["rail-araks"].measures.crossings
    assert [(c.before, c.after) for c in crossings] == [("az-mainland", "armenia"), ("armenia", "az-nakhchivan")]
    assert [c.post.id for c in crossings] == ["crossing/meghri-rail-east", "crossing/meghri-rail-west"]
    territories = [stretch.territory for stretch in routes["rail-ijevan-yerevan"].measures.stretches]
    assert territories == ["az-mainland", "armenia", "az-nakhchivan"]


def test_a_line_beside_the_river_runs_in_armenia_by_its_segment_whatever_its_drawing_can_tell(routes):
    judgement = routes["rail-araks"].verdict("G3").judgement
    published = read_published("route/tripp-rail")
    low, high = min(km for km, _ in published), max(km for km, _ in published)
    assert (judgement.answer, judgement.why, judgement.margin_m) == (Answer.MET, None, None)
    assert f"{low:g} to {high:g} km published" in judgement.because
    assert set(judgement.sources) == {source for _, sources in published for source in sources}


def read_published(segment: str) -> list[tuple[float, list[str]]]:
    of = next(f["properties"] for f in read_features(read_catalogue()["route"]) if f["id"] == segment)
    return [(one["km_high"] or one["km"], one["sources"]) for one in of["published_lengths"] if one["comparable"]]


@pytest.mark.parametrize("candidate", ["road-kapan-kajaran", "road-goris-yeraskh", "rail-ijevan-yerevan"])
def test_lines_far_inside_armenia_run_through_it(routes, candidate):
    assert routes[candidate].verdict("G3").judgement.answer is Answer.MET


@pytest.mark.parametrize("candidate", ["rail-georgia-turkiye", "road-iran-existing", "road-iran-aras"])
def test_detours_are_not_said_to_run_through_armenia(routes, candidate):
    assert routes[candidate].verdict("G3").judgement.answer is not Answer.MET


def test_sourced_statements_come_with_their_sources(routes):
    judgement = routes["rail-araks"].verdict("G6").judgement
    assert judgement.answer is Answer.INFORMATION
    assert judgement.details
    assert judgement.sources


def test_candidates_compare_with_each_other(routes):
    found = compare(routes["road-araks"], [routes["road-kapan-kajaran"], routes["road-goris-shahbuz"]])
    assert found.modes is None
    assert all(len(row.differences) == 2 for row in found.rows)


def test_a_candidate_is_judged_by_the_countries_of_its_segments(routes):
    """Its drawing may lie nearer to a border than it is exact: that says nothing of the country."""
    for identity, assessment in routes.items():
        countries = {leg.country for leg in assessment.attributes.legs}
        for criterion, territory in (("G1", "az-mainland"), ("G2", "az-nakhchivan"), ("G3", "armenia")):
            judgement = assessment.verdict(criterion).judgement
            assert judgement.answer is (Answer.MET if territory in countries else Answer.NOT_MET), (identity, criterion)
            assert judgement.value == pytest.approx(assessment.by_territory_km.get(territory, 0.0))
    assert (
        routes["rail-araks"].verdict("G3").judgement.because.endswith("39 to 45 km published (42.6 km as drawn here).")
    )
    assert "None of its 10 segments lies in Armenia" in routes["rail-georgia-turkiye"].verdict("G3").judgement.because


def test_posts_are_those_of_the_table_and_so_of_the_mode(routes):
    posts = routes["rail-georgia-turkiye"].verdict("G8").judgement
    assert posts.value == 2
    assert [line.rpartition(": ")[2].partition(",")[0] for line in posts.details] == [
        "operating",
        "operating",
        "proposed",
    ]
    borders = routes["rail-georgia-turkiye"].verdict("G5").judgement
    assert borders.value == 3


def test_of_areas_under_delimitation_a_candidate_says_that_its_line_is_too_rough(routes):
    judgement = routes["rail-ijevan-yerevan"].verdict("G16").judgement
    assert judgement.value is None
    assert "Barkhudarlu / Barxudarli" in judgement.because
    assert "too rough to say" in judgement.because


def test_nothing_is_said_of_half_a_kilometre_where_the_line_is_no_better(routes):
    half = routes["rail-araks"].measures.bands[0]
    assert half.within_km == 0.5
    assert half.km == 0
    assert half.unsure_km > 40


def test_a_difference_is_shown_only_where_it_is_more_than_the_drawings_allow(routes):
    araks, ijevan, north = (routes[f"rail-{name}"] for name in ("araks", "ijevan-yerevan", "georgia-turkiye"))
    comparison = compare(araks, [north, ijevan, araks])
    length = comparison.rows[0]
    assert length.label == "Length"
    assert length.differences[0] == pytest.approx(north.length_km - araks.length_km, abs=5)
    assert length.differences[1] is not None
    assert length.differences[2] == 0
    roads = compare(routes["road-goris-shahbuz"], [routes["road-goris-yeraskh"]])
    assert roads.rows[0].differences == (None,) or abs(roads.rows[0].differences[0]) > 50

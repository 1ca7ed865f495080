"""Shipped candidates under the same rules as a reader's file: joined from segments, each as exact as it says."""

import pytest

from corridor.assessing.assessment import Assessment
from corridor.assessing.candidate_routes import read_candidate_routes
from corridor.assessing.comparison import compare
from corridor.assessing.judging import Answer, Why
from corridor.assessing.region import read_region
from corridor.candidates import legs, read_candidates, total
from corridor.land.catalogue import read_catalogue, read_features


@pytest.fixture(scope="module")
def routes() -> dict[str, Assessment]:
    return read_candidate_routes(read_region())


def test_every_candidate_with_a_drawn_segment_is_there_and_as_long_as_its_legs(routes):
    features = {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}
    for identity, candidate in read_candidates().items():
        measured = total(legs(candidate.segments, features)).measured
        assert (identity in routes) is (measured > 0)
        if identity in routes:
            assert routes[identity].measures.length_km == pytest.approx(measured, abs=0.1)
            assert routes[identity].route.name == candidate.name


def test_segments_join_so_that_a_border_between_two_is_a_crossing(routes):
    crossings = routes["rail-araks"].measures.crossings
    assert [(c.before, c.after) for c in crossings] == [("az-mainland", "armenia"), ("armenia", "az-nakhchivan")]
    assert [c.post.id for c in crossings] == ["crossing/meghri-rail-east", "crossing/meghri-rail-west"]
    territories = [stretch.territory for stretch in routes["rail-ijevan-yerevan"].measures.stretches]
    assert territories == ["az-mainland", "armenia", "az-nakhchivan"]


def test_a_line_beside_the_river_known_to_500_m_is_too_close_to_say(routes):
    judgement = routes["rail-araks"].verdict("G3").judgement
    assert (judgement.answer, judgement.why) == (Answer.CANNOT_SAY, Why.TOO_CLOSE)
    assert judgement.margin_m < judgement.tolerance_m


def test_where_geometry_is_too_close_to_say_published_lengths_stand_beside_with_their_sources(routes):
    judgement = routes["rail-araks"].verdict("G3").judgement
    published = read_published("route/tripp-rail")
    low, high = min(km for km, _ in published), max(km for km, _ in published)
    assert f"“TRIPP, railway section (course stated, not published)” {low:g} to {high:g} km" in judgement.because
    assert set(judgement.sources) == {source for _, sources in published for source in sources}


def test_an_answer_that_geometry_gives_needs_no_published_length(routes):
    assert routes["rail-araks"].verdict("G1").judgement.sources == ()


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

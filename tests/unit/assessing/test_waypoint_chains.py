"""Nine deliberately naive chains of straight lines between towns: measured and judged without being believed."""

import json
import os
from pathlib import Path

import pytest
import shapely

from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.comparison import compare
from corridor.assessing.judging import Answer, Why
from corridor.assessing.region import Region, read_region
from corridor.reading.route import Route
from tests.support.shapes import lines_of

SHARED = Path(os.environ.get("CORRIDOR_SHARED", Path(__file__).parents[4] / "shared"))
CHAINS = SHARED / "reference" / "routes_waypoints.json"

pytestmark = pytest.mark.skipif(not CHAINS.is_file(), reason="the chains are kept beside the project, not in it")


@pytest.fixture(scope="module")
def region() -> Region:
    return read_region()


@pytest.fixture(scope="module")
def chains(region) -> dict[str, Assessment]:
    found = {}
    for chain in json.loads(CHAINS.read_text(encoding="utf-8")):
        line = shapely.LineString([(point["lon"], point["lat"]) for point in chain["waypoints"]])
        found[chain["id"]] = assess(Route(chain["name"], lines_of(line), {"mode": chain["mode"]}), region)
    return found


def answer(chains: dict[str, Assessment], chain: str, criterion: str) -> Answer:
    return chains[chain].verdict(criterion).judgement.answer


def test_all_nine_are_measured(chains):
    assert sorted(chains) == ["A", "B", "C", "D", "E", "F", "G", "H", "K"]
    for chain in chains.values():
        assert sum(chain.measures.by_territory_km.values()) == pytest.approx(chain.measures.length_km, abs=1e-6)


def test_the_railway_along_the_araks_drawn_naively_runs_in_iran_too_and_says_how_little_that_means(chains):
    of = chains["A"].measures
    assert of.by_territory_km["armenia"] == pytest.approx(33, abs=4)
    assert of.by_territory_km["iran"] == pytest.approx(25, abs=4)
    assert of.share("iran").least_km == 0
    assert of.accuracy.metres > 5_000
    assert "iran" in {crossing.after for crossing in of.crossings}
    assert of.sure_order == ("az-mainland", "armenia", "az-nakhchivan", "turkiye")
    assert "between 0 km and" in chains["A"].verdict("G4").judgement.because


@pytest.mark.parametrize("chain", ["A", "B", "D", "E", "H"])
def test_lines_through_armenia_fit_all_three_words(chains, chain):
    assert [answer(chains, chain, criterion) for criterion in ("G1", "G2", "G3")] == [Answer.MET] * 3


@pytest.mark.parametrize("chain", ["C", "F", "G"])
def test_detours_drawn_naively_are_never_said_to_run_through_armenia(chains, chain):
    judgement = chains[chain].verdict("G3").judgement
    assert judgement.answer is not Answer.MET
    assert judgement.answer is Answer.NOT_MET or judgement.why is Why.TOO_CLOSE


def test_a_branch_that_ends_in_armenia_has_no_part_in_nakhchivan(chains):
    assert answer(chains, "K", "G2") is Answer.NOT_MET
    assert answer(chains, "K", "G3") is Answer.MET


def test_the_northern_line_touches_an_area_under_delimitation(chains):
    assert "exclave/barxudarli" in {overlap.area for overlap in chains["D"].measures.overlaps}


def test_two_chains_compare_with_the_places_where_they_part(chains, region):
    found = compare(chains["A"], [chains["B"], chains["C"]], region.labels)
    assert "differ in mode" in found.modes
    assert found.pairings[0].from_base.share > found.pairings[1].from_base.share
    assert any(not run.together for run in found.pairings[1].base_runs)

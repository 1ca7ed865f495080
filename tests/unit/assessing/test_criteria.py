"""What is said of a route: three answers that test words of paragraph 3, each with its number, and the rest counted."""

import re

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.assessing.accuracy import Tolerance
from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.criteria import CRITERIA, judge
from corridor.assessing.judging import Answer, Attributes, Case, Why
from corridor.assessing.region import Region, read_region
from corridor.assessing.unjudged import UNJUDGED
from corridor.quantities import metres
from corridor.reading.route import Route
from corridor.texts.library import read_library
from tests.support.shapes import lines_of

BORDER_EAST, BORDER_WEST = (46.533467, 38.869845), (46.141, 38.8465)
MEGHRI, ZANGILAN, NAKHCHIVAN, ORDUBAD = (46.2431, 38.9012), (46.6599, 39.0837), (45.4122, 39.2089), (46.0227, 38.9096)


@pytest.fixture(scope="module")
def region() -> Region:
    return read_region()


def finely(*positions: tuple[float, float], name: str = "A line", accuracy_m: float | None = None) -> Route:
    line = shapely.segmentize(shapely.LineString(positions), 0.002)
    return Route(name, lines_of(line), {}, stated_accuracy_m=accuracy_m)


def answers(found: Assessment) -> list[Answer]:
    return [found.verdict(criterion).judgement.answer for criterion in ("G1", "G2", "G3")]


def test_every_criterion_has_its_own_id_words_and_a_clause_that_exists():
    assert [criterion.id for criterion in CRITERIA] == [f"G{number}" for number in range(1, len(CRITERIA) + 1)]
    clauses = {clause.id for clause in read_library().declaration.clauses}
    for criterion in (*CRITERIA, *UNJUDGED):
        assert criterion.clause is None or criterion.clause in clauses
    assert all(criterion.question and criterion.rule for criterion in CRITERIA)
    assert [matter.id for matter in UNJUDGED] == [f"N{number}" for number in range(1, 16)]


def test_only_three_criteria_test_words_and_the_words_stand_in_the_paragraph(region):
    text = next(c.text for c in read_library().declaration.clauses if c.id == "joint-declaration/3")
    testing = [criterion for criterion in CRITERIA if criterion.tests_text]
    assert [criterion.id for criterion in testing] == ["G1", "G2", "G3"]
    for criterion in testing:
        assert criterion.clause == "joint-declaration/3"
        assert re.search("“(.+)”", criterion.question)[1] in text
    found = assess(finely(ZANGILAN, MEGHRI, ORDUBAD), region)
    for verdict in found.verdicts:
        if not verdict.criterion.tests_text:
            assert verdict.judgement.answer in (Answer.INFORMATION, Answer.CANNOT_SAY)
            assert verdict.judgement.why in (None, Why.NO_DATA)


def test_a_line_through_armenia_fits_all_three_whichever_way_it_is_drawn(region):
    there = assess(finely(ZANGILAN, MEGHRI, ORDUBAD, NAKHCHIVAN), region)
    back = assess(finely(NAKHCHIVAN, ORDUBAD, MEGHRI, ZANGILAN), region)
    assert answers(there) == answers(back) == [Answer.MET] * 3
    for verdict in there.verdicts[:3]:
        assert verdict.judgement.margin_m > verdict.judgement.tolerance_m


def test_an_armenian_section_reaches_both_borders_and_goes_not_beyond(region):
    found = assess(finely(BORDER_EAST, MEGHRI, BORDER_WEST), region)
    assert answers(found) == [Answer.NOT_MET, Answer.NOT_MET, Answer.MET]
    for criterion, territory in (("G1", "az-mainland"), ("G2", "az-nakhchivan")):
        judgement = found.verdict(criterion).judgement
        assert judgement.reaches == territory
        assert f"reaches the border with {region.labels[territory]}, not beyond" in judgement.because
        assert "does not exclude it" in judgement.because


def test_a_line_that_stays_away_is_not_the_connection_and_not_excluded(region):
    found = assess(finely((44.5, 40.2), (44.9, 40.6)), region)
    assert answers(found) == [Answer.NOT_MET, Answer.NOT_MET, Answer.MET]
    assert "the paragraph does not exclude it" in found.verdict("G2").judgement.because
    assert found.verdict("G2").judgement.margin_m > 30_000


@pytest.mark.parametrize(
    "positions",
    [((80.0, 40.0), (80.5, 40.2)), ((134.9, -0.1), (135.0, 0.0), (135.2, 0.3)), ((-135.0, 0.0), (-134.0, 0.5))],
)
def test_far_away_a_distance_is_told_as_more_than_the_plane_can_measure(region, positions):
    found = assess(finely(*positions), region)
    assert answers(found) == [Answer.NOT_MET] * 3
    told = [found.verdict(criterion).judgement.because for criterion in ("G1", "G2", "G3")]
    assert all("stays 100.0 km or more outside" in because for because in told)
    assert "Nearest: 100.0 km or more" in found.verdict("G17").judgement.because
    assert found.measures.share("outside").km == pytest.approx(found.measures.length_km)


@pytest.mark.parametrize(("line_m", "answer"), [(100.0, Answer.MET), (5_000.0, Answer.CANNOT_SAY)])
def test_nothing_is_said_once_the_margin_is_smaller_than_border_and_line_together(region, line_m, answer):
    """Meghri lies 2.3 km from the border with Iran, so that a line known to 5 km may not be in Armenia at all."""
    judgement = assess(finely((46.24, 38.90), (46.25, 38.91), accuracy_m=line_m), region).verdict("G3").judgement
    assert judgement.answer is answer
    assert judgement.why is (Why.TOO_CLOSE if answer is Answer.CANNOT_SAY else None)
    assert (judgement.margin_m > judgement.tolerance_m) is (answer is Answer.MET)


def test_a_reader_can_move_the_tolerance_to_the_margin_and_see_the_answer_turn(region):
    route = finely(ZANGILAN, MEGHRI, ORDUBAD)
    free = assess(route, region, Tolerance(border_m=0.0, line_m=0.0)).verdict("G3").judgement
    assert free.answer is Answer.MET
    for border_m, answer in ((free.margin_m * 0.99, Answer.MET), (free.margin_m * 1.01, Answer.CANNOT_SAY)):
        assert assess(route, region, Tolerance(border_m, 0.0)).verdict("G3").judgement.answer is answer


@settings(max_examples=12, deadline=None)
@given(
    positions=st.lists(st.tuples(st.floats(45.3, 47.2), st.floats(38.7, 39.6)), min_size=2, max_size=4, unique=True),
    accuracy_m=st.floats(1, 5_000),
)
def test_the_direction_changes_no_answer(region, positions, accuracy_m):
    line = shapely.LineString(positions)
    there = assess(Route("A", lines_of(line), {}, stated_accuracy_m=accuracy_m), region)
    back = assess(Route("A", lines_of(shapely.reverse(line)), {}, stated_accuracy_m=accuracy_m), region)
    assert answers(there) == answers(back)
    assert [v.judgement.answer for v in there.verdicts] == [v.judgement.answer for v in back.verdicts]
    assert there.verdict("G3").judgement.value == pytest.approx(back.verdict("G3").judgement.value, abs=1e-6)


def test_every_sentence_names_a_number_or_what_is_missing(region):
    for route in (finely(ZANGILAN, MEGHRI, ORDUBAD, name="TRIPP Baku-Kars"), finely((44.5, 40.2), (44.9, 40.6))):
        for verdict in assess(route, region).verdicts:
            judgement = verdict.judgement
            assert judgement.because.endswith(".")
            if verdict.criterion.tests_text:
                assert re.search(r"\d", judgement.because), judgement.because
                assert judgement.value is not None
                assert judgement.unit == "km"
            words = judgement.because.casefold()
            assert not any(word in words for word in ("complies", "violates", "treaty", "corridor", "score"))


def test_a_file_named_tripp_gets_a_note_about_its_label_and_no_verdict(region):
    judgement = assess(finely(ZANGILAN, MEGHRI, ORDUBAD, name="TRIPP Baku-Kars"), region).verdict("G13").judgement
    assert judgement.answer is Answer.INFORMATION
    assert "Paragraph 4" in judgement.because
    assert judgement.value > 20
    assert assess(finely(ZANGILAN, MEGHRI, name="Tripper"), region).verdict("G13").judgement.value is None


def test_an_area_under_delimitation_is_listed_and_taken_out_of_no_sum(region):
    found = assess(finely((44.9, 39.78), (45.0, 39.79)), region)
    assert "Karki / Tigranashen: area under delimitation" in found.verdict("G16").judgement.because
    assert found.measures.by_territory_km["armenia"] > found.verdict("G16").judgement.value > 2


def test_people_come_from_the_census_of_2011_alone(region):
    because = assess(finely(ZANGILAN, MEGHRI, ORDUBAD), region).verdict("G10").judgement.because
    assert "census of 2011" in because
    assert "(perhaps " in because
    assert "no census shipped" in because


def test_the_former_railways_answer_what_geometry_cannot(region):
    judgement = assess(finely(ZANGILAN, MEGHRI), region).verdict("G11").judgement
    assert judgement.value == 206.6
    assert "Meghri-Julfa-Yeraskh is 206.6 km and Horadiz-Meghri-Julfa is 207 km" in judgement.because
    assert set(judgement.sources) == {"dewiki-alat-julfa", "dewiki-yerevan-julfa"}


def test_sourced_statements_answer_for_a_candidate_what_a_file_cannot(region):
    found = assess(finely(ZANGILAN, MEGHRI), region)
    assert found.verdict("G6").judgement.why is Why.NO_DATA
    said = Attributes(missing=("No track in Armenia.",), breaks=(), sources=("a-source",))
    case = Case(found.route, found.measures, region, said)
    by_id = {verdict.criterion.id: verdict.judgement for verdict in judge(case)}
    assert by_id["G6"].details == ("No track in Armenia.",)
    assert by_id["G6"].sources == ("a-source",)
    assert by_id["G7"].value == 0


def test_the_margin_is_that_of_the_deepest_place_where_an_end_is_told(region):
    judgement = assess(finely(MEGHRI, ORDUBAD), region).verdict("G3").judgement
    assert "An end of the line lies" in judgement.because
    assert "It lies deepest at km" in judgement.because
    assert f"{metres(judgement.margin_m)} inside" in judgement.because

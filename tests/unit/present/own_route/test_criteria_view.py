"""How answers stand on the page: by sign and words, never by colour or sum; where each turns is told and drawn."""

import pytest

from corridor.assessing.accuracy import AS_THE_DATA, Tolerance
from corridor.assessing.assessment import assess
from corridor.assessing.criteria import CRITERIA
from corridor.assessing.region import read_region
from corridor.assessing.thresholds import answer_spans
from corridor.assessing.unjudged import UNJUDGED
from corridor.present.own_route import criteria as view
from corridor.present.sheets import sheet_csv
from corridor.present.verdicts import verdict_words
from corridor.sources import read_sources
from tests.support.samples import read

REGION = read_region()
SAMPLES = ("sound-whole-line", "sound-armenian-section", "sound-waypoints", "sound-stated-accuracy")


def assessed(sample: str, tolerance: Tolerance = AS_THE_DATA):
    return assess(read(sample).routes[0], REGION, tolerance)


@pytest.mark.parametrize("sample", SAMPLES)
def test_three_answers_stand_apart_with_question_reason_and_turn(sample):
    found = assessed(sample)
    page = view.answers_html(found.verdicts, answer_spans(found, REGION), AS_THE_DATA)
    assert page.count('class="verdict"') == 3
    for verdict in view.tested(found.verdicts):
        assert verdict_words(verdict.judgement) in page
        assert verdict.criterion.id in page
    assert page.count("By how exactly the border is known:") == 3
    for word in ("comply", "complies", "compliance", "score", "red", "green"):
        assert f" {word} " not in page.casefold()


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_strip_fills_its_whole_width_and_only_the_set_accuracy_is_marked(sample):
    found = assessed(sample)
    spans = answer_spans(found, REGION)
    for ranges in spans.values():
        widths = [view._along(one.to_m) - view._along(one.from_m) for one in ranges]
        assert sum(widths) == pytest.approx(100)
    assert 'class="here"' not in view.answers_html(found.verdicts, spans, AS_THE_DATA)
    assert view.answers_html(found.verdicts, spans, Tolerance(border_m=500.0)).count('class="here"') == 3


def test_the_turn_is_told_in_a_sentence():
    spans = answer_spans(assessed("sound-whole-line"), REGION)["G3"]
    assert view.turning_words(spans) == (
        "By how exactly the border is known: fits this reading up to ±434 m. Then too close to say up to ±2 km."
    )
    (same,) = answer_spans(assessed("sound-armenian-section"), REGION)["G1"]
    assert view.turning_words((same,)).endswith("reaches the border, not beyond at any accuracy up to ±2 km.")


def test_all_else_is_information_and_no_column_adds_up():
    found = assessed("sound-whole-line")
    sheet = view.information_sheet(found.verdicts)
    assert [str(row[0]).split()[0] for row in sheet.rows] == [one.id for one in CRITERIA if not one.tests_text]
    assert {row[2] for row in sheet.rows} <= {"For information", "Not enough information"}
    every = view.all_answers_sheet(found.verdicts)
    assert len(every.rows) == len(CRITERIA)
    told = sheet_csv(every, read_sources()).decode("utf-8-sig")
    assert "%" not in told
    assert "total" not in told.casefold()


def test_what_no_geometry_can_judge_stands_beside_in_full():
    page = view.unjudged_html()
    for matter in UNJUDGED:
        assert f">{matter.id}<" in page
    assert page.count("<li>") == len(UNJUDGED)


def test_the_words_that_occur_are_explained_and_no_others():
    page = view.meanings_html(view.tested(assessed("sound-armenian-section").verdicts))
    assert "Reaches the border, not beyond" in page
    assert "the paragraph does not exclude it" in page
    assert "Too close to say" not in page

"""The words of an answer on screen: each of them, none that claims more, no answer told by colour."""

import pytest

from corridor.assessing.judging import Answer, Judgement, Why, information, no_data
from corridor.present.verdicts import EVERY_ANSWER, HEADING, SYMBOLS, answer_words, flips_at, verdict_words

TOO_CLOSE = Judgement(Answer.CANNOT_SAY, "Because.", why=Why.TOO_CLOSE, margin_m=300.0, tolerance_m=350.0)


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        (Judgement(Answer.MET, "Because."), "Fits this reading"),
        (Judgement(Answer.NOT_MET, "Because."), "Does not fit this reading"),
        (Judgement(Answer.NOT_MET, "Because.", reaches="armenia"), "Reaches the border, not beyond"),
        (TOO_CLOSE, "Too close to say"),
        (no_data("Because."), "Not enough information"),
        (information("Because."), "For information"),
    ],
)
def test_each_answer_has_its_words_and_an_explanation(judgement, words):
    assert verdict_words(judgement) == words
    told = answer_words(judgement)
    assert told in EVERY_ANSWER
    assert told.within == words[:1].lower() + words[1:]
    assert told.explained.endswith(".")


def test_answers_differ_in_shape_and_claim_no_compliance():
    assert len(set(SYMBOLS.values())) == len(Answer)
    said = " ".join((HEADING, *(f"{told.alone} {told.explained}" for told in EVERY_ANSWER))).casefold()
    assert "compl" not in said


def test_where_an_answer_flips_is_said_where_a_margin_decides():
    assert "300 m" in flips_at(TOO_CLOSE)
    assert "holds while" in flips_at(Judgement(Answer.MET, "Because.", margin_m=900.0, tolerance_m=350.0))
    assert flips_at(information("Because.")) is None

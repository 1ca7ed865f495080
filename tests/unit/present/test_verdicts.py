"""The words of an answer on screen: each of them, none that claims more, no answer told by colour."""

import pytest

from corridor.assessing.judging import Answer, Judgement, Why, information, no_data
from corridor.present.verdicts import CANNOT_SAY, HEADING, REACHES, SYMBOLS, WORDS, answer_words, verdict_words

EVERY_ANSWER = (*WORDS.values(), *CANNOT_SAY.values(), REACHES)
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

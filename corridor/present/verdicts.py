"""How an answer to a question about a route is put on screen: in words that claim no more than the text does."""

from dataclasses import dataclass

from corridor.assessing.judging import Answer, Judgement, Why

#: Stands above every list of answers, never "compliance".
HEADING = "Geometry against one reading of paragraph 3"


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """An answer in words: standing alone, inside a sentence, and what it means."""

    alone: str
    within: str
    explained: str


WORDS = {
    Answer.MET: AnswerWords("Fits this reading", "fits this reading", "of paragraph 3."),
    Answer.NOT_MET: AnswerWords(
        "Does not fit this reading",
        "does not fit this reading",
        "It is not the connection paragraph 3 describes; the paragraph does not exclude it.",
    ),
    Answer.INFORMATION: AnswerWords(
        "For information", "for information", "A count or a length; the text sets no measure."
    ),
}
CANNOT_SAY = {
    Why.TOO_CLOSE: AnswerWords(
        "Too close to say", "too close to say", "The margin is smaller than the accuracy of border and line."
    ),
    Why.NO_DATA: AnswerWords("Not enough information", "not enough information", "The sentence names what is missing."),
}
REACHES = AnswerWords(
    "Reaches the border, not beyond",
    "reaches the border, not beyond",
    "A section that ends at the border. It is not the connection paragraph 3 describes; the paragraph does not exclude "
    "it.",
)
EVERY_ANSWER = (*WORDS.values(), *CANNOT_SAY.values(), REACHES)

#: Shapes, not colours, tell the answers apart.
SYMBOLS = {
    Answer.MET: "●",
    Answer.NOT_MET: "○",
    Answer.CANNOT_SAY: "◐",
    Answer.INFORMATION: "–",
}


def answer_words(judgement: Judgement) -> AnswerWords:
    """Return an answer in the words of the screen."""
    if judgement.reaches is not None:
        return REACHES
    if judgement.answer is Answer.CANNOT_SAY:
        return CANNOT_SAY[judgement.why or Why.NO_DATA]
    return WORDS[judgement.answer]


def verdict_words(judgement: Judgement) -> str:
    """Return the words of an answer as they stand alone."""
    return answer_words(judgement).alone


def flips_at(judgement: Judgement) -> str | None:
    """Return the sentence that says at which accuracy the answer would turn, None where no margin decides."""
    if judgement.margin_m is None or judgement.tolerance_m is None:
        return None
    if judgement.answer is Answer.CANNOT_SAY:
        return f"Something could be said if border and line together were exact to {judgement.margin_m:,.0f} m."
    return f"The answer holds while border and line together are exact to {judgement.margin_m:,.0f} m."

"""How an answer to a question about a route is put on screen: in words that claim no more than the text does."""

from corridor.assessing.judging import Answer, Judgement, Why

#: Stands above every list of answers, never "compliance".
HEADING = "Geometry against one reading of paragraph 3"

WORDS = {
    Answer.MET: "Fits this reading",
    Answer.NOT_MET: "Does not fit this reading",
    Answer.INFORMATION: "For information",
}
CANNOT_SAY = {Why.TOO_CLOSE: "Too close to say", Why.NO_DATA: "Not enough information"}
REACHES = "Reaches the border, not beyond"

#: Shapes, not colours, tell the answers apart.
SYMBOLS = {
    Answer.MET: "●",
    Answer.NOT_MET: "○",
    Answer.CANNOT_SAY: "◐",
    Answer.INFORMATION: "–",
}

EXPLAINED = {
    "Fits this reading": "of paragraph 3.",
    "Does not fit this reading": "It is not the connection paragraph 3 describes; the paragraph does not exclude it.",
    REACHES: "A section that ends at the border. It is not the connection paragraph 3 describes; the paragraph does "
    "not exclude it.",
    "Too close to say": "The margin is smaller than the accuracy of border and line.",
    "Not enough information": "The sentence names what is missing.",
    "For information": "A count or a length; the text sets no measure.",
}


def verdict_words(judgement: Judgement) -> str:
    """Return the words of an answer on screen."""
    if judgement.reaches is not None:
        return REACHES
    if judgement.answer is Answer.CANNOT_SAY:
        return CANNOT_SAY[judgement.why or Why.NO_DATA]
    return WORDS[judgement.answer]


def flips_at(judgement: Judgement) -> str | None:
    """Return the sentence that says at which accuracy the answer would turn, None where no margin decides."""
    if judgement.margin_m is None or judgement.tolerance_m is None:
        return None
    if judgement.answer is Answer.CANNOT_SAY:
        return f"Something could be said if border and line together were exact to {judgement.margin_m:,.0f} m."
    return f"The answer holds while border and line together are exact to {judgement.margin_m:,.0f} m."

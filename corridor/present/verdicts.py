"""How an answer to a question about a route is put on screen: in words that claim no more than the text does."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.answering.figures import Figure
from corridor.assessing.assessment import Assessment
from corridor.assessing.judging import Answer, Judgement, Verdict, Why
from corridor.assessing.named_territories import NOT_EXCLUDED
from corridor.present.sheets import Sheet, SheetEntry

#: Stands above every list of answers, never "compliance".
HEADING = "Geometry against one reading of paragraph 3"
#: The question about other countries on the way: no answer on paragraph 3 names kilometres there.
OTHER_COUNTRIES = "G4"


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
        NOT_EXCLUDED,
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


def answered(assessments: Sequence[Assessment]) -> list[tuple[Verdict, ...]]:
    """Return the verdicts on routes side by side that compare them with words of the text, question by question.

    Where a route runs in another country than the two States, its kilometres there stand beside these.
    """
    every = zip(*(assessment.verdicts for assessment in assessments), strict=True)
    return [
        row
        for row in every
        if row[0].criterion.tests_text
        or (row[0].criterion.id == OTHER_COUNTRIES and any(verdict.judgement.value for verdict in row))
    ]


def verdicts_sheet(assessments: Sequence[Assessment], *, everything: bool) -> Sheet:
    """Return the answers on routes side by side with the number that decided each.

    Only the questions that compare a line with words of the text, and other countries on the way, unless `everything`.
    """
    every = zip(*(assessment.verdicts for assessment in assessments), strict=True)
    rows: list[tuple[SheetEntry, ...]] = [
        (row[0].criterion.question, *(verdict_entry(verdict.judgement) for verdict in row))
        for row in (every if everything else answered(assessments))
    ]
    return Sheet(HEADING, ("Question", *(assessment.route.name for assessment in assessments)), tuple(rows))


def verdict_entry(judgement: Judgement) -> Figure:
    """Return an answer with its symbol, its words and its reason, and the sources of what a statement added."""
    words = f"{SYMBOLS[judgement.answer]} {verdict_words(judgement)}. {judgement.because}"
    return Figure("", words, "", "", "", judgement.sources)

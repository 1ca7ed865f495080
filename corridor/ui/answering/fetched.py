"""The questions with their figures, fetched once per process from the shipped data."""

from corridor.answering.figures import Evidence
from corridor.answering.questions import Question
from corridor.ui.context import briefing_context


def evidence() -> Evidence:
    """Return everything an answer may fetch a figure from."""
    return briefing_context().evidence


def questions() -> tuple[Question, ...]:
    """Return the questions in order; raise DocumentError, one sentence, when one asks for what is not shipped."""
    return briefing_context().questions

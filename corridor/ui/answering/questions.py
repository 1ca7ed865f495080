"""How a question leads on: to the view that shows its answer, and out as text to paste and as a file."""

from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from corridor.answering.questions import Question
from corridor.present.context import BriefingContext
from corridor.present.registers.answers import alone_html, answer_html, answer_text
from corridor.present.sheets import figures_sheet, sheet_csv
from corridor.sources import Source, SourceId
from corridor.ui.context import briefing_context
from corridor.ui.visit.download import show_download

#: Answers that are kept as they are shown: each open and closed, of what is shown now and what was before a change.
MOST_ANSWERS = 128
ANSWERS_STYLE = Path(__file__).with_name("answers.css")


def answer(number: int, *, opened: bool) -> Markup:
    """Return the answer to a question, written once for each publication.

    All of them anew took a fifth of the interpreter's time with eighty viewers (measured).
    """
    return _answer(briefing_context(), number, opened)


@lru_cache(MOST_ANSWERS)
def _answer(context: BriefingContext, number: int, opened: bool) -> Markup:
    (question,) = (question for question in context.questions if question.number == number)
    return answer_html(question, context.shipped.library.sources, opened=opened)


def show_links(question: Question, *, alone: bool) -> None:
    """Show the links to the views where the answer can be seen and, among others, to the question alone."""
    with st.container(horizontal=True, key=f"see-{question.number}"):
        for see in question.see:
            st.page_link(f"{see.page}.py", label=f"{see.words} →", query_params=see.parameters)
        if not alone:
            st.html(alone_html(question.number), width="content")


def show_to_take(question: Question, sources: Mapping[SourceId, Source]) -> None:
    """Show the answer as text to copy, with its sources, and its figures as a file."""
    st.subheader("Copy with sources")
    address = f"{st.context.url}?question={question.number}"
    st.code(answer_text(question, sources, address), language=None, wrap_lines=True)
    show_download(
        "Figures as CSV",
        partial(sheet_csv, figures_sheet(f"Figures for question {question.number}", question.figures), sources),
        f"corridor-question-{question.number}.csv",
        "text/csv",
        key=f"figures-{question.number}",
    )

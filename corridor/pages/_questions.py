"""How a question leads on: to the view that shows its answer, to other questions, and out as text and file."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import streamlit as st

from corridor.present.answers import answer_text
from corridor.present.sheets import figures_sheet, sheet_csv
from corridor.questions import Question
from corridor.sources import Source, SourceId

ANSWERS_STYLE = Path(__file__).with_name("answers.css")


def show_links(question: Question, *, alone: bool) -> None:
    """Show the links to the views where the answer can be seen; among others also to the question alone."""
    with st.container(horizontal=True, key=f"see-{question.number}"):
        for see in question.see:
            st.page_link(f"{see.page}.py", label=f"{see.words} →", query_params=see.parameters)
        if not alone:
            label = f"Copy or save question {question.number} →"
            st.page_link("questions.py", label=label, query_params={"question": str(question.number)})


def show_to_take(question: Question, sources: Mapping[SourceId, Source]) -> None:
    """Show the answer as text to copy, with its sources, and its figures as a file."""
    st.subheader("Copy with sources")
    address = f"{st.context.url}?question={question.number}"
    st.code(answer_text(question, sources, address), language=None, wrap_lines=True)
    st.download_button(
        "Figures as CSV",
        partial(sheet_csv, figures_sheet(f"Figures for question {question.number}", question.figures), sources),
        file_name=f"corridor-question-{question.number}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def show_way_on(number: int, last: int) -> None:
    """Show the ways from one question to all, to the one before and to the one after."""
    with st.container(horizontal=True, key="way-on"):
        st.page_link("questions.py", label=f"All {last} questions")
        if number > 1:
            st.page_link("questions.py", label=f"← Question {number - 1}", query_params={"question": str(number - 1)})
        if number < last:
            st.page_link("questions.py", label=f"Question {number + 1} →", query_params={"question": str(number + 1)})

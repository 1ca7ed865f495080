"""How a question leads on: to the view that shows its answer, and to the questions before and after it."""

from pathlib import Path

import streamlit as st

from corridor.questions import Question

ANSWERS_STYLE = Path(__file__).with_name("answers.css")


def show_links(question: Question) -> None:
    """Show the links to the views where the answer can be seen."""
    with st.container(horizontal=True, key=f"see-{question.number}"):
        for see in question.see:
            st.page_link(f"{see.page}.py", label=f"{see.words} →", query_params=see.parameters)


def show_way_on(number: int, last: int) -> None:
    """Show the ways from one question to all, to the one before and to the one after."""
    with st.container(horizontal=True, key="way-on"):
        st.page_link("questions.py", label=f"All {last} questions")
        if number > 1:
            st.page_link("questions.py", label=f"← Question {number - 1}", query_params={"question": str(number - 1)})
        if number < last:
            st.page_link("questions.py", label=f"Question {number + 1} →", query_params={"question": str(number + 1)})

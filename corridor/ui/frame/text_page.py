"""How the text pages are laid out: their style, and sections kept in the address."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from markupsafe import Markup

from corridor.ui.frame.office import show_notice

STYLE = Path(__file__).with_name("text_page.css")


def open_page(title: str) -> None:
    """Show the title and bring in the style of the text pages."""
    st.html(STYLE)
    st.title(title)


def show(html: Markup) -> None:
    """Show a piece of the page; an empty one takes no room."""
    if html:
        st.html(html)


def choose_section(sections: Mapping[str, str], fallback: str) -> str:
    """Return the section the address asks for, and let the reader choose another; the address follows.

    `sections` are titles by the word for them in the address; an unknown word is told and `fallback` is shown.
    """
    asked = st.query_params.get("section")
    if asked is not None and asked not in sections:
        known = ", ".join(sections)
        show_notice(f"The address asks for section “{asked[:60]}”, which is not known here; the sections are {known}.")
    # The address is the one place that says which section is shown; the control only mirrors it.
    st.session_state["section"] = asked if asked in sections else fallback
    st.segmented_control(
        "Section",
        list(sections),
        format_func=lambda word: sections[word],
        key="section",
        required=True,
        label_visibility="collapsed",
        on_change=_into_address,
    )
    return str(st.session_state["section"])


def _into_address() -> None:
    st.query_params.from_dict({"section": st.session_state["section"]})

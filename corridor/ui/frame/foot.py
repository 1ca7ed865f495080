"""What every page shows alike: the disclaimer with the age of the facts."""

from datetime import date

import streamlit as st

from corridor.present.tables import element
from corridor.present.words import REFERENCE_NOTE, age, short_age


def show_foot() -> None:
    """Show the disclaimer and the age of the facts at the foot of the window, whatever is scrolled.

    A small window has room for one line, which opens to all of it.
    """
    today = date.today()
    parts = element("b", f"{age(today)}."), " ", element("span", REFERENCE_NOTE)
    line = element("summary", element("b", f"{short_age(today)}."))
    st.html(
        element(
            "aside",
            element("p", *parts, class_="whole"),
            element("details", line, element("p", *parts)),
            class_="corridor-foot",
            aria_label="Disclaimer",
        )
    )

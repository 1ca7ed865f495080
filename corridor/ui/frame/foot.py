"""What every page shows alike: the disclaimer with the age of the facts."""

from datetime import date

import streamlit as st

from corridor.present.tables import element
from corridor.present.words import REFERENCE_NOTE, age


def show_foot() -> None:
    """Show the disclaimer and the age of the facts at the foot of the window, whatever is scrolled."""
    parts = element("b", f"{age(date.today())}."), " ", element("span", REFERENCE_NOTE)
    st.html(element("aside", *parts, class_="corridor-foot", aria_label="Disclaimer"))

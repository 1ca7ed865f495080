"""What every page shows alike: the disclaimer with the age of the facts."""

from datetime import date
from html import escape

import streamlit as st

from corridor.present.words import age, disclaimer


def show_foot() -> None:
    """Show the disclaimer and the age of the facts at the foot of the window, whatever is scrolled."""
    st.html(
        f'<aside class="corridor-foot" aria-label="Disclaimer"><b>{escape(age(date.today()))}</b> '
        f"<span>{escape(disclaimer())}</span></aside>"
    )

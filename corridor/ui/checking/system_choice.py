"""The choice of the reference system of a file, where it leaves that open, and the undoing of a conversion."""

from collections.abc import Callable

import streamlit as st

from corridor.land.geodesy import CRS84
from corridor.present.footnotes import Footnotes
from corridor.present.own_route.system_table import choice_words, systems_sheet
from corridor.reading.faults import Finding
from corridor.ui.tables import show_sheet

ASKED = "Convert to longitude and latitude: which system are the numbers in?"
READ = "How the numbers are read; the conversion can be undone here"


def show_system_choice(finding: Finding, chosen: str, key: str, accept: Callable[[], None], notes: Footnotes) -> None:
    """Show the systems side by side where there are several, and let the reader choose."""
    if len(finding.systems) > 1:
        show_sheet(systems_sheet(finding), notes, look="stack")
    options = list(dict.fromkeys(["", *(finding.choices or (CRS84,)), *([chosen] if chosen else [])]))
    st.session_state[key] = chosen
    st.selectbox(
        ASKED if finding.systems else READ,
        options,
        format_func=lambda name: choice_words(name, finding),
        key=key,
        on_change=accept,
    )

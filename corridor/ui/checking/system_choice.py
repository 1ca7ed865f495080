"""The choice of how the numbers of a file are read, where it leaves that open, and the undoing of what was chosen."""

from collections.abc import Callable
from contextlib import nullcontext

import streamlit as st

from corridor.land.geodesy import CRS84, REGION
from corridor.present.footnotes import Footnotes
from corridor.present.own_route.choices_map import choices_map
from corridor.present.own_route.system_table import choice_words, explained, systems_sheet
from corridor.present.style import DARK, LIGHT
from corridor.present.tables import element
from corridor.reading.axis_order import SWAPPED
from corridor.reading.degree_forms import GON_FOR_DEGREES
from corridor.reading.faults import Finding
from corridor.reading.reference_systems import is_plain
from corridor.store.work import region
from corridor.ui.frame.text_page import show
from corridor.ui.tables import show_sheet

ASKED = "Which system of coordinates are the numbers in?"
#: What is asked where the file names a system that its numbers contradict.
CONTRADICTED = "system-contradicted"
DEGREES_AFTER_ALL = "The file names the wrong system; its numbers look like ordinary degrees. How are they meant?"
#: What is asked in place of that where the system is known and something else is open.
INSTEAD = {
    SWAPPED: "Longitude and latitude seem exchanged in this file: exchange them?",
    GON_FOR_DEGREES: "Are the numbers gon, as surveyors' instruments have them, or degrees?",
}
READ = "How the numbers are read; the conversion can be undone here"
UNDO = "Undo this choice"
#: Said where the sender alone knows the system.
TO_ASK = (
    "The numbers alone do not tell which is right. To ask the sender, copy this: “In which system of coordinates are "
    "the numbers of your file? Please name its EPSG number, or its zone and datum.”"
)
READINGS = "All readings that fit, side by side"


def _asked(finding: Finding) -> str:
    """Return what a reader is asked to choose; of degrees that a file calls metres, whether they are degrees."""
    if finding.systems and finding.code == CONTRADICTED and is_plain(finding.systems[0].name):
        return DEGREES_AFTER_ALL
    return INSTEAD.get(finding.code, ASKED if finding.systems else READ)


def show_system_choice(
    finding: Finding,
    chosen: str,
    key: str,
    accept: Callable[[], None],
    undo: Callable[[], None],
    notes: Footnotes,
    said: str = "",
) -> None:
    """Let the reader choose between readings, which stand side by side on a map and in a table where they are several.

    What was chosen stays said, with `said` of it, and can be undone; the readings are then one press away.
    """
    if finding.choices and not chosen:
        show(element("p", finding.says, class_="lead"))
    options = list(dict.fromkeys(["", *(finding.choices or (CRS84,)), *([chosen] if chosen else [])]))
    st.session_state[key] = chosen
    st.selectbox(
        _asked(finding),
        options,
        format_func=lambda name: choice_words(name, finding),
        key=key,
        on_change=accept,
    )
    if not chosen and len(finding.systems) > 1 and finding.code not in INSTEAD:
        show(element("p", TO_ASK, class_="soft"))
    if chosen and finding.systems:
        words = said or f"You chose: {choice_words(chosen, finding)}."
        with st.container(horizontal=True, vertical_alignment="center", key=f"said-{key}"):
            st.html(element("p", words, class_="notice", role="status"))
            st.button(UNDO, on_click=undo, key=f"undo-{key}")
    if len(finding.systems) > 1:
        with st.expander(READINGS) if chosen else nullcontext():
            _show_readings(finding, notes)


def _show_readings(finding: Finding, notes: Footnotes) -> None:
    inks = DARK if st.context.theme.type == "dark" else LIGHT
    show(choices_map(finding.systems, region(), REGION, inks))
    show_sheet(systems_sheet(finding), notes, look="stack")
    if meanings := explained(finding):
        show(element("p", meanings, class_="soft"))

"""The ground along a route on a page: its picture in the theme of the window, its table one press away."""

import streamlit as st

from corridor.assessing.ground_profile import GroundProfile
from corridor.assessing.profile import Profile
from corridor.present.cartography.ground_picture import ground_html
from corridor.present.footnotes import Footnotes
from corridor.present.ground_sheets import WITHIN, ground_sheet
from corridor.present.style import DARK, LIGHT
from corridor.present.tables import element
from corridor.quantities import counted
from corridor.store.work import region
from corridor.ui.frame.text_page import show
from corridor.ui.tables import show_sheet


def show_ground(ground: GroundProfile, name: str, notes: Footnotes, heights: Profile | None = None) -> None:
    """Show the ground along the line `name` and its figures; `heights` are those of a reader's file."""
    show(ground_html(ground, name, region(), DARK if st.context.theme.type == "dark" else LIGHT, heights))
    sheet = ground_sheet(ground, name)
    with st.expander(f"{sheet.title}: {counted(len(sheet.rows), 'run')}"):
        show(element("p", WITHIN, class_="soft"))
        show_sheet(sheet, notes, look="ground stack quiet")

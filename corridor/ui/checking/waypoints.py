"""The points of a reader's file on the page: in a list that can be taken away."""

import streamlit as st

from corridor.present.footnotes import Footnotes
from corridor.present.own_route.waypoints import ALONE, TITLE, shown_note, waypoints_sheet
from corridor.present.tables import element
from corridor.quantities import counted
from corridor.reading.route import Reading
from corridor.store.own_file import OwnFile
from corridor.ui.frame.text_page import show
from corridor.ui.tables import show_sheet


def show_waypoints(file: OwnFile, reading: Reading, notes: Footnotes) -> None:
    """List the points that stand beside the lines of a file; nothing where there are none."""
    count = len(reading.waypoints)
    if not count:
        return
    with st.expander(f"{TITLE if reading.routes else ALONE}: {counted(count, 'point')}"):
        note = shown_note(count)
        if note:
            show(element("p", note, class_="soft"))
        show_sheet(
            waypoints_sheet(reading.waypoints, file.kept_on, beside=bool(reading.routes)),
            notes,
            look="waypoints stack quiet",
        )

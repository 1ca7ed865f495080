"""What changes when the place where a route crosses a border moves along that border, on the page of the route."""

from functools import partial

import streamlit as st

from corridor.present.footnotes import Footnotes
from corridor.present.own_route.shift_table import explained, shifts_sheet
from corridor.present.tables import element
from corridor.store.job_queue import Job
from corridor.store.work import is_small, moved_crossing, region
from corridor.ui.checking.results import measured
from corridor.ui.frame.text_page import show
from corridor.ui.tables import show_sheet
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import MeasuredRoute, current_visit
from corridor.ui.visit.waiting import awaited

TITLE = "If a crossing moved along the border by 1, 3 or 5 km"


def show_moved_crossing(route: MeasuredRoute, notes: Footnotes) -> None:
    """Offer the table of one crossing of a route, worked out when it is asked for; nothing without a crossing."""
    crossings = [
        (n, crossing) for n, crossing in enumerate(route.assessment.measures.crossings) if crossing.border is not None
    ]
    if not crossings:
        return
    unfolded = st.expander(TITLE, key=f"moved-crossing-{route.file.id}-{route.number}", on_change="rerun")
    if not unfolded.open:
        return
    with unfolded:
        label = region().label
        names = {
            n: f"km {crossing.at_km:,.1f}: {label(crossing.before)} – {label(crossing.after)}"
            for n, crossing in crossings
        }
        number = crossings[0][0]
        if len(crossings) > 1:
            key = f"crossing-{route.file.id}-{route.number}"
            number = st.selectbox("Crossing that moves", list(names), format_func=names.__getitem__, key=key)
        about, wanted = frozenset({route.file.sha256}), (route.assessment, number)
        asked = Job(current_visit().token, about, moved_crossing, wanted, size=route.file.size)
        shifts = awaited(
            partial(job_queue().ask, asked, here=is_small(route.file.path)),
            asked,
            name=names[number],
            failed="What changes there was not worked out.",
            again="Work it out again",
        )
        if shifts is None:
            return
        show(element("p", explained(shifts), class_="soft"))
        show_sheet(shifts_sheet(shifts, measured(route)), notes, look="moved-crossing stack")

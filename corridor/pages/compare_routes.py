"""Two to six routes side by side: shipped candidates and a visitor's own, by the same rules, with no order of merit."""

import streamlit as st

from corridor.present.tables import element
from corridor.ui.answering.questions import ANSWERS_STYLE
from corridor.ui.briefing.adding_scene import show_adding_scene, show_no_scene_yet
from corridor.ui.comparing.choosing import choose_routes, offer_beginnings
from corridor.ui.comparing.tables import comparison_of, show_comparison
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.text_page import open_page, show
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import current_visit
from corridor.ui.visit.visit_marker import mark_kept

LEAD = (
    "Put routes side by side: shipped candidates, and routes of the files you added under Check a route. Of a "
    "candidate the published length of each segment stands first; your own line is measured as drawn. No scores, no "
    "ranking. A difference is from the first route, and shown only where it is larger than the lines are exact."
)
ONE_MORE = "Choose one more route to see them side by side."

job_queue().warm()
visit = current_visit()
open_page("Compare routes")
st.html(ANSWERS_STYLE)
show_notices(read_address())
mark_kept(bool(visit.files))
show(element("p", LEAD, class_="lead"))
routes = choose_routes()
if not routes:
    offer_beginnings()
if len(routes) == 1:
    show(element("p", ONE_MORE, class_="soft"))
if len(routes) > 1:
    comparison = comparison_of(visit, routes)
    if comparison is not None:
        show_comparison(visit, routes, comparison)
    show_adding_scene("compare-routes")
else:
    show_no_scene_yet("once two routes are chosen.")

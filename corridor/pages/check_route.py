"""A reader's own route: what is wrong with the file, mended on request, measured, and compared with paragraph 3."""

from pathlib import Path

import streamlit as st

from corridor.present.tables import element
from corridor.settings import read_settings
from corridor.ui.briefing.adding_scene import show_adding_scene, show_no_scene_yet
from corridor.ui.checking.adding import OPEN, add_sample, notices, show_adding
from corridor.ui.checking.checked_file import show_file
from corridor.ui.checking.together import offer_comparison, show_first_with_route
from corridor.ui.checking.what_if import NEW, asked_edit, show_beginnings, show_drawing, unknown_edit
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import open_page, show
from corridor.ui.visit.files import chosen_file, show_files, unknown_file
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import current_visit, follows_ended, has_cookie
from corridor.ui.visit.visit_marker import mark_kept
from corridor.ui.visit.waiting import finished

LEAD = (
    "Send, paste or try a route. This page says what is wrong with the file, mends what you accept, measures the line "
    "by territory, and compares the line with paragraph 3. Only you can see your file. It stays until you forget it or "
    "the visit ends."
)
ENDED = (
    "Your visit has ended. The application was stopped, nobody looked at your files for {:g} hours, or your pages "
    "were closed and others needed room. The files you had added are gone, and nothing of them is left here."
)

NO_COOKIE = (
    "This browser sends no cookie, by which your files would be found again. They are gone when you reload this page, "
    "and other tabs do not show them."
)

#: Said where the reader is on the page of a file that was forgotten in another tab.
NOT_HERE = "The file this page showed is not here any more: see the note at the top."
NO_ROUTE_YET = "once a file with a route is shown here."
EDITED = "once the edited line is kept as a route."

job_queue().warm()
visit = current_visit()
if sample := st.query_params.get("sample"):
    add_sample(sample)
file = chosen_file(visit)

open_page("Check a route")
st.html(Path(__file__).with_name("check_route.css"))
show_notices(read_address())
if follows_ended(visit):
    show_notice(ENDED.format(read_settings().visit_hours))
    st.button("I have read this", on_click=visit.acknowledge)
elif sentence := unknown_file(visit):
    show_notice(sentence)
    st.toast(NOT_HERE, icon=":material/info:", duration="long")
if sentence := unknown_edit():
    show_notice(sentence)
for sentence in notices():
    show_notice(sentence)
if visit.files and not has_cookie():
    show_notice(NO_COOKIE)
mark_kept(bool(visit.files))

route = None
if asked_edit() == NEW:
    show_drawing()
elif file is None:
    show_files(visit, file)
    show(element("p", LEAD, class_="lead"))
    show_adding()
    show_beginnings()
else:
    files = st.container()
    if not asked_edit():
        adding = st.expander("Add another file, draw a route, or copy a candidate", key=OPEN, on_change="rerun")
        if adding.open:
            with adding:
                show_adding()
                show_beginnings()
    analysis = finished(file)
    show_first_with_route(visit, file)
    # Drawn once the file was read if that is soon: its card says what came of it.
    with files:
        offer_comparison(visit, file)
        show_files(visit, file)
    if analysis is not None:
        route = show_file(file, analysis)
if file is not None and route is not None:
    show_adding_scene("check-route", file=file.id, route=str(route.number))
else:
    show_no_scene_yet(EDITED if asked_edit() else NO_ROUTE_YET)

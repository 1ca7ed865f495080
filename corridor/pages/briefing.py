"""Briefings: pick or build a story, see each scene as an audience would, present it, and write it as files."""

from pathlib import Path

import streamlit as st

from corridor.present.story.html import notes_html, small_print_html
from corridor.present.tables import element
from corridor.ui.briefing.adding_scene import take_over
from corridor.ui.briefing.choosing_story import choose_story, show_beginning
from corridor.ui.briefing.downloads import show_briefing_files
from corridor.ui.briefing.own_stories import routes_measured
from corridor.ui.briefing.preflight import show_preflight
from corridor.ui.briefing.presenter import mount_preview
from corridor.ui.briefing.scene_editing import show_editing
from corridor.ui.briefing.scene_list import choose_scene
from corridor.ui.checking.adding import notices
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import open_page, show
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import current_visit
from corridor.ui.visit.visit_marker import mark_kept

LEAD = (
    "A briefing is a list of scenes. All numbers come from the dataset, those of your own routes from your files. "
    "Screen, slides, PDF and file agree. Present it with a clicker; it needs no network, and no server once it is open."
)

job_queue().warm()
visit = current_visit()
take_over(visit)
open_page("Briefing")
st.html(Path(__file__).with_name("briefing.css"))
show_notices(read_address())
for sentence in notices():
    show_notice(sentence)
mark_kept(bool(visit.files or visit.note_keys("")))
show(element("p", LEAD, class_="lead"))

open_story = choose_story(visit)
if not routes_measured(visit, open_story):
    show_beginning(visit)
    st.stop()
view = open_story.view(hidden=True)
for sentence in view.told:
    show_notice(sentence)
left, right = st.columns([4, 9], gap="large")
with left:
    scene = choose_scene(open_story, view)
with right:
    if scene is not None:
        mount_preview(view, scene, open_story.key)
        for sentence in scene.told:
            show_notice(sentence)
        show(small_print_html(scene))
        with st.expander("Speaker notes"):
            show(notes_html(scene))
        if open_story.own:
            show_editing(open_story, scene.id)
show_briefing_files(visit, open_story)
show_preflight(visit, open_story)
show_beginning(visit)

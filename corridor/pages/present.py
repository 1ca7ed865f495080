"""A story before an audience, over the whole window; the address names the story, the scene and the speaker's view."""

import streamlit as st

from corridor.ui.briefing.own_stories import opened, routes_measured
from corridor.ui.briefing.presenter import mount_presenter
from corridor.ui.context import stories
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import open_page
from corridor.ui.visit.visit import current_visit

asked = st.query_params.get("story", next(iter(stories())))
visit = current_visit()
open_story = opened(visit, asked)
view = None
if open_story is not None:
    if not routes_measured(visit, open_story):
        open_page("Presentation")
        st.stop()
    view = open_story.view()
address = read_address()
if open_story is None or view is None or not view.shown:
    open_page("Presentation")
    show_notices(address)
if open_story is None:
    show_notice(
        f"The address asks for the briefing “{asked[:60]}”, which is not here; a briefing of a visit ends with it."
    )
elif view is None or not view.shown:
    show_notice("This briefing has no scene that is shown.")
else:
    speaker = st.query_params.get("speaker") == "1"
    mount_presenter(view, open_story.key, speaker=speaker, notices=address.notices)

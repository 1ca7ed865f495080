"""Candidate routes and connections side by side, within one mode and a common origin and destination."""

import streamlit as st

from corridor.present.candidates import statements, tables
from corridor.present.footnotes import Footnotes
from corridor.present.registers.office import office_table
from corridor.present.tables import element
from corridor.ui.answering.questions import ANSWERS_STYLE
from corridor.ui.briefing.adding_scene import show_adding_scene
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.office import office_updates
from corridor.ui.frame.small_map import show_map
from corridor.ui.frame.text_page import open_page, show
from corridor.ui.ground import show_ground
from corridor.ui.routes.tables import choose_candidate, choose_group, ground_along_candidate, show_chart, table_lookup
from corridor.ui.shipped import shipped
from corridor.ui.tables import show_sheet

notes = Footnotes(shipped().library.sources)
lookup = table_lookup()

open_page("Routes")
st.html(ANSWERS_STYLE)
show_notices(read_address())
show(element("p", tables.HOW_COMPARED, class_="lead"))

group, chosen = choose_group()
left, right = st.columns([5, 8], gap="large")
with left:
    choose_candidate(group, chosen)
    show(tables.candidate_html(chosen, lookup, notes))
segments = [segment.leg.segment for segment in lookup.segment_figures(chosen)]
with right:
    show_map(segments, height=440, key="routes-map")
show_sheet(tables.segments_sheet(chosen, lookup), notes, look="segments")
concerned = shipped().with_parts([f"candidate/{chosen.id}"])
show(office_table([update for update in office_updates().entries if update.feature in concerned], shipped().labels))

ground = ground_along_candidate(chosen)
if ground is not None:
    st.header(f"The ground along it: {chosen.name}")
    show_ground(ground, chosen.name, notes)

st.header("Kilometres by country and status")
show_chart(group)
show_sheet(tables.kilometres_sheet(group.candidates, lookup), notes, look="kilometres quiet")
st.header("What each connects")
show_sheet(statements.connects_sheet(group.candidates), notes, look="connects two-sides quiet")
st.header("Who proposed, who answered")
show_sheet(statements.said_sheet(group.candidates), notes, look="answers two-sides quiet")
st.header("Borders on the way")
show_sheet(tables.crossings_sheet(group.candidates, lookup), notes, look="crossings quiet")
st.header("Missing parts, and what is not known")
show_sheet(statements.missing_sheet(group.candidates), notes, look="missing two-sides quiet")
st.header(f"In detail: {chosen.name}")
show_sheet(tables.facts_sheet(chosen, lookup), notes, look="single-facts")
show_sheet(tables.dates_sheet(chosen, lookup), notes, look="dates")
show_sheet(tables.published_sheet([chosen], lookup), notes, look="published")
show(notes.listed())
show_adding_scene("routes", candidate=chosen.id)

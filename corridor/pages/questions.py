"""Questions a minister may ask, each with a sourced answer and a way to see it."""

import streamlit as st

from corridor.present.registers.answers import contents_html, heading_html, matching, way_on_html
from corridor.present.registers.office import office_table
from corridor.present.tables import element
from corridor.ui.answering.fetched import questions
from corridor.ui.answering.questions import ANSWERS_STYLE, answer, show_links, show_to_take
from corridor.ui.briefing.adding_scene import show_adding_scene
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.office import office_updates, show_notice
from corridor.ui.frame.text_page import open_page, show
from corridor.ui.shipped import shipped

sources = shipped().library.sources
asked = st.query_params.get("question")
chosen = [question for question in questions() if asked == str(question.number)]

added = office_updates().entries

open_page("Questions")
st.html(ANSWERS_STYLE)
show_notices(read_address())
if asked is not None and not chosen:
    show_notice(f"The address asks for question “{asked[:20]}”, which is not known here; 1 to {len(questions())} are.")

if chosen:
    show(way_on_html(chosen[0].number, len(questions())))
    shown = chosen
else:
    show(
        element(
            "p",
            "Every number comes from our dataset. Unit, accuracy, date and source are listed under each answer. Where "
            "public sources are silent we write “not known”. We do not estimate.",
            class_="lead",
        )
    )
    wanted = st.text_input(
        "Find a question", key="wanted", placeholder="Words such as Iran, gauge, Ijevan, delimited", max_chars=80
    )
    shown = matching(questions(), wanted)
    if shown:
        show(contents_html(shown))
    else:
        show(element("p", f"No question holds all of these words: {wanted}", class_="notice", role="status"))

for question in shown:
    show(heading_html(question))
    show(answer(question.number, opened=bool(chosen)))
    concerned = shipped().with_parts(question.about)
    show(office_table([update for update in added if update.feature in concerned], shipped().labels))
    show_links(question, alone=bool(chosen))
if chosen:
    show_to_take(chosen[0], sources)
show_adding_scene("questions")

"""The look at everything before a briefing, each thing in a sentence."""

import streamlit as st

from corridor.present.briefing_files.formats import FORMATS
from corridor.present.briefing_files.preflight import CheckResult, files_words, looked_at
from corridor.present.story.briefing import ExportOptions
from corridor.present.tables import element
from corridor.settings import read_settings
from corridor.store.visits import Visit
from corridor.ui.briefing.downloads import file_of
from corridor.ui.briefing.own_stories import OpenStory
from corridor.ui.context import briefing_context
from corridor.ui.frame.text_page import show

SIGNS = {True: "●", False: "▲"}


def show_preflight(visit: Visit, open_story: OpenStory) -> None:
    """Let the briefing be looked through: layers, scenes, typefaces, network, and every file written once."""
    st.header("Before a briefing")
    asked = f"preflight-{open_story.key}"
    if st.button("Look everything through", key="preflight"):
        st.session_state[asked] = True
    if not st.session_state.get(asked):
        return
    view = open_story.view(hidden=True)
    results = [(look.title, what) for look, what in looked_at(view, briefing_context(), read_settings())]
    show(element("ul", *(_line(title, what) for title, what in results), class_="preflight"))
    written: list[tuple[str, int]] = []
    for kind in FORMATS:
        made = file_of(visit, open_story, kind, ExportOptions())
        if made is None:
            return
        written.append((kind.suffix, len(made.data)))
    show(element("ul", _line("Files", files_words(written)), class_="preflight"))


def _line(title: str, result: CheckResult) -> str:
    well = "as it should be" if result.well else "to be looked at"
    return element(
        "li",
        element("span", SIGNS[result.well], aria_hidden="true", class_="preflight-sign"),
        element("strong", f"{title}: "),
        element("span", f"{well}. ", class_="for-ears"),
        result.says,
    )

"""What the office added, read anew on each run, and the sentences about its file that every page shows."""

from dataclasses import replace

import streamlit as st

from corridor.office.updates import Updates, read_updates
from corridor.present.publication import published
from corridor.present.tables import element
from corridor.settings import read_settings
from corridor.ui.shipped import shipped


def office_updates() -> Updates:
    """Return the usable entries of the office's file and what is wrong with it."""
    updates = read_updates(read_settings().office_updates, shipped().known_ids)
    return replace(updates, problems=(*updates.problems, *published().problems))


def show_office_problems() -> None:
    """Show what is wrong with the office's file; the page goes on without the entries it cannot use."""
    for problem in office_updates().problems:
        show_notice(problem)


def show_notice(sentence: str) -> None:
    """Show a sentence that holds somebody's text: as characters, never as markup or Markdown."""
    st.html(element("p", sentence, class_="notice", role="status"))

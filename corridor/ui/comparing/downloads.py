"""What can be taken away of routes side by side, each file made when it is asked for."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import streamlit as st

from corridor.assessing.comparison import Comparison
from corridor.present.briefing_files.comparison_files import COMPARISON_FILES, Compared
from corridor.present.comparing.route import ComparedRoute
from corridor.present.tables import element
from corridor.ui.context import briefing_context
from corridor.ui.frame.text_page import show
from corridor.ui.visit.download import show_download

TOLD = (
    "One table of all figures, with shares within a stated distance, offsets and the Fréchet distance, which stand in "
    "no table above; all routes with their numbers; and a card of one page."
)


def show_compared_files(comparison: Comparison, routes: Sequence[ComparedRoute]) -> None:
    """Offer the comparison in every kind of file."""
    st.header("To take away")
    show(element("p", TOLD, class_="soft"))
    words = "Handling line on the card and in the workbook"
    handling = st.text_input(words, max_chars=80, placeholder="Draft, prepared by …", key="handling")
    taken = Compared(comparison, tuple(routes), briefing_context(), date.today(), handling)
    with st.container(horizontal=True, key="results"):
        for kind in COMPARISON_FILES:
            name = f"corridor-comparison.{kind.suffix}"
            make = partial(kind.write, taken)
            show_download(kind.title, make, name, kind.media_type, key=f"take-{kind.suffix}")

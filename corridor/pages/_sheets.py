"""A table on a page with its file to take away."""

from functools import partial

import streamlit as st

from corridor.pages._paper import show
from corridor.present.footnotes import Footnotes
from corridor.present.sheets import Sheet, sheet_csv, sheet_html


def show_sheet(sheet: Sheet, notes: Footnotes, look: str) -> None:
    """Show a table and offer it as a file; `look` are classes of the style sheet, the first of which names the file."""
    show(sheet_html(sheet, notes, look=look))
    st.download_button(
        "This table as CSV",
        partial(sheet_csv, sheet, notes.sources),
        file_name=f"corridor-{look.split()[0]}.csv",
        mime="text/csv",
        key=f"csv-{look}",
        on_click="ignore",
        type="tertiary",
    )

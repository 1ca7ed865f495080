"""A table on a page with its file to take away."""

from functools import partial

from corridor.present.footnotes import Footnotes
from corridor.present.sheets import Sheet, sheet_csv, sheet_html
from corridor.ui.frame.text_page import show
from corridor.ui.visit.download import show_download


def show_sheet(sheet: Sheet, notes: Footnotes, look: str) -> None:
    """Show a table and offer it as a file; `look` are classes of the style sheet, the first of which names the file."""
    show(sheet_html(sheet, notes, look=look))
    make, name = partial(sheet_csv, sheet, notes.sources), f"corridor-{look.split()[0]}.csv"
    show_download("This table as CSV", make, name, "text/csv", key=f"csv-{look}", look="tertiary")

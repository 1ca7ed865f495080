"""A table on a page with its file to take away."""

import zlib
from functools import partial
from typing import Literal

from corridor.present.footnotes import Footnotes
from corridor.present.sheets import Sheet, held_bytes, sheet_csv, sheet_html
from corridor.ui.frame.text_page import show
from corridor.ui.visit.download import show_download

#: About the bytes up to which an open page holds a table as it is; a larger one is held as its file, packed.
LARGE_SHEET = 200_000


def show_sheet(sheet: Sheet, notes: Footnotes, look: str) -> None:
    """Show a table and offer it as a file; `look` are classes of the style sheet, the first of which names the file."""
    show(sheet_html(sheet, notes, look=look))
    name = f"corridor-{look.split()[0]}.csv"
    offer_csv("This table as CSV", sheet, notes, name, f"csv-{look}", "tertiary")


def offer_csv(
    words: str, sheet: Sheet, notes: Footnotes, name: str, key: str, look: Literal["secondary", "tertiary"]
) -> None:
    """Offer a table as a file, of which an open page holds little, and says how much."""
    held, make = held_bytes(sheet), partial(sheet_csv, sheet, notes.sources)
    if held > LARGE_SHEET:
        packed = zlib.compress(make(), 1)
        held, make = len(packed), partial(zlib.decompress, packed)
    show_download(words, make, name, "text/csv", key=key, look=look, held_bytes=held)

"""The button with which a file made of what a visitor keeps here is taken away.

Streamlit would keep the file in memory under an address that anybody can ask. What it is given instead is a ticket: the
bytes are made when the visit that was offered them asks for the ticket's address (corridor/web/downloads.py).
"""

from typing import Literal

import streamlit as st

from corridor.store.downloads import SMALL_OFFER, Make
from corridor.store.visits import Visit
from corridor.ui.visit.process import downloads
from corridor.ui.visit.uploader import page_session
from corridor.ui.visit.visit import current_visit, has_cookie

#: What a ticket begins with; the id of what was offered follows.
TICKET = b"corridor-download:"


def kept(visit: Visit) -> frozenset[str]:
    """Return what a visit keeps: the SHA-256 of its files and the keys of its notes."""
    return frozenset(file.sha256 for file in visit.files) | frozenset(visit.note_keys(""))


def show_download(
    words: str,
    make: Make,
    name: str,
    media_type: str,
    key: str,
    look: Literal["secondary", "tertiary"] = "secondary",
    own: bool = False,
    held_bytes: int = SMALL_OFFER,
) -> None:
    """Show a button that has a file made and taken away; it is gone with anything the visit keeps now.

    A browser without cookies, whose visit keeps nothing, is given the file itself and no ticket, unless the visitor's
    `own` is in it: what is shipped may be taken by anybody. An open page keeps `make`, so that it has to ask for all
    that is large, or to say how many bytes it holds.
    """
    visit = current_visit()
    if not (own or visit.begun or has_cookie()):
        st.download_button(words, make, name, media_type, key=key, on_click="ignore", type=look)
        return
    offer = downloads().offer(visit.token, page_session(), key, make, kept(visit), held_bytes)
    # A ticket that is there before the button is pressed is fetched by the browser at once, and its file made.
    st.download_button(
        words, lambda: TICKET + offer.id.encode(), name, media_type, key=key, on_click="ignore", type=look
    )

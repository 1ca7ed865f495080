"""What a visitor says the routes of a file are: a railway, a road, or nothing yet."""

import streamlit as st

from corridor.candidates import MODE_WORDS, Mode
from corridor.store.own_file import OwnFile
from corridor.ui.visit.visit import current_visit

#: What people send; the other modes of the shipped candidates are connections without a line to travel on.
ASKED: tuple[Mode, ...] = ("rail", "road")


def ask_mode(key: str) -> None:
    """Ask what the next file is; the answer, None where there is none, is kept under `key`."""
    st.segmented_control("Is it a railway or a road?", ASKED, format_func=MODE_WORDS.__getitem__, key=key)


def show_mode(file: OwnFile, in_file: Mode | None) -> None:
    """Let the visitor say what the routes of a file are; `in_file` is what the file itself says of the one shown."""
    key = f"mode-{file.id}"
    st.session_state[key] = file.mode or in_file
    options = ASKED if in_file is None or in_file in ASKED else (*ASKED, in_file)
    st.segmented_control(
        "Railway or road?",
        options,
        format_func=MODE_WORDS.__getitem__,
        key=key,
        on_change=lambda: current_visit().say_mode(file.id, st.session_state[key]),
    )

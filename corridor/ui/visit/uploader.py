"""The one way a page asks for a file: what its sentence says of the size holds, and a file taken over is let go."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from corridor.reading.limits import MEGABYTE
from corridor.ui.visit.process import uploads
from corridor.ui.visit.sent_files import drop_file


def page_session() -> str:
    """Return the id of the session that runs this page; "" outside a run."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


def draw_page(draw: Callable[[], None]) -> None:
    """Draw a page; files are taken in only while it shows an uploader."""
    uploads().page_begins(page_session())
    draw()
    uploads().page_ends(page_session())


def show_uploader(
    words: str,
    largest: int,
    key: str,
    types: Sequence[str] | None = None,
    place: DeltaGenerator | None = None,
    **more: Any,  # noqa: ANN401 - whatever st.file_uploader takes
) -> Any:  # noqa: ANN401 - one file or a list, as it was asked for
    """Show an uploader for files of up to `largest` bytes and return what was sent, as st.file_uploader does."""
    uploads().page_shows(page_session(), largest)
    show = st.file_uploader if place is None else place.file_uploader
    return show(words, type=types, max_upload_size=largest // MEGABYTE, key=key, **more)


def files_held(key: str) -> list[UploadedFile]:
    """Return the files an uploader for several holds, without those that were let go.

    A browser that has not seen the fresh uploader yet names the old one's files once more with whatever is pressed
    next; Streamlit then hands out a `DeletedFile` for each of them, and they must not be taken over again.
    """
    return [sent for sent in st.session_state[key] if isinstance(sent, UploadedFile)]


def gave_way(key: str) -> bool:
    """Whether a file that an uploader for several holds was dropped for others' files before this page took it over."""
    gone = [sent.file_id for sent in st.session_state[key] if isinstance(sent, DeletedFile)]
    return sum(uploads().gave_way(page_session(), file) for file in gone) > 0


def let_go(sent: UploadedFile) -> None:
    """Drop the copy of a sent file that Streamlit keeps in memory until its session ends."""
    drop_file(page_session(), sent.file_id)
    uploads().released(page_session(), sent.file_id)

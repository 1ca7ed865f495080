"""How a file comes into a visit: sent, pasted, or taken from the samples."""

import time

import streamlit as st

from corridor.candidates import Mode
from corridor.reading.limits import LIMITS, MEGABYTE
from corridor.reading.samples import find_sample
from corridor.store.own_file import FileId, FileOrigin, FileSource
from corridor.store.visits import Refused
from corridor.ui.checking.modes import ask_mode
from corridor.ui.checking.samples import show_samples
from corridor.ui.visit.files import choose_file
from corridor.ui.visit.uploader import files_held, gave_way, let_go, show_uploader
from corridor.ui.visit.visit import current_visit

FORMATS = "GeoJSON, KML, KMZ, GPX, GeoPackage or zipped Shapefile"
#: Where the answer stands to what the next file is.
MODE = "mode-of-next"
GAVE_WAY = (
    "A file you sent is not here: others send files too, and it gave way before this page could read it. Send it again."
)
#: Characters of pasted text; a longer one is better sent as a file.
LONGEST_PASTE = 1_000_000
#: Where the files wait that came together, until they are set side by side or another file comes.
TOGETHER = "came_together"
#: Where those of them wait that are still to be looked at for a route: the first that has one is shown.
SEEKING = "seeking_a_route"
#: Where the sentences wait that are to be told on the next run of the page.
TOLD = "check_told"
#: Where it stands whether the ways to add another file are open, beside a file that is shown.
OPEN = "adding"


def tell(sentence: str) -> None:
    """Have a sentence told on the next run of the page."""
    st.session_state.setdefault(TOLD, []).append(sentence)


def notices() -> list[str]:
    """Return the sentences that wait to be told, each once."""
    return list(dict.fromkeys(st.session_state.pop(TOLD, [])))


def add(name: str, data: bytes, origin: FileOrigin, mode: Mode | None = None) -> bool:
    """Keep a file and choose it, or tell why it cannot be kept; return whether it is kept, perhaps since earlier.

    `mode` is what the visitor said its routes are.
    """
    st.session_state.pop(TOGETHER, None)
    visit, now = current_visit(), time.monotonic()
    known = {file.id for file in visit.files}
    kept = visit.keep(name, data, origin, now)
    if isinstance(kept, Refused):
        tell(f"“{name}” was not kept. {kept.says}")
        return False
    if kept.id in known:
        called = "" if kept.name == name else f" as “{kept.name}”, with the same content"
        tell(f"“{name}” is here already{called}.")
    if mode is not None:
        visit.say_mode(kept.id, mode)
    choose_file(kept.id)
    # What the file says comes next, not a second file.
    st.session_state[OPEN] = False
    return True


def add_sample(identity: str) -> None:
    """Keep a sample and choose it; an id that is none is told."""
    sample = find_sample(identity)
    if sample is None:
        tell(f"The address asks for the sample “{identity[:40]}”, which is not known here; “spike” is one.")
        st.query_params.clear()
    else:
        add(sample.file, sample.content(), FileOrigin(FileSource.SAMPLE, sample=sample.id))


def show_adding() -> None:
    """Show the three ways beside each other."""
    upload, paste, sample = st.columns([5, 5, 6], gap="large")
    with upload:
        st.subheader("Send a file")
        key = f"upload-{st.session_state.setdefault('uploads', 0)}"
        ask_mode(MODE)
        show_uploader(
            f"{FORMATS}, at most {LIMITS.file_bytes // MEGABYTE} MB each",
            LIMITS.file_bytes,
            key,
            accept_multiple_files=True,
            on_change=_take_uploads,
            args=(key,),
        )
        show_file_help()
    with paste:
        st.subheader("Paste text")
        st.text_area(
            "GeoJSON, KML or GPX as text",
            key="paste",
            height=150,
            max_chars=LONGEST_PASTE,
            placeholder='{"type": "LineString", "coordinates": [[46.53, 38.87], [46.24, 38.90], …]}',
        )
        st.button("Read the text", on_click=_take_text)
    with sample:
        st.subheader("Try a sample")
        show_samples(add_sample)


def show_file_help() -> None:
    """Lead to the page that says which files are read, and how other programs export them."""
    st.page_link("files.py", label="Which files are read, and a template →")


def _take_uploads(key: str) -> None:
    if gave_way(key):
        tell(GAVE_WAY)
    sent_files = files_held(key)
    if not sent_files:
        return
    came: list[FileId] = []
    for sent in sent_files:
        if add(sent.name, sent.getvalue(), FileOrigin(FileSource.UPLOADED), st.session_state.get(MODE)):
            came.append(st.query_params["file"])
        let_go(sent)
    together = list(dict.fromkeys(came))
    st.session_state[TOGETHER], st.session_state[SEEKING] = together, together
    if together:
        choose_file(together[0])
    # A fresh uploader: what it held lies in the visit now and nowhere else.
    st.session_state["uploads"] += 1


def _take_text() -> None:
    text = st.session_state["paste"]
    if not text.strip():
        tell("There is no text to read yet; paste it into the field first.")
        return
    number = sum(file.origin.source is FileSource.PASTED for file in current_visit().files) + 1
    suffix = "xml" if text.lstrip().startswith("<") else "geojson"
    origin = FileOrigin(FileSource.PASTED)
    if add(f"pasted-{number}.{suffix}", text.encode("utf-8", "replace"), origin, st.session_state.get(MODE)):
        st.session_state["paste"] = ""

"""What this office adds itself: a form that writes its file, the entries in it, and the file to take away."""

from functools import partial

import streamlit as st

from corridor.office.updates_file import Removal, remove_update, undo_removal
from corridor.present.registers.office import entry_record, updates_csv, updates_toml
from corridor.present.tables import element
from corridor.settings import read_settings
from corridor.ui.briefing.adding_scene import show_adding_scene, show_no_scene_yet
from corridor.ui.checking.office_line import show_line_form
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.office import office_updates, show_notice
from corridor.ui.frame.office_form import DONE, EDITED, FORM, show_form
from corridor.ui.frame.text_page import open_page, show
from corridor.ui.shipped import shipped
from corridor.ui.visit.download import show_download

path = read_settings().office_updates
known, labels = shipped().known_ids, shipped().labels
state = st.session_state
state.setdefault(FORM, 0)


def remove(key: str) -> None:
    """Take an entry out of the file and keep it for undoing."""
    result = remove_update(path, key, known)
    state["office_removed" if isinstance(result, Removal) else "office_problems"] = result


def edit(key: str) -> None:
    """Open an entry in the form; it stays in the file until the form is sent."""
    state[EDITED] = key
    state[FORM] += 1


def undo() -> None:
    """Put the entry removed last back; it can be tried again where the file cannot be written at the moment."""
    state["office_problems"] = undo_removal(path, state["office_removed"])
    if not state["office_problems"]:
        del state["office_removed"]


open_page("Office updates")
address = read_address()
show_notices(address)
intro = (
    f"Statuses, events, figures and lines that this office adds itself. They are kept in {path.name}, a file beside "
    "the application. They are shown as “Added by this office” and never mixed with the facts the application ships "
    "with."
)
show(element("p", intro, class_="lead"))
for problem in state.pop("office_problems", ()):
    show_notice(problem)
if added := state.pop(DONE, ""):
    show_notice(added)

entries = office_updates().entries
show_form(path, entries, known, labels, address.feature or "")

st.header(f"Entries in the file: {len(entries)}")
if "office_removed" in state:
    show_notice(f"Removed: {state['office_removed'].entry.what}")
    st.button("Undo the removal", on_click=undo)
for number, office_entry in enumerate(entries, start=1):
    show(entry_record(number, office_entry, labels))
    undone = "Bring our line back: remove" if office_entry.kind == "line" else "Remove"
    key = f"{office_entry.key}-{number}"
    with st.container(horizontal=True):
        st.button(f"Edit entry {number}", key=f"edit-{key}", on_click=edit, args=(office_entry.key,))
        st.button(f"{undone} entry {number}", key=key, on_click=remove, args=(office_entry.key,))
show_line_form(path, address.feature or "")
if entries:
    st.header("To take away")
    with st.container(horizontal=True):
        csv, toml = partial(updates_csv, entries), partial(updates_toml, entries)
        show_download("Download the entries as CSV", csv, "office-updates.csv", "text/csv", key="entries-csv")
        show_download("Download the entries as TOML", toml, "office-updates.toml", "text/plain", key="entries-toml")
    show_adding_scene("updates")
else:
    show_no_scene_yet("once the file has an entry.")

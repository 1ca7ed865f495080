"""What this office adds itself: a form that writes its file, the entries in it, and the file to take away."""

from datetime import date

import streamlit as st

from corridor.office.updates_file import Removal, add_update, remove_update, undo_removal
from corridor.present.registers.office import KIND_WORDS, entry_record, updates_csv, updates_toml
from corridor.present.tables import element
from corridor.settings import read_settings
from corridor.ui.briefing.adding_scene import show_adding_scene, show_no_scene_yet
from corridor.ui.frame.address import read_address, show_notices
from corridor.ui.frame.office import office_updates, show_notice
from corridor.ui.frame.text_page import open_page, show
from corridor.ui.shipped import shipped

WHAT = {"status": "Status in words", "event": "What happened", "figure": "What the figure counts"}

path = read_settings().office_updates
known, labels = shipped().known_ids, shipped().labels
state = st.session_state
state.setdefault("office_form", 0)


def remove(key: str) -> None:
    """Take an entry out of the file and keep it for undoing."""
    result = remove_update(path, key, known)
    state["office_removed" if isinstance(result, Removal) else "office_problems"] = result


def undo() -> None:
    """Put the entry removed last back; it can be tried again where the file cannot be written at the moment."""
    state["office_problems"] = undo_removal(path, state["office_removed"])
    if not state["office_problems"]:
        del state["office_removed"]


open_page("Office updates")
address = read_address()
show_notices(address)
intro = (
    f"Statuses, events and figures that this office adds itself. They are kept in {path.name}, a file beside the "
    "application, shown as “Added by this office” and never mixed with the facts the application ships with."
)
show(element("p", intro, class_="lead"))
for problem in state.pop("office_problems", ()):
    show_notice(problem)
if added := state.pop("office_told", ""):
    show_notice(added)

st.header("Add an entry")
kind = (
    st.segmented_control(
        "Kind of entry", list(KIND_WORDS), format_func=lambda word: KIND_WORDS[word], default="status", required=True
    )
    or "status"
)
with st.form(f"office-{state['office_form']}"):
    options = ["", *labels]
    asked = options.index(address.feature) if address.feature else 0
    feature = st.selectbox(
        "About" if kind != "event" else "About (may be left empty)",
        options,
        index=asked,
        format_func=lambda feature: (
            f"{labels[feature]} ({feature.partition('/')[0]})" if feature else "Choose a feature or document"
        ),
    )
    what = st.text_input(WHAT[kind], max_chars=500)
    value, unit = None, ""
    if kind == "figure":
        left, right = st.columns(2)
        value = left.number_input("Value", value=None, format="%g")
        unit = right.text_input("Unit", max_chars=40, placeholder="km, %, people ...")
    day = st.date_input("Date it holds from", value=date.today(), min_value=date(1900, 1, 1), format="YYYY-MM-DD")
    source = st.text_input("Source", max_chars=500, placeholder="Who says so, in which document, on which page")
    link = st.text_input("Web address of the source (may be left empty)", max_chars=500)
    if st.form_submit_button("Add entry"):
        figure = {"value": float(value), "unit": unit} if value is not None else {}
        entry = {"kind": kind, "feature": feature, "what": what, "date": day, "source": source, "link": link, **figure}
        problems = add_update(path, {**entry, "added": date.today()}, known)
        if not problems:
            state["office_form"] += 1
            state["office_told"] = f"Added and written to {path.name}."
            st.rerun()
        for problem in problems:
            show_notice(problem)

entries = office_updates().entries
st.header(f"Entries in the file: {len(entries)}")
if "office_removed" in state:
    show_notice(f"Removed: {state['office_removed'].entry.what}")
    st.button("Undo the removal", on_click=undo)
for number, office_entry in enumerate(entries, start=1):
    show(entry_record(number, office_entry, labels))
    st.button(f"Remove entry {number}", key=f"{office_entry.key}-{number}", on_click=remove, args=(office_entry.key,))
if entries:
    with st.container(horizontal=True):
        st.download_button(
            "Download the entries as CSV", updates_csv(entries), "office-updates.csv", "text/csv", on_click="ignore"
        )
        st.download_button(
            "Download the entries as TOML",
            updates_toml(entries),
            "office-updates.toml",
            "text/plain",
            on_click="ignore",
        )
    show_adding_scene("updates")
else:
    show_no_scene_yet("once the file has an entry.")

"""The form in which an office writes or edits an entry of its own."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

import streamlit as st

from corridor.office.updates import Update
from corridor.office.updates_file import Removal, add_update, replace_update
from corridor.present.registers.office import KIND_WORDS
from corridor.quantities import day as day_words
from corridor.ui.frame.office import show_notice

WHAT = {
    "status": "Status in words",
    "event": "What happened",
    "figure": "What the figure counts",
    "line": "What the line is",
}
#: What the page keeps in its state: how often the form was begun anew, which entry is in it, the day to come that was
#: asked about, and the sentence that tells what was done, until it is shown.
FORM, EDITED, FUTURE, DONE = "office_form", "office_edited", "office_future", "office_told"


def show_form(
    path: Path, entries: Sequence[Update], known: Collection[str], labels: Mapping[str, str], asked_about: str
) -> None:
    """Show the form, filled in with an entry that is edited; what is sent is written to the office's file at `path`.

    `asked_about` is the feature the address names, "" for none. No date is filled in, and one to come is asked about.
    """
    state = st.session_state
    edited = next((entry for entry in entries if entry.key == state.get(EDITED)), None)
    st.header("Edit an entry" if edited else "Add an entry")
    kind = _chosen_kind(edited)
    with st.form(f"office-{state[FORM]}"):
        entry, day = _fields(kind, edited, labels, asked_about)
        if not st.form_submit_button("Keep the changes" if edited else "Add entry"):
            return
        problems = _written(path, entry, day, edited, known)
        for problem in problems:
            show_notice(problem)
    if not problems:
        state[FORM] += 1
        state.pop(FUTURE, None)
        state.pop(EDITED, None)
        feature = str(entry["feature"])
        of = f" about {_feature_words(feature, labels)}" if feature else ""
        state[DONE] = f"{'Changed' if edited else 'Added'}{of} and written to {path.name}."
        st.rerun()


def _chosen_kind(edited: Update | None) -> str:
    """Ask of which kind the entry is; a line is added by a form of its own, and stays one."""
    kinds = ["line"] if edited and edited.kind == "line" else [kind for kind in KIND_WORDS if kind != "line"]
    chosen = st.segmented_control(
        "Kind of entry",
        kinds,
        format_func=lambda word: KIND_WORDS[word],
        default=edited.kind if edited else "status",
        required=True,
        key=f"office-kind-{st.session_state[FORM]}",
    )
    return chosen or "status"


def _feature_words(feature: str, labels: Mapping[str, str]) -> str:
    return f"{labels[feature]} ({feature.partition('/')[0]})"


def _fields(
    kind: str, edited: Update | None, labels: Mapping[str, str], asked_about: str
) -> tuple[dict[str, object], date | None]:
    """Show the fields of an entry, and return what stands in them and the date."""
    options = ["", *labels]
    feature = st.selectbox(
        "About" if kind != "event" else "About (may be left empty)",
        options,
        index=options.index(edited.feature if edited else asked_about),
        format_func=lambda feature: _feature_words(feature, labels) if feature else "Choose a feature or document",
    )
    what = st.text_input(WHAT[kind], value=edited.what if edited else "", max_chars=500)
    more: dict[str, object] = _figure(edited) if kind == "figure" else {}
    if edited and kind == "line":
        more = {"line": edited.line, "accuracy_m": edited.accuracy_m}
    day = st.date_input(
        "Date it holds from",
        value=date.fromisoformat(edited.date) if edited else None,
        min_value=date(1900, 1, 1),
        format="YYYY-MM-DD",
    )
    source = st.text_input(
        "Source",
        value=edited.source if edited else "",
        max_chars=500,
        placeholder="Who says so, in which document, on which page",
    )
    link = st.text_input(
        "Web address of the source (may be left empty)", value=edited.link if edited else "", max_chars=500
    )
    initials = st.text_input("Your initials (may be left empty)", value=edited.initials if edited else "", max_chars=12)
    said = {"kind": kind, "feature": feature, "what": what, "source": source, "link": link, "initials": initials}
    return {**said, **more}, day


def _figure(edited: Update | None) -> dict[str, object]:
    """Show the fields of a figure; return none of them where no value is given."""
    left, right = st.columns(2)
    value = left.number_input("Value", value=edited.value if edited else None, format="%g")
    unit = right.text_input("Unit", value=edited.unit if edited else "", max_chars=40, placeholder="km, %, people ...")
    return {"value": float(value), "unit": unit} if value is not None else {}


def _written(
    path: Path, entry: Mapping[str, object], day: date | None, edited: Update | None, known: Collection[str]
) -> tuple[str, ...]:
    """Write an entry in place of the edited one, or as a new one; return what keeps it from that, in sentences."""
    today = date.today()
    if day is None:
        return ("Choose the date it holds from; it is not filled in for you.",)
    if day > today and st.session_state.get(FUTURE) != day:
        st.session_state[FUTURE] = day
        return (f"{day_words(day)} is still to come. Send the form again if that is meant.",)
    ahead = {"expected": True} if day > today else {}
    complete = {**entry, **ahead, "date": day, "added": today}
    result = replace_update(path, edited.key, complete, known) if edited else add_update(path, complete, known)
    return () if isinstance(result, Removal) else result

"""How an office gives a segment its own line: a file is checked like any route, then taken over with its source."""

import time
from datetime import date
from pathlib import Path

import shapely
import streamlit as st

from corridor.assessing.region import read_region
from corridor.land.features import Feature, FeatureId, RouteProperties, of_layer
from corridor.office.given_line import MOST_POSITIONS, line_text
from corridor.office.lines import fault_of_line
from corridor.office.updates import LEAST_EXACT_M
from corridor.office.updates_file import add_update
from corridor.present.tables import element
from corridor.reading.limits import LIMITS, MEGABYTE
from corridor.reading.route import Route
from corridor.store.own_file import FileOrigin, FileSource, OwnFile
from corridor.store.visits import Refused
from corridor.ui.checking.adding import FORMATS
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.office_form import DONE
from corridor.ui.frame.text_page import show
from corridor.ui.shipped import shipped
from corridor.ui.visit.uploader import let_go, show_uploader
from corridor.ui.visit.visit import current_visit
from corridor.ui.visit.waiting import finished

HOW = (
    "Send a file, say which segment its line is of, and press the button. From then on your line is drawn and measured "
    "in place of ours everywhere, marked as added by this office. Removing its entry brings ours back."
)


def show_line_form(path: Path, asked_about: str) -> None:
    """Show how a segment gets a line of the office; what is sent is written to its file at `path`.

    `asked_about` is the feature the address names, "" for none.
    """
    state = st.session_state
    st.header("Give a segment your own line")
    show(element("p", HOW, class_="soft"))
    key = f"line-file-{state.setdefault('line_uploads', 0)}"
    words = f"A file with the line: {FORMATS}, at most {LIMITS.file_bytes // MEGABYTE} MB"
    show_uploader(words, LIMITS.file_bytes, key, on_change=_take, args=(key,))
    for problem in state.pop("line_problems", ()):
        show_notice(problem)
    files = {file.id: file for file in current_visit().files}
    if not files:
        return
    newest = list(files)[-1]
    chosen = st.selectbox(
        "File of your visit",
        list(files),
        index=list(files).index(state.get("line_file", newest) if state.get("line_file") in files else newest),
        format_func=lambda identity: files[identity].name,
    )
    file = files[chosen]
    analysis = finished(file)
    if analysis is None:
        return
    routes = [assessment.route for assessment in analysis.assessments]
    if not routes:
        show_notice(f"No line can be taken from “{file.name}”. The page Check a route says why.")
        return
    _show_fields(path, file, routes, asked_about)


def _take(key: str) -> None:
    sent = st.session_state[key]
    if sent is None:
        return
    kept = current_visit().keep(sent.name, sent.getvalue(), FileOrigin(FileSource.UPLOADED), time.monotonic())
    if isinstance(kept, Refused):
        st.session_state["line_problems"] = (f"“{sent.name}” was not kept. {kept.says}",)
    else:
        st.session_state["line_file"] = kept.id
    let_go(sent)
    st.session_state["line_uploads"] += 1


def _show_fields(path: Path, file: OwnFile, routes: list[Route], asked_about: str) -> None:
    segments = {feature["id"]: feature for feature in shipped().features["route"]}
    with st.form("office-line"):
        options = ["", *segments]
        segment = st.selectbox(
            "Segment the line is of",
            options,
            index=options.index(asked_about) if asked_about in segments else 0,
            format_func=lambda identity: segments[identity]["properties"]["label"] if identity else "Choose a segment",
        )
        number = st.selectbox(
            "Line of the file", range(len(routes)), format_func=lambda number: f"{number + 1}. {routes[number].name}"
        )
        left, right = st.columns(2)
        accuracy = left.number_input(
            "Accuracy of the line in metres", min_value=1.0, max_value=LEAST_EXACT_M, value=None, format="%g"
        )
        day = right.date_input(
            "Date of the line", value=None, min_value=date(1900, 1, 1), max_value=date.today(), format="YYYY-MM-DD"
        )
        source = st.text_input("Where the line comes from", max_chars=500, placeholder="Who drew it, and its licence")
        link = st.text_input("Web address of the line's source (may be left empty)", max_chars=500)
        initials = st.text_input("Initials of who takes it over (may be left empty)", max_chars=12)
        if not st.form_submit_button("Draw and measure this line"):
            return
        needed = (
            (segment, "Choose the segment the line is of."),
            (accuracy, "Say how exact the line is, in metres."),
            (day, "Say of which day the line is."),
        )
        if missing := " ".join(words for value, words in needed if not value):
            show_notice(missing)
            return
        entry: dict[str, object] = {
            "kind": "line",
            "what": f"Line from the file {file.name}",
            "feature": segment,
            "accuracy_m": accuracy,
            "date": day,
            "source": source,
            "link": link,
            "initials": initials,
            "added": date.today(),
        }
        problems = _given(path, entry, routes[number], segments[segment])
        if not problems:
            label = segments[segment]["properties"]["label"]
            st.session_state[DONE] = f"Your line is drawn and measured for {label} now."
            st.rerun()
        for problem in problems:
            show_notice(problem)


def _given(path: Path, entry: dict[str, object], route: Route, segment: Feature) -> tuple[str, ...]:
    """Write the line of a route as an entry; return what is wrong instead, () when it is written."""
    if len(route.lines) != 1:
        return (
            f"The line is in {len(route.lines)} parts. Close its gaps on the page Check a route, or send one line.",
        )
    if (count := route.vertices) > MOST_POSITIONS:
        return (f"The line has {count:,} positions; at most {MOST_POSITIONS:,} are taken over. Send it with fewer.",)
    line = shapely.LineString(route.lines[0])
    if fault := fault_of_line(line, of_layer(segment, RouteProperties), read_region()):
        return (f"{fault} Nothing was written.",)
    known: frozenset[FeatureId] = shipped().known_ids
    return add_update(path, {**entry, "line": line_text(line)}, known)

"""Editing on the page that checks a route: a route of the visit, a copy of a candidate, or a line that is drawn."""

import time
from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from corridor.assessing.candidate_lines import candidate_lines
from corridor.assessing.measures import Measures
from corridor.present.own_route.downloads import stem
from corridor.present.own_route.edited_file import candidate_geojson, drawn_geojson, edited_geojson
from corridor.present.tables import element
from corridor.reading.route import Route
from corridor.store.drafts import Draft
from corridor.store.own_file import FileOrigin, FileSource, OwnFile
from corridor.ui.checking.adding import add, tell
from corridor.ui.checking.editor import EditorOpening, show_editor
from corridor.ui.context import briefing_context
from corridor.ui.frame.text_page import show
from corridor.ui.visit.files import choose_file
from corridor.ui.visit.process import drafts
from corridor.ui.visit.visit import MeasuredRoute, current_visit

#: Keeps a line that was edited: its draft, the line as it is drawn, its numbers, and what it is called.
Keep = Callable[[Draft, Route, Measures, str], None]

#: The word of the address for editing, and what it may ask for.
EDIT, ROUTE, NEW = "edit", "route", "new"
NEW_NAME = "Route drawn here"
LOST = (
    "The line was not kept: this application holds it no more, perhaps because it was started anew. It is still on "
    "this page; change something and keep it again."
)
EXPLAINED = (
    "What if the line ran elsewhere? Change it and see at once what that does to its lengths, crossings and answers. "
    "Geometry only: nothing here says what could be built. The route you began with stays as it is."
)


def asked_edit() -> str:
    """Return what the address asks to edit: ROUTE, NEW, or "" for nothing."""
    asked = st.query_params.get(EDIT, "")
    return asked if asked in (ROUTE, NEW) else ""


def unknown_edit() -> str:
    """Return the sentence about an edit the address asks for and nobody knows; nothing where all is well."""
    asked = st.query_params.get(EDIT, ROUTE)
    if asked in (ROUTE, NEW):
        return ""
    return f"The address asks to edit “{asked[:20]}”, which is not known here; “{ROUTE}” and “{NEW}” are."


def show_beginnings() -> None:
    """Offer to draw a line, and to begin with a copy of a shipped candidate."""
    candidates = {i: briefing_context().shipped.candidates[i].name for i in briefing_context().drawn_candidates}
    with st.container(horizontal=True, key="beginnings", vertical_alignment="bottom", gap="medium"):
        st.button("Draw a new route", on_click=_begin_drawing)
        chosen = st.selectbox(
            "Or begin with a shipped candidate", list(candidates), format_func=candidates.__getitem__, width=420
        )
        st.button("Copy it and edit the copy", on_click=_copy_candidate, args=(chosen,))


def _begin_drawing() -> None:
    st.query_params.from_dict({EDIT: NEW})


def _copy_candidate(identity: str) -> None:
    candidate = briefing_context().shipped.candidates[identity]
    data = candidate_geojson(
        candidate,
        candidate_lines(candidate, briefing_context().shipped.by_id),
        briefing_context().candidate_route(identity),
        date.today(),
    )
    if add(f"{candidate.id}.geojson", data, FileOrigin(FileSource.CANDIDATE, candidate=candidate.id)):
        st.query_params[EDIT] = ROUTE


def offer_edit() -> None:
    """Offer to edit the route that is shown."""
    st.button("Edit this route on the map", key="edit-route", on_click=_begin_edit)


def _begin_edit() -> None:
    st.query_params[EDIT] = ROUTE


def show_edit(route: MeasuredRoute) -> None:
    """Show the editor of a route of the visit."""
    opening: EditorOpening = {"file": route.file.id, "route": route.number}
    _show(f"{route.line.name} (edited)", opening, partial(_keep_edited, route.file, route.number))


def show_drawing() -> None:
    """Show the editor of a line that is drawn from nothing."""
    _show(NEW_NAME, {}, _keep_drawn)


def _show(name: str, opening: EditorOpening, keep: Keep) -> None:
    st.header("What if")
    show(element("p", EXPLAINED, class_="lead"))
    key = "-".join(["edit", *map(str, opening.values())])
    show_editor(key, name, opening, lambda draft, applied, called: _kept(keep, draft, applied, called or name), _stop)


def _stop() -> None:
    st.query_params.pop(EDIT, None)


def _kept(keep: Keep, draft: str, applied: int, name: str) -> None:
    held = drafts().find(current_visit().token, draft, time.monotonic())
    if held is None or held.applied != applied:
        tell(LOST)
        return
    with held.lock:
        drawn, measures = held.line.route(), held.line.assessment().measures
    keep(held, drawn, measures, name.strip())


def _keep_edited(file: OwnFile, number: int, draft: Draft, drawn: Route, now: Measures, name: str) -> None:
    # An open page holds no measured route: the draft knows what it began as, and is counted.
    if draft.before is None:
        tell(LOST)
        return
    data, changes = edited_geojson(drawn, now, draft.before, name, file.name, file.sha256, number, date.today())
    origin = FileOrigin(FileSource.EDITED, file=file.id, sha256=file.sha256, changes=changes)
    _add(name, data, origin)


def _keep_drawn(_draft: Draft, drawn: Route, _now: Measures, name: str) -> None:
    _add(name, drawn_geojson(drawn, name, date.today()), FileOrigin(FileSource.DRAWN))


def _add(name: str, data: bytes, origin: FileOrigin) -> None:
    if add(f"{stem(name.replace('/', '-'))}.geojson", data, origin):
        file = current_visit().files[-1]
        choose_file(file.id)

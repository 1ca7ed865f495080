"""Files that came in one drop: their routes are ready to be set side by side."""

from collections.abc import Sequence

import streamlit as st

from corridor.assessing.comparison import AT_MOST
from corridor.present.tables import element
from corridor.quantities import counted, listed
from corridor.store.bounds import Failed
from corridor.store.own_file import FileId, OwnFile, own_route_id
from corridor.store.visits import Visit
from corridor.store.work import FileAnalysis
from corridor.ui.checking.adding import SEEKING, TOGETHER
from corridor.ui.visit.files import choose_file, may_hold_route
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import analysis_job, routes_at_hand

COMPARE_PAGE = "compare_routes.py"


def show_first_with_route(visit: Visit, shown: OwnFile) -> None:
    """Of files that came together go on to the next while the one shown has no route, and back to the first at last.

    Nothing is done while a file is being read, nor once the reader chose one.
    """
    waiting: list[FileId] = st.session_state.get(SEEKING, [])
    came: list[FileId] = st.session_state.get(TOGETHER, [])
    outcome = job_queue().known(analysis_job(visit, shown)) if waiting else None
    if not waiting or waiting[0] != shown.id:
        st.session_state.pop(SEEKING, None)
        return
    if isinstance(outcome, FileAnalysis) and outcome.assessments:
        st.session_state.pop(SEEKING, None)
    elif isinstance(outcome, FileAnalysis | Failed):
        left = [identity for identity in waiting[1:] if visit.file(identity) is not None]
        st.session_state[SEEKING] = left
        if following := next(iter(left or came), None):
            choose_file(following)
            st.rerun()


def offer_comparison(visit: Visit, shown: OwnFile) -> None:
    """Lead to routes side by side: those of files that came together, the first of each file first, or of the one file.

    A file that was not read yet is named by its first route; the comparison reads it.
    """
    files = [file for identity in st.session_state.get(TOGETHER, ()) if (file := visit.file(identity)) is not None]
    if len(files) < 2:
        files = [shown]
    routes, unread = routes_at_hand(visit)
    unread = tuple(file for file in unread if may_hold_route(file))
    # How many routes a file has that was not read yet is not known; it may have none.
    known = not any(file in files for file in unread)
    numbered = [(route.number, files.index(route.file), route.line.id) for route in routes if route.file in files]
    numbered += [(1, files.index(file), own_route_id(file.id, 1)) for file in unread if file in files]
    names = [identity for *_, identity in sorted(numbered)]
    if len(files) == 1 and not (known and len(names) > 1):
        return
    with st.container(horizontal=True, key="together", vertical_alignment="center", gap="medium"):
        said = _without_kilometres(visit, files) or _came(len(files), len(names), known=known)
        st.html(element("p", said), width="content")
        if len(names) > 1:
            words = counted(min(len(names), AT_MOST), "route")
            left_out = f" (of {len(names)})" if len(names) > AT_MOST else ""
            label = f"Set {words}{left_out} side by side →" if known else "Set their routes side by side →"
            st.page_link(COMPARE_PAGE, label=label, width="content", query_params={"routes": ",".join(names[:AT_MOST])})


def _without_kilometres(visit: Visit, files: Sequence[OwnFile]) -> str:
    """Return that none of several files gives kilometres, and which wait for the reader; "" where any gives some."""
    every = [job_queue().known(analysis_job(visit, file)) for file in files]
    read = [analysis for analysis in every if isinstance(analysis, FileAnalysis)]
    if len(files) < 2 or len(read) < len(files) or any(analysis.assessments for analysis in read):
        return ""
    waiting = [
        f"“{file.name}”"
        for file, analysis in zip(files, read, strict=True)
        if any(finding.blocks and (finding.choices or finding.mendable) for finding in analysis.reading.findings)
    ]
    for_you = f"{listed(waiting)} {'wait' if len(waiting) > 1 else 'waits'} for your answer or mend"
    return f"None of the {len(files)} files gives kilometres yet{f'; {for_you}' if waiting else ''}."


def _came(files: int, routes: int, *, known: bool) -> str:
    """Return what came, in a sentence; `known` says that every file was read."""
    if files == 1:
        return f"This file has {routes} routes; one of them is shown below."
    several = f" with {routes} routes" if known and routes > files else ""
    return f"{counted(files, 'file')}{several} came together; one file is shown below, the others by their “Show file”."

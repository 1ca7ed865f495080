"""What a page shows while long work is under way, with a way to stop it, and what it says when nothing came of it."""

import streamlit as st

from corridor.pages._office import show_notice
from corridor.pages._paper import show
from corridor.pages._store import desk
from corridor.pages._visit import current_visit, errand, looked
from corridor.present.tables import element
from corridor.store.own_file import OwnFile
from corridor.store.pool import Failed, Job
from corridor.store.work import Looked

#: Seconds between two looks at how far the work has come.
EVERY = 0.5


def finished(file: OwnFile) -> Looked | None:
    """Return what came of looking at a file; None while it is under way or when it failed, which is then shown."""
    visit = current_visit()
    found = looked(visit, file)
    if isinstance(found, Looked):
        return found
    if isinstance(found, Job):
        _under_way(file)
    else:
        _failed(file, found)
    return None


@st.fragment(run_every=EVERY)
def _under_way(file: OwnFile) -> None:
    job = looked(current_visit(), file, patience=0.0)
    if not isinstance(job, Job):
        st.rerun()
    with st.container(key="under-way"):
        show(element("p", element("strong", file.name), f": {job.stage} …", role="status", class_="under-way"))
        st.button("Cancel", key="cancel", on_click=_cancel, args=(file,))


def _cancel(file: OwnFile) -> None:
    desk().cancel(errand(current_visit(), file))


def _failed(file: OwnFile, failure: Failed) -> None:
    show_notice(f"“{file.name}” was not read. {failure.says}")
    st.button("Read it again", key="again", on_click=_again, args=(file,))


def _again(file: OwnFile) -> None:
    desk().again(errand(current_visit(), file))

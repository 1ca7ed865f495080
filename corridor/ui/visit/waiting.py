"""What a page shows while long work is under way, with a way to stop it, and what it says when nothing came of it."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from corridor.present.tables import element
from corridor.store.bounds import Failed
from corridor.store.job_queue import Job
from corridor.store.own_file import OwnFile
from corridor.store.running_job import RunningJob
from corridor.store.work import FileAnalysis
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import show
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import analysis_job, current_visit, file_analysis

T = TypeVar("T")
#: Seconds between two looks at how far the work has come.
EVERY = 0.5


def finished(file: OwnFile) -> FileAnalysis | None:
    """Return what came of analysing a file; None while it is under way or when it failed, which is then shown."""
    visit = current_visit()
    return awaited(
        lambda **patience: file_analysis(visit, file, **patience),
        analysis_job(visit, file),
        name=file.name,
        failed=f"“{file.name}” was not read.",
        again="Read it again",
    )


def awaited(
    ask: Callable[..., T | RunningJob[T] | Failed], about: Job[T], *, name: str, failed: str, again: str
) -> T | None:
    """Return what came of a job; None while it is under way or when it failed, which is then shown.

    `ask` asks for it, and takes how many seconds it may be waited for as `patience`. `name` says what is worked on,
    `failed` is the sentence before the reason, `again` what is written on the button that tries it once more.
    """
    outcome = ask()
    if isinstance(outcome, RunningJob):
        _under_way(ask, about, name)
    elif isinstance(outcome, Failed):
        show_notice(f"{failed} {outcome.says}")
        st.button(again, key="again", on_click=job_queue().again, args=(job_queue().remembered(about),))
    else:
        return outcome
    return None


@st.fragment(run_every=EVERY)
def _under_way(ask: Callable[..., object], about: Job[Any], name: str) -> None:
    job = ask(patience=0.0)
    if not isinstance(job, RunningJob):
        st.rerun()
    with st.container(key="under-way"):
        show(element("p", element("strong", name), f": {job.stage} …", role="status", class_="under-way"))
        st.button("Cancel", key="cancel", on_click=job_queue().cancel, args=(about,))

"""The visit of whoever looks at a page: their files, what came of reading them, and the routes found in them."""

import time
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.runtime.scriptrunner import get_script_run_ctx

from corridor.assessing.assessment import Assessment
from corridor.assessing.thresholds import Span
from corridor.present.map_request import OwnLine
from corridor.reading.limits import LIMITS
from corridor.reading.samples import find_sample
from corridor.store.bounds import Failed
from corridor.store.job_queue import PATIENCE, Job
from corridor.store.own_file import OwnFile, own_route_id
from corridor.store.running_job import RunningJob
from corridor.store.tokens import is_token, new_token
from corridor.store.visits import Visit
from corridor.store.work import FileAnalysis, Request, analyse, is_small, turns
from corridor.storyboard.open_findings import UNMENDED, MendsSaid, open_findings, said_of_mends
from corridor.ui.visit.process import job_queue, uploads, visits

#: Holds the token of a visit; no script can read it.
COOKIE = "corridor_visit"
#: Says that the visit has files, so that a visitor can be told when it ended with the server; it holds no secret.
KEPT = "corridor_kept"


@dataclass(frozen=True, eq=False, slots=True)
class MeasuredRoute:
    """One measured route of a visit; `number` counts the routes of its file from 1.

    `line.id` names it on maps, in lists and in addresses (`own_route_id`). `open_findings` is what checking its file
    found and was not mended, "" for nothing; `mends` what was changed in it first.
    """

    file: OwnFile
    number: int
    assessment: Assessment
    line: OwnLine
    open_findings: str = ""
    mends: MendsSaid = UNMENDED


def current_visit() -> Visit:
    """Return the visit of whoever looks at this page; a browser without cookies has one until it reloads the page."""
    token = st.context.cookies.get(COOKIE, "")
    if not is_token(token):
        token = st.session_state.setdefault(COOKIE, new_token())
        if context := get_script_run_ctx(suppress_warning=True):
            uploads().page_without_cookie(context.session_id, token)
    return visits().visit(token, time.monotonic())


def has_cookie() -> bool:
    """Whether the browser sent the cookie by which its visit is found again after a reload."""
    return is_token(st.context.cookies.get(COOKIE, ""))


def follows_ended(visit: Visit) -> bool:
    """Whether this visitor had files in a visit that ended, and was not told so yet."""
    had_files = st.session_state.get(KEPT, KEPT in st.context.cookies)
    if had_files and not visit.begun:
        visit.begin_after_ended(time.monotonic())
    return visit.follows_ended


def analysis_job(visit: Visit, file: OwnFile) -> Job[FileAnalysis]:
    """Return what there is to do for a file: read it, do the accepted mends, measure and judge its routes."""
    sample = find_sample(file.origin.sample) if file.origin.sample else None
    request = Request(
        path=file.path,
        sha256=file.sha256,
        name=file.name,
        accepted=tuple(sorted(file.accepted.items())),
        tolerance=file.tolerance,
        limits=sample.limits if sample else LIMITS,
        mode=file.mode,
    )
    return Job(visit.token, frozenset({file.sha256}), analyse, (request,), size=file.size)


def file_analysis(
    visit: Visit, file: OwnFile, patience: float = PATIENCE
) -> FileAnalysis | RunningJob[FileAnalysis] | Failed:
    """Return what came of analysing a file, the job that is still under way, or why there is nothing."""
    return job_queue().ask(analysis_job(visit, file), here=is_small(file.path), patience=patience)


def own_routes(file: OwnFile, analysis: FileAnalysis) -> tuple[MeasuredRoute, ...]:
    """Return the measured routes of a file."""
    left_open, mends = open_findings(analysis.reading.findings), said_of_mends(analysis.mended)
    return tuple(
        MeasuredRoute(
            file, number, assessment, _line(own_route_id(file.id, number), assessment, parts), left_open, mends
        )
        for number, (assessment, parts) in enumerate(zip(analysis.assessments, analysis.drawn, strict=True), start=1)
    )


def spans(visit: Visit, route: MeasuredRoute) -> dict[str, tuple[Span, ...]]:
    """Return at which accuracy of the border the answers about a route turn; found within a tenth of a second."""
    asked = Job(visit.token, frozenset({route.file.sha256}), turns, (route.assessment,))
    return job_queue().once(asked)


def routes_at_hand(visit: Visit) -> tuple[tuple[MeasuredRoute, ...], tuple[OwnFile, ...]]:
    """Return the routes of a visit that are known or quickly found, and the files that would have to be read first."""
    routes: list[MeasuredRoute] = []
    unread: list[OwnFile] = []
    for file in visit.files:
        known = job_queue().known(analysis_job(visit, file))
        analysis = file_analysis(visit, file) if known is None and is_small(file.path) else known
        if isinstance(analysis, FileAnalysis):
            routes += own_routes(file, analysis)
        elif analysis is None:
            unread.append(file)
    return tuple(routes), tuple(unread)


def _line(identity: str, assessment: Assessment, parts: tuple[NDArray[np.float64], ...]) -> OwnLine:
    return OwnLine(identity, assessment.route.name, parts, assessment.route.mode or "")

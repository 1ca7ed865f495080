"""The files of a briefing: each is written when it is asked for, by a worker that can be cancelled."""

from dataclasses import replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Literal

import streamlit as st

from corridor.present.briefing_files.formats import FORMATS, Format
from corridor.present.briefing_files.work import Written, written_story
from corridor.present.publication import published
from corridor.present.story.briefing import ADDRESS, ExportOptions
from corridor.present.tables import element
from corridor.reading.limits import LIMITS
from corridor.store.job_queue import Job
from corridor.store.visits import Visit
from corridor.storyboard.writing import story_bytes
from corridor.ui.briefing.own_stories import OpenStory
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import show
from corridor.ui.visit.asked_again import known
from corridor.ui.visit.download import show_download
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.uploader import show_uploader
from corridor.ui.visit.waiting import awaited

TOLD = "Made of the scenes that are not hidden; every file says the same numbers with the same sources and dates."
Paper = Literal["a4", "letter"]
PAPERS: dict[Paper, str] = {"a4": "A4", "letter": "Letter"}


def show_briefing_files(visit: Visit, open_story: OpenStory) -> None:
    """Offer the briefing in every kind of file."""
    st.header("Leave behind")
    show(element("p", TOLD, class_="soft"))
    what = {kind.suffix: f"{kind.suffix.upper()}: {kind.what}" for kind in FORMATS}
    left, right = st.columns([3, 1], gap="large")
    suffix = left.selectbox("Kind of file", list(what), format_func=lambda suffix: what[suffix], key="kind")
    kind = next(kind for kind in FORMATS if kind.suffix == suffix)
    options = _options(kind, right)
    asked = f"asked-{open_story.key}"
    # A session holds no template: it may have 60 MB.
    wanted = (kind.suffix, replace(options, template=b""), sha256(options.template).digest())
    if left.button("Write the file", key="write"):
        st.session_state[asked] = wanted
    if st.session_state.get(asked) == wanted:
        made = file_of(visit, open_story, kind, options)
        if made is not None:
            data = made.data
            if made.says:
                show_notice(made.says)
            size = f"{len(data) / 1e6:.1f} MB" if len(data) >= 100_000 else f"{len(data) / 1e3:.0f} kB"
            name = f"{open_story.story.id}.{kind.suffix}"
            show_download(
                f"Take {name} ({size})",
                partial(_data_again, job_queue().remembered(_job(visit, open_story, kind, options))),
                name,
                kind.media_type,
                key="take-file",
                own=bool(options.template),
            )


def _options(kind: Format, place: st.delta_generator.DeltaGenerator) -> ExportOptions:
    options = ExportOptions()
    if "paper" in kind.takes:
        paper: Paper = place.selectbox("Paper", PAPERS, format_func=lambda paper: PAPERS[paper], key="paper")
        options = replace(options, paper=paper)
    if "template" in kind.takes:
        sent = show_uploader("Your own template", LIMITS.file_bytes, "template", ["pptx"], place)
        options = replace(options, template=sent.getvalue() if sent is not None else b"")
    if "address" in kind.takes:
        options = replace(options, address=(st.context.url or ADDRESS).partition("/briefing")[0].rstrip("/"))
    return options


def _job(visit: Visit, open_story: OpenStory, kind: Format, options: ExportOptions) -> Job[Written]:
    arguments = (story_bytes(open_story.story), date.today(), kind.suffix, options, published().lines)
    # With the story goes what was written of it; a shipped one stays.
    about = frozenset({open_story.kept_as[1]}) if open_story.own else frozenset[str]()
    return Job(visit.token, about, written_story, arguments)


def _data_again(remembered: Job[Written]) -> bytes:
    return known(remembered).data


def file_of(visit: Visit, open_story: OpenStory, kind: Format, options: ExportOptions) -> Written | None:
    """Return a file of the briefing; None while a worker writes it or when that came to nothing, which is told."""
    job = _job(visit, open_story, kind, options)
    return awaited(
        partial(job_queue().ask, job),
        job,
        name=f"{open_story.story.id}.{kind.suffix}",
        failed="The file was not written.",
        again="Write it again",
    )

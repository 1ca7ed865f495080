"""What all visitors of this process share: the store of their visits, the queue of their work, what both hold."""

import time
from collections.abc import Callable
from functools import cache, partial
from threading import Thread

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from corridor.present.context import StoryMeasurements
from corridor.reading.limits import MEGABYTE
from corridor.settings import read_settings
from corridor.store.bounds import bounds_of
from corridor.store.downloads import Downloads
from corridor.store.drafts import Drafts
from corridor.store.job_queue import JobQueue
from corridor.store.pool import Pool
from corridor.store.results import Results
from corridor.store.tokens import Token
from corridor.store.uploads import UploadCaps, Uploads
from corridor.store.visits import Caps, Visits
from corridor.storyboard.editing import History
from corridor.storyboard.opening import Opened
from corridor.ui.visit.sent_files import drop_file, drop_session

SWEEP_SECONDS = 300.0
#: Bytes of the files of stories that are kept as they were opened: all that one visit may hold, since its page opens
#: every one of them, and some of others.
OPENED_BYTES = 250 * MEGABYTE
#: Bytes of what was measured for stories; one of twelve long routes has some megabytes.
MEASURED_BYTES = 200 * MEGABYTE
#: Bytes of the versions of all stories that are being edited; those changed longest ago cannot be taken back then.
HISTORY_BYTES = 200 * MEGABYTE


@cache
def job_queue() -> JobQueue:
    """Return the one queue of this process, which every page asks for long work."""
    return JobQueue(Pool(bounds_of(read_settings())), asking=_whoever_asks, network_of=uploads().network_of)


def _whoever_asks() -> Callable[[], bool] | None:
    """Return what tells whether the page that asks is still open; None where no browser asks."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return None
    return partial(runtime.get_instance().is_active_session, context.session_id)


@cache
def drafts() -> Drafts:
    """Return all lines that are being edited in this process; who asks for one needs the token of its visit."""
    return Drafts()


@cache
def visits() -> Visits:
    """Return all visits of this process; who asks for one needs its token."""
    settings = read_settings()
    caps = Caps(
        visit_bytes=round(settings.visit_mb * MEGABYTE),
        all_bytes=round(settings.visits_mb * MEGABYTE),
        idle_seconds=settings.visit_hours * 3600,
    )
    arriving = uploads()
    kept = Visits(caps, None, _forgotten, network_of=arriving.network_of, open_visits=arriving.open_visits)
    Thread(target=_end_idle_visits, args=(kept,), daemon=True).start()
    return kept


@cache
def downloads() -> Downloads:
    """Return what the pages of this process offer to be taken away; who asks for it needs the token of its visit."""
    return Downloads()


@cache
def opened_stories() -> Results[tuple[Token, str], Opened]:
    """Return the stories of visits as they were opened, by the token of the visit and the version of the note."""
    return Results(OPENED_BYTES)


@cache
def histories() -> Results[tuple[Token, str], History]:
    """Return the stories that are edited with the versions before them, by token and version of the note."""
    return Results(HISTORY_BYTES)


@cache
def story_measurements() -> Results[tuple[Token, str], StoryMeasurements]:
    """Return what was measured for stories so far, by the token and the version of the note."""
    return Results(MEASURED_BYTES)


@cache
def uploads() -> Uploads:
    """Return what is known of files on their way into this process."""
    settings = read_settings()
    caps = UploadCaps(round(settings.visit_mb * MEGABYTE), round(settings.uploads_mb * MEGABYTE))
    return Uploads(caps, drop_session, drop_file)


def _forgotten(token: Token, sha256: str) -> None:
    """Let everything go that was made from a file whose bytes are gone."""
    job_queue().forgotten(token, sha256)
    drafts().forgotten(token, sha256)
    downloads().forgotten(token, sha256)
    forget_story((token, sha256))


def forget_story(kept_as: tuple[Token, str]) -> None:
    """Let everything go that was made from one version of a story; `kept_as` are its visit's token and the version."""
    for kept in (opened_stories(), histories(), story_measurements()):
        kept.drop(lambda version: version == kept_as)


def _end_idle_visits(kept: Visits) -> None:
    """Delete what was left alone for too long even when nobody comes any more."""
    while True:
        time.sleep(SWEEP_SECONDS)
        kept.end_idle(time.monotonic())
        for token in downloads().visits():
            if not kept.begun(token):
                downloads().visit_ended(token)


def close_visits() -> None:
    """End all work and delete every visitor's bytes, where there are any; for the end of the application."""
    if job_queue.cache_info().currsize:
        job_queue().close()
    if visits.cache_info().currsize:
        visits().close()

"""What all visitors of this process share: one store of visits, and one desk at which their work is done."""

import time
from functools import cache
from threading import Thread

from corridor.reading.limits import MEGABYTE
from corridor.settings import read_settings
from corridor.store.desk import Desk
from corridor.store.drafts import Drafts
from corridor.store.pool import Bounds, Pool
from corridor.store.visits import Caps, Token, Visits

SWEEP_SECONDS = 300.0


@cache
def desk() -> Desk:
    """Return the one desk of this process."""
    settings = read_settings()
    return Desk(Pool(Bounds(memory_mb=round(settings.work_mb), seconds=settings.work_seconds)))


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
    kept = Visits(caps, forgotten=_forgotten)
    Thread(target=_end_idle_visits, args=(kept,), daemon=True).start()
    return kept


def _forgotten(token: Token, sha256: str) -> None:
    """Let everything go that was made from a file whose bytes are gone."""
    desk().forgotten(token, sha256)
    drafts().forgotten(token, sha256)


def _end_idle_visits(kept: Visits) -> None:
    """Delete what was left alone for too long even when nobody comes any more."""
    while True:
        time.sleep(SWEEP_SECONDS)
        kept.end_idle(time.time())


def close_visits() -> None:
    """End all work and delete every visitor's bytes, where there are any; for the end of the application."""
    if desk.cache_info().currsize:
        desk().close()
    if visits.cache_info().currsize:
        visits().close()

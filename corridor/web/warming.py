"""Everything that is done once per process is done before somebody waits for it: every page is opened, unseen.

The first run of a page compiles its script, imports what it draws with, reads the land, validates charts; together that
took seconds of the first visitor's time. So a viewer of our own opens the pages one after the other, in the order of
the menu, as soon as the server answers, and leaves. What is there then stays, and is kept from being looked through by
each collection of garbage: with the pages warm, a full one took 0.1 s in which nobody was answered (measured).
"""

import asyncio
import gc
import logging
import time
from collections.abc import Callable
from datetime import date

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime, SessionClient

from corridor.present.paper.pages import pages
from corridor.present.paper.typesetting import PrintedDocument
from corridor.store import work
from corridor.ui.context import briefing_context
from corridor.ui.frame.menu_entries import ENTRIES
from corridor.ui.searching import search

logger = logging.getLogger(__name__)

#: Seconds a page is waited for.
PATIENCE = 60.0
#: Seconds between two pages, in which visitors who are there already are served.
PAUSE = 0.05


class _Viewer(SessionClient):
    """Somebody who looks at nothing, and only takes note of when a page is whole."""

    def __init__(self) -> None:
        self.finished = asyncio.Event()

    def write_forward_msg(self, msg: ForwardMsg) -> None:
        if msg.WhichOneof("type") == "script_finished":
            self.finished.set()


async def open_every_page() -> None:
    """Have every page of the menu run once, in a session that is closed afterwards; on the server's own event loop."""
    runtime, viewer = Runtime.instance(), _Viewer()
    session = runtime.connect_session(viewer, user_info={})
    try:
        for entry in ENTRIES:
            viewer.finished.clear()
            runtime.handle_backmsg(session, BackMsg(rerun_script=ClientState(page_name=entry.path)))
            await asyncio.wait_for(viewer.finished.wait(), PATIENCE)
            await asyncio.sleep(PAUSE)
    finally:
        runtime.close_session(session)


def read_land() -> None:
    """Read the land that lines are measured against, as a whole and for one that is being edited."""
    work.edited_region()


def typeset_a_page() -> None:
    """Typeset an empty page, for which the typefaces are looked through."""
    pages(PrintedDocument(title="Nothing yet", made_on=date.today()), "", [])


async def measure_candidates() -> None:
    """Measure every shipped candidate that can be compared, and rest for as long as each took."""
    for identity in briefing_context().drawn_candidates:
        begun = time.monotonic()
        await asyncio.to_thread(briefing_context().candidate_route, identity)
        await asyncio.sleep(time.monotonic() - begun)


def keep_what_is_there() -> None:
    """Keep all that was made so far from being looked through by collections of garbage; it stays anyway."""
    gc.collect()
    gc.freeze()


async def warm_up(*, before: Callable[[], object]) -> None:
    """Do all of it, the pages first; `before` is begun ahead of them and takes no time here.

    What fails is written to the log and left: whoever opens that page is told, as at any time.
    """
    before()
    try:
        await open_every_page()
        await asyncio.to_thread(search)
        await asyncio.to_thread(read_land)
        await asyncio.to_thread(typeset_a_page)
        await measure_candidates()
        await asyncio.to_thread(keep_what_is_there)
    except Exception:
        logger.exception("Not everything could be made ready beforehand; the application goes on")

"""The web application: Streamlit's pages, the files they fetch, and the headers every answer carries.

`streamlit run app.py` and `python app.py` both start it, on the address of .streamlit/config.toml. Shipped data that
cannot be used stops it here, with one sentence, before anything is drawn.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import streamlit as st
from starlette.middleware import Middleware
from starlette.types import ASGIApp

from corridor.errors import CorridorError
from corridor.present.publication import published
from corridor.reading.samples import read_samples
from corridor.settings import read_settings
from corridor.store.confinement import remove_socket_folder
from corridor.store.freed_memory import keep_freed_memory
from corridor.ui.answering.fetched import questions
from corridor.ui.context import stories
from corridor.ui.visit.process import job_queue
from corridor.web.assets import Preload, asset_routes, preload_links
from corridor.web.body_timeout import BodyTimeout
from corridor.web.closed import AGENTS, METRICS, ClosedAddresses
from corridor.web.closed_page import closed_page_routes
from corridor.web.connections import Connections
from corridor.web.downloads import OwnDownloads
from corridor.web.headers import SecurityHeaders, tile_origin
from corridor.web.hosts import HostAndOrigin
from corridor.web.import_path import keep_import_path_still
from corridor.web.measuring import measuring_routes
from corridor.web.promptness import answer_at_once
from corridor.web.readiness import Readiness, look_at_a_sample
from corridor.web.refusing import keep_refusals_out_of_the_log
from corridor.web.request_tracking import RequestTracking
from corridor.web.searching import searching_routes
from corridor.web.uploads import GuardedUploads, SessionWatch
from corridor.web.visit import VisitCookie, visits_end_with_it
from corridor.web.visitor_address import VisitorAddress
from corridor.web.warming import warm_up
from corridor.web.websocket_bounds import WebsocketBounds
from corridor.web.websocket_limits import WebsocketLimits

SCRIPT = "corridor/pages/_menu.py"

try:
    settings = read_settings()
except ValueError as error:
    raise SystemExit(f"corridor: {error}") from None
if settings.tiles and not tile_origin(settings.tiles):
    raise SystemExit(
        f"corridor: CORRIDOR_TILES is {settings.tiles!r}; 'https://host/{{z}}/{{x}}/{{y}}.png' was expected."
    )
try:
    publication = published()
    questions()
    stories()
    read_samples()
except CorridorError as error:
    raise SystemExit(f"corridor: {error}") from None

# What is shipped stays as it is while the process lives; a full collection that walks it stops every visitor for 0.1 s.
gc.collect()
gc.freeze()


@asynccontextmanager
async def from_start_to_stop(served: ASGIApp) -> AsyncIterator[None]:
    """What is done once, before the first connection and after the last."""
    answer_at_once()
    keep_freed_memory()
    keep_import_path_still(Path(__file__).parent / SCRIPT)
    keep_refusals_out_of_the_log()
    warming = asyncio.create_task(warm_up(before=job_queue().warm))
    warming.add_done_callback(lambda _: warmed.set())
    readiness.prepare()
    async with connections.looked_after(), visits_end_with_it(served):
        yield
    warming.cancel()
    remove_socket_folder()


connections = Connections(settings.connections)
warmed = Event()
readiness = Readiness([look_at_a_sample, warmed.wait])
opened = [*([METRICS] if settings.metrics else []), *([AGENTS] if settings.agents else [])]
served_by = "https" if st.get_option("server.sslCertFile") else "http"
app = st.App(
    SCRIPT,
    lifespan=from_start_to_stop,
    routes=[
        *asset_routes(publication.files, lambda: published().files),
        *measuring_routes(),
        *searching_routes(),
        *readiness.routes(),
        *closed_page_routes(),
    ],
    middleware=[
        Middleware(RequestTracking),
        Middleware(VisitorAddress, proxies=settings.proxy),
        Middleware(SecurityHeaders, tiles=settings.tiles),
        Middleware(BodyTimeout),
        Middleware(HostAndOrigin, origins=settings.hosts, scheme=served_by, programs=AGENTS if settings.agents else ""),
        Middleware(ClosedAddresses, opened=opened),
        Middleware(Preload, links=preload_links(publication)),
        Middleware(VisitCookie, a_minute=settings.new_visits),
        Middleware(WebsocketLimits, bounds=WebsocketBounds(viewers=settings.viewers), watch=SessionWatch()),
        Middleware(GuardedUploads),
        Middleware(OwnDownloads),
    ],
)

if __name__ == "__main__":
    app.run()

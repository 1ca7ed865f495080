"""The GET route that answers a search at once: `/search?q=WORDS`, the same list as `corridor search WORDS --json`."""

import time
from collections.abc import Sequence

import anyio
import orjson
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from corridor.searching.finding import SearchTooLongError
from corridor.ui.searching import hits_for
from corridor.web.messages import BUSY
from corridor.web.networks import network_asking
from corridor.web.visit import token_of
from corridor.web.waiting_room import NoPlaceError, WaitingRoom

ADDRESS = "/search"
#: Searches answered at the same time, which share one index, and how many may wait for their turn.
AT_ONCE, MOST_WAITING = 1, 100


def searching_routes() -> list[BaseRoute]:
    """Return the route; own routes are looked for by the cookie of the visit, and by nothing the address says."""
    room = WaitingRoom(AT_ONCE, MOST_WAITING)
    threads = anyio.CapacityLimiter(AT_ONCE)

    async def search(request: Request) -> Response:
        token, asked = token_of(request), request.query_params.get("q", "")
        try:
            async with room.turn(token or "", network_asking(request.scope)):
                return _answer(200, await run_sync(hits_for, token, asked, time.monotonic(), limiter=threads))
        except SearchTooLongError as problem:
            return _answer(400, {"says": str(problem)})
        except NoPlaceError:
            return _answer(503, {"says": BUSY})

    return [Route(ADDRESS, search, methods=["GET"])]


def _answer(status: int, answer: Sequence[object] | dict[str, str]) -> Response:
    """Return JSON that nobody keeps: the list may name routes of one visit."""
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(answer), status_code=status, media_type="application/json", headers=headers)

"""The POST route by which a page has a line measured while it is edited: same site, small, the latest movement wins."""

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import anyio
import orjson
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from corridor.assessing.editing import EditError
from corridor.pages._editor import ADDRESS
from corridor.store.drafts import OutOfStepError
from corridor.store.visits import Token
from corridor.web.visit import token_of
from corridor.web.what_if import BadRequestError, answer_edits, answer_opening, is_opening

#: Bytes of one request: a line of 50,000 vertices told in full, or some thousand edits.
MOST_BYTES = 4_000_000
#: Lines measured at the same time, and how many may wait for their turn.
AT_ONCE = 2
MOST_WAITING = 24
BUSY = "This machine is busy. Your edits are kept on this page and are measured as soon as it answers again."
NO_ROOM = f"More than {MOST_BYTES // 1_000_000} MB were sent; a line of up to 50,000 vertices takes less."
STRANGE = "This address answers the pages of this application only."
NO_COOKIE = (
    "This browser sends no cookie, by which the line you edit would be found again. Allow cookies of this address and "
    "load the page anew; until then a route can be measured by adding it as a file."
)


def measuring_routes() -> list[BaseRoute]:
    """Return the route; it holds nothing but who may measure at the moment."""
    limiter = anyio.CapacityLimiter(AT_ONCE)

    async def what_if(request: Request) -> Response:
        try:
            token = _visit_of(request)
            told = await _read(request)
            call = answer_opening if is_opening(told) else answer_edits
            if limiter.statistics().tasks_waiting >= MOST_WAITING:
                raise BadRequestError(503, BUSY)
            work: Callable[[], Mapping[str, Any]] = call(token, told, time.time())
            return _answer(200, await run_sync(work, limiter=limiter))
        except BadRequestError as refusal:
            return _answer(refusal.status, {"says": str(refusal)})
        except EditError as problem:
            return _answer(422, {"says": str(problem)})
        except OutOfStepError:
            return _answer(409, {"says": "Edits before these did not arrive.", "tell_all": True})

    return [Route(ADDRESS, what_if, methods=["POST"])]


def _answer(status: int, told: Mapping[str, Any]) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(told), status_code=status, media_type="application/json", headers=headers)


def _visit_of(request: Request) -> Token:
    """Return the token of the visit that asks; refuse what another site's page sends, and whoever has no visit."""
    headers = request.headers
    origin = headers.get("origin", "")
    if headers.get("sec-fetch-site", "same-origin") != "same-origin" or urlsplit(origin).netloc != headers.get("host"):
        raise BadRequestError(403, STRANGE)
    if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise BadRequestError(415, "What is sent here has to be JSON (content type application/json).")
    token = token_of(request)
    if token is None:
        raise BadRequestError(403, NO_COOKIE)
    return token


async def _read(request: Request) -> dict[str, Any]:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MOST_BYTES:
            raise BadRequestError(413, NO_ROOM)
    try:
        told = orjson.loads(bytes(data))
    except orjson.JSONDecodeError as error:
        raise BadRequestError(400, f"What was sent is no JSON: {error}.") from None
    if not isinstance(told, dict):
        raise BadRequestError(400, "What was sent is no JSON object.")
    return told

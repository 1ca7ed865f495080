"""The POST route by which a page has a line measured while it is edited: same site, small, the latest movement wins."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager

import anyio
import orjson
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from corridor.assessing.editing import EditError
from corridor.store.drafts import OutOfStepError
from corridor.store.tokens import Token
from corridor.ui.checking.editor import ADDRESS
from corridor.web.messages import BUSY, BadRequestError, Messages, parsed_message
from corridor.web.networks import network_asking
from corridor.web.visit import token_of
from corridor.web.waiting_room import NoPlaceError, WaitingRoom
from corridor.web.what_if import answer_edits, answer_opening, is_opening

#: Messages that are read and lines that are measured at the same time, and how many may wait for either: a place
#: for each of many visits, since what they hold is bounded by its bytes.
READ_AT_ONCE, MEASURED_AT_ONCE = 1, 2
#: Of those that are measured, lines that are opened: a long one takes seconds, and movements of others go on beside it.
OPENED_AT_ONCE = 1
MOST_WAITING = 100
#: Requests of one visit under way; a page has one, and a visit has a few pages.
MOST_OF_A_VISIT = 6
NO_COOKIE = (
    "This browser sends no cookie, by which the line you edit would be found again. Allow cookies of this address and "
    "load the page anew; until then a route can be measured by adding it as a file."
)


class RequestPlaces:
    """How many requests of each visit are under way."""

    def __init__(self) -> None:
        """Begin with none."""
        self._of_visits: Counter[Token] = Counter()

    @contextmanager
    def of_visit(self, token: Token) -> Iterator[None]:
        """Give one visit a place for the length of a block. Raises BadRequestError when it has too many."""
        if self._of_visits[token] >= MOST_OF_A_VISIT:
            raise BadRequestError(503, BUSY)
        self._of_visits[token] += 1
        try:
            yield
        finally:
            self._of_visits -= Counter({token: 1})


def measuring_routes() -> list[BaseRoute]:
    """Return the route; it holds nothing but who may measure at the moment.

    What a message says is found out in a thread, one message at a time, so that the next movement of a line is heard of
    while the one before waits to be measured.
    """
    places, messages = RequestPlaces(), Messages()
    reading, measuring = WaitingRoom(READ_AT_ONCE, MOST_WAITING), WaitingRoom(MEASURED_AT_ONCE, MOST_WAITING)
    opening = WaitingRoom(OPENED_AT_ONCE, MOST_WAITING)
    threads = anyio.CapacityLimiter(READ_AT_ONCE + MEASURED_AT_ONCE)

    async def what_if(request: Request) -> Response:
        try:
            token, network = _visit_of(request), network_asking(request.scope)
            with places.of_visit(token):
                async with messages.received(request) as data:
                    async with reading.turn(token, network):
                        opens, work = await run_sync(_work, token, data, limiter=threads)
                    async with AsyncExitStack() as turns:
                        for room in (opening, measuring) if opens else (measuring,):
                            await turns.enter_async_context(room.turn(token, network))
                        return _answer(200, await run_sync(work, limiter=threads))
        except NoPlaceError:
            return _answer(503, {"says": BUSY})
        except BadRequestError as refusal:
            return _answer(refusal.status, {"says": str(refusal)})
        except EditError as problem:
            return _answer(422, {"says": str(problem)})
        except OutOfStepError:
            return _answer(409, {"says": "Edits before these did not arrive.", "tell_all": True})
        except ClientDisconnect:
            return _answer(400, {"says": "The message did not arrive whole."})

    return [Route(ADDRESS, what_if, methods=["POST"])]


def _work(token: Token, data: bytes) -> tuple[bool, Callable[[], Mapping[str, object]]]:
    """Return whether a message opens a line, and the work that answers it."""
    message = parsed_message(data)
    opens = is_opening(message)
    call = answer_opening if opens else answer_edits
    return opens, call(token, message, time.monotonic())


def _answer(status: int, answer: Mapping[str, object]) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(answer), status_code=status, media_type="application/json", headers=headers)


def _visit_of(request: Request) -> Token:
    """Return the token of the visit that asks; refuse whoever has none, and what a form could send."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise BadRequestError(415, "What is sent here has to be JSON (content type application/json).")
    token = token_of(request)
    if token is None:
        raise BadRequestError(403, NO_COOKIE)
    return token

"""Downloads of a visit: Streamlit's address for them holds a ticket only, for which the visit that owns it is answered.

Nothing under that address is kept by a browser or by anything between, and no part of a file can be asked for, since
the part of a ticket is none.
"""

import logging
from collections import Counter
from collections.abc import Callable

import anyio
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.store.downloads import NotAtHandError, Offer
from corridor.store.tokens import Token
from corridor.store.visits import Visit
from corridor.ui.visit.download import TICKET, kept
from corridor.ui.visit.process import downloads, visits
from corridor.web.connections import COME_BY, Connection
from corridor.web.downloads_on_their_way import DownloadOnItsWay, DownloadsOnTheirWay
from corridor.web.networks import network_asking
from corridor.web.visit import token_of
from corridor.web.waiting_room import NoPlaceError, WaitingRoom

MEDIA = "/media/"
#: Files made at the same time, those of one visit, and how many may wait: nothing is held in memory for those.
AT_ONCE, OF_A_VISIT, MOST_WAITING = 2, 4, 100
#: What takes some milliseconds, and does not wait for what is drawn and laid out, which takes seconds.
QUICK = frozenset({"application/json", "application/geo+json", "application/toml", "text/csv"})
QUICK_AT_ONCE = 1
NOT_YOURS = "This file is not here. It was made for another visit, or what it was made of is forgotten."
BUSY = "This machine is busy. Press the button once more in a moment."
FAILED = "The file could not be made. Load the page anew and press the button once more."

_log = logging.getLogger(__name__)


class OwnDownloads:
    """ASGI middleware around Streamlit's address for files to take away."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app
        self.limiter = anyio.CapacityLimiter(AT_ONCE + QUICK_AT_ONCE)
        self.room, self.quick_room = WaitingRoom(AT_ONCE, MOST_WAITING), WaitingRoom(QUICK_AT_ONCE, MOST_WAITING)
        self.asking: Counter[Token] = Counter()
        self.files = DownloadsOnTheirWay()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or not scope["path"].startswith(MEDIA):
            await self.app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        whole = [(name, value) for name, value in scope["headers"] if name not in (b"range", b"if-range")]
        started: Message = {}
        ticket = b""

        async def send_or_hold(message: Message) -> None:
            nonlocal started, ticket
            if message["type"] == "http.response.start":
                started = message
                return
            body = message.get("body", b"")
            if started and body.startswith(TICKET):
                ticket = body
            elif not ticket:
                if started:
                    _say_private(MutableHeaders(scope=started))
                    await send(started)
                    started = {}
                await send({**message, "body": b""} if head else message)

        await self.app({**scope, "method": "GET" if head else scope["method"], "headers": whole}, receive, send_or_hold)
        if ticket:
            visit = token_of(HTTPConnection(scope)) or ""
            identity = ticket.removeprefix(TICKET).decode("ascii", "ignore")
            await self._answer(visit, identity, started, scope, receive, _without_body(send) if head else send)

    async def _answer(
        self, token: Token, identity: str, started: Message, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Make a file and send it; it counts as one of the visit's until all of it is sent."""
        offer = downloads().find(token, identity) if token else None
        if offer is None or not _is_kept(offer, token):
            await _sentence(404, NOT_YOURS)(scope, receive, send)
        elif self.asking[token] >= OF_A_VISIT:
            await _sentence(503, BUSY)(scope, receive, send)
        else:
            self.asking[token] += 1
            try:
                network = network_asking(scope)
                answer = await self._made(offer, token, network, started)
                file = DownloadOnItsWay(len(answer.body), token, network, _cutting(COME_BY.get()))
                if not self.files.begin(file):
                    answer = _sentence(503, BUSY)
                try:
                    await answer(scope, receive, send)
                finally:
                    self.files.end(file)
            finally:
                self.asking[token] -= 1
                if not self.asking[token]:
                    del self.asking[token]

    async def _made(self, offer: Offer, token: Token, network: str, started: Message) -> Response:
        headers = Headers(raw=started["headers"])
        room = self.quick_room if headers["content-type"].partition(";")[0] in QUICK else self.room
        try:
            async with room.turn(token, network):
                made = await run_sync(offer.make, limiter=self.limiter)
        except NoPlaceError:
            return _sentence(503, BUSY)
        except NotAtHandError as error:
            return _sentence(503, str(error))
        except Exception:
            _log.exception("A download could not be made")
            return _sentence(500, FAILED)
        # It may have been forgotten while it was made.
        if not _is_kept(offer, token):
            return _sentence(404, NOT_YOURS)
        data = made.encode() if isinstance(made, str) else made
        answer = Response(data, headers={"Content-Disposition": headers["content-disposition"]})
        answer.headers["Content-Type"] = headers["content-type"]
        _say_private(answer.headers)
        return answer


def _cutting(connection: Connection | None) -> Callable[[], None]:
    """Return what ends a connection, where a request came by one that is looked after."""
    return connection.transport.abort if connection else lambda: None


def _is_kept(offer: Offer, token: Token) -> bool:
    return offer.about <= kept(Visit(visits(), token))


def _say_private(headers: MutableHeaders) -> None:
    headers["Cache-Control"] = "no-store"
    headers["X-Content-Type-Options"] = "nosniff"
    del headers["Accept-Ranges"]


def _sentence(status: int, says: str) -> Response:
    return PlainTextResponse(says, status, {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})


def _without_body(send: Send) -> Send:
    async def bare(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return bare

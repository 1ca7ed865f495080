"""How visits begin and end: a cookie with a token nobody can guess, and nothing left when the application stops."""

import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.store.tokens import Token, is_token, new_token
from corridor.ui.visit.process import close_visits
from corridor.ui.visit.visit import COOKIE
from corridor.web.newcomers import BACK_UNTIL_SECONDS, Newcomers
from corridor.web.refusing import refuse

#: What lies below is no page; asked for by hand, it begins no visit.
NO_PAGES = ("/_stcore/", "/assets/", "/media/", "/ready", "/search")
#: Asked by every page before it connects again: where the application was started anew, its new token comes with this.
HEALTH = "/_stcore/health"
#: The cookie with which a browser that was turned away comes back.
TURNED_AWAY = "corridor_turned_away"
TOO_MANY = "Very many visits have begun within a minute, and no more can begin now. Please try again in {} seconds."


@asynccontextmanager
async def visits_end_with_it(_app: ASGIApp) -> AsyncIterator[None]:
    """Delete what visitors kept when the application is stopped; a signal to stop runs no other clean-up."""
    yield
    close_visits()


def token_of(connection: HTTPConnection) -> Token | None:
    """Return the token a browser sent, None where it sent none that this process gave away."""
    token = connection.cookies.get(COOKIE, "")
    return token if is_token(token) else None


class VisitCookie:
    """ASGI middleware that gives a browser which asks for a page and has no token of this process a new one.

    The cookie ends with the browser, no script can read it, and no other site's page can send it along. A browser that
    keeps no cookies gets its pages as well; its websocket begins a visit each time. More visits than may begin within a
    minute are told to try again, which a browser does by itself; one that did comes before those that keep no cookies.
    """

    def __init__(self, app: ASGIApp, a_minute: int) -> None:
        """Wrap `app`, and let so many visits begin within a minute."""
        self.app = app
        self.newcomers = Newcomers(a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        if token_of(connection) or not _begins_a_visit(connection):
            await self.app(scope, receive, send)
            return
        address, now = connection.client.host if connection.client else "", time.monotonic()
        secure = "; Secure" if scope["scheme"] == "https" else ""
        wait = self.newcomers.wait(address, now, connection.cookies.get(TURNED_AWAY, ""))
        if wait and scope["path"] != HEALTH:
            seconds = str(math.ceil(wait))
            headers = {"Retry-After": seconds, "Refresh": seconds}
            if ticket := self.newcomers.ticket(now):
                age = f"Max-Age={BACK_UNTIL_SECONDS:.0f}"
                headers["Set-Cookie"] = f"{TURNED_AWAY}={ticket}; {age}; Path=/; HttpOnly; SameSite=Strict{secure}"
            await refuse(scope, receive, send, 429, TOO_MANY.format(seconds), headers)
            return
        cookie = f"{COOKIE}={new_token()}; Path=/; HttpOnly; SameSite=Strict{secure}"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400 and not wait:
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _begins_a_visit(connection: HTTPConnection) -> bool:
    path = connection.scope["path"]
    if connection.scope["type"] == "websocket":
        return True
    if path == HEALTH:
        return COOKIE in connection.cookies
    return "text/html" in connection.headers.get("accept", "") and not path.startswith(NO_PAGES)

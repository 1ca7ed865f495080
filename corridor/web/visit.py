"""How visits begin and end: a cookie with a token nobody can guess, and nothing left when the application stops."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.pages._store import close_visits
from corridor.pages._visit import COOKIE
from corridor.store.visits import is_token, new_token


@asynccontextmanager
async def visits_end_with_it(_app: ASGIApp) -> AsyncIterator[None]:
    """Delete what visitors kept when the application is stopped; a signal to stop runs no other clean-up."""
    yield
    close_visits()


class VisitCookie:
    """ASGI middleware that gives a browser which asks for a page and has no token a new one.

    The cookie ends with the browser, no script can read it, and no other site's page can send it along.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or not _wants_a_page(Headers(scope=scope)) or _has_token(Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        secure = "; Secure" if scope["scheme"] == "https" else ""
        cookie = f"{COOKIE}={new_token()}; Path=/; HttpOnly; SameSite=Strict{secure}"

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                MutableHeaders(scope=message).append("Set-Cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def _wants_a_page(headers: Headers) -> bool:
    return "text/html" in headers.get("accept", "")


def _has_token(headers: Headers) -> bool:
    try:
        sent = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return False
    return COOKIE in sent and is_token(sent[COOKIE].value)

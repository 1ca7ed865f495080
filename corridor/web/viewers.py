"""How many pages are open at once, each with a websocket of its own: of one visit, and of all together."""

from collections import Counter

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from corridor.store.visits import Token
from corridor.web.refusing import refuse
from corridor.web.visit import token_of

#: Pages of one visit: tabs and windows of one browser, and those of a presenter.
MOST_OF_A_VISIT = 40
#: Of all connections that may be open, the part that stays free for asking pages and their files.
FREE_PART = 5

TOO_MANY_HERE = f"More than {MOST_OF_A_VISIT} pages of this visit are open. Close one, and this one opens."
TOO_MANY = "Very many pages are open here at the moment. This one opens as soon as another was closed."


class Viewers:
    """ASGI middleware that opens no more websockets than may be; Streamlit's page tries again by itself."""

    def __init__(self, app: ASGIApp, connections: int) -> None:
        """Wrap `app`, where so many connections may be open at once."""
        self.app = app
        self.most = max(1, connections - connections // FREE_PART)
        self.open = 0
        self.of_visits: Counter[Token] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        token = token_of(HTTPConnection(scope))
        if self.open >= self.most:
            await refuse(scope, receive, send, 503, TOO_MANY, {"Retry-After": "10"})
            return
        if token and self.of_visits[token] >= MOST_OF_A_VISIT:
            await refuse(scope, receive, send, 429, TOO_MANY_HERE, {"Retry-After": "10"})
            return
        mine = Counter({token: 1}) if token else Counter[Token]()
        self.open += 1
        self.of_visits += mine
        try:
            await self.app(scope, receive, send)
        finally:
            self.open -= 1
            self.of_visits -= mine

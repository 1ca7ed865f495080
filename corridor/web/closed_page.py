"""What a reader is shown in place of a page that had to make room: why it was closed, and how to open it again.

Streamlit's browser side connects again by itself whenever its websocket closes, and would put out another page each
time. So the page is led away first, by the one message of Streamlit's with which a server leads to another address.
"""

from collections import OrderedDict
from html import escape
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route
from streamlit.proto.AuthRedirect_pb2 import AuthRedirect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from corridor.web.places import WhyClosed

ADDRESS = "/closed-page"
#: Sessions of pages that were led away, the latest: one that slept meanwhile is led away when it wakes and comes back.
MOST_SESSIONS = 1_000
#: Signs of an address that is led back to; the longest of ours, with every layer named, has some hundred.
LONGEST = 2_000

SAYS = {
    WhyClosed.OWN: "This page was closed because its browser has many others open here, and this one was unused.",
    WhyClosed.OTHERS: "This page was closed because every place here is taken, and others needed one.",
}
HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Page closed - Declaration Map</title><style>
:root {{ color-scheme: light dark; --text: #1f2430; --paper: #ffffff; --link: #3a3673; }}
@media (prefers-color-scheme: dark) {{ :root {{ --text: #e9e8e3; --paper: #14161b; --link: #c3bdf2; }} }}
body {{ margin: 0; padding: 3rem 1.5rem; background: var(--paper); color: var(--text); font: 1.1rem/1.5 sans-serif; }}
main {{ max-width: 36rem; margin: 0 auto; }}
h1 {{ font-size: 1.75rem; margin: 0 0 1rem; }}
a {{ color: var(--link); font-weight: 600; }}
</style></head><body><main><h1>This page was closed</h1>
<p>{says} The files you added are still here.</p>
<p><a href="{again}">Open it again</a></p>
</main></body></html>
"""


class LedAway:
    """Remembers which sessions were led away, and where to."""

    def __init__(self, most: int = MOST_SESSIONS) -> None:
        """Begin with none."""
        self.most = most
        self._messages: OrderedDict[str, bytes] = OrderedDict()

    def lead(self, session: str, why: WhyClosed, shown: str) -> bytes:
        """Return the message that leads a session's page away; `shown` is the address it says it shows."""
        there = f"{ADDRESS}?{urlencode({'why': why.value, 'again': _here(shown)})}"
        message: bytes = ForwardMsg(auth_redirect=AuthRedirect(url=there)).SerializeToString()
        self._messages[session] = message
        if len(self._messages) > self.most:
            self._messages.popitem(last=False)
        return message

    def once_more(self, session: str) -> bytes | None:
        """Return the message that led a session's page away, for the first time it comes back all the same.

        None from then on: its reader was asked twice whether to leave an edited line unsaved, and stays.
        """
        return self._messages.pop(session, None)


def closed_page_routes() -> list[BaseRoute]:
    """Return the route of what is shown instead."""

    async def closed(request: Request) -> Response:
        why = next((why for why in SAYS if why.value == request.query_params.get("why")), WhyClosed.OWN)
        again = _here(request.query_params.get("again", ""))
        return HTMLResponse(HTML.format(says=SAYS[why], again=escape(again)))

    return [Route(ADDRESS, closed, methods=["GET", "HEAD"])]


def _here(address: str) -> str:
    """Return the part of an address that leads nowhere but to a page of this application, "/" where there is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    # Two strokes, of either kind, lead to another machine; so may what a browser leaves out of an address.
    path = parts.path if parts.path.isprintable() and "\\" not in parts.path else "/"
    here = f"/{path.lstrip('/')}" + (f"?{parts.query}" if parts.query else "")
    return here if len(here) <= LONGEST and path != ADDRESS else "/"

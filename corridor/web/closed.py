"""Which of Streamlit's addresses answer: those its pages ask, and no other, whatever a later version registers.

What Streamlit 1.67 registers, and what is done with it:

    /_stcore/health, /_stcore/host-config   open: every page asks both before it connects
    /_stcore/stream                         open: the websocket of a page
    /_stcore/upload_file/SESSION/FILE       open: where an uploader sends its file
    /_stcore/bidi-components/...            closed: files of packaged components; ours travel over the websocket
    /_stcore/metrics                        closed, unless CORRIDOR_METRICS is on: sizes of caches and sessions
    /_stcore/agent/...                      closed, unless CORRIDOR_AGENTS is on: programs that operate the pages
    /_stcore/script-health-check            closed: runs the whole script for whoever asks
    /component/...                          closed: files of components of the first kind, of which there are none
    /app/static/...                         closed: files beside the script, of which none is to be had
    /auth/login, /auth/logout               closed: nobody signs in here
    /oauth2callback
    /media/FILE                             open: pictures and downloads of pages
    /static/... and everything else         open: Streamlit's own files, and its page under every address of a page
"""

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from corridor.web.refusing import refuse

CORE = "/_stcore/"
OPEN = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/upload_file/")
CLOSED = ("/component/", "/app/static/", "/auth/", "/oauth2callback")
METRICS, AGENTS = "/_stcore/metrics", "/_stcore/agent/"

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
NOTHING_HERE = "There is nothing at this address."
NO_SUCH_METHOD = "This application does not know this way of asking."


class ClosedAddresses:
    """ASGI middleware that answers 404 for a closed address, and 405 for a method that nothing here takes."""

    def __init__(self, app: ASGIApp, opened: Iterable[str] = ()) -> None:
        """Wrap `app`; `opened` are the addresses that the settings turned on."""
        self.app = app
        self.open = (*OPEN, *opened)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http" and scope["method"] not in METHODS:
            await refuse(scope, receive, send, 405, NO_SUCH_METHOD, {"Allow": ", ".join(METHODS)})
        elif scope["type"] in {"http", "websocket"} and self._is_closed(scope["path"]):
            await refuse(scope, receive, send, 404, NOTHING_HERE)
        else:
            await self.app(scope, receive, send)

    def _is_closed(self, path: str) -> bool:
        """Whether an address is closed; one that ends with "/" opens what lies below it, any other itself alone."""
        if f"{path}/".startswith(CORE):
            return not any(
                path == allowed or (allowed.endswith("/") and path.startswith(allowed)) for allowed in self.open
            )
        return f"{path}/".startswith(CLOSED)

"""Which headers every answer carries, and why each part of the content security policy is there.

The policy names only this application's own address. Each directive is as narrow as Streamlit and Leaflet allow:

    default-src 'self'          whatever is not named below comes from here or not at all
    script-src 'self'           Streamlit's bundles, Leaflet, the map script and the reader's modules, all files
               blob:            a Components-v2 component's few loading lines are imported by Streamlit from a blob
               'wasm-unsafe-eval'  Streamlit's protobuf library compiles WebAssembly; no text becomes JavaScript
               'sha256-...'     the inline script of Streamlit's index.html, by the hash of what it says
    style-src 'self'            Leaflet's and the reader's style sheets
               'unsafe-inline'  Streamlit writes its own styles into the page (emotion), Leaflet positions by style
    img-src 'self'              pictures of this server
            data:               icons in Streamlit's tables and style sheets
            blob:               a map that is saved as PNG is first drawn as an image from a blob
    font-src 'self' data:       Streamlit's fonts are files, its icon font is partly data
    connect-src 'self'          the page's websocket and what the reader fetches
    worker-src 'self'           a worker, if one is ever started, is a file of this server
    frame-src 'none'            no page is embedded
    object-src 'none'           no plug-ins
    base-uri 'self'             nobody moves relative addresses elsewhere
    form-action 'self'          no form is sent elsewhere
    frame-ancestors 'none'      nobody embeds these pages

A tile host joins `img-src`, and only that, when the setting CORRIDOR_TILES names one.
"""

import base64
import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.web.refusing import can_be_answered, refuse

STREAMLIT_INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

#: Abilities of a browser that no page here asks for; the clipboard is asked for by "copy with source".
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), clipboard-write=(self), fullscreen=(self)"

#: A browser may keep the last six pages of each tab asleep, to go back to, and their websockets open with them: a place
#: each, for ten minutes (seen with Chromium 156). It keeps none with a websocket that is not to be stored.
NEVER_KEPT = "no-store"

NO_WEBSOCKET = "No connection is opened here."
WENT_WRONG = "Something went wrong in this application. What was kept is still here; load the page again."


def inline_script_hashes(index: str) -> list[str]:
    """Return the policy's name ('sha256-...') for each inline script of a page, in the order they stand."""
    digests = [hashlib.sha256(script.encode()).digest() for script in INLINE_SCRIPT.findall(index)]
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def tile_origin(template: str) -> str:
    """Return the origin the policy has to name for a tile address template; "" for one that names no host.

    A template such as "https://{s}.example.org/{z}/{x}/{y}.png" names every subdomain of its host.
    """
    parts = urlsplit(template)
    host = re.sub(r"^\{\w+\}", "*", parts.netloc)
    usable = parts.scheme in {"http", "https"} and re.fullmatch(r"[\w.*:-]+", host)
    return f"{parts.scheme}://{host}" if usable else ""


def security_policy(index: str, tiles: str = "") -> str:
    """Return the content security policy for pages that carry Streamlit's `index` page and tiles from `tiles`."""
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", "blob:", "'wasm-unsafe-eval'", *inline_script_hashes(index)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", "blob:", *filter(None, [tile_origin(tiles)])],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "frame-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in directives.items())


class SecurityHeaders:
    """ASGI middleware that puts the headers on every answer: errors, redirects and refused websockets included.

    What goes wrong further in is answered here, since what Starlette would answer passes no middleware.
    """

    def __init__(self, app: ASGIApp, tiles: str = "") -> None:
        """Wrap `app`; `tiles` is the tile address template of the settings, "" when there is none."""
        self.app = app
        self.headers = {
            "Content-Security-Policy": security_policy(STREAMLIT_INDEX.read_text(encoding="utf-8"), tiles),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": PERMISSIONS,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "websocket.close" and not begun and can_be_answered(scope):
                await refuse(scope, receive, send_with_headers, 403, NO_WEBSOCKET)
                return
            begun = True
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Cache-Control"] = NEVER_KEPT
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            if not begun:
                await refuse(scope, receive, send_with_headers, 500, WENT_WRONG)
            raise

"""How the published files reach a browser: compressed once, under an address that names their content."""

import gzip
from asyncio import to_thread
from collections import OrderedDict
from collections.abc import Callable, Iterable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.present.publication import Publication, Published

#: An address names its content, so what was fetched once is never asked for again.
FOREVER = "public, max-age=31536000, immutable"
#: Below this many bytes compression saves nothing worth a header.
WORTH_COMPRESSING = 600
COMPRESSIBLE = ("text/", "application/json", "image/svg")
#: What a browser asks by for less than a page, or for it packed.
PARTLY = {b"accept-encoding", b"if-none-match", b"if-modified-since", b"if-range", b"range"}
#: Files published since the start that are kept ready: a map and the texts beside it of some changes.
MOST_LATER = 8
HEAD_ENDS = b"</head>"


class Served:
    """One published file, ready to be sent: its bytes, plain and compressed, each with a strong ETag."""

    def __init__(self, published: Published) -> None:
        """Compress the file; the same content gives the same bytes on every start."""
        self.media_type = published.media_type
        self.plain = published.content
        compressible = published.media_type.startswith(COMPRESSIBLE) and len(self.plain) >= WORTH_COMPRESSING
        self.gzipped = gzip.compress(self.plain, compresslevel=9, mtime=0) if compressible else None
        self.tag = published.digest

    def answer(self, request: Request) -> Response:
        """Return the file, or 304 when the browser already holds these bytes."""
        accepted = request.headers.get("accept-encoding", "")
        gzipped = self.gzipped if _accepts_gzip(accepted) else None
        headers = {
            "Cache-Control": FOREVER,
            "ETag": f'"{self.tag}-gzip"' if gzipped else f'"{self.tag}"',
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }
        if headers["ETag"] in [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]:
            return Response(status_code=304, headers=headers)
        if gzipped:
            headers["Content-Encoding"] = "gzip"
        return Response(gzipped or self.plain, media_type=self.media_type, headers=headers)


def _accepts_gzip(accepted: str) -> bool:
    codings = {part.partition(";")[0].strip(): part.partition("q=")[2].strip() for part in accepted.lower().split(",")}
    return "gzip" in codings and codings["gzip"] not in {"0", "0.0", "0.00", "0.000"}


def asset_routes(published: Iterable[Published], since: Callable[[], Iterable[Published]] = tuple) -> list[BaseRoute]:
    """Return one route that serves every published file by its exact address and answers 404 to any other.

    `since` returns what is published at the moment, which an office's lines change; of that the last few are kept.
    """
    served = {file.address: Served(file) for file in published}
    later: OrderedDict[str, Served] = OrderedDict()

    async def asset(request: Request) -> Response:
        address = request.url.path
        file = served.get(address) or later.get(address)
        if file is None:
            fresh = next((fresh for fresh in await to_thread(since) if fresh.address == address), None)
            if fresh is not None:
                file = later[address] = await to_thread(Served, fresh)
                while len(later) > MOST_LATER:
                    later.popitem(last=False)
        return file.answer(request) if file else Response("Not found", status_code=404, media_type="text/plain")

    return [Route("/assets/{path:path}", asset, methods=["GET", "HEAD"])]


def preload_links(publication: Publication) -> bytes:
    """Return the elements that let a browser fetch what the reader needs while Streamlit is still starting."""
    reader = publication.reader_files
    links = [
        f'rel="preload" as="script" href="{publication.leaflet}/leaflet.js"',
        f'rel="preload" as="script" href="{publication.map}"',
        f'rel="preload" as="fetch" crossorigin="anonymous" href="{publication.payload}"',
        *(f'rel="modulepreload" href="{address}"' for address in reader if address.endswith(".js")),
        *(f'rel="preload" as="style" href="{address}"' for address in reader if address.endswith(".css")),
    ]
    return "".join(f"<link {link}>\n" for link in links).encode()


class Preload:
    """ASGI middleware that writes the preload links into the home page, the one that always needs them.

    Into the page and not into a `Link` header: that alone had 4,152 bytes, and a proxy as it is installed answers
    "502 Bad Gateway" where all headers of an answer have more than 4,096 together.
    """

    def __init__(self, app: ASGIApp, links: bytes) -> None:
        """Wrap `app`; `links` are the elements."""
        self.app = app
        self.links = links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        # The page is asked for whole, as plain text, and whatever the browser holds of it already.
        asked = [(name, value) for name, value in scope["headers"] if name not in PARTLY]
        begun: list[Message] = []

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                begun.append(message)
            elif begun:
                begun.append(message)
                if not message.get("more_body"):
                    start, *parts = begun
                    body = b"".join(part.get("body", b"") for part in parts)
                    body = body.replace(HEAD_ENDS, self.links + HEAD_ENDS, 1)
                    headers = MutableHeaders(scope=start)
                    headers["Content-Length"] = str(len(body))
                    for name in ("ETag", "Last-Modified", "Accept-Ranges"):
                        del headers[name]
                    await send(start)
                    await send({"type": "http.response.body", "body": body})
            else:
                await send(message)

        await self.app({**scope, "headers": asked}, receive, send_with_links)


def _is_page(start: Message) -> bool:
    headers = MutableHeaders(scope=start)
    return start["status"] == 200 and headers.get("content-type", "").startswith("text/html")

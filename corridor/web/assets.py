"""How the published files reach a browser: compressed once, under an address that names their content."""

import gzip
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.pages._published import Publication, Published

#: An address names its content, so what was fetched once is never asked for again.
FOREVER = "public, max-age=31536000, immutable"
#: Below this many bytes compression saves nothing worth a header.
WORTH_COMPRESSING = 600
COMPRESSIBLE = ("text/", "application/json", "image/svg")


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


def asset_routes(published: Iterable[Published]) -> list[BaseRoute]:
    """Return one route that serves every published file by its exact address and answers 404 to any other."""
    served = {file.address: Served(file) for file in published}

    async def asset(request: Request) -> Response:
        found = served.get(request.url.path)
        return found.answer(request) if found else Response("Not found", status_code=404, media_type="text/plain")

    return [Route("/assets/{path:path}", asset, methods=["GET", "HEAD"])]


def preload_links(publication: Publication) -> str:
    """Return the Link header that lets a browser fetch what the reader needs while Streamlit is still starting."""
    links = [
        f"<{publication.leaflet}/leaflet.js>; rel=preload; as=script",
        f"<{publication.map}>; rel=preload; as=script",
        f"<{publication.payload}>; rel=preload; as=fetch; crossorigin=anonymous",
        *(f"<{address}>; rel=modulepreload" for address in publication.reader_files if address.endswith(".js")),
        *(f"<{address}>; rel=preload; as=style" for address in publication.reader_files if address.endswith(".css")),
    ]
    return ", ".join(links)


class Preload:
    """ASGI middleware that adds the preload links to the home page, the one that always needs them."""

    def __init__(self, app: ASGIApp, links: str) -> None:
        """Wrap `app`; `links` is the value of the header."""
        self.app = app
        self.links = links

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self.app(scope, receive, send)
            return

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["Link"] = self.links
            await send(message)

        await self.app(scope, receive, send_with_links)

"""A viewer without a browser: cookies over HTTP, then the websocket with Streamlit's own messages.

For the tests of what a visitor may send, and for the benchmarks, which open many viewers at once. It belongs to the
Streamlit that is pinned: the messages are those of `streamlit.proto`.

    async with viewer(address) as seen:
        drawn = await seen.open("sources")      # what a page sends, and how long it took
        await seen.rerun(widgets)               # a widget was used
"""

import asyncio
import http.client
import time
import uuid
from collections.abc import AsyncIterator, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any, TypeVar
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileURLs, FileURLsRequest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.asyncio.client import ClientConnection, connect

T = TypeVar("T")
XSRF_COOKIE = "_streamlit_xsrf"
#: Seconds a page may take before a viewer gives up.
PATIENCE = 60.0


@dataclass(frozen=True)
class Got:
    """An answer over HTTP; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def ask_http(
    address: str,
    path: str,
    headers: dict[str, str] | None = None,
    method: str = "GET",
    body: bytes | Iterable[bytes] | None = None,
    patience: float = PATIENCE,
) -> Got:
    """Return the answer to one request, whatever its status; a body in pieces is sent without its length."""
    began = time.perf_counter()
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=patience)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        answer_headers = {name.lower(): value for name, value in answer.getheaders() if name.lower() != "set-cookie"}
        answer_headers["set-cookie"] = "\n".join(answer.msg.get_all("set-cookie") or [])
        return Got(answer.status, answer_headers, answer.read(), time.perf_counter() - began)
    finally:
        connection.close()


def begin_visit(address: str) -> dict[str, str]:
    """Return the cookies a browser holds once it has opened the home page."""
    cookies: dict[str, str] = {}
    for path, accept in (("/", "text/html"), ("/_stcore/health", "*/*")):
        got = ask_http(address, path, {"Accept": accept, **cookie_header(cookies)})
        for line in got.headers["set-cookie"].splitlines():
            cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
    return cookies


def cookie_header(cookies: dict[str, str]) -> dict[str, str]:
    """Return the header that sends cookies along; none for no cookies."""
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}


@dataclass(frozen=True)
class Drawn:
    """What one run of a page sent: every message, their bytes, the seconds from asking to the run's end."""

    messages: tuple[ForwardMsg, ...]
    size: int
    seconds: float

    @property
    def failed(self) -> bool:
        """Whether the page ended with an exception, or could not be compiled."""
        elements = [m.delta.new_element for m in self.messages if m.WhichOneof("type") == "delta"]
        broken = any(m.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR for m in self.messages[-1:])
        return broken or any(element.WhichOneof("type") == "exception" for element in elements)

    def elements(self, kind: str) -> list[Any]:
        """Return the elements of a kind ("download_button", "file_uploader", ...) in the order they were sent."""
        elements = [m.delta.new_element for m in self.messages if m.WhichOneof("type") == "delta"]
        return [getattr(element, kind) for element in elements if element.WhichOneof("type") == kind]


@dataclass
class Viewer:
    """One open page: a websocket, the cookies of its visit, and the addresses of the pages it was told of."""

    address: str
    cookies: dict[str, str]
    socket: ClientConnection
    session: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    page: str = ""
    fragment: str = ""

    async def open(self, page: str = "", query: str = "", patience: float = PATIENCE) -> Drawn:
        """Go to a page by its address ("" is the home page) and return what it sent."""
        if self.pages and page not in self.pages:
            raise KeyError(f"There is no page {page!r} among {sorted(self.pages)}.")
        self.page = page
        return await self.rerun(query=query, patience=patience)

    async def rerun(self, widgets: Iterable[WidgetState] = (), query: str = "", patience: float = PATIENCE) -> Drawn:
        """Have the open page run with the states of its widgets, and return what it sent."""
        began = time.perf_counter()
        await self.ask_rerun(widgets, query)
        messages, size = await asyncio.wait_for(self._until_finished(), patience)
        return Drawn(tuple(messages), size, time.perf_counter() - began)

    async def ask_rerun(self, widgets: Iterable[WidgetState] = (), query: str = "") -> None:
        """Ask for a run without waiting for it."""
        await self.send(
            BackMsg(
                rerun_script=ClientState(
                    query_string=query,
                    widget_states=WidgetStates(widgets=widgets),
                    page_script_hash=self.pages.get(self.page, ""),
                    page_name="" if self.page in self.pages else self.page,
                )
            )
        )

    async def send(self, message: BackMsg) -> None:
        """Send one message as the browser would."""
        await self.socket.send(message.SerializeToString())

    async def receive(self) -> tuple[ForwardMsg, int]:
        """Return the next message and its bytes, taking note of what it says about session and pages."""
        data = await self.socket.recv(decode=False)
        message = ForwardMsg.FromString(data)
        if message.HasField("new_session"):
            self.session = message.new_session.initialize.session_id or self.session
        if message.HasField("navigation"):
            self.pages = {
                page.url_pathname if not page.is_default else "": page.page_script_hash
                for page in message.navigation.app_pages
            }
        return message, len(data)

    async def _until_finished(self) -> tuple[list[ForwardMsg], int]:
        messages, size = [], 0
        while True:
            message, length = await self.receive()
            messages.append(message)
            size += length
            ended = message.WhichOneof("type") == "script_finished"
            if ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return messages, size

    async def upload_addresses(self, *names: str, patience: float = PATIENCE) -> list[FileURLs]:
        """Ask for the addresses files of these names may be sent to, as an uploader does; [] when there are none."""
        asked = str(uuid.uuid4())
        request = FileURLsRequest(request_id=asked, file_names=names, session_id=self.session)
        await self.send(BackMsg(file_urls_request=request))
        async with asyncio.timeout(patience):
            while True:
                message, _ = await self.receive()
                if message.HasField("file_urls_response") and message.file_urls_response.response_id == asked:
                    return list(message.file_urls_response.file_urls)

    async def upload(self, path: str, name: str, data: bytes, method: str = "PUT") -> Got:
        """Send a file to an upload address as the uploader does."""
        boundary = uuid.uuid4().hex
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        body = (
            head.encode()
            + b"Content-Type: application/octet-stream\r\n\r\n"
            + data
            + f"\r\n--{boundary}--\r\n".encode()
        )
        headers = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "X-Xsrftoken": self.cookies.get(XSRF_COOKIE, ""),
            "Origin": self.address,
            **cookie_header(self.cookies),
        }
        return await asyncio.to_thread(ask_http, self.address, path, headers, method, body)

    async def get(self, path: str) -> Got:
        """Return the answer to a request of this visit."""
        return await asyncio.to_thread(ask_http, self.address, path, cookie_header(self.cookies))


@asynccontextmanager
async def viewer(
    address: str, cookies: dict[str, str] | None = None, session: str = "", patience: float = PATIENCE
) -> AsyncIterator[Viewer]:
    """Yield a viewer whose websocket is open, of a visit of its own or of the one `cookies` names.

    `session` names an earlier session to come back to. No page has run yet: `open` the first.
    """
    held = await asyncio.to_thread(begin_visit, address) if cookies is None else cookies
    # Streamlit's browser side names the protocol, then the token against forged requests, then the session.
    protocols = ["streamlit", held.get(XSRF_COOKIE, "-"), *([session] if session else [])]
    async with connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=protocols,  # type: ignore[arg-type]  # plain text will do
        additional_headers={**cookie_header(held)},
        origin=address,  # type: ignore[arg-type]  # plain text will do
        compression=None,
        max_size=None,
        max_queue=None,
        open_timeout=patience,
        close_timeout=2,
    ) as socket:
        yield Viewer(address, held, socket)


def played(scene: Coroutine[Any, Any, T]) -> T:
    """Return what a scene comes to, on a loop in a thread of its own: a browser test already runs one in its thread."""
    with ThreadPoolExecutor(1) as stage:
        return stage.submit(asyncio.run, scene).result()

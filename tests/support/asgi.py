"""Asks an ASGI application without a server."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message, Receive

SCHEME = "http"
#: Header names and values, as a mapping or, where a name comes twice, as pairs.
Headers = dict[str, str] | Iterable[tuple[str, str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    app: ASGIApp, path: str, headers: Headers | None = None, method: str = "GET", body: bytes = b"", **changed: Any
) -> Answer:
    """Return what `app` answers to one request; header names come back in lower case.

    `changed` takes the place of single parts of the scope.
    """

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return _answer(_told(app, _scope(path, headers) | {"method": method} | changed, receive), "http.response")


def connect(app: ASGIApp, path: str, headers: Headers | None = None, **changed: Any) -> Answer | None:
    """Return what `app` answers to a websocket before it opens, None where it lets it open."""
    websocket = {
        "type": "websocket",
        "scheme": "ws",
        "subprotocols": [],
        "extensions": {"websocket.http.response": {}},
    }

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    messages = _told(app, _scope(path, headers) | websocket | changed, receive)
    if messages[0]["type"] == "websocket.accept":
        return None
    return _answer(messages, "websocket.http.response")


def _scope(path: str, headers: Headers | None) -> dict[str, Any]:
    pairs = headers.items() if isinstance(headers, dict) else headers or ()
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": SCHEME,
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 50_000),
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs],
    }


def _told(app: ASGIApp, scope: dict[str, Any], receive: Receive) -> list[Message]:
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def play() -> None:
        await app(scope, receive, send)

    try:
        asyncio.run(play())
    except Exception:
        # An application that answered 500 says why to the server, which prints it.
        if not messages or messages[0].get("status") != 500:
            raise
    return messages


def _answer(messages: list[Message], kind: str) -> Answer:
    start = messages[0]
    assert start["type"] == f"{kind}.start"
    return Answer(
        start["status"],
        {name.decode().lower(): value.decode() for name, value in start["headers"]},
        b"".join(message.get("body", b"") for message in messages[1:]),
    )

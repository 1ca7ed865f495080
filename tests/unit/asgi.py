"""Asks an ASGI application without a server."""

import asyncio
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message

SCHEME = "http"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def ask(
    app: ASGIApp, path: str, headers: dict[str, str] | None = None, method: str = "GET", body: bytes = b""
) -> Answer:
    """Return what `app` answers to one request; header names come back in lower case."""
    messages: list[Message] = []
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": SCHEME,
        "server": ("127.0.0.1", 80),
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items()],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        messages.append(message)

    asyncio.run(app(scope, receive, send))
    start = messages[0]
    return Answer(
        start["status"],
        {name.decode().lower(): value.decode() for name, value in start["headers"]},
        b"".join(message.get("body", b"") for message in messages[1:]),
    )

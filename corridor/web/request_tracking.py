"""What a connection is told of the requests that come by it, and how much of an answer is sent at a time."""

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.web.connections import COME_BY

#: Bytes of an answer that are sent before others have their turn, and the reader is waited for: one of three megabytes
#: takes uvicorn 8 ms at a time, and a hundred who ask for it at once kept everybody waiting for a second (measured).
SENT_AT_ONCE = 65_536


class RequestTracking:
    """ASGI middleware that tells a connection which request of it is being answered, and which message was taken.

    A long answer is sent in pieces, each when the reader has room for it. Nothing is sent by a connection that uvicorn
    closes already, having found that what arrived is no HTTP: h11 would raise an error for the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        connection = COME_BY.get() if scope["type"] in {"http", "websocket"} else None
        if connection is None:
            await self.app(scope, receive, send)
            return

        async def receive_and_count() -> Message:
            connection.connections.messages.handed_over(connection)
            message = await receive()
            if message["type"] == "websocket.receive":
                size = len(message.get("bytes") or b"") + len(message.get("text") or "")
                connection.connections.messages.taken(connection, size)
            return message

        async def send_in_pieces(message: Message) -> None:
            if connection.transport.is_closing():
                return
            body = message["body"] if message["type"] == "http.response.body" and "body" in message else b""
            done = 0
            while len(body) - done > SENT_AT_ONCE:
                piece = body[done : done + SENT_AT_ONCE]
                await send({"type": "http.response.body", "body": piece, "more_body": True})
                await asyncio.sleep(0)
                done += SENT_AT_ONCE
            await send({**message, "body": body[done:]} if done else message)

        connection.requests += 1
        try:
            if scope["type"] == "websocket":
                await self.app(scope, receive_and_count, send)
            else:
                await self.app(scope, receive, send_in_pieces)
                if connection.transport.is_closing():
                    # Until it is closed, uvicorn takes a request without an answer for a fault.
                    await connection.gone.wait()
        finally:
            connection.requests -= 1
            connection.waits_since = asyncio.get_running_loop().time()

"""How long the body of a request may take to arrive: a sender that goes on in drops is told so and left."""

import asyncio
import time
from contextlib import suppress

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.web.refusing import refuse

#: Seconds for the first bytes, and bytes a second from then on: the form of Apache's mod_reqtimeout ("body=20,
#: MinRate=500"), with a rate that the slowest mobile connections reach, so that no large file is held open for hours.
FIRST_SECONDS = 20.0
BYTES_A_SECOND = 5_000
TOO_SLOW = "What was sent arrived too slowly and was left. Please try again on a faster connection."


class BodyTimeout:
    """ASGI middleware that waits for a body no longer than its size takes at the slowest rate; then answers 408.

    For its next bytes it waits no longer than for the first.
    """

    def __init__(self, app: ASGIApp, first_seconds: float = FIRST_SECONDS) -> None:
        """Wrap `app`; the first bytes may take so many seconds."""
        self.app = app
        self.first_seconds = first_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        until = time.monotonic() + self.first_seconds
        whole = begun = left = False

        async def receive_in_time() -> Message:
            nonlocal until, whole, left
            if whole:
                return await receive()
            try:
                # Much that came at once buys no long silence: what came is held meanwhile.
                message = await asyncio.wait_for(receive(), min(until - time.monotonic(), self.first_seconds))
            except TimeoutError:
                left = whole = True
                if not begun:
                    await refuse(scope, receive, send, 408, TOO_SLOW, {"Connection": "close"})
                return {"type": "http.disconnect"}
            until += len(message.get("body", b"")) / BYTES_A_SECOND
            whole = not message.get("more_body", False)
            return message

        async def send_unless_left(message: Message) -> None:
            nonlocal begun
            begun = True
            if not left:
                await send(message)

        # Who went away while sending (a page loaded anew) hears no answer, and it is no fault for the log.
        with suppress(ClientDisconnect):
            await self.app(scope, receive_in_time, send_unless_left)

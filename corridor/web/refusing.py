"""How a request is turned away: a status and one sentence, over HTTP and before a websocket opens alike."""

from collections.abc import Mapping

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket


async def refuse(
    scope: Scope, receive: Receive, send: Send, status: int, says: str, headers: Mapping[str, str] | None = None
) -> None:
    """Answer one connection with `status` and a sentence; a websocket is answered before it opens."""
    answer = PlainTextResponse(says + "\n", status, {"Cache-Control": "no-store", **(headers or {})})
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(answer)
    else:
        await answer(scope, receive, send)

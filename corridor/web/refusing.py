"""How a request is turned away: a status and one sentence, over HTTP and before a websocket opens alike."""

import logging
from collections.abc import Mapping

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from streamlit.runtime.media_file_storage import MediaFileStorageError


async def refuse(
    scope: Scope, receive: Receive, send: Send, status: int, says: str, headers: Mapping[str, str] | None = None
) -> None:
    """Answer one connection with `status` and a sentence; a websocket is answered before it opens."""
    answer = PlainTextResponse(says + "\n", status, {"Cache-Control": "no-store", **(headers or {})})
    if scope["type"] == "websocket" and not can_be_answered(scope):
        await WebSocket(scope, receive, send).close()
    elif scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(answer)
    else:
        await answer(scope, receive, send)


def can_be_answered(scope: Scope) -> bool:
    """Whether a server can answer a websocket with a status and a sentence, as uvicorn does, before it opens."""
    return "websocket.http.response" in scope.get("extensions", {})


def keep_refusals_out_of_the_log() -> None:
    """Keep out of the log what anybody could fill it with.

    That is: websockets refused, lines that are no HTTP, downloads that are not there, parts of a page that are gone.

    uvicorn 0.54 takes a websocket that was answered by a status for one that was not answered (websockets_sansio_impl,
    `run_asgi`), although the answer is sent.
    """
    logging.getLogger("uvicorn.error").addFilter(_is_no_refusal)
    logging.getLogger("streamlit.runtime.backend_operation_handler").addFilter(_is_no_missing_download)
    logging.getLogger("streamlit.runtime.app_session").addFilter(_is_no_gone_fragment)


def _is_no_refusal(record: logging.LogRecord) -> bool:
    return record.msg not in {
        "ASGI callable returned without completing handshake.",
        "Invalid HTTP request received.",
        "Unsupported upgrade request.",
    }


def _is_no_gone_fragment(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("The fragment with id %s does not exist anymore")


def _is_no_missing_download(record: logging.LogRecord) -> bool:
    """Whether a record is about anything but a download that is not there, as one of a file that was forgotten."""
    problem = record.exc_info[1] if record.exc_info else None
    return not isinstance(problem, MediaFileStorageError) or problem.__cause__ is not None

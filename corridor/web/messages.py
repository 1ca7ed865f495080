"""How a message of JSON arrives: its size is known before it is read, what it holds is counted before it is parsed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import orjson
from starlette.requests import Request

from corridor.store.drafts import MOST_VERTICES

#: Bytes of one message: a line of as many vertices as can be edited, told in full, takes less.
MOST_BYTES = 4_000_000
#: Bytes of all messages together, those of small ones left out: a movement of a vertex always finds room.
ALL_BYTES, SMALL_BYTES = 64_000_000, 64_000
#: Edits of one message; with more the whole line is told anew, which takes less work.
MOST_EDITS = 1_000
#: Lists and values in the longest line, each vertex in a list with three numbers, in parts of two, and in those edits.
MOST_LISTS = 2 * MOST_VERTICES + 2 * MOST_EDITS
MOST_VALUES = 4 * MOST_VERTICES + 8 * MOST_EDITS
#: Objects of a message beside its edits.
OTHER_OBJECTS = 2

NO_ROOM = f"More than {MOST_BYTES // 1_000_000} MB were sent; a line of up to {MOST_VERTICES:,} vertices takes less."
TOO_MANY_VALUES = f"More was sent than a line of up to {MOST_VERTICES:,} vertices holds."
TOO_MANY_EDITS = f"More than {MOST_EDITS:,} edits came at once; the whole line has to be told anew."
BUSY = "This machine is busy. Your edits are kept on this page and are measured as soon as it answers again."


class BadRequestError(Exception):
    """A message that cannot be answered: an HTTP status and one sentence for whoever looks at the page."""

    def __init__(self, status: int, says: str) -> None:
        """Refuse with `status`."""
        super().__init__(says)
        self.status = status


class Messages:
    """Receives messages, and knows how many bytes of them are held at the moment."""

    def __init__(self) -> None:
        """Begin with none."""
        self.held_bytes = 0

    @asynccontextmanager
    async def received(self, request: Request) -> AsyncIterator[bytes]:
        """Yield the bytes of a message, which count as held until the block ends. Raises BadRequestError."""
        declared = request.headers.get("content-length", "0")
        if not declared.isdecimal() or len(declared) > len(str(MOST_BYTES)) or int(declared) > MOST_BYTES:
            raise BadRequestError(413, NO_ROOM)
        data, held = bytearray(), 0
        try:
            async for chunk in request.stream():
                if len(data) + len(chunk) > MOST_BYTES:
                    raise BadRequestError(413, NO_ROOM)
                data += chunk
                more = max(0, len(data) - SMALL_BYTES) - held
                if self.held_bytes + more > ALL_BYTES:
                    raise BadRequestError(503, BUSY)
                held += more
                self.held_bytes += more
            yield bytes(data)
        finally:
            self.held_bytes -= held


def parsed_message(data: bytes) -> dict[str, object]:
    """Return what a message says. Raises BadRequestError for one that holds too much or is no JSON object."""
    if data.count(b"{") > MOST_EDITS + OTHER_OBJECTS:
        raise BadRequestError(409, TOO_MANY_EDITS)
    if data.count(b"[") > MOST_LISTS or data.count(b",") > MOST_VALUES:
        raise BadRequestError(413, TOO_MANY_VALUES)
    try:
        message = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise BadRequestError(400, f"What was sent is no JSON: {error}.") from None
    if not isinstance(message, dict):
        raise BadRequestError(400, "What was sent is no JSON object.")
    return message

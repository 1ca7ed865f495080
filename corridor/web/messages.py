"""How a message of JSON arrives: its size is known before it is read, what it holds is counted before it is parsed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import orjson
from starlette.requests import Request

from corridor.store.drafts import MOST_VERTICES

#: Bytes of one message: a line of as many vertices as can be edited, told in full, takes less.
MOST_BYTES = 4_000_000
#: Bytes of all messages together, those of small ones left out: a movement of a vertex always finds room.
ALL_BYTES, SMALL_BYTES = 64_000_000, 64_000
#: Seconds after which a message that is still arriving makes room for others that need it: most lines bring the longest
#: in less.
LONG_SECONDS = 20.0
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


@dataclass(eq=False, slots=True)
class _Arriving:
    """A message on its way: since when, how many of its bytes count as held, and what ends the waiting for more."""

    since: float
    held: int = 0
    waiting: asyncio.Timeout = field(default_factory=lambda: asyncio.timeout(None))


class Messages:
    """Receives messages, and knows how many bytes of them are held at the moment."""

    def __init__(self) -> None:
        """Begin with none."""
        self.held_bytes = 0
        self._arriving: list[_Arriving] = []

    @asynccontextmanager
    async def received(self, request: Request) -> AsyncIterator[bytes]:
        """Yield the bytes of a message, which count as held until the block ends. Raises BadRequestError."""
        declared = request.headers.get("content-length", "0")
        if not declared.isdecimal() or len(declared) > len(str(MOST_BYTES)) or int(declared) > MOST_BYTES:
            raise BadRequestError(413, NO_ROOM)
        message = _Arriving(asyncio.get_running_loop().time())
        try:
            yield bytes(await self._whole(request, message))
        finally:
            self.held_bytes -= message.held

    async def _whole(self, request: Request, message: _Arriving) -> bytearray:
        """Return the bytes of a message once all are here; whoever needs its room can end that when it takes long."""
        data = bytearray()
        self._arriving.append(message)
        try:
            async with message.waiting:
                async for chunk in request.stream():
                    if len(data) + len(chunk) > MOST_BYTES:
                        raise BadRequestError(413, NO_ROOM)
                    data += chunk
                    more = max(0, len(data) - SMALL_BYTES) - message.held
                    if more > 0 and not self._has_room(more, message):
                        raise BadRequestError(503, BUSY)
                    message.held += more
                    self.held_bytes += more
        except TimeoutError:
            raise BadRequestError(503, BUSY) from None
        finally:
            self._arriving.remove(message)
        return data

    def _has_room(self, more: int, message: _Arriving) -> bool:
        """Whether so many more bytes may be held; those on their way for long give way, the longest first."""
        now = asyncio.get_running_loop().time()
        for other in self._arriving:
            if self.held_bytes + more <= ALL_BYTES or now - other.since <= LONG_SECONDS:
                break
            if other is not message and other.held:
                self.held_bytes -= other.held
                other.held = 0
                other.waiting.reschedule(now)
        return self.held_bytes + more <= ALL_BYTES


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

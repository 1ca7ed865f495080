"""How many bytes of messages may be on their way over all websockets, and how long one may be on its way.

uvicorn keeps what it has of a message until the rest is here, however long that takes, and a whole one until the page
can take it. A hundred and fifty pages that each send all but the last byte of the longest message would hold 1.2 GB.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from corridor.web.body_timeout import BYTES_A_SECOND, FIRST_SECONDS

Websocket = TypeVar("Websocket", bound=Hashable)

#: Bytes of all messages together, those of small ones left out; the longest that a page sends has 4 MB (pasted text).
MOST_BYTES, SMALL_BYTES = 128_000_000, 64_000


@dataclass(slots=True)
class _Message:
    """Bytes that are `arriving`, bytes that are `held` until the page takes them, and since when they are many."""

    arriving: int = 0
    held: int = 0
    since: float = 0.0

    @property
    def bytes(self) -> int:
        return self.arriving + self.held


class ArrivingMessages(Generic[Websocket]):
    """Counts what is on its way over each websocket, by whatever stands for one."""

    def __init__(self, most_bytes: int = MOST_BYTES, first_seconds: float = FIRST_SECONDS) -> None:
        """Begin with nothing on its way."""
        self.most_bytes = most_bytes
        self.first_seconds = first_seconds
        self._messages: dict[Websocket, _Message] = {}

    def came(self, websocket: Websocket, count: int, now: float) -> Websocket | None:
        """Count bytes of a websocket; return the one that is to be given up for it, which waits longest with many."""
        message = self._messages.setdefault(websocket, _Message())
        if message.bytes <= SMALL_BYTES:
            message.since = now
        message.arriving += count
        if message.bytes <= SMALL_BYTES:
            return None
        large = {each: other for each, other in self._messages.items() if other.bytes > SMALL_BYTES}
        if sum(other.bytes for other in large.values()) <= self.most_bytes:
            return None
        return min(large, key=lambda each: large[each].since)

    def taken(self, websocket: Websocket, size: int) -> None:
        """A message of `size` bytes is whole; it is held until the next is asked for.

        What came behind it, one read of the socket at most, counts from the next bytes on.
        """
        if message := self._messages.get(websocket):
            message.arriving, message.held = 0, size

    def handed_over(self, websocket: Websocket) -> None:
        """The page has what was held."""
        if message := self._messages.get(websocket):
            message.held = 0

    def gone(self, websocket: Websocket) -> None:
        """A websocket is closed."""
        self._messages.pop(websocket, None)

    def late(self, now: float) -> list[Websocket]:
        """Return the websockets whose message is on its way for longer than its size takes at the slowest rate."""
        return [
            websocket
            for websocket, message in self._messages.items()
            if message.arriving > SMALL_BYTES
            and now - message.since > self.first_seconds + message.arriving / BYTES_A_SECOND
        ]

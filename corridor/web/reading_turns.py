"""Whose bytes are read next: those of the connection that took least of the event loop of late.

Bytes are cheap to send and can be dear to read. A body in chunks of one byte, or a message in empty frames, costs
uvicorn some 20 µs for every six bytes: what one read of a socket brings (256 kB) kept the loop for over a second, six
such bodies for 17 s (measured), and no limit of the application hears of it before it is read. So bytes are handed on
in small pieces, for a short while in each turn of the loop, and who made much work waits for who made little.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable

#: Bytes handed on at a time, to begin with and where they turned out cheap, as those of a file do: bytes are cheap that
#: take less than 0.1 µs each (measured: 0.02 of a body of known length, 3 of one in chunks of one byte).
SMALL_PIECE, LARGE_PIECE = 4_096, 16_384
CHEAP_SECONDS_A_BYTE = 1e-7
#: Seconds of work in one turn of the loop; whoever else waits for the loop comes between two turns.
TURN_SECONDS = 0.01
#: Seconds of work, forgotten at so many a second, up to which a connection is nothing out of the ordinary: some 200
#: requests in a burst.
ORDINARY_SECONDS, FORGOTTEN_A_SECOND = 0.1, 0.05
#: Turns, as long as it lasted, that are left to whatever else there is after one of those who took more: after cheap
#: bytes, as of a large file, and after dear ones, which no browser sends so many of. With one turn alone a page beside
#: twelve websockets of countless pings took 9 s (measured, at load 13).
LEFT_AFTER_CHEAP, LEFT_AFTER_DEAR = 1, 9

#: Seconds of work, not forgotten, after which a websocket is closed: the longest message takes 0.02 (measured).
MOST_OF_A_WEBSOCKET = 0.5

logger = logging.getLogger(__name__)


class Incoming:
    """Bytes of one connection that have arrived and are to be handed on.

    `hand_on` takes a piece; `is_open` tells whether more may be handed on, `wait` is told whether the connection is to
    be read no further for now, `give_up` ends it. `spent` are the seconds its bytes took, as far as not forgotten; it
    ends where they are more than `most_seconds`. `served` tells which of all pieces that were handed on was its last, 0
    for none.
    """

    def __init__(
        self,
        hand_on: Callable[[bytes], None],
        is_open: Callable[[], bool],
        wait: Callable[[bool], None],
        give_up: Callable[[], None],
    ) -> None:
        """Begin with nothing."""
        self.hand_on, self.is_open, self.wait, self.give_up = hand_on, is_open, wait, give_up
        self.bytes = bytearray()
        self.most_seconds = math.inf
        self.piece = SMALL_PIECE
        self.spent = 0.0
        self.looked_at = 0.0
        self.served = 0

    def spent_of_late(self, now: float) -> float:
        """Return the seconds of work that are not forgotten yet."""
        self.spent = max(0.0, self.spent - (now - self.looked_at) * FORGOTTEN_A_SECOND)
        self.looked_at = now
        return self.spent


class ReadingTurns:
    """Hands on what arrives at all connections, a piece of one after a piece of another; all from one event loop."""

    def __init__(self, turn_seconds: float = TURN_SECONDS, clock: Callable[[], float] = time.thread_time) -> None:
        """Begin with nobody waiting; `clock` tells the seconds of work this thread did."""
        self.turn_seconds = turn_seconds
        self.clock = clock
        self._waiting: set[Incoming] = set()
        self._used = 0.0
        self._served = 0
        self._turn_ends = False
        self._next_turn: asyncio.TimerHandle | None = None
        self._others_until = 0.0

    def arrived(self, connection: Incoming, data: bytes) -> None:
        """Hand on what arrived, at once where there is time for it in this turn of the loop."""
        connection.bytes += data
        if connection in self._waiting:
            return
        loop = asyncio.get_running_loop()
        if not self._turn_ends:
            self._turn_ends = True
            loop.call_soon(self._end_turn)
        now = loop.time()
        while connection.bytes and connection.is_open() and self._used < self.turn_seconds:
            if connection.spent_of_late(now) > ORDINARY_SECONDS:
                break
            self._hand_on(connection, now)
        self.go_on(connection)

    def go_on(self, connection: Incoming) -> None:
        """Have what is left of a connection's bytes handed on, when it is its turn."""
        if connection.bytes and connection.is_open() and connection not in self._waiting:
            self._waiting.add(connection)
            connection.wait(True)
            loop = asyncio.get_running_loop()
            is_ordinary = connection.spent_of_late(loop.time()) < ORDINARY_SECONDS
            self._go_on_at(loop.time() if is_ordinary else max(loop.time(), self._others_until))

    def left(self, connection: Incoming) -> None:
        """A connection is gone; nothing more of it is handed on."""
        self._waiting.discard(connection)
        connection.bytes.clear()

    def _end_turn(self) -> None:
        self._turn_ends = False
        self._used = 0.0

    def _go_on_at(self, time: float) -> None:
        """Have the next turn at a time of the loop's clock, unless one is before."""
        if self._next_turn is not None:
            if self._next_turn.when() <= time:
                return
            self._next_turn.cancel()
        self._next_turn = asyncio.get_running_loop().call_at(time, self._next)

    def _next(self) -> None:
        """Hand on for one turn, always of the connection that took least, and see when the next turn is."""
        self._next_turn = None
        now, used = asyncio.get_running_loop().time(), 0.0
        left_to_others = 0
        while self._waiting and used < self.turn_seconds:
            # Where many send, what each took is soon forgotten: of those alike, whoever was not served for longest.
            connection = min(self._waiting, key=lambda connection: (connection.spent_of_late(now), connection.served))
            if connection.spent >= ORDINARY_SECONDS:
                if now < self._others_until:
                    break
                left_to_others = max(left_to_others, LEFT_AFTER_CHEAP)
            try:
                used += self._hand_on(connection, now) if connection.is_open() else 0.0
            except Exception:
                logger.exception("What arrived could not be read")
                self.left(connection)
                connection.give_up()
            if left_to_others and connection.piece == SMALL_PIECE:
                left_to_others = LEFT_AFTER_DEAR
            if not (connection.bytes and connection.is_open()):
                self._waiting.discard(connection)
                connection.wait(False)
        if left_to_others:
            ended = asyncio.get_running_loop().time()
            self._others_until = ended + left_to_others * max(self.turn_seconds, ended - now)
        if self._waiting:
            least = min(connection.spent for connection in self._waiting)
            self._go_on_at(now if least < ORDINARY_SECONDS else max(now, self._others_until))

    def _hand_on(self, connection: Incoming, now: float) -> float:
        """Hand on one piece and return the seconds it took."""
        self._served += 1
        connection.served = self._served
        piece = bytes(connection.bytes[: connection.piece])
        del connection.bytes[: connection.piece]
        before = self.clock()
        connection.hand_on(piece)
        took = self.clock() - before
        connection.piece = (
            min(LARGE_PIECE, 2 * connection.piece) if took < CHEAP_SECONDS_A_BYTE * len(piece) else SMALL_PIECE
        )
        connection.spent = connection.spent_of_late(now) + took
        self._used += took
        if connection.spent > connection.most_seconds:
            self.left(connection)
            connection.give_up()
        return took

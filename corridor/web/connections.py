"""How many connections are open, and how long one may wait for a request to be whole or for an answer to be taken.

uvicorn has neither bound for what Streamlit starts: its options cannot be set from outside, and a connection on which
nothing but half a request arrives stays open for ever. So each connection is looked after on its way to uvicorn: the
event loop is asked to hand connections to a `Connection` here, which passes everything on, bytes by turns.
"""

import asyncio
import logging
import resource
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, cast

from h11 import LocalProtocolError

from corridor.web.answers_taken import AnswersTaken, unread_bytes
from corridor.web.arriving_messages import ArrivingMessages
from corridor.web.networks import network_of
from corridor.web.reading_turns import MOST_OF_A_WEBSOCKET, Incoming, ReadingTurns
from corridor.web.small_frames import bound_small_frames

#: Seconds until a request has arrived up to its body, from the opening of the connection or the answer before: as
#: Apache's mod_reqtimeout, which begins with 20, and above the 5 that uvicorn keeps an idle connection.
HEAD_SECONDS = 15.0
#: Seconds in which too little of an answer is taken before it is left.
UNREAD_SECONDS = 60.0
LOOK_SECONDS = 1.0
#: Files and sockets of the application itself, beside the connections.
OTHER_FILES = 512

FULL = b"Very many connections are open here. Please try again in a few seconds.\n"
REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
    b"Retry-After: 5\r\nX-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'\r\n"
    b"Referrer-Policy: no-referrer\r\nContent-Length: %d\r\n\r\n%s"
) % (len(FULL), FULL)

logger = logging.getLogger(__name__)
Factory = Callable[[], asyncio.Protocol]


class Connection(asyncio.Protocol):
    """One open connection, which hands on to `inner` all that happens to it, and what arrives when it is its turn.

    `requests` are under way on it; `waits_since` is when the last ended, or when it opened; `network` is whose it is,
    "" for this machine.
    """

    transport: asyncio.Transport

    def __init__(self, inner: asyncio.Protocol, connections: "Connections") -> None:
        """Stand before `inner`, the protocol of the server."""
        self.inner = inner
        self.connections = connections
        self.requests = 0
        self.network = ""
        self.answers = AnswersTaken()
        self.let_in = self.is_websocket = False
        self.gone = asyncio.Event()
        self.inner_reads, self.waits, self.answers_wait = True, False, False
        self.incoming = Incoming(self._hand_on, self._takes_more, self._wait, lambda: self.transport.abort())
        self.waits_since = asyncio.get_running_loop().time()

    @property
    def is_gone(self) -> bool:
        """Whether its socket is closed."""
        return cast(int, self.transport.get_extra_info("socket").fileno()) < 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let it in where there is room, or answer that there is none."""
        self.transport = cast(asyncio.Transport, transport)
        self.network = network_of((transport.get_extra_info("peername") or [""])[0])
        self.let_in = self.connections.take_in(self)
        if self.let_in:
            self.inner.connection_made(cast(asyncio.Transport, Wire(self)))
        else:
            self.transport.write(REFUSAL)
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Have bytes handed on when it is their turn."""
        if self.let_in:
            self.connections.turns.arrived(self.incoming, data)

    def _hand_on(self, piece: bytes) -> None:
        """Hand bytes on; a request that begins with them knows that it came by this connection."""
        if self.is_websocket:
            self.connections.message_comes(self, len(piece))
        before = COME_BY.set(self)
        try:
            self.inner.data_received(piece)
        except LocalProtocolError:
            # A body that is no HTTP, of a request whose answer has begun: uvicorn would begin a second one.
            self.transport.abort()
        finally:
            COME_BY.reset(before)

    def _takes_more(self) -> bool:
        return self.inner_reads and not self.answers_wait and not self.transport.is_closing()

    def _wait(self, waits: bool) -> None:
        self.waits = waits
        self.read_or_not()

    def read_or_not(self) -> None:
        """Read the socket only while the server wants it, its bytes are handed on, and answers are taken."""
        if not self._takes_more() or self.waits:
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()

    def go_on_or_not(self) -> None:
        """See whether more is to be read, once something that stood in the way does not any more, or does."""
        self.connections.turns.go_on(self.incoming)
        self.read_or_not()

    def become_websocket(self, protocol: asyncio.Protocol) -> None:
        """Hand on to the protocol of the server that speaks by websocket."""
        self.inner, self.is_websocket = protocol, True
        self.incoming.most_seconds = MOST_OF_A_WEBSOCKET
        bound_small_frames(protocol, self.transport.abort)

    def eof_received(self) -> bool | None:
        """Hand on that nothing more will come."""
        return self.inner.eof_received() if self.let_in else None

    def connection_lost(self, exc: Exception | None) -> None:
        """Hand on that it is closed."""
        self.connections.left(self)
        if self.let_in:
            self.inner.connection_lost(exc)
        # What goes on for whoever comes back remembers the connection for minutes, and is not to keep what had arrived.
        if half := getattr(getattr(self.inner, "conn", None), "reader", None):
            half.discard()
        getattr(self.inner, "frames", []).clear()
        self.inner = asyncio.Protocol()
        self.gone.set()

    def pause_writing(self) -> None:
        """Hand on that answers are taken more slowly than they are given.

        A websocket is not read meanwhile: uvicorn answers each ping at once, and would keep the answers.
        """
        if self.let_in:
            self.answers_wait = self.is_websocket
            self.go_on_or_not()
            self.inner.pause_writing()

    def resume_writing(self) -> None:
        """Hand on that answers are taken again."""
        if self.let_in:
            self.answers_wait = False
            self.inner.resume_writing()
            self.go_on_or_not()


class Wire:
    """The transport of a connection as the server's protocol has it; all but these is the transport's own."""

    def __init__(self, connection: Connection) -> None:
        """Stand before the transport of `connection`."""
        self._connection = connection
        self._transport = connection.transport

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a transport has
        """Return what is the transport's own."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send bytes of an answer."""
        self._connection.answers.written += len(data)
        self._transport.write(data)

    def pause_reading(self) -> None:
        """Read no further until the server wants more."""
        self._connection.inner_reads = False
        self._connection.read_or_not()

    def resume_reading(self) -> None:
        """Read on, as far as nothing else stands in the way."""
        self._connection.inner_reads = True
        self._connection.go_on_or_not()

    def set_protocol(self, protocol: asyncio.Protocol) -> None:
        """Speak by websocket from now on."""
        self._connection.become_websocket(protocol)


#: The connection by which the request came that is being answered.
COME_BY: ContextVar[Connection | None] = ContextVar("come_by", default=None)


class Connections:
    """All open connections: no more than `most`, and none that only waits for longer than it may."""

    def __init__(self, most: int, head_seconds: float = HEAD_SECONDS, unread_seconds: float = UNREAD_SECONDS) -> None:
        """Begin with none; nothing is looked after before `looked_after`."""
        self.most = most
        self.head_seconds = head_seconds
        self.unread_seconds = unread_seconds
        self.open: set[Connection] = set()
        self.turns = ReadingTurns()
        self.messages = ArrivingMessages[Connection]()

    @asynccontextmanager
    async def looked_after(self) -> AsyncIterator[None]:
        """Look after the connections of servers that are started within the block, in the running event loop."""
        loop = asyncio.get_running_loop()
        create_server: Callable[..., Coroutine[None, None, asyncio.Server]] = loop.create_server

        async def create_with_doorkeeper(factory: Factory, *args: object, **options: object) -> asyncio.Server:
            return await create_server(lambda: Connection(factory(), self), *args, **options)

        self.most = _with_files_for(self.most)
        setattr(loop, "create_server", create_with_doorkeeper)  # noqa: B010 - mypy refuses a method set plainly
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            setattr(loop, "create_server", create_server)  # noqa: B010 - as above

    def take_in(self, connection: Connection) -> bool:
        """Take a connection in, if need be in place of another; return whether it may be."""
        if len(self.open) >= self.most:
            self.open -= {other for other in self.open if other.is_gone}
        if len(self.open) >= self.most:
            other = self._may_go()
            if other is None:
                return False
            self.open.discard(other)
            other.transport.abort()
        self.open.add(connection)
        return True

    def _may_go(self) -> Connection | None:
        """Return who makes room: of the network with most connections who waits longest, for a request or to read."""
        held = Counter(connection.network for connection in self.open)
        waiting = [
            (-held[connection.network], since, number, connection)
            for number, connection in enumerate(self.open)
            if (since := connection.answers.waits_since if connection.requests else connection.waits_since) is not None
        ]
        return min(waiting)[-1] if waiting else None

    def left(self, connection: Connection) -> None:
        """A connection is closed."""
        self.open.discard(connection)
        self.turns.left(connection.incoming)
        self.messages.gone(connection)

    def message_comes(self, connection: Connection, count: int) -> None:
        """Count bytes of a message; where there are too many of all, the connection goes that has them longest."""
        too_many = self.messages.came(connection, count, asyncio.get_running_loop().time())
        if too_many is not None:
            too_many.transport.abort()

    def look(self, now: float) -> None:
        """Close what waits for longer than it may; `now` is in seconds of the loop's clock."""
        for late in self.messages.late(now):
            late.transport.abort()
        for connection in list(self.open):
            if connection.is_gone:
                self.open.discard(connection)
                continue
            answers = connection.answers
            answers.look(unread_bytes(connection.transport), now)
            is_silent = (
                not connection.requests and not answers.unread and now - connection.waits_since > self.head_seconds
            )
            if is_silent or answers.is_too_slow(now, self.unread_seconds):
                connection.transport.abort()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(min(LOOK_SECONDS, self.head_seconds / 4))
            self.look(asyncio.get_running_loop().time())


def _with_files_for(most: int) -> int:
    """Return how many connections, up to `most`, there are files for, once as many were asked for as may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return most
    logger.warning("This process may open %d files; at most %d connections are taken.", soft, soft // 2)
    return min(most, soft // 2)

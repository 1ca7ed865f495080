"""Connections are bounded in number and in what they wait for, on a real server: uvicorn, as Streamlit starts it."""

import asyncio
import contextlib
import logging
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from streamlit.runtime.media_file_storage import MediaFileStorageError
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from corridor.web.arriving_messages import ArrivingMessages
from corridor.web.body_timeout import BodyTimeout
from corridor.web.connections import COME_BY, Connection, Connections
from corridor.web.refusing import keep_refusals_out_of_the_log, refuse
from corridor.web.request_tracking import SENT_AT_ONCE, RequestTracking
from corridor.web.small_frames import AT_ONCE

HEAD = 0.4
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
LARGE = 30_000_000


async def hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


async def slow(_request: Request) -> Response:
    await asyncio.sleep(4 * HEAD)
    return PlainTextResponse("slow")


async def length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def large(_request: Request) -> Response:
    return Response(bytes(LARGE))


async def echo(websocket):
    await websocket.accept()
    with contextlib.suppress(Exception):
        while True:
            await websocket.send_text(await websocket.receive_text())


async def refused(websocket):
    await refuse(websocket.scope, websocket.receive, websocket._send, 421, "Not here.")


@contextmanager
def served(most: int = 50, unread_seconds: float = 60.0) -> Iterator[tuple[int, Connections]]:
    """Yield the port of a server, and its connections."""
    connections = Connections(most, HEAD, unread_seconds)

    @contextlib.asynccontextmanager
    async def lifespan(_app):
        async with connections.looked_after():
            yield

    routes = [
        Route("/", hello),
        Route("/slow", slow),
        Route("/large", large),
        Route("/length", length, methods=["POST"]),
        WebSocketRoute("/echo", echo),
        WebSocketRoute("/refused", refused),
    ]
    middleware = [Middleware(RequestTracking), Middleware(BodyTimeout, first_seconds=HEAD)]
    app = Starlette(routes=routes, lifespan=lifespan, middleware=middleware)
    config = uvicorn.Config(app, log_config=None, ws="websockets-sansio", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(200)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert wait_for(lambda: server.started)
            yield listening.getsockname()[1], connections
        finally:
            server.should_exit = True
            thread.join(20)


class SlowTransport(asyncio.Transport):
    """A transport to somebody who takes an answer as slowly as the test says; `unread` bytes are not taken yet."""

    def __init__(self, open_socket: socket.socket, unread: int, address: str = "127.0.0.1") -> None:
        super().__init__({"socket": open_socket, "peername": (address, 50_000)})
        self.unread = unread
        self.is_aborted = False

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return self.is_aborted

    def abort(self) -> None:
        self.is_aborted = True


def wait_for(condition, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return bool(condition())


def opened(port: int, *sent: bytes) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", port), timeout=20)
    for part in sent:
        one.sendall(part)
    return one


def arrives(one: socket.socket, text: bytes) -> bool:
    told = b""
    while text not in told and (part := one.recv(65_536)):
        told += part
    return text in told


def answer(one: socket.socket) -> bytes:
    """All that arrives until the connection is closed."""
    told = b""
    with contextlib.suppress(ConnectionError):
        while part := one.recv(65_536):
            told += part
    return told


@pytest.mark.parametrize("sent", [b"", b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nCookie: a"])
def test_half_a_request_is_left_in_time_also_when_it_goes_on_in_drops(sent):
    with served() as (port, connections):
        silent, dripping = opened(port, sent), opened(port, sent)
        stop = Event()

        def drip() -> None:
            with contextlib.suppress(OSError):
                while not stop.wait(HEAD / 10):
                    dripping.sendall(b"a")

        thread = Thread(target=drip)
        if sent.endswith(b"a"):
            thread.start()
        assert answer(silent) == b""
        assert answer(dripping) == b""
        stop.set()
        if thread.ident:
            thread.join()
        assert wait_for(lambda: not connections.open)
        silent.close()
        dripping.close()


def test_half_a_request_after_a_whole_one_is_left_in_time():
    with served() as (port, connections), opened(port, GET) as one:
        assert arrives(one, b"hello")
        one.sendall(GET[:-2])
        assert answer(one) == b""
        assert wait_for(lambda: not connections.open)


@pytest.mark.slow
def test_a_request_that_takes_longer_to_answer_and_a_websocket_stay():
    with served() as (port, _), connect(f"ws://127.0.0.1:{port}/echo") as websocket:
        with opened(port, GET.replace(b"/ ", b"/slow ").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")) as one:
            assert answer(one).endswith(b"slow")
        websocket.send("still here")
        assert websocket.recv(20) == "still here"


def test_a_body_in_drops_is_told_that_it_is_too_slow_and_left():
    with served() as (port, _):
        with opened(port, b"POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1234") as one:
            told = answer(one)
            assert told.startswith(b"HTTP/1.1 408 ")
            assert b"too slowly" in told
        with opened(port, b"POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nConnection: close\r\n\r\n") as one:
            one.sendall(b"1234")
            one.sendall(b"56789")
            assert answer(one).endswith(b"9")


def test_who_goes_away_while_sending_is_no_error_for_the_log(caplog):
    with served() as (port, connections):
        with opened(port, b"POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1234"):
            assert wait_for(lambda: any(one.requests for one in list(connections.open)))
        assert wait_for(lambda: not connections.open)
        with opened(port, GET) as one:
            assert arrives(one, b"hello")
    assert [one for one in caplog.records if one.levelno >= logging.WARNING] == []


def test_a_large_body_has_the_time_it_takes_at_the_slowest_rate():
    size = 40_000
    with served() as (port, _):
        head = f"POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n".encode()
        with opened(port, head) as one:
            for _ in range(10):
                one.sendall(bytes(size // 10))
                time.sleep(HEAD / 4)
            assert answer(one).endswith(str(size).encode())


@pytest.mark.slow
def test_an_answer_that_nobody_takes_is_left():
    with served(unread_seconds=3 * HEAD) as (port, connections), opened(port, GET.replace(b"/ ", b"/large ")):
        assert wait_for(lambda: connections.open)
        assert wait_for(lambda: not connections.open)


def test_an_answer_that_is_taken_slowly_is_not_left():
    async def play(open_socket: socket.socket) -> None:
        connections = Connections(5, unread_seconds=60)
        transport = SlowTransport(open_socket, unread=LARGE)
        connection = Connection(asyncio.Protocol(), connections)
        connection.connection_made(transport)
        connection.requests = 1
        connection.answers.written = LARGE
        now = asyncio.get_running_loop().time()
        connections.look(now)
        for _ in range(20):
            now += 50
            transport.unread -= 100_000
            connections.look(now)
        assert not transport.is_aborted
        connections.look(now + 59)
        assert not transport.is_aborted
        for second in range(60, 180):
            transport.unread -= 250
            connections.look(now + second)
        assert transport.is_aborted

    with socket.socket() as open_socket:
        asyncio.run(play(open_socket))


def test_a_long_answer_leaves_in_pieces_with_turns_for_others_between():
    sent: list[int] = []
    turns = 0

    async def play() -> None:
        nonlocal turns

        async def send(message):
            sent.append(len(message.get("body", b"")))

        async def count() -> None:
            nonlocal turns
            while True:
                await asyncio.sleep(0)
                turns += 1

        async def app(scope, receive, send):
            await Response(bytes(range(256)) * 2_000)(scope, receive, send)

        connection = Connection(asyncio.Protocol(), Connections(5))
        connection.transport = SlowTransport(never_opened, 0)
        before = COME_BY.set(connection)
        counting = asyncio.create_task(count())
        await RequestTracking(app)({"type": "http", "headers": []}, asyncio.Queue().get, send)
        counting.cancel()
        COME_BY.reset(before)

    with socket.socket() as never_opened:
        asyncio.run(play())
    assert sum(sent) == 512_000
    assert max(sent) == SENT_AT_ONCE
    assert turns >= 512_000 // SENT_AT_ONCE - 1


def test_a_full_house_takes_the_place_of_who_waited_longest_and_answers_who_comes():
    with served(most=5) as (port, connections):
        waiting = [opened(port) for _ in range(5)]
        assert wait_for(lambda: len(connections.open) == 5)
        with opened(port, GET) as one:
            assert arrives(one, b"hello")
        assert len(connections.open) <= 5
        for one in waiting:
            one.close()


def test_where_all_are_taken_who_reads_slowly_of_the_network_with_most_makes_room():
    async def play(open_socket: socket.socket) -> None:
        connections = Connections(7)

        def come(address: str, unread: int, requests: int) -> Connection:
            connection = Connection(asyncio.Protocol(), connections)
            connection.connection_made(SlowTransport(open_socket, unread, address))
            connection.requests = requests
            return connection

        here, greedy = "203.0.113.7", "198.51.100.66"
        idle, reads = come(here, 0, 0), come(here, LARGE, 1)
        slow = [come(greedy, LARGE, 1) for _ in range(4)]
        works = come(greedy, 0, 1)
        connections.look(asyncio.get_running_loop().time())
        for newest in (come(here, 0, 0), come("192.0.2.1", 0, 0)):
            assert newest.let_in
        assert sum(connection.transport.is_aborted for connection in slow) == 2
        assert not any(connection.transport.is_aborted for connection in (idle, reads, works))
        # Two networks have as many now; who opened just now, and has not asked yet, stays.
        assert come("192.0.2.2", 0, 0).let_in
        assert idle.transport.is_aborted
        assert not newest.transport.is_aborted

    with socket.socket() as open_socket:
        asyncio.run(play(open_socket))


def test_where_everybody_is_being_served_the_next_is_told_to_come_again():
    with served(most=3) as (port, connections), contextlib.ExitStack() as watching:
        for _ in range(2):
            watching.enter_context(connect(f"ws://127.0.0.1:{port}/echo"))
        with connect(f"ws://127.0.0.1:{port}/echo"), opened(port) as one:
            told = answer(one)
        assert told.startswith(b"HTTP/1.1 503 ")
        assert told.endswith(b"try again in a few seconds.\n")
        assert wait_for(lambda: sum(not one.is_gone for one in list(connections.open)) < 3)
        with opened(port, GET) as one:
            assert arrives(one, b"hello")


def websocket_opened(port: int) -> socket.socket:
    """A socket on which a websocket was opened, to send any bytes by."""
    one = opened(
        port,
        b"GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    )
    assert arrives(one, b"\r\n\r\n")
    return one


def framed(first: int, data: bytes = b"") -> bytes:
    """A frame of a browser's, masked with zeros; `first` is its first byte."""
    size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xff" + len(data).to_bytes(8, "big")
    return bytes([first]) + size + bytes(4) + data


TEXT, TEXT_BEGINS, GOES_ON, ENDS, PING, PONG = 0x81, 0x01, 0x00, 0x80, 0x89, 0x8A


def test_messages_and_bodies_in_the_smallest_parts_arrive_whole():
    text = b"a long way" * 40
    with served() as (port, _):
        with websocket_opened(port) as one:
            one.sendall(framed(TEXT_BEGINS) + b"".join(framed(GOES_ON, bytes([sign])) for sign in text))
            one.sendall(framed(ENDS))
            assert arrives(one, text)
        head = b"POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        with opened(port, head) as one:
            one.sendall(b"1\r\nx\r\n" * 30_000 + b"0\r\n\r\n")
            assert answer(one).endswith(b"30000")


def test_half_a_message_is_left_in_time():
    with served() as (port, connections):
        connections.messages = ArrivingMessages(first_seconds=-100.0)
        with websocket_opened(port) as one:
            one.sendall(framed(TEXT, bytes(200_000))[:-1])
            assert wait_for(lambda: not connections.open)
        with websocket_opened(port) as one:
            one.sendall(framed(TEXT, b"still here"))
            assert arrives(one, b"still here")


def test_no_more_of_messages_is_held_than_may_be_and_the_newest_arrives():
    size = 1_000_000
    with served() as (port, connections):
        connections.messages = ArrivingMessages(most_bytes=3 * size)
        halves = []
        for number in range(3):
            halves.append(websocket_opened(port))
            halves[-1].sendall(framed(TEXT, b"x" * size)[: -size // 10])
            assert wait_for(lambda number=number: len(connections.messages._messages) == number + 1)
        with websocket_opened(port) as one:
            one.sendall(framed(TEXT, b"x" * size + b"whole"))
            assert arrives(one, b"whole")
        assert wait_for(lambda: len(connections.open) == 2)
        for half in halves:
            half.close()


@pytest.mark.slow
@pytest.mark.parametrize("frame", [framed(PING), framed(PONG), framed(PING, b"x" * 125), framed(GOES_ON, b"x")])
def test_a_websocket_of_countless_small_frames_is_cut_off_and_the_others_are_served(frame):
    with served() as (port, connections), connect(f"ws://127.0.0.1:{port}/echo") as websocket:
        with websocket_opened(port) as one:
            one.sendall(framed(TEXT_BEGINS) + frame * AT_ONCE)
            with contextlib.suppress(ConnectionError):
                one.sendall(frame * 1_000)
            assert wait_for(lambda: len(connections.open) == 1)
        websocket.send("meanwhile")
        assert websocket.recv(20) == "meanwhile"


def test_a_refused_websocket_is_no_error_for_the_log(caplog):
    log = logging.getLogger("uvicorn.error")
    before = list(log.filters)
    with served() as (port, _):
        for expected in (1, 0):
            with pytest.raises(InvalidStatus) as refusal, connect(f"ws://127.0.0.1:{port}/refused"):
                pass
            assert refusal.value.response.status_code == 421
            time.sleep(HEAD)
            assert len([one for one in caplog.records if one.levelno >= logging.ERROR]) == expected
            caplog.clear()
            keep_refusals_out_of_the_log()
    log.filters[:] = before


@pytest.mark.parametrize(
    ("sent", "status", "logged"),
    [
        (b"\x16\x03\x01 no request\r\n\r\n", b"HTTP/1.1 400 ", "Invalid HTTP"),
        (
            b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
            b"HTTP/1.1 200 ",
            "Unsupported upgrade",
        ),
    ],
)
def test_what_anybody_can_send_does_not_fill_the_log(sent, status, logged, caplog):
    log = logging.getLogger("uvicorn.error")
    before = list(log.filters)
    with served() as (port, _):
        for expected in (True, False):
            with socket.create_connection(("127.0.0.1", port)) as raw:
                raw.sendall(sent)
                assert raw.recv(1000).startswith(status)
            time.sleep(HEAD)
            assert any(logged in record.getMessage() for record in caplog.records) == expected
            caplog.clear()
            keep_refusals_out_of_the_log()
    log.filters[:] = before


def test_a_download_nobody_offered_does_not_fill_the_log_and_one_that_fails_is_in_it(caplog):
    log = logging.getLogger("streamlit.runtime.backend_operation_handler")
    before = list(log.filters)
    keep_refusals_out_of_the_log()
    try:
        for cause in (None, OSError("the disk is full")):
            try:
                raise MediaFileStorageError("Deferred file 00 not found") from cause
            except MediaFileStorageError:
                log.exception("Error executing deferred callable for file_id %s", "00")
    finally:
        log.filters[:] = before
    assert ["the disk is full" in str(record.exc_info[1].__cause__) for record in caplog.records] == [True]


@pytest.mark.parametrize("chunk", [b"zz\r\n{}\r\n", b"2;" + b"a" * 100_000 + b"\r\n{}\r\n", b"-1\r\n", b"f" * 30])
@pytest.mark.parametrize("path", [b"/", b"/slow", b"/length", b"/large", b"/none"])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_body_that_is_no_http_has_one_quiet_answer(chunk, path, at_once, caplog):
    log = logging.getLogger("uvicorn.error")
    before = list(log.filters)
    keep_refusals_out_of_the_log()
    head = b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    try:
        with served() as (port, connections):
            with opened(port, head + chunk if at_once else head) as raw:
                if not at_once:
                    time.sleep(HEAD / 4)
                    raw.sendall(chunk)
                assert answer(raw).count(b"HTTP/1.1 ") <= 1
            assert wait_for(lambda: not connections.open)
            with opened(port, GET) as other:
                assert arrives(other, b"hello")
    finally:
        log.filters[:] = before
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_after_the_block_the_loop_is_as_it_was():
    async def run() -> bool:
        loop = asyncio.get_running_loop()
        before = loop.create_server
        async with Connections(10).looked_after():
            assert loop.create_server != before
        return loop.create_server == before

    assert asyncio.run(run())


def test_a_connection_that_is_gone_keeps_nothing_of_a_message_that_was_half_here():
    """What runs on for a page that may come back remembers its connection: sixty of these kept 300 MB for long."""
    handshake = (
        b"GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    fragment = bytes([0x02, 0x80 | 127]) + (500_000).to_bytes(8, "big") + bytes(4) + bytes(500_000)
    half = bytes([0x80, 0x80 | 127]) + (2_000_000).to_bytes(8, "big") + bytes(4) + bytes(1_000_000)
    with served() as (port, connections):
        sender = opened(port, handshake)
        assert arrives(sender, b"101")
        (connection,) = connections.open
        protocol = connection.inner
        sender.sendall(fragment + half)
        assert wait_for(lambda: len(protocol.conn.reader.buffer) > 900_000)
        assert [len(frame) for frame in protocol.frames] == [500_000]
        sender.close()
        assert wait_for(connection.gone.is_set)
        assert len(protocol.conn.reader.buffer) == len(protocol.frames) == 0
        assert connection.inner is not protocol

"""A message is refused by its size before it is read and by what it holds before it is parsed, never on the loop."""

import asyncio
import json
import threading
from collections.abc import Iterable

import pytest
from starlette.applications import Starlette
from starlette.requests import Request

from corridor.store.drafts import MOST_VERTICES
from corridor.store.tokens import new_token
from corridor.ui.checking.editor import ADDRESS
from corridor.ui.visit.visit import COOKIE
from corridor.web import measuring, messages
from corridor.web.body_timeout import BodyTimeout
from corridor.web.measuring import MOST_OF_A_VISIT, RequestPlaces, measuring_routes
from corridor.web.messages import (
    ALL_BYTES,
    MOST_BYTES,
    MOST_EDITS,
    SMALL_BYTES,
    BadRequestError,
    Messages,
    parsed_message,
)
from tests.support.asgi import ask

CHUNK = 64_000


def request(chunks: Iterable[bytes], length: str | None = None, asked: list[int] | None = None) -> Request:
    waiting = list(chunks)

    async def receive():
        if asked is not None:
            asked.append(1)
        if not waiting:
            return {"type": "http.disconnect"}
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting)}

    headers = [] if length is None else [(b"content-length", length.encode())]
    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


def in_chunks(size: int) -> list[bytes]:
    return [bytes(CHUNK)] * (size // CHUNK) + [bytes(size % CHUNK)]


def refused(call) -> int:
    with pytest.raises(BadRequestError) as refusal:
        call()
    assert str(refusal.value).endswith(".")
    return refusal.value.status


def receive(held: Messages, one: Request) -> int:
    async def length() -> int:
        async with held.received(one) as data:
            return len(data)

    return asyncio.run(length())


@pytest.mark.parametrize("length", [str(MOST_BYTES + 1), "9" * 20, "9" * 5_000, "-1", "1.0", "1e3", "٣", ""])
def test_a_length_that_is_too_much_is_refused_before_a_byte_is_read(length):
    asked: list[int] = []
    one = Request({"type": "http", "method": "POST", "headers": [(b"content-length", length.encode())]})
    one._receive = request([b"x"], asked=asked)._receive
    assert refused(lambda: receive(Messages(), one)) == 413
    assert asked == []


def test_what_arrives_is_counted_whatever_length_was_told():
    for length in (None, "10", str(MOST_BYTES)):
        assert receive(Messages(), request(in_chunks(MOST_BYTES), length)) == MOST_BYTES
        held = Messages()
        assert refused(lambda h=held, n=length: receive(h, request(in_chunks(MOST_BYTES + 1), n))) == 413
        assert held.held_bytes == 0


def test_large_messages_together_have_a_bound_and_a_small_one_finds_room_nevertheless():
    async def crowd(held: Messages) -> list[object]:
        together, leave = asyncio.Event(), asyncio.Event()
        count = ALL_BYTES // (MOST_BYTES - SMALL_BYTES)

        async def stay() -> None:
            nonlocal count
            async with held.received(request(in_chunks(MOST_BYTES))):
                count -= 1
                if not count:
                    together.set()
                await leave.wait()

        staying = [asyncio.create_task(stay()) for _ in range(count)]
        await together.wait()
        outcomes: list[object] = []
        for size in (MOST_BYTES, SMALL_BYTES):
            try:
                async with held.received(request(in_chunks(size))) as data:
                    outcomes.append(len(data))
            except BadRequestError as refusal:
                outcomes.append(refusal.status)
        leave.set()
        await asyncio.gather(*staying)
        return outcomes

    held = Messages()
    assert asyncio.run(crowd(held)) == [503, SMALL_BYTES]
    assert held.held_bytes == 0


def test_the_longest_lines_that_can_be_edited_are_within_the_counts():
    whole = [[46.123456, 39.123456, 1200.5]] * MOST_VERTICES
    pairs = [[[46.1, 39.1, 1.0], [46.2, 39.2, 2.0]]] * (MOST_VERTICES // 2)
    name = "{[,]}" * 10
    for parts in ([whole], pairs):
        data = json.dumps({"draft": "a" * 32, "open": {"name": name, "parts": parts}}, separators=(",", ":")).encode()
        assert len(data) < MOST_BYTES
        assert parsed_message(data)["open"]["name"] == name
    edits = [{"n": n, "part": 0, "first": 1, "gone": 1, "put": [[46.1, 39.1]] * 50} for n in range(MOST_EDITS)]
    assert (
        len(parsed_message(json.dumps({"draft": "a" * 32, "after": 0, "edits": edits}).encode())["edits"]) == MOST_EDITS
    )


def test_nothing_is_parsed_where_the_pages_are_served(monkeypatch):
    threads = []

    def seen(data):
        threads.append(threading.current_thread())
        return parsed_message(data)

    monkeypatch.setattr(measuring, "parsed_message", seen)
    headers = {"content-type": "application/json", "cookie": f"{COOKIE}={new_token()}"}
    assert ask(Starlette(routes=measuring_routes()), ADDRESS, headers, "POST", b"{}").status == 400
    assert threads[0] is not threading.current_thread()


def test_a_message_whose_sender_left_is_nobodys_fault():
    async def receive():
        return {"type": "http.disconnect"}

    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": ADDRESS,
        "headers": [(b"content-type", b"application/json"), (b"cookie", f"{COOKIE}={new_token()}".encode())],
    }
    asyncio.run(Starlette(routes=measuring_routes())(scope, receive, send))
    assert sent[0]["status"] == 400


def test_one_visit_has_a_few_places():
    places = RequestPlaces()
    held = [places.of_visit("a") for _ in range(MOST_OF_A_VISIT)]
    for one in held:
        one.__enter__()
    assert refused(places.of_visit("a").__enter__) == 503
    with places.of_visit("b"):
        pass
    held.pop().__exit__(None, None, None)
    with places.of_visit("a"):
        pass


def test_every_bound_is_a_sentence():
    for says in (messages.NO_ROOM, messages.TOO_MANY_VALUES, messages.TOO_MANY_EDITS, messages.BUSY):
        assert says.endswith(".")


def test_a_message_that_is_long_on_its_way_makes_room_for_one_that_needs_it(monkeypatch):
    monkeypatch.setattr(messages, "ALL_BYTES", 300_000)
    monkeypatch.setattr(messages, "LONG_SECONDS", 0.2)
    size = 300_000

    async def length(held: Messages, arriving: Request) -> int:
        async with held.received(arriving) as data:
            return len(data)

    async def play() -> None:
        held = Messages()
        half = request([bytes(size), b"never"])
        first = half._receive

        async def first_then_nothing():
            if held.held_bytes:
                await asyncio.sleep(60)
            return await first()

        half._receive = first_then_nothing
        slow = asyncio.create_task(length(held, half))
        await asyncio.sleep(0.01)
        assert held.held_bytes == size - SMALL_BYTES
        with pytest.raises(BadRequestError) as refusal:
            await length(held, request(in_chunks(size)))
        assert refusal.value.status == 503
        await asyncio.sleep(0.3)
        assert await length(held, request(in_chunks(size))) == size
        with pytest.raises(BadRequestError) as refusal:
            await slow
        assert refusal.value.status == 503
        assert held.held_bytes == 0

    asyncio.run(play())


def test_much_that_came_at_once_buys_no_long_silence():
    told: list[dict] = []

    async def app(_scope, receive, _send) -> None:
        while (await receive()).get("more_body"):
            pass

    async def play() -> None:
        arriving = [{"type": "http.request", "body": bytes(3_900_000), "more_body": True}]

        async def receive():
            if not arriving:
                await asyncio.sleep(60)
            return arriving.pop()

        async def send(message) -> None:
            told.append(message)

        scope = {"type": "http", "method": "POST", "path": "/", "headers": [], "query_string": b""}
        await asyncio.wait_for(BodyTimeout(app, first_seconds=0.05)(scope, receive, send), 30)

    asyncio.run(play())
    assert told[0]["status"] == 408

"""The websocket: what is not a page's message goes nowhere, what comes too fast waits, and places are counted."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState, ContextInfo
from streamlit.proto.Common_pb2 import FileURLs, FileURLsRequest, FileURLsResponse
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Initialize, NewSession
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from corridor.store.tokens import new_token
from corridor.ui.checking.adding import LONGEST_PASTE
from corridor.ui.visit.visit import COOKIE
from corridor.web.page_messages import KNOWN
from corridor.web.websocket_bounds import WebsocketBounds
from corridor.web.websocket_limits import STREAM, WebsocketLimits

BOUNDS = WebsocketBounds(messages_a_second=100_000.0)
RERUN = BackMsg(rerun_script=ClientState())
BEGUN = ForwardMsg(new_session=NewSession(initialize=Initialize(session_id="s1")))
FINISHED = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
EARLY = ForwardMsg(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN)


class Noted:
    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.sizes: list[tuple[str, str, int]] = []
        self.room = 1_000_000

    def session_here(self, session: str, visit: str, _network: str) -> None:
        self.told.append(("here", session, visit))

    def addresses_given(self, session: str, visit: str, addresses: list[str]) -> None:
        self.told.append(("given", session, visit, addresses))

    def said(self, session: str, visit: str, _network: str, size: int) -> str:
        self.sizes.append((session, visit, size))
        return "There is no room." if size > self.room else ""

    def session_left(self, session: str) -> None:
        self.told.append(("left", session))


class Wire:
    """A browser's end of one websocket, and what stands for Streamlit behind the limits."""

    def __init__(
        self,
        limits: WebsocketLimits,
        served: "Served",
        visit: str = "",
        path: str = STREAM,
        session: str = "",
        address: str = "127.0.0.1",
    ) -> None:
        self.to_server: asyncio.Queue[Message] = asyncio.Queue()
        self.to_browser: list[Message] = []
        self.is_closed = False
        self.reads = asyncio.Event()
        self.reads.set()
        cookie = [(b"cookie", f"{COOKIE}={visit}".encode())] if visit else []
        scope = {
            "type": "websocket",
            "path": path,
            "headers": cookie,
            "client": (address, 50_000),
            "subprotocols": ["streamlit", "a-token", *([session] if session else [])],
            "extensions": {"websocket.http.response": {}},
            "served": served,
        }
        self.served = served
        self.to_server.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(limits(scope, self.to_server.get, self._send))

    async def _send(self, message: Message) -> None:
        await self.reads.wait()
        if self.is_closed and message["type"] == "websocket.send":
            raise OSError
        self.to_browser.append(message)

    async def say(self, *messages: BackMsg | bytes | str) -> None:
        for one in messages:
            kind = "text" if isinstance(one, str) else "bytes"
            data = one.SerializeToString() if isinstance(one, BackMsg) else one
            self.to_server.put_nowait({"type": "websocket.receive", kind: data})
        await calm()

    async def answer(self, *messages: ForwardMsg) -> None:
        for one in messages:
            await self.served.send({"type": "websocket.send", "bytes": one.SerializeToString()})
        await calm()

    async def leave(self) -> None:
        self.to_server.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await self.task

    @property
    def closed(self) -> int | None:
        return next((m["code"] for m in self.to_browser if m["type"] == "websocket.close"), None)

    @property
    def status(self) -> int | None:
        return next((m["status"] for m in self.to_browser if m["type"] == "websocket.http.response.start"), None)


class Served:
    """Stands for Streamlit: takes note of what reaches it."""

    def __init__(self) -> None:
        self.heard: list[Message] = []

    async def run(self, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
        self.send = send
        while (message := await receive())["type"] != "websocket.disconnect":
            if message["type"] == "websocket.receive":
                self.heard.append(message)


class Plain:
    """Stands for a page that is served over HTTP."""

    async def run(self, _receive: object, send: Callable[[Message], Awaitable[None]]) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})


async def calm() -> None:
    for _ in range(20):
        await asyncio.sleep(0)
    await asyncio.sleep(0.005)


def played(scene: Callable[[Callable[..., Wire], WebsocketLimits, Noted], Awaitable[None]], **bounds: float) -> None:
    noted = Noted()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await scope["served"].run(receive, send)

    async def play() -> None:
        limits = WebsocketLimits(app, replace(BOUNDS, **bounds), noted)
        async with asyncio.timeout(20):
            await scene(
                lambda visit="", path=STREAM, session="", address="127.0.0.1": Wire(
                    limits, Served(), visit, path, session, address
                ),
                limits,
                noted,
            )

    asyncio.run(play())


def test_every_kind_a_page_sends_goes_on_and_the_others_go_nowhere():
    kinds = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
    assert set(kinds) >= KNOWN, "Streamlit's messages have other names now"

    async def scene(open_page, _limits, _noted):
        page = open_page()
        sent = {
            "rerun_script": RERUN,
            "file_urls_request": BackMsg(file_urls_request=FileURLsRequest(file_names=["a"])),
            "backend_operation_request": BackMsg(),
        }
        sent["backend_operation_request"].backend_operation_request.deferred_file.file_id = "x"
        for kind in kinds:
            await page.say(sent.get(kind) or BackMsg(**{kind: True}))
        reached = {BackMsg.FromString(message["bytes"]).WhichOneof("type") for message in page.served.heard}
        assert reached == KNOWN
        skills = BackMsg()
        skills.backend_operation_request.install_skills.SetInParent()
        before = len(page.served.heard)
        await page.say(skills)
        assert len(page.served.heard) == before
        await page.leave()

    played(scene)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\xff" * 40, 1003),
        ("words", 1003),
        (b"\x12" * 1_001, 1009),
        (BackMsg(file_urls_request=FileURLsRequest(file_names=["a"] * 5)), 1008),
        (BackMsg(rerun_script=ClientState(widget_states=WidgetStates(widgets=[WidgetState()] * 6))), 1008),
        (
            BackMsg(
                rerun_script=ClientState(widget_states={"widgets": [{"id": "a-choice", "string_value": "a," * 9}]})
            ),
            1008,
        ),
        (
            BackMsg(rerun_script=ClientState(widget_states={"widgets": [{"string_array_value": {"data": "abcdef"}}]})),
            1008,
        ),
        (BackMsg(rerun_script=ClientState(widget_states={"widgets": [{"int_array_value": {"data": [1] * 6}}]})), 1008),
        (BackMsg(rerun_script=ClientState(widget_states={"widgets": [{"arrow_value": {}}]})), 1008),
        (BackMsg(rerun_script=ClientState(query_string="a=1&b=2")), 1008),
        (BackMsg(rerun_script=ClientState(page_name="a" * 400)), 1009),
        (BackMsg(rerun_script=ClientState(fragment_id="a" * 65)), 1008),
    ],
)
def test_what_no_page_sends_ends_the_connection(sent, code):
    async def scene(open_page, _limits, _noted):
        page = open_page()
        await page.say(sent)
        await page.task
        assert page.closed == code
        assert page.served.heard == []

    played(scene, message_bytes=1_000, names_at_once=4, beside_text_bytes=300, widgets=5, entry_signs=9, query_bytes=6)


def test_an_uploader_names_no_more_files_than_a_page_has_entries():
    async def scene(open_page, _limits, _noted):
        page = open_page()
        uploader = WidgetState(id="files", file_uploader_state_value={"uploaded_file_info": [{}] * 6})
        await page.say(BackMsg(rerun_script=ClientState(widget_states=WidgetStates(widgets=[uploader]))))
        await page.task
        assert page.closed == 1008

    played(scene, widgets=5)


def test_one_visit_of_a_room_does_not_use_up_what_the_room_may_open():
    async def scene(open_page, _limits, _noted):
        greedy = new_token()
        crowd = [open_page(greedy, address="10.0.0.1") for _ in range(5)]
        others = [open_page(new_token(), address="10.0.0.1") for _ in range(3)]
        await calm()
        assert [page.status for page in crowd] == [None, None, 503, 503, 503]
        assert [page.status for page in others] == [None, None, None]
        for page in (*crowd[:2], *others):
            await page.leave()

    played(scene, openings=5, openings_of_a_visit=2, openings_a_second=0.001, openings_of_a_visit_a_second=0.001)


def test_who_sends_no_cookie_has_fewer_files_made():
    async def scene(open_page, _limits, _noted):
        asks = BackMsg()
        asks.backend_operation_request.deferred_file.file_id = "f1"
        bare, other = open_page(), open_page(new_token())
        await bare.say(asks, asks)
        await other.say(asks, asks)
        assert [len(bare.served.heard), len(other.served.heard)] == [1, 2]
        await bare.task
        await other.leave()

    played(scene, operations_without_cookie=1, operations_without_cookie_a_second=0.5, turn_seconds=0.1)


def test_files_that_are_asked_for_too_fast_wait_and_are_refused_in_the_end():
    async def scene(open_page, _limits, _noted):
        page, other = open_page(address="10.0.0.1"), open_page(address="10.0.0.2")
        asks = BackMsg()
        asks.backend_operation_request.deferred_file.file_id = "f1"
        await page.say(asks, asks, asks)
        assert len(page.served.heard) == 2
        await other.say(asks)
        assert len(other.served.heard) == 1
        await page.task
        assert page.closed == 1013
        await other.leave()

    played(scene, operations=2, operations_a_second=0.5, turn_seconds=0.1)


def test_a_pasted_text_may_be_long():
    async def scene(open_page, _limits, noted):
        noted.room = 10_000_000
        page = open_page()
        pasted = {"id": "$$ID-0123-paste", "string_value": "ж" * LONGEST_PASTE}
        await page.say(BackMsg(rerun_script=ClientState(widget_states={"widgets": [pasted]})))
        assert len(page.served.heard) == 1
        await page.leave()

    played(scene)


def test_who_says_nothing_is_cut_off_and_who_spoke_may_be_silent():
    async def scene(open_page, limits, _noted):
        silent, spoken = open_page(), open_page()
        await spoken.say(RERUN)
        await silent.task
        assert silent.closed == 1008
        assert not spoken.task.done()
        await spoken.leave()
        assert limits.places.taken == 0

    played(scene, first_seconds=0.05)


def test_a_page_that_comes_back_may_be_silent():
    """After a gap in the network, or once the application runs again, a page asks for nothing until it is used."""

    async def scene(open_page, _limits, _noted):
        silent, back = open_page(), open_page(session="s1")
        await silent.task
        assert silent.closed == 1008
        assert not back.task.done()
        await back.leave()

    played(scene, first_seconds=0.05)


def test_what_comes_too_fast_waits_and_who_goes_on_is_cut_off():
    async def scene(open_page, _limits, _noted):
        page = open_page()
        heartbeats = [BackMsg(app_heartbeat=True)] * 8
        await page.say(*heartbeats[:5])
        assert 3 <= len(page.served.heard) < 5
        await page.say(*heartbeats * 3)
        await page.task
        assert page.closed == 1008

    played(scene, messages_a_second=50.0, burst=3, late_in_a_row=10)


@pytest.mark.slow
def test_many_bytes_wait_as_many_messages_do():
    async def scene(open_page, _limits, _noted):
        page = open_page()
        large = BackMsg(rerun_script=ClientState(query_string="x" * 1000))
        await page.say(*[large] * 6)
        assert 1 <= len(page.served.heard) < 6
        await page.leave()

    played(scene, bytes_a_second=1000.0, burst_bytes=3000.0)


def test_runs_wait_for_each_other_and_what_is_asked_of_a_run_under_way_does_not():
    async def scene(open_page, limits, _noted):
        first, second, third = (open_page(new_token()) for _ in range(3))
        await first.say(RERUN, RERUN, RERUN)
        await second.say(RERUN)
        await third.say(RERUN)
        assert [len(page.served.heard) for page in (first, second, third)] == [3, 1, 0]
        await first.answer(BEGUN, EARLY, BEGUN)
        assert len(third.served.heard) == 0
        await first.answer(FINISHED)
        assert len(third.served.heard) == 1
        for page in (second, third):
            await page.answer(BEGUN, FINISHED)
        assert limits.turns.taken == 0
        for page in (first, second, third):
            await page.leave()

    played(scene, at_once=2)


@pytest.mark.parametrize(
    "bounds", [{"start_seconds": 0.03}, {"lease_seconds": 0.03}], ids=["never begun", "computes long"]
)
def test_a_turn_ends_though_the_run_does_not(bounds):
    async def scene(open_page, limits, _noted):
        long, waiting = open_page(new_token()), open_page(new_token())
        await long.say(RERUN)
        if "lease_seconds" in bounds:
            await long.answer(BEGUN)
        await waiting.say(RERUN)
        await asyncio.sleep(0.1)
        assert len(waiting.served.heard) == 1
        for page in (long, waiting):
            await page.leave()
        assert limits.places.taken == 0

    played(scene, at_once=1, **bounds)


def test_a_run_that_is_begun_anew_again_and_again_has_no_longer_than_one_that_computes_long():
    """Six such pages, of one address, held every turn: nobody else's page was drawn for as long as they went on."""

    async def scene(open_page, _limits, _noted):
        eager, waiting = open_page(new_token()), open_page(new_token())
        await eager.say(RERUN)
        await eager.answer(BEGUN)
        await waiting.say(RERUN)
        for _ in range(20):
            await eager.say(RERUN)
            await eager.answer(EARLY, BEGUN)
        assert len(waiting.served.heard) == 1
        for page in (eager, waiting):
            await page.leave()

    played(scene, at_once=1, lease_seconds=0.1)


def test_a_page_that_reads_slowly_does_not_keep_its_turn():
    async def scene(open_page, _limits, _noted):
        slow, waiting = open_page(new_token()), open_page(new_token())
        await slow.say(RERUN)
        await slow.answer(BEGUN)
        await waiting.say(RERUN)
        assert waiting.served.heard == []
        slow.reads.clear()
        sending = asyncio.create_task(slow.answer(BEGUN))
        await asyncio.sleep(0.1)
        assert len(waiting.served.heard) == 1
        slow.reads.set()
        await sending
        for page in (slow, waiting):
            await page.leave()

    played(scene, at_once=1, stall_seconds=0.03)


def test_who_waits_too_long_for_a_turn_is_told_to_come_back():
    async def scene(open_page, _limits, _noted):
        busy, waiting = open_page(new_token()), open_page(new_token())
        await busy.say(RERUN)
        await waiting.say(RERUN)
        await waiting.task
        assert waiting.closed == 1013
        await busy.leave()

    played(scene, at_once=1, turn_seconds=0.05)


def led_away(page: Wire) -> list[str]:
    """Return the addresses that a page was led to."""
    sent = [ForwardMsg.FromString(m["bytes"]) for m in page.to_browser if m["type"] == "websocket.send"]
    return [message.auth_redirect.url for message in sent if message.HasField("auth_redirect")]


async def shown(page: Wire, session: str, url: str = "") -> None:
    await page.say(BackMsg(rerun_script=ClientState(context_info=ContextInfo(url=url))))
    await page.answer(ForwardMsg(new_session=NewSession(initialize=Initialize(session_id=session))), FINISHED)


def test_a_page_beyond_the_share_of_a_visit_closes_its_page_unused_for_longest_which_is_led_away():
    async def scene(open_page, limits, _noted):
        visit = new_token()
        mine = [open_page(visit) for _ in range(2)]
        for number, page in enumerate(mine):
            await shown(page, f"s{number}", f"http://127.0.0.1:8501/routes?view={number}")
        await shown(mine[0], "s0", "http://127.0.0.1:8501/routes?view=2")
        third = open_page(visit)
        await calm()
        assert led_away(mine[1]) == ["/closed-page?why=own&again=%2Froutes%3Fview%3D1"]
        assert [page.closed for page in (*mine, third)] == [None, None, None], "its browser has time to leave"
        assert limits.places.of_visit(visit) == 2
        await mine[1].leave()
        # It slept meanwhile, and comes back: it is led away once more, and puts nobody out.
        again = open_page(visit, session="s1")
        await calm()
        assert led_away(again) == led_away(mine[1])
        assert limits.places.of_visit(visit) == 2
        await again.leave()
        for page in (mine[0], third):
            assert page.closed is None
        # Its reader would rather keep an edited line than leave: it stays, and another makes room.
        stays = open_page(visit, session="s1")
        await stays.say(RERUN)
        assert (led_away(stays), len(stays.served.heard)) == ([], 1)
        assert limits.places.of_visit(visit) == 2
        for page in (mine[0], third, stays):
            await page.leave()
        assert limits.places.taken == 0

    played(scene, viewers=4, viewers_of_a_visit=2)


def test_a_page_that_is_led_away_and_stays_is_cut_off():
    async def scene(open_page, limits, _noted):
        visit = new_token()
        stays, silent = open_page(visit), open_page(visit)
        await shown(stays, "s0")
        await open_page(visit).say(RERUN)
        await silent.task
        assert (silent.closed, led_away(silent)) == (1013, [])
        other = open_page(visit)
        await calm()
        await stays.say(RERUN)
        await stays.task
        assert (stays.closed, len(stays.served.heard)) == (1013, 1)
        other = open_page(visit, session="s0")
        await other.task
        assert (other.closed, len(led_away(other))) == (1013, 1)
        assert limits.places.of_visit(visit) == 2

    played(scene, viewers_of_a_visit=2, leaving_seconds=0.05)


def test_a_page_that_makes_room_while_it_waits_for_a_turn_waits_no_longer():
    async def scene(open_page, _limits, _noted):
        busy, visit = open_page(new_token()), new_token()
        await busy.say(RERUN)
        waiting = open_page(visit)
        await waiting.say(RERUN)
        other = open_page(visit)
        await other.say(RERUN)
        await waiting.task
        assert (waiting.closed, waiting.served.heard) == (1013, [])
        await busy.answer(BEGUN, FINISHED)
        assert other.served.heard
        for page in (busy, other):
            await page.leave()

    played(scene, at_once=1, viewers_of_a_visit=1)


def test_a_room_of_silent_and_cookieless_pages_makes_room_for_a_newcomer():
    async def scene(open_page, limits, _noted):
        silent = open_page(new_token())
        none = [open_page("") for _ in range(2)]
        for page in none:
            await page.say(RERUN)
        for place in limits.places._taken:
            place.used_at -= 5.0
        newcomers = [open_page(new_token()) for _ in range(2)]
        for page in newcomers:
            await page.say(RERUN)
        assert [page.closed for page in (silent, *none)] == [1013, 1013, None]
        assert all(page.served.heard for page in newcomers)
        for page in (none[1], *newcomers):
            await page.leave()

    played(scene, viewers=3, leaving_seconds=0.05)


def test_a_page_that_would_find_no_place_says_so_and_everything_else_is_served():
    async def scene(open_page, limits, _noted):
        visit = new_token()
        page = open_page(visit)
        await page.say(RERUN)

        async def status(accept: str, asking: str) -> int:
            told = []
            headers = [(b"accept", accept.encode()), (b"cookie", f"{COOKIE}={asking}".encode())]
            scope = {"type": "http", "method": "GET", "path": "/", "headers": headers, "served": Plain()}

            async def send(message):
                told.append(message)

            await limits(scope, asyncio.Queue().get, send)
            return told[0]["status"]

        assert await status("text/html,*/*", new_token()) == 503
        assert await status("text/html,*/*", visit) == 200
        assert await status("*/*", new_token()) == 200
        await page.leave()
        assert await status("text/html,*/*", new_token()) == 200

    played(scene, viewers=1)


def test_what_a_page_says_is_counted_and_refused_where_there_is_no_room():
    async def scene(open_page, _limits, noted):
        page = open_page(visit := new_token())
        large = BackMsg(rerun_script=ClientState(query_string="x" * 1_000))
        await page.say(large)
        await page.answer(BEGUN)
        assert noted.sizes == [("", visit, large.ByteSize()), ("s1", visit, large.ByteSize())]
        noted.room = 100
        await page.say(RERUN, large)
        await page.task
        assert page.closed == 1013
        assert len(page.served.heard) == 2

    played(scene)


def test_a_page_that_goes_away_while_it_is_drawn_is_no_error_and_its_place_is_free():
    class Drawing(Served):
        async def run(self, receive, send):
            scope = {"type": "websocket", "headers": []}
            websocket = WebSocket(scope, receive, send)
            await websocket.accept()
            with suppress(WebSocketDisconnect):
                await websocket.send_bytes(b"")
            await websocket.receive_bytes()

    async def scene(_open_page, limits, _noted):
        page = Wire(limits, Drawing())
        page.is_closed = True
        await page.task
        assert limits.places.taken == 0

    played(scene)


def test_another_websocket_than_streamlits_is_refused():
    async def scene(open_page, _limits, _noted):
        page = open_page(path="/elsewhere")
        await calm()
        assert page.status == 404

    played(scene)


def test_it_is_told_who_came_which_addresses_were_given_and_who_left():
    async def scene(open_page, _limits, noted):
        visit = new_token()
        page = open_page(visit)
        await page.say(RERUN)
        given = FileURLsResponse(file_urls=[FileURLs(upload_url="/u/1"), FileURLs(upload_url="/u/2")])
        await page.answer(BEGUN, FINISHED, BEGUN, ForwardMsg(file_urls_response=given))
        await page.leave()
        assert noted.told == [("here", "s1", visit), ("given", "s1", visit, ["/u/1", "/u/2"]), ("left", "s1")]

    played(scene)


def test_streamlit_is_set_up_as_the_bounds_need_it():
    assert config.get_option("runner.fastReruns") is False, "every message would begin a thread of its own"
    assert config.get_option("runner.postScriptGC") is False, "every run of a page would collect garbage of all visits"
    assert config.get_option("server.enableWebsocketCompression") is False, "a small message could become a large one"
    assert BOUNDS.message_bytes <= config.get_option("server.maxWidgetStateSize") * 1_000_000
    assert BOUNDS.message_bytes <= config.get_option("server.maxMessageSize") * 1_000_000 <= 10_000_000
    assert BOUNDS.message_bytes > 4 * LONGEST_PASTE


def test_a_network_opens_so_many_websockets_at_once_and_others_are_not_kept_by_it():
    async def scene(open_page, _limits, _noted):
        crowd = [open_page(address="10.0.0.1") for _ in range(3)]
        other, here = open_page(address="10.0.0.2"), [open_page() for _ in range(4)]
        await calm()
        assert [page.status for page in crowd] == [None, None, 503]
        for page in (*crowd[:2], other, *here):
            await page.say(RERUN)
            assert page.served.heard
            await page.leave()

    played(scene, openings=2, openings_a_second=0.001, at_once=20)


def test_one_address_with_cookies_enough_for_every_place_makes_room_for_another():
    async def scene(open_page, limits, _noted):
        crowd = [open_page(new_token(), address="10.0.0.1") for _ in range(3)]
        for page in crowd:
            await page.say(RERUN)
            await page.answer(BEGUN, FINISHED)
        await crowd[0].say(RERUN)
        await crowd[0].answer(BEGUN, FINISHED)
        late = open_page(new_token(), address="10.0.0.1")
        await calm()
        assert late.status == 503
        other = open_page(new_token(), address="10.0.0.2")
        await other.say(RERUN)
        assert other.served.heard
        assert [bool(led_away(page)) for page in crowd] == [False, True, False]
        assert limits.places.taken == 3
        await crowd[1].task
        for page in (crowd[0], crowd[2], other):
            await page.leave()
        assert limits.places.taken == 0

    played(scene, viewers=3, leaving_seconds=0.05)

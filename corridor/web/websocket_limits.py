"""What one page, one visit and all together may ask over Streamlit's websocket, so that nobody can occupy the machine.

Nothing a person does comes near these bounds. What comes too fast is not dropped: it is read later, so that the sender
has to wait. Only who goes on sending too fast is cut off.
"""

import asyncio
from contextlib import suppress
from typing import Protocol

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from corridor.store.tokens import Token
from corridor.web.allowance import Allowance
from corridor.web.closed_page import LedAway
from corridor.web.networks import network_asking
from corridor.web.paces import Openings, Operations
from corridor.web.page_messages import LATER, POLICY, UNREADABLE, RefusedMessageError, read_message
from corridor.web.page_turns import PageTurns
from corridor.web.places import PagePlace, PagePlaces, WhyClosed
from corridor.web.refusing import refuse
from corridor.web.session_owners import SessionOwners, earlier_session
from corridor.web.visit import token_of
from corridor.web.websocket_bounds import WebsocketBounds

#: Where Streamlit's websocket is; a page in a sub-folder asks for it there as well.
STREAM = "/_stcore/stream"
#: Only what draws is longer (measured: the longest other message, "new_session", has 2 kB).
LONGEST_NEWS = 64_000
#: How much dearer what is no pasted text is than its bytes: two thousand parts a second are as many as a page may send.
DEARER = 10
#: When a websocket that found no place may ask again.
COME_AGAIN = {"Retry-After": "5"}


class Watch(Protocol):
    """Who is told which session belongs to which visit, and which upload addresses it was given."""

    def session_here(self, session: str, visit: Token, network: str) -> None:
        """A session is connected, from a network ("" for this machine)."""

    def addresses_given(self, session: str, visit: Token, addresses: list[str]) -> None:
        """A session was given addresses to send files to."""

    def said(self, session: str, visit: Token, network: str, size: int) -> str:
        """A page sends a message of so many bytes; return why it is not to be taken in, "" where it is."""

    def session_left(self, session: str) -> None:
        """A session has one connection less; it may come back."""


class WebsocketLimits:
    """ASGI middleware around Streamlit's websocket."""

    def __init__(self, app: ASGIApp, bounds: WebsocketBounds, watch: Watch) -> None:
        """Wrap `app`."""
        self.app = app
        self.bounds = bounds
        self.watch = watch
        self.turns = PageTurns(bounds.at_once, max(1, bounds.at_once // 2))
        self.places = PagePlaces(bounds.viewers, bounds.viewers_of_a_visit)
        self.owners = SessionOwners()
        self.led_away = LedAway()
        self.openings = Openings(bounds)
        self.operations = Operations(bounds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in ("websocket", "http"):
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        # All who send none share the empty one.
        visit = token_of(asked) or ""
        network = network_asking(scope)
        if scope["type"] == "http":
            # A page that finds no place would wait for its websocket without a word.
            is_page = "text/html" in asked.headers.get("accept", "")
            if is_page and not self.places.has_room(visit, network, asyncio.get_running_loop().time()):
                await refuse(scope, receive, send, 503, self._full(), {"Retry-After": "10", "Refresh": "10"})
            else:
                await self.app(scope, receive, send)
        elif not scope["path"].endswith(STREAM):
            await refuse(scope, receive, send, 404, "There is nothing here.")
        else:
            await self._serve(scope, receive, send, visit, network)

    def _full(self) -> str:
        return f"{self.bounds.viewers} pages are open here, as many as this machine serves. Load this in a moment."

    async def _serve(self, scope: Scope, receive: Receive, send: Send, visit: Token, network: str) -> None:
        if not self.openings.take(visit, network, asyncio.get_running_loop().time()):
            await refuse(scope, receive, send, 503, "Pages are opened too fast from here.", COME_AGAIN)
            return
        page = _Page(self, visit, network, receive, send)
        earlier = earlier_session(scope)
        page.spoken = bool(earlier)
        page.place.asked = known = self.owners.is_of(earlier, visit)
        if known and (away := self.led_away.once_more(earlier)):
            await page.lead_away_at_once(away)
            return
        if not self.places.take(page.place):
            await refuse(scope, receive, send, 503, self._full(), COME_AGAIN)
            return
        try:
            # Streamlit raises this for a page that went away while it was drawn; the log is not to be filled with it.
            with suppress(WebSocketDisconnected):
                await self.app(self.owners.without_foreign(scope, visit), page.receive, page.send)
        finally:
            self.places.give_back(page.place)
            page.left()


class _Page:
    """One websocket: what it may send now, and whether its runs have a turn."""

    def __init__(self, limits: WebsocketLimits, visit: Token, network: str, receive: Receive, send: Send) -> None:
        self.bounds, self.turns, self.watch, self.owners = limits.bounds, limits.turns, limits.watch, limits.owners
        self.led_away, self.operations, self.visit = limits.led_away, limits.operations, visit
        bounds = limits.bounds
        self._receive, self._send = receive, send
        self.loop = asyncio.get_running_loop()
        now = self.loop.time()
        self.messages = Allowance(bounds.messages_a_second, bounds.burst, now)
        self.bytes = Allowance(bounds.bytes_a_second, bounds.burst_bytes, now)
        self.session = self.shown = ""
        self.spoken = self.holds = self.asked = False
        self.late = self.said = 0
        self.turn_ends = now
        self.timer: asyncio.TimerHandle | None = None
        self.place = PagePlace(visit, network, now, self.make_room)
        self.waiting: asyncio.Timeout | None = None
        self.makes_room: WhyClosed | None = None

    async def receive(self) -> Message:
        """Return the next message that Streamlit is to have, when its time has come."""
        while True:
            try:
                async with asyncio.timeout(None if self.spoken else self.bounds.first_seconds) as self.waiting:
                    if self.makes_room:
                        return await self._lead_away(self.makes_room)
                    message = await self._receive()
            except TimeoutError:
                if self.makes_room:
                    continue
                return await self._cut_off(POLICY, "A page that is open asks for what it shows.")
            if message["type"] == "websocket.connect":
                return message
            self.spoken = True
            self.place.used_at = self.loop.time()
            if message["type"] != "websocket.receive":
                return message
            refusal = await self._take_in(message)
            if self.makes_room:
                continue
            if refusal:
                return await self._cut_off(*refusal)
            if message.get("bytes"):
                return message

    def make_room(self, why: WhyClosed) -> None:
        """Have the page close as soon as it waits for a message, which it mostly does already."""
        self.makes_room = why
        if self.waiting is not None and not self.waiting.expired():
            with suppress(RuntimeError):  # it is not waiting at the moment
                self.waiting.reschedule(self.loop.time())

    async def _lead_away(self, why: WhyClosed) -> Message:
        """Have the browser leave the page before the connection ends, since it would come back at once."""
        if self.session:
            await self._send({"type": "websocket.send", "bytes": self.led_away.lead(self.session, why, self.shown)})
            await self._wait_until_gone()
        return await self._cut_off(LATER, "Every place is taken, and this page made room.")

    async def lead_away_at_once(self, message: bytes) -> None:
        """Serve a page that was led away while it slept, and comes back."""
        await self._send({"type": "websocket.accept", "subprotocol": "streamlit"})
        await self._send({"type": "websocket.send", "bytes": message})
        await self._wait_until_gone()
        await self._cut_off(LATER, "Every place is taken, and this page made room.")

    async def _wait_until_gone(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self.bounds.leaving_seconds):
                for _ in range(self.bounds.burst):
                    if (await self._receive())["type"] == "websocket.disconnect":
                        return

    async def _take_in(self, message: Message) -> tuple[int, str] | None:
        """Wait until a message may go on; return why the page is cut off instead. What is not known is emptied."""
        data: bytes | None = message.get("bytes")
        if data is None:
            return UNREADABLE, "Text was sent where a page sends bytes."
        now = self.loop.time()
        wait = max(self.messages.wait_for(1, now), self.bytes.wait_for(len(data), now))
        self.late = self.late + 1 if wait else 0
        if self.late > self.bounds.late_in_a_row:
            return POLICY, "Messages came faster than a page sends them, for too long."
        await asyncio.sleep(wait)
        try:
            said, beside = read_message(data, self.bounds)
            # Many small parts are dearer to look at than their bytes; who sends them waits with the next message.
            self.bytes.wait_for(DEARER * beside, now)
        except RefusedMessageError as refused:
            return refused.code, str(refused)
        if said is None:
            message["bytes"] = b""
        elif said.WhichOneof("type") == "backend_operation_request":
            if not await self.operations.take_in_time(self.visit, self.place.network):
                return LATER, "Files were asked for too fast."
        elif said.WhichOneof("type") == "rerun_script":
            self.said = len(data)
            self.place.asked = True
            self.shown = said.rerun_script.context_info.url
            if no_room := self.watch.said(self.session, self.visit, self.place.network, self.said):
                return LATER, no_room
            return await self._wait_for_turn()
        return None

    async def _wait_for_turn(self) -> tuple[int, str] | None:
        """A run under way takes in what is asked of it; another begins when it is this visit's turn."""
        if not self.holds:
            try:
                async with asyncio.timeout(self.bounds.turn_seconds) as self.waiting:
                    await self.turns.take(self.place)
            except TimeoutError:
                return LATER, "The machine is busy; the page asks again by itself."
            self._hold(self.bounds.start_seconds)
        self.asked = True
        return None

    async def send(self, message: Message) -> None:
        """Pass a message on to the browser, taking note of where the page's run stands."""
        data = message.get("bytes") if message["type"] == "websocket.send" else None
        if data and len(data) <= LONGEST_NEWS:
            self._take_note(ForwardMsg.FromString(data))
        stalled = self.loop.call_later(self.bounds.stall_seconds, self._give_back)
        try:
            await self._send(message)
        finally:
            stalled.cancel()

    def _take_note(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            if not self.session:
                self.session = message.new_session.initialize.session_id
                self.owners.began(self.session, self.visit)
                self.watch.session_here(self.session, self.visit, self.place.network)
                self.watch.said(self.session, self.visit, self.place.network, self.said)
            self.asked = False
            if self.holds:
                self._end_turn_in(self.bounds.lease_seconds)
            else:
                self.turns.take_anyway(self.place)
                self._hold(self.bounds.lease_seconds)
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            if self.asked:
                self._end_turn_in(self.bounds.start_seconds)
            else:
                self._give_back()
        elif kind == "file_urls_response":
            addresses = [urls.upload_url for urls in message.file_urls_response.file_urls]
            self.watch.addresses_given(self.session, self.visit, addresses)

    def _hold(self, seconds: float) -> None:
        """Have a turn, which ends in so many seconds if nothing is heard of its run until then."""
        self.holds = True
        self.turn_ends = self.loop.time() + self.bounds.lease_seconds
        self._end_turn_in(seconds)

    def _end_turn_in(self, seconds: float) -> None:
        """End the turn; a run that is begun anew again and again has no longer than one that computes long."""
        if self.timer is not None:
            self.timer.cancel()
        self.timer = self.loop.call_later(min(seconds, max(0.0, self.turn_ends - self.loop.time())), self._give_back)

    def _give_back(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        if self.holds:
            self.holds = False
            self.turns.give_back(self.place)

    async def _cut_off(self, code: int, reason: str) -> Message:
        await self._send({"type": "websocket.close", "code": code, "reason": reason})
        return {"type": "websocket.disconnect", "code": code, "reason": reason}

    def left(self) -> None:
        """The connection is gone; a run that is still under way keeps its turn until it can have stopped."""
        if self.holds:
            self._end_turn_in(self.bounds.stall_seconds)
        if self.session:
            self.watch.session_left(self.session)

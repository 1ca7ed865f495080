"""What stands before Streamlit's upload address: only files a page asked for, counted while they arrive.

A body that goes on in drops is left as any other is (corridor/web/body_timeout.py).
"""

import asyncio
import errno
import re

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.store.tokens import Token
from corridor.store.upload_sessions import NotAdmitted
from corridor.store.uploads import UNASKED_FOR, Arriving
from corridor.ui.visit.process import downloads, uploads
from corridor.web.refusing import refuse
from corridor.web.visit import token_of

#: Streamlit's address for files: a session, then a file it was given an address for.
ADDRESS = re.compile(r"/_stcore/upload_file/([\w-]{1,64})/([\w-]{1,64})", re.ASCII)
ANYWHERE = "_stcore/upload_file"
#: What a system says where a disk, or somebody's part of it, is full.
FULL = (errno.ENOSPC, errno.EDQUOT)
#: Seconds without a byte, and in all, after which a file that is being sent is given up.
SILENT_SECONDS, LONGEST_SECONDS = 20.0, 900.0
#: Bytes that are read and dropped before a page is told why its file is refused: who is still sending hears nothing.
READ_OFF = 80_000_000
#: Seconds in which a page may come back, after a reload of the network or a closed lid, and find the files it sent.
COMES_BACK_SECONDS = 120.0
UNREADABLE = NotAdmitted(400, "The length of what is sent is not a number.")
NO_ROOM = NotAdmitted(
    507,
    "The disk of this machine has no room for the file. Nothing of yours was lost; free some room.",
)
SILENT = NotAdmitted(408, "Nothing more of the file arrived. Send it again.")


class SessionWatch:
    """Tells the uploads which session belongs to whom, and ends what is held for one that does not come back."""

    def session_here(self, session: str, visit: Token, network: str) -> None:
        """A session is connected, from a network ("" for this machine)."""
        uploads().session_here(session, visit, network)

    def addresses_given(self, session: str, visit: Token, addresses: list[str]) -> None:
        """A session was given addresses to send files to."""
        uploads().addresses_given(session, visit, addresses)

    def said(self, session: str, visit: Token, network: str, size: int) -> str:
        """A page sends a message of so many bytes; return why it is not to be taken in, "" where it is."""
        refused = uploads().said(session, visit, size, network)
        return refused.says if refused else ""

    def session_left(self, session: str) -> None:
        """A session has one connection less."""
        uploads().session_left(session)
        asyncio.get_running_loop().call_later(COMES_BACK_SECONDS, self._end, session)

    def _end(self, session: str) -> None:
        if uploads().end_if_gone(session):
            downloads().page_gone(session)


class _CutOffError(Exception):
    """What arrives is not taken in any further; `more` of it is on its way."""

    def __init__(self, refusal: NotAdmitted, more: bool = False) -> None:
        super().__init__(refusal.says)
        self.refusal = refusal
        self.more = more


class GuardedUploads:
    """ASGI middleware around the upload address."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or ANYWHERE not in scope["path"] or scope["method"] == "OPTIONS":
            await self.app(scope, receive, send)
            return
        visit, named = token_of(HTTPConnection(scope)) or "", ADDRESS.fullmatch(scope["path"])
        if named is None or scope["method"] not in ("PUT", "DELETE"):
            await _answer(UNASKED_FOR, scope, receive, send)
        elif scope["method"] == "DELETE":
            await self._remove(scope, receive, send, visit, *named.groups())
        else:
            await self._take(scope, receive, send, visit, named[1])

    async def _remove(self, scope: Scope, receive: Receive, send: Send, visit: Token, session: str, file: str) -> None:
        if not uploads().owns(visit, session, scope["path"]):
            await _answer(UNASKED_FOR, scope, receive, send)
            return

        async def send_and_note(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 204:
                uploads().released(session, file)
            await send(message)

        await self.app(scope, receive, send_and_note)

    async def _take(self, scope: Scope, receive: Receive, send: Send, visit: Token, session: str) -> None:
        length = HTTPConnection(scope).headers.get("content-length")
        if length is not None and not re.fullmatch(r"[0-9]{1,20}", length):
            await _answer(UNREADABLE, scope, receive, send)
            return
        admitted = uploads().admit(visit, session, scope["path"], None if length is None else int(length))
        if isinstance(admitted, NotAdmitted):
            if admitted is not UNASKED_FOR:
                await _read_off(receive)
            await _answer(admitted, scope, receive, send)
            return
        status = 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                await self.app(scope, _counting(receive, admitted), send_and_note)
        except (_CutOffError, TimeoutError) as cut:
            if not status:
                refusal = cut if isinstance(cut, _CutOffError) else _CutOffError(SILENT)
                if refusal.more:
                    await _read_off(receive)
                await _answer(refusal.refusal, scope, receive, send)
        except OSError as problem:
            # What is longer than a megabyte is put down on the disk as it arrives, by Starlette.
            if problem.errno not in FULL or status:
                raise
            await _read_off(receive)
            await _answer(NO_ROOM, scope, receive, send)
        finally:
            admitted.end(kept=status == 204)


def _counting(receive: Receive, arriving: Arriving) -> Receive:
    """Return a `receive` that counts what arrives, and cuts it off where it is too much or does not go on."""
    whole = False

    async def counted() -> Message:
        nonlocal whole
        try:
            # Once the body is here, Streamlit may wait for the end of the connection as long as it likes.
            async with asyncio.timeout(None if whole else SILENT_SECONDS):
                message = await receive()
        except TimeoutError:
            raise _CutOffError(SILENT) from None
        if message["type"] == "http.request":
            whole = not message.get("more_body", False)
            if refused := arriving.take(len(message.get("body", b""))):
                raise _CutOffError(refused, more=not whole)
        return message

    return counted


async def _read_off(receive: Receive) -> None:
    """Let a refused file run out, within bounds; nothing of it is kept."""
    left = READ_OFF
    try:
        async with asyncio.timeout(SILENT_SECONDS):
            while left > 0 and (message := await receive()).get("more_body", False):
                left -= len(message.get("body", b""))
    except TimeoutError:
        return


async def _answer(refusal: NotAdmitted, scope: Scope, receive: Receive, send: Send) -> None:
    await refuse(scope, receive, send, refusal.status, refusal.says, {"Connection": "close"})

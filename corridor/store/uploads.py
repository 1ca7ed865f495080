"""Files on their way in: which page asked for one, and how many bytes wait in memory for each visit and for all."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import RLock

from corridor.reading.limits import MEGABYTE, of_bytes
from corridor.store.tokens import Token
from corridor.store.upload_sessions import (
    GAVE_WAY,
    Asking,
    FileOnItsWay,
    HeldFile,
    NotAdmitted,
    UploadSession,
    gives_its_place,
    left_behind,
    of_the_greediest,
)

#: What stands around a file in the body of a request: its name, its type, and the lines between.
AROUND_A_FILE = 65_536
#: A file counts as at least this much, so that empty ones cannot be held without end.
LEAST_BYTES = 4096
#: A page's last message stays in memory as it came, as it was read and as what its widgets hold (measured: 2.4 times
#: its bytes); those of up to so many bytes are not counted.
TIMES_KEPT, SMALL_MESSAGE = 3, 64_000
#: Addresses of one session that no file was sent to yet; the oldest are forgotten first.
MOST_ADDRESSES = 200
#: Pages that are drawn before their session is heard of; the oldest are forgotten first.
MOST_EARLY = 1000


@dataclass(frozen=True, slots=True)
class UploadCaps:
    """Bytes in memory of one visit and of all, and how many files are sent at the same time."""

    visit_bytes: int = 200 * MEGABYTE
    all_bytes: int = 400 * MEGABYTE
    visit_at_once: int = 6
    all_at_once: int = 40


FULL = NotAdmitted(503, "Others are sending large files. Nothing was lost; try again in a minute.")
GAVE_ITS_PLACE = NotAdmitted(503, "Others are sending files too, and this one made room. Send it again in a minute.")
UNASKED_FOR = NotAdmitted(403, "No page asked for this file. Load the page anew and send it there.")


class Uploads:
    """All files that were sent and not yet taken over by a page; safe to be used by many threads.

    `drop_session` is called with the id of a session that holds something and did not come back, `drop_file` with those
    of a session and of a file in it that nobody took over. `now` is in seconds of a clock that only goes forward.
    """

    def __init__(
        self,
        caps: UploadCaps,
        drop_session: Callable[[str], None],
        drop_file: Callable[[str, str], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with none."""
        self.caps = caps
        self._drop_session, self._drop_file, self.now = drop_session, drop_file, now
        self._sessions: dict[str, UploadSession] = {}
        self._early: dict[str, UploadSession] = {}
        self._lock = RLock()

    @property
    def held_bytes(self) -> int:
        """Bytes of all visits that are arriving or wait in memory."""
        with self._lock:
            return sum(session.bytes for session in self._sessions.values())

    def session_here(self, session: str, visit: Token, network: str = "") -> None:
        """A session is connected, for the first time or once more, from a network ("" for this machine)."""
        with self._lock:
            page = self._sessions.get(session)
            if page is None:
                early = self._early.pop(session) if session in self._early else UploadSession(session, visit)
                page = self._sessions[session] = early
                page.visit = visit
            page.network = network
            page.connections += 1

    def network_of(self, visit: Token) -> str:
        """Return the network a visit's pages come from, "" for this machine and where none is open."""
        with self._lock:
            pages = [page for page in self._sessions.values() if visit in (page.visit, page.without_cookie)]
            return next((page.network for page in pages if page.network), "")

    def open_visits(self) -> set[Token]:
        """Return the visits with an open page; one that closed just now may be on its way back."""
        with self._lock:
            return {visit for page in self._sessions.values() for visit in (page.visit, page.without_cookie)}

    def page_without_cookie(self, session: str, visit: Token) -> None:
        """The page of the session has a visit to itself, since its browser sends no cookie."""
        with self._lock:
            self._drawn(session).without_cookie = visit

    def session_left(self, session: str) -> None:
        """One connection of a session is gone."""
        with self._lock:
            if session in self._sessions:
                self._sessions[session].connections -= 1

    def end_if_gone(self, session: str) -> bool:
        """Let go of what a session holds that has not come back; return whether it has not."""
        with self._lock:
            page = self._sessions.get(session)
            if page is None or page.connections > 0:
                return False
            del self._sessions[session]
            for upload in page.arriving:
                upload.refused = NotAdmitted(410, "The page that sent this file is gone.")
        if page.held or page.said:
            self._drop_session(session)
        return True

    def said(self, session: str, visit: Token, size: int, network: str = "") -> NotAdmitted | None:
        """Count a message of so many bytes in place of a session's last one, or say why it is not to be taken in.

        Before a session is known here, there only has to be room. Messages take half of it at most: no file gives way
        to who has more of it, and a message stays as long as its page.
        """
        with self._lock:
            page = self._sessions.get(session)
            takes = TIMES_KEPT * size if size > SMALL_MESSAGE else 0
            more = takes - (page.said if page else 0)
            if more > 0 and (refused := self._no_room(Asking(visit, network, more))):
                return refused
            every = sum(other.said for other in self._sessions.values())
            if more > 0 and every + more > self.caps.all_bytes // 2:
                return FULL
            if page is not None:
                page.said = takes
            return None

    def page_begins(self, session: str) -> None:
        """A page of the session is drawn anew; what its last run showed counts until this one is through."""
        with self._lock:
            page = self._drawn(session)
            page.showed, page.shows = page.shows, 0

    def page_shows(self, session: str, largest: int) -> None:
        """The page of the session shows an uploader for files of up to `largest` bytes."""
        with self._lock:
            page = self._drawn(session)
            page.shows = max(page.shows, largest)

    def page_ends(self, session: str) -> None:
        """The page of the session is drawn; nothing but what it shows counts."""
        with self._lock:
            self._drawn(session).showed = 0

    def addresses_given(self, session: str, visit: Token, addresses: Iterable[str]) -> None:
        """Take note of addresses a session was given; they count only where its page shows an uploader."""
        with self._lock:
            page = self._sessions.get(session)
            if page is None or page.visit != visit or not page.largest:
                return
            page.waiting |= dict.fromkeys(addresses)
            for oldest in list(page.waiting)[: max(0, len(page.waiting) - MOST_ADDRESSES)]:
                del page.waiting[oldest]

    def admit(self, visit: Token, session: str, address: str, length: int | None) -> "Arriving | NotAdmitted":
        """Let a file of a visit arrive at an address, or say why not; `length` is what the sender says it has."""
        with self._lock:
            page = self._sessions.get(session)
            known = page is not None and (address in page.waiting or address in page.held)
            if page is None or page.visit != visit or not known or page.connections <= 0 or not page.largest:
                return UNASKED_FOR
            of_visit = [upload for each in self._of(visit) for upload in each.arriving]
            if len(of_visit) >= self.caps.visit_at_once or not self._has_a_place(Asking(visit, page.network)):
                return NotAdmitted(429, "Many files are being sent at once. Send this one when they have arrived.")
            arriving = Arriving(self, page, address, page.largest + AROUND_A_FILE)
            if refused := self._too_much(arriving, length or 0):
                return refused
            page.arriving.append(arriving)
            return arriving

    def owns(self, visit: Token, session: str, address: str) -> bool:
        """Whether a file may be removed at an address by this visit."""
        with self._lock:
            page = self._sessions.get(session)
            return page is not None and page.visit == visit and (address in page.held or address in page.waiting)

    def released(self, session: str, file: str) -> None:
        """A file of a session is no longer in memory; `file` is its id, with which its address ends."""
        with self._lock:
            if page := self._sessions.get(session):
                for address in [address for address in page.held if address.rpartition("/")[2] == file]:
                    del page.held[address]

    def gave_way(self, session: str, file: str) -> bool:
        """Whether a file of a session was dropped for others before its page took it over; it is told once."""
        with self._lock:
            page = self._sessions.get(session)
            if page is None or file not in page.gave_way:
                return False
            page.gave_way.remove(file)
            return True

    def _drawn(self, session: str) -> UploadSession:
        """Return the session of a page; a quick one is drawn before its first message has left for the browser."""
        if page := self._sessions.get(session):
            return page
        early = self._early.setdefault(session, UploadSession(session, ""))
        if len(self._early) > MOST_EARLY:
            del self._early[next(iter(self._early))]
        return early

    def _of(self, visit: Token) -> list[UploadSession]:
        return [session for session in self._sessions.values() if session.visit == visit]

    def _has_a_place(self, asks: Asking) -> bool:
        """Whether one more may be on its way, in a free place or in that of one that gives way."""
        every = [upload for each in self._sessions.values() for upload in each.arriving]
        if len(every) < self.caps.all_at_once:
            return True
        other = gives_its_place(every, asks, self.now())
        if other is None:
            return False
        other.refused = GAVE_ITS_PLACE
        other.session.arriving.remove(other)
        return True

    def _make_room(self, asking: Asking, of_visit: list[UploadSession]) -> None:
        """Let files give way until there is room for what is asked, or none gives way any more."""
        every = self._sessions.values()
        while sum(session.bytes for session in of_visit) + asking.more > self.caps.visit_bytes:
            if not (left := left_behind(of_visit, self.now())):
                break
            self._let_go(*left)
        while self.held_bytes + asking.more > self.caps.all_bytes:
            if not (least := left_behind(every, self.now()) or of_the_greediest(every, asking)):
                return
            self._let_go(*least)

    def _let_go(self, session: UploadSession, address: str) -> None:
        if session.held.pop(address, None):
            file = address.rpartition("/")[2]
            if len(session.gave_way) < MOST_ADDRESSES:
                session.gave_way.add(file)
            self._drop_file(session.id, file)
            return
        for upload in [upload for upload in session.arriving if upload.address == address]:
            upload.refused = GAVE_WAY
            session.arriving.remove(upload)

    def _too_much(self, arriving: FileOnItsWay, more: int) -> NotAdmitted | None:
        """Return why `more` bytes of one file cannot be taken in as well."""
        largest = of_bytes(arriving.most - AROUND_A_FILE)
        if arriving.counted + more > arriving.most:
            says = f"The file is too large: at most {largest} are read. Export only the route, or fewer points."
            return NotAdmitted(413, says)
        return self._no_room(Asking(arriving.session.visit, arriving.session.network, more))

    def _no_room(self, asking: Asking) -> NotAdmitted | None:
        """Return why what is asked cannot be taken in as well."""
        of_visit = self._of(asking.visit)
        self._make_room(asking, of_visit)
        if sum(session.bytes for session in of_visit) + asking.more > self.caps.visit_bytes:
            held = of_bytes(self.caps.visit_bytes)
            return NotAdmitted(413, f"Files of more than {held} are being sent at once. Send fewer at a time.")
        return FULL if self.held_bytes + asking.more > self.caps.all_bytes else None


class Arriving(FileOnItsWay):
    """A file on its way; only Uploads makes these."""

    def __init__(self, uploads: Uploads, session: UploadSession, address: str, most: int) -> None:
        """Begin with nothing of it here."""
        super().__init__(session, address, most, uploads.now())
        self._uploads = uploads

    def take(self, more: int) -> NotAdmitted | None:
        """Count bytes that arrived; return why they are too many, and from then on always."""
        with self._uploads._lock:
            self.refused = self.refused or self._uploads._too_much(self, more)
            if self.refused is None:
                self.came(more, self._uploads.now())
            return self.refused

    def end(self, kept: bool) -> None:
        """The file is here, or nothing of it is."""
        with self._uploads._lock:
            if self in self.session.arriving:
                self.session.arriving.remove(self)
            if kept:
                self.session.waiting.pop(self.address, None)
                size = max(LEAST_BYTES, self.counted)
                self.session.held[self.address] = HeldFile(size, self._uploads.now())

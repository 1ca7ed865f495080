"""What each page's session holds of files on their way in, and which of them gives way where there is no room."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from corridor.store.shares import Visitor, gives_way, party_of
from corridor.store.tokens import Token

#: Seconds after which a file that no page took over makes room for whoever needs it: a page takes over what has arrived
#: with its next run.
LEFT_SECONDS = 30.0
#: Seconds after which a file that is still on its way gives its place to others: a minute brings a whole file over most
#: lines.
LONG_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """Why a file is not taken in: a status of HTTP and a sentence."""

    status: int
    says: str


#: Seconds over which the speed of a file is taken, and bytes a second below which it makes room for others: a tenth of
#: what a slow line of today sends, and four times what a body has to reach to be heard at all.
SPEED_SECONDS, SLOW_BYTES_A_SECOND = 10.0, 20_000
GAVE_WAY = NotAdmitted(503, "Others are sending files too, and had less room. Send this one again in a minute.")


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that has arrived and waits to be taken over."""

    bytes: int
    since: float


@dataclass(eq=False, slots=True)
class FileOnItsWay:
    """A file of which `counted` bytes are here, of `most`; `refused` says why it is cut off, once it is."""

    session: "UploadSession"
    address: str
    most: int
    began: float
    counted: int = 0
    refused: NotAdmitted | None = None
    measured: int = 0
    measured_at: float = field(init=False)
    was_slow: bool = False

    def __post_init__(self) -> None:
        """Measure the speed from the beginning on."""
        self.measured_at = self.began

    @property
    def visit(self) -> Token:
        """The visit that sends it."""
        return self.session.visit

    @property
    def network(self) -> str:
        """The network it comes from, "" for this machine."""
        return self.session.network

    def came(self, more: int, now: float) -> None:
        """Count bytes that arrived, and see once in a while how fast they come."""
        self.counted += more
        if now - self.measured_at >= SPEED_SECONDS:
            self.was_slow = self.is_slow(now)
            self.measured, self.measured_at = self.counted, now

    def is_slow(self, now: float) -> bool:
        """Whether it came slowly of late; nobody knows in the first seconds."""
        seconds = now - self.measured_at
        if seconds < SPEED_SECONDS:
            return self.was_slow
        return self.counted - self.measured < SLOW_BYTES_A_SECOND * seconds


@dataclass(eq=False, slots=True)
class UploadSession:
    """A page's session; `shows` and `showed` are the largest file its uploaders take, in this run and the last one.

    `network` is where it came from, "" for this machine; `said` are the bytes that its last message takes in memory;
    `gave_way` are the ids of files that had arrived and were dropped for others, which nobody was told yet;
    `without_cookie` is the visit that ends with the page, where the browser sends no cookie.
    """

    id: str
    visit: Token
    network: str = ""
    connections: int = 0
    said: int = 0
    shows: int = 0
    showed: int = 0
    waiting: dict[str, None] = field(default_factory=dict)
    held: dict[str, HeldFile] = field(default_factory=dict)
    gave_way: set[str] = field(default_factory=set)
    without_cookie: Token = ""
    arriving: list[FileOnItsWay] = field(default_factory=list)

    @property
    def largest(self) -> int:
        """Return the bytes of the largest file that may be sent."""
        return max(self.shows, self.showed)

    @property
    def bytes(self) -> int:
        """Return all bytes that are counted for it."""
        return (
            self.said + sum(file.bytes for file in self.held.values()) + sum(upload.counted for upload in self.arriving)
        )


@dataclass(frozen=True, slots=True)
class Asking:
    """Who needs room: a visit, the network it comes from ("" for this machine), and how many more bytes."""

    visit: Token
    network: str
    more: int = 0


def gives_its_place(on_their_way: Collection[FileOnItsWay], asks: Visitor, now: float) -> FileOnItsWay | None:
    """Return the file on its way whose place another takes where all are taken; None where none gives way.

    At first one that comes slowly, of who has most and no fewer than the one that asks would; then the last of who has
    most; then one that takes long.
    """
    parties = Counter(map(party_of, on_their_way))
    visits = Counter(upload.visit for upload in on_their_way)
    slow = [
        upload
        for upload in on_their_way
        if upload.is_slow(now)
        and parties[party_of(upload)] >= parties[party_of(asks)]
        and visits[upload.visit] > visits[asks.visit]
    ]
    if slow:
        return max(slow, key=lambda upload: (parties[party_of(upload)], visits[upload.visit], -upload.began))
    if last_come := gives_way(sorted(on_their_way, key=lambda upload: upload.began), asks):
        return last_come
    longest = min(on_their_way, key=lambda upload: upload.began, default=None)
    return longest if longest is not None and now - longest.began > LONG_SECONDS else None


def left_behind(sessions: Collection[UploadSession], now: float) -> tuple[UploadSession, str] | None:
    """Return the file that gives way to anybody: of pages that closed first, then of those left, what waits longest."""
    closed = [session for session in sessions if session.connections <= 0]
    return _longest_held(closed) or _longest_held(sessions, until=now - LEFT_SECONDS)


def of_the_greediest(sessions: Collection[UploadSession], asking: Asking) -> tuple[UploadSession, str] | None:
    """Return the file that gives way to who has less: of the visit with most, else of the network with most.

    It waits longest of those that have arrived, else it is on its way for longest. None where whoever asks would then
    have as much as the other. This machine is no network, since a proxy may stand there for everybody.
    """
    by_visit = _crowding([(session.visit, session) for session in sessions], asking.visit, asking.more)
    by_network = [(session.network, session) for session in sessions if session.network]
    for crowd in (by_visit, _crowding(by_network, asking.network, asking.more)):
        if waiting := _longest_held(crowd):
            return waiting
        on_their_way = [upload for session in crowd for upload in session.arriving if upload.counted]
        if on_their_way:
            longest = min(on_their_way, key=lambda upload: upload.began)
            return longest.session, longest.address
    return None


def _crowding(named: list[tuple[str, UploadSession]], asks: str, more: int) -> list[UploadSession]:
    """Return the sessions of the name with most bytes, [] where it has hardly more than the one that asks would."""
    counts = Counter[str]()
    for name, session in named:
        counts[name] += session.bytes
    (most, count), *_ = counts.most_common(1) or [("", 0)]
    own = counts[asks] if asks else 0
    return [session for name, session in named if name == most] if count > own + more else []


def _longest_held(sessions: Collection[UploadSession], until: float = float("inf")) -> tuple[UploadSession, str] | None:
    held = [(file.since, session, address) for session in sessions for address, file in session.held.items()]
    since, session, address = min(held, key=lambda entry: entry[0], default=(until, None, ""))
    return (session, address) if session is not None and since < until else None

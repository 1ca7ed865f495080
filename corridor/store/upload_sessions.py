"""What each page's session holds of files on their way in, and which of them gives way where there is no room."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from corridor.store.tokens import Token

#: Seconds after which a file that no page took over makes room for whoever needs it: a page takes over what has arrived
#: with its next run.
LEFT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """Why a file is not taken in: a status of HTTP and a sentence."""

    status: int
    says: str


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


@dataclass(eq=False, slots=True)
class UploadSession:
    """A page's session; `shows` and `showed` are the largest file its uploaders take, in this run and the last one.

    `network` is where it came from, "" for this machine; `said` are the bytes that its last message takes in memory;
    `gave_way` are the ids of files that had arrived and were dropped for others, which nobody was told yet.
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
    more: int


def left_behind(sessions: Collection[UploadSession], now: float) -> tuple[UploadSession, str] | None:
    """Return the file that gives way to anybody: of pages that closed first, then of those left, what waits longest."""
    closed = [session for session in sessions if session.connections <= 0]
    return _longest_held(closed) or _longest_held(sessions, until=now - LEFT_SECONDS)


def of_the_greediest(sessions: Collection[UploadSession], asking: Asking) -> tuple[UploadSession, str] | None:
    """Return the file that gives way to who has less: of the visit with most, else of the network with most.

    It waits longest of those that have arrived, else it is on its way for longest. None where whoever asks would then
    have as much as the other. This machine is no network, since a proxy may stand there for everybody.
    """
    by_visit = _crowding(Counter(), [(session.visit, session) for session in sessions], asking.visit, asking.more)
    by_network = [(session.network, session) for session in sessions if session.network]
    for crowd in (by_visit, _crowding(Counter(), by_network, asking.network, asking.more)):
        if waiting := _longest_held(crowd):
            return waiting
        on_their_way = [upload for session in crowd for upload in session.arriving if upload.counted]
        if on_their_way:
            longest = min(on_their_way, key=lambda upload: upload.began)
            return longest.session, longest.address
    return None


def _crowding(
    counts: Counter[str], named: list[tuple[str, UploadSession]], asks: str, more: int
) -> list[UploadSession]:
    """Return the sessions of the name with most bytes, [] where it has hardly more than the one that asks would."""
    for name, session in named:
        counts[name] += session.bytes
    (most, count), *_ = counts.most_common(1) or [("", 0)]
    own = counts[asks] if asks else 0
    return [session for name, session in named if name == most] if count > own + more else []


def _longest_held(sessions: Collection[UploadSession], until: float = float("inf")) -> tuple[UploadSession, str] | None:
    held = [(file.since, session, address) for session in sessions for address, file in session.held.items()]
    since, session, address = min(held, key=lambda entry: entry[0], default=(until, None, ""))
    return (session, address) if session is not None and since < until else None

"""What each visit keeps, and which visits end where all together would keep more than they may.

New visits are easily had and networks are not, so that a network keeps half of all at most. This machine is one network
too, but has no such share: behind a proxy that nobody named everybody comes from it.
"""

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from corridor.store.own_file import FileId, OwnFile
from corridor.store.tokens import Token

#: A file counts as at least one block of a disk, so that empty ones cannot be kept without end.
BLOCK_BYTES = 4096
#: The part of all bytes that is left to visits which keep little, and the bytes up to which a visit is one of them: two
#: networks with open pages could fill the rest, each its half.
RESERVE, LITTLE_BYTES = 1 / 20, 1_000_000


@dataclass(frozen=True, slots=True)
class KeptNote:
    """Where a note lies, and its bytes."""

    path: Path
    size: int


@dataclass(slots=True)
class VisitRoom:
    """What one visitor keeps; `seen_at` is the last sign of life, `follows_ended` that another visit ended before.

    `network` is where the visit came from when something was kept for it last, "" for this machine.
    """

    seen_at: float
    follows_ended: bool = False
    files: dict[FileId, OwnFile] = field(default_factory=dict)
    notes: dict[str, KeptNote] = field(default_factory=dict)
    network: str = ""

    @property
    def kept(self) -> list[OwnFile | KeptNote]:
        """All files and notes."""
        return [*self.files.values(), *self.notes.values()]

    @property
    def held_bytes(self) -> int:
        """Bytes of all of them, as they are counted."""
        return sum(max(file.size, BLOCK_BYTES) for file in self.kept)


class WhoseShare(Enum):
    """Whose share is used up: that of the network that asks, or that of all together."""

    NETWORK = "network"
    ALL = "all"


def network_share(all_bytes: int) -> int:
    """Return how many of all bytes the visits of one network may keep together."""
    return all_bytes // 2


def visits_that_end(
    rooms: Mapping[Token, VisitRoom], asks: VisitRoom, more: int, all_bytes: int, open_visits: Collection[Token]
) -> list[Token] | WhoseShare:
    """Return which visits end so that `asks` may keep `more` bytes, none where there is room; else whose share is full.

    Only visits without an open page end, those left alone for longest first: of the network that holds most, where that
    is more than the one that asks would hold; of the own network, those that hold more than `asks` itself would.
    """
    if more <= 0:
        return []
    own, held = asks.network, {token: room.held_bytes for token, room in rooms.items()}
    networks = Counter[str]()
    for token, room in rooms.items():
        networks[room.network] += held[token]
    would_hold = asks.held_bytes + more
    may = all_bytes if would_hold <= LITTLE_BYTES else int(all_bytes * (1 - RESERVE))
    too_much = networks.total() + more - may
    too_much_of_own = networks[own] + more - network_share(all_bytes) if own else 0
    if too_much <= 0 and too_much_of_own <= 0:
        return []
    closed = defaultdict[str, deque[Token]](deque)
    for token, room in sorted(rooms.items(), key=lambda entry: entry[1].seen_at):
        may_end = token not in open_visits and room is not asks
        if may_end and (room.network != own or held[token] > would_hold):
            closed[room.network].append(token)
    crowds = [(-networks[network], network) for network in closed if network != own]
    heapq.heapify(crowds)
    ended: list[Token] = []
    while too_much > 0 or too_much_of_own > 0:
        others = too_much_of_own <= 0 and bool(crowds) and -crowds[0][0] > networks[own] + more
        network = crowds[0][1] if others else own
        if not closed[network]:
            return WhoseShare.NETWORK if too_much_of_own > 0 else WhoseShare.ALL
        token = closed[network].popleft()
        ended.append(token)
        networks[network] -= held[token]
        too_much -= held[token]
        if not others:
            too_much_of_own -= held[token]
        elif closed[network]:
            heapq.heapreplace(crowds, (-networks[network], network))
        else:
            heapq.heappop(crowds)
    return ended

"""Whose place is given away where a shared room is full: networks first, then the visits of a network.

New visits are easily had and networks are not, so that a network is one visitor as long as there are others. This
machine's own addresses are no network, since a proxy may stand there for everybody: each visit from it is its own.
"""

import math
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from corridor.store.tokens import Token

#: Seconds after which half of the work that was done for somebody is forgotten.
HALF_FORGOTTEN_SECONDS = 30.0
#: Seconds of work that make a difference, and those that somebody counts for of whom nothing is known: who did little
#: so far comes before who begins ever new visits.
STEP_SECONDS, UNKNOWN_SECONDS = 0.25, 0.5
#: Networks and visits whose work is remembered; who was worked for longest ago is forgotten first.
MOST_REMEMBERED = 4_000


class Visitor(Protocol):
    """Who holds a place or asks for one: a visit, and the network it comes from ("" for this machine)."""

    @property
    def visit(self) -> Token:
        """The visit's token, "" for who sends none."""

    @property
    def network(self) -> str:
        """The network."""


@dataclass(frozen=True, slots=True)
class Asker:
    """A visit that asks, and the network it came from this time; the visit alone says who it is."""

    visit: Token
    network: str = field(default="", compare=False)


Holder = TypeVar("Holder", bound=Visitor)


def party_of(visitor: Visitor) -> tuple[str, Token]:
    """Return whom a place counts for at first: a network, or a visit of this machine."""
    return (visitor.network, "") if visitor.network else ("", visitor.visit)


def gives_way(places: Sequence[Holder], asks: Visitor) -> Holder | None:
    """Return the place that is given to who asks; None where nobody has two more than the one that asks.

    `places` come in the order in which they were taken. It is the last of the visit with most, of the network with
    most; where that is no other network, of the visit with most in the own one.
    """
    parties = Counter(map(party_of, places))
    own = party_of(asks)
    party = max(parties, key=lambda each: parties[each], default=own)
    if parties[party] <= parties[own] + 1:
        party = own
    of_party = [place for place in places if party_of(place) == party]
    visits = Counter(place.visit for place in of_party)
    most = max(visits.values(), default=0)
    if party == own and most <= visits[asks.visit] + 1:
        return None
    return next(place for place in reversed(of_party) if visits[place.visit] == most)


class WorkDone:
    """How many seconds of work were done of late for each network and each visit."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; `now` is in seconds on a clock that only goes forward."""
        self.now = now
        self._done: OrderedDict[tuple[str, Token], tuple[float, float]] = OrderedDict()

    def count(self, visitor: Visitor, seconds: float) -> None:
        """Count work that was done for somebody."""
        for who in {party_of(visitor), (visitor.network, visitor.visit)}:
            known = self._seconds(who) if who in self._done else 0.0
            self._done[who] = (known + seconds, self.now())
            self._done.move_to_end(who)
        while len(self._done) > MOST_REMEMBERED:
            self._done.popitem(last=False)

    def rank(self, visitor: Visitor, more: float = 0.0) -> tuple[int, int]:
        """Return where somebody stands, the least first: by the work for the network, then for the visit.

        `more` are seconds of work that are expected beyond what was done.
        """
        party, visit = self._seconds(party_of(visitor)), self._seconds((visitor.network, visitor.visit))
        return int((party + more) / STEP_SECONDS), int((visit + more) / STEP_SECONDS)

    def _seconds(self, who: tuple[str, Token]) -> float:
        if who not in self._done:
            return UNKNOWN_SECONDS
        seconds, at = self._done[who]
        return seconds * math.pow(0.5, (self.now() - at) / HALF_FORGOTTEN_SECONDS)


def makes_room(places: Sequence[Holder], asks: Visitor, done: WorkDone) -> Holder | None:
    """Return the place that is given to who asks where all are taken; None where there is none for it.

    It is one of who has more; for who has none yet, else that of who was worked for most.
    """
    if (crowding := gives_way(places, asks)) is not None:
        return crowding
    if any(party_of(place) == party_of(asks) for place in places):
        return None
    most = max(reversed(places), key=done.rank, default=None)
    return most if most is not None and done.rank(most) > done.rank(asks) else None

"""Whose place is given away where a shared room is full: networks first, then the visits of a network.

New visits are easily had and networks are not, so that a network is one visitor as long as there are others. This
machine's own addresses are no network, since a proxy may stand there for everybody: each visit from it is its own.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol, TypeVar

from corridor.store.tokens import Token


class Visitor(Protocol):
    """Who holds a place or asks for one: a visit, and the network it comes from ("" for this machine)."""

    @property
    def visit(self) -> Token:
        """The visit's token, "" for who sends none."""

    @property
    def network(self) -> str:
        """The network."""


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

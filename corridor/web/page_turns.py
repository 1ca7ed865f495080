"""Who may have a page run now: so many at once, nobody's visit more than its share, the others by turn.

Turns go to the networks with fewest at the moment, and one is left for others, so that a network with very many visits
does not keep out another.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass

from corridor.store.shares import Visitor, party_of
from corridor.store.tokens import Token


@dataclass(frozen=True, slots=True)
class _Waiting:
    who: Visitor
    called: asyncio.Future[None]


class PageTurns:
    """Turns for work that is done `at_once`; one visit has at most `share` of them, and one network all but one.

    All calls come from one event loop.
    """

    def __init__(self, at_once: int, share: int) -> None:
        """Begin with every turn free."""
        self.at_once = at_once
        self.share = share
        self._share_of_party = max(share, at_once - 1)
        self._taken: Counter[Token] = Counter()
        self._of_parties: Counter[tuple[str, Token]] = Counter()
        self._queue: list[_Waiting] = []

    @property
    def taken(self) -> int:
        """How many turns are taken, those that nobody asked for included."""
        return self._taken.total()

    async def take(self, who: Visitor) -> None:
        """Wait for a turn.

        First come, first served, except that a network with fewer turns comes first, and a visit with its share waits
        for itself.
        """
        waiting = _Waiting(who, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        self._call()
        try:
            await waiting.called
        except asyncio.CancelledError:
            if waiting.called.done() and not waiting.called.cancelled():
                self.give_back(who)
            else:
                self._queue.remove(waiting)
            raise

    def take_anyway(self, who: Visitor) -> None:
        """Count work that began unasked; others wait for it as for any."""
        self._taken[who.visit] += 1
        self._of_parties[party_of(who)] += 1

    def give_back(self, who: Visitor) -> None:
        """End a turn; whoever is next and may, begins."""
        # What is no longer above zero is left out.
        self._taken -= Counter({who.visit: 1})
        self._of_parties -= Counter({party_of(who): 1})
        self._call()

    def _call(self) -> None:
        while self.taken < self.at_once:
            may = (
                waiting
                for waiting in self._queue
                # Who has just given up is about to leave the queue.
                if self._taken[waiting.who.visit] < self.share
                and self._of_parties[party_of(waiting.who)] < self._share_of_party
                and not waiting.called.done()
            )
            following = min(may, key=lambda waiting: self._of_parties[party_of(waiting.who)], default=None)
            if following is None:
                return
            self._queue.remove(following)
            self.take_anyway(following.who)
            following.called.set_result(None)

"""Who may have a page run now: so many at once, nobody's visit more than its share, the others by turn.

Turns go to the networks with fewest at the moment, of those alike to whose pages ran least of late, and one is left for
others, so that a network with very many visits does not keep out another, nor do several.
"""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass

from corridor.store.shares import Visitor, WorkDone, party_of
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
        self._done = WorkDone()
        self._since: dict[tuple[str, Token], deque[float]] = {}

    @property
    def taken(self) -> int:
        """How many turns are taken, those that nobody asked for included."""
        return self._taken.total()

    async def take(self, who: Visitor) -> None:
        """Wait for a turn.

        A network with fewer turns comes first, then who had pages run for less time of late, networks before their
        visits, then who came first. A visit with its share waits for itself.
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
        self._since.setdefault((who.network, who.visit), deque()).append(self._done.now())

    def give_back(self, who: Visitor) -> None:
        """End a turn; whoever is next and may, begins."""
        # What is no longer above zero is left out.
        self._taken -= Counter({who.visit: 1})
        self._of_parties -= Counter({party_of(who): 1})
        if begun := self._since.get((who.network, who.visit)):
            # Which of a visit's turns ends makes no difference to their sum.
            self._done.count(who, self._done.now() - begun.popleft())
            if not begun:
                del self._since[who.network, who.visit]
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
            following = min(may, key=self._rank, default=None)
            if following is None:
                return
            self._queue.remove(following)
            self.take_anyway(following.who)
            following.called.set_result(None)

    def _rank(self, waiting: _Waiting) -> tuple[int, int, int]:
        return (self._of_parties[party_of(waiting.who)], *self._done.rank(waiting.who))

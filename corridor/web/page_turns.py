"""Who may have a page run now: so many at once, nobody's visit more than its share, the others by turn."""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Waiting:
    visit: str
    called: asyncio.Future[None]


class PageTurns:
    """Turns for work that is done `at_once`; one visit has at most `share` of them while it waits with others.

    All calls come from one event loop.
    """

    def __init__(self, at_once: int, share: int) -> None:
        """Begin with every turn free."""
        self.at_once = at_once
        self.share = share
        self._taken: Counter[str] = Counter()
        self._queue: deque[_Waiting] = deque()

    @property
    def taken(self) -> int:
        """How many turns are taken, those that nobody asked for included."""
        return self._taken.total()

    async def take(self, visit: str) -> None:
        """Wait for a turn of `visit`; first come, first served, except that a visit with its share waits for itself."""
        waiting = _Waiting(visit, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        self._call()
        try:
            await waiting.called
        except asyncio.CancelledError:
            if waiting.called.done() and not waiting.called.cancelled():
                self.give_back(visit)
            else:
                self._queue.remove(waiting)
            raise

    def take_anyway(self, visit: str) -> None:
        """Count work that began unasked; others wait for it as for any."""
        self._taken[visit] += 1

    def give_back(self, visit: str) -> None:
        """End a turn of `visit`; whoever waits longest and may, begins."""
        self._taken[visit] -= 1
        if self._taken[visit] <= 0:
            del self._taken[visit]
        self._call()

    def _call(self) -> None:
        passed: deque[_Waiting] = deque()
        while self._queue and self.taken < self.at_once:
            first = self._queue.popleft()
            if self._taken[first.visit] >= self.share:
                passed.append(first)
                continue
            self._taken[first.visit] += 1
            first.called.set_result(None)
        self._queue.extendleft(reversed(passed))

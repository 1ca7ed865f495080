"""Who is served next of those who wait for the same work: whoever was worked for least of late, network by network."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from corridor.store.shares import WorkDone, makes_room, party_of
from corridor.store.tokens import Token


class NoPlaceError(Exception):
    """Everybody who waits was worked for as little, or somebody else took the place."""


@dataclass(eq=False, slots=True)
class _Place:
    visit: Token
    network: str
    called: asyncio.Future[None]
    since: float = 0.0


class WaitingRoom:
    """Some are served `at_once`, and at most `most_waiting` wait; all calls come from one event loop.

    A turn goes to who is not being served yet, then to who was worked for least of late, networks first and then the
    visits of a network, then to who came first. So cheap work does not wait for the dear work of others. Where all
    places are taken, the one that came last of who has most is given to who has fewer; who has none yet is else given
    that of who was worked for most.
    """

    def __init__(self, at_once: int, most_waiting: int, done: WorkDone | None = None) -> None:
        """Begin with nobody; `done` is the work that counts, this room's own where none is named."""
        self.at_once, self.most_waiting = at_once, most_waiting
        self.done = done or WorkDone()
        self._served: list[_Place] = []
        self._waiting: list[_Place] = []

    @asynccontextmanager
    async def turn(self, visit: Token, network: str) -> AsyncIterator[None]:
        """Serve a visit from a network ("" for this machine) for the length of a block. Raises NoPlaceError."""
        place = _Place(visit, network, asyncio.get_running_loop().create_future())
        if len(self._waiting) >= self.most_waiting and not self._makes_room(place):
            raise NoPlaceError
        self._waiting.append(place)
        self._call()
        try:
            await place.called
            yield
        finally:
            if place in self._served:
                self._served.remove(place)
                self.done.count(place, self.done.now() - place.since)
                self._call()
            elif place in self._waiting:
                self._waiting.remove(place)

    def _makes_room(self, asks: _Place) -> bool:
        """Take the place of somebody who waits; return whether one is given to who asks."""
        other = makes_room(self._waiting, asks, self.done)
        if other is None:
            return False
        self._waiting.remove(other)
        other.called.set_exception(NoPlaceError())
        return True

    def _call(self) -> None:
        while self._waiting and len(self._served) < self.at_once:
            place = min(self._waiting, key=self._turn_of)
            self._waiting.remove(place)
            if not place.called.done():
                place.since = self.done.now()
                self._served.append(place)
                place.called.set_result(None)

    def _turn_of(self, place: _Place) -> tuple[int, int, int, int]:
        of_party = sum(party_of(other) == party_of(place) for other in self._served)
        of_visit = sum(other.visit == place.visit for other in self._served)
        by_party, by_visit = self.done.rank(place)
        return of_party, by_party, of_visit, by_visit

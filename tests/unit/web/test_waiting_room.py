"""A shared room is served by turns, and where it is full nobody's second place keeps out another's first."""

import asyncio
from collections.abc import Awaitable, Callable

from corridor.store import shares
from corridor.store.shares import WorkDone
from corridor.store.upload_sessions import Asking
from corridor.web.waiting_room import NoPlaceError, WaitingRoom


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0


class Play:
    """A room whose visitors stay until they are let go, and who was served or sent away, in that order."""

    def __init__(self, at_once: int = 1, most_waiting: int = 4) -> None:
        self.clock = Clock()
        self.room = WaitingRoom(at_once, most_waiting, WorkDone(lambda: self.clock.now))
        self.served: list[str] = []
        self.sent_away: list[str] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._leave: dict[str, asyncio.Event] = {}

    async def come(self, *names: str) -> None:
        """Names are those of a visit and of a network: "a", "a b" for visit a of network b."""
        for name in names:
            self._tasks.append(asyncio.create_task(self._visit(name)))
            await asyncio.sleep(0)
        await self.settle()

    async def work(self, seconds: float) -> None:
        """Let everybody who is served take so many seconds."""
        self.clock.now += seconds
        for leave in self._leave.values():
            leave.set()
        await self.settle()

    async def settle(self) -> None:
        for _ in range(6):
            await asyncio.sleep(0)

    async def end(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        assert not self.room._served
        assert not self.room._waiting

    async def _visit(self, name: str) -> None:
        visit, _, network = name.partition(" ")
        try:
            async with self.room.turn(visit, network):
                self.served.append(name)
                leave = asyncio.Event()
                self._leave[name] = leave
                await leave.wait()
                self._leave.pop(name, None)
        except NoPlaceError:
            self.sent_away.append(name)


def play(scene: Callable[[Play], Awaitable[None]], **room: int) -> Play:
    played = Play(**room)

    async def whole() -> None:
        try:
            await scene(played)
        finally:
            await played.end()

    asyncio.run(whole())
    return played


def test_a_visits_second_place_makes_room_for_anothers_first_where_all_are_taken():
    async def scene(here: Play) -> None:
        await here.come("a", "a", "a", "b", "b")
        await here.come("honest")
        await here.come("b")

    played = play(scene)
    assert played.served == ["a"]
    assert played.sent_away == ["a", "b"]


def test_turns_go_round_however_many_places_a_visit_has():
    async def scene(here: Play) -> None:
        await here.come("a", "a", "a", "b", "c")
        for _ in range(4):
            await here.work(2.0)

    assert play(scene).served == ["a", "b", "c", "a", "a"]


def test_a_network_with_many_visits_has_one_turn_of_those_of_another():
    async def scene(here: Play) -> None:
        await here.come("a here", "b here", "c here", "d here", "e there")
        await here.work(1.0)
        await here.come("f there", "g other")

    played = play(scene)
    assert played.served == ["a here", "e there"]
    assert played.sent_away == ["d here"]


def test_cheap_work_does_not_wait_for_the_dear_work_of_many():
    """Each of many visits has one place; the one whose work takes little is served next and finds a place."""

    async def scene(here: Play) -> None:
        await here.come("honest")
        await here.work(0.01)
        many = [f"many-{number}" for number in range(5)]
        await here.come(*many)
        for _ in many:
            await here.work(2.0)
        await here.come(*many)
        await here.come("honest")
        await here.work(2.0)

    played = play(scene)
    assert played.served[-1] == "honest"
    assert len(played.sent_away) == 1
    assert played.sent_away[0].startswith("many")


def test_ever_new_visits_come_after_who_is_known_to_need_little():
    async def scene(here: Play) -> None:
        await here.come("honest")
        await here.work(0.01)
        await here.come("new-1", "new-2", "new-3", "new-4")
        await here.come("honest")
        await here.work(2.0)

    assert play(scene).served == ["honest", "new-1", "honest"]


def test_who_needed_much_keeps_the_only_place_from_anothers_second():
    async def scene(here: Play) -> None:
        await here.come("honest")
        await here.work(9.0)
        await here.come("a", "b", "c", "honest", "d")
        await here.come("b", "c", "d")

    assert play(scene).sent_away == ["b", "c", "d"]


def test_who_stops_waiting_and_who_fails_leave_their_places():
    async def scene(here: Play) -> None:
        await here.come("a", "b", "c")
        here._tasks[1].cancel()
        here._tasks[0].cancel()
        await here.settle()
        assert here.served == ["a", "c"]

    play(scene)


def test_work_is_forgotten_by_and_by_and_remembered_of_a_bounded_number(monkeypatch):
    monkeypatch.setattr(shares, "MOST_REMEMBERED", 3)
    clock = Clock()
    done = WorkDone(lambda: clock.now)
    visits = [Asking(f"visit-{number}", "") for number in range(4)]
    for visit in visits:
        done.count(visit, 4.0)
    assert [done.rank(visit)[0] for visit in visits] == [2, 16, 16, 16]
    clock.now = shares.HALF_FORGOTTEN_SECONDS
    assert done.rank(visits[-1]) == (8, 8)

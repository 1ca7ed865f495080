"""Turns: so many at once, nobody more than a share while others wait, first come first served."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from corridor.store.shares import Asker
from corridor.web.page_turns import PageTurns

Began = list[str]


def played(scene: Callable[[PageTurns, Began], Awaitable[None]], at_once: int = 3, share: int = 2) -> Began:
    began: Began = []
    asyncio.run(scene(PageTurns(at_once, share), began))
    return began


async def ask(turns: PageTurns, began: Began, *visits: str) -> list[asyncio.Task[None]]:
    async def one(visit: str) -> None:
        await turns.take(Asker(*visit.split()))
        began.append(visit)

    tasks = [asyncio.create_task(one(visit)) for visit in visits]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return tasks


def test_as_many_begin_as_may_and_the_others_in_the_order_they_came():
    async def scene(turns, began):
        await ask(turns, began, "a", "b", "c", "d", "e")
        assert began == ["a", "b", "c"]
        turns.give_back(Asker("b"))
        await asyncio.sleep(0)
        assert began == ["a", "b", "c", "d"]
        turns.give_back(Asker("a"))

    assert played(scene) == ["a", "b", "c", "d", "e"]


def test_a_visit_that_asks_for_many_has_its_share_and_does_not_hold_up_another():
    async def scene(turns, began):
        await ask(turns, began, *["many"] * 20, "one")
        assert began == ["many", "many", "one"]
        turns.give_back(Asker("one"))
        await asyncio.sleep(0)
        assert began == ["many", "many", "one"]
        turns.give_back(Asker("many"))

    assert played(scene) == ["many", "many", "one", "many"]


def test_a_network_with_many_visits_does_not_keep_out_another():
    crowd = [f"many-{number} 192.0.2.7" for number in range(20)]

    async def scene(turns, began):
        await ask(turns, began, *crowd, "a 198.51.100.1", "b 198.51.100.1", "here")
        turns.give_back(Asker("many-0", "192.0.2.7"))
        await asyncio.sleep(0)
        turns.give_back(Asker("many-1", "192.0.2.7"))
        await asyncio.sleep(0)
        turns.give_back(Asker("here"))

    # One turn is always left for other networks.
    assert played(scene) == [*crowd[:2], "a 198.51.100.1", "here", *crowd[2:4]]


def test_who_gave_up_in_this_very_moment_is_passed_over():
    async def scene(turns, began):
        waiting = await ask(turns, began, "a", "b", "c", "d", "e")
        waiting[3].cancel()
        turns.give_back(Asker("a"))
        await asyncio.sleep(0)

    assert played(scene) == ["a", "b", "c", "e"]


def test_what_began_unasked_counts_and_who_stops_waiting_takes_nothing():
    async def scene(turns, began):
        for _ in range(5):
            turns.take_anyway(Asker("a"))
        waiting = await ask(turns, began, "b", "c")
        waiting[0].cancel()
        for _ in range(2):
            turns.give_back(Asker("a"))
        await asyncio.sleep(0)
        assert began == []
        turns.give_back(Asker("a"))
        await asyncio.sleep(0)
        assert began == ["c"]
        for visit in ("a", "a", "c"):
            turns.give_back(Asker(visit))
        assert turns.taken == 0

    played(scene)


def test_a_turn_given_to_somebody_who_just_left_goes_on_to_the_next():
    async def scene(turns, began):
        turns.take_anyway(Asker("a"))
        first, _ = await ask(turns, began, "b", "c")
        turns.give_back(Asker("a"))
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        await asyncio.sleep(0)
        assert began == ["c"]

    played(scene, at_once=1, share=1)


def test_of_networks_with_as_few_turns_the_one_comes_first_whose_pages_ran_least():
    now = 0.0

    async def scene(turns, began):
        nonlocal now
        turns._done.now = lambda: now
        crowd = [f"{visit} 192.0.2.{network}" for network in range(1, 4) for visit in ("a", "b")]
        for _ in range(3):
            for one in crowd:
                await turns.take(Asker(*one.split()))
                now += 1.0
                turns.give_back(Asker(*one.split()))
        await ask(turns, began, *[one for one in crowd for _ in range(4)], "new 198.51.100.1")
        turns.give_back(Asker("a", "192.0.2.1"))
        await asyncio.sleep(0)
        assert began[-1] == "new 198.51.100.1"

    played(scene, at_once=3, share=2)

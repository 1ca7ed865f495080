"""Who is worked for next, who makes way and whose place is given away, with no process and without waiting."""

from pathlib import Path

import pytest
from pebble import ProcessFuture

from corridor.store.bounds import Failed, WorkBounds
from corridor.store.running_job import RunningJob
from corridor.store.schedule import HAND_OVER_SECONDS, LONGER, Schedule
from corridor.store.shares import Asker

ANNA, ARAM = Asker("anna", "192.0.2.7"), Asker("aram", "198.51.100.1")


def task(size: int = 0) -> RunningJob[int]:
    return RunningJob(lambda: 0, (), Path("unused"), lambda _: None, lambda _: (0, 0), size)


def planned(schedule: Schedule, who: Asker, size: int = 0) -> RunningJob[int]:
    job = task(size)
    assert schedule.add(who, job) is None
    return job


def tried_for(job: RunningJob[int], seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(job), "worked_for", lambda which: seconds if which is job else 0.0)


def test_one_task_of_a_visit_is_in_hand_and_the_network_with_none_comes_next():
    schedule = Schedule(WorkBounds(workers=3, short_tries=0))
    first, second = planned(schedule, ANNA), planned(schedule, ANNA)
    neighbour, other = planned(schedule, Asker("arpi", ANNA.network)), planned(schedule, ARAM)
    assert [schedule.take() for _ in range(4)] == [first, other, neighbour, None]
    assert not schedule.out_of_hand(first, stopped=False)
    assert schedule.take() is second


def test_without_a_free_worker_a_task_is_tried_until_there_is_one():
    schedule = Schedule(WorkBounds(workers=1, short_tries=1))
    jobs = [planned(schedule, Asker(f"visit-{n}")) for n in range(3)]
    assert [schedule.take() for _ in range(3)] == [*jobs[:2], None]
    assert [job.is_try for job in jobs] == [False, True, False]
    schedule.out_of_hand(jobs[0], stopped=False)
    assert schedule.take() is jobs[2]
    assert [job.is_try for job in jobs] == [False, False, True]


@pytest.mark.parametrize("tries", [0, 1, 2])
def test_a_task_makes_way_later_for_what_was_tried_oftener(tries: int, monkeypatch: pytest.MonkeyPatch):
    bounds = WorkBounds(workers=1, short_tries=1, short_seconds=2.0)
    schedule = Schedule(bounds)
    for who in ("visit-0", "visit-1"):
        planned(schedule, Asker(who))
        tried = schedule.take()
    assert tried is not None
    waiting = planned(schedule, Asker("visit-2"))
    waiting.tries = tries
    for seconds, makes_way in ((2.0 * LONGER**tries, False), (2.0 * LONGER**tries + 0.1, True)):
        tried_for(tried, seconds, monkeypatch)
        assert schedule.has_to_make_way(tried) == makes_way
    tried.makes_way = True
    assert schedule.out_of_hand(tried, stopped=True)
    assert tried.tries == 1
    assert schedule.place(tried)[0]


def test_a_task_makes_no_way_for_a_network_that_has_more_in_hand(monkeypatch: pytest.MonkeyPatch):
    schedule = Schedule(WorkBounds(workers=1, short_tries=1))
    planned(schedule, ANNA)
    schedule.take()
    tried = planned(schedule, ARAM)
    assert schedule.take() is tried
    tried_for(tried, 60.0, monkeypatch)
    planned(schedule, Asker("arpi", ANNA.network))
    assert not schedule.has_to_make_way(tried)
    planned(schedule, Asker("anahit", "203.0.113.9"))
    schedule.work_done.count(ARAM, 60.0)
    assert schedule.has_to_make_way(tried)


def test_where_all_places_are_taken_the_last_of_who_has_most_is_given_away():
    schedule = Schedule(WorkBounds(waiting=3))
    crowd = [planned(schedule, ANNA) for _ in range(3)]
    other = task()
    assert schedule.add(ARAM, other) is crowd[-1]
    refused = schedule.add(ANNA, task())
    assert isinstance(refused, Failed)
    assert schedule.every == [*crowd[:2], other]
    assert schedule.clear() == [*crowd[:2], other]
    assert schedule.every == []


def test_small_files_come_first_among_visits_alike():
    schedule = Schedule(WorkBounds())
    large, small = planned(schedule, Asker("one"), 1_000_000), planned(schedule, Asker("two"), 5_000)
    assert [schedule.take(), schedule.take()] == [small, large]


@pytest.mark.parametrize(("begun", "seconds", "lost"), [(False, 0.1, True), (False, -0.1, False), (True, 60.0, False)])
def test_what_was_handed_over_and_never_begun_is_lost_after_a_while(begun: bool, seconds: float, lost: bool):
    schedule = Schedule(WorkBounds(workers=1, short_tries=0))
    clock = [100.0]
    schedule.work_done.now = lambda: clock[0]
    job, waiting = planned(schedule, ANNA), planned(schedule, ARAM)
    assert schedule.take() is job
    job.worked_on = ProcessFuture()
    if begun:
        job.worked_on.set_running_or_notify_cancel()
    clock[0] += HAND_OVER_SECONDS + seconds
    assert schedule.was_lost(job) == lost
    # What waits for its turn waits as long as it has to.
    assert not schedule.was_lost(waiting)

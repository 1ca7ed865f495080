"""Errands: done once however often they are asked for, kept within a bound, and gone with the file they are about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.store.bounds import CANCELLED, FORGOTTEN
from corridor.store.desk import OUR_FAULT, Errand, JobQueue
from corridor.store.job import Job
from corridor.store.pool import Pool
from corridor.store.results import Results
from tests.support import errands
from tests.support.processes import until

ANNA, ARAM = "a" * 32, "b" * 32


@pytest.fixture(scope="module")
def pool():
    made = Pool()
    yield made
    made.close()


@pytest.fixture
def desk(pool):
    return JobQueue(pool)


def errand(call, *args, token=ANNA, about=("sha",)):
    return Errand(token, frozenset(about), call, args)


def test_an_errand_is_done_here_or_by_a_worker_and_then_known(desk):
    for here in (True, False):
        asked = errand(errands.double, 4 + here)
        assert desk.known(asked) is None
        assert desk.ask(asked, here=here, patience=60) == 2 * (4 + here)
        assert desk.known(asked) == 2 * (4 + here)


def test_what_is_under_way_is_asked_for_once_and_can_be_cancelled_and_tried_again(desk, tmp_path):
    asked = errand(errands.sleep_after_telling, tmp_path / "pid")
    job = desk.ask(asked, patience=0.0)
    assert isinstance(job, Job)
    assert desk.ask(asked, patience=0.0) is job
    until(lambda: job.stage == "sleeping")
    desk.cancel(asked)
    until(lambda: job.done)
    assert desk.ask(asked, patience=0.0) == CANCELLED
    desk.again(asked)
    assert isinstance(desk.ask(asked, patience=0.0), Job)
    desk.forgotten(ANNA, "sha")


def test_a_fault_of_ours_is_a_sentence_and_stands_in_the_log(desk, caplog):
    assert desk.ask(errand(errands.fail), here=True) == OUR_FAULT
    assert desk.ask(errand(errands.fail, about=("other",)), patience=60) == OUR_FAULT
    assert "An errand failed" in caplog.text
    assert "A worker failed" in caplog.text


def test_a_file_forgotten_meanwhile_is_told(desk, tmp_path):
    for here in (True, False):
        assert desk.ask(errand(errands.read, tmp_path / f"gone-{here}"), here=here, patience=60) == FORGOTTEN


def test_forgetting_a_file_forgets_what_was_worked_out_from_it_and_ends_what_is_under_way(desk, tmp_path):
    mine, theirs = errand(errands.double, 1), errand(errands.double, 1, token=ARAM)
    other = errand(errands.double, 1, about=("other",))
    for one in (mine, theirs, other):
        desk.ask(one, here=True)
    job = desk.ask(errand(errands.sleep_after_telling, tmp_path / "pid"), patience=0.0)
    assert isinstance(job, Job)
    desk.forgotten(ANNA, "sha")
    assert desk.known(mine) is None
    assert desk.known(theirs) == desk.known(other) == 2
    assert job.outcome() == CANCELLED


def test_results_take_no_more_memory_than_there_is_for_them(pool):
    desk = JobQueue(pool, cap_bytes=250)
    asked = [errand(errands.heavy, number) for number in range(3)]
    for one in asked:
        desk.ask(one, here=True)
    assert desk.known(asked[0]) is None
    assert None not in (desk.known(asked[1]), desk.known(asked[2]))


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 60)), max_size=60))
def test_the_results_kept_fit_the_bound_unless_one_alone_does_not(puts):
    results = Results[int, int](100)
    last = None
    for key, size in puts:
        results.put(key, size, size)
        last = key
        assert results.held_bytes <= 100 or len(results._held) == 1
        assert results.get(key) == size
    results.drop(lambda key: key == last)
    assert last is None or results.get(last) is None

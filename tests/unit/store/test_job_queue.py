"""Jobs: done once however often they are asked for, kept within a bound, and gone with the file they are about."""

import pickle
from dataclasses import dataclass
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.assessing.assessment import Assessment
from corridor.store.bounds import CANCELLED, FORGOTTEN
from corridor.store.job_queue import OUR_FAULT, Job, JobQueue
from corridor.store.pool import Pool
from corridor.store.results import Results
from corridor.store.running_job import RunningJob
from tests.support import jobs
from tests.support.processes import until

ANNA, ARAM = "a" * 32, "b" * 32


@pytest.fixture(scope="module")
def pool():
    made = Pool()
    yield made
    made.close()


@pytest.fixture
def queue(pool):
    return JobQueue(pool)


def job(call, *args, token=ANNA, about=("sha",)):
    return Job(token, frozenset(about), call, args)


def test_a_job_is_done_here_or_by_a_worker_and_then_known(queue):
    for here in (True, False):
        asked = job(jobs.double, 4 + here)
        assert queue.known(asked) is None
        assert queue.ask(asked, here=here, patience=60) == 2 * (4 + here)
        assert queue.known(asked) == 2 * (4 + here)


def test_what_is_under_way_is_asked_for_once_and_can_be_cancelled_and_tried_again(queue, tmp_path):
    asked = job(jobs.sleep_after_telling, tmp_path / "pid")
    running = queue.ask(asked, patience=0.0)
    assert isinstance(running, RunningJob)
    assert queue.ask(asked, patience=0.0) is running
    until(lambda: running.stage == "sleeping")
    queue.cancel(asked)
    until(lambda: running.done)
    assert queue.ask(asked, patience=0.0) == CANCELLED
    queue.again(asked)
    assert isinstance(queue.ask(asked, patience=0.0), RunningJob)
    queue.forgotten(ANNA, "sha")


def test_a_fault_of_ours_is_a_sentence_and_stands_in_the_log(queue, caplog):
    assert queue.ask(job(jobs.fail), here=True) == OUR_FAULT
    assert queue.ask(job(jobs.fail, about=("other",)), patience=60) == OUR_FAULT
    assert "A job failed" in caplog.text
    assert "A worker failed" in caplog.text


def test_a_file_forgotten_meanwhile_is_told(queue, tmp_path):
    for here in (True, False):
        assert queue.ask(job(jobs.read, tmp_path / f"gone-{here}"), here=here, patience=60) == FORGOTTEN


def test_forgetting_a_file_forgets_what_was_worked_out_from_it_and_ends_what_is_under_way(queue, tmp_path):
    mine, theirs = job(jobs.double, 1), job(jobs.double, 1, token=ARAM)
    other = job(jobs.double, 1, about=("other",))
    for wanted in (mine, theirs, other):
        queue.ask(wanted, here=True)
    running = queue.ask(job(jobs.sleep_after_telling, tmp_path / "pid"), patience=0.0)
    assert isinstance(running, RunningJob)
    queue.forgotten(ANNA, "sha")
    assert queue.known(mine) is None
    assert queue.known(theirs) == queue.known(other) == 2
    assert running.outcome() == CANCELLED


@pytest.mark.parametrize("ask", ["ask", "once"])
def test_what_is_worked_out_while_its_file_is_forgotten_is_not_kept(queue, ask):
    def forgets(token, sha256, _tell):
        queue.forgotten(token, sha256)
        return 7

    def asked_of(wanted):
        return queue.ask(wanted, here=True) if ask == "ask" else queue.once(wanted)

    mine, other, theirs = (job(forgets, *whose) for whose in ((ANNA, "sha"), (ANNA, "other"), (ARAM, "sha")))
    assert [asked_of(wanted) for wanted in (mine, other, theirs)] == [7, 7, 7]
    assert [queue.known(wanted) for wanted in (mine, other, theirs)] == [None, 7, 7]


def test_results_take_no_more_memory_than_there_is_for_them(pool):
    queue = JobQueue(pool, cap_bytes=250)
    asked = [job(jobs.heavy, number) for number in range(3)]
    for wanted in asked:
        queue.ask(wanted, here=True)
    assert queue.known(asked[0]) is None
    assert None not in (queue.known(asked[1]), queue.known(asked[2]))


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


def test_what_came_of_a_route_is_kept_without_the_route(queue):
    route, other = (Assessment(None, None, ()) for _ in range(2))
    asked = job(jobs.double_length, route, (other, 7))
    assert queue.ask(asked, here=True) == queue.known(job(jobs.double_length, route, (other, 7))) == 4
    assert queue.known(job(jobs.double_length, other, (other, 7))) is None
    failing = job(jobs.come_to_nothing, route, about=("other",))
    assert queue.ask(failing, here=True) is queue.ask(job(jobs.come_to_nothing, route, about=("other",)))
    held = [ref(route), ref(other)]
    del route, other, asked, failing
    assert [one() for one in held] == [None, None]
    queue.forgotten(ANNA, "sha")
    queue.forgotten(ANNA, "other")


@dataclass(frozen=True, slots=True)
class Options:
    paper: str
    template: bytes


def size_of(_data: bytes, options: Options, _tell) -> int:
    return len(options.template)


def test_a_story_and_a_template_are_remembered_by_their_hash_and_known_by_it(queue):
    data, other, template = b"s" * 1_000_000, b"t" * 1_000_000, b"p" * 2_000_000
    asked = job(size_of, data, Options("a4", template))
    assert queue.ask(asked, here=True) == 2_000_000
    remembered = queue.remembered(asked)
    assert len(pickle.dumps(remembered)) < 1_000
    assert queue.known(remembered) == queue.known(job(size_of, bytes(bytearray(data)), Options("a4", template)))
    assert queue.known(job(size_of, other, Options("a4", template))) is None
    assert queue.known(job(size_of, data, Options("letter", template))) is None
    assert queue.known(job(size_of, data, Options("a4", template + b"."))) is None
    assert queue.remembered(remembered) == remembered
    assert all(len(pickle.dumps(key)) < 1_000 for key in queue._results._held)

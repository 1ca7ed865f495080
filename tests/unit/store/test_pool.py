"""Long work in processes of its own: bounded, cancellable, told in words; what goes wrong there is a sentence here."""

import errno
import multiprocessing.util
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from pebble import ProcessFuture

from corridor.store.bounds import CANCELLED, FORGOTTEN, GAVE_WAY, NO_ROOM, UNASKED, Failed, WorkBounds
from corridor.store.folder import PrivateFolder
from corridor.store.pool import Pool
from corridor.store.running_job import WAITING
from corridor.store.shares import Asker
from tests.support import jobs
from tests.support.processes import ROOT, parent_of, running, until


@pytest.fixture(scope="module")
def pool():
    made = Pool()
    yield made
    made.close()


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_returns_what_the_task_returns(pool):
    job = pool.start(jobs.double, 21)
    assert job.outcome() == 42
    assert job.done


def test_what_is_being_done_is_told_until_it_is_cancelled_and_its_process_is_gone(pool, tmp_path):
    job = pool.start(jobs.sleep_after_telling, tmp_path / "pid")
    until(lambda: job.stage == "sleeping")
    worker = int((tmp_path / "pid").read_text())
    assert not job.wait(0.0)
    job.cancel()
    assert job.outcome() == CANCELLED
    until(lambda: not alive(worker))
    assert pool.start(jobs.double, 1).outcome() == 2


@pytest.mark.slow
def test_a_task_that_takes_too_long_is_stopped_and_told(tmp_path):
    pool = Pool(WorkBounds(workers=1, short_tries=0, seconds=0.3))
    outcome = pool.start(jobs.sleep_after_telling, tmp_path / "pid").outcome()
    assert isinstance(outcome, Failed)
    assert "longer than the 0.3 seconds" in outcome.says
    pool.close()


@pytest.mark.slow
def test_a_clock_that_is_set_anew_ends_no_task_early(monkeypatch, tmp_path):
    wall = time.time  # noqa: TID251 - the very clock that is set anew
    pool = Pool(WorkBounds(workers=1, short_tries=0, seconds=60.0))
    job = pool.start(jobs.wait_for, tmp_path / "go on")
    until(lambda: job.stage not in ("", WAITING))
    monkeypatch.setattr("time.time", lambda: wall() + 10 * 365 * 86_400)
    time.sleep(1.5)
    assert not job.done
    (tmp_path / "go on").touch()
    assert not isinstance(job.outcome(), Failed)
    pool.close()


def test_a_task_that_wants_too_much_memory_is_told_and_harms_nobody():
    pool = Pool(WorkBounds(workers=1, short_tries=0, memory_mb=1_000))
    assert pool.start(jobs.take_memory, 50).outcome() == 50_000_000
    outcome = pool.start(jobs.take_memory, 2_000).outcome()
    assert isinstance(outcome, Failed)
    assert "more than the 1,000 MB" in outcome.says
    assert pool.start(jobs.double, 1).outcome() == 2
    pool.close()


def test_a_worker_that_dies_is_told_and_replaced(pool):
    outcome = pool.start(jobs.die).outcome()
    assert isinstance(outcome, Failed)
    assert "stopped the program" in outcome.says
    assert pool.start(jobs.double, 1).outcome() == 2


class LosesTheFirst:
    """In place of the processes: the worker that takes the first task over dies before it says so."""

    def __init__(self) -> None:
        self.handed_over: list[ProcessFuture] = []

    def schedule(self, *_: object) -> ProcessFuture:
        future = ProcessFuture()
        if self.handed_over:
            future.set_running_or_notify_cancel()
            future.set_result("done")
        self.handed_over.append(future)
        return future


def test_a_task_whose_worker_dies_as_it_takes_it_over_is_told_and_leaves_its_place(monkeypatch):
    monkeypatch.setattr("corridor.store.pool.LOOK_EVERY", 0.02)
    monkeypatch.setattr("corridor.store.schedule.HAND_OVER_SECONDS", 0.1)
    pool = Pool(WorkBounds(workers=1, short_tries=0))
    workers = LosesTheFirst()
    monkeypatch.setattr(pool, "_running", lambda: workers)
    lost, next_one = pool.start(jobs.double, 1), pool.start(jobs.double, 2)
    assert next_one.wait(20.0)
    outcome = lost.outcome()
    assert isinstance(outcome, Failed)
    assert "stopped the program" in outcome.says
    assert next_one.outcome() == "done"
    assert [future.cancelled() for future in workers.handed_over] == [True, False]
    pool.close()


class Broken:
    """In place of the processes: the server that they are forked from is gone, before or after the task is taken."""

    def __init__(self, problem: Exception, at_once: bool) -> None:
        self.problem, self.at_once = problem, at_once

    def schedule(self, *_: object) -> ProcessFuture:
        if self.at_once:
            raise self.problem
        future = ProcessFuture()
        future.set_running_or_notify_cancel()
        future.set_exception(self.problem)
        return future


@pytest.mark.parametrize(
    "broken",
    [
        Broken(BrokenProcessPool("unexpected EOF"), at_once=False),
        Broken(FileNotFoundError("no socket"), at_once=True),
        Broken(ConnectionRefusedError("nobody listens"), at_once=True),
        Broken(EOFError("unexpected EOF"), at_once=True),
    ],
)
def test_processes_that_cannot_be_started_are_told_as_a_worker_that_died(broken, monkeypatch):
    pool = Pool(WorkBounds(workers=1, short_tries=0))
    monkeypatch.setattr(pool, "_running", lambda: broken)
    outcome = pool.start(jobs.double, 1).outcome()
    assert isinstance(outcome, Failed)
    assert "stopped the program" in outcome.says
    pool.close()


def test_a_file_that_is_gone_is_told_and_a_fault_of_ours_is_raised(pool, tmp_path):
    assert pool.start(jobs.read, tmp_path / "gone").outcome() == FORGOTTEN
    with pytest.raises(ValueError, match="a fault of ours"):
        pool.start(jobs.fail).outcome()


def test_a_worker_has_the_domain_at_hand_and_no_page(pool):
    modules = pool.start(jobs.imported).outcome()
    assert "corridor.assessing.criteria" in modules
    assert "streamlit" not in modules


@pytest.mark.slow
def test_a_worker_does_not_run_the_script_that_runs_the_application(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(
        "import sys\n"
        "with open(sys.argv[1], 'a') as log: log.write(__name__ + ' ')\n"
        "if __name__ == '__main__':\n"
        "    from corridor.store.pool import Pool\n"
        "    from tests.support.jobs import double\n"
        "    pool = Pool()\n"
        "    assert pool.start(double, 1).outcome() == 2\n"
        "    pool.close()\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, script, tmp_path / "log"], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    assert (tmp_path / "log").read_text() == "__main__ "


def test_a_closed_pool_leaves_no_process_and_no_folder(tmp_path, monkeypatch):
    # That of the server which processes are started from stays for the next pool.
    multiprocessing.util.get_temp_dir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pool = Pool(WorkBounds(workers=1, short_tries=0))
    job = pool.start(jobs.sleep_after_telling, tmp_path / "pid")
    until(lambda: job.stage == "sleeping")
    pool.close()
    until(lambda: not alive(int((tmp_path / "pid").read_text())))
    assert [path for path in Path(tmp_path).iterdir() if path.is_dir()] == []


@pytest.mark.slow
def test_an_application_that_ends_by_a_signal_leaves_no_folder(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(
        "import os, signal\n"
        "if __name__ == '__main__':\n"
        "    from corridor.store.confinement import remove_socket_folder\n"
        "    from corridor.store.pool import Pool\n"
        "    from tests.support.jobs import double\n"
        "    pool = Pool()\n"
        "    assert pool.start(double, 1).outcome() == 2\n"
        "    pool.close()\n"
        "    remove_socket_folder()\n"
        "    os.kill(os.getpid(), signal.SIGTERM)\n",
        encoding="utf-8",
    )
    # A socket's path is short, and that of a test's own folder may be too long for one.
    with tempfile.TemporaryDirectory(prefix="left-") as left:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": left}
        assert subprocess.run([sys.executable, script], env=environment, check=False).returncode == -signal.SIGTERM
        assert list(Path(left).iterdir()) == []


SERVER = """
import sys, time
from corridor.store.bounds import WorkBounds as Bounds
from corridor.store.pool import Pool
from tests.support import jobs
if __name__ == "__main__":
    pool = Pool(Bounds(workers=1))
    job = getattr(jobs, sys.argv[2])
    job = pool.start(job, sys.argv[1])
    time.sleep(600)
"""


@pytest.fixture
def left():
    # A socket's path is short, and that of a test's own folder may be too long for one.
    with tempfile.TemporaryDirectory(prefix="left-") as folder:
        yield Path(folder)


@pytest.mark.slow
@pytest.mark.parametrize("job", ["turn_in_circles", "sleep_after_telling"])
def test_nothing_outlives_an_application_that_was_killed_while_a_worker_worked(job, tmp_path, left):
    script, told = tmp_path / "server.py", tmp_path / "pids"
    script.write_text(SERVER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(left)}
    server = subprocess.Popen([sys.executable, script, told, job], env=environment)
    try:
        until(lambda: told.exists() and told.read_text())
        worker = int(told.read_text().split()[0])
        fork_server = parent_of(worker)
        assert fork_server != server.pid
        assert alive(worker)
        assert alive(fork_server)
        # What is in use is left alone.
        there = sorted(left.iterdir())
        PrivateFolder(left).close()
        assert sorted(left.iterdir()) == there != []
    finally:
        server.kill()
        server.wait()
    until(lambda: not running(worker) and not running(fork_server), seconds=20)
    PrivateFolder(left).close()
    assert list(left.iterdir()) == []


def test_a_worker_is_held_by_the_system_too():
    pool = Pool(WorkBounds(workers=1, short_tries=0, memory_mb=1_500, seconds=9.0))
    held = pool.start(jobs.limits).outcome()
    pool.close()
    assert held["RLIMIT_AS"] == (1_500_000_000, 1_500_000_000)
    assert held["RLIMIT_CORE"] == (0, 0)
    soft, hard = held["RLIMIT_CPU"]
    assert 14 <= soft < 30
    assert soft < hard == 50 * 14
    assert held["RLIMIT_FSIZE"][1] <= 256_000_000
    assert held["RLIMIT_NOFILE"][1] <= 256


@pytest.mark.slow
def test_a_task_that_takes_the_processor_for_too_long_is_ended_by_the_system_and_told(monkeypatch):
    monkeypatch.setattr(WorkBounds, "cpu_seconds", 1.0)
    pool = Pool(WorkBounds(workers=1, short_tries=0, seconds=60.0))
    outcome = pool.start(jobs.use_processor).outcome()
    assert isinstance(outcome, Failed)
    assert "longer than the 60 seconds" in outcome.says
    assert pool.start(jobs.double, 1).outcome() == 2
    pool.close()


def test_a_worker_cannot_fill_the_disk_and_one_that_cannot_say_what_it_does_works_on(pool, tmp_path):
    with pytest.raises(OSError, match="File too large"):
        pool.start(jobs.write, tmp_path / "large", 300).outcome()
    assert pool.start(jobs.tell_where_nothing_can_be_written).outcome() == "done all the same"


def test_one_visit_has_one_worker_and_the_others_do_not_wait_for_what_it_wants_next(tmp_path):
    pool = Pool(WorkBounds(workers=2, short_tries=0))
    greedy = [pool.start(jobs.wait_for, tmp_path / f"anna-{n}", who=Asker("anna")) for n in range(3)]
    until(lambda: greedy[0].stage == "waiting for a file")
    modest = pool.start(jobs.double, 4, who=Asker("aram"))
    assert modest.outcome() == 8
    assert [job.stage for job in greedy[1:]] == [
        "waiting for its turn, number 1 of 2",
        "waiting for its turn, number 2 of 2",
    ]
    for number, job in enumerate(greedy):
        (tmp_path / f"anna-{number}").touch()
        assert job.outcome() == str(tmp_path / f"anna-{number}")
    pool.close()


def test_what_waits_is_bounded_and_a_refusal_says_so_and_loses_nothing(tmp_path):
    pool = Pool(WorkBounds(workers=1, short_tries=0, waiting=3, waiting_of_one=2))
    begun = pool.start(jobs.wait_for, tmp_path / "go", who=Asker("anna"))
    waiting = [pool.start(jobs.double, n, who=Asker("anna")) for n in range(2)]
    refused = pool.start(jobs.double, 9, who=Asker("anna"))
    assert isinstance(refused, Failed)
    assert "2 pieces of your work wait here already" in refused.says
    waiting.append(pool.start(jobs.double, 2, who=Asker("aram")))
    refused = pool.start(jobs.double, 9, who=Asker("aram"))
    assert isinstance(refused, Failed)
    assert "3 pieces of work wait here already" in refused.says
    (tmp_path / "go").touch()
    assert begun.outcome()
    assert [job.outcome() for job in waiting] == [0, 2, 4]
    pool.close()


def test_where_all_places_are_taken_who_has_none_takes_that_of_who_has_most_network_by_network(tmp_path):
    pool = Pool(WorkBounds(workers=1, short_tries=0, waiting=3))
    begun = pool.start(jobs.wait_for, tmp_path / "go", who=Asker("anna", "192.0.2.7"))
    crowd = [pool.start(jobs.double, n, who=Asker(f"visit-{n}", "192.0.2.7")) for n in range(3)]
    refused = pool.start(jobs.double, 8, who=Asker("visit-4", "192.0.2.7"))
    assert isinstance(refused, Failed)
    other = pool.start(jobs.double, 9, who=Asker("aram", "198.51.100.1"))
    assert crowd[-1].outcome() == GAVE_WAY
    # The other network is served first, though it came last.
    assert other.stage == "waiting for its turn, number 1 of 3"
    (tmp_path / "go").touch()
    assert begun.outcome()
    assert [job.outcome() for job in (other, *crowd[:2])] == [18, 0, 2]
    pool.close()


def test_who_needed_little_so_far_comes_before_ever_new_visits(tmp_path):
    pool = Pool(WorkBounds(workers=1, short_tries=0))
    pool._schedule.work_done.count(Asker("honest"), 0.01)
    begun = pool.start(jobs.wait_for, tmp_path / "go", who=Asker("new-1"))
    crowd = [pool.start(jobs.double, n, who=Asker(f"new-{n}")) for n in range(2, 5)]
    honest = pool.start(jobs.double, 9, who=Asker("honest"))
    assert honest.stage == "waiting for its turn, number 1 of 4"
    assert crowd[0].stage == "waiting for its turn, number 2 of 4"
    (tmp_path / "go").touch()
    assert begun.outcome()
    assert honest.outcome() == 18
    pool.close()


def test_short_work_does_not_wait_for_long_work_of_others(tmp_path):
    pool = Pool(WorkBounds(workers=2))
    long = [pool.start(jobs.wait_for, tmp_path / "go", who=Asker(f"visit-{n}", "192.0.2.7")) for n in range(2)]
    until(lambda: {job.stage for job in long} == {"waiting for a file"})
    assert pool.start(jobs.double, 9, who=Asker("aram", "198.51.100.1")).outcome() == 18
    (tmp_path / "go").touch()
    assert [job.outcome() for job in long] == [str(tmp_path / "go")] * 2
    pool.close()


def test_work_that_is_tried_and_is_not_short_makes_way_for_what_could_be_and_is_done_later(monkeypatch, tmp_path):
    monkeypatch.setattr("corridor.store.pool.LOOK_EVERY", 0.1)
    pool = Pool(WorkBounds(workers=1, short_seconds=0.1))
    go = [tmp_path / f"go-{n}" for n in range(3)]
    long = [pool.start(jobs.wait_for, file, who=Asker(f"visit-{n}")) for n, file in enumerate(go)]
    assert pool.start(jobs.double, 9, who=Asker("aram")).outcome() == 18
    assert pool.start(jobs.double, 10, who=Asker("anna")).outcome() == 20
    for job, file in zip(long, go, strict=True):
        file.touch()
        assert job.outcome() == str(file)
    pool.close()


def test_work_that_is_tried_makes_no_way_for_who_has_more_at_work(monkeypatch, tmp_path):
    monkeypatch.setattr("corridor.store.pool.LOOK_EVERY", 0.1)
    pool = Pool(WorkBounds(workers=1, short_seconds=0.1))
    crowd = [pool.start(jobs.wait_for, tmp_path / "go", who=Asker(f"visit-{n}", "192.0.2.7")) for n in range(4)]
    other = pool.start(jobs.sleep, 1.0, who=Asker("aram", "198.51.100.1"))
    assert other.outcome() == 1.0
    assert other.tries == 0
    assert not any(job.done for job in crowd)
    (tmp_path / "go").touch()
    assert [job.outcome() for job in crowd] == [str(tmp_path / "go")] * 4
    pool.close()


@pytest.mark.slow
def test_work_of_seconds_does_not_wait_for_work_of_minutes_either(monkeypatch, tmp_path):
    monkeypatch.setattr("corridor.store.pool.LOOK_EVERY", 0.1)
    pool = Pool(WorkBounds(workers=1, short_seconds=0.1))
    minutes = [pool.start(jobs.wait_for, tmp_path / "go", who=Asker(f"visit-{n}")) for n in range(4)]
    seconds = pool.start(jobs.sleep, 1.0, who=Asker("aram"))
    assert seconds.outcome() == 1.0
    assert not any(job.done for job in minutes)
    (tmp_path / "go").touch()
    assert [job.outcome() for job in minutes] == [str(tmp_path / "go")] * 4
    pool.close()


def test_work_that_was_tried_before_holds_up_nothing_that_was_not(monkeypatch, tmp_path):
    monkeypatch.setattr("corridor.store.pool.LOOK_EVERY", 0.1)
    pool = Pool(WorkBounds(workers=1, short_seconds=0.1))
    long = [pool.start(jobs.wait_for, tmp_path / "go", who=Asker(f"visit-{n}")) for n in range(2)]
    until(lambda: long[1].stage == "waiting for a file")
    # As if it had been tried so often that it might go on for minutes among its like.
    long[1].tries = 5
    assert pool.start(jobs.double, 9, who=Asker("aram")).outcome() == 18
    assert long[1].tries > 5
    (tmp_path / "go").touch()
    assert [job.outcome() for job in long] == [str(tmp_path / "go")] * 2
    pool.close()


def test_work_that_makes_way_can_be_cancelled(monkeypatch, tmp_path):
    monkeypatch.setattr("corridor.store.pool.LOOK_EVERY", 0.1)
    pool = Pool(WorkBounds(workers=1, short_seconds=0.1))
    long = [pool.start(jobs.wait_for, tmp_path / "go", who=Asker(f"visit-{n}")) for n in range(3)]
    until(lambda: long[1].tries)
    for job in long[1:]:
        job.cancel()
        assert job.outcome() == CANCELLED
    (tmp_path / "go").touch()
    assert long[0].outcome() == str(tmp_path / "go")
    pool.close()


def test_small_files_come_before_large_ones_of_visits_alike(tmp_path):
    pool = Pool(WorkBounds(workers=1, short_tries=0))
    begun = pool.start(jobs.wait_for, tmp_path / "go", who=Asker("new-0"))
    large = [pool.start(jobs.double, n, who=Asker(f"new-{n}"), size=1_000_000) for n in range(1, 4)]
    pool._schedule.work_done.count(Asker("honest"), 1.0)
    small = pool.start(jobs.double, 9, who=Asker("honest"), size=5_000)
    assert small.stage == "waiting for its turn, number 1 of 4"
    assert large[0].stage == "waiting for its turn, number 2 of 4"
    (tmp_path / "go").touch()
    assert begun.outcome()
    assert [job.outcome() for job in (small, *large)] == [18, 2, 4, 6]
    pool.close()


def test_work_that_waits_can_be_cancelled_before_a_worker_has_it(tmp_path):
    pool = Pool(WorkBounds(workers=1, short_tries=0))
    begun = pool.start(jobs.wait_for, tmp_path / "go")
    waiting = pool.start(jobs.double, 1)
    waiting.cancel()
    assert waiting.outcome() == CANCELLED
    pool.close()
    assert begun.outcome() == CANCELLED


def test_work_that_nobody_asks_for_any_more_ends_and_makes_room(tmp_path):
    pool = Pool(WorkBounds(workers=1, short_tries=0, unasked_seconds=0.5))
    left = pool.start(jobs.sleep_after_telling, tmp_path / "pid")

    def is_begun():
        left.asked()
        return left.stage == "sleeping"

    # Asked for until the worker has begun, however long that takes here.
    until(is_begun)
    also_left = pool.start(jobs.double, 1)
    until(lambda: left.done and also_left.done)
    assert left.outcome() == also_left.outcome() == UNASKED
    until(lambda: not running(int((tmp_path / "pid").read_text())))
    pool.close()


def test_work_whose_page_is_gone_ends_and_work_whose_page_is_open_does_not(tmp_path):
    pool = Pool(WorkBounds(workers=2, short_tries=0, gone_seconds=0.2))
    gone, there = (pool.start(jobs.sleep_after_telling, tmp_path / name) for name in ("gone", "there"))
    there.asked(lambda: True)
    gone.asked(lambda: False)
    until(lambda: gone.done)
    assert gone.outcome() == UNASKED
    assert not there.done
    pool.close()


def test_a_folder_for_the_work_that_cannot_be_made_is_told(monkeypatch):
    def full(*_args, **_more):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    pool = Pool()
    with monkeypatch.context() as disk:
        disk.setattr("tempfile.mkdtemp", full)
        assert pool.start(jobs.double, 1) == NO_ROOM
    assert pool.start(jobs.double, 1).outcome() == 2
    pool.close()

"""Long work in processes of its own: bounded, cancellable, told in words; what goes wrong there is a sentence here."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corridor.store.pool import CANCELLED, FORGOTTEN, Bounds, Failed, Pool
from tests.unit import errands

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pool():
    made = Pool()
    yield made
    made.close()


def until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_returns_what_the_task_returns(pool):
    job = pool.start(errands.double, 21)
    assert job.outcome() == 42
    assert job.done


def test_what_is_being_done_is_told_until_it_is_cancelled_and_its_process_is_gone(pool, tmp_path):
    job = pool.start(errands.sleep_after_telling, tmp_path / "pid")
    until(lambda: job.stage == "sleeping")
    worker = int((tmp_path / "pid").read_text())
    assert not job.wait(0.0)
    job.cancel()
    assert job.outcome() == CANCELLED
    until(lambda: not alive(worker))
    assert pool.start(errands.double, 1).outcome() == 2


def test_a_task_that_takes_too_long_is_stopped_and_told(tmp_path):
    pool = Pool(Bounds(workers=1, seconds=0.3))
    outcome = pool.start(errands.sleep_after_telling, tmp_path / "pid").outcome()
    assert isinstance(outcome, Failed)
    assert "longer than the 0.3 seconds" in outcome.says
    pool.close()


def test_a_task_that_wants_too_much_memory_is_told_and_harms_nobody():
    pool = Pool(Bounds(workers=1, memory_mb=1_000))
    assert pool.start(errands.take_memory, 50).outcome() == 50_000_000
    outcome = pool.start(errands.take_memory, 2_000).outcome()
    assert isinstance(outcome, Failed)
    assert "more than the 1,000 MB" in outcome.says
    assert pool.start(errands.double, 1).outcome() == 2
    pool.close()


def test_a_worker_that_dies_is_told_and_replaced(pool):
    outcome = pool.start(errands.die).outcome()
    assert isinstance(outcome, Failed)
    assert "stopped the program" in outcome.says
    assert pool.start(errands.double, 1).outcome() == 2


def test_a_file_that_is_gone_is_told_and_a_fault_of_ours_is_raised(pool, tmp_path):
    assert pool.start(errands.read, tmp_path / "gone").outcome() == FORGOTTEN
    with pytest.raises(ValueError, match="a fault of ours"):
        pool.start(errands.fail).outcome()


def test_a_worker_has_the_domain_at_hand_and_no_page(pool):
    modules = pool.start(errands.imported).outcome()
    assert "corridor.assessing.criteria" in modules
    assert "streamlit" not in modules


def test_a_worker_does_not_run_the_script_that_runs_the_application(tmp_path):
    script = tmp_path / "main.py"
    script.write_text(
        "import sys\n"
        "with open(sys.argv[1], 'a') as log: log.write(__name__ + ' ')\n"
        "if __name__ == '__main__':\n"
        "    from corridor.store.pool import Pool\n"
        "    from tests.unit.errands import double\n"
        "    pool = Pool()\n"
        "    assert pool.start(double, 1).outcome() == 2\n"
        "    pool.close()\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, script, tmp_path / "log"], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    assert (tmp_path / "log").read_text() == "__main__ "


def test_a_closed_pool_leaves_no_process_and_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pool = Pool(Bounds(workers=1))
    job = pool.start(errands.sleep_after_telling, tmp_path / "pid")
    until(lambda: job.stage == "sleeping")
    pool.close()
    until(lambda: not alive(int((tmp_path / "pid").read_text())))
    assert [path for path in Path(tmp_path).iterdir() if path.is_dir()] == []

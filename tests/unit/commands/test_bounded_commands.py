"""Commands have the page's bounds: what takes too much is told in a sentence, and costs nothing else that was there."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corridor.commands import routes
from corridor.commands.cli import main
from corridor.errors import CatalogueError
from corridor.store.bounds import Failed, WorkBounds
from corridor.store.separate_process import done_in_own_process
from corridor.whole_file import write_whole
from tests.support import hostile_files
from tests.support.commands import THROUGH, records, written
from tests.support.processes import ROOT, parent_of, running, until

QUICK = WorkBounds(seconds=0.5)


@pytest.fixture(autouse=True)
def forked(monkeypatch) -> None:
    """Have the other process begin with what a test put in place here; none of these waits for a library's threads."""
    monkeypatch.setattr("corridor.store.separate_process.start_method", lambda: "fork")


def double(number):
    return 2 * number


def sleep():
    time.sleep(60)


def turn_in_circles():
    while True:
        pass


def take_memory():
    return len(bytes(4_000_000_000))


def die():
    os._exit(3)


def find_data_broken():
    raise CatalogueError("a layer is missing")


class UnportableError(Exception):
    def __init__(self, one, other):
        super().__init__(one)
        self.other = other


def fail_unportably():
    raise UnportableError(1, 2)


def test_work_is_done_in_another_process_and_its_outcome_comes_back():
    assert done_in_own_process(double, 21, bounds=WorkBounds()) == 42
    assert done_in_own_process(os.getpid, bounds=WorkBounds()) != os.getpid()


@pytest.mark.parametrize(
    ("work", "bounds", "words"),
    [
        (sleep, QUICK, "longer than the 0.5 seconds"),
        (turn_in_circles, QUICK, "longer than the 0.5 seconds"),
        (take_memory, WorkBounds(), "more than the 3,000 MB"),
        (die, WorkBounds(), "stopped the program that reads them"),
    ],
)
def test_what_takes_too_much_is_told_in_sentences(work, bounds, words):
    outcome = done_in_own_process(work, bounds=bounds)
    assert isinstance(outcome, Failed)
    assert words in outcome.says


@pytest.mark.slow
def test_the_system_ends_what_takes_the_processor_for_too_long(monkeypatch):
    monkeypatch.setattr(WorkBounds, "cpu_seconds", 1.0)
    outcome = done_in_own_process(turn_in_circles, bounds=WorkBounds(seconds=60.0))
    assert isinstance(outcome, Failed)
    assert "longer than the 60 seconds" in outcome.says


def test_a_fault_of_ours_is_raised_here_with_where_it_was():
    with pytest.raises(CatalogueError, match="a layer is missing") as raised:
        done_in_own_process(find_data_broken, bounds=WorkBounds())
    assert "in find_data_broken" in raised.value.__notes__[0]
    with pytest.raises(Exception, match="in fail_unportably"):
        done_in_own_process(fail_unportably, bounds=WorkBounds())


@pytest.mark.slow
def test_a_file_that_takes_too_long_has_its_line_and_the_next_is_read(tmp_path, capsys, monkeypatch):
    slow = tmp_path / "slow.geojson"
    slow.write_bytes(hostile_files.random_vertices(20_000))
    files = [str(slow), written(tmp_path, "one", THROUGH)]
    monkeypatch.setattr(routes, "read_in", _slowly(routes.read_in))
    monkeypatch.setenv("CORRIDOR_WORK_SECONDS", "3")
    assert main(["check", *files, "--json"]) == 1
    stopped, read = records(capsys)
    assert (stopped["file"], stopped["route"], stopped["routes"]) == (files[0], "unusable", [])
    assert len(stopped["sha256"]) == 64
    (finding,) = stopped["findings"]
    assert (finding["code"], finding["severity"]) == ("work-stopped", "error")
    assert finding["says"] == "It took longer than the 3 seconds it may take, and was stopped."
    assert "CORRIDOR_WORK_SECONDS" in finding["advice"]
    assert set(stopped) == set(read)
    assert read["route"] == "usable"
    assert main(["check", files[0]]) == 1
    assert "error: It took longer" in capsys.readouterr().out


def _slowly(read):
    def slow(data, name, crs):
        time.sleep(30 if len(data) > 100_000 else 0)
        return read(data, name, crs)

    return slow


def test_a_file_that_fits_in_no_memory_is_told_its_size_and_the_next_is_read(tmp_path, capsys):
    large, sound = tmp_path / "large.geojson", tmp_path / "sound.geojson"
    with large.open("wb") as file:
        file.truncate(5_000_000_000)
    sound.write_text('{"type":"LineString","coordinates":[[46.2,38.9],[46.21,38.91]]}')
    assert main(["check", str(large), str(sound)]) == 1
    said = capsys.readouterr()
    assert "it has 5,000 MB; at most 64 MB are read. Export only the route." in said.err
    assert "usable routes: 1" in said.out
    assert main(["mend", str(large), "-o", str(tmp_path / "out.geojson")]) == 1
    assert not (tmp_path / "out.geojson").exists()


@pytest.mark.slow
def test_mend_and_compare_are_stopped_too_and_leave_what_was_there(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(routes, "read_route", lambda *_: time.sleep(30))
    monkeypatch.setenv("CORRIDOR_WORK_SECONDS", "0.4")
    file, out = written(tmp_path, "one", THROUGH), tmp_path / "out.geojson"
    out.write_text("what was there", encoding="utf-8")
    assert main(["mend", file, "-o", str(out)]) == 1
    assert main(["compare", "rail-araks", file, "--out", str(out)]) == 1
    assert capsys.readouterr().err.count("and was stopped") == 2
    assert out.read_text(encoding="utf-8") == "what was there"


def test_a_setting_that_is_none_is_wrong_use(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("CORRIDOR_WORK_SECONDS", "soon")
    assert main(["check", written(tmp_path, "one", THROUGH)]) == 2
    assert "CORRIDOR_WORK_SECONDS is 'soon'" in capsys.readouterr().err


def test_of_very_many_routes_the_first_are_measured_and_the_file_is_told_so(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(routes, "MOST_JUDGED", 2)
    monkeypatch.setattr(routes, "MOST_MEASURED", 3)
    file = tmp_path / "many.geojson"
    file.write_bytes(hostile_files.many_features(5))
    main(["check", str(file), "--json"])
    (record,) = records(capsys)
    assert len(record["routes"]) == 3
    (told,) = [one for one in record["findings"] if one["code"] == "more-routes-than-measured"]
    assert told["says"] == (
        "The file has 5 routes: the first 2 were set beside every question, "
        "of the others up to number 3 the kilometres were measured."
    )


@pytest.mark.slow
def test_standard_input_is_read_although_the_work_is_done_elsewhere(tmp_path):
    file = Path(written(tmp_path, "one", THROUGH))
    command = [sys.executable, "-m", "corridor", "check", "/dev/stdin", "--json"]
    done = subprocess.run(
        command, input=file.read_bytes(), capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert json.loads(done.stdout)["route"] == "usable"


def test_a_command_that_is_killed_leaves_no_work_behind(tmp_path):
    script, told = tmp_path / "command.py", tmp_path / "pid"
    script.write_text(
        "import os, sys, time\n"
        "from corridor.store.separate_process import done_in_own_process\n"
        "from corridor.store.bounds import WorkBounds as Bounds\n"
        "def work():\n"
        "    open(sys.argv[1], 'w').write(str(os.getpid()))\n"
        "    while True: pass\n"
        "done_in_own_process(work, bounds=Bounds())\n",
        encoding="utf-8",
    )
    command = subprocess.Popen([sys.executable, script, told], env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        until(lambda: told.exists() and told.read_text())
        worker = int(told.read_text())
        assert parent_of(worker) == command.pid
    finally:
        command.send_signal(signal.SIGKILL)
        command.wait()
    until(lambda: not running(worker), seconds=10)


def test_a_file_is_written_whole_with_the_rights_it_had_or_a_new_one_has(tmp_path):
    out = tmp_path / "out"
    write_whole(out, b"one")
    assert out.stat().st_mode & 0o777 == 0o666 & ~_umask()
    out.chmod(0o600)
    (tmp_path / "link").symlink_to(out)
    write_whole(tmp_path / "link", b"two")
    assert out.read_bytes() == b"two"
    assert out.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "link").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "out"]
    write_whole(Path(os.devnull), b"three")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize("letter", ["a", "ա", "ა", "𐎠"])
def test_a_file_with_the_longest_name_there_may_be_is_written(tmp_path, letter):
    out = tmp_path / (letter * (250 // len(letter.encode())) + ".json")
    write_whole(out, b"one")
    write_whole(out, b"two")
    assert out.read_bytes() == b"two"


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("before", [b"what was there", None])
def test_a_full_disk_is_told_and_what_was_there_stays(tmp_path, capsys, monkeypatch, before):
    file, folder = written(tmp_path, "one", THROUGH), tmp_path / "out"
    folder.mkdir()
    out = folder / "mended.geojson"
    if before is not None:
        out.write_bytes(before)

    def full(_number):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)
    assert main(["mend", file, "-o", str(out)]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ([] if before is None else [out.name])
    assert before is None or out.read_bytes() == before


#: A program of its own: once a library keeps threads in a process, all that comes after starts more slowly there.
WITH_THREADS = """
from corridor.store.bounds import WorkBounds
from corridor.store.separate_process import done_in_own_process
from tests.support.printed import page
bounds = WorkBounds(seconds=60.0)
assert done_in_own_process(page, bounds=bounds) == page() == done_in_own_process(page, bounds=bounds)
print("all three are the same")
"""


@pytest.mark.slow
def test_work_that_uses_a_library_with_threads_of_its_own_does_not_wait_for_them_for_ever(tmp_path):
    """A forked process would have none of the threads that typst began here, and wait until its time is over."""
    script = tmp_path / "with_threads.py"
    script.write_text(WITH_THREADS, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.stdout == "all three are the same\n", done.stderr

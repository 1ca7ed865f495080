"""The office's file under two processes, other accounts' links, full disks and read-only folders: nothing is lost."""

import errno
import os
import subprocess
import sys
import threading
import time
from types import SimpleNamespace

import pytest

from corridor.office import shared_file
from corridor.office.updates import read_updates
from corridor.office.updates_file import Removal, add_update, remove_update, undo_removal
from tests.support.office_entries import EVENT, KNOWN
from tests.support.served import ROOT

ENTRIES = 80
#: Adds entries one after the other and prints the words of each that was acknowledged.
ADDING = """
import sys
from pathlib import Path
from corridor.office.updates_file import add_update
for number in range(int(sys.argv[3])):
    words = f"{sys.argv[2]} {number}"
    fields = {"kind": "event", "what": words, "date": "2026-09-30", "source": "Own record"}
    if not add_update(Path(sys.argv[1]), fields, frozenset()):
        print(words, flush=True)
"""
#: Lets no file of the process grow beyond so many bytes.
FULL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0}))
"""
ALONE = """
import sys, time
from pathlib import Path
from corridor.office.shared_file import alone_with
with alone_with(Path(sys.argv[1])):
    print("alone", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "office-updates.toml"


def python(program, *arguments):
    command = [sys.executable, "-c", program, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def told(file):
    return [entry.what for entry in read_updates(file, KNOWN).entries]


@pytest.mark.slow
def test_no_entry_is_lost_when_two_processes_add_at_once(file):
    adding = [python(ADDING, file, name, ENTRIES) for name in ("one", "two")]
    acknowledged = [line for process in adding for line in process.communicate(timeout=120)[0].splitlines()]
    assert len(acknowledged) == 2 * ENTRIES
    assert sorted(told(file)) == sorted(acknowledged)
    assert sorted(path.name for path in file.parent.iterdir()) == [".office-updates.toml.lock", "office-updates.toml"]


def test_no_entry_is_lost_when_threads_add_and_remove_at_once(file):
    def adds(name):
        for number in range(20):
            assert add_update(file, {**EVENT, "what": f"{name} {number}"}, KNOWN) == ()

    assert add_update(file, EVENT, KNOWN) == ()
    threads = [threading.Thread(target=adds, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    removal = remove_update(file, read_updates(file, KNOWN).entries[0].key, KNOWN)
    for thread in threads:
        thread.join()
    assert isinstance(removal, Removal)
    assert undo_removal(file, removal) == ()
    assert sorted(told(file)) == sorted(
        [EVENT["what"], *(f"{name} {number}" for name in "abc" for number in range(20))]
    )


def test_a_process_that_keeps_the_file_is_not_waited_for_without_end(file, monkeypatch):
    monkeypatch.setattr(shared_file, "PATIENCE", 0.2)
    other = python(ALONE, file)
    try:
        assert other.stdout.readline() == "alone\n"
        (says,) = add_update(file, EVENT, KNOWN)
        assert says.startswith("Another program has been changing office-updates.toml")
        assert not file.exists()
    finally:
        other.kill()
        other.communicate()
    # A lock ends with the process that held it, however that ended.
    assert add_update(file, EVENT, KNOWN) == ()


@pytest.mark.parametrize("name", ["office-updates.toml.part", ".office-updates.toml.lock"])
def test_nothing_is_written_through_a_link_put_where_a_helper_file_goes(file, tmp_path, name):
    victim = tmp_path / "victim"
    victim.write_text("mine", encoding="utf-8")
    (tmp_path / name).symlink_to(victim)
    add_update(file, EVENT, KNOWN)
    assert victim.read_text(encoding="utf-8") == "mine"


def test_the_temporary_name_cannot_be_known_beforehand_and_is_never_one_that_is_there(file, monkeypatch):
    names = []
    opened = os.open

    def noted(path, flags, *rest):
        if str(path).endswith(".part"):
            names.append(str(path))
            assert flags & os.O_EXCL
            assert flags & os.O_NOFOLLOW
        return opened(path, flags, *rest)

    monkeypatch.setattr(shared_file.os, "open", noted)
    for number in range(3):
        assert add_update(file, {**EVENT, "what": f"{number}"}, KNOWN) == ()
    assert len(set(names)) == 3
    assert all(len(name.split(".")[-2]) == 32 for name in names)


def test_a_link_to_itself_is_told_in_a_sentence(file):
    file.symlink_to(file)
    assert "leads back to itself" in add_update(file, EVENT, KNOWN)[0]
    assert read_updates(file, KNOWN).entries == ()


def test_a_link_of_this_account_is_followed_and_one_of_another_is_refused(file, tmp_path, monkeypatch):
    kept = tmp_path / "kept.toml"
    file.symlink_to(kept)
    assert add_update(file, EVENT, KNOWN) == ()
    assert file.is_symlink()
    assert told(file) == told(kept) == [EVENT["what"]]
    before = kept.read_bytes()
    os.lchown(file, 54321, -1) if os.geteuid() == 0 else monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert "link that another account made" in add_update(file, {**EVENT, "what": "second"}, KNOWN)[0]
    assert "link that another account made" in read_updates(file, KNOWN).problems[0]
    assert kept.read_bytes() == before


def test_a_pipe_in_its_place_is_told_and_not_waited_for(file):
    os.mkfifo(file)
    assert "not a plain file" in read_updates(file, KNOWN).problems[0]
    assert "not a plain file" in add_update(file, EVENT, KNOWN)[0]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_is_told_and_nothing_is_lost(file, monkeypatch, call):
    assert add_update(file, EVENT, KNOWN) == ()
    before = file.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(*((shared_file.os, "fsync") if call == "fsync" else (shared_file.Path, "replace")), full)
    (says,) = add_update(file, {**EVENT, "what": "second"}, KNOWN)
    assert says == "office-updates.toml cannot be written: no space left on device. Nothing in it was lost."
    assert file.read_bytes() == before
    assert not list(file.parent.glob(".*.part"))


def test_a_disk_that_is_full_in_truth_loses_nothing(file):
    """A limit on the size of files stops the writing part of the way, as a full disk does, with no stand-in."""
    assert add_update(file, EVENT, KNOWN) == ()
    before = file.read_bytes()
    process = python(f"{FULL.format(len(before))}{ADDING}", file, "more", 1)
    assert process.communicate(timeout=60)[0] == ""
    assert process.returncode == 0
    assert file.read_bytes() == before
    assert not list(file.parent.glob(".*.part"))


def test_a_folder_that_is_read_only_is_told_and_the_file_still_reads(file, monkeypatch):
    """The administrator, as who tests may run, writes to any folder: so the system's answer is put in its place."""
    assert add_update(file, EVENT, KNOWN) == ()
    opened = os.open

    def read_only(path, flags, *rest):
        if flags & os.O_CREAT:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return opened(path, flags, *rest)

    monkeypatch.setattr(shared_file.os, "open", read_only)
    assert "cannot be written: read-only file system" in add_update(file, {**EVENT, "what": "second"}, KNOWN)[0]
    assert told(file) == [EVENT["what"]]


def test_what_a_killed_process_left_is_tidied_away_and_other_files_stay(file):
    left, other = file.parent / ".office-updates.toml.0123.part", file.parent / ".other.toml.0123.part"
    for path in (left, other):
        path.write_text("half", encoding="utf-8")
    assert add_update(file, EVENT, KNOWN) == ()
    assert not left.exists()
    assert other.exists()


def test_the_entry_is_on_the_disk_before_it_is_acknowledged(file, monkeypatch):
    done = []
    settled, synced, replaced = shared_file._settle_folder, os.fsync, shared_file.Path.replace
    monkeypatch.setattr(shared_file.os, "fsync", lambda one: (done.append("fsync"), synced(one)))
    monkeypatch.setattr(shared_file.Path, "replace", lambda *both: (done.append("replace"), replaced(*both)))
    monkeypatch.setattr(shared_file, "_settle_folder", lambda folder: (done.append("folder"), settled(folder)))
    assert add_update(file, EVENT, KNOWN) == ()
    assert done == ["fsync", "replace", "folder", "fsync"]


def test_waiting_is_by_a_clock_that_a_jump_does_not_move(file, monkeypatch):
    clocks = SimpleNamespace(
        monotonic=time.monotonic, sleep=time.sleep, time=lambda: pytest.fail("the clock on the wall was asked")
    )
    monkeypatch.setattr(shared_file, "time", clocks)
    assert add_update(file, EVENT, KNOWN) == ()

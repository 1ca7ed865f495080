"""The visit store: each visitor reaches their own files alone, the caps hold, and forgetting forgets."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from corridor.assessing.accuracy import Tolerance
from corridor.store.folder import LOCK, PREFIX, PrivateFolder
from corridor.store.own_file import FileOrigin, FileSource, OwnFile
from corridor.store.visit_rooms import BLOCK_BYTES
from corridor.store.visits import Caps, Refused, Visits

UPLOADED = FileOrigin(FileSource.UPLOADED)
ANNA, ARAM = "a" * 32, "b" * 32
SMALL = Caps(visit_bytes=5 * BLOCK_BYTES, visit_files=3, all_bytes=8 * BLOCK_BYTES, idle_seconds=100.0)


@pytest.fixture
def visits(tmp_path):
    made = Visits(SMALL, tmp_path)
    yield made
    made.close()


def held(visits: Visits) -> list[Path]:
    return sorted(path for path in visits._folder.path.iterdir() if path.name != LOCK)


def keep(visits: Visits, token: str, data: bytes, now: float = 0.0) -> OwnFile:
    kept = visits.visit(token, now).keep("a.geojson", data, UPLOADED, now)
    assert isinstance(kept, OwnFile)
    return kept


def test_a_file_is_kept_with_its_hash_and_only_its_visitor_reaches_it(visits):
    file = keep(visits, ANNA, b"line")
    assert file.id == file.sha256[:6]
    assert file.path.read_bytes() == b"line"
    assert visits.visit(ANNA, 1.0).file(file.id) == file
    assert visits.visit(ARAM, 1.0).files == ()
    assert visits.visit(ARAM, 1.0).file(file.id) is None
    visits.visit(ARAM, 1.0).forget(file.id)
    assert visits.visit(ANNA, 1.0).files == (file,)


def test_only_this_account_can_enter_the_folder(visits):
    assert stat.S_IMODE(visits._folder.path.stat().st_mode) == 0o700


def test_a_name_never_becomes_a_path_and_is_cut(visits):
    name = "../../etc/passwd\0" + "x" * 400
    file = visits.visit(ANNA, 0.0).keep(name, b"line", UPLOADED, 0.0)
    assert file.name == name[:200]
    assert file.path.parent == visits._folder.path


def test_the_same_bytes_are_kept_once(visits):
    first = keep(visits, ANNA, b"line")
    assert keep(visits, ANNA, b"line", 1.0) == first
    assert len(held(visits)) == 1


def test_two_hashes_that_begin_alike_have_ids_of_their_own(visits, monkeypatch):
    monkeypatch.setattr("corridor.store.visits.SHORTEST_ID", 1)
    first = keep(visits, ANNA, b"0")
    alike = next(d for n in range(1, 300) if sha256(d := str(n).encode()).hexdigest()[0] == first.id)
    assert len(keep(visits, ANNA, alike).id) == 2


def test_a_full_visit_and_a_full_store_refuse_with_a_sentence_and_lose_nothing(visits):
    kept = [keep(visits, ANNA, bytes([n]) * BLOCK_BYTES * 2) for n in range(2)]
    refused = visits.visit(ANNA, 0.0).keep("b", b"x" * BLOCK_BYTES * 2, UPLOADED, 0.0)
    assert isinstance(refused, Refused)
    assert "Nothing was lost" in refused.says
    keep(visits, ANNA, b"small")
    refused = visits.visit(ANNA, 0.0).keep("b", b"fourth", UPLOADED, 0.0)
    assert isinstance(refused, Refused)
    assert "at most 3 files" in refused.says
    keep(visits, ARAM, b"x" * BLOCK_BYTES * 3)
    refused = visits.visit("c" * 32, 0.0).keep("b", b"x", UPLOADED, 0.0)
    assert isinstance(refused, Refused)
    assert "All visitors together" in refused.says
    assert [one.path.stat().st_size for one in kept] == [BLOCK_BYTES * 2] * 2


def test_a_disk_without_room_is_told(visits, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    refused = visits.visit(ANNA, 0.0).keep("b", b"x", UPLOADED, 0.0)
    assert isinstance(refused, Refused)
    assert "no room" in refused.says
    assert not visits.visit(ANNA, 0.0).begun


def test_forgetting_deletes_the_bytes_at_once_and_tells_whoever_worked_on_them(tmp_path):
    told = []
    visits = Visits(SMALL, tmp_path, lambda token, sha256: told.append((token, sha256)))
    files = [keep(visits, ANNA, bytes([n])) for n in range(3)]
    visits.visit(ANNA, 0.0).put_note("story", b"draft", 0.0)
    version = visits.visit(ANNA, 0.0).note_version("story")
    visits.visit(ANNA, 0.0).forget(files[0].id)
    assert not files[0].path.exists()
    assert told == [(ANNA, files[0].sha256)]
    visits.visit(ANNA, 0.0).forget_all()
    assert held(visits) == []
    assert sorted(told) == sorted([(ANNA, version), *((ANNA, file.sha256) for file in files)])
    assert visits.visit(ANNA, 0.0).note("story") is None
    visits.close()


def test_a_visit_ends_when_it_was_left_alone_for_too_long(visits):
    keep(visits, ANNA, b"line", 0.0)
    visits.visit(ANNA, 90.0)
    assert visits.visit(ANNA, 190.0).begun
    assert visits.visit(ARAM, 291.0).begun is False
    assert held(visits) == []
    assert not visits.visit(ANNA, 291.0).begun
    keep(visits, ARAM, b"line", 300.0)
    visits.end_idle(401.0)
    assert held(visits) == []


def test_who_comes_back_to_an_ended_visit_is_told_until_they_take_note_or_keep_something(visits):
    visit = visits.visit(ANNA, 0.0)
    assert not visit.follows_ended
    visit.begin_after_ended(0.0)
    assert visits.visit(ANNA, 1.0).follows_ended
    visit.acknowledge()
    assert not visit.follows_ended
    other = visits.visit(ARAM, 1.0)
    other.begin_after_ended(1.0)
    keep(visits, ARAM, b"line", 2.0)
    assert not other.follows_ended


def test_what_a_reader_set_for_a_file_stays_with_it(visits):
    file = keep(visits, ANNA, b"line")
    visit = visits.visit(ANNA, 0.0)
    visit.set(file.id, accepted={"spike": None}, tolerance=Tolerance(border_m=100.0))
    visit.set(file.id, accepted={"spike": None, "projected-coordinates": "EPSG:32638"})
    (now,) = visit.files
    assert now.accepted == {"spike": None, "projected-coordinates": "EPSG:32638"}
    assert now.tolerance == Tolerance(border_m=100.0)
    visit.say_mode(file.id, "rail")
    assert [kept.mode for kept in visit.files] == ["rail"]
    visit.say_mode(file.id, None)
    assert [kept.mode for kept in visit.files] == [None]
    visit.forget(file.id)
    visit.say_mode(file.id, "road")
    visit.set(file.id, accepted={})
    assert visit.files == ()


def test_a_note_takes_the_place_of_the_one_before_unless_it_does_not_fit(visits):
    visit = visits.visit(ANNA, 0.0)
    assert visit.put_note("story", b"x" * BLOCK_BYTES * 4, 0.0) is None
    assert visit.put_note("story", b"y" * BLOCK_BYTES * 5, 0.0) is None
    refused = visit.put_note("story", b"z" * BLOCK_BYTES * 6, 0.0)
    assert isinstance(refused, Refused)
    assert visit.note("story") == b"y" * BLOCK_BYTES * 5
    visit.drop_note("story")
    assert visit.note("story") is None
    assert held(visits) == []


def test_many_threads_at_once_never_exceed_a_cap(visits):
    def one(number: int) -> object:
        return visits.visit(f"{number % 4:032d}", 0.0).keep("a", number.to_bytes(2, "big"), UPLOADED, 0.0)

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(one, range(80)))
    kept = [outcome for outcome in outcomes if isinstance(outcome, OwnFile)]
    assert len(kept) == len(held(visits)) == 8


def test_the_folder_goes_with_the_process_and_one_left_by_a_killed_process_with_the_next(tmp_path):
    code = (
        "import sys, os, pathlib; from corridor.store.folder import PrivateFolder\n"
        "folder = PrivateFolder(pathlib.Path(sys.argv[1])); (folder.path / 'bytes').write_bytes(b'x')\n"
        "print(folder.path, flush=True)\n"
        "if sys.argv[2] == 'killed': os.kill(os.getpid(), 9)\n"
    )

    def left(how: str) -> Path:
        run = subprocess.run([sys.executable, "-c", code, str(tmp_path), how], capture_output=True, text=True)
        return Path(run.stdout.strip())

    assert not left("ended").exists()
    killed = left("killed")
    assert killed.exists()
    alive = PrivateFolder(tmp_path)
    assert not killed.exists()
    other = PrivateFolder(tmp_path)
    assert alive.path.exists()
    for folder in (alive, other):
        folder.close()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_another_kind_or_account_is_left_alone(tmp_path):
    just_made = tmp_path / f"{PREFIX}new"
    just_made.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / LOCK).touch()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    linked = tmp_path / f"{PREFIX}linked-lock"
    linked.mkdir()
    (linked / LOCK).symlink_to(elsewhere / LOCK)
    PrivateFolder(tmp_path).close()
    assert linked.exists()
    assert just_made.exists()
    assert (elsewhere / LOCK).exists()


class Store(RuleBasedStateMachine):
    """Any order of keeping, noting, forgetting and waiting, beside a model that is a plain dictionary."""

    def __init__(self):
        super().__init__()
        self.visits = Visits(SMALL)
        self.now = 0.0
        self.model: dict[str, dict[str, bytes]] = {}
        self.seen: dict[str, float] = {}

    tokens = Bundle("tokens")

    @rule(target=tokens, token=st.sampled_from([ANNA, ARAM, "c" * 32]))
    def comes(self, token):
        return token

    def visit(self, token):
        self.seen = {t: at for t, at in self.seen.items() if self.now - at <= SMALL.idle_seconds}
        self.model = {t: files for t, files in self.model.items() if t in self.seen}
        if token in self.seen:
            self.seen[token] = self.now
        return self.visits.visit(token, self.now)

    @rule(token=tokens, byte=st.integers(0, 5), blocks=st.integers(0, 3))
    def keeps(self, token, byte, blocks):
        data = bytes([byte]) * (blocks * BLOCK_BYTES + byte)
        kept = self.visit(token).keep("f", data, UPLOADED, self.now)
        if isinstance(kept, OwnFile):
            self.model.setdefault(token, {})[kept.id] = data
            self.seen.setdefault(token, self.now)

    @rule(token=tokens)
    def forgets_one(self, token):
        visit = self.visit(token)
        for file in visit.files[:1]:
            visit.forget(file.id)
            del self.model[token][file.id]

    @rule(token=tokens)
    def forgets_all(self, token):
        self.visit(token).forget_all()
        if token in self.model:
            self.model[token] = {}

    @rule(seconds=st.sampled_from([1.0, 60.0, 101.0]))
    def waits(self, seconds):
        self.now += seconds

    @invariant()
    def every_visitor_has_their_own_files_and_no_cap_is_broken(self):
        for token in (ANNA, ARAM, "c" * 32):
            room = self.visits._rooms.get(token)
            found = {file.id: file.path.read_bytes() for file in room.files.values()} if room else {}
            assert found == self.model.get(token, {})
            assert sum(max(len(data), BLOCK_BYTES) for data in found.values()) <= SMALL.visit_bytes
            assert len(found) <= SMALL.visit_files
        everything = [data for files in self.model.values() for data in files.values()]
        assert sum(max(len(data), BLOCK_BYTES) for data in everything) <= SMALL.all_bytes
        assert len(held(self.visits)) == len(everything)

    def teardown(self):
        self.visits.close()


TestStore = Store.TestCase
TestStore.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_on_a_full_disk_every_file_and_note_that_was_there_stays(visits, monkeypatch):
    visit = visits.visit(ANNA, 0.0)
    before = visit.keep("a", b"line", UPLOADED, 0.0)
    assert visit.put_note("story", b"draft", 0.0) is None
    kept = sorted(before.path.parent.iterdir())
    written = Path.write_bytes

    def half(path, data):
        written(path, data[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    assert isinstance(visit.put_note("story", b"a longer draft", 0.0), Refused)
    assert isinstance(visit.keep("b", b"another", UPLOADED, 0.0), Refused)
    assert visit.note("story") == b"draft"
    assert [file.path.read_bytes() for file in visit.files] == [b"line"]
    assert sorted(before.path.parent.iterdir()) == kept


def test_whatever_goes_is_told_of_once(tmp_path):
    told: list[tuple[str, str]] = []
    visits = Visits(SMALL, tmp_path, lambda *gone: told.append(gone))
    visit = visits.visit(ANNA, 0.0)
    assert visit.note_version("story/own-1") is None
    versions = []
    for data in (b"first", b"second", b"second"):
        visit.put_note("story/own-1", data, 0.0)
        versions.append((ANNA, visit.note_version("story/own-1")))
    assert told == versions[:2]
    assert len(set(versions)) == 3
    visit.drop_note("story/own-1")
    assert told == versions
    file = keep(visits, ANNA, b"line")
    visit.put_note("story/own-2", b"third", 0.0)
    last = (ANNA, visit.note_version("story/own-2"))
    visit.forget_all()
    assert told[3:] == [(ANNA, file.sha256), last]
    visits.close()


def test_a_folder_of_another_account_is_left_alone(tmp_path, monkeypatch):
    theirs = tmp_path / f"{PREFIX}theirs"
    theirs.mkdir()
    (theirs / LOCK).touch()
    account = theirs.stat().st_uid
    with monkeypatch.context() as patched:
        patched.setattr("os.getuid", lambda: account + 1)
        PrivateFolder(tmp_path).close()
    assert theirs.exists()
    PrivateFolder(tmp_path).close()
    assert not theirs.exists()

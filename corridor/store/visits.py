"""Which files and notes each visitor keeps here, for how long, and how many bytes that may be."""

import hashlib
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import RLock

from corridor.assessing.accuracy import Tolerance
from corridor.candidates import Mode
from corridor.quantities import counted
from corridor.reading.limits import MEGABYTE, of_bytes
from corridor.store.folder import PrivateFolder
from corridor.store.own_file import FileId, FileOrigin, OwnFile
from corridor.store.tokens import Token
from corridor.store.visit_rooms import BLOCK_BYTES, KeptNote, VisitRoom, WhoseShare, network_share, visits_that_end

SHORTEST_ID, LONGEST_NAME = 6, 200


@dataclass(frozen=True, slots=True)
class Caps:
    """How much is kept: bytes and files of one visit, bytes of all together, and seconds without a sign of life."""

    visit_bytes: int = 200 * MEGABYTE
    visit_files: int = 30
    all_bytes: int = 2_000 * MEGABYTE
    idle_seconds: float = 12 * 3600.0


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was kept and nothing was lost; the sentence says why and what can be done."""

    says: str


class Visits:
    """All visits of a running application; safe to be used by many threads.

    `now` is in seconds of a clock that only goes forward, `time.monotonic`: a machine whose clock is set to another
    day or hour neither ends a visit nor keeps one for longer.

    A visit is reached by its token alone. One that nothing was kept for takes no room. `forgotten` is told the token of
    the visit and the SHA-256 of each file, or version of each note, whose bytes are gone: what came of it goes too.
    `network_of` tells from which network a visit comes, "" for this machine; `open_visits` which have an open page, and
    so never end for others. Without it none does.
    """

    def __init__(
        self,
        caps: Caps,
        parent: Path | None = None,
        forgotten: Callable[[Token, str], None] = lambda *_: None,
        network_of: Callable[[Token], str] = lambda _: "",
        open_visits: Callable[[], Collection[Token]] | None = None,
    ) -> None:
        """Begin without visits; the bytes will lie in a private folder in `parent`."""
        self.caps = caps
        self.forgotten, self._network_of, self._open_visits = forgotten, network_of, open_visits
        self._folder = PrivateFolder(parent)
        self._rooms: dict[Token, VisitRoom] = {}
        self._lock = RLock()

    def visit(self, token: Token, now: float) -> "Visit":
        """Return the visit of a token, which counts as a sign of life at `now`."""
        with self._lock:
            self.end_idle(now)
            if token in self._rooms:
                self._rooms[token].seen_at = now
        return Visit(self, token)

    def begun(self, token: Token) -> bool:
        """Whether anything was kept for a token since the application started and its visit last ended."""
        with self._lock:
            return token in self._rooms

    def close(self) -> None:
        """Forget every visit and remove the folder."""
        with self._lock:
            self._rooms.clear()
            self._folder.close()

    def end_idle(self, now: float) -> None:
        """End the visits that were left alone for too long, and delete their bytes."""
        with self._lock:
            self._end([t for t, room in self._rooms.items() if now - room.seen_at > self.caps.idle_seconds])

    def _end(self, visits: Collection[Token]) -> None:
        for token in visits:
            self._empty(token, self._rooms.pop(token))

    def _empty(self, token: Token, room: VisitRoom) -> None:
        for kept in room.kept:
            self._delete(token, kept)
        room.files.clear()
        room.notes.clear()

    def _delete(self, token: Token, kept: OwnFile | KeptNote) -> None:
        kept.path.unlink(missing_ok=True)
        self.forgotten(token, kept.sha256 if isinstance(kept, OwnFile) else kept.path.name)

    def _written(self, data: bytes) -> Path | Refused:
        """Return where `data` now lies; the names of the files say nothing."""
        path = self._folder.path / secrets.token_hex(16)
        try:
            path.write_bytes(data)
        except OSError:
            path.unlink(missing_ok=True)
            return Refused("The disk of this machine has no room for it. Nothing was lost; try again later.")
        return path

    def _making_room(self, token: Token, room: VisitRoom, size: int, without: int = 0) -> list[Token] | Refused:
        """Return which visits end for `size` bytes more, in place of `without` that go; or why they cannot be kept."""
        more = max(size, BLOCK_BYTES) - without
        if room.held_bytes + more > self.caps.visit_bytes:
            return Refused(
                f"This visit holds {of_bytes(room.held_bytes)} of the {of_bytes(self.caps.visit_bytes)} it may hold, "
                "and this would be too much. Nothing was lost; forget a file you no longer need and try again."
            )
        room.network = self._network_of(token) or room.network
        open_visits = self._rooms if self._open_visits is None else self._open_visits()
        ended = visits_that_end(self._rooms, room, more, self.caps.all_bytes, open_visits)
        if not isinstance(ended, WhoseShare):
            return ended
        whose, may = "All visitors together", self.caps.all_bytes
        if ended is WhoseShare.NETWORK:
            whose, may = "Visitors from your network together", network_share(may)
        return Refused(
            f"{whose} may keep {of_bytes(may)} here, and that is used up. Nothing was lost; try again later, or forget "
            "a file you no longer need."
        )


class Visit:
    """One visitor's files and notes."""

    def __init__(self, visits: Visits, token: Token) -> None:
        """Reach the visit of `token`; only Visits makes these."""
        self._visits = visits
        self.token = token

    @property
    def _room(self) -> VisitRoom | None:
        return self._visits._rooms.get(self.token)

    @property
    def begun(self) -> bool:
        """Whether anything was kept for this token since the application started and the visit last ended."""
        return self._visits.begun(self.token)

    @property
    def files(self) -> tuple[OwnFile, ...]:
        """The files in the order they were kept."""
        with self._visits._lock:
            return tuple(self._room.files.values()) if self._room else ()

    def file(self, identity: str) -> OwnFile | None:
        """Return a file by its id, None when this visit has none such."""
        return next((file for file in self.files if file.id == identity), None)

    @property
    def follows_ended(self) -> bool:
        """Whether the visitor is still to be told that an earlier visit ended and its files are gone."""
        return self._room is not None and self._room.follows_ended

    def begin_after_ended(self, now: float) -> None:
        """Begin the visit of somebody whose earlier one ended with files in it."""
        with self._visits._lock:
            self._visits._rooms.setdefault(self.token, VisitRoom(now, follows_ended=True))

    def acknowledge(self) -> None:
        """Take note that the visitor was told."""
        with self._visits._lock:
            if self._room:
                self._room.follows_ended = False

    def keep(self, name: str, data: bytes, origin: FileOrigin, now: float) -> OwnFile | Refused:
        """Keep a file and return it; bytes that are here already are not kept twice, the file they are is returned.

        `name` may be anything; it never becomes a path.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        visits = self._visits
        with visits._lock:
            room = self._room or VisitRoom(now)
            known = next((file for file in room.files.values() if file.sha256 == sha256), None)
            if known is not None:
                return known
            if len(room.files) >= visits.caps.visit_files:
                return Refused(
                    f"A visit holds at most {counted(visits.caps.visit_files, 'file')}. Nothing was lost; forget one "
                    "you no longer need and try again."
                )
            ended = visits._making_room(self.token, room, len(data))
            if isinstance(ended, Refused):
                return ended
            path = visits._written(data)
            if isinstance(path, Refused):
                return path
            visits._end(ended)
            identity = _free_id(sha256, room.files)
            file = OwnFile(identity, name[:LONGEST_NAME], sha256, len(data), date.today(), origin, path)
            room.files[identity] = file
            room.follows_ended = False
            visits._rooms.setdefault(self.token, room)
            return file

    def set(
        self,
        identity: FileId,
        *,
        accepted: Mapping[str, str | None] | None = None,
        tolerance: Tolerance | None = None,
    ) -> None:
        """Change the accepted mends or the tolerance of a file; nothing happens when the file is gone."""
        with self._visits._lock:
            room = self._room
            if room is None or identity not in room.files:
                return
            file = room.files[identity]
            room.files[identity] = replace(
                file,
                accepted=file.accepted if accepted is None else dict(accepted),
                tolerance=file.tolerance if tolerance is None else tolerance,
            )

    def say_mode(self, identity: FileId, mode: Mode | None) -> None:
        """Note what the visitor says the routes of a file are; None leaves it to the file. A file may be gone."""
        with self._visits._lock:
            room = self._room
            if room is not None and identity in room.files:
                room.files[identity] = replace(room.files[identity], mode=mode)

    def forget(self, identity: FileId) -> None:
        """Delete a file's bytes and all that is known of it at once; nothing happens when it is gone already."""
        with self._visits._lock:
            file = self._room.files.pop(identity, None) if self._room else None
            if file is not None:
                self._visits._delete(self.token, file)

    def forget_all(self) -> None:
        """Delete every file and note of this visit at once."""
        with self._visits._lock:
            if self._room is not None:
                self._visits._empty(self.token, self._room)

    def note(self, key: str) -> bytes | None:
        """Return a note, None when there is none under this key."""
        with self._visits._lock:
            kept = self._room.notes.get(key) if self._room else None
            return kept.path.read_bytes() if kept else None

    def note_version(self, key: str) -> str | None:
        """Return what tells a note from the one that stood under its key before, None when there is none."""
        with self._visits._lock:
            note = self._room.notes.get(key) if self._room else None
            return note.path.name if note else None

    def note_keys(self, prefix: str) -> tuple[str, ...]:
        """Return the keys of the notes that begin so, in the order in which they were first put."""
        with self._visits._lock:
            return tuple(key for key in self._room.notes if key.startswith(prefix)) if self._room else ()

    def put_note(self, key: str, data: bytes, now: float) -> Refused | None:
        """Keep a note in place of any under the same key; return why not when there is no room, and lose nothing."""
        with (visits := self._visits)._lock:
            room = self._room or VisitRoom(now)
            before = room.notes.get(key)
            goes = max(before.size, BLOCK_BYTES) if before else 0
            ended = visits._making_room(self.token, room, len(data), without=goes)
            if isinstance(ended, Refused):
                return ended
            path = visits._written(data)
            if isinstance(path, Refused):
                return path
            visits._end(ended)
            if before:
                visits._delete(self.token, before)
            room.notes[key] = KeptNote(path, len(data))
            visits._rooms.setdefault(self.token, room)
            return None

    def drop_note(self, key: str) -> None:
        """Delete a note; nothing happens when there is none."""
        with self._visits._lock:
            note = self._room.notes.pop(key, None) if self._room else None
            if note:
                self._visits._delete(self.token, note)


def _free_id(sha256: str, taken: Mapping[FileId, OwnFile]) -> FileId:
    lengths = range(SHORTEST_ID, len(sha256) + 1)
    return next(sha256[:length] for length in lengths if sha256[:length] not in taken)

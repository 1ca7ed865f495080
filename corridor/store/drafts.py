"""Lines that visitors are editing at the moment, each with how far the visitor's edits are in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock, RLock

from corridor.assessing.assessment import Assessment
from corridor.assessing.editing import Edit, EditedLine
from corridor.store.tokens import Token

#: Vertices of a line that can be edited here, and of all drafts together; those left longest go first.
MOST_VERTICES = 50_000
#: Parts of one line that is edited: each costs up to 2.6 ms of the pages' own processor (measured).
MOST_PARTS = 400
ALL_VERTICES = 1_000_000
#: Drafts of one visit, and seconds without an edit after which one goes.
VISIT_DRAFTS = 4
IDLE_SECONDS = 2 * 3600.0


class OutOfStepError(Exception):
    """Edits were told that follow on others which never arrived; the whole line has to be told."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """An edit with its number; a visitor counts the edits of a draft from 1."""

    number: int
    edit: Edit


@dataclass(eq=False, slots=True)
class Draft:
    """A line under edits; `applied` is the number of the last edit in it, `asked` that of the last one heard of.

    `about` are the SHA-256 of the files it was made from, `before` is the route of such a file it began as.
    """

    line: EditedLine
    applied: int
    about: frozenset[str] = frozenset()
    before: Assessment | None = None
    asked: int = 0
    seen_at: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def hear(self, edits: Sequence[Numbered]) -> None:
        """Take note that these edits are asked for, before it is their turn."""
        self.asked = max([self.asked, *(edit.number for edit in edits)])

    def measured(self, after: int, edits: Sequence[Numbered]) -> Assessment | None:
        """Do the edits that are not in the line yet and return its numbers; None where a later movement overtook them.

        `after` is the last edit the visitor knows to be in the line; `edits` are all since. Raises OutOfStepError where
        one before them is missing, EditError for one that cannot be done; those before it are done then.
        """
        with self.lock:
            last = max((edit.number for edit in edits), default=after)
            if last < max(self.asked, self.applied):
                return None
            if after > self.applied:
                raise OutOfStepError
            for edit in edits:
                if edit.number > self.applied:
                    self.line.apply(edit.edit)
                    self.applied = edit.number
            return self.line.assessment()


class Drafts:
    """All drafts of a running application, each reached by the token of its visit and the name the page gave it.

    `now` is in seconds of `time.monotonic`, as with visits.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._drafts: dict[tuple[Token, str], Draft] = {}
        self._lock = RLock()

    def open(self, token: Token, name: str, draft: Draft, now: float) -> None:
        """Hold a draft in place of any of the same name; the oldest go where there are too many."""
        with self._lock:
            draft.seen_at = now
            self._drafts.pop((token, name), None)
            self._drafts[token, name] = draft
            own = [key for key in self._drafts if key[0] == token]
            for key in own[:-VISIT_DRAFTS]:
                del self._drafts[key]
            self._make_room(now)

    def _make_room(self, now: float) -> None:
        for key in [key for key, draft in self._drafts.items() if now - draft.seen_at > IDLE_SECONDS]:
            del self._drafts[key]
        held = sum(draft.line.count for draft in self._drafts.values())
        by_age = sorted(self._drafts, key=lambda key: self._drafts[key].seen_at)
        for key in by_age[:-1]:
            if held <= ALL_VERTICES:
                return
            held -= self._drafts.pop(key).line.count

    def find(self, token: Token, name: str, now: float) -> Draft | None:
        """Return a draft of a visit, None where it is not held here (any more)."""
        with self._lock:
            draft = self._drafts.get((token, name))
            if draft is not None:
                draft.seen_at = now
            return draft

    def forgotten(self, token: Token, sha256: str) -> None:
        """Let go of the drafts that a visit made from a file it forgot."""
        with self._lock:
            for key in [key for key, draft in self._drafts.items() if key[0] == token and sha256 in draft.about]:
                del self._drafts[key]

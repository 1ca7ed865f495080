"""A task on its way: waiting for its turn, in the hands of a worker, or done."""

import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from pathlib import Path
from threading import Lock
from typing import Any, Generic

from pebble import ProcessFuture

from corridor.store.bounds import Failed, Result, WorkBounds

WAITING = "waiting for its turn"
#: Seconds after which somebody who waits counts as having asked once more.
ASKED_EVERY = 5.0


class RunningJob(Generic[Result]):
    """A task that somebody asked for; a pool moves it on. Two are equal only if they are the same."""

    def __init__(
        self,
        call: Callable[..., Result | Failed],
        args: tuple[object, ...],
        stage: Path,
        give_up: Callable[["RunningJob[Any]"], None],
        place: Callable[["RunningJob[Any]"], tuple[int, int]],
        size: int = 0,
    ) -> None:
        """Describe a task about files of `size` bytes, and where its worker writes what it is doing.

        `give_up` ends it; `place` says which it is in the queue, from 1 (0: it does not wait now), and how many wait.
        """
        self.call, self.args, self.stage_file, self.size = call, args, stage, size
        self._give_up, self._place = give_up, place
        self._outcome: Future[Result | Failed] = Future()
        self._lock, self._settled = Lock(), False
        self._asked_at = time.monotonic()
        self._present: Callable[[], bool] = _always
        self.worked_on: ProcessFuture[Result | Failed] | None = None
        self.unwanted: Failed | None = None
        self.turn_began = 0.0
        #: Whether it is tried beside other work, how often it was before, and whether it has just to make way.
        self.is_try, self.tries, self.makes_way = False, 0, False
        self._begun_at: float | None = None

    @property
    def done(self) -> bool:
        """Whether there is an outcome."""
        return self._outcome.done()

    @property
    def stage(self) -> str:
        """What is being done at the moment, in words; while it waits, its place in the queue."""
        place, of = self._place(self)
        if place:
            return WAITING if of == 1 else f"{WAITING}, number {place} of {of}"
        try:
            return self.stage_file.read_text(encoding="utf-8") or WAITING
        except OSError:
            return WAITING

    def asked(self, present: Callable[[], bool] | None = None) -> None:
        """Take note that somebody asks for it; `present` tells whether whoever does so is still there."""
        self._asked_at = time.monotonic()
        if present is not None:
            self._present = present

    def has_begun(self) -> bool:
        """Whether a worker was seen at it since it was handed over last."""
        if self._begun_at is None and self.worked_on is not None and self.worked_on.running():
            self._begun_at = time.monotonic()
        return self._begun_at is not None

    def worked_for(self) -> float:
        """Return for how many seconds a worker was seen at it; 0 before one is."""
        return time.monotonic() - self._begun_at if self.has_begun() and self._begun_at is not None else 0.0

    def put_back(self) -> None:
        """Take note that it waits again, since it was tried and took longer than it might."""
        self.worked_on, self._begun_at = None, None
        self.is_try, self.tries, self.makes_way = False, self.tries + 1, False

    def is_unasked(self, bounds: WorkBounds) -> bool:
        """Whether nobody asks for it any more."""
        ago = time.monotonic() - self._asked_at
        return ago > bounds.unasked_seconds or (ago > bounds.gone_seconds and not self._present())

    def wait(self, seconds: float) -> bool:
        """Wait for the outcome, so many seconds at most; return whether there is one."""
        until = time.monotonic() + seconds
        while not wait([self._outcome], min(ASKED_EVERY, max(0.0, until - time.monotonic()))).done:
            if time.monotonic() >= until:
                return False
            self.asked()
        return True

    def then(self, follow: Callable[["RunningJob[Result]"], object]) -> None:
        """Have `follow` called with this job once there is an outcome."""
        self._outcome.add_done_callback(lambda _: follow(self))

    def cancel(self) -> None:
        """Stop the task; its process is ended."""
        self._give_up(self)

    def outcome(self) -> Result | Failed:
        """Return what the task returned or why it came to nothing, waiting for it; raises a fault of ours."""
        return self._outcome.result()

    def settle(self, outcome: Result | Failed | BaseException) -> None:
        """Say what came of it; nothing happens where that is known already."""
        with self._lock:
            if self._settled:
                return
            self._settled = True
        self.stage_file.unlink(missing_ok=True)
        if isinstance(outcome, BaseException):
            self._outcome.set_exception(outcome)
        else:
            self._outcome.set_result(outcome)


def _always() -> bool:
    return True

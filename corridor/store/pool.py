"""Processes in which long work is done, bounded in number, memory and time, so that pages stay quick meanwhile."""

import atexit
import contextlib
import logging
import multiprocessing
import secrets
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any

from pebble import ProcessExpired, ProcessPool

from corridor.store.at_work import AtWork
from corridor.store.bounds import (
    AS_SHIPPED,
    CANCELLED,
    FORGOTTEN,
    GAVE_WAY,
    NO_ROOM,
    UNASKED,
    Failed,
    Result,
    WorkBounds,
    full,
    full_for_one,
    too_long,
    too_much,
)
from corridor.store.confinement import (
    FORK_SERVER,
    allow_processor,
    confine,
    end_with_parent,
    ran_out_of_processor,
    worker_start_method,
)
from corridor.store.folder import PrivateFolder
from corridor.store.running_job import RunningJob
from corridor.store.shares import Asker, WorkDone, makes_room
from corridor.store.turns import Turns

logger = logging.getLogger(__name__)

#: After so many tasks a worker is replaced by a fresh one, so that no memory a library keeps adds up.
TASKS_OF_A_WORKER = 50
#: Seconds between two looks for work that nobody asks for any more.
LOOK_EVERY = 1.0
#: Seconds for which the processes are waited for at the end; they need one or two.
CLOSING_SECONDS = 20.0
#: Seconds of work that are expected for a byte of a file, so that small files come before large ones: the dearest that
#: we know of take 20 to 40 s for a megabyte, surveys one or two (measured).
SECONDS_OF_BYTE = 20e-6


class Pool:
    """A few processes; they start with the first task. What is wanted beyond them waits, and is taken by turns."""

    def __init__(self, bounds: WorkBounds = AS_SHIPPED) -> None:
        """Begin without processes."""
        self.bounds = bounds
        self._lock = RLock()
        self._pool: ProcessPool | None = None
        self._folder: PrivateFolder | None = None
        self._done = WorkDone()
        self._turns: Turns[Asker, RunningJob[Any]] = Turns(self._rank)
        self._at_work = AtWork(bounds)
        self._closed = Event()

    def start(
        self, call: Callable[..., Result | Failed], *args: object, who: Asker | None = None, size: int = 0
    ) -> RunningJob[Result] | Failed:
        """Have a worker do `call(*args, tell)`; everything handed over and back is pickled.

        `who` wants it: of each, one task is worked on at a time, and what waits is taken by turns. Without it the task
        is somebody's own. Turns go to the networks and visits that little was done for of late and that ask little: it
        is about files of `size` bytes. Where too much waits already, it takes the place of who has more waiting, or
        nothing is begun and the sentence says so.
        """
        whose = who or Asker(secrets.token_hex(8))
        with self._lock:
            if self._turns.of(whose) >= self.bounds.waiting_of_one:
                return full_for_one(self.bounds)
            other = None
            if len(self._turns) >= self.bounds.waiting:
                crowding = makes_room(self._turns.whose, whose, self._done)
                if crowding is None:
                    return full(self.bounds)
                other = self._turns.last_of(crowding)
            try:
                folder = self._begun()
            except OSError:
                logger.exception("The folder for the work could not be made")
                return NO_ROOM
            job: RunningJob[Result] = RunningJob(
                call, args, folder.path / secrets.token_hex(8), self._give_up, self._place, size
            )
            self._turns.add(whose, job)
        if other is not None:
            self._give_up(other, GAVE_WAY)
        self._go_on()
        return job

    def _rank(self, who: Asker) -> tuple[int, ...]:
        """Return where somebody stands, the least first: whose network has no worker, and least work with what it asks.

        `who` has something waiting.
        """
        return self._at_work.of_party(who), *self._done.rank(who, self._turns.first_of(who).size * SECONDS_OF_BYTE)

    def _begun(self) -> PrivateFolder:
        if self._folder is None:
            self._folder = PrivateFolder()
            self._closed = Event()
            Thread(target=self._look_after, args=(self._closed,), daemon=True).start()
            atexit.register(self.close)
        return self._folder

    def _running(self) -> ProcessPool:
        with self._lock:
            self._begun()
            if self._pool is None or not self._pool.active:
                context = multiprocessing.get_context(worker_start_method())
                context.set_forkserver_preload([FORK_SERVER])
                self._pool = ProcessPool(
                    max_workers=self.bounds.workers + self.bounds.short_tries,
                    max_tasks=TASKS_OF_A_WORKER,
                    initializer=_begin,
                    initargs=(self.bounds,),
                    context=context,
                )
            return self._pool

    def _go_on(self) -> None:
        """Hand what comes next to workers, as long as one is free."""
        while True:
            with self._lock:
                job = self._at_work.take(self._turns)
                if job is None:
                    return
                job.turn_began = self._done.now()
            try:
                task = (job.call, job.args, job.stage_file, self.bounds.cpu_seconds)
                job.worked_on = self._running().schedule(_done, task)
            except Exception as problem:
                self._ended(job, problem)
                continue
            job.worked_on.add_done_callback(partial(self._came_back, job))
            if job.unwanted is not None:
                job.worked_on.cancel()

    def _came_back(self, job: RunningJob[Any], future: "Future[Any]") -> None:
        try:
            outcome = future.result()
        except BaseException as problem:
            outcome = problem
        self._ended(job, outcome)

    def _ended(self, job: RunningJob[Any], outcome: object) -> None:
        with self._lock:
            who = self._at_work.jobs.pop(job, None)
            if who is not None:
                self._done.count(who, self._done.now() - job.turn_began)
            waits_again = who is not None and job.makes_way and job.unwanted is None and not self._closed.is_set()
            waits_again = waits_again and isinstance(outcome, CancelledError)
            if who is not None and waits_again:
                job.put_back()
                self._turns.put_back(who, job)
        if not waits_again:
            job.settle(self._outcome_of(job, outcome))
        if not self._closed.is_set():
            self._go_on()

    def _outcome_of(self, job: RunningJob[Any], outcome: object) -> object:
        """Return what a task came to, as its reader can be told it; a fault of ours stays one."""
        if isinstance(outcome, CancelledError) or (self._closed.is_set() and isinstance(outcome, BaseException)):
            return job.unwanted or CANCELLED
        if isinstance(outcome, FileNotFoundError):
            return FORGOTTEN
        if isinstance(outcome, MemoryError | ProcessExpired):
            logger.warning("A worker ended: %r", outcome)
            slow = isinstance(outcome, ProcessExpired) and ran_out_of_processor(outcome.exitcode)
            return too_long(self.bounds) if slow else too_much(self.bounds)
        return outcome

    def _give_up(self, job: RunningJob[Any], why: Failed = CANCELLED) -> None:
        with self._lock:
            waited = self._turns.remove(job)
            if not waited and job.unwanted is None:
                job.unwanted = why
        if waited:
            job.settle(why)
        elif job.worked_on is not None:
            job.worked_on.cancel()

    def _place(self, job: RunningJob[Any]) -> tuple[int, int]:
        with self._lock:
            return self._turns.place(job), len(self._turns)

    def _look_after(self, closed: Event) -> None:
        """End what nobody asks for any more, and what takes too long, for as long as there is a pool.

        The library that keeps the processes would tell how long a task takes by the clock on the wall, which may jump.
        """
        while not closed.wait(LOOK_EVERY):
            with self._lock:
                every = [*self._turns.every, *self._at_work.jobs]
            for job in every:
                if job.worked_for() > self.bounds.seconds:
                    self._give_up(job, too_long(self.bounds))
                elif job.is_unasked(self.bounds):
                    self._give_up(job, UNASKED)
                else:
                    self._make_way(job)

    def _make_way(self, job: RunningJob[Any]) -> None:
        """Have a task that was tried for long enough wait again, where one that comes before it could be tried."""
        with self._lock:
            who = self._at_work.jobs.get(job)
            if who is None or job.worked_on is None or not job.is_try:
                return
            # What it would stand at if it waited: without this task at work, and with what it took already.
            stands = (self._at_work.of_party(who) - 1, *self._done.rank(who, job.worked_for()))
            for other in self._turns.whose:
                waiting = self._turns.first_of(other)
                if (
                    other not in self._at_work.jobs.values()
                    and self._at_work.was_tried_long_enough(job, waiting)
                    and self._rank(other) <= stands
                ):
                    job.makes_way = True
                    job.worked_on.cancel()
                    return

    def warm(self) -> None:
        """Start the processes in the background, if they are not running, so that the first task need not wait."""
        if self._pool is None:
            Thread(target=self._warm, daemon=True).start()

    def _warm(self) -> None:
        # A machine without room for it says so when there is work.
        with contextlib.suppress(OSError):
            self._running().schedule(_nothing)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        with self._lock:
            self._closed.set()
            pool, self._pool = self._pool, None
            folder, self._folder = self._folder, None
            unfinished = [*self._turns.every, *self._at_work.jobs]
            self._turns, self._at_work = Turns(self._rank), AtWork(self.bounds)
        atexit.unregister(self.close)
        for job in unfinished:
            job.settle(CANCELLED)
        if pool is not None:
            pool.stop()
            # Once, on a machine under load, the library waited without end; the processes end with this one anyway.
            joining = Thread(target=pool.join, daemon=True)
            joining.start()
            joining.join(CLOSING_SECONDS)
        if folder is not None:
            folder.close()


def _nothing() -> None:
    """Do nothing."""


def _begin(bounds: WorkBounds) -> None:
    """Hold a fresh worker to its bounds: over its life those of all its tasks, and no longer than its parent lives."""
    confine(bounds.memory_mb, TASKS_OF_A_WORKER * bounds.cpu_seconds)
    end_with_parent()


def _done(call: Callable[..., Result], args: tuple[object, ...], stage: Path, cpu_seconds: float) -> Result:
    """Do a task in a worker, with a way to say what is being done."""
    allow_processor(cpu_seconds)

    def tell(words: str) -> None:
        # A full disk, or a folder that is gone, is no reason to end the work; its outcome goes another way.
        with contextlib.suppress(OSError):
            fresh = stage.with_suffix(".new")
            fresh.write_text(words, encoding="utf-8")
            fresh.replace(stage)

    return call(*args, tell)

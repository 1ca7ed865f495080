"""Processes in which long work is done, bounded in number, memory and time, so that pages stay quick meanwhile."""

import atexit
import contextlib
import logging
import multiprocessing
import secrets
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from threading import Event, RLock, Thread
from typing import Any

from pebble import ProcessExpired, ProcessPool

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
from corridor.store.folder import PrivateFolder, keep_sockets_in_private_folder
from corridor.store.running_job import RunningJob
from corridor.store.schedule import Schedule
from corridor.store.shares import Asker

logger = logging.getLogger(__name__)

#: After so many tasks a worker is replaced by a fresh one, so that no memory a library keeps adds up.
TASKS_OF_A_WORKER = 50
#: Seconds between two looks for work that nobody asks for any more.
LOOK_EVERY = 1.0
#: Seconds for which the processes are waited for at the end; they need one or two.
CLOSING_SECONDS = 20.0


class Pool:
    """A few processes; they start with the first task. What is wanted beyond them waits (corridor.store.schedule)."""

    def __init__(self, bounds: WorkBounds = AS_SHIPPED) -> None:
        """Begin without processes."""
        self.bounds = bounds
        self._lock = RLock()
        self._pool: ProcessPool | None = None
        self._folder: PrivateFolder | None = None
        self._schedule = Schedule(bounds)
        self._closed = Event()

    def start(
        self, call: Callable[..., Result | Failed], *args: object, who: Asker | None = None, size: int = 0
    ) -> RunningJob[Result] | Failed:
        """Have a worker do `call(*args, tell)`; everything handed over and back is pickled.

        `who` wants it, about files of `size` bytes; without it the task is somebody's own. Where too much waits
        already, it takes the place of who has more waiting, or nothing is begun and the sentence says so.
        """
        with self._lock:
            try:
                folder = self._begun()
            except OSError:
                logger.exception("The folder for the work could not be made")
                return NO_ROOM
            job: RunningJob[Result] = RunningJob(
                call, args, folder.path / secrets.token_hex(8), self._give_up, self._place, size
            )
            displaced = self._schedule.add(who or Asker(secrets.token_hex(8)), job)
        if isinstance(displaced, Failed):
            return displaced
        if displaced is not None:
            displaced.settle(GAVE_WAY)
        self._go_on()
        return job

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
                keep_sockets_in_private_folder()
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
                job = self._schedule.take()
            if job is None:
                return
            try:
                task = (job.call, job.args, job.stage_file, self.bounds.cpu_seconds)
                job.worked_on = self._running().schedule(_done, task)
            except (OSError, EOFError) as problem:
                # The server that processes are forked from is gone; with the next task another is started.
                self._ended(job, BrokenProcessPool(str(problem)))
                continue
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
            stopped = isinstance(outcome, CancelledError) and not self._closed.is_set()
            waits_again = self._schedule.out_of_hand(job, stopped=stopped)
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
        if isinstance(outcome, MemoryError | ProcessExpired | BrokenProcessPool):
            logger.warning("A worker ended: %r", outcome)
            slow = isinstance(outcome, ProcessExpired) and ran_out_of_processor(outcome.exitcode)
            return too_long(self.bounds) if slow else too_much(self.bounds)
        return outcome

    def _give_up(self, job: RunningJob[Any], why: Failed = CANCELLED) -> None:
        with self._lock:
            waited = self._schedule.remove(job)
            if not waited and job.unwanted is None:
                job.unwanted = why
        if waited:
            job.settle(why)
        elif job.worked_on is not None:
            job.worked_on.cancel()

    def _place(self, job: RunningJob[Any]) -> tuple[int, int]:
        with self._lock:
            return self._schedule.place(job)

    def _look_after(self, closed: Event) -> None:
        """End what nobody asks for any more, what takes too long and what was lost, for as long as there is a pool.

        The library that keeps the processes would tell how long a task takes by the clock on the wall, which may jump.
        """
        while not closed.wait(LOOK_EVERY):
            with self._lock:
                every = self._schedule.every
            for job in every:
                if job.worked_for() > self.bounds.seconds:
                    self._give_up(job, too_long(self.bounds))
                elif job.is_unasked(self.bounds):
                    self._give_up(job, UNASKED)
                elif self._was_lost(job):
                    logger.warning("No worker began a task that was handed over")
                    self._give_up(job, too_much(self.bounds))
                else:
                    self._make_way(job)

    def _was_lost(self, job: RunningJob[Any]) -> bool:
        with self._lock:
            return self._schedule.was_lost(job)

    def _make_way(self, job: RunningJob[Any]) -> None:
        """Stop a task that has to make way; it waits again once its worker has ended."""
        with self._lock:
            if job.worked_on is not None and self._schedule.has_to_make_way(job):
                job.makes_way = True
                job.worked_on.cancel()

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
            unfinished = self._schedule.clear()
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

"""Processes in which long work is done, bounded in number, memory and time, so that pages stay quick meanwhile."""

import atexit
import logging
import multiprocessing
import resource
import secrets
from collections.abc import Callable
from concurrent.futures import CancelledError, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Generic, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from corridor.reading.limits import MEGABYTE
from corridor.store.folder import PrivateFolder

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

#: After so many tasks a worker is replaced by a fresh one, so that no memory a library keeps adds up.
TASKS_OF_A_WORKER = 50
WAITING = "waiting for its turn"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a worker may use: megabytes of address space (of which about 500 are libraries), seconds for one task."""

    workers: int = 2
    memory_mb: int = 3_000
    seconds: float = 120.0


@dataclass(frozen=True, slots=True)
class Failed:
    """A task came to nothing; the sentence says why. `cancelled` is true where somebody wanted it so."""

    says: str
    cancelled: bool = False


CANCELLED = Failed("It was cancelled; all that was here before still is.", cancelled=True)
FORGOTTEN = Failed("The file was forgotten in the meantime.")


class Job(Generic[Result]):
    """A task that was handed to a worker."""

    def __init__(self, future: "ProcessFuture[Result]", stage: Path, bounds: Bounds) -> None:
        """Follow `future`; the worker writes what it is doing to `stage`."""
        self._future, self._stage, self._bounds = future, stage, bounds
        self.then(lambda _: stage.unlink(missing_ok=True))

    @property
    def done(self) -> bool:
        """Whether there is an outcome."""
        return self._future.done()

    @property
    def stage(self) -> str:
        """What is being done at the moment, in words."""
        try:
            return self._stage.read_text(encoding="utf-8") or WAITING
        except OSError:
            return WAITING

    def wait(self, seconds: float) -> bool:
        """Wait for the outcome, so many seconds at most; return whether there is one."""
        return bool(wait([self._future], seconds).done)

    def then(self, follow: Callable[["Job[Result]"], object]) -> None:
        """Have `follow` called with this job once there is an outcome, in a thread of the pool."""
        self._future.add_done_callback(lambda _: follow(self))

    def cancel(self) -> None:
        """Stop the task; its process is ended."""
        self._future.cancel()

    def outcome(self) -> Result | Failed:
        """Return what the task returned, waiting for it; raises what the task raised, unless a reader can be told."""
        try:
            return self._future.result()
        except CancelledError:
            return CANCELLED
        except FileNotFoundError:
            return FORGOTTEN
        except TimeoutError:
            return Failed(
                f"It took longer than the {self._bounds.seconds:g} seconds a file may take, and was stopped. Send a "
                "smaller file, or use the command line, which has no such limit."
            )
        except (MemoryError, ProcessExpired) as problem:
            logger.warning("A worker ended: %r", problem)
            return Failed(
                f"It needed more than the {self._bounds.memory_mb:,} MB of memory a file may take, or its contents "
                "stopped the program that reads them. Send a smaller file, or export the route again as GeoJSON."
            )


class Pool:
    """A few processes that take tasks one after the other; they start with the first task."""

    def __init__(self, bounds: Bounds = Bounds()) -> None:
        """Begin without processes."""
        self.bounds = bounds
        self._lock = Lock()
        self._pool: ProcessPool | None = None
        self._folder: PrivateFolder | None = None

    def start(self, call: Callable[..., Result], *args: object) -> Job[Result]:
        """Have a worker do `call(*args, tell)`; everything handed over and back is pickled."""
        with self._lock:
            pool, folder = self._running()
        stage = folder.path / secrets.token_hex(8)
        future = pool.schedule(_done, (call, args, stage), timeout=self.bounds.seconds)
        return Job(future, stage, self.bounds)

    def _running(self) -> tuple[ProcessPool, PrivateFolder]:
        if self._pool is None or not self._pool.active or self._folder is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["corridor.store.fork_server"])
            self._folder = self._folder or PrivateFolder()
            self._pool = ProcessPool(
                max_workers=self.bounds.workers,
                max_tasks=TASKS_OF_A_WORKER,
                initializer=_limit,
                initargs=(self.bounds.memory_mb * MEGABYTE,),
                context=context,
            )
            atexit.register(self.close)
        return self._pool, self._folder

    def warm(self) -> None:
        """Start the processes in the background, if they are not running, so that the first task need not wait."""
        if self._pool is None:
            Thread(target=self._warm, daemon=True).start()

    def _warm(self) -> None:
        with self._lock:
            pool, _ = self._running()
            pool.schedule(_nothing)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        with self._lock:
            pool, self._pool = self._pool, None
            folder, self._folder = self._folder, None
        atexit.unregister(self.close)
        if pool is not None:
            pool.stop()
            pool.join()
        if folder is not None:
            folder.close()


def _nothing() -> None:
    """Do nothing."""


def _limit(memory: int) -> None:
    """Bound a worker's address space; what asks for more gets a MemoryError instead of the machine's last memory."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _done(call: Callable[..., Result], args: tuple[object, ...], stage: Path) -> Result:
    """Do a task in a worker, with a way to say what is being done."""

    def tell(words: str) -> None:
        fresh = stage.with_suffix(".new")
        fresh.write_text(words, encoding="utf-8")
        fresh.replace(stage)

    return call(*args, tell)

"""Where long work is asked for: done at once or by a worker, and once only however often it is asked for."""

import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from threading import RLock
from typing import Any, Generic, TypeVar

from corridor.reading.limits import MEGABYTE
from corridor.store.bounds import FORGOTTEN, UNASKED, Failed
from corridor.store.job import Job
from corridor.store.pool import Pool
from corridor.store.results import Results
from corridor.store.tokens import Token

Result = TypeVar("Result")

logger = logging.getLogger(__name__)

RESULT_BYTES = 400 * MEGABYTE
#: What a result counts for that does not say how many bytes it takes.
SMALL_RESULT = 50_000
#: Failures that are remembered; what failed longer ago is tried again.
MOST_FAILURES = 200
#: Seconds for which a worker is waited for before the job itself is returned.
PATIENCE = 0.4
OUR_FAULT = Failed(
    "It stopped because of a fault in this application, which is written in its log. Nothing of yours was lost."
)


@dataclass(frozen=True, slots=True)
class Errand(Generic[Result]):
    """Work that one visitor wants done: `call(*args, tell)`. `about` are the SHA-256 of the files it is about."""

    token: Token
    about: frozenset[str]
    call: Callable[..., Result | Failed]
    args: tuple[Hashable, ...]


class JobQueue:
    """Takes errands, keeps what came of them for as long as there is memory, and knows which are under way."""

    def __init__(
        self,
        pool: Pool,
        cap_bytes: int = RESULT_BYTES,
        asking: Callable[[], Callable[[], bool] | None] = lambda: None,
    ) -> None:
        """Begin with nothing asked.

        `asking` is called whenever somebody asks, and returns what tells later whether they are still there.
        """
        self._pool, self._asking = pool, asking
        self._results: Results[Errand[Any], Any] = Results(cap_bytes)
        self._jobs: dict[Errand[Any], Job[Any]] = {}
        self._failures: dict[Errand[Any], Failed] = {}
        self._lock = RLock()

    def known(self, errand: Errand[Result]) -> Result | None:
        """Return the result of an errand that is at hand, None when it would have to be worked out."""
        found: Result | None = self._results.get(errand)
        return found

    def ask(
        self, errand: Errand[Result], *, here: bool = False, patience: float = PATIENCE
    ) -> Result | Job[Result] | Failed:
        """Return the result of an errand, why it came to nothing, or the job that is still under way.

        `here` asks for it to be done at once in this process. A worker is waited for `patience` seconds. What failed
        is not tried again before `again`; what there was no room for is, whenever it is asked for.
        """
        with self._lock:
            found: Result | None = self._results.get(errand)
            if found is not None:
                return found
            if errand in self._failures:
                return self._failures[errand]
            job: Job[Any] | None = self._jobs.get(errand)
            if job is None and not here:
                begun = self._pool.start(errand.call, *errand.args, who=errand.token)
                if isinstance(begun, Failed):
                    return begun
                job = self._jobs[errand] = begun
                job.then(partial(self._ended, errand))
        if job is None:
            outcome = _here(errand)
            self._store(errand, outcome)
            return outcome
        job.asked(self._asking())
        if not job.wait(patience):
            return job
        return self._ended(errand, job)

    def once(self, errand: Errand[Result]) -> Result:
        """Return the result of an errand that is quick and never fails, done here the first time it is asked for."""
        known: Result | None = self._results.get(errand)
        if known is not None:
            return known
        found: Any = errand.call(*errand.args, _nobody_waits)
        self._store(errand, found)
        result: Result = found
        return result

    def warm(self) -> None:
        """Have the workers ready before there is work for them."""
        self._pool.warm()

    def again(self, errand: Errand[Any]) -> None:
        """Let what failed be tried again when it is asked for next."""
        with self._lock:
            self._failures.pop(errand, None)

    def cancel(self, errand: Errand[Any]) -> None:
        """End the work on an errand; nothing happens when it is not under way."""
        with self._lock:
            job = self._jobs.get(errand)
        if job is not None:
            job.cancel()

    def forgotten(self, token: Token, sha256: str) -> None:
        """Let everything go that was worked out, or is being worked out, from a file of a visit."""
        self._results.drop(lambda errand: errand.token == token and sha256 in errand.about)
        with self._lock:
            concerned = [e for e in {*self._jobs, *self._failures} if e.token == token and sha256 in e.about]
            jobs = [self._jobs.pop(errand) for errand in concerned if errand in self._jobs]
            for errand in concerned:
                self._failures.pop(errand, None)
        for job in jobs:
            job.cancel()

    def close(self) -> None:
        """End all work."""
        self._pool.close()

    def _ended(self, errand: Errand[Result], job: Job[Result | Failed]) -> Result | Failed:
        outcome = _outcome(job)
        with self._lock:
            # What is about a forgotten file was taken from the list before its job was cancelled.
            if self._jobs.pop(errand, None) is job:
                self._store(errand, outcome)
        return outcome

    def _store(self, errand: Errand[Any], outcome: object) -> None:
        with self._lock:
            if outcome is UNASKED:
                # Whoever comes back finds it as if it had never been asked for.
                return
            if isinstance(outcome, Failed):
                self._failures[errand] = outcome
                while len(self._failures) > MOST_FAILURES:
                    del self._failures[next(iter(self._failures))]
            else:
                self._results.put(errand, outcome, getattr(outcome, "held_bytes", SMALL_RESULT))


def _here(errand: Errand[Result]) -> Result | Failed:
    try:
        return errand.call(*errand.args, _nobody_waits)
    except FileNotFoundError:
        return FORGOTTEN
    except Exception:
        logger.exception("An errand failed")
        return OUR_FAULT


def _nobody_waits(_words: str) -> None:
    """What is done at once is done before anybody could read what it is."""


def _outcome(job: Job[Result | Failed]) -> Result | Failed:
    try:
        return job.outcome()
    except Exception:
        logger.exception("A worker failed")
        return OUR_FAULT

"""Where long work is asked for: done at once or by a worker, and once only however often it is asked for."""

import hashlib
import logging
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial
from threading import RLock
from typing import Any, Generic
from weakref import ref

from corridor.assessing.assessment import Assessment
from corridor.reading.limits import MEGABYTE
from corridor.store.bounds import FORGOTTEN, GAVE_WAY, UNASKED, Failed, Result
from corridor.store.pool import Pool
from corridor.store.results import Results
from corridor.store.running_job import RunningJob
from corridor.store.shares import Asker
from corridor.store.tokens import Token

logger = logging.getLogger(__name__)

#: Bytes of an argument, a story or a template say, up to which it is remembered itself, and by its hash beyond.
SHORT_BYTES = 100
RESULT_BYTES = 400 * MEGABYTE
#: What a result counts for that does not say how many bytes it takes.
SMALL_RESULT = 50_000
#: Failures that are remembered; what failed longer ago is tried again.
MOST_FAILURES = 200
#: Seconds for which a worker is waited for before the running job itself is returned.
PATIENCE = 0.4
OUR_FAULT = Failed(
    "It stopped because of a fault in this application, which is written in its log. Nothing of yours was lost."
)


@dataclass(frozen=True, slots=True)
class Job(Generic[Result]):
    """Work that one visitor wants done: `call(*args, tell)`.

    `about` are the SHA-256 of the files it is about, which have `size` bytes together.
    """

    token: Token
    about: frozenset[str]
    call: Callable[..., Result | Failed]
    args: tuple[Hashable, ...]
    size: int = 0


@dataclass(eq=False, slots=True)
class _DoneHere:
    """A job that is done in this process at the moment; `forgotten` once a file it is about is forgotten."""

    job: Job[Any]
    forgotten: bool = False


class JobQueue:
    """Takes jobs, keeps what came of them for as long as there is memory, and knows which are under way."""

    def __init__(
        self,
        pool: Pool,
        cap_bytes: int = RESULT_BYTES,
        asking: Callable[[], Callable[[], bool] | None] = lambda: None,
        network_of: Callable[[Token], str] = lambda _visit: "",
    ) -> None:
        """Begin with nothing asked. `network_of` tells from which network a visit comes, "" for this machine.

        `asking` is called whenever somebody asks, and returns what tells later whether they are still there.
        """
        self._pool, self._asking, self._network_of = pool, asking, network_of
        self._results: Results[Job[Any], Any] = Results(cap_bytes)
        self._under_way: dict[Job[Any], RunningJob[Any]] = {}
        self._failures: dict[Job[Any], Failed] = {}
        self._done_here: list[_DoneHere] = []
        self._lock = RLock()

    def known(self, job: Job[Result]) -> Result | None:
        """Return the result of a job that is at hand, None when it would have to be worked out."""
        result: Result | None = self._results.get(_light(job))
        return result

    @staticmethod
    def remembered(job: Job[Result]) -> Job[Result]:
        """Return a job as it can be held for long: its result is `known` by it, but it cannot be asked for."""
        return _light(job)

    def ask(
        self, job: Job[Result], *, here: bool = False, patience: float = PATIENCE
    ) -> Result | RunningJob[Result] | Failed:
        """Return the result of a job, why it came to nothing, or the running job that is still under way.

        `here` asks for it to be done at once in this process. A worker is waited for `patience` seconds. What failed
        is not tried again before `again`; what there was no room for is, whenever it is asked for.
        """
        with self._lock:
            result: Result | None = self.known(job)
            if result is not None:
                return result
            if (failure := self._failures.get(_light(job))) is not None:
                return failure
            running: RunningJob[Any] | None = self._under_way.get(job)
            if running is None and not here:
                who = Asker(job.token, self._network_of(job.token))
                begun = self._pool.start(job.call, *job.args, who=who, size=job.size)
                if isinstance(begun, Failed):
                    return begun
                running = self._under_way[job] = begun
                running.then(partial(self._ended, job))
        if running is None:
            done: Result | Failed = self._kept_unless_forgotten(job, lambda: _here(job))
            return done
        running.asked(self._asking())
        if not running.wait(patience):
            return running
        return self._ended(job, running)

    def once(self, job: Job[Result]) -> Result:
        """Return the result of a job that is quick and never fails, done here the first time it is asked for."""
        known = self.known(job)
        if known is not None:
            return known
        result: Result = self._kept_unless_forgotten(job, lambda: job.call(*job.args, _nobody_waits))
        return result

    def warm(self) -> None:
        """Have the workers ready before there is work for them."""
        self._pool.warm()

    def again(self, job: Job[Any]) -> None:
        """Let what failed be tried again when it is asked for next."""
        with self._lock:
            self._failures.pop(_light(job), None)

    def cancel(self, job: Job[Any]) -> None:
        """End the work on a job; nothing happens when it is not under way."""
        with self._lock:
            running = self._under_way.get(job)
        if running is not None:
            running.cancel()

    def forgotten(self, token: Token, sha256: str) -> None:
        """Let everything go that was worked out, or is being worked out, from a file of a visit."""
        with self._lock:
            self._results.drop(lambda job: job.token == token and sha256 in job.about)
            concerned = [job for job in self._under_way if job.token == token and sha256 in job.about]
            running_jobs = [self._under_way.pop(job) for job in concerned]
            for job in [job for job in self._failures if job.token == token and sha256 in job.about]:
                del self._failures[job]
            for doing in self._done_here:
                doing.forgotten |= doing.job.token == token and sha256 in doing.job.about
        for running in running_jobs:
            running.cancel()

    def close(self) -> None:
        """End all work."""
        self._pool.close()

    def _kept_unless_forgotten(self, job: Job[Any], work: Callable[[], Any]) -> Any:  # noqa: ANN401 - what the job returns
        """Return what comes of work in this process; it is kept unless a file it is about is forgotten meanwhile."""
        doing = _DoneHere(job)
        with self._lock:
            self._done_here.append(doing)
        try:
            outcome = work()
            with self._lock:
                if not doing.forgotten:
                    self._store(job, outcome)
        finally:
            with self._lock:
                self._done_here.remove(doing)
        return outcome

    def _ended(self, job: Job[Result], running: RunningJob[Result | Failed]) -> Result | Failed:
        outcome = _outcome(running)
        with self._lock:
            # What is about a forgotten file was taken from the list before its running job was cancelled.
            if self._under_way.pop(job, None) is running:
                self._store(job, outcome)
        return outcome

    def _store(self, job: Job[Any], outcome: object) -> None:
        with self._lock:
            if outcome in (UNASKED, GAVE_WAY):
                # Whoever comes back finds it as if it had never been asked for.
                return
            if isinstance(outcome, Failed):
                self._failures[_light(job)] = outcome
                while len(self._failures) > MOST_FAILURES:
                    del self._failures[next(iter(self._failures))]
            else:
                self._results.put(_light(job), outcome, getattr(outcome, "held_bytes", SMALL_RESULT))


def _light(job: Job[Any]) -> Job[Any]:
    """Return a job as it is remembered: without the measured routes it is about, which may take 100 MB each, or bytes.

    Once nobody else has such a route any more, nobody can ask for this job either.
    """
    return replace(job, args=tuple(map(_lightly, job.args)))


def _lightly(argument: Hashable) -> Hashable:
    if isinstance(argument, tuple):
        return tuple(map(_lightly, argument))
    if isinstance(argument, Assessment):
        return ref(argument)
    if isinstance(argument, bytes) and len(argument) > SHORT_BYTES:
        return _Digest(len(argument), hashlib.sha256(argument).digest())
    if is_dataclass(argument) and not isinstance(argument, type | _Digest):
        return (type(argument), *(_lightly(getattr(argument, part.name)) for part in fields(argument)))
    return argument


@dataclass(frozen=True, slots=True)
class _Digest:
    size: int
    sha256: bytes


def _here(job: Job[Result]) -> Result | Failed:
    try:
        return job.call(*job.args, _nobody_waits)
    except FileNotFoundError:
        return FORGOTTEN
    except Exception:
        logger.exception("A job failed")
        return OUR_FAULT


def _nobody_waits(_words: str) -> None:
    """What is done at once is done before anybody could read what it is."""


def _outcome(running: RunningJob[Result | Failed]) -> Result | Failed:
    try:
        return running.outcome()
    except Exception:
        logger.exception("A worker failed")
        return OUR_FAULT

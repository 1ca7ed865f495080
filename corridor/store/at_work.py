"""Which tasks workers have in hand, and which comes next: long ones take their time, and short ones pass them by."""

from typing import Any

from corridor.store.bounds import WorkBounds
from corridor.store.running_job import RunningJob
from corridor.store.shares import Asker, party_of
from corridor.store.turns import Turns

#: How many times as long a task may be tried as the time before, among others tried as often: little more is done in
#: vain than once the whole of it.
LONGER = 5


class AtWork:
    """The tasks that workers have in hand, each with who wants it; of one visit it is one at a time.

    Nobody knows beforehand how long a task takes. So what would have to wait for a worker is tried beside the others,
    and makes way after some seconds. What was tried before waits several times as long until another makes way for it,
    and has as long then among its like. Not safe to be used by several threads at a time.
    """

    def __init__(self, bounds: WorkBounds) -> None:
        """Begin with none."""
        self._bounds = bounds
        self.jobs: dict[RunningJob[Any], Asker] = {}

    def of_party(self, who: Asker) -> int:
        """Return how many are at work for the network of a visit, or for the visit where it is of this machine."""
        return sum(party_of(other) == party_of(who) for other in self.jobs.values())

    def take(self, turns: Turns[Asker, RunningJob[Any]]) -> RunningJob[Any] | None:
        """Take in hand what comes next of what waits; None where nothing does that there is a worker for."""
        trying = [job for job in self.jobs if job.is_try]
        free = self._bounds.workers + len(trying) - len(self.jobs)
        # What is tried already gets a worker that is free, and leaves its place to the next that can be tried.
        for job in trying[:free]:
            job.is_try = False
        free, tries = free - len(trying[:free]), len(trying[free:])
        if not free and tries >= self._bounds.short_tries:
            return None
        busy = set(self.jobs.values())
        taken = turns.take(lambda who: who not in busy)
        if taken is None:
            return None
        who, job = taken
        job.is_try = not free
        self.jobs[job] = who
        return job

    def was_tried_long_enough(self, job: RunningJob[Any], waiting: RunningJob[Any]) -> bool:
        """Whether a task was tried for so long that another may be: for longer, the oftener that one was tried."""
        return job.is_try and job.worked_for() > self._bounds.short_seconds * LONGER**waiting.tries

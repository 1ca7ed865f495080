"""Which work a worker takes next, what makes way for it, and whose place is given away where too much waits.

1. Next comes the task of who has the fewest in the hands of workers, then of who little was done for of late and who
   asks little: networks first, then their visits (`rank`). Of one visit one task is worked on at a time.
2. Nobody knows beforehand how long a task takes. So where no worker is free, the next is tried beside the others, in
   one of a few further processes. It becomes a task like any other once a worker is free for it.
3. After some seconds a task that is tried makes way for one that waits, unless its own visitor comes before that one's.
   It is tried again later. What was tried before waits several times as long until another makes way for it, and has as
   long then among its like.
4. Where as much waits as may, who has most gives away the last place, to who has less (corridor.store.shares); where
   nobody has more than who asks, nothing is taken on.
"""

from typing import Any

from corridor.store.bounds import Failed, WorkBounds, full, full_for_one
from corridor.store.running_job import RunningJob
from corridor.store.shares import Asker, WorkDone, makes_room, party_of
from corridor.store.turns import Turns

#: How many times as long a task may be tried as the time before, among others tried as often: little more is done in
#: vain than once the whole of it.
LONGER = 5
#: Seconds of work that are expected for a byte of a file, so that small files come before large ones: the dearest that
#: we know of take 20 to 40 s for a megabyte, surveys one or two (measured).
SECONDS_OF_BYTE = 20e-6
#: Seconds after which a task that was handed over and that no worker began counts as lost: the first worker of all is
#: there after four or five (measured). One that dies just as it takes a task over leaves no word of it.
HAND_OVER_SECONDS = 20.0


class Schedule:
    """The tasks that wait and those that workers have in hand, each with who wants it.

    Not safe to be used by several threads at a time.
    """

    def __init__(self, bounds: WorkBounds) -> None:
        """Begin with none."""
        self._bounds = bounds
        self._turns: Turns[Asker, RunningJob[Any]] = Turns(self.rank)
        self._in_hand: dict[RunningJob[Any], Asker] = {}
        self.work_done = WorkDone()

    @property
    def every(self) -> list[RunningJob[Any]]:
        """All tasks, those that wait first."""
        return [*self._turns.every, *self._in_hand]

    def rank(self, who: Asker) -> tuple[int, ...]:
        """Return where somebody who has something waiting stands, the least first."""
        expected = self._turns.first_of(who).size * SECONDS_OF_BYTE
        return self._of_party(who), *self.work_done.rank(who, expected)

    def _of_party(self, who: Asker) -> int:
        """Return how many tasks are in hand for the network of a visit, or for a visit of this machine itself."""
        return sum(party_of(other) == party_of(who) for other in self._in_hand.values())

    def add(self, who: Asker, job: RunningJob[Any]) -> RunningJob[Any] | Failed | None:
        """Let a task wait; return the one that lost its place for it, or why it may not wait itself."""
        if self._turns.of(who) >= self._bounds.waiting_of_one:
            return full_for_one(self._bounds)
        displaced = None
        if len(self._turns) >= self._bounds.waiting:
            crowding = makes_room(self._turns.whose, who, self.work_done)
            if crowding is None:
                return full(self._bounds)
            displaced = self._turns.last_of(crowding)
            self._turns.remove(displaced)
        self._turns.add(who, job)
        return displaced

    def remove(self, job: RunningJob[Any]) -> bool:
        """Let a task wait no longer; return whether it did."""
        return self._turns.remove(job)

    def place(self, job: RunningJob[Any]) -> tuple[int, int]:
        """Return the place of a task in the queue, from 1, and how many wait; 0 where it does not wait."""
        return self._turns.place(job), len(self._turns)

    def take(self) -> RunningJob[Any] | None:
        """Take in hand what comes next; None where nothing waits that there is a worker for."""
        tried = [job for job in self._in_hand if job.is_try]
        free = self._bounds.workers + len(tried) - len(self._in_hand)
        # What is tried already gets a worker that is free, and leaves its place to the next that can be tried.
        for job in tried[:free]:
            job.is_try = False
        free, still_tried = free - len(tried[:free]), len(tried[free:])
        if not free and still_tried >= self._bounds.short_tries:
            return None
        busy = set(self._in_hand.values())
        taken = self._turns.take(lambda who: who not in busy)
        if taken is None:
            return None
        who, job = taken
        job.is_try, job.turn_began = not free, self.work_done.now()
        self._in_hand[job] = who
        return job

    def was_lost(self, job: RunningJob[Any]) -> bool:
        """Whether a task was handed over so long ago that the worker which was to begin it must be gone."""
        waited = self.work_done.now() - job.turn_began
        return job in self._in_hand and waited > HAND_OVER_SECONDS and not job.has_begun()

    def has_to_make_way(self, job: RunningJob[Any]) -> bool:
        """Whether a task was tried for so long that another is tried now; for longer, the oftener that one was."""
        who = self._in_hand.get(job)
        if who is None or not job.is_try:
            return False
        # Where it would stand if it waited: without this task in hand, and with what it took already.
        stands = (self._of_party(who) - 1, *self.work_done.rank(who, job.worked_for()))
        busy = set(self._in_hand.values())
        return any(
            job.worked_for() > self._bounds.short_seconds * LONGER ** self._turns.first_of(other).tries
            and self.rank(other) <= stands
            for other in self._turns.whose
            if other not in busy
        )

    def out_of_hand(self, job: RunningJob[Any], *, stopped: bool) -> bool:
        """Count what was done of a task that no worker has any more; return whether it waits again.

        It does where it was `stopped` to make way, and is still wanted.
        """
        who = self._in_hand.pop(job, None)
        if who is None:
            return False
        self.work_done.count(who, self.work_done.now() - job.turn_began)
        waits_again = stopped and job.makes_way and job.unwanted is None
        if waits_again:
            job.put_back()
            self._turns.put_back(who, job)
        return waits_again

    def clear(self) -> list[RunningJob[Any]]:
        """Forget all tasks, and return them; what was done for whom stays known."""
        every = self.every
        self._turns, self._in_hand = Turns(self.rank), {}
        return every

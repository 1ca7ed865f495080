"""Whose turn it is: visits one after the other, and what one visit wants in the order in which it came."""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Who = TypeVar("Who", bound=Hashable)
Waiting = TypeVar("Waiting", bound=Hashable)


class Turns(Generic[Who, Waiting]):
    """What waits, by who wants it; a visit that wants much waits no longer for its first than one that wants little.

    `rank` says who comes before others at the moment, the least first; those alike have turns one after the other. Not
    safe to be used by several threads at a time.
    """

    def __init__(self, rank: Callable[[Who], tuple[int, ...]] = lambda _who: ()) -> None:
        """Begin with nothing."""
        self._rank = rank
        self._waiting: OrderedDict[Who, deque[Waiting]] = OrderedDict()

    def __len__(self) -> int:
        """Return how much waits."""
        return sum(len(items) for items in self._waiting.values())

    @property
    def every(self) -> list[Waiting]:
        """All that waits."""
        return [item for items in self._waiting.values() for item in items]

    @property
    def whose(self) -> list[Who]:
        """Who waits, in the order in which they came, each as often as it waits for something."""
        return [who for who, items in self._waiting.items() for _ in items]

    def of(self, who: Who) -> int:
        """Return how much waits of one visit."""
        return len(self._waiting.get(who, ()))

    def add(self, who: Who, item: Waiting) -> None:
        """Let something wait; who has nothing waiting yet comes after all others."""
        self._waiting.setdefault(who, deque()).append(item)

    def put_back(self, who: Who, item: Waiting) -> None:
        """Let something that was taken wait again, before all else of who wants it, who comes after all others."""
        self._waiting.setdefault(who, deque()).appendleft(item)
        self._waiting.move_to_end(who)

    def take(self, may: Callable[[Who], bool]) -> tuple[Who, Waiting] | None:
        """Return what comes next of those who `may` have a turn, and have them come last from now on; None for none."""
        who = min((visitor for visitor in self._waiting if may(visitor)), key=self._rank, default=None)
        if who is None:
            return None
        items = self._waiting[who]
        item = items.popleft()
        if items:
            self._waiting.move_to_end(who)
        else:
            del self._waiting[who]
        return who, item

    def first_of(self, who: Who) -> Waiting:
        """Return what comes next of one visit, which waits for something."""
        return self._waiting[who][0]

    def last_of(self, who: Who) -> Waiting:
        """Return what one visit, which waits for something, asked for last."""
        return self._waiting[who][-1]

    def remove(self, item: Waiting) -> bool:
        """Let something wait no longer; return whether it did."""
        for who, items in self._waiting.items():
            if item in items:
                items.remove(item)
                if not items:
                    del self._waiting[who]
                return True
        return False

    def place(self, item: Waiting) -> int:
        """Return which in the queue something is, from 1; 0 where it does not wait. What comes later can change it."""
        order = sorted(self._waiting, key=self._rank)
        for number, who in enumerate(order):
            if item in self._waiting[who]:
                rounds = self._waiting[who].index(item)
                before = sum(min(len(self._waiting[other]), rounds + 1) for other in order[:number])
                after = sum(min(len(self._waiting[other]), rounds) for other in order[number + 1 :])
                return before + rounds + after + 1
        return 0

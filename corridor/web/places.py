"""Which pages are open, of which visit and from where; where places are short, who has most makes room, then who waits.

New cookies are easily had, so that one browser's share protects nobody: what a page did, how many others its network
and its visit have, and how long its visit has been here decide together.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from corridor.store.tokens import Token

#: Seconds after which a page that asked for nothing yet may have to make room: a browser asks as soon as it may, which
#: is one way there and back later. Chosen, not measured: on a poor mobile network that takes about a second.
SILENT_SECONDS = 3.0
#: Seconds without a message after which a page counts as forgotten, whoever has it. Chosen, not measured: half an hour
#: is longer than anybody reads one view of a page, and shorter than a working day in an open window.
FORGOTTEN_SECONDS = 1_800.0
#: Seconds without a message after which a page of the visits that came last makes room for a visit with none. Chosen,
#: not measured: who works with a page presses something more often.
UNUSED_SECONDS = 10.0
#: Visits whose beginning is remembered, beside those with an open page.
MOST_VISITS = 2_000


class WhyClosed(Enum):
    """Why a page had to make room: for another of its own browser, or for somebody else's."""

    OWN = "own"
    OTHERS = "others"


@dataclass(eq=False, slots=True)
class PagePlace:
    """The place of one open page: whose it is, from which network it came ("" for this machine) and its last use.

    `used_at` is in seconds on a clock that only goes forward, when it came at first; `leave` closes the page; `asked`
    is whether it asked for what it shows.
    """

    visit: Token
    network: str
    used_at: float
    leave: Callable[[WhyClosed], None]
    asked: bool = False


class PagePlaces:
    """At most `most` places, and `of_a_visit` for each; those who send no cookie count as one visit without a share.

    A visit that has its share makes room itself, by its page unused for longest. Once all places are taken, room is
    made, by the page unused for longest of these: those that asked for nothing; the network with most, where the one
    that asks has fewer (this machine is none, since a proxy may stand there for everybody); the visit with most, where
    the one that asks has fewer; the own ones; those that were forgotten. Else a visit without a page takes the place of
    the visit that came last, of the half that did: who comes with many new cookies puts out what came with them.
    """

    def __init__(self, most: int, of_a_visit: int) -> None:
        """Begin with every place free."""
        self.most = most
        self.of_a_visit = of_a_visit
        self._taken: dict[PagePlace, None] = {}
        self._of_visits: Counter[Token] = Counter()
        self._of_networks: Counter[str] = Counter()
        self._began: OrderedDict[Token, float] = OrderedDict()

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return len(self._taken)

    def of_visit(self, visit: Token) -> int:
        """Return how many pages of a visit are open."""
        return self._of_visits[visit]

    def has_room(self, visit: Token, network: str, now: float) -> bool:
        """Whether a page of a visit from a network finds a place, free or made free."""
        return self.taken < self.most or self._makes_room(visit, network, now) is not None

    def take(self, place: PagePlace) -> bool:
        """Take a place, that of another page where no other is left; return whether there was one."""
        other, why = None, WhyClosed.OWN
        if place.visit and self.of_visit(place.visit) >= self.of_a_visit:
            own = [page for page in self._taken if page.visit == place.visit]
            other = _unused_for_longest([page for page in own if not page.asked] or own)
        elif self.taken >= self.most:
            other = self._makes_room(place.visit, place.network, place.used_at)
            if other is None:
                return False
            why = WhyClosed.OWN if place.visit and other.visit == place.visit else WhyClosed.OTHERS
        if other is not None:
            self.give_back(other)
            other.leave(why)
        self._taken[place] = None
        self._of_visits[place.visit] += 1
        self._of_networks[place.network] += 1
        self._note_beginning(place)
        return True

    def give_back(self, place: PagePlace) -> None:
        """Leave a place free; nothing happens where another page has taken it."""
        if place not in self._taken:
            return
        del self._taken[place]
        for counter, key in ((self._of_visits, place.visit), (self._of_networks, place.network)):
            counter[key] -= 1
            if not counter[key]:
                del counter[key]

    def _makes_room(self, visit: Token, network: str, now: float) -> PagePlace | None:
        """Return the page whose place another takes, None where none has to make room for it."""
        if silent := [page for page in self._taken if not page.asked and now - page.used_at >= SILENT_SECONDS]:
            return _unused_for_longest(silent)
        if crowding := self._crowding(network):
            return _unused_for_longest(page for page in self._taken if page.network == crowding)
        own = self._of_visits[visit]
        (most, count), *_ = self._of_visits.most_common(1) or [("", 0)]
        if count > own + 1 or own:
            makes_room = most if count > own + 1 else visit
            return _unused_for_longest(page for page in self._taken if page.visit == makes_room)
        if forgotten := [page for page in self._taken if now - page.used_at >= FORGOTTEN_SECONDS]:
            return _unused_for_longest(forgotten)
        began = sorted(self._began_at(page.visit, now) for page in self._taken)
        waiting = [page for page in self._taken if now - page.used_at >= UNUSED_SECONDS]
        late = [page for page in waiting if self._began_at(page.visit, now) >= began[len(began) // 2]]
        return max(late, key=lambda page: self._began_at(page.visit, now), default=None)

    def _crowding(self, network: str) -> str:
        """Return the network that has most places, "" where it has hardly more than the one that asks."""
        counts = Counter({other: count for other, count in self._of_networks.items() if other})
        own = self._of_networks[network] if network else 0
        (most, count), *_ = counts.most_common(1) or [("", 0)]
        return most if count > own + 1 else ""

    def _began_at(self, visit: Token, now: float) -> float:
        """Return when a visit had its first page; who sends no cookie has always just come."""
        return self._began.get(visit, now)

    def _note_beginning(self, place: PagePlace) -> None:
        if place.visit:
            self._began.setdefault(place.visit, place.used_at)
        if len(self._began) > MOST_VISITS + self.most:
            del self._began[next(visit for visit in self._began if not self._of_visits[visit])]


def _unused_for_longest(pages: Iterable[PagePlace]) -> PagePlace:
    return min(pages, key=lambda page: page.used_at)

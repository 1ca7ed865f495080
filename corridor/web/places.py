"""Which pages are open, of which visit and from where; where every place is taken, whoever has most makes room."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from corridor.store.tokens import Token


@dataclass(eq=False, slots=True)
class PagePlace:
    """The place of one open page: whose it is, from which network it came ("" for this machine) and its last use.

    `used_at` is in seconds on a clock that only goes forward; `leave` closes the page.
    """

    visit: Token
    network: str
    used_at: float
    leave: Callable[[], None]


class PagePlaces:
    """At most `most` places.

    New cookies are easily had, so that one browser's share protects nobody. Once all places are taken, a page from a
    network with fewer takes the place of the page unused for longest from the network with most, until both have as
    many. Pages from this machine, where a proxy may stand for everybody, never have to make room.
    """

    def __init__(self, most: int) -> None:
        """Begin with every place free."""
        self.most = most
        self._taken: dict[PagePlace, None] = {}
        self._of_visits: Counter[Token] = Counter()
        self._of_networks: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return len(self._taken)

    def of_visit(self, visit: Token) -> int:
        """Return how many pages of a visit are open."""
        return self._of_visits[visit]

    def has_room(self, network: str) -> bool:
        """Whether a page from a network finds a place, free or made free."""
        return self.taken < self.most or self._crowding(network) != ""

    def take(self, place: PagePlace) -> bool:
        """Take a place, that of another page where no other is left; return whether there was one."""
        if self.taken >= self.most:
            crowding = self._crowding(place.network)
            if not crowding:
                return False
            longest = min(
                (other for other in self._taken if other.network == crowding), key=lambda place: place.used_at
            )
            self.give_back(longest)
            longest.leave()
        self._taken[place] = None
        self._of_visits[place.visit] += 1
        self._of_networks[place.network] += 1
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

    def _crowding(self, network: str) -> str:
        """Return the network that has most places, "" where it has hardly more than the one that asks."""
        counts = Counter({other: count for other, count in self._of_networks.items() if other})
        own = self._of_networks[network] if network else 0
        (most, count), *_ = counts.most_common(1) or [("", 0)]
        return most if count > own + 1 else ""

"""How many visits may begin within a minute, from everywhere and from one address."""

import secrets
from collections import Counter, OrderedDict, deque

from corridor.store.tokens import sealed, unsealed
from corridor.web.networks import network_of

WINDOW_SECONDS = 60.0
#: Seconds after which a browser that was turned away may come back, and up to which it has to.
BACK_AFTER_SECONDS, BACK_UNTIL_SECONDS = 2.0, 120.0
LONGEST_TICKET = 100


class Newcomers:
    """Counts the visits that begin; no more than `most` within any minute, half of them from one address.

    This machine's own addresses have no such share, since behind a proxy on it everybody has one of them. A quarter as
    many more may begin who were turned away and come back with the ticket they were given, as every browser does.
    """

    def __init__(self, most: int) -> None:
        """Begin with nobody; what is remembered is never more than `most` arrivals."""
        self.most = most
        self.share = max(1, most // 2)
        self.most_back = most // 4
        self._arrived: deque[tuple[float, str]] = deque()
        self._by_address: Counter[str] = Counter()
        self._came_back: deque[float] = deque()
        self._used: OrderedDict[str, None] = OrderedDict()

    def ticket(self, now: float) -> str:
        """Return what somebody who is turned away comes back with, "" where that helps nobody."""
        return sealed(f"{now:.1f}-{secrets.token_urlsafe(9)}") if self.most_back else ""

    def wait(self, address: str, now: float, ticket: str = "") -> float:
        """Let a visit begin, and return 0; or return the seconds after which there is room for it.

        `ticket` is what its browser came back with. `now` is in seconds on a clock that only goes forward.
        """
        wait = self._wait(address, now)
        if not wait or not self.most_back:
            return wait
        while self._came_back and self._came_back[0] <= now - WINDOW_SECONDS:
            self._came_back.popleft()
        if len(self._came_back) >= self.most_back:
            return wait
        if not self._is_due(ticket, now):
            return min(wait, BACK_AFTER_SECONDS)
        self._came_back.append(now)
        self._used[ticket] = None
        # Each is used within two windows, in which no more than that come back.
        if len(self._used) > 4 * self.most_back:
            self._used.popitem(last=False)
        return 0.0

    def _is_due(self, ticket: str, now: float) -> bool:
        """Whether a ticket was given some seconds ago and let nobody in yet."""
        given = unsealed(ticket[:LONGEST_TICKET]).partition("-")[0]
        return bool(given) and ticket not in self._used and 1.0 <= now - float(given) <= BACK_UNTIL_SECONDS

    def _wait(self, address: str, now: float) -> float:
        while self._arrived and self._arrived[0][0] <= now - WINDOW_SECONDS:
            _, gone = self._arrived.popleft()
            self._by_address -= Counter({gone: 1})
        network = network_of(address)
        if len(self._arrived) >= self.most:
            return self._arrived[0][0] + WINDOW_SECONDS - now
        if network and self._by_address[network] >= self.share:
            return next(at for at, arrived in self._arrived if arrived == network) + WINDOW_SECONDS - now
        self._arrived.append((now, network))
        self._by_address[network] += 1
        return 0.0

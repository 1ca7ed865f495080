"""How many visits may begin within a minute, from everywhere and from one address."""

from collections import Counter, deque

from corridor.web.networks import network_of

WINDOW_SECONDS = 60.0


class Newcomers:
    """Counts the visits that begin; no more than `most` within any minute, half of them from one address.

    This machine's own addresses have no such share, since behind a proxy on it everybody has one of them.
    """

    def __init__(self, most: int) -> None:
        """Begin with nobody; what is remembered is never more than `most` arrivals."""
        self.most = most
        self.share = max(1, most // 2)
        self._arrived: deque[tuple[float, str]] = deque()
        self._by_address: Counter[str] = Counter()

    def wait(self, address: str, now: float) -> float:
        """Let a visit begin, and return 0; or return the seconds after which there is room for it.

        `now` is in seconds on a clock that only goes forward.
        """
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

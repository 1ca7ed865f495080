"""How fast pages are opened and files asked for: by a network, and by one visit of it.

A network is a room as often as it is one person, so that a visit alone may not use up what all of them may.
"""

from corridor.store.tokens import Token
from corridor.web.allowance import Allowances
from corridor.web.websocket_bounds import WebsocketBounds


class Openings:
    """The websockets that are opened; this machine's own addresses have no bound, since a proxy may stand there."""

    def __init__(self, bounds: WebsocketBounds) -> None:
        """Begin with none."""
        self._of_networks = Allowances(bounds.openings_a_second, bounds.openings)
        self._of_visits = Allowances(bounds.openings_of_a_visit_a_second, bounds.openings_of_a_visit)

    def take(self, visit: Token, network: str, now: float) -> bool:
        """Return whether a visit may open one more from its network ("" for this machine)."""
        return not network or (self._of_visits.take(f"{network} {visit}", now) and self._of_networks.take(network, now))


class Operations:
    """What is asked for beside runs of pages, files above all: Streamlit makes each, also for who has left."""

    def __init__(self, bounds: WebsocketBounds) -> None:
        """Begin with none."""
        self._seconds = bounds.turn_seconds
        self._of_all = Allowances(bounds.operations_a_second, bounds.operations)
        self._without_cookie = Allowances(bounds.operations_without_cookie_a_second, bounds.operations_without_cookie)

    async def take_in_time(self, visit: Token, network: str) -> bool:
        """Wait until a visit may ask for one more; return whether it may. Who sends no cookie is one visit."""
        if not visit and not await self._without_cookie.take_within("", self._seconds):
            return False
        return await self._of_all.take_within(network or f"visit {visit}", self._seconds)

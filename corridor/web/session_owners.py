"""Which visit each of Streamlit's sessions was begun by: no other can come back to it.

A page that lost its connection names its session (the third of the protocols it asks for), and whoever names one is
given its widgets and what was typed into them, and takes it away from a page that is still open. The name is hard to
guess, but it stands in addresses of uploads; the token of a visit stands nowhere.
"""

from collections import OrderedDict

from starlette.types import Scope

from corridor.store.tokens import Token

PROTOCOLS = b"sec-websocket-protocol"
#: Sessions that are remembered, the latest: those of all pages that may be open, and the 128 Streamlit keeps of others.
MOST_SESSIONS = 1_000


class SessionOwners:
    """Remembers who began a session."""

    def __init__(self, most: int = MOST_SESSIONS) -> None:
        """Begin with none."""
        self.most = most
        self._owners: OrderedDict[str, Token] = OrderedDict()

    def began(self, session: str, visit: Token) -> None:
        """Take note whose session it is; one that came back stays whose it was."""
        self._owners.setdefault(session, visit)
        self._owners.move_to_end(session)
        if len(self._owners) > self.most:
            self._owners.popitem(last=False)

    def is_of(self, session: str, visit: Token) -> bool:
        """Whether a visit began a session."""
        return self._owners.get(session) == visit

    def without_foreign(self, scope: Scope, visit: Token) -> Scope:
        """Return what a page of `visit` asks, without the name of a session that another began, or nobody."""
        asked = [value for name, value in scope["headers"] if name.lower() == PROTOCOLS]
        parts = [part.strip() for part in (asked[0] if asked else b"").split(b",")]
        if len(asked) < 2 and (len(parts) < 3 or self._owners.get(parts[2].decode("latin-1")) == visit):
            return scope
        others = [(name, value) for name, value in scope["headers"] if name.lower() != PROTOCOLS]
        return {**scope, "headers": [*others, (PROTOCOLS, b", ".join(parts[:2]))]}


def earlier_session(scope: Scope) -> str:
    """Return the session a page says it had, "" for none; a page that comes back asks for nothing until it is used."""
    protocols = [protocol.strip() for protocol in scope.get("subprotocols", [])]
    return protocols[2] if len(protocols) > 2 else ""

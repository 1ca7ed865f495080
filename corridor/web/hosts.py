"""Only this application's own name and pages: who asks under another name, or from another site's page, is refused.

A page of another site can have its name lead to this machine (DNS rebinding) and then asks under that name; an
application on another port of this machine is another site as well. Both are told apart by what a browser always says
truthfully: the name it asked for (Host), the page that asks (Origin, Sec-Fetch-Site).

The names are those of this machine to itself, with the port that is listened on, and the origins of CORRIDOR_HOSTS.
Behind a proxy these alone decide: what it says of names and schemes in X-Forwarded-* is never asked.
"""

import ipaddress
import re
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corridor.settings import SCHEME_PORTS
from corridor.web.refusing import refuse

#: How this machine calls itself; all of 127.0.0.0/8 is itself (RFC 5735, section 3), and browsers send "[::1]" so.
LOOPBACK = re.compile(r"(localhost|127\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}|\[::1\])(?::([1-9][0-9]{0,4}))?")
#: Asked by whoever watches over the machine, who may know it by an address only.
PROBES = frozenset({"/_stcore/health", "/ready"})
#: Of the answer to a probe that asks under another name nothing else is told.
BARE_HEADERS = frozenset({b"content-type", b"content-length", b"cache-control"})

ANOTHER_NAME = "This application does not answer under this name. Whoever runs it can add the name to CORRIDOR_HOSTS."
ANOTHER_SITE = "This address answers the pages of this application only."


class HostAndOrigin:
    """ASGI middleware that lets through what asks under an own name and is asked by an own page or by nobody's.

    An unknown Host gets 421 (Misdirected Request, RFC 9110), another site's page 403. A request that can change
    something, and a websocket, have to name the page that asks; one that only looks may be a link that was followed.
    """

    def __init__(self, app: ASGIApp, origins: Iterable[str] = (), scheme: str = "http", programs: str = "") -> None:
        """Wrap `app`, known as `origins`, which listens by `scheme`; below `programs` no page has to ask."""
        self.app = app
        self.scheme = scheme
        self.programs = programs
        self.named: dict[str, set[str]] = {}
        for origin in origins:
            own_scheme, _, host = origin.partition("://")
            hosts = {host} if _has_port(host) else {host, f"{host}:{SCHEME_PORTS[own_scheme]}"}
            for name in hosts:
                self.named.setdefault(name, set()).add(origin)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        own = self._own_origins(scope)
        asked_by_own = bool(own) and self._asked_by(scope, own)
        if scope["type"] == "http" and scope["path"] in PROBES and scope["method"] in {"GET", "HEAD"}:
            await (self.app(scope, receive, send) if asked_by_own else self._barely(scope, receive, send))
        elif not own:
            await refuse(scope, receive, send, 421, ANOTHER_NAME)
        elif not asked_by_own:
            await refuse(scope, receive, send, 403, ANOTHER_SITE)
        else:
            await self.app({**scope, "scheme": _scheme(scope, own), "headers": _headers(scope, own)}, receive, send)

    def _own_origins(self, scope: Scope) -> set[str]:
        """Return the origins of own pages under the name that is asked for; none where that is no own name."""
        hosts = _values(scope, b"host")
        # A target with a name of its own ("GET http://elsewhere/") is for proxies, which this application is not.
        if len(hosts) != 1 or not scope["path"].startswith("/"):
            return set()
        if origins := self.named.get(hosts[0]):
            return origins
        loopback = LOOPBACK.fullmatch(hosts[0])
        port = scope["server"][1] if scope.get("server") else None
        if not loopback or not _is_loopback(loopback[1]):
            return set()
        if int(loopback[2] or SCHEME_PORTS[self.scheme]) != port:
            return set()
        shown = loopback[1] if port == SCHEME_PORTS[self.scheme] else hosts[0]
        return {f"{self.scheme}://{shown}"}

    def _asked_by(self, scope: Scope, own: set[str]) -> bool:
        """Whether a request comes from an own page, or, where it changes nothing, may come from no page at all."""
        origins, sites = _values(scope, b"origin"), set(_values(scope, b"sec-fetch-site"))
        only_looks = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        if origins and (len(origins) > 1 or origins[0] not in own):
            return False
        if not only_looks:
            by_program = bool(self.programs) and scope["type"] == "http" and scope["path"].startswith(self.programs)
            return sites <= {"same-origin"} and (bool(origins) or by_program)
        followed = _values(scope, b"sec-fetch-mode") == ["navigate"] and _values(scope, b"sec-fetch-dest") == [
            "document"
        ]
        return sites <= {"same-origin", "none"} or followed

    async def _barely(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a probe with its status alone: no cookie is taken or given, and no other site's page may read it."""
        headers = [(name, value) for name, value in scope["headers"] if name not in {b"cookie", b"origin"}]

        async def send_bare(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    header for header in message.get("headers", []) if header[0].lower() in BARE_HEADERS
                ]
            await send(message)

        await self.app({**scope, "headers": headers}, receive, send_bare)


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def _has_port(host: str) -> bool:
    return re.search(r":[0-9]+$", host.rpartition("]")[2]) is not None


def _is_loopback(name: str) -> bool:
    try:
        return not name.startswith("127") or ipaddress.IPv4Address(name).is_loopback
    except ValueError:
        return False


def _scheme(scope: Scope, own: set[str]) -> str:
    """Return the scheme the browser used, as far as the own origins tell; what a proxy claims is not believed."""
    schemes = {origin.partition("://")[0] for origin in own}
    scheme = schemes.pop() if len(schemes) == 1 else str(scope["scheme"]).replace("ws", "http")
    return scheme.replace("http", "ws") if scope["type"] == "websocket" else scheme


def _headers(scope: Scope, own: set[str]) -> list[tuple[bytes, bytes]]:
    """Return the headers with the Host as it stands in the own origins, since Streamlit compares the two as texts."""
    host = next(iter(own)).partition("://")[2].encode()
    return [(name, host if name.lower() == b"host" else value) for name, value in scope["headers"]]

"""Where a visitor's request comes from: the machine at the other end, or what a proxy that is named says of it.

uvicorn believes X-Forwarded-For of whoever asks from 127.0.0.1, so that anybody on this machine could come from ever
new networks. What it made of it is put aside.
"""

import ipaddress
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from corridor.settings import IPNetwork
from corridor.web.connections import COME_BY

FORWARDED = "x-forwarded-for"
#: Longest text that is an address with its port.
LONGEST_ADDRESS = 60


class VisitorAddress:
    """ASGI middleware that says as a request's client which machine asks.

    Of what comes from one of `proxies`, that is the last entry of X-Forwarded-For, which the proxy itself wrote; what
    stands before it is whatever the visitor sent. From anybody else the header says nothing.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[IPNetwork] = ()) -> None:
        """Wrap `app`, behind the proxies that have these addresses."""
        self.app = app
        self.proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] in {"http", "websocket"}:
            connection = COME_BY.get()
            other_end = connection.transport.get_extra_info("peername") if connection else scope.get("client")
            # A socket of the file system has no address.
            client = (other_end[0], other_end[1]) if isinstance(other_end, tuple | list) else None
            if client and self._is_proxy(client[0]):
                client = (_last_forwarded(scope) or client[0], client[1])
            scope = {**scope, "client": client}
        await self.app(scope, receive, send)

    def _is_proxy(self, address: str) -> bool:
        try:
            ip = ipaddress.ip_address(address)
        except ValueError:
            return False
        if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        return any(ip in proxy for proxy in self.proxies)


def _last_forwarded(scope: Scope) -> str:
    """Return the address a proxy adds to what was there, "" where it is none; some add the port as well."""
    said = ",".join(Headers(scope=scope).getlist(FORWARDED))
    text = said[-LONGEST_ADDRESS:].rpartition(",")[2].strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""

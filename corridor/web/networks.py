"""Whose share of what is bounded an address of another machine counts against."""

import ipaddress

from starlette.types import Scope

#: What one network of the sixth version is given as a rule (RFC 6177): whoever has one address has all of these.
NETWORK_BITS = 64


def network_asking(scope: Scope) -> str:
    """Return whose share a request or a websocket counts against, "" where there is none."""
    return network_of(scope["client"][0]) if scope.get("client") else ""


def network_of(address: str) -> str:
    """Return whose share an address counts against, "" where there is none.

    This machine's own addresses have none, since behind a proxy on it everybody has one of them.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return network_of(str(ip.ipv4_mapped))
        return "" if ip.is_loopback else str(ipaddress.ip_network((int(ip), NETWORK_BITS), strict=False))
    return "" if ip.is_loopback else address

"""A visitor comes from the other end of the connection; only a proxy that is named says something else."""

import asyncio
import ipaddress

import pytest
from starlette.types import Scope

from corridor.web import visitor_address
from corridor.web.networks import network_asking
from corridor.web.visitor_address import VisitorAddress

PROXIES = tuple(map(ipaddress.ip_network, ("127.0.0.1", "10.0.0.0/24", "2001:db8::7")))


def network(peer, *forwarded: str, proxies=PROXIES, kind: str = "http") -> str:
    seen: list[Scope] = []

    async def app(scope, _receive, _send):
        seen.append(scope)

    headers = [(b"x-forwarded-for", value.encode("latin-1")) for value in forwarded]
    scope = {"type": kind, "client": peer, "headers": headers}
    asyncio.run(VisitorAddress(app, proxies)(scope, None, None))
    return network_asking(seen[0])


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        (["192.0.2.7"], "192.0.2.7"),
        (["203.0.113.1, 192.0.2.7"], "192.0.2.7"),
        (["203.0.113.1", "198.51.100.2,192.0.2.7"], "192.0.2.7"),
        (["192.0.2.7:50123"], "192.0.2.7"),
        (["[2001:db8:1:2:3::9]:50123"], "2001:db8:1:2::/64"),
        (["2001:db8:1:2:3::9"], "2001:db8:1:2::/64"),
        (["::ffff:192.0.2.7"], "192.0.2.7"),
        ([], ""),
        (["127.0.0.1"], ""),
        (["192.0.2.7, unknown"], ""),
        (["192.0.2.7,"], ""),
        (["9" * 9_000], ""),
    ],
)
def test_of_a_proxy_the_last_entry_counts(forwarded, expected, kind):
    assert network(("127.0.0.1", 1), *forwarded, kind=kind) == expected


@pytest.mark.parametrize(
    ("peer", "own"),
    [(("127.0.0.2", 1), ""), (("::1", 1), ""), (("192.0.2.9", 1), "192.0.2.9"), (None, ""), (("", 0), "")],
)
def test_from_anybody_else_the_header_is_ignored(peer, own):
    assert network(peer, "203.0.113.1") == own
    assert network(("127.0.0.1", 1), "203.0.113.1", proxies=()) == ""


@pytest.mark.parametrize("peer", ["10.0.0.8", "2001:db8::7", "::ffff:127.0.0.1"])
def test_a_proxy_may_be_another_machine(peer):
    assert network((peer, 1), "203.0.113.1") == "203.0.113.1"


def test_what_the_server_made_of_the_header_is_put_aside():
    """uvicorn believes whoever asks from 127.0.0.1, and tells the application what the header says."""

    class Transport:
        def get_extra_info(self, _name: str):
            return ("127.0.0.1", 50_000, 0, 0)

    class Connection:
        transport = Transport()

    set_before = visitor_address.COME_BY.set(Connection())
    try:
        assert network(("203.0.113.1", 0), "203.0.113.1", proxies=()) == ""
        assert network(("203.0.113.1", 0), "203.0.113.1") == "203.0.113.1"
    finally:
        visitor_address.COME_BY.reset(set_before)

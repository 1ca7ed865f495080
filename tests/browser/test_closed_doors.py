"""The real application, asked as no browser would: other names, other pages, invented visits, half requests."""

import asyncio
import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.cookies import SimpleCookie
from threading import Thread

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from corridor.ui.visit.visit import COOKIE
from tests.support.served import ROOT, serve
from tests.support.streamlit_client import played

ADDRESSES = (
    *("/", "/check-route", "/what-if", "/nothing-here", "/assets/x.js", "/media/x.png", "/static/js/x.js"),
    *("/_stcore/stream", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/mcp"),
)
PAGE = {"Accept": "text/html"}
#: Seconds in which a half request is left, and some for a busy machine.
LEFT_WITHIN = 30.0


def port_of(address: str) -> int:
    return int(address.rpartition(":")[2])


def asked(address: str, path: str, headers: dict[str, str] | None = None, method: str = "GET", body: bytes = b""):
    """Return the answer, its body read; `headers` may name another Host."""
    connection = http.client.HTTPConnection("127.0.0.1", port_of(address), timeout=30)
    with contextlib.closing(connection):
        connection.putrequest(method, path, skip_host="Host" in (headers or {}))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        answer.read()
        return answer


def opened(address: str, host: str = "", **headers: str) -> int:
    """Return 101 where a websocket opens, or the status of the refusal."""
    target = f"ws://{host}/_stcore/stream" if host else f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    with socket.create_connection(("127.0.0.1", port_of(address))) as plain:
        try:
            with connect(target, sock=plain, additional_headers=headers, close_timeout=1):
                return 101
        except InvalidStatus as refusal:
            answer = refusal.response
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return answer.status_code


def raw(address: str, sent: bytes) -> bytes:
    """Return all that is answered to these bytes until the connection is closed."""
    told = b""
    with socket.create_connection(("127.0.0.1", port_of(address)), timeout=LEFT_WITHIN) as one:
        one.sendall(sent)
        with contextlib.suppress(ConnectionError):
            while part := one.recv(65_536):
                told += part
    return told


def token_of(answer) -> str:
    cookies = SimpleCookie(", ".join(answer.msg.get_all("set-cookie") or []))
    return cookies[COOKIE].value if COOKIE in cookies else ""


def test_under_another_name_nothing_answers_but_the_probes(address):
    for path in ADDRESSES:
        for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
            answer = asked(address, path, {"Host": "elsewhere.example", "Origin": "http://elsewhere.example"}, method)
            assert answer.status == 421, (method, path)
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert opened(address, "elsewhere.example", Origin="http://elsewhere.example") == 421
    for path in ("/_stcore/health", "/ready"):
        answer = asked(address, path, {"Host": "10.1.2.3", "Accept": "text/html"})
        assert answer.status in (200, 503)
        assert answer.headers["Set-Cookie"] is None


def test_the_pages_of_another_application_on_this_machine_are_refused(address):
    own = {"Origin": address}
    assert asked(address, "/", PAGE).status == 200
    assert opened(address, **own) == 101
    assert opened(address) == 403
    for origin in ("null", "http://127.0.0.1:1", "http://elsewhere.example", address.replace("127.0.0.1", "localhost")):
        assert opened(address, Origin=origin) == 403
        assert asked(address, "/what-if", {"Origin": origin}, "POST", b"{}").status == 403
        assert asked(address, "/_stcore/upload_file/a/b", {"Origin": origin}, "PUT", b"x").status == 403
        assert asked(address, "/_stcore/host-config", {"Origin": origin}).status == 403
    assert asked(address, "/what-if", {}, "POST", b"{}").status == 403
    assert asked(address, "/what-if", own, "POST", b"{}").status == 415


def test_closed_addresses_and_unknown_methods_are_answered_with_the_headers(address):
    for path in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp", "/auth/login", "/component"):
        answer = asked(address, path)
        assert (answer.status, answer.headers["X-Content-Type-Options"]) == (404, "nosniff")
    answer = asked(address, "/", {"Origin": address}, "PROPFIND")
    assert (answer.status, answer.headers["X-Content-Type-Options"]) == (405, "nosniff")


def test_a_token_that_a_visitor_made_up_is_replaced_and_reaches_nothing(address):
    given = token_of(asked(address, "/", PAGE))
    assert token_of(asked(address, "/", {**PAGE, "Cookie": f"{COOKIE}={given}"})) == ""
    for made_up in ("x" * len(given), given[:-1] + ("A" if given[-1] != "A" else "B")):
        again = token_of(asked(address, "/", {**PAGE, "Cookie": f"{COOKIE}={made_up}"}))
        assert again not in ("", made_up)
        headers = {"Origin": address, "Content-Type": "application/json", "Cookie": f"{COOKIE}={made_up}"}
        assert asked(address, "/what-if", headers, "POST", b"{}").status == 403
        headers["Cookie"] = f"{COOKIE}={given}"
        assert asked(address, "/what-if", headers, "POST", b"{}").status == 400


@pytest.mark.parametrize(
    "head",
    [
        b"GET http://{own}/ HTTP/1.1\r\nHost: {own}",
        b"GET http://elsewhere.example/ HTTP/1.1\r\nHost: {own}",
        b"GET / HTTP/1.1\r\nHost: {own}\r\nHost: {own}",
        b"GET / HTTP/1.1\r\nHost: {own}\r\nHost: elsewhere.example",
        b"GET / HTTP/1.1\r\nHost:",
        b"GET / HTTP/1.1\r\nX-Forwarded-Host: {own}",
        b"GET / HTTP/1.0",
        b"GET / HTTP/1.1\r\nHost: user@{own}",
        b"GET / HTTP/1.1\r\nHost: LOCALHOST:{port}",
        b"GET / HTTP/1.1\r\nHost: localhost.:{port}",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1",
        b"GET / HTTP/1.1\r\nHost: {own}\r\n Host: elsewhere.example",
        b"GET / HTTP/1.1\r\nHost : {own}",
        b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: {own}",
        b"OPTIONS * HTTP/1.1\r\nHost: {own}",
        b"POST /what-if HTTP/1.1\r\nHost: {own}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked",
        b"POST /what-if HTTP/1.1\r\nHost: {own}\r\nContent-Length: 5\r\nContent-Length: 6",
        b"POST /what-if HTTP/1.1\r\nHost: {own}\r\nContent-Length: +5",
    ],
)
def test_no_odd_head_reaches_a_page(address, head):
    own = address.removeprefix("http://")
    filled = head.decode().replace("{own}", own).replace("{port}", own.rpartition(":")[2]).encode()
    behind = f"0\r\n\r\nGET / HTTP/1.1\r\nHost: {own}\r\n\r\n".encode()
    told = raw(address, filled + b"\r\nConnection: close\r\n\r\n" + behind)
    assert told.split(b" ")[1][:1] == b"4", told[:200]
    assert b" 200 " not in told


def test_no_address_leads_out_of_the_application_or_its_folders(address):
    for path in ("/assets/..%2f..%2fapp.py", "/assets/../../app.py", "/..%2fapp.py", "/static/..%2f..%2fetc/passwd"):
        assert asked(address, path).status in (400, 404), path
    for path in ("//elsewhere.example/", "/\\elsewhere.example/", "/%5celsewhere.example/", "/x/%0d%0aLocation:x/"):
        answer = asked(address, path)
        place = answer.headers["Location"] or "/"
        assert place.startswith("/"), (path, place)
        assert not place.startswith(("//", "/\\")), (path, place)


@pytest.fixture
def outside() -> Iterator[tuple[dict[str, str], list[bytes]]]:
    """An environment in which whatever asks the outside asks here instead, and what was asked."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        stopping = False

        def listen() -> None:
            while not stopping:
                with contextlib.suppress(TimeoutError):
                    one, _ = listening.accept()
                    with one:
                        heard.append(one.recv(4_096))

        thread = Thread(target=listen)
        thread.start()
        proxy = f"http://127.0.0.1:{listening.getsockname()[1]}"
        names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
        yield {**dict.fromkeys(names, proxy), "no_proxy": "", "NO_PROXY": ""}, heard
        stopping = True
        thread.join()


def test_nothing_is_asked_outside_on_behalf_of_a_foreign_page(outside):
    environment, heard = outside
    with serve({**environment, "CORRIDOR_HOSTS": "https://map.example.org"}) as address:
        for origin in ("http://elsewhere.example", "null", "http://10.0.0.1", f"https://127.0.0.1:{port_of(address)}"):
            assert opened(address, Origin=origin) == 403
            assert opened(address, "elsewhere.example", Origin=origin) == 421
        for host in ("map.example.org", "map.example.org:443"):
            assert opened(address, host, Origin="https://map.example.org") == 101
            assert opened(address, host, Origin=address) == 403
            assert "; Secure" in str(asked(address, "/", {**PAGE, "Host": host}).headers["Set-Cookie"])
        assert opened(address, "map.example.org:8443", Origin="https://map.example.org") == 421
    assert heard == []
    lookup = "from streamlit.net_util import get_external_ip; get_external_ip()"
    subprocess.run([sys.executable, "-c", lookup], env={**os.environ, **environment}, check=True, capture_output=True)
    assert any(b"checkip" in one for one in heard), "The listener would not have heard what Streamlit asks."


def test_a_wrong_setting_stops_the_start_with_one_sentence():
    for name, value in (("CORRIDOR_HOSTS", "map.example.org"), ("CORRIDOR_METRICS", "yes")):
        run = subprocess.run(
            [sys.executable, "app.py"], cwd=ROOT, env={**os.environ, name: value}, capture_output=True, text=True
        )
        assert run.returncode == 1
        assert run.stderr.startswith(f"corridor: {name} ")
        assert run.stderr.count("\n") == 1


def test_half_requests_are_left_in_time_and_the_application_answers_meanwhile(address):
    halves = (b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: x\r\nCookie: a", b"POST /what-if HTTP/1.1\r\n")
    waiting = []
    began = time.monotonic()
    for number in range(48):
        one = socket.create_connection(("127.0.0.1", port_of(address)), timeout=LEFT_WITHIN)
        one.sendall(halves[number % len(halves)])
        waiting.append(one)
    assert asked(address, "/_stcore/health").status == 200
    for one in waiting:
        with one, contextlib.suppress(ConnectionError):
            one.settimeout(max(0.1, began + LEFT_WITHIN - time.monotonic()))
            assert one.recv(100) == b""


def test_more_visits_than_may_begin_are_told_so_and_those_that_began_go_on():
    with serve({"CORRIDOR_NEW_VISITS": "3"}) as address:
        answers = [asked(address, "/", PAGE) for _ in range(5)]
        assert [answer.status for answer in answers] == [200, 200, 200, 429, 429]
        assert int(answers[-1].headers["Retry-After"]) <= 60
        known = {"Cookie": f"{COOKIE}={token_of(answers[0])}"}
        assert asked(address, "/", {**PAGE, **known}).status == 200
        assert opened(address, Origin=address, **known) == 101
        assert opened(address, Origin=address) == 429


def test_a_room_of_a_hundred_opens_at_once_and_every_page_is_drawn(address):
    async def watch() -> bool:
        return await asyncio.to_thread(_drawn, address)

    async def room() -> list[bool]:
        return await asyncio.gather(*(watch() for _ in range(100)))

    assert played(room()) == [True] * 100


def _drawn(address: str) -> bool:
    """Whether a viewer of their own gets a page over the websocket."""
    answer = asked(address, "/", PAGE)
    cookie = f"{COOKIE}={token_of(answer)}"
    target = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
    headers = {"Origin": address, "Cookie": cookie}
    with connect(target, additional_headers=headers, open_timeout=60, close_timeout=1, max_size=None) as websocket:
        websocket.send(BackMsg(rerun_script={"query_string": ""}).SerializeToString())
        while True:
            message = ForwardMsg.FromString(websocket.recv(60, decode=False))
            if message.WhichOneof("type") == "script_finished":
                return answer.status == 200

"""Only an own name and an own page: every other Host gets 421, every other Origin 403, on every route and websocket."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute

from corridor.web.hosts import HostAndOrigin
from tests.support.asgi import Answer, ask, connect

PORT = 8501
OWN = f"127.0.0.1:{PORT}"
PAGE = f"http://{OWN}"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


async def hello(request):
    answer = PlainTextResponse(request.url.scheme, headers={"Access-Control-Allow-Origin": "http://elsewhere.example"})
    answer.set_cookie("seen", request.cookies.get("visit", "none"))
    return answer


async def opening(websocket):
    await websocket.accept()


ROUTES = [
    *(Route(path, hello, methods=list(METHODS)) for path in ("/", "/what-if", "/_stcore/health", "/ready", "/agent/x")),
    WebSocketRoute("/_stcore/stream", opening),
]
BEHIND_PROXY = ("https://map.example.org", "http://10.0.0.7:8080", "https://[2001:db8::7]:8443")


def door(**more) -> HostAndOrigin:
    return HostAndOrigin(Starlette(routes=ROUTES), **more)


def asked(headers, path="/", method="GET", app=None, **changed) -> Answer:
    return ask(app or door(), path, headers, method, **{"server": ("127.0.0.1", PORT), **changed})


def opened(headers, app=None, **changed) -> int:
    answer = connect(app or door(), "/_stcore/stream", headers, **{"server": ("127.0.0.1", PORT), **changed})
    return 101 if answer is None else answer.status


FOREIGN_HOSTS = [
    "elsewhere.example",
    f"elsewhere.example:{PORT}",
    f"localhost.elsewhere.example:{PORT}",
    f"127.0.0.1.nip.example:{PORT}",
    "127.0.0.1",
    "localhost",
    "127.0.0.1:8502",
    "127.0.0.1:80",
    f"localhost.:{PORT}",
    f"LOCALHOST:{PORT}",
    f"Localhost:{PORT}",
    f"user@127.0.0.1:{PORT}",
    f"user:password@127.0.0.1:{PORT}",
    f"127.0.0.1:{PORT}@elsewhere.example",
    f"127.0.0.1:0{PORT}",
    f"127.0.0.1:+{PORT}",
    f"127.0.0.1:{PORT} ",
    f" 127.0.0.1:{PORT}",
    f"127.0.0.1:{PORT}/",
    f"127.0.0.1:{PORT}, elsewhere.example",
    "127.0.0.1:",
    f"127.1:{PORT}",
    f"127.0.0.256:{PORT}",
    f"127.0.0.01:{PORT}",
    f"0177.0.0.1:{PORT}",
    f"2130706433:{PORT}",
    f"0x7f.0.0.1:{PORT}",
    f"0.0.0.0:{PORT}",
    f"[::]:{PORT}",
    f"::1:{PORT}",
    "[::1]",
    f"[0:0:0:0:0:0:0:1]:{PORT}",
    f"[::ffff:127.0.0.1]:{PORT}",
    f"[::ffff:7f00:1]:{PORT}",
    f"[::1%25lo]:{PORT}",
    f"127.0.0.1:{PORT}\x00",
    f"127.0.0.1:{PORT}\n",
    f"127.0.0.\xb9:{PORT}",
    "",
    "*",
]


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_an_unknown_host_is_misdirected_on_every_route_and_method_and_on_the_websocket(host):
    for path in ("/", "/what-if", "/nothing-here", "/_stcore/stream", "/assets/x.js", "/media/x"):
        for method in METHODS:
            answer = asked({"host": host, "origin": f"http://{host}"}, path, method)
            assert answer.status == 421
            assert answer.headers["content-type"].startswith("text/plain")
    assert opened({"host": host, "origin": f"http://{host}"}) == 421


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [("host", OWN), ("host", OWN)],
        [("host", OWN), ("host", "elsewhere.example")],
        [("x-forwarded-host", OWN)],
        [("host", "elsewhere.example"), ("x-forwarded-host", OWN), ("forwarded", f"host={OWN}")],
    ],
)
def test_no_host_or_two_or_one_that_a_proxy_claims_is_misdirected(headers):
    assert asked(headers).status == 421
    assert opened([*headers, ("origin", PAGE)]) == 421


@pytest.mark.parametrize("target", [f"http://{OWN}/", "http://elsewhere.example/", "*", "elsewhere.example:443", ""])
def test_a_target_that_names_a_server_itself_is_misdirected(target):
    assert asked({"host": OWN}, target).status == 421


@pytest.mark.parametrize("host", [OWN, f"localhost:{PORT}", f"[::1]:{PORT}", f"127.0.0.2:{PORT}", f"127.1.2.3:{PORT}"])
def test_this_machines_own_names_are_known_with_the_port_in_use(host):
    assert asked({"host": host}).status == 200
    assert asked({"host": host}, server=("127.0.0.1", 9000)).status == 421
    assert asked({"host": host}, server=None).status == 421
    assert opened({"host": host, "origin": f"http://{host}"}) == 101


@given(st.text(max_size=40))
def test_no_other_text_is_an_own_name(host):
    headers = [("host", host.encode("utf-8", "ignore").decode("latin-1"))]
    known = {OWN, f"localhost:{PORT}", f"[::1]:{PORT}"}
    assert asked(headers).status == (200 if host in known else 421)


def test_on_the_schemes_own_port_no_port_is_named():
    for host in ("localhost", "127.0.0.1:80"):
        assert asked({"host": host}, server=("127.0.0.1", 80)).status == 200
    assert opened({"host": "localhost", "origin": "http://localhost"}, server=("127.0.0.1", 80)) == 101
    secure = door(scheme="https")
    assert asked({"host": "localhost"}, app=secure, server=("127.0.0.1", 443)).body == b"https"
    assert opened({"host": "localhost", "origin": "https://localhost"}, secure, server=("127.0.0.1", 443)) == 101
    assert opened({"host": "localhost", "origin": "http://localhost"}, secure, server=("127.0.0.1", 443)) == 403


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("map.example.org", 200),
        ("map.example.org:443", 200),
        ("map.example.org:80", 421),
        (f"map.example.org:{PORT}", 421),
        ("www.map.example.org", 421),
        ("map.example.org.", 421),
        ("Map.example.org", 421),
        ("10.0.0.7:8080", 200),
        ("10.0.0.7", 421),
        ("[2001:db8::7]:8443", 200),
        ("[2001:db8::7]", 421),
    ],
)
def test_an_origin_of_the_settings_adds_its_host_and_port_alone(host, status):
    assert asked({"host": host}, app=door(origins=BEHIND_PROXY)).status == status


def test_behind_a_proxy_the_named_origin_tells_the_scheme_whatever_the_proxy_says():
    app = door(origins=BEHIND_PROXY)
    assert asked({"host": "map.example.org"}, app=app).body == b"https"
    assert asked({"host": "10.0.0.7:8080"}, app=app, scheme="https").body == b"http"
    assert asked({"host": OWN}, app=app, scheme="https").body == b"http"
    assert opened({"host": "map.example.org", "origin": "https://map.example.org"}, app) == 101
    assert opened({"host": "map.example.org", "origin": "http://map.example.org"}, app) == 403
    assert opened({"host": "map.example.org", "origin": PAGE}, app) == 403


def test_the_host_is_handed_on_as_it_stands_in_the_origin_also_where_a_proxy_names_the_port():
    seen = []

    async def app(scope, receive, send):
        seen.append(dict(scope["headers"])[b"host"])
        await PlainTextResponse("hello")(scope, receive, send)

    door = HostAndOrigin(app, BEHIND_PROXY)
    for host in ("map.example.org", "map.example.org:443", "10.0.0.7:8080", f"localhost:{PORT}"):
        asked({"host": host}, app=door)
    assert seen == [b"map.example.org", b"map.example.org", b"10.0.0.7:8080", f"localhost:{PORT}".encode()]


FOREIGN_ORIGINS = [
    "null",
    "",
    "http://elsewhere.example",
    "http://127.0.0.1:8502",
    "http://127.0.0.1",
    f"https://{OWN}",
    f"http://localhost:{PORT}",
    f"http://[::1]:{PORT}",
    f"http://{OWN}/",
    f"http://{OWN}.elsewhere.example",
    f"http://user@{OWN}",
    f"http://elsewhere.example/{OWN}",
    f"HTTP://{OWN}",
    f"http://{OWN} http://elsewhere.example",
    f"ws://{OWN}",
    OWN,
]


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_another_origin_is_refused_whatever_it_asks(origin):
    for method in METHODS:
        assert asked({"host": OWN, "origin": origin}, method=method).status == 403
    assert opened({"host": OWN, "origin": origin}) == 403


def test_what_can_change_something_has_to_say_which_page_asks():
    for method in METHODS:
        expected = 200 if method in ("GET", "HEAD") else 403
        assert asked({"host": OWN}, method=method).status == expected
        assert asked({"host": OWN, "origin": PAGE}, method=method).status == 200
        assert asked([("host", OWN), ("origin", PAGE), ("origin", PAGE)], method=method).status == 403
    assert opened({"host": OWN}) == 403
    assert opened({"host": OWN, "origin": PAGE}) == 101


@pytest.mark.parametrize(
    ("fetch", "looks", "changes"),
    [
        ({"site": "same-origin"}, 200, 200),
        ({"site": "none", "mode": "navigate", "dest": "document"}, 200, 403),
        ({"site": "cross-site", "mode": "navigate", "dest": "document"}, 200, 403),
        ({"site": "same-site", "mode": "navigate", "dest": "document"}, 200, 403),
        ({"site": "cross-site", "mode": "navigate", "dest": "iframe"}, 403, 403),
        ({"site": "cross-site", "mode": "no-cors", "dest": "image"}, 403, 403),
        ({"site": "same-site", "mode": "no-cors", "dest": "script"}, 403, 403),
        ({"site": "same-site", "mode": "cors", "dest": "empty"}, 403, 403),
        ({"site": "unheard-of"}, 403, 403),
    ],
)
def test_a_link_may_be_followed_here_and_nothing_else_is_done_for_another_site(fetch, looks, changes):
    headers = {"host": OWN, **{f"sec-fetch-{name}": value for name, value in fetch.items()}}
    assert asked(headers).status == looks
    assert asked({**headers, "origin": PAGE}, method="POST").status == changes
    assert opened({**headers, "origin": PAGE}) == (101 if changes == 200 else 403)


def test_a_probe_is_answered_under_any_name_with_its_status_alone():
    for path in ("/_stcore/health", "/ready"):
        for headers in ([], [("host", "elsewhere.example")], [("host", OWN), ("origin", "http://elsewhere.example")]):
            answer = asked([*headers, ("cookie", "visit=secret")], path)
            assert answer.status == 200
            assert set(answer.headers) <= {"content-type", "content-length", "cache-control"}
            assert asked(headers, path, "POST").status in (403, 421)
        assert "seen=secret" in asked({"host": OWN, "cookie": "visit=secret"}, path).headers["set-cookie"]
        assert asked({"host": "elsewhere.example"}, f"{path}/").status == 421


def test_programs_need_no_page_where_they_were_let_in_and_a_page_of_another_site_stays_out():
    app = door(programs="/agent/")
    assert asked({"host": OWN}, "/agent/x", "POST", app).status == 200
    assert asked({"host": OWN, "origin": "http://elsewhere.example"}, "/agent/x", "POST", app).status == 403
    assert asked({"host": OWN, "sec-fetch-site": "cross-site"}, "/agent/x", "POST", app).status == 403
    assert asked({"host": "elsewhere.example"}, "/agent/x", "POST", app).status == 421
    assert asked({"host": OWN}, "/what-if", "POST", app).status == 403

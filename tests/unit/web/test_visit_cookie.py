"""The visit cookie: given once, with the first page, to a browser that has none; no script reads it."""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute

from corridor.settings import Settings
from corridor.store.tokens import is_token, new_token
from corridor.ui.visit.visit import COOKIE
from corridor.web.newcomers import BACK_AFTER_SECONDS, BACK_UNTIL_SECONDS, Newcomers
from corridor.web.visit import VisitCookie
from tests.support.asgi import ask, connect

PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def opening(websocket):
    await websocket.accept()


ROUTES = [
    *(Route(path, lambda _: HTMLResponse("<p>hello</p>")) for path in ("/", "/assets/x.js", "/_stcore/health")),
    WebSocketRoute("/_stcore/stream", opening),
]


def served(a_minute: int = 1_000) -> VisitCookie:
    return VisitCookie(Starlette(routes=ROUTES), a_minute)


APP = served()


def set_cookie(headers: dict[str, str], path: str = "/") -> str:
    return ask(APP, path, headers).headers.get("set-cookie", "")


def test_a_page_gives_a_token_that_nobody_can_guess_and_no_script_reads():
    name, *attributes = set_cookie(PAGE).split("; ")
    key, _, token = name.partition("=")
    assert key == COOKIE
    assert is_token(token)
    assert attributes == ["Path=/", "HttpOnly", "SameSite=Strict"]
    assert set_cookie(PAGE) != set_cookie(PAGE)


def test_who_has_a_token_keeps_it():
    assert set_cookie(PAGE | {"cookie": f"other=1; {COOKIE}={new_token()}"}) == ""


OTHER_PROCESS = "from corridor.store.tokens import new_token; print(new_token())"


def invented() -> list[str]:
    own = new_token()
    elsewhere = subprocess.run([sys.executable, "-c", OTHER_PROCESS], capture_output=True, text=True, check=True)
    return [
        *("", "short", "x" * 32, "x" * 47, "x" * 48, "x" * 49, "<script>" + "x" * 40, "é" * 48, '"' + "x" * 47),
        *(own[:-1], own + "A", own[:24] + own[:24], own[24:] + own[:24], own.swapcase(), own[:-1] + "é", f"{own}="),
        elsewhere.stdout.strip(),
    ]


INVENTED = invented()


@pytest.mark.parametrize("value", INVENTED, ids=range(len(INVENTED)))
def test_what_this_process_did_not_give_away_is_replaced(value):
    assert not is_token(value)
    assert COOKIE in set_cookie({**PAGE, "cookie": f"{COOKIE}={value}".encode().decode("latin-1")})


def test_only_a_page_brings_the_cookie_and_no_error_does():
    assert set_cookie({"accept": "*/*"}) == ""
    assert set_cookie(PAGE, "/nothing-here") == ""


def test_over_https_the_cookie_goes_nowhere_else(monkeypatch):
    monkeypatch.setattr("tests.support.asgi.SCHEME", "https")
    assert set_cookie(PAGE).endswith("; Secure")
    assert set_cookie(PAGE, "/assets/x.js") == ""
    assert set_cookie(PAGE, "/_stcore/health") == ""


def test_a_page_that_connects_again_to_a_new_process_gets_a_new_token_before():
    assert COOKIE in set_cookie({"cookie": f"{COOKIE}={INVENTED[-1]}"}, "/_stcore/health")
    assert set_cookie({"cookie": f"{COOKIE}={new_token()}"}, "/_stcore/health") == ""


def test_as_many_visits_begin_as_may_and_the_next_is_told_when_to_try_again():
    app = served(3)
    known = {"cookie": f"{COOKIE}={new_token()}"}
    assert [ask(app, "/", PAGE).status for _ in range(5)] == [200, 200, 200, 429, 429]
    refused = ask(app, "/", PAGE)
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.body.decode().endswith(f"in {refused.headers['retry-after']} seconds.\n")
    assert "set-cookie" not in refused.headers
    assert ask(app, "/", PAGE | known).status == 200
    assert ask(app, "/", {"accept": "*/*"}).status == 200
    assert connect(app, "/_stcore/stream", known) is None
    assert connect(app, "/_stcore/stream", {"cookie": f"{COOKIE}={INVENTED[-1]}"}).status == 429
    health = ask(app, "/_stcore/health", {"cookie": f"{COOKIE}={INVENTED[-1]}"})
    assert (health.status, "set-cookie" in health.headers) == (200, False)


def test_a_websocket_without_a_token_begins_a_visit_too():
    app = served(2)
    assert [connect(app, "/_stcore/stream") is None for _ in range(3)] == [True, True, False]


def test_one_address_leaves_half_of_the_minute_to_others():
    newcomers = Newcomers(300)
    assert not any(newcomers.wait("192.0.2.7", at / 1000) for at in range(150))
    newcomers.most_back = 0
    assert newcomers.wait("192.0.2.7", 10.0) == 50.0
    assert newcomers.wait("::ffff:192.0.2.7", 10.0) == 50.0
    assert not any(newcomers.wait(f"2001:db8::{at:x}", 10.0) for at in range(150))
    assert newcomers.wait("192.0.2.8", 10.0) == 50.0
    assert newcomers.wait("192.0.2.7", 60.0) == 0.0
    assert newcomers.wait("2001:db8:0:0:ffff::1", 60.2) == pytest.approx(9.8)


def test_a_room_of_a_hundred_behind_one_address_fits_in_also_when_everybody_opens_twice():
    newcomers = Newcomers(Settings(Path(), "", "").new_visits)
    assert not any(newcomers.wait("192.0.2.7", 0.0) for _ in range(200))


def test_everybody_behind_a_proxy_on_this_machine_shares_the_whole_minute():
    newcomers = Newcomers(300)
    assert not any(newcomers.wait(("127.0.0.1", "::1", "")[at % 3], 0.0) for at in range(300))
    newcomers.most_back = 0
    assert newcomers.wait("127.0.0.1", 1.0) == 59.0
    assert newcomers.wait("127.0.0.1", 60.0) == 0.0


def test_a_browser_that_was_turned_away_comes_back_before_those_that_keep_no_cookie():
    app = served(40)
    flood = [ask(app, "/", PAGE).status for _ in range(200)]
    assert flood == [200] * 40 + [429] * 160
    refused = ask(app, "/", PAGE)
    assert refused.headers["refresh"] == refused.headers["retry-after"] == f"{BACK_AFTER_SECONDS:.0f}"
    assert refused.headers["set-cookie"].startswith("corridor_turned_away=")
    assert refused.headers["set-cookie"].endswith("; Path=/; HttpOnly; SameSite=Strict")
    assert COOKIE not in refused.headers["set-cookie"]


def test_a_ticket_lets_one_visit_in_at_its_time():
    newcomers = Newcomers(8)
    assert not any(newcomers.wait("", 0.0) for _ in range(8))
    tickets = [newcomers.ticket(0.0) for _ in range(3)]
    assert not any(map(is_token, tickets))
    assert newcomers.wait("", 0.5, tickets[0]) == BACK_AFTER_SECONDS
    assert newcomers.wait("", 2.0, tickets[0]) == 0.0
    for invalid in (tickets[0], "", "x", "0.0-x.", "é", new_token(), tickets[1][:-1], "1" + tickets[1]):
        assert newcomers.wait("", 2.0, invalid) == BACK_AFTER_SECONDS
    assert newcomers.wait("", 2.0, tickets[1]) == 0.0
    # No more than a quarter on top come back within a minute.
    assert newcomers.wait("", 2.0, tickets[2]) == 58.0
    late = Newcomers(4)
    assert not any(late.wait("", 100.0) for _ in range(4))
    assert late.wait("", 100.0 + BACK_UNTIL_SECONDS / 3, tickets[2]) == BACK_AFTER_SECONDS

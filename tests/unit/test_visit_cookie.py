"""The visit cookie: given once, with the first page, to a browser that has none; no script reads it."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from corridor.pages._visit import COOKIE
from corridor.store.visits import is_token, new_token
from corridor.web.visit import VisitCookie
from tests.unit.asgi import ask

PAGE = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
APP = VisitCookie(Starlette(routes=[Route("/", lambda _: HTMLResponse("<p>hello</p>"))]))


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


@pytest.mark.parametrize("value", ["", "short", "x" * 31, "x" * 33, "<script>" + "x" * 24, "é" * 32, '"' + "x" * 31])
def test_what_is_no_token_is_replaced(value):
    assert COOKIE in set_cookie({**PAGE, "cookie": f"{COOKIE}={value}".encode().decode("latin-1")})


def test_only_a_page_brings_the_cookie_and_no_error_does():
    assert set_cookie({"accept": "*/*"}) == ""
    assert set_cookie(PAGE, "/nothing-here") == ""


def test_over_https_the_cookie_goes_nowhere_else(monkeypatch):
    monkeypatch.setattr("tests.unit.asgi.SCHEME", "https")
    assert set_cookie(PAGE).endswith("; Secure")

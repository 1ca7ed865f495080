"""Every answer carries the security headers, and the policy is as narrow as its table says."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route, WebSocketRoute

from corridor.web import headers
from corridor.web.headers import STREAMLIT_INDEX, SecurityHeaders, inline_script_hashes, security_policy, tile_origin
from tests.support.asgi import Answer, ask, connect


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


def hello(_):
    return PlainTextResponse("hello")


def fails(_):
    raise RuntimeError("secret")


async def refuses(websocket):
    await websocket.close()


async def breaks(_):
    raise RuntimeError("secret")


async def opens(websocket):
    await websocket.accept()


SERVED = Starlette(
    routes=[
        Route("/", hello),
        Route("/page", lambda _: HTMLResponse("<p>", headers={"Cache-Control": "no-cache"})),
        Route("/fails", fails),
        Route("/go", lambda _: RedirectResponse("/")),
        WebSocketRoute("/refuses", refuses),
        WebSocketRoute("/breaks", breaks),
        WebSocketRoute("/opens", opens),
    ],
    middleware=[Middleware(SecurityHeaders)],
)


def assert_has_the_headers(found: Answer) -> None:
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in found.headers["content-security-policy"]
    assert "camera=()" in found.headers["permissions-policy"]


def test_every_answer_carries_the_headers_errors_included():
    for method, path, status in (("GET", "/", 200), ("PUT", "/", 405), ("GET", "/nothing", 404), ("GET", "/go", 307)):
        found = ask(SERVED, path, method=method)
        assert found.status == status
        assert_has_the_headers(found)


def test_a_page_is_not_to_be_kept_since_a_browser_would_keep_its_websocket_open_too():
    assert ask(SERVED, "/page").headers["cache-control"] == "no-store"
    assert "cache-control" not in ask(SERVED, "/").headers


def test_what_goes_wrong_is_answered_once_with_the_headers_and_without_its_reason():
    for found in (ask(SERVED, "/fails"), connect(SERVED, "/breaks")):
        assert found.status == 500
        assert_has_the_headers(found)
        assert found.body.decode() == f"{headers.WENT_WRONG}\n"


@pytest.mark.parametrize(("path", "status"), [("/refuses", 403), ("/nothing", 403)])
def test_a_websocket_that_is_refused_is_answered_with_the_headers(path, status):
    found = connect(SERVED, path)
    assert found.status == status
    assert_has_the_headers(found)
    assert connect(SERVED, "/opens") is None


def test_where_a_server_cannot_answer_a_websocket_it_is_closed():
    sent = []

    async def send(message):
        sent.append(message["type"])

    async def receive():
        return {"type": "websocket.connect"}

    scope = {"type": "websocket", "path": "/refuses", "headers": [], "subprotocols": []}
    asyncio.run(SERVED(scope, receive, send))
    assert sent == ["websocket.close"]


def test_the_policy_names_no_host_and_allows_no_text_to_become_script():
    policy = security_policy(STREAMLIT_INDEX.read_text(encoding="utf-8"))
    assert "http" not in policy
    assert "*" not in policy
    assert "'unsafe-eval'" not in directives(policy)["script-src"]
    assert "'unsafe-inline'" not in directives(policy)["script-src"]


def test_every_directive_and_every_allowance_is_explained_beside_the_policy():
    for name, allowed in directives(security_policy("<script>x</script>")).items():
        assert name in headers.__doc__
        for source in allowed:
            assert source.split("-")[0].strip("'") in headers.__doc__, source


def test_the_hash_is_that_of_streamlits_inline_script():
    # SHA-256 of "alert(1)", base64, computed with openssl.
    assert inline_script_hashes("<script>alert(1)</script>") == [
        "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"
    ]
    assert len(inline_script_hashes(STREAMLIT_INDEX.read_text(encoding="utf-8"))) == 1


def test_a_tile_host_joins_the_images_and_nothing_else():
    policy = directives(security_policy("", "https://tiles.example.org/{z}/{x}/{y}.png"))
    assert [name for name, allowed in policy.items() if "https://tiles.example.org" in allowed] == ["img-src"]


@pytest.mark.parametrize(
    ("template", "origin"),
    [
        ("https://tiles.example.org/{z}/{x}/{y}.png", "https://tiles.example.org"),
        ("https://{s}.example.org:8443/{z}/{x}/{y}.png", "https://*.example.org:8443"),
        ("http://10.0.0.7:8080/{z}/{x}/{y}.png", "http://10.0.0.7:8080"),
        ("tiles.example.org/{z}/{x}/{y}.png", ""),
        ("https://evil.example; script-src *", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_only_an_address_with_a_host_gives_an_origin(template, origin):
    assert tile_origin(template) == origin

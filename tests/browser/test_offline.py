"""No request leaves the machine, and no page breaks its own content security policy."""

import urllib.request

import pytest
from playwright.sync_api import Browser, Request, Route

from corridor.ui.frame.menu_entries import ENTRIES
from tests.support.served import DESKTOP, STREAMLITS_OWN_404, serve, wait_until_drawn

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "path",
    [
        *(entry.path for entry in ENTRIES),
        "check-route?sample=spike",
        "check-route?edit=new",
        "compare-routes?routes=candidate/rail-araks,candidate/road-araks",
    ],
)
def test_no_request_leaves_the_machine(browser: Browser, address: str, path: str) -> None:
    outside: list[str] = []
    faults: list[str] = []

    def refuse_outside(route: Route, request: Request) -> None:
        if request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            outside.append(request.url)
            route.abort()

    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    context.route("**/*", refuse_outside)
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "websocket",
        lambda socket: outside.append(socket.url) if not socket.url.startswith(address.replace("http", "ws")) else None,
    )
    page.on(
        "console",
        lambda message: (
            faults.append(message.text)
            if message.type == "error" and not str(message.location.get("url", "")).endswith(STREAMLITS_OWN_404)
            else None
        ),
    )
    page.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    page.goto(f"{address}/{path}")
    wait_until_drawn(page)
    page.wait_for_timeout(1500)
    violations = page.evaluate("violations")
    context.close()
    assert outside == []
    assert violations == []
    assert faults == []


def test_the_server_listens_on_this_machine_only_and_says_no_policy_it_does_not_need(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "'unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in policy


def test_a_tile_host_enters_the_policy_only_when_the_setting_names_it() -> None:
    tiles = {
        "CORRIDOR_TILES": "https://tiles.example.org/{z}/{x}/{y}.png",
        "CORRIDOR_TILES_ATTRIBUTION": "Example tiles",
    }
    with serve(tiles) as address, urllib.request.urlopen(address) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "https://tiles.example.org" in policy
    assert policy.count("https://") == 1

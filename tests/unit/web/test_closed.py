"""Of Streamlit's addresses those answer that its pages ask; whatever else it registers is closed."""

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse

from corridor.web import closed
from corridor.web.closed import AGENTS, METHODS, METRICS, ClosedAddresses
from tests.support.asgi import ask, connect

ROOT = Path(__file__).resolve().parents[3]
#: What the pages of this application ask of Streamlit, as seen in a browser, and the file mount under everything.
ASKED = {
    "/_stcore/health",
    "/_stcore/host-config",
    "/_stcore/stream",
    "/_stcore/upload_file/{session_id}/{file_id}",
    "/media/{file_id:path}",
    "",
}
FILLED = {"{session_id}": "a", "{file_id}": "b", "{file_id:path}": "x.png", "{path:path}": "x/y.js"}


async def answered(scope, receive, send):
    await PlainTextResponse("answered")(scope, receive, send)


def door(*opened: str) -> ClosedAddresses:
    return ClosedAddresses(answered, opened)


#: Prints the addresses of all routes of an application; in a process of its own, which may hold one runtime only.
REGISTERED = """
import streamlit as st
from streamlit import config
for option in ("server.enableStaticServing", "server.scriptHealthCheckEnabled", "server.enableAgentApi"):
    config.set_option(option, True)
for route in st.App("corridor/pages/_menu.py")._build_starlette_app().routes:
    print(route.path)
"""


def test_every_address_that_streamlit_registers_is_asked_by_a_page_or_closed():
    printed = subprocess.run([sys.executable, "-c", REGISTERED], cwd=ROOT, capture_output=True, text=True)
    found = set(printed.stdout.splitlines())
    assert found >= ASKED | {"/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/script-health-check"}, printed.stderr
    for path in found:
        filled = path
        for hole, text in FILLED.items():
            filled = filled.replace(hole, text)
        assert ask(door(), filled or "/").status == (200 if path in ASKED else 404), path


@pytest.mark.parametrize(
    "path",
    [
        *("/_stcore", "/_stcore/", "/_stcore/metrics", "/_stcore/metrics/", "/_stcore//metrics", "/_stcore/./metrics"),
        *("/_stcore/agent", "/_stcore/agent/mcp", "/_stcore/agent/interact", "/_stcore/agent/openapi.json"),
        *("/_stcore/script-health-check", "/_stcore/health/../metrics", "/_stcore/healthy", "/_stcore/upload_file"),
        *("/_stcore/bidi-components/x/y.js", "/component/x/y.js", "/component", "/app/static/x", "/auth/login"),
        *("/auth/logout", "/oauth2callback", "/oauth2callback/x", "/_stcore/of-a-later-version"),
    ],
)
def test_a_closed_address_answers_that_there_is_nothing(path):
    for method in METHODS:
        assert ask(door(), path, method=method).status == 404
    assert connect(door(), path).status == 404


@pytest.mark.parametrize("path", ["/", "/authors", "/components", "/_stcore/health", "/media/x", "/static/js/x.js"])
def test_pages_and_their_files_are_open(path):
    assert ask(door(), path).status == 200


def test_a_setting_opens_one_address_and_no_other():
    assert ask(door(METRICS), METRICS).status == 200
    assert ask(door(METRICS), f"{METRICS}/x").status == 404
    assert ask(door(METRICS), "/_stcore/agent/mcp").status == 404
    assert ask(door(AGENTS), "/_stcore/agent/mcp", method="POST").status == 200
    assert ask(door(AGENTS), METRICS).status == 404


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PATCH", "PROPFIND", "FOO", "get", "OPTIONS "])
def test_a_method_that_nothing_takes_is_named_as_such(method):
    answer = ask(door(), "/", method=method)
    assert answer.status == 405
    assert answer.headers["allow"] == ", ".join(METHODS)


def test_every_address_is_judged_beside_the_table():
    for one in (*closed.OPEN, *closed.CLOSED, METRICS, AGENTS):
        assert one.strip("/") in closed.__doc__

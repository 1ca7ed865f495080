"""What every answer's headers take, as a proxy in front of the application counts them."""

import pytest

from corridor.ui.frame.menu_entries import ENTRIES
from tests.support.streamlit_client import ask_http

pytestmark = pytest.mark.browser

#: What nginx, as it is installed, has room for: the status line and all headers of one answer (proxy_buffer_size).
PROXY_BUFFER = 4_096


@pytest.mark.parametrize(
    "path", [*(f"/{entry.path}" for entry in ENTRIES), "/nowhere", "/_stcore/health", "/_stcore/host-config"]
)
def test_the_headers_of_an_answer_fit_a_proxy_as_it_is_installed(address: str, path: str) -> None:
    got = ask_http(address, path, {"Accept": "text/html", "Accept-Encoding": "gzip"})
    headers = sum(len(f"{name}: {value}\r\n".encode()) for name, value in got.headers.items())
    assert headers + len("HTTP/1.1 200 OK\r\n\r\n") < PROXY_BUFFER / 2


def test_the_home_page_names_what_it_needs_in_the_page_and_not_in_a_header(address: str) -> None:
    got = ask_http(address, "/", {"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert "link" not in got.headers
    assert got.body.count(b'rel="modulepreload" href="/assets/scripts/') > 30
    assert got.body.index(b"/assets/scripts/") < got.body.index(b"</head>")

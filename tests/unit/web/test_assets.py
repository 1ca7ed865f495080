"""A published file is compressed once, kept for ever, and never served under another address."""

import gzip
import re

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from corridor.present.publication import Published, published
from corridor.web.assets import MOST_LATER, Preload, asset_routes, preload_links
from tests.support.asgi import ask

LONG = Published("/assets/maps/0123.js", b"const a = 1;\n" * 500, "text/javascript; charset=utf-8")
SHORT = Published("/assets/reader/4567/small.css", b"a{}", "text/css; charset=utf-8")
APP = Starlette(routes=asset_routes([LONG, SHORT]))


def test_a_browser_that_accepts_gzip_gets_the_same_bytes_compressed():
    found = ask(APP, LONG.address, {"Accept-Encoding": "br, gzip;q=0.8"})
    assert found.headers["content-encoding"] == "gzip"
    assert gzip.decompress(found.body) == LONG.content
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["vary"] == "Accept-Encoding"
    assert found.headers["x-content-type-options"] == "nosniff"


def test_one_that_does_not_gets_them_plain():
    for accepted in ("", "gzip;q=0", "br"):
        found = ask(APP, LONG.address, {"Accept-Encoding": accepted})
        assert "content-encoding" not in found.headers
        assert found.body == LONG.content


def test_what_is_too_short_is_not_compressed():
    assert ask(APP, SHORT.address, {"Accept-Encoding": "gzip"}).body == SHORT.content


def test_the_etag_is_strong_differs_between_codings_and_saves_a_second_sending():
    plain = ask(APP, LONG.address).headers["etag"]
    packed = ask(APP, LONG.address, {"Accept-Encoding": "gzip"}).headers["etag"]
    assert plain != packed
    assert not plain.startswith("W/")
    again = ask(APP, LONG.address, {"Accept-Encoding": "gzip", "If-None-Match": f'"other", {packed}'})
    assert (again.status, again.body) == (304, b"")


def test_any_other_address_is_not_found():
    for path in ("/assets/", "/assets/maps/", "/assets/../app.py", "/assets/maps/0123.js/", "/assets/reader/4567"):
        assert ask(APP, path).status == 404


PAGE = "<!DOCTYPE html><html><head><title>x</title></head><body></head></body></html>"
LINKS = b'<link rel="modulepreload" href="/assets/a.js">'


async def in_pieces(_scope, _receive, send):
    """Answer with a page as it is read from a disk, a piece at a time."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": PAGE[:30].encode(), "more_body": True})
    await send({"type": "http.response.body", "body": PAGE[30:].encode()})


def home(answer, **headers):
    return ask(Preload(answer, LINKS), "/", headers)


def test_the_home_page_names_what_its_browser_will_need_once_and_its_length_is_right():
    for answer in (HTMLResponse(PAGE, headers={"ETag": '"x"'}), in_pieces):
        found = home(answer)
        assert found.body.decode() == PAGE.replace("</head>", f"{LINKS.decode()}</head>", 1)
        assert found.headers["content-length"] == str(len(found.body))
        assert "etag" not in found.headers


def test_what_is_no_page_is_left_as_it_is():
    for answer in (PlainTextResponse(PAGE), HTMLResponse(PAGE, status_code=503)):
        assert home(answer).body.decode() == PAGE
    for path, method in (("/other", "GET"), ("/", "HEAD")):
        app = Preload(Starlette(routes=[Route("/{path:path}", lambda _: HTMLResponse(PAGE))]), LINKS)
        assert LINKS not in ask(app, path, method=method).body


def test_every_address_that_is_named_beforehand_is_served():
    app = Starlette(routes=asset_routes(published().files))
    addresses = re.findall(r'href="([^"]+)"', preload_links(published()).decode())
    assert len(addresses) > 40
    assert {ask(app, address).status for address in addresses} == {200}


def test_what_is_published_after_the_start_is_served_too_and_the_last_of_it_kept():
    now = [LONG]
    app = Starlette(routes=asset_routes([LONG], lambda: now))
    for number in range(MOST_LATER + 2):
        now[:] = [LONG, Published(f"/assets/data/{number}.json", b"{}", "application/json")]
        assert ask(app, now[1].address).status == 200
        assert ask(app, "/assets/data/none.json").status == 404
    assert ask(app, f"/assets/data/{MOST_LATER}.json").status == 200
    assert ask(app, "/assets/data/0.json").status == 404
    assert ask(app, LONG.address).status == 200


def test_only_reading_is_allowed():
    assert ask(APP, LONG.address, method="HEAD").status == 200
    assert ask(APP, LONG.address, method="POST").status == 405

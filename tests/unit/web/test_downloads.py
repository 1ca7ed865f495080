"""Downloads of a visit: to that visit alone, kept nowhere, gone with what they were made of."""

import asyncio
import threading
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import corridor
from corridor.store.downloads import MOST_OFFERS, Downloads, NotAtHandError, Offer
from corridor.store.own_file import FileOrigin, FileSource
from corridor.store.tokens import new_token
from corridor.store.visits import Caps, Visits
from corridor.ui.visit import download
from corridor.ui.visit.visit import COOKIE
from corridor.web import downloads as served
from tests.support.asgi import Answer, ask

VISIT, OTHER = new_token(), new_token()
TAKEN = {"content-disposition": 'attachment; filename="answers.csv"', "content-type": "text/csv; charset=utf-8"}
SHIPPED = b"what is shipped " * 20


@pytest.fixture
def visits(monkeypatch, tmp_path):
    offered = Downloads()
    made = Visits(Caps(), tmp_path, offered.forgotten)
    monkeypatch.setattr(served, "visits", lambda: made)
    monkeypatch.setattr(served, "downloads", lambda: offered)
    made.downloads = offered
    return made


def offer(visits: Visits, make=lambda: b"the bytes") -> tuple[Offer, str]:
    """Return what a page offers of a file of a visit, and the id of that file."""
    visit = visits.visit(VISIT, 0.0)
    file = visit.keep("a.geojson", b"{}", FileOrigin(FileSource.PASTED), 0.0)
    return visits.downloads.offer(VISIT, "page", "csv", make, download.kept(visit)), file.id


def take(one: Offer | None, visit: str = VISIT, method: str = "GET", **headers: str) -> Answer:
    async def media(request: Request) -> Response:
        whole = download.TICKET + one.id.encode() if one else SHIPPED
        part = whole[5:9] if "range" in request.headers else whole
        return Response(part, headers={**TAKEN, "Accept-Ranges": "bytes"})

    app = served.OwnDownloads(Starlette(routes=[Route("/media/{name}", media)]))
    sent = {"cookie": f"{COOKIE}={visit}"} if visit else {}
    return ask(app, "/media/4f.csv", {**sent, **headers}, method)


def test_the_visit_it_was_offered_to_is_given_the_file_and_nobody_keeps_it(visits):
    one, _ = offer(visits)
    for headers in ({}, {"range": "bytes=5-8"}):
        answer = take(one, **headers)
        assert (answer.status, answer.body) == (200, b"the bytes")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-length"] == "9"
        assert {name: answer.headers[name] for name in TAKEN} == TAKEN
    assert take(one, method="HEAD").body == b""
    assert take(one, method="HEAD").headers["content-length"] == "9"


@pytest.mark.parametrize("visit", ["", OTHER, "x" * 32], ids=["no token", "another token", "an invented one"])
def test_nobody_else_is_given_anything_of_it(visits, visit):
    one, _ = offer(visits)
    answer = take(one, visit)
    assert answer.status == 404
    assert b"bytes" not in answer.body
    assert one.id.encode() not in answer.body
    assert answer.headers["cache-control"] == "no-store"


def test_it_goes_with_the_file_with_the_page_and_with_the_visit(visits):
    one, file = offer(visits)
    visits.visit(VISIT, 0.0).forget(file)
    assert take(one).status == 404
    assert visits.downloads.visits() == ()

    one, _ = offer(visits)
    visits.downloads.page_gone("another page")
    assert take(one).status == 200
    visits.downloads.page_gone("page")
    assert take(one).status == 404

    one, _ = offer(visits)
    visits.visit(VISIT, 0.0).forget_all()
    assert take(one).status == 404

    one, _ = offer(visits)
    visits.end_idle(1e9)
    assert take(one).status == 404


def test_a_download_of_a_note_goes_with_the_note(visits):
    visit = visits.visit(VISIT, 0.0)
    visit.put_note("story/own-1", b"scenes", 0.0)
    one = visits.downloads.offer(VISIT, "page", "save", lambda: "scenes", download.kept(visit))
    assert take(one).body == b"scenes"
    visit.drop_note("story/own-1")
    assert take(one).status == 404


def test_what_is_offered_once_more_replaces_what_was_and_nothing_is_collected_without_end(visits):
    first, _ = offer(visits)
    again, _ = offer(visits)
    assert take(first).status == 404
    assert take(again).status == 200
    for number in range(MOST_OFFERS):
        visits.downloads.offer(VISIT, "page", f"csv-{number}", lambda: b"", frozenset())
    assert take(again).status == 404


def test_what_cannot_be_made_is_told_in_a_sentence(visits):
    def broken() -> bytes:
        raise ValueError("/secret/path")

    one, _ = offer(visits, broken)
    answer = take(one)
    assert (answer.status, answer.body.decode()) == (500, served.FAILED)


def test_what_is_forgotten_while_it_is_made_is_not_given(visits):
    def forgetting() -> bytes:
        visits.visit(VISIT, 0.0).forget(file)
        return b"the bytes"

    one, file = offer(visits, forgetting)
    answer = take(one)
    assert (answer.status, answer.body.decode()) == (404, served.NOT_YOURS)


@pytest.mark.parametrize("bound", ["of a visit", "of all together"])
def test_files_that_nobody_takes_are_counted_until_they_are_sent(visits, bound):
    """Who asks for a file again and again and reads nothing of it would hold each of them in memory."""
    asked = 3 if bound == "of all together" else served.OF_A_VISIT
    one, _ = offer(visits)
    reads = asyncio.Event()

    async def media(_request: Request) -> Response:
        return Response(download.TICKET + one.id.encode(), headers=TAKEN)

    app = served.OwnDownloads(Starlette(routes=[Route("/media/{name}", media)]))
    if bound == "of all together":
        app.files.most_bytes = asked * len(b"the bytes")
    cookie = [(b"cookie", f"{COOKIE}={VISIT}".encode())]
    scope = {"type": "http", "method": "GET", "path": "/media/4f.csv", "headers": cookie, "query_string": b""}
    told: list[list] = []

    async def get() -> None:
        told.append([])
        mine = told[-1]

        async def send(message):
            if message["type"] == "http.response.body":
                await reads.wait()
            mine.append(message)

        await app(scope, asyncio.Queue().get, send)

    async def play() -> list[int]:
        asking = [asyncio.create_task(get()) for _ in range(asked + 1)]
        async with asyncio.timeout(20):
            while not all(told) or len(told) <= asked:
                await asyncio.sleep(0.005)
            reads.set()
            await asyncio.gather(*asking)
            await get()
        return [mine[0]["status"] for mine in told]

    statuses = asyncio.run(play())
    assert sorted(statuses[:-1]) == [200] * asked + [503]
    assert statuses[-1] == 200
    assert not app.asking
    assert app.files.bytes == 0


def test_a_table_is_made_while_many_visits_have_all_places_for_what_is_drawn(visits, monkeypatch):
    monkeypatch.setattr(served, "MOST_WAITING", 4)
    made = threading.Event()
    drawn, quick = [], []
    for _number in range(8):
        token = new_token()
        visits.visit(token, 0.0).keep("a.geojson", b"{}", FileOrigin(FileSource.PASTED), 0.0)
        about = download.kept(visits.visit(token, 0.0))
        drawn.append((token, visits.downloads.offer(token, "page", "pdf", lambda: made.wait(20) and b"", about)))
        quick.append((token, visits.downloads.offer(token, "page", "csv", lambda: b"the bytes", about)))
    offers = {one.id: one for _, one in drawn + quick}

    async def media(request: Request) -> Response:
        one = request.path_params["name"]
        kind = "application/pdf" if one in {each.id for _, each in drawn} else TAKEN["content-type"]
        return Response(download.TICKET + offers[one].id.encode(), headers={**TAKEN, "content-type": kind})

    app = served.OwnDownloads(Starlette(routes=[Route("/media/{name}", media)]))

    async def get(token: str, one: Offer) -> int:
        cookie = [(b"cookie", f"{COOKIE}={token}".encode())]
        scope = {"type": "http", "method": "GET", "path": f"/media/{one.id}", "headers": cookie, "query_string": b""}
        sent = []

        async def send(message):
            sent.append(message)

        await app(scope, asyncio.Queue().get, send)
        return sent[0]["status"]

    async def scene() -> list[int]:
        async with asyncio.timeout(20):
            asking = [asyncio.create_task(get(*drawn[number])) for number in (0, 0, 1, 1, 2, 2, 3, 3)]
            await asyncio.sleep(0)
            table = await get(*quick[7])
            first = asyncio.create_task(get(*drawn[7]))
            await asyncio.sleep(0.01)
            made.set()
            statuses = await asyncio.gather(*asking)
            return [table, await first, statuses.count(503)]

    assert asyncio.run(scene()) == [200, 200, 3]


def test_what_is_shipped_is_passed_on_whole_and_kept_by_nobody_either():
    answer = take(None, "")
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (200, SHIPPED, "no-store")
    assert take(None, "", "HEAD").body == b""


def test_no_page_hands_out_or_takes_in_a_file_in_another_way():
    house = Path(corridor.__file__).parent
    pages = {path.relative_to(house).as_posix(): path.read_text(encoding="utf-8") for path in house.rglob("*.py")}
    assert {name for name, text in pages.items() if ".download_button(" in text} == {"ui/visit/download.py"}
    assert {name for name, text in pages.items() if "st.file_uploader" in text} == {"ui/visit/uploader.py"}
    for other in (".image(", ".audio(", ".video(", ".pdf(", ".camera_input(", ".audio_input(", ".chat_input("):
        assert not [name for name, text in pages.items() if f"st{other}" in text], other


def test_what_has_to_be_worked_out_anew_is_told_in_a_sentence_and_not_in_the_log(visits, caplog):
    def away() -> bytes:
        raise NotAtHandError("Press the button once more in a moment.")

    answer = take(offer(visits, away)[0])
    assert (answer.status, answer.body) == (503, b"Press the button once more in a moment.")
    assert answer.headers["cache-control"] == "no-store"
    assert not caplog.records


def test_the_visit_that_holds_most_lets_go_of_its_oldest(monkeypatch):
    monkeypatch.setattr("corridor.store.downloads.MOST_BYTES", 10_000)
    offered = Downloads()
    small = offered.offer(OTHER, "page", "csv", bytes, frozenset(), 1_000)
    large = [offered.offer(VISIT, "page", f"csv-{number}", bytes, frozenset(), 4_000) for number in range(5)]
    assert offered.held_bytes <= 10_000
    assert offered.find(OTHER, small.id) is small
    assert [offered.find(VISIT, one.id) is not None for one in large] == [False, False, False, True, True]
    offered.offer(new_token(), "page", "csv", bytes, frozenset(), 50_000)
    assert offered.held_bytes <= 10_000

"""What a visitor may send, tried against the served application with Streamlit's own messages and no browser."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Common_pb2 import FileUploaderState, UploadedFileInfo
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed

from corridor.reading.limits import LIMITS
from corridor.reading.samples import find_sample
from corridor.ui.frame.menu_entries import ENTRIES
from corridor.web.websocket_bounds import WebsocketBounds
from tests.support.streamlit_client import Drawn, Viewer, ask_http, begin_visit, played, viewer

pytestmark = pytest.mark.browser
SPIKE = find_sample("spike").content()


def seen(address: str, scene: Callable[[Viewer], Awaitable[None]], page: str = "check-route") -> None:
    async def play() -> None:
        async with viewer(address) as one:
            assert not (await one.open()).failed
            if page:
                assert not (await one.open(page)).failed
            await scene(one)

    played(play())


async def uploader_state(one: Viewer, *files: bytes) -> WidgetState:
    """Send files as the uploader of Check a route does, and return what a page then says of it."""
    (uploader,) = (await one.open("check-route")).elements("file_uploader")
    given = await one.upload_addresses(*[f"{number}.geojson" for number in range(len(files))])
    infos = []
    for urls, data in zip(given, files, strict=True):
        answer = await one.upload(urls.upload_url, "line.geojson", data)
        if answer.status == 204:
            infos.append(UploadedFileInfo(name="line.geojson", size=len(data), file_id=urls.file_id, file_urls=urls))
        else:
            assert (answer.status, answer.body[-2:]) == (413, b".\n")
    return WidgetState(id=uploader.id, file_uploader_state_value=FileUploaderState(uploaded_file_info=infos))


async def send_files(one: Viewer, *files: bytes) -> Drawn:
    """Send files, and return the page that took them."""
    drawn = await one.rerun([await uploader_state(one, *files)])
    assert not drawn.failed
    return drawn


async def press_download(one: Viewer, drawn: Drawn, words: str) -> str:
    """Return the address a download button leads to once it is pressed."""
    button = next(each for each in drawn.elements("download_button") if each.label == words)
    asked = BackMsg()
    asked.backend_operation_request.request_id = "1"
    asked.backend_operation_request.session_id = one.session
    asked.backend_operation_request.deferred_file.file_id = button.deferred_file_id
    await one.send(asked)
    while True:
        message, _ = await one.receive()
        if message.HasField("backend_operation_response"):
            assert not message.backend_operation_response.error_msg
            return message.backend_operation_response.deferred_file.url


def test_every_page_is_drawn_for_a_viewer_without_a_browser(address):
    async def scene(one: Viewer) -> None:
        assert set(one.pages) == {entry.path for entry in ENTRIES}
        for path in one.pages:
            assert not (await one.open(path)).failed

    seen(address, scene, page="")


def test_sixty_messages_at_once_are_few_runs_and_the_page_comes(address):
    async def scene(one: Viewer) -> None:
        for _ in range(60):
            await one.ask_rerun()
        begun = 0
        async with asyncio.timeout(60):
            while True:
                message, _ = await one.receive()
                begun += message.HasField("new_session")
                if message.WhichOneof("type") == "script_finished" and message.script_finished == 0:
                    break
        assert begun < 30

    seen(address, scene, page="questions")


def test_a_file_goes_where_a_page_asks_for_it_and_nowhere_else(address):
    async def scene(one: Viewer) -> None:
        (urls,) = await one.upload_addresses("a.geojson")
        assert (await one.upload(urls.upload_url, "a.geojson", b"{}")).status == 403
        await one.open("check-route")
        assert (await one.upload(urls.upload_url, "a.geojson", b"{}")).status == 403
        (urls,) = await one.upload_addresses("a.geojson")
        assert (await one.upload(urls.upload_url, "a.geojson", b"{}")).status == 204
        invented = urls.upload_url[:-4] + "0000"
        assert (await one.upload(invented, "a.geojson", b"{}")).status == 403
        stranger = begin_visit(address)
        one.cookies, own = stranger, one.cookies
        assert (await one.upload(urls.upload_url, "a.geojson", b"{}")).status == 403
        assert (await one.upload(urls.delete_url, "a.geojson", b"", "DELETE")).status == 403
        one.cookies = own
        assert (await one.upload(urls.delete_url, "a.geojson", b"", "DELETE")).status == 204

    seen(address, scene, page="")


def test_something_pressed_before_the_page_has_taken_a_file_is_no_second_file(address):
    async def scene(one: Viewer) -> None:
        state = await uploader_state(one, SPIKE)
        await one.ask_rerun([state])
        while not (await one.receive())[0].HasField("new_session"):
            pass
        drawn = await one.rerun([state])
        assert not drawn.failed
        assert not (await one.open("check-route")).failed

    seen(address, scene)


def test_a_file_larger_than_the_page_says_is_stopped(address):
    async def scene(one: Viewer) -> None:
        (urls,) = await one.upload_addresses("a.geojson")
        claimed = {
            "Origin": address,
            "Content-Length": str(LIMITS.file_bytes * 2),
            "Cookie": f"corridor_visit={one.cookies['corridor_visit']}",
        }
        answer = await asyncio.to_thread(ask_http, address, urls.upload_url, claimed, "PUT", b"")
        assert (answer.status, answer.body[-2:]) == (413, b".\n")

    seen(address, scene)


def test_what_one_visit_sends_is_bounded_until_a_page_has_taken_it_over(address):
    async def scene(one: Viewer) -> None:
        await send_files(one, *[b" " * 62_000_000 + b"%d" % number for number in range(4)])
        await one.open("briefing")
        (urls,) = await one.upload_addresses("a.toml")
        assert (await one.upload(urls.upload_url, "a.toml", b" " * 15_900_000)).status == 204

    seen(address, scene)


@pytest.mark.slow
def test_a_newcomer_sends_a_file_at_once_while_others_hold_all_the_room_and_whose_gave_way_is_told(address):
    greedy_bytes = LIMITS.file_bytes - 1_000_000

    async def play() -> None:
        async with AsyncExitStack() as opened:
            greedy = [await opened.enter_async_context(viewer(address)) for _ in range(5)]
            states = [await uploader_state(one, b" " * greedy_bytes) for one in greedy]
            (urls,) = await greedy[0].upload_addresses("b.geojson")
            assert (await greedy[0].upload(urls.upload_url, "b.geojson", b" " * greedy_bytes)).status == 204
            newcomer = await opened.enter_async_context(viewer(address))
            drawn = await send_files(newcomer, b" " * 30_000_000 + SPIKE)
            assert "was not kept" not in str(drawn.messages)
            told = [str((await one.rerun([state])).messages) for one, state in zip(greedy, states, strict=True)]
            assert ["it gave way before this page could read it" in each for each in told].count(True) == 1

    played(play())


def test_a_download_is_given_to_its_visit_alone_and_is_gone_when_the_file_is_forgotten(address):
    async def scene(one: Viewer) -> None:
        drawn = await send_files(one, SPIKE)
        path = await press_download(one, drawn, "All answers as CSV")
        taken = await one.get(path)
        assert (taken.status, taken.headers["cache-control"]) == (200, "no-store")
        assert taken.headers["x-content-type-options"] == "nosniff"
        assert taken.headers["content-disposition"] == 'attachment; filename="corridor-answers.csv"'
        assert b"," in taken.body
        stranger = {"Cookie": f"corridor_visit={begin_visit(address)['corridor_visit']}"}
        for headers in ({}, stranger):
            assert (await asyncio.to_thread(ask_http, address, path, headers)).status == 404
        forget = next(each for each in drawn.elements("button") if each.label.lower().startswith("forget"))
        await one.rerun([WidgetState(id=forget.id, trigger_value=True)])
        assert (await one.get(path)).status == 404

    seen(address, scene)


def test_messages_of_developers_do_nothing_and_strange_ones_end_the_connection(address):
    async def scene(one: Viewer) -> None:
        await one.send(BackMsg(clear_cache=True))
        await one.send(BackMsg(debug_shutdown_runtime=True))
        assert not (await one.open("questions")).failed
        await one.socket.send(b"\xff" * 100)
        with pytest.raises(ConnectionClosed):
            await one.rerun()

    seen(address, scene)


def test_a_message_larger_than_any_page_sends_ends_the_connection(address):
    async def scene(one: Viewer) -> None:
        await one.ask_rerun(query="x" * (WebsocketBounds().message_bytes + 1))
        await one.socket.wait_closed()
        assert one.socket.close_code == 1009

    seen(address, scene)


def test_one_browser_cannot_take_all_places_and_its_next_page_is_drawn(address):
    async def play() -> None:
        cookies = begin_visit(address)
        async with AsyncExitStack() as opened:

            async def page_of(cookies: dict[str, str] | None) -> Viewer:
                one = await opened.enter_async_context(viewer(address, cookies))
                assert not (await one.open("sources")).failed
                return one

            first, *others = [await page_of(cookies) for _ in range(WebsocketBounds().viewers_of_a_visit)]
            await page_of(cookies)
            while not (away := (await first.receive())[0]).HasField("auth_redirect"):
                pass
            assert away.auth_redirect.url.startswith("/closed-page?why=own&again=")
            with pytest.raises(ConnectionClosed):
                await first.receive()
            for other in others:
                assert not (await other.open("sources")).failed
            assert not (await (await page_of(None)).open()).failed

    played(play())


def test_a_session_is_nobodys_but_its_visits_whoever_knows_its_name(address):
    async def play() -> None:
        async with viewer(address) as mine:
            await mine.open()
            for cookies in (begin_visit(address), {}):
                async with viewer(address, cookies, session=mine.session) as other:
                    await other.open()
                    assert other.session != mine.session
            assert not (await mine.open("check-route")).failed
            async with viewer(address, mine.cookies, session=mine.session) as again:
                await again.open()
                assert again.session == mine.session

    played(play())

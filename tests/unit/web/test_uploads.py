"""Files on their way in: only those a page asked for, counted as they arrive, let go of when their page is gone."""

import asyncio
import errno
import os
from collections.abc import Iterator

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message
from streamlit import config

from corridor.reading.limits import LIMITS, MEGABYTE
from corridor.store import upload_sessions
from corridor.store.tokens import new_token
from corridor.store.upload_sessions import (
    LEFT_SECONDS,
    LONG_SECONDS,
    SLOW_BYTES_A_SECOND,
    SPEED_SECONDS,
    NotAdmitted,
)
from corridor.store.uploads import (
    AROUND_A_FILE,
    LEAST_BYTES,
    MOST_ADDRESSES,
    MOST_EARLY,
    SMALL_MESSAGE,
    TIMES_KEPT,
    Arriving,
    UploadCaps,
    Uploads,
)
from corridor.ui.visit import sent_files
from corridor.ui.visit.visit import COOKIE
from corridor.web import uploads as guard
from corridor.web.body_timeout import FIRST_SECONDS, BodyTimeout
from tests.support.asgi import Answer

SESSION = "5c4a2f0e-0000-4000-8000-000000000000"
ADDRESS = f"/_stcore/upload_file/{SESSION}/a1"
CAPS = UploadCaps(visit_bytes=500_000, all_bytes=800_000, visit_at_once=2, all_at_once=3)
VISIT, OTHER = new_token(), new_token()


def page(
    uploads: Uploads,
    session: str = SESSION,
    visit: str = VISIT,
    largest: int = 300_000,
    addresses: int = 3,
    network: str = "",
):
    uploads.session_here(session, visit, network)
    uploads.page_begins(session)
    uploads.page_shows(session, largest)
    uploads.page_ends(session)
    given = [f"/_stcore/upload_file/{session}/a{number}" for number in range(1, addresses + 1)]
    uploads.addresses_given(session, visit, given)
    return given


@pytest.fixture
def gone() -> list[str]:
    return []


@pytest.fixture
def dropped() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def uploads(gone: list[str], dropped: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch) -> Iterator[Uploads]:
    made = Uploads(CAPS, gone.append, lambda *one: dropped.append(one))
    monkeypatch.setattr(guard, "uploads", lambda: made)
    yield made
    assert all(not session.arriving for session in made._sessions.values())


def put(
    *pieces: bytes,
    path: str = ADDRESS,
    visit: str = VISIT,
    length: str | None = None,
    method: str = "PUT",
    stops: bool = False,
    goes: bool = False,
    pause: float = 0.0,
    answers: int = 204,
    first_seconds: float = FIRST_SECONDS,
    fails: OSError | None = None,
) -> tuple[Answer, int]:
    """Return the answer to an upload sent in pieces, 0 for none, and how many bytes of it went past the guard."""
    told: list[Message] = []
    passed = 0
    waiting = list(pieces)

    async def app(_scope, receive, send):
        nonlocal passed
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            passed += len(message.get("body", b""))
            if fails is not None:
                raise fails
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": answers, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive():
        await asyncio.sleep(pause)
        if not waiting and stops:
            await asyncio.sleep(60)
        if not waiting:
            return {"type": "http.disconnect"}
        body = waiting.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(waiting) or stops or goes}

    async def send(message):
        told.append(message)

    headers = [(b"cookie", f"{COOKIE}={visit}".encode())]
    if length is not None:
        headers.append((b"content-length", length.encode()))
    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    asyncio.run(BodyTimeout(guard.GuardedUploads(app), first_seconds)(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in told[1:])
    return Answer(told[0]["status"] if told else 0, {}, body), passed


def test_a_file_a_page_asked_for_arrives_and_is_counted(uploads):
    page(uploads)
    answer, passed = put(b"x" * 100_000, b"y" * 50_000, length="150000")
    assert (answer.status, passed) == (204, 150_000)
    assert uploads.held_bytes == 150_000
    assert put(b"x" * 10, length="10")[0].status == 204
    assert uploads.held_bytes == LEAST_BYTES


@pytest.mark.parametrize("cause", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_for_which_the_disk_has_no_room_is_refused_with_a_sentence_and_counts_no_longer(uploads, cause):
    page(uploads)
    answer, _ = put(b"x" * 100_000, b"y" * 50_000, length="150000", fails=OSError(cause, os.strerror(cause)))
    assert answer.status == 507
    assert answer.body.decode().startswith("The disk of this machine has no room for the file.")
    assert uploads.held_bytes == 0
    with pytest.raises(OSError, match="Input/output"):
        put(b"x" * 10, length="10", fails=OSError(errno.EIO, os.strerror(errno.EIO)))


def test_what_no_page_asked_for_is_refused_with_a_sentence_and_nothing_of_it_is_read(uploads):
    def refused(**other) -> None:
        answer, passed = put(b"x" * 10, length="10", **other)
        assert (answer.status, passed) == (403, 0)
        assert answer.body.endswith(b".\n")

    refused()
    uploads.session_here(SESSION, VISIT)
    uploads.addresses_given(SESSION, VISIT, [ADDRESS])
    refused()
    page(uploads)
    refused(visit=OTHER)
    refused(path=ADDRESS[:-2] + "zz")
    refused(path=ADDRESS + "/more")
    refused(path="/_stcore/upload_file")
    refused(path="/app" + ADDRESS)
    refused(method="POST")
    refused(method="DELETE", visit=OTHER)
    uploads.page_begins(SESSION)
    uploads.page_ends(SESSION)
    refused()


def test_a_page_that_is_being_drawn_anew_still_takes_what_its_uploader_was_given(uploads):
    page(uploads)
    uploads.page_begins(SESSION)
    assert put(b"x")[0].status == 204


@pytest.mark.parametrize("length", ["366000", "99999999999999999999", None])
def test_a_file_larger_than_the_page_says_is_stopped(uploads, length):
    page(uploads)
    answer, passed = put(*[b"x" * 61_000] * 6, length=length)
    assert answer.status == 413
    assert b"300 kB" in answer.body
    assert passed <= (0 if length else 300_000 + AROUND_A_FILE)
    assert uploads.held_bytes == 0


def test_a_length_that_is_not_true_helps_nobody(uploads):
    page(uploads)
    assert put(*[b"x" * 61_000] * 6, length="5")[0].status == 413
    for strange in ("-1", "1e3", "²", "0x10", "", "9" * 5000):
        assert put(b"x", length=strange)[0].status == 400
    assert uploads.held_bytes == 0


def test_the_bytes_of_a_visit_and_of_all_are_bounded_over_every_session(uploads):
    first, second = page(uploads), page(uploads, "s2")
    assert put(b"x" * 200_000, path=first[0])[0].status == 204
    assert put(b"x" * 200_000, path=second[0])[0].status == 204
    answer, _ = put(b"x" * 200_000, path=second[1])
    assert (answer.status, answer.body.decode()) == (
        413,
        "Files of more than 500 kB are being sent at once. Send fewer at a time.\n",
    )
    third = page(uploads, "s3", OTHER)
    assert put(b"x" * 300_000, path=third[0], visit=OTHER)[0].status == 204
    fourth = page(uploads, "s4", new := new_token(), largest=500_000)
    assert put(b"x" * 400_000, path=fourth[0], visit=new)[0].status == 503
    assert uploads.held_bytes == 700_000


@pytest.mark.parametrize(
    "end", ["the client goes away", "nothing more comes", "it comes too slowly", "Streamlit refuses it"]
)
def test_what_did_not_arrive_whole_holds_nothing(uploads, end, monkeypatch):
    page(uploads)
    monkeypatch.setattr(guard, "SILENT_SECONDS", 0.05)
    if end == "the client goes away":
        assert put(b"x" * 1000, length="5000", goes=True)[0].status == 0
    elif end == "nothing more comes":
        assert put(b"x" * 1000, length="5000", stops=True)[0].status == 408
    elif end == "it comes too slowly":
        assert put(*[b"x"] * 10, pause=0.02, first_seconds=0.1)[0].status == 408
    else:
        assert put(b"x" * 1000, answers=400)[0].status == 400
    assert uploads.held_bytes == 0


def test_how_many_are_sent_at_once_is_bounded(uploads):
    given = page(uploads)
    under_way = [uploads.admit(VISIT, SESSION, address, None) for address in given[:2]]
    assert all(isinstance(one, Arriving) for one in under_way)
    assert put(b"x", path=given[2])[0].status == 429
    for one in under_way:
        one.end(kept=False)
    assert put(b"x", path=given[2])[0].status == 204


def test_who_sends_for_long_makes_room_for_who_comes_where_all_places_are_taken(uploads, monkeypatch):
    monkeypatch.setattr(upload_sessions, "SLOW_BYTES_A_SECOND", 0)
    clock = 0.0
    uploads.now = lambda: clock
    long = []
    for number in range(CAPS.all_at_once):
        clock = float(number)
        visit = new_token()
        (address,) = page(uploads, f"long{number}", visit, addresses=1)
        long.append(uploads.admit(visit, f"long{number}", address, None))
    given = page(uploads)
    clock = LONG_SECONDS
    assert put(b"x", path=given[0])[0].status == 429
    clock = LONG_SECONDS + 0.5
    assert put(b"x", path=given[0])[0].status == 204
    assert [one.take(1) is None for one in long] == [False, True, True]
    assert long[0].refused.status == 503
    for one in long:
        one.end(kept=False)


def under_way(uploads: Uploads, visits: int, of_each: int, network: str = "") -> list[Arriving]:
    """Return files of some visits that are on their way."""
    sent = []
    for number in range(visits):
        visit, session = new_token(), f"{network}-{number}"
        for address in page(uploads, session, visit, addresses=of_each, network=network):
            arriving = uploads.admit(visit, session, address, None)
            assert isinstance(arriving, Arriving)
            sent.append(arriving)
    return sent


@pytest.mark.parametrize("network", ["", "192.0.2.7"])
def test_nobodys_second_file_keeps_out_anothers_first(uploads, network):
    uploads.caps = UploadCaps(visit_at_once=5, all_at_once=40)
    sent = under_way(uploads, 8, 5, network)
    given = page(uploads, network=network)
    assert put(b"x", path=given[0])[0].status == 204
    (cut_off,) = [one for one in sent if one.refused]
    assert cut_off.take(1).status == 503
    for one in sent:
        one.end(kept=False)


def test_a_network_with_many_visits_makes_room_for_another_network_and_not_the_other_way_round(uploads):
    uploads.caps = UploadCaps(visit_at_once=5, all_at_once=10)
    crowd, few = under_way(uploads, 8, 1, "192.0.2.7"), under_way(uploads, 1, 2, "198.51.100.1")
    (address,) = page(uploads, "one-more", OTHER, addresses=1, network="192.0.2.7")
    assert put(b"x", path=address, visit=OTHER)[0].status == 429
    given = page(uploads, network="203.0.113.9")
    assert put(b"x", path=given[0])[0].status == 204
    assert [one.refused is None for one in crowd] == [True] * 7 + [False]
    assert not any(one.refused for one in few)
    for one in (*crowd, *few):
        one.end(kept=False)


def test_a_file_that_trickles_makes_room_first_and_one_that_comes_fast_keeps_its_place(uploads):
    clock = 0.0
    uploads.now = lambda: clock
    uploads.caps = UploadCaps(visit_at_once=5, all_at_once=4)
    fast, trickles, *others = under_way(uploads, 4, 1)
    given = page(uploads)
    for second in range(1, round(SPEED_SECONDS) + 1):
        assert put(b"x", path=given[0])[0].status == 429
        clock = float(second)
        trickles.take(SLOW_BYTES_A_SECOND // 3)
        for one in (fast, *others):
            one.take(SLOW_BYTES_A_SECOND)
    # Those who have as many already have to wait.
    assert not uploads._has_a_place(upload_sessions.Asking(fast.visit, ""))
    assert put(b"x", path=given[0])[0].status == 204
    assert trickles.take(1).status == 503
    assert not any(one.refused for one in (fast, *others))
    for one in (fast, trickles, *others):
        one.end(kept=False)


def test_files_that_nobody_took_over_make_room_for_those_that_need_as_much(uploads, dropped):
    clock = 0.0
    uploads.now = lambda: clock
    for number, session in enumerate(("left", "later")):
        clock = float(number)
        (address,) = page(uploads, session, new := new_token(), largest=500_000, addresses=1)
        assert put(b"x" * 400_000, path=address, visit=new)[0].status == 204
    given = page(uploads, largest=500_000)
    clock = LEFT_SECONDS
    assert put(b"x" * 400_000, path=given[0])[0].status == 503
    assert dropped == []
    clock = LEFT_SECONDS + 0.5
    assert put(b"x" * 400_000, path=given[0])[0].status == 204
    assert dropped == [("left", "a1")]
    clock += LEFT_SECONDS - 0.5
    assert put(b"x" * 10_000, path=given[1])[0].status == 204
    assert dropped == [("left", "a1"), ("later", "a1")]
    assert uploads.held_bytes == 410_000


@pytest.mark.parametrize("networks", [[""] * 5, ["10.0.0.1"] * 5, [f"10.0.0.{number}" for number in range(5)]])
def test_whoever_has_less_sends_at_once_where_greedy_visits_fill_the_room(uploads, dropped, networks):
    for number, network in enumerate(networks):
        given = page(uploads, f"greedy{number}", new := new_token(), network=network)
        assert put(b"x" * 160_000, path=given[0], visit=new)[0].status == 204
        assert put(b"x" * 160_000, path=given[1], visit=new)[0].status in (204, 503)
    assert uploads.held_bytes == CAPS.all_bytes
    dropped.clear()
    given = page(uploads, network=networks[0])
    assert put(b"x" * 120_000, path=given[0], length="120000")[0].status == 204
    assert len(dropped) == 1
    assert [uploads.gave_way(*dropped[0]) for _ in range(2)] == [True, False], "its page is told, and once"
    assert put(b"x" * 20_000, path=given[1])[0].status == 204
    assert uploads.held_bytes <= CAPS.all_bytes
    assert ADDRESS in uploads._sessions[SESSION].held


def test_an_address_with_visits_enough_for_all_the_room_makes_room_for_another_address(uploads, dropped):
    for number in range(40):
        given = page(uploads, f"small{number}", new := new_token(), network="10.0.0.1")
        assert put(b"x" * 20_000, path=given[0], visit=new)[0].status == 204
    given = page(uploads, "same", new := new_token(), network="10.0.0.1")
    assert put(b"x" * 100_000, path=given[0], visit=new)[0].status == 503
    given = page(uploads, network="10.0.0.2")
    assert put(*[b"x" * 10_000] * 10, path=given[0])[0].status == 204
    assert dropped == [(f"small{number}", "a1") for number in range(5)]


def test_what_is_on_its_way_gives_way_too_and_is_told_so(uploads):
    greedy = [new_token() for _ in range(2)]
    under_way = []
    for number, visit in enumerate(greedy):
        (address,) = page(uploads, f"greedy{number}", visit, largest=500_000, addresses=1)
        under_way.append(uploads.admit(visit, f"greedy{number}", address, None))
        assert under_way[-1].take(400_000) is None
    given = page(uploads)
    assert put(b"x" * 100_000, path=given[0])[0].status == 204
    assert [one.refused is None for one in under_way] == [False, True]
    assert under_way[0].take(1).status == 503
    for one in under_way:
        one.end(kept=False)


def test_files_of_a_page_that_closed_give_way_first(uploads, dropped):
    clock = 0.0
    uploads.now = lambda: clock
    for number, session in enumerate(("open", "closed")):
        clock = float(number)
        (address,) = page(uploads, session, new := new_token(), largest=500_000, addresses=1)
        assert put(b"x" * 400_000, path=address, visit=new)[0].status == 204
    uploads.session_left("closed")
    given = page(uploads)
    assert put(b"x" * 300_000, path=given[0])[0].status == 204
    assert dropped == [("closed", "a1")]


def test_files_a_visit_left_make_room_for_its_own(uploads, dropped):
    clock = 0.0
    uploads.now = lambda: clock
    given = page(uploads)
    for address in given[:2]:
        assert put(b"x" * 200_000, path=address)[0].status == 204
    clock = LEFT_SECONDS + 1
    assert put(b"x" * 200_000, path=given[2])[0].status == 204
    assert dropped == [(SESSION, "a1")]


def test_what_pages_say_is_counted_with_the_files_and_goes_with_the_session(uploads, gone):
    given = page(uploads)
    assert uploads.said(SESSION, VISIT, SMALL_MESSAGE) is None
    assert uploads.held_bytes == 0
    assert uploads.said(SESSION, VISIT, 100_000) is None
    assert uploads.said(SESSION, VISIT, 110_000) is None
    assert uploads.held_bytes == 110_000 * TIMES_KEPT
    assert put(b"x" * 200_000, path=given[0])[0].status == 413
    assert uploads.said(SESSION, VISIT, 200_000).status == 413
    assert uploads.said("not known yet", VISIT, 100_000).status == 413
    # Half of the room of all is for messages, so that files always have the other.
    assert uploads.said("not known yet", OTHER, 70_000 // TIMES_KEPT) is None
    assert uploads.said("not known yet", OTHER, 70_000).status == 503
    uploads.session_left(SESSION)
    uploads.end_if_gone(SESSION)
    assert (gone, uploads.held_bytes) == ([SESSION], 0)


def test_what_a_page_took_over_or_a_visitor_removed_is_not_counted_any_more(uploads):
    given = page(uploads)
    for address in given:
        put(b"x" * 100_000, path=address)
    uploads.released(SESSION, "a1")
    assert put(b"", path=given[1], method="DELETE")[0].status == 204
    assert uploads.held_bytes == 100_000


def test_a_session_that_does_not_come_back_gives_its_memory_back(uploads, gone):
    given = page(uploads)
    put(b"x" * 100_000, path=given[0])
    uploads.session_here(SESSION, VISIT)
    uploads.session_left(SESSION)
    uploads.end_if_gone(SESSION)
    assert gone == []
    uploads.session_left(SESSION)
    assert put(b"x", path=given[1])[0].status == 403
    uploads.end_if_gone(SESSION)
    assert (gone, uploads.held_bytes) == ([SESSION], 0)


def test_a_file_still_on_its_way_ends_with_its_session(uploads):
    given = page(uploads)
    arriving = uploads.admit(VISIT, SESSION, given[0], None)
    uploads.session_left(SESSION)
    uploads.end_if_gone(SESSION)
    assert arriving.take(1).status == 410
    arriving.end(kept=False)


def test_addresses_are_not_collected_without_end(uploads):
    page(uploads, addresses=MOST_ADDRESSES + 50)
    session = uploads._sessions[SESSION]
    assert len(session.waiting) == MOST_ADDRESSES
    assert ADDRESS not in session.waiting


def test_streamlit_takes_what_the_pages_say():
    assert config.get_option("server.maxUploadSize") == LIMITS.file_bytes // MEGABYTE
    assert sent_files.MemoryUploadedFileManager("/x").remove_file("nobody", "nothing") is None


@pytest.mark.parametrize("drawn", [1, 2, 3])
def test_a_page_that_is_drawn_before_its_first_message_left_takes_files(uploads, drawn):
    """A thread draws it while the event loop sends; how much of the drawing comes first is chance."""
    steps = [
        lambda: uploads.page_begins(SESSION),
        lambda: uploads.page_shows(SESSION, 300_000),
        lambda: uploads.page_ends(SESSION),
    ]
    steps.insert(drawn, lambda: uploads.session_here(SESSION, VISIT))
    for step in steps:
        step()
    uploads.addresses_given(SESSION, VISIT, [ADDRESS])
    assert isinstance(uploads.admit(OTHER, SESSION, ADDRESS, 1_000), NotAdmitted)
    admitted = uploads.admit(VISIT, SESSION, ADDRESS, 1_000)
    assert isinstance(admitted, Arriving)
    admitted.end(kept=False)


def test_pages_whose_session_is_never_heard_of_are_not_remembered_without_end(uploads):
    for number in range(MOST_EARLY + 50):
        uploads.page_begins(f"{number}")
        uploads.page_shows(f"{number}", 300_000)
    assert len(uploads._early) == MOST_EARLY

"""Whose visits end where all together keep too much: a network has half at most, and no open page loses anything."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.store.own_file import FileOrigin, FileSource, OwnFile
from corridor.store.uploads import UploadCaps, Uploads
from corridor.store.visit_rooms import BLOCK_BYTES, KeptNote, VisitRoom, WhoseShare, network_share, visits_that_end
from corridor.store.visits import Caps, Refused, Visits

GREEDY, OTHER, THIRD = "192.0.2.7", "198.51.100.1", "203.0.113.9"
ALL = 20 * BLOCK_BYTES


def room(blocks: int, network: str, seen_at: float = 0.0) -> VisitRoom:
    return VisitRoom(seen_at, notes={"note": KeptNote(Path("unused"), blocks * BLOCK_BYTES)}, network=network)


def ending(rooms: dict[str, VisitRoom], network: str, blocks: int, open_visits: set[str] | None = None):
    return visits_that_end(rooms, VisitRoom(99.0, network=network), blocks * BLOCK_BYTES, ALL, open_visits or set())


def test_a_network_keeps_half_at_most_and_another_still_has_room():
    rooms = {f"greedy-{n}": room(5, GREEDY) for n in range(2)}
    assert ending(rooms, GREEDY, 5) is WhoseShare.NETWORK
    assert ending(rooms, OTHER, 10) == []
    assert ending(rooms, OTHER, 11) is WhoseShare.NETWORK


def test_in_a_full_network_large_closed_visits_end_for_one_with_little_that_left_alone_for_longest_first():
    rooms = {"later": room(5, GREEDY, 2.0), "first": room(5, GREEDY, 1.0), "small": room(1, OTHER)}
    assert ending(rooms, GREEDY, 1) == ["first"]
    assert ending(rooms, GREEDY, 1, {"first"}) == ["later"]
    assert ending(rooms, GREEDY, 1, {"first", "later"}) is WhoseShare.NETWORK


def test_this_machine_has_no_share_since_a_proxy_may_stand_there_for_everybody():
    rooms = {f"here-{n}": room(5, "", float(n)) for n in range(3)}
    assert ending(rooms, "", 5) == []
    full = {**rooms, "here-3": room(5, "", 3.0)}
    assert ending(full, "", 5) is WhoseShare.ALL
    assert ending(full, "", 1) == ["here-0"]
    assert ending(full, OTHER, 5) == ["here-0"]
    assert ending(full, OTHER, 5, set(full)) is WhoseShare.ALL


def test_a_visit_with_little_finds_room_though_two_networks_fill_their_halves_with_open_pages():
    block, most = 1_000_000, 20_000_000
    held = {name: VisitRoom(0.0, notes={"note": KeptNote(Path("unused"), 9 * block)}, network=name) for name in "ab"}
    assert visits_that_end(held, VisitRoom(1.0, network="c"), block + 1, most, set(held)) is WhoseShare.ALL
    held["a"].notes["more"] = KeptNote(Path("unused"), block)
    assert visits_that_end(held, VisitRoom(1.0, network="c"), block, most, set(held)) == []
    assert visits_that_end(held, VisitRoom(1.0, network="c"), block + 1, most, set(held)) is WhoseShare.ALL


def test_where_all_is_full_the_network_that_holds_most_makes_room_for_who_has_less():
    rooms = {
        "most-new": room(5, GREEDY, 9.0),
        "most-old": room(5, GREEDY, 5.0),
        "other": room(7, OTHER, 1.0),
        "third": room(3, THIRD, 0.0),
    }
    assert ending(rooms, "2001:db8::/64", 1) == ["most-old"]
    # The first has five blocks then, so that the next to make room is the one with seven.
    assert ending(rooms, "2001:db8::/64", 6) == ["most-old", "other"]
    assert ending(rooms, THIRD, 1, {"most-old"}) == ["most-new"]
    assert ending(rooms, THIRD, 1, {"most-old", "most-new"}) == ["other"]
    assert ending(rooms, OTHER, 3, {"other"}) is WhoseShare.ALL


def test_what_takes_the_place_of_more_is_kept_whatever_others_have():
    rooms = {"greedy": room(12, GREEDY)}
    assert visits_that_end(rooms, rooms["greedy"], 0, ALL, set()) == []
    assert visits_that_end(rooms, rooms["greedy"], BLOCK_BYTES, ALL, set()) is WhoseShare.NETWORK


held = st.tuples(
    st.integers(1, 6), st.sampled_from(["", GREEDY, OTHER, THIRD]), st.integers(0, 5).map(float), st.booleans()
)


@given(st.lists(held, max_size=12), st.sampled_from(["", GREEDY, OTHER]), st.integers(1, 12))
def test_whatever_ends_is_closed_and_needed_and_leaves_all_shares_kept(kept, network, blocks):
    rooms = {str(n): room(size, of, seen) for n, (size, of, seen, _) in enumerate(kept)}
    open_visits = {str(n) for n, (*_, is_open) in enumerate(kept) if is_open}
    ended = ending(rooms, network, blocks, open_visits)

    def fits(without: list[str]) -> bool:
        left = [each for token, each in rooms.items() if token not in without]
        of_own = sum(each.held_bytes for each in left if each.network == network) + blocks * BLOCK_BYTES
        every = sum(each.held_bytes for each in left) + blocks * BLOCK_BYTES
        return every <= ALL and (not network or of_own <= network_share(ALL))

    if isinstance(ended, WhoseShare):
        assert not fits([])
        return
    assert fits(ended)
    assert not ended or not fits(ended[:-1])
    assert len(set(ended)) == len(ended)
    assert not open_visits & set(ended)


UPLOADED = FileOrigin(FileSource.UPLOADED)


@pytest.fixture
def uploads():
    return Uploads(UploadCaps(), lambda _: None, lambda *_: None)


@pytest.fixture
def visits(uploads, tmp_path):
    caps = Caps(visit_bytes=10 * BLOCK_BYTES, all_bytes=ALL)
    made = Visits(caps, tmp_path, network_of=uploads.network_of, open_visits=uploads.open_visits)
    yield made
    made.close()


def sends(visits: Visits, token: str, blocks: int, now: float) -> OwnFile | Refused:
    return visits.visit(token, now).keep("a", token.encode()[:1] * blocks * BLOCK_BYTES, UPLOADED, now)


def test_one_address_with_ever_new_visits_leaves_half_to_others_and_hears_why(visits, uploads):
    for number, token in enumerate("abcd"):
        uploads.session_here(f"session-{token}", token, GREEDY)
        kept = sends(visits, token, 5, float(number))
        assert isinstance(kept, OwnFile) == (token in "ab")
        if isinstance(kept, Refused):
            assert kept.says.startswith("Visitors from your network together may keep 41 kB here")
            assert "Nothing was lost" in kept.says
    uploads.session_here("session-z", "z", OTHER)
    assert isinstance(sends(visits, "z", 10, 9.0), OwnFile)
    # Once their pages are gone for good, the neighbours' visits end for one that has little.
    uploads.session_left("session-a")
    assert isinstance(sends(visits, "e", 1, 10.0), Refused)
    assert uploads.end_if_gone("session-a")
    uploads.session_here("session-e", "e", GREEDY)
    gone = visits.visit("a", 10.0).files[0].path
    assert isinstance(sends(visits, "e", 1, 11.0), OwnFile)
    assert not gone.exists()
    assert [visits.begun(token) for token in "abez"] == [False, True, True, True]


def test_a_disk_without_room_ends_no_visit(visits, uploads, monkeypatch):
    for token in "ab":
        uploads.session_here(token, token, GREEDY)
        sends(visits, token, 5, 0.0)
        uploads.session_left(token)
        uploads.end_if_gone(token)
    monkeypatch.setattr(Path, "write_bytes", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    uploads.session_here("c", "c", GREEDY)
    assert isinstance(sends(visits, "c", 1, 1.0), Refused)
    assert visits.begun("a")
    assert visits.begun("b")


def test_a_browser_without_cookies_counts_for_its_network_and_its_page_is_open(visits, uploads):
    for session in ("one", "two", "three"):
        uploads.session_here(session, "", GREEDY)
        uploads.page_without_cookie(session, session)
    assert isinstance(sends(visits, "one", 5, 0.0), OwnFile)
    assert isinstance(sends(visits, "two", 5, 0.0), OwnFile)
    assert isinstance(sends(visits, "three", 1, 0.0), Refused)
    assert {"one", "two"} <= uploads.open_visits()

"""Places for open pages: who has most of them makes room, by the page unused for longest; a newcomer finds one."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.store.tokens import new_token
from corridor.web.places import (
    FORGOTTEN_SECONDS,
    SILENT_SECONDS,
    UNUSED_SECONDS,
    PagePlace,
    PagePlaces,
    WhyClosed,
)

Gone = list[tuple[PagePlace, WhyClosed]]


def placed(
    places: PagePlaces,
    network: str = "",
    used_at: float = 0.0,
    gone: Gone | None = None,
    visit: str | None = None,
    asked: bool = True,
) -> PagePlace | None:
    visit = new_token() if visit is None else visit
    place = PagePlace(visit, network, used_at, lambda why: None if gone is None else gone.append((place, why)), asked)
    return place if places.take(place) else None


def test_the_page_unused_for_longest_of_the_network_with_most_makes_room():
    places, gone = PagePlaces(4, 12), []
    crowd = [placed(places, "10.0.0.1", used_at, gone) for used_at in (5.0, 2.0, 3.0, 4.0)]
    assert placed(places, "10.0.0.1", 6.0) is None
    for number, other in enumerate(("10.0.0.2", "10.0.0.3", "10.0.0.4")):
        assert placed(places, other, 6.0) is not None
        assert [place for place, _ in gone] == crowd[1 : 2 + number]
    assert not places.has_room(new_token(), "10.0.0.2", 6.0)
    assert placed(places, "10.0.0.5", 6.0) is None
    places.give_back(crowd[1])
    assert places.taken == 4


def test_a_visit_with_its_share_makes_room_itself_and_nobody_else_does():
    places, gone, visit = PagePlaces(10, 3), [], new_token()
    placed(places, used_at=0.0, gone=gone)
    own = [placed(places, used_at=used_at, gone=gone, visit=visit) for used_at in (2.0, 1.0, 3.0)]
    assert placed(places, used_at=4.0, gone=gone, visit=visit) is not None
    assert gone == [(own[1], WhyClosed.OWN)]
    assert (places.of_visit(visit), places.taken) == (3, 4)


def test_who_sends_no_cookie_has_no_share_and_counts_as_one_visit_once_places_are_short():
    places, gone = PagePlaces(8, 3), []
    crowd = [placed(places, used_at=float(number), gone=gone, visit="") for number in range(7)]
    assert all(crowd)
    mine = placed(places, used_at=8.0, gone=gone)
    for visit in (new_token(), ""):
        assert placed(places, used_at=9.0, gone=gone, visit=visit) is not None
    assert gone == [(crowd[0], WhyClosed.OTHERS), (crowd[1], WhyClosed.OTHERS)]
    assert mine not in [place for place, _ in gone]


def test_pages_that_asked_for_nothing_make_room_first_wherever_they_come_from():
    places, gone = PagePlaces(3, 12), []
    busy = placed(places, "10.0.0.1", 0.0, gone)
    silent = [placed(places, "", float(number), gone, asked=False) for number in (1, 2)]
    assert placed(places, "", 1.0 + SILENT_SECONDS / 2, gone) is None
    assert placed(places, "", 2.0 + SILENT_SECONDS, gone) is not None
    assert placed(places, "10.0.0.1", 2.0 + SILENT_SECONDS, gone) is not None
    assert [place for place, _ in gone] == silent
    assert busy not in [place for place, _ in gone]


def test_the_visit_with_most_pages_makes_room_from_this_machine_too():
    places, gone, greedy = PagePlaces(6, 4), [], new_token()
    own = [placed(places, used_at=float(number), gone=gone, visit=greedy) for number in range(4)]
    others = [placed(places, used_at=0.0, gone=gone) for _ in range(2)]
    assert placed(places, used_at=5.0, gone=gone) is not None
    assert placed(places, used_at=6.0, gone=gone) is not None
    assert [place for place, _ in gone] == own[:2]
    assert placed(places, used_at=7.0, gone=gone, visit=others[0].visit) is not None
    assert gone[-1] == (others[0], WhyClosed.OWN)


def test_new_cookies_without_number_put_out_what_came_with_them_and_nobody_who_was_here_before():
    """A hundred visits of a page each, all from this machine: a newcomer comes in, who reads since long stays."""
    places, gone = PagePlaces(100, 12), []
    readers = [placed(places, used_at=float(second), gone=gone) for second in range(40)]
    now = 40.0 + UNUSED_SECONDS
    crowd = [placed(places, used_at=now + number / 10, gone=gone) for number in range(60)]
    now += 9.0
    assert placed(places, used_at=now, gone=gone) is None, "only who was here before left a page unused"
    for second in range(200):
        assert placed(places, used_at=now + UNUSED_SECONDS + second, gone=gone) is not None
    out = [place for place, _ in gone]
    assert not set(readers) & set(out)
    assert set(crowd) & set(out)


def test_a_page_that_was_forgotten_makes_room_for_somebody_without_one():
    places, gone = PagePlaces(2, 12), []
    forgotten = placed(places, used_at=0.0, gone=gone)
    used = placed(places, used_at=1.0, gone=gone)
    used.used_at = FORGOTTEN_SECONDS
    assert placed(places, used_at=FORGOTTEN_SECONDS + 1, gone=gone) is not None
    assert gone == [(forgotten, WhyClosed.OTHERS)]


def test_what_is_remembered_of_visits_is_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corridor.web.places.MOST_VISITS", 3)
    places = PagePlaces(2, 12)
    first = placed(places)
    for number in range(20):
        places.give_back(placed(places, used_at=float(number)))
    assert len(places._began) == 5
    assert first.visit in places._began


def _note_gone(gone: list[PagePlace], place: PagePlace, _why: WhyClosed) -> None:
    gone.append(place)


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.integers(0, 3), st.booleans()), max_size=60))
def test_no_more_are_placed_than_may_be_and_a_network_with_fewer_always_finds_a_place(comings):
    places, held, visits = PagePlaces(5, 2), [], [new_token() for _ in range(4)]
    for second, (network, number, leaves) in enumerate(comings):
        counts = {other: [place.network for place in held].count(other) for other in ("a", "b", "c")}
        due = places.taken < 5 or max(counts.values()) > counts.get(network, 0) + 1
        gone: list[PagePlace] = []
        for place in held:
            place.leave = partial(_note_gone, gone, place)
        visit = visits[number]
        own = places.of_visit(visit) > 0
        assert places.has_room(visit, network, float(second)) or not (due or own)
        came = placed(places, network, float(second), visit=visit)
        assert came is not None or not (due or own)
        held = [place for place in [*held, *([came] if came else [])] if place not in gone]
        if leaves and held:
            places.give_back(held.pop(0))
        assert places.taken == len(held) <= 5
        assert all(places.of_visit(visit) <= 2 for visit in visits)

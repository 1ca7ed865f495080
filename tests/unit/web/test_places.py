"""Places for open pages: who has most of them makes room, by the page unused for longest; this machine never does."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from corridor.web.places import PagePlace, PagePlaces


def placed(
    places: PagePlaces, network: str, used_at: float = 0.0, gone: list[PagePlace] | None = None
) -> PagePlace | None:
    place = PagePlace("", network, used_at, lambda: gone.append(place) if gone is not None else None)
    return place if places.take(place) else None


def test_the_page_unused_for_longest_of_the_network_with_most_makes_room():
    places, gone = PagePlaces(4), []
    crowd = [placed(places, "10.0.0.1", used_at, gone) for used_at in (5.0, 2.0, 3.0, 4.0)]
    assert placed(places, "10.0.0.1") is None
    assert placed(places, "10.0.0.2") is not None
    assert gone == [crowd[1]]
    assert placed(places, "10.0.0.3") is not None
    assert gone == [crowd[1], crowd[2]]
    assert not places.has_room("10.0.0.2")
    assert placed(places, "10.0.0.4") is not None
    assert gone == [crowd[1], crowd[2], crowd[3]]
    assert placed(places, "10.0.0.5") is None
    places.give_back(crowd[1])
    assert places.taken == 4


def test_behind_a_proxy_on_this_machine_nobody_makes_room_and_whoever_comes_by_it_finds_some():
    places = PagePlaces(3)
    assert all(placed(places, "") for _ in range(3))
    assert placed(places, "") is None
    assert placed(places, "10.0.0.1") is None
    places, gone = PagePlaces(3), []
    crowd = [placed(places, "10.0.0.1", used_at, gone) for used_at in (1.0, 2.0, 3.0)]
    assert placed(places, "") is not None
    assert placed(places, "") is not None
    assert placed(places, "") is None
    assert gone == crowd[:2]


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b", "c"]), st.booleans()), max_size=60))
def test_no_more_are_placed_than_may_be_and_a_network_with_fewer_always_finds_a_place(comings):
    places, held = PagePlaces(5), []
    for network, leaves in comings:
        counts = {other: [place.network for place in held].count(other) for other in ("a", "b", "c")}
        due = places.taken < 5 or max(counts.values()) > counts.get(network, 0) + 1
        gone: list[PagePlace] = []
        for place in held:
            place.leave = partial(gone.append, place)
        assert places.has_room(network) == due
        came = placed(places, network)
        assert (came is not None) == due
        held = [place for place in [*held, *([came] if came else [])] if place not in gone]
        if leaves and held:
            places.give_back(held.pop(0))
        assert places.taken == len(held) <= 5

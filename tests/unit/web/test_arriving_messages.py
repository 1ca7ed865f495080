"""Messages on their way over websockets are counted all together, and none is waited for without end."""

import pytest

from corridor.web.arriving_messages import MOST_BYTES, SMALL_BYTES, ArrivingMessages
from corridor.web.body_timeout import BYTES_A_SECOND
from corridor.web.websocket_bounds import WebsocketBounds

LARGE = 1_000_000


def messages(most: int = 10 * LARGE, first_seconds: float = 20.0) -> ArrivingMessages:
    return ArrivingMessages(most, first_seconds)


def test_where_too_much_is_on_its_way_the_one_goes_that_waits_longest():
    counted = messages()
    for number in range(10):
        assert counted.came(number, LARGE, now=float(number)) is None
    assert counted.came("next", LARGE, now=11.0) == 0
    counted.gone(0)
    counted.gone(1)
    assert counted.came("next", 1, now=12.0) is None


def test_what_is_whole_counts_until_the_page_has_it():
    counted = messages(most=2 * LARGE + 1)
    counted.came("first", LARGE, now=0.0)
    counted.taken("first", LARGE)
    assert counted.came("second", LARGE, now=1.0) is None
    assert counted.came("third", LARGE, now=2.0) == "first"
    counted.handed_over("first")
    assert counted.came("third", 1, now=3.0) is None


def test_small_ones_never_stand_in_the_way():
    counted = messages(most=LARGE)
    assert all(counted.came(number, SMALL_BYTES, now=0.0) is None for number in range(1_000))


def test_a_message_has_the_time_it_takes_at_the_slowest_rate_and_no_more():
    counted = messages(first_seconds=20.0)
    counted.came("half", LARGE, now=100.0)
    counted.came("small", SMALL_BYTES, now=100.0)
    last = 120.0 + LARGE / BYTES_A_SECOND
    assert counted.late(last - 1) == []
    assert counted.late(last + 1) == ["half"]
    counted.taken("half", LARGE)
    assert counted.late(last + 1) == []


@pytest.mark.parametrize("one", ["unknown"])
def test_what_is_gone_is_asked_nothing(one):
    counted = messages()
    counted.taken(one, LARGE)
    counted.handed_over(one)
    counted.gone(one)
    assert counted.late(1e9) == []


def test_a_room_of_people_who_paste_the_longest_text_finds_room():
    assert 25 * WebsocketBounds().message_bytes <= MOST_BYTES

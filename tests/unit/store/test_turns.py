"""Whose turn it is: by visit, and first come first served inside one; a place in the queue that is kept."""

from hypothesis import given
from hypothesis import strategies as st

from corridor.store.turns import Turns

WANTED = st.lists(st.sampled_from("abcd"), max_size=30)


def filled(wanted) -> Turns:
    turns = Turns()
    for number, who in enumerate(wanted):
        turns.add(who, number)
    return turns


@given(WANTED)
def test_everything_comes_once_in_order_within_a_visit_and_where_its_place_said(wanted):
    turns = filled(wanted)
    places = {turns.place(number): number for number in range(len(wanted))}
    taken = [turns.take(lambda _who: True) for _ in wanted]
    assert [number for _, number in taken] == [places[n + 1] for n in range(len(wanted))]
    for who in "abcd":
        assert [n for of, n in taken if of == who] == [n for n, of in enumerate(wanted) if of == who]
    assert turns.take(lambda _who: True) is None


@given(WANTED)
def test_nobody_has_a_second_turn_while_somebody_waits_for_a_first(wanted):
    turns = filled(wanted)
    first = [turns.take(lambda _who: True)[0] for _ in set(wanted)]
    assert sorted(first) == sorted(set(wanted))


@given(WANTED, st.sampled_from("abcd"))
def test_who_may_not_is_passed_over_and_loses_nothing(wanted, busy):
    turns = filled(wanted)
    while (taken := turns.take(lambda who: who != busy)) is not None:
        assert taken[0] != busy
    assert turns.of(busy) == len(turns) == wanted.count(busy)


@given(WANTED, st.data())
def test_what_is_removed_never_comes(wanted, data):
    turns = filled(wanted)
    gone = data.draw(st.sets(st.sampled_from(range(len(wanted))))) if wanted else set()
    assert [turns.remove(number) for number in gone] == [True] * len(gone)
    assert not turns.remove(-1)
    assert sorted(turns.every) == sorted(set(range(len(wanted))) - gone)
    assert all(turns.place(number) == 0 for number in gone)


@given(WANTED.filter(bool))
def test_what_is_put_back_is_the_first_of_its_visit_which_comes_after_all_others(wanted):
    turns = filled(wanted)
    who, number = turns.take(lambda _who: True)
    turns.put_back(who, number)
    assert turns.first_of(who) == number
    first = [turns.take(lambda _who: True) for _ in set(wanted)]
    assert first[-1] == (who, number)

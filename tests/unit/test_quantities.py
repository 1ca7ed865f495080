"""How a number is written: nothing is 0, what is not nothing is never written so, and no digit means nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.quantities import bare_kilometres, kilometres, longer_or_shorter, metres, within

LENGTHS = st.floats(0.0, 50_000.0)
#: A zero with decimals or a sign, or a minus of the keyboard.
NOTHING_WRITTEN_OTHERWISE = re.compile(r"[−+±-]0(\.0+)?(?![\d.])|(?<![\d.,])0\.0+(?!\d)|-")


@given(LENGTHS, st.sampled_from([None, 50.0, 1_000.0, 6_000.0]))
def test_a_length_is_written_as_nothing_only_if_it_is_nothing(km, accuracy_m):
    for said in (kilometres(km), metres(km * 1000), bare_kilometres(km, accuracy_m)):
        assert not NOTHING_WRITTEN_OTHERWISE.search(said), said
        assert (said.partition(" ")[0] == "0") is (km == 0), said


@given(st.floats(-50_000.0, 50_000.0), st.sampled_from([0, 1, 2]))
def test_a_difference_has_its_sign_and_is_never_a_minus_zero(km, decimals):
    said = longer_or_shorter(km, decimals)
    assert not NOTHING_WRITTEN_OTHERWISE.search(said), said
    assert said[0] == ("+" if km > 0 else "−" if km < 0 else "0")


@pytest.mark.parametrize(
    ("accuracy_m", "says"),
    [(0.01, "±1 m"), (56.4, "±56 m"), (192.5, "±190 m"), (722.3, "±720 m"), (1_437, "±1.4 km"), (6_000, "±6 km")],
)
def test_an_accuracy_has_two_digits(accuracy_m, says):
    assert within(accuracy_m) == says


def test_slight_lengths_are_told_as_less_than_what_is_written():
    assert (kilometres(0.004), bare_kilometres(0.04), bare_kilometres(0.4, 2_000)) == (
        "less than 0.01 km",
        "less than 0.1",
        "less than 1",
    )
    assert (longer_or_shorter(-0.02), longer_or_shorter(0.3, 0), longer_or_shorter(-503.2, 0)) == (
        "− less than 0.1",
        "+ less than 1",
        "−503",
    )

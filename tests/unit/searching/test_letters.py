"""How words are compared: whatever their script, form and spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.searching.letters import distance, latin, sound, stem, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мегри", "megri"),
        ("Երևան", "erevan"),
        ("Յերասխ", "yeraskh"),
        ("ნახიჩევანი", "nakhichevani"),
        ("نخجوان", "nkhjvan"),
        ("كريدور", "kridvr"),
        ("Zəngilan", "zengilan"),
        ("IĞDIR", "igdir"),
        ("1,520 mm", "1520 mm"),
        ("Jabrayil's", "jabrayils"),
        ("Ջուլֆա", "julfa"),
    ],
)
def test_every_script_is_read_in_latin_letters(text, expected):
    assert latin(text) == expected


@pytest.mark.parametrize(
    ("some", "other"),
    [
        ("nakhchivan", "naxcivan"),
        ("meghri", "megri"),
        ("pashinyan", "pashinian"),
        ("qazax", "gazakh"),
        ("culfa", "julfa"),
    ],
)
def test_what_is_written_by_ear_sounds_alike(some, other):
    assert distance(sound(some), sound(other), 1) <= 1


@pytest.mark.parametrize(
    ("form", "other"),
    [
        ("opened", "opening"),
        ("benefits", "benefit"),
        ("countries", "country"),
        ("closed", "close"),
        ("avoids", "avoid"),
    ],
)
def test_forms_of_a_word_have_one_stem(form, other):
    assert stem(form) == stem(other)


@pytest.mark.parametrize(
    ("some", "other", "most", "steps"),
    [("abc", "abc", 2, 0), ("abc", "acb", 2, 1), ("abc", "abcd", 2, 1), ("abc", "xyz", 2, 3), ("a", "abcdef", 2, 3)],
)
def test_the_distance_counts_letters_put_taken_changed_and_swapped(some, other, most, steps):
    assert distance(some, other, most) == steps


@given(st.text(alphabet="abcd", max_size=7), st.text(alphabet="abcd", max_size=7))
def test_the_distance_is_the_same_both_ways(some, other):
    assert distance(some, other, 9) == distance(other, some, 9)
    assert (distance(some, other, 9) == 0) == (some == other)


@given(st.text())
def test_words_hold_no_blank_and_are_read_again_as_they_are(text):
    words = words_of(text)
    assert all(words)
    assert not any(character.isspace() or character in "\"'*^<>" for word in words for character in word)

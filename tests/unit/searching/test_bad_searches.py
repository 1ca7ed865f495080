"""A search that is no question: nothing breaks, nothing is an operator, and who asks is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.searching.finding import MOST_HITS, NEAREST, SearchTooLongError
from corridor.searching.query import LONGEST
from tests.support.searched import OWN, search

ODD = [
    '"unbalanced', "'", '"', "margara AND", "NOT", "NEAR(margara, 5)", "title:margara", "margara*", "-margara", "(((",
    "^",
    "<script>alert(1)</script>", "'; DROP TABLE entry; --", "\u202emargara\u202c", "margara\x00open", "\ud800",
    "a" * 400,
    "{margara}", "%", "_", "\\", "margara OR", "+", "²", "١٢٣", "é" * 90, "ﷺ", "x " * 200,
]  # fmt: skip


@pytest.mark.parametrize("asked", ODD)
def test_nothing_typed_is_an_operator_or_breaks_the_search(asked):
    hits = search().hits(asked)
    assert len(hits) <= MOST_HITS
    assert all(hit["answer"] and hit["link"].startswith("/") for hit in hits)


@pytest.mark.parametrize("asked", ["", "   ", "?!…", '"""', "🚂🚂", "()[]{}", "—", "\u202e\u202c", "\ud800"])
def test_a_search_without_a_word_finds_nothing(asked):
    assert search().hits(asked) == []


@pytest.mark.parametrize("asked", ["<b>Margara</b>", '"margara', "\u202bMargara\u202c", "🚂 Margara!", "title:Margara"])
def test_marks_around_a_word_do_not_hide_it(asked):
    assert search().hits(asked)[0]["id"] == "crossing/alican-margara"


def test_too_much_is_said_in_a_sentence():
    with pytest.raises(SearchTooLongError, match=r"This search has 10,000 characters; up to 500 are looked for\."):
        search().hits("a" * 10_000)
    assert search().hits("margara ".ljust(LONGEST))


@pytest.mark.parametrize("asked", ["pizza", "Karabakh", "Mergara pizza spaghetti tortellini"])
def test_where_nothing_is_found_the_nearest_are_named_as_such(asked):
    hits = search().hits(asked)
    assert 0 < len(hits) <= NEAREST
    assert all(hit["nearest"] for hit in hits)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_is_answered(asked):
    hits = search().hits(asked)
    assert len({hit["id"] for hit in hits}) == len(hits) <= MOST_HITS


def test_routes_of_a_visit_stand_first_and_only_there():
    assert search().hits("test line", [OWN])[0]["id"] == OWN.id
    assert search().hits("Goris", [OWN])[0]["id"] == OWN.id
    assert OWN.id not in [hit["id"] for hit in search().hits("test line")]
    assert OWN.id not in [hit["id"] for hit in search().hits("Margara", [OWN])]

"""What every entry says: one dated sentence that is short, takes no side, and leads to a page of this application."""

import re

import pytest

from corridor.searching.entry import MOST_WORDS, dated_answer, first_sentence
from corridor.searching.text_entries import PAGES
from corridor.ui.frame.menu_entries import ENTRIES
from tests.support.searched import search

SIDES = re.compile(r"(?i)zangezur corridor|\btreaty\b|compl(y|ies)")


def answered():
    return [entry for entry in search().index.entries if not entry.quoted]


def test_every_answer_is_one_short_dated_sentence():
    for entry in answered():
        assert len(entry.answer.split()) <= MOST_WORDS, entry
        assert re.search(r"\b(1[89]|20)\d\d\b|undated", entry.answer), entry
        assert entry.answer.endswith(".")
        assert entry.as_of


def test_every_kind_is_there_and_every_id_leads_to_a_page():
    kinds = {entry.kind for entry in search().index.entries}
    assert kinds == {
        "question", "clause", "document", "event", "disagreement", "candidate", "segment", "crossing", "place",
        "province", "person", "term", "page",
    }  # fmt: skip
    pages = {f"/{entry.path}" for entry in ENTRIES}
    assert {entry.link.partition("?")[0] for entry in search().index.entries} <= pages


def test_what_answers_cites_its_sources():
    for entry in search().index.entries:
        assert entry.sources or entry.kind in {"page", "term"}, entry
        assert set(entry.sources) <= set(search().sources)


def test_no_title_and_no_answer_takes_a_side_outside_quotation_marks():
    for entry in search().index.entries:
        assert not SIDES.search(re.sub("“[^”]*”", "", f"{entry.title} {entry.answer}")), entry
        assert "zangezur corridor" not in entry.title.lower()


def test_the_pages_are_those_of_the_menu():
    assert set(PAGES) == {entry.path for entry in ENTRIES} - {"present"}


@pytest.mark.parametrize(
    ("says", "as_of", "expected"),
    [
        ("Margara: built, not opened", "2026-01-28", "Margara: built, not opened, 28 January 2026."),
        ("Signed on 8 August 2025.", "2026-06", "Signed on 8 August 2025."),
        ("Not known", "undated", "Not known, undated."),
        ("First part here, second part which is longer, end of it", "2020", "First part here …, 2020."),
    ],
)
def test_an_answer_ends_with_its_date_and_is_cut_at_a_pause(says, as_of, expected):
    assert dated_answer(says, as_of, most=8) == expected


def test_a_sentence_ends_before_the_next_and_not_at_an_abbreviation_in_small_letters():
    assert first_sentence("It is 4.9 km long, e.g. here. The rest follows.") == "It is 4.9 km long, e.g. here."

"""The table of words that mean the same: read strictly, and leading somewhere."""

import pytest

from corridor.errors import DocumentError
from corridor.present.context import read_briefing_context
from corridor.searching.entries import findables
from corridor.searching.letters import words_of
from corridor.texts.search_words import SearchWords, read_search_words
from tests.support.searched import search


def test_every_word_of_the_table_is_a_word():
    table = read_search_words()
    meant = [text for texts in (*table.alike, *table.means.values(), *table.ways.values()) for text in texts]
    assert all(words_of(text) for text in (*table.idle, *meant, *table.means))
    assert all(len(group) > 1 for group in table.alike)


def test_what_a_word_means_is_called_so_somewhere():
    known = search().index.holding
    empty = [
        (typed, text)
        for typed, texts in read_search_words().means.items()
        for text in texts
        if not any(known([(word,)]) for word in words_of(text))
    ]
    assert empty == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [("idle = 3\nalike = []\n[means]\n[ways]\n", "idle"), ("idle = []\n", "alike"), ("idle = [", "not readable TOML")],
)
def test_a_broken_table_is_refused_in_a_sentence(tmp_path, written, expected):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "search_words.toml").write_text(written, encoding="utf-8")
    with pytest.raises(DocumentError, match=expected):
        read_search_words(tmp_path)


def test_a_way_to_what_is_not_there_is_refused():

    table = SearchWords((), (), {}, {"crossing/nowhere": ("here",)})
    with pytest.raises(DocumentError, match="crossing/nowhere"):
        findables(read_briefing_context(), table)

"""`corridor search`: the list for programs, the same as lines for people."""

import json

import pytest

from corridor.commands import searching
from corridor.commands.cli import main
from tests.support.searched import search

KEYS = ["kind", "id", "title", "answer", "as_of", "sources", "link"]


@pytest.fixture(autouse=True)
def built_once(monkeypatch):
    monkeypatch.setattr(searching, "read_briefing_context", lambda: None)
    monkeypatch.setattr(searching, "search_of", lambda _: search())


def test_the_list_is_one_array_best_first(capsys):
    assert main(["search", "margara", "open", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)
    assert 1 <= len(hits) <= 10
    assert [list(hit) for hit in hits] == [KEYS] * len(hits)
    assert hits[0] == {
        "kind": "crossing",
        "id": "crossing/alican-margara",
        "title": "Alican-Margara crossing",
        "answer": "Alican-Margara crossing: built, not opened, 28 January 2026.",
        "as_of": "2026-01-28",
        "sources": hits[0]["sources"],
        "link": "/?feature=crossing/alican-margara",
    }
    assert hits[0]["sources"]


def test_a_person_reads_title_and_answer(capsys):
    assert main(["search", "Margara"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "Alican-Margara crossing  [crossing, /?feature=crossing/alican-margara]",
        "    Alican-Margara crossing: built, not opened, 28 January 2026.",
    ]


def test_nothing_found_says_so(capsys):
    assert main(["search", "pizza"]) == 0
    assert capsys.readouterr().out.startswith("Nothing is found for these words. The nearest:\n")
    assert main(["search", "?!"]) == 0
    assert capsys.readouterr().out == (
        "Nothing is found for these words. Nothing here looks like them; give a word of letters or digits.\n"
    )
    assert main(["search", "?!", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_too_much_is_wrong_use(capsys):
    assert main(["search", "a" * 10_000]) == 2
    assert capsys.readouterr().err == "corridor: This search has 10,000 characters; up to 500 are looked for.\n"

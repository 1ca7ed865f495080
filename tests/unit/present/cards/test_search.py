"""A name is found in any spelling, and a contested spelling says so."""

import json
from pathlib import Path

import pytest

from corridor.present.cards.search import fold, search_entry

CASES = json.loads((Path(__file__).parents[3] / "support" / "folding.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "folded"), CASES)
def test_a_name_folds_to_what_a_plain_keyboard_types(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "folded"), CASES)
def test_folding_twice_is_folding_once(text, folded):
    assert fold(fold(text)) == folded


def test_the_label_comes_first_and_a_contested_form_says_so():
    entry = search_entry(
        "place/x",
        "Nrnadzor",
        "village",
        [
            {"text": "Նռնաձոր", "language": "hy", "note": None, "contested": False},
            {"text": "Nüvədi", "language": "az", "note": "name in use until 1994", "contested": True},
        ],
    )
    assert [form["text"] for form in entry["forms"]] == ["Nrnadzor", "Նռնաձոր", "“Nüvədi”"]
    assert entry["forms"][1]["language_name"] == "Armenian"
    assert entry["forms"][2] == {
        "text": "“Nüvədi”",
        "folded": "nuvedi",
        "language_name": "Azerbaijani",
        "note": "name in use until 1994",
        "contested": True,
    }


def test_the_same_form_in_the_same_language_stands_once():
    name = {"text": "Ordubad", "language": "az", "note": None, "contested": False}
    entry = search_entry("place/ordubad", "Ordubad", "town", [name, name])
    assert [(form["text"], form["language_name"]) for form in entry["forms"]] == [
        ("Ordubad", ""),
        ("Ordubad", "Azerbaijani"),
    ]

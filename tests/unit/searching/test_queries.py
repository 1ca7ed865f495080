"""What people type leads to what they mean: our own list always, the handed one where it is there."""

import csv
import re
from pathlib import Path

import pytest

from tests.support.searched import search

OWN = Path(__file__).with_name("queries.csv")
HANDED = Path(__file__).resolve().parents[4] / "shared" / "fixtures" / "queries.csv"


def queries(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(query: dict[str, str]) -> str:
    return query["words"]


@pytest.mark.parametrize("query", queries(OWN), ids=words)
def test_a_search_leads_to_what_is_meant(query):
    hits = search().hits(query["words"])[: int(query["first_hits"])]
    assert query["expected"] in [hit["id"] for hit in hits]
    assert not any(hit.get("nearest") for hit in hits)


@pytest.mark.skipif(not HANDED.exists(), reason="the handed queries are not here")
@pytest.mark.parametrize("query", queries(HANDED), ids=words)
def test_a_handed_search_is_answered(query):
    hits = search().hits(query["words"])[: int(query["first_hits"])]
    assert any(re.search(query["must_match"], f"{hit['title']} {hit['answer']}") for hit in hits)


def test_the_list_is_long_and_asks_in_many_scripts():
    asked = [query["words"] for query in queries(OWN)]
    assert len(set(asked)) == len(asked) >= 150
    scripts = {name for text in asked for name, letter in SCRIPTS.items() if re.search(letter, text)}
    assert scripts == set(SCRIPTS)


SCRIPTS = {"Armenian": "[Ա-և]", "Cyrillic": "[А-я]", "Georgian": "[ა-ჰ]", "Persian": "[ا-ی]", "Azerbaijani": "[əƏ]"}

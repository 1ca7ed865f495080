"""What the product says in its own words takes no side; other people's words stand in quotation marks or fields."""

import re
import tomllib

import pytest

from corridor.sources import GEODATA, read_sources
from corridor.texts.library import read_library
from corridor.texts.reading import cited_ids, read_register
from tests.support.registers import without_quotations

TEXTS = (
    "acronyms.toml",
    "boundary.toml",
    "disagreements.toml",
    "instruments.toml",
    "joint-declaration.toml",
    "parallels.toml",
    "people.toml",
    "timeline.toml",
)
#: Fields that hold other people's words: texts, quotations, exact names, and words counted or searched for.
QUOTING = {"absent_words", "name", "passage", "phrase", "quote", "spellings", "text", "words"}
#: Names by which the search finds an entry, each with its language and its note, which holds both sides' words.
SEARCHED = "names"
#: Ids, and the accepted wording that lists the absent words.
NOT_SHOWN = {"carried_by", "clause", "id", "instrument", "instruments", "not_named", "source", "sources", "targets"}
#: Words that say more law than the text does, or that belong to one side (fairness note, sections 1 and 5).
TAKEN_SIDES = (
    "blockade",
    "complies",
    "comply",
    "compliance",
    "corridor",
    "liberated",
    "mainland",
    "occupied",
    "transit",
    "treaties",
    "treaty",
    "Zangezur",
)


def own_words(value, key=""):
    if isinstance(value, dict):
        for name, part in value.items():
            if name not in {*QUOTING, SEARCHED}:
                yield from own_words(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from own_words(part, key)
    elif isinstance(value, str) and key not in NOT_SHOWN:
        yield without_quotations(value)


@pytest.mark.parametrize("name", TEXTS)
def test_own_words_take_no_side(name):
    for sentence in own_words(read_register(name)):
        for word in TAKEN_SIDES:
            assert not re.search(rf"\b{word}\b", sentence, re.IGNORECASE), sentence


@pytest.mark.parametrize("name", TEXTS)
def test_quotation_marks_are_typographic_and_closed(name):
    content = (GEODATA / "texts" / name).read_text(encoding="utf-8")
    assert content.count("“") == content.count("”")


def test_every_source_of_the_documents_is_used():
    recorded = tomllib.loads((GEODATA / "sources" / "documents.toml").read_text(encoding="utf-8"))["source"]
    targets = {target for anchor in read_register("joint-declaration.toml")["anchor"] for target in anchor["targets"]}
    library = read_library(targets)
    used = set(
        cited_ids(
            (
                library.declaration.heading,
                library.parallels,
                library.disagreements,
                *library.instruments.values(),
                *library.timeline.values(),
                *library.people,
                *library.acronyms,
            )
        )
    )
    assert set(recorded) <= used
    assert used <= set(read_sources())

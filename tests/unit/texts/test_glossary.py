"""People and short forms are in order, sourced, and cover the signatories."""

import pytest

from corridor.errors import DocumentError
from corridor.sources import read_sources
from corridor.texts.glossary import read_acronyms, read_people
from tests.support.registers import change, copied, one_sentence

SOURCES = read_sources()
PEOPLE = read_people(SOURCES)


def test_people_are_listed_by_surname():
    assert [person.sort for person in PEOPLE] == sorted(person.sort for person in PEOPLE)


def test_signatories_and_foreign_ministers_are_there():
    assert {"Ilham Aliyev", "Nikol Pashinyan", "Jeyhun Bayramov", "Ararat Mirzoyan"} <= {one.name for one in PEOPLE}


def test_short_forms_are_in_alphabetical_order_and_explain_tripp():
    acronyms = {one.id: one.stands_for for one in read_acronyms(SOURCES)}
    assert list(acronyms) == sorted(acronyms, key=str.casefold)
    assert acronyms["TRIPP"] == "“Trump Route for International Peace and Prosperity”"


@pytest.mark.parametrize(
    ("read", "name", "old", "new", "expected"),
    [
        (read_people, "people.toml", 'office = "President of Azerbaijan"', "", ["'aliyev'", "office"]),
        (read_people, "people.toml", '"mediamax-59942"', '"nobody"', ["'aliyev'", "nobody"]),
        (read_acronyms, "acronyms.toml", 'sources = ["seed-002"]', 'sources = ["nobody"]', ["'APA'", "nobody"]),
        (read_acronyms, "acronyms.toml", "[[acronym]]", "[[acronym", ["line 3"]),
    ],
)
def test_a_broken_list_is_refused_in_one_sentence(tmp_path, read, name, old, new, expected):
    root = copied(tmp_path)
    change(root, name, old, new)
    with pytest.raises(DocumentError) as raised:
        read(SOURCES, root)
    one_sentence(raised, name, *expected)

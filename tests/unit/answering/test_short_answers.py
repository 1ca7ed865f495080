"""Short answers: every number is fetched, every entry leads somewhere, what is broken is refused in a sentence."""

import re

import pytest

from corridor.answering.figures import Evidence, Figure
from corridor.answering.short_answers import FILE, read_short_answers
from corridor.errors import DocumentError
from corridor.present.context import read_briefing_context
from corridor.texts.reading import read_register

ANSWER = """
[[answer]]
id = "tried"
about = "question/1"
asked = "Tried?"
answer = "It is {day}."
words = ["tried"]
[answer.figures]
day = { get = "event", event = "event/tried", what = "Tried" }
"""


def test_no_number_is_typed_in_an_answer():
    for entry in read_register(FILE)["answer"]:
        # The census has no other name than its year.
        assert not re.search(r"\d", entry["answer"].replace("census of 2011", "")), entry["id"]
        assert entry["figures"], entry["id"]


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("question/1", "question/99", ["'tried'", "question/99"]),
        (', what = "Tried"', "", ["'day'", "what"]),
        ("event/tried", "event/other", ["'tried'", "event/other"]),
        ('words = ["tried"]', 'words = "tried"', ["words"]),
    ],
)
def test_what_is_broken_is_refused_in_one_sentence(tmp_path, right, wrong, named):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / FILE).write_text(ANSWER.replace(right, wrong), encoding="utf-8")
    with pytest.raises(DocumentError) as refused:
        read_short_answers(Evidence(features={}), frozenset(), {"question/1"}, tmp_path)
    assert all(name in str(refused.value) for name in named)
    assert str(refused.value).endswith(".")


def test_the_figures_stand_in_the_sentence_and_give_it_its_date(tmp_path):
    context = read_briefing_context()
    library = context.shipped.library
    event = next(iter(library.timeline.values()))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / FILE).write_text(ANSWER.replace("event/tried", event.id), encoding="utf-8")
    (answer,) = read_short_answers(context.evidence, library.sources, {"question/1"}, tmp_path)
    assert answer.answer[0] == "It is "
    assert isinstance(answer.answer[1], Figure)
    assert (answer.as_of, answer.sources) == (event.date, event.sources)

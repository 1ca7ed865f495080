"""The questions: no number is typed in, every figure is sourced, every link leads somewhere, faults are told."""

import re
import shutil
import tomllib
from dataclasses import replace

import pytest

from corridor.answering.figures import Evidence, Figure
from corridor.answering.questions import REFERENCES, read_questions
from corridor.errors import DocumentError
from corridor.present.registers.answers import answer_text, gap_pieces, matching
from corridor.present.sheets import figure_text
from corridor.sources import GEODATA, read_sources
from corridor.ui.answering.fetched import evidence, questions
from corridor.ui.context import stories
from tests.support.builders import SOURCES, fact, feature
from tests.support.registers import NUMBER_WORDS

ENTRIES = tomllib.loads((GEODATA / "texts" / "questions.toml").read_text(encoding="utf-8"))["question"]


def templates(entry):
    yield entry["answer"]
    for gap in entry.get("not_known", []):
        yield gap["about"]
        yield gap.get("said", "")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_no_number_is_typed_into_an_answer(entry):
    for template in templates(entry):
        typed = re.sub(r"\{[^{}]*\}", "", template)
        assert not re.search(r"\d", typed), typed
        assert not set(re.findall(r"[a-z]+", typed.casefold())) & NUMBER_WORDS, typed


@pytest.mark.parametrize("question", questions(), ids=lambda question: str(question.number))
def test_every_number_shown_in_an_answer_comes_from_a_figure(question):
    figures = [piece for piece in question.answer if isinstance(piece, Figure)]
    typed = "".join(piece for piece in question.answer if isinstance(piece, str))
    shown = typed + " ".join(figure_text(figure) for figure in figures)
    assert len(re.findall(r"\d+", shown)) == sum(len(re.findall(r"\d+", figure_text(figure))) for figure in figures)
    assert set(map(id, figures)) <= set(map(id, question.figures))


def test_they_are_numbered_in_their_order():
    assert [question.number for question in questions()] == list(range(1, 23))


def test_every_figure_has_a_source_an_accuracy_and_a_date():
    known = read_sources()
    for question in questions():
        for figure in question.figures:
            assert figure.sources, figure
            assert set(figure.sources) <= set(known)
            assert figure.accuracy
            assert figure.as_of


def test_what_can_only_be_answered_in_part_names_what_is_not_known():
    for question in questions():
        assert question.see
        if question.extent != "yes":
            assert question.not_known, question.number


def test_what_armenia_and_what_azerbaijan_would_gain_lead_to_each_other():
    gains = {question.id: question for question in questions() if question.id.startswith("gains-")}
    leads = {name: {see.question for see in question.see} for name, question in gains.items()}
    assert str(gains["gains-azerbaijan"].number) in leads["gains-armenia"]
    assert str(gains["gains-armenia"].number) in leads["gains-azerbaijan"]


def test_words_one_side_refuses_stand_in_no_question():
    for question in questions():
        own = [question.asked, *(p for p in question.answer if isinstance(p, str)), *(s.words for s in question.see)]
        own += [p for gap in question.not_known for p in gap_pieces(gap) if isinstance(p, str)]
        told = " ".join(own).casefold()
        for word in ("zangezur", "treaty", "complies", "compliance", "liberated", "occupied", "corridor", "transit "):
            assert word not in told, (question.number, word)


def test_the_filter_finds_words_in_question_theme_answer_and_figures():
    assert [question.number for question in matching(questions(), "GAUGE dilucu")] == [10, 13]
    assert len(matching(questions(), "")) == 22
    assert matching(questions(), "unicorn") == []


def test_the_pasted_answer_numbers_its_sources():
    text = answer_text(questions()[16], evidence_sources(), "http://127.0.0.1:8501/questions?question=17")
    assert text.startswith("17. Is the crossing point on a delimited part of the border?")
    assert "12.6 km [1]" in text
    assert "\n[1] " in text
    assert text.endswith("question=17")


def evidence_sources():
    return read_sources()


# A register of one question, to be broken in one place at a time.
ONE = """
[[question]]
id = "one"
number = 1
theme = "Theme"
asked = "How long is it?"
extent = "partly"
answer = "It is {length}. It is not longer."
not_known = [{ about = "Its width" }]
see = [{ words = "See it", page = "reader", feature = "place/a" }]
[question.figures]
length = { get = "fact", feature = "place/a", label = "Length", what = "Its length" }
"""
LAND = Evidence({"place/a": feature("place/a", facts=[fact("Length", 39, "km")])})


@pytest.fixture
def root(tmp_path):
    shutil.copytree(GEODATA / "sources", tmp_path / "geodata" / "sources")
    (tmp_path / "geodata" / "texts").mkdir()
    return tmp_path / "geodata"


def read(root, text, land=LAND):
    (root / "texts" / "questions.toml").write_text(text, encoding="utf-8")
    return read_questions(land, SOURCES, {"place/a"}, root)


def test_a_register_in_order_is_read(root):
    (question,) = read(root, ONE)
    assert [piece if isinstance(piece, str) else figure_text(piece) for piece in question.answer] == [
        "It is ",
        "39 km",
        ". It is not longer.",
    ]
    assert question.sources == ("one",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{length}", "{breadth}", r"question 'one' has the placeholder {breadth} and no figure of that name"),
        ("It is not longer.", "It is not } longer.", r"question 'one' has a brace that opens or closes nothing"),
        ('label = "Length"', 'label = "Height"', r"figure 'length' asks 'place/a' for the fact 'Height'"),
        ('what = "Its length"', 'note = "x"', r"figure 'length' lacks 'what'"),
        ('get = "fact"', 'get = "guess"', r"figure 'length' has get = 'guess'; one of "),
        ("number = 1", "number = 2", r"has the number 2; 1 was expected"),
        ('feature = "place/a" }]', 'feature = "place/z" }]', r"names 'place/z', which is not shipped"),
        ('page = "reader"', 'page = "questions", question = "2"', r"question 'one' names '2', which is not a question"),
        ('page = "reader"', 'page = "attic"', r"question 'one' has a fault at see.0.page"),
        ('extent = "partly"', "", r"question 'one' has a fault at extent"),
        ("[[question]]", "[[question", r"questions.toml is not readable TOML"),
        (ONE, "", r"questions.toml is empty"),
    ],
)
def test_a_fault_is_told_in_one_sentence_with_file_and_key(root, old, new, told):
    with pytest.raises(DocumentError, match=told) as caught:
        read(root, ONE.replace(old, new))
    assert "geodata/texts/questions.toml" in str(caught.value)


def test_a_figure_without_a_recorded_source_is_refused(root):
    unsourced = feature("place/a", facts=[fact("Length", 39, "km", sources=["nobody"])])
    with pytest.raises(DocumentError, match=r"figure 'length' names 'nobody', which is not recorded"):
        read(root, ONE, replace(LAND, features={"place/a": unsourced}))


def test_every_way_to_fetch_says_what_it_fetches():
    for reference in REFERENCES.values():
        assert reference.sentence.endswith(".")
    used = {keys["get"] for entry in ENTRIES for keys in entry["figures"].values()}
    told = {keys["get"] for story in stories().values() for scene in story.scenes for keys in scene.figures.values()}
    assert used | told == set(REFERENCES)


def test_every_finding_is_used():
    asked = {keys.get("finding") for entry in ENTRIES for keys in entry["figures"].values()}
    assert set(evidence().findings) <= asked

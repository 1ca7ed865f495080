"""Words that were replaced by plain ones stand nowhere that a reader sees; one term for one thing, everywhere."""

import re
from pathlib import Path

import pytest

from corridor.present.registers.answers import gap_pieces
from corridor.present.sheets import figure_text
from corridor.sources import GEODATA
from corridor.ui.answering.fetched import questions

ROOT = GEODATA.parent
#: What is shown comes from these files; comments of ours may say what they like.
SHOWN = [
    *sorted((GEODATA / "texts").glob("*.toml")),
    *sorted((GEODATA / "stories").glob("*.toml")),
    *sorted((GEODATA / "tables").glob("*.toml")),
    *sorted((ROOT / "corridor").rglob("*.py")),
    *sorted((ROOT / "corridor").rglob("*.js")),
    *sorted((ROOT / "corridor").rglob("*.typ")),
]
REPLACED = (
    "can honestly be shown",
    "the text does not single it out",
    "is fetched from the data this application ships",
    "is named as not known, and is not estimated",
    "known less exactly than that",
    "stand side by side only where mode",
    "that the others are set beside",
    "sets it beside the words of paragraph 3",
    "for your browser alone",
    "exact together",
    "as exactly as",
    "passages remain",
    "nearer than its place is known",
    "added up to a mark",
    "Nothing here is added up",
    "the ends of a line are no such places",
    "Each names what it shows",
    "by which links is not",
    "a drawing by volunteers",
    "beyond doubt",
    # Of a drawing nothing is certain, least of all on a border that is not delimited.
    "for certain",
    "this is certain",
    "are certain",
    "certainly passes",
    "12.6 or 12.7 km",
    "12.7 km, by source",
    "which is known to",
)
#: Sentences of an answer have at most so many words, answers at most so many sentences.
WORDS, SENTENCES = 25, 7


@pytest.mark.parametrize("words", REPLACED)
def test_what_was_replaced_stands_nowhere(words):
    pattern = re.compile(re.escape(words).replace(r"\ ", r"[\s\"]+(?:f?\")?"), re.IGNORECASE)
    found = [str(path.relative_to(ROOT)) for path in SHOWN if pattern.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_column_says_that_a_state_holds_an_area():
    """The polygons of OpenStreetMap say in which one an area lies; who holds it rests on undated pages."""
    found = [str(path.relative_to(ROOT)) for path in SHOWN if '"Held by"' in path.read_text(encoding="utf-8")]
    assert found == []


def test_the_name_on_screen_is_no_word_that_the_text_lacks():
    """The package and the command are `corridor`; what a reader sees is Declaration Map."""
    named = re.compile(r"""["'](?:[^"'\n]*\s)?Corridor(?:\s[^"'\n]*)?["']""")
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in [*SHOWN, *sorted((ROOT / "corridor").rglob("*.css"))]
        if path.is_relative_to(ROOT / "corridor")
        for match in named.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert "Declaration Map" in (ROOT / "corridor/pages/_menu.py").read_text(encoding="utf-8")
    assert 'author: "Declaration Map"' in (ROOT / "corridor/present/paper/house.typ").read_text(encoding="utf-8")


def test_the_documents_received_have_one_name():
    for path in sorted((GEODATA / "texts").glob("*.toml")):
        shown = re.sub(r"(?m)^#.*$", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"\b[Ss]eeds? 00\d", shown), path.name
        assert not re.search(r"(?<![Ss]ource )\b[Dd]ocuments? 00\d", shown), path.name


def test_paragraph_3_includes_and_asks_for_nothing():
    own = "".join(piece for question in questions() for piece in question.answer if isinstance(piece, str))
    assert "asks for" not in own
    assert "“These efforts are to include”" in own


def sentences(pieces) -> list[str]:
    text = "".join(piece if isinstance(piece, str) else figure_text(piece) for piece in pieces)
    return re.split(r"(?<=[.?!”)])\s+(?=[A-Z“])|(?<=[.?!])\s+", text)


@pytest.mark.parametrize("question", questions(), ids=lambda question: str(question.number))
def test_an_answer_has_few_and_short_sentences(question):
    said = sentences(question.answer)
    assert len(said) <= SENTENCES, said
    assert [sentence for sentence in said if len(sentence.split()) > WORDS] == []
    for gap in question.not_known:
        assert all(len(sentence.split()) <= WORDS for sentence in sentences(gap_pieces(gap))), gap


def test_what_each_side_gains_is_asked_alike():
    asked = {question.id: question for question in questions()}
    for side in ("armenia", "azerbaijan"):
        question = asked[f"gains-{side}"]
        assert question.asked.startswith(f"What would {side.capitalize()} gain")
        assert "No forecast is published." in "".join(p for p in question.answer if isinstance(p, str))


def test_the_texts_are_where_they_are_looked_for():
    assert len(SHOWN) > 200
    assert all(isinstance(path, Path) for path in SHOWN)

"""The Declaration is carried word for word, and each of its phrases points where the reference says, or nowhere."""

import csv
import hashlib
import json
import re

import pytest

from corridor.commands.cli import main
from corridor.errors import DocumentError
from corridor.land.catalogue import read_catalogue, read_every_feature
from corridor.sources import read_sources
from corridor.texts.documents import (
    RELATIONS,
    ClausePiece,
    anchors_of,
    as_published,
    clause_name,
    clause_pieces,
    read_document,
    standing,
)
from corridor.texts.library import read_library
from corridor.texts.reading import read_register
from tests.support.registers import change, copied, one_sentence, seed, shared

FILE = "joint-declaration.toml"
#: The form the reference writes a relation in.
RELATION_OF = {"yes": "names", "reading": "reading", "document": "document", "no": "none"}
#: Reasons of the reference that are newer here: of the crossings some have no known place, and only the others are lit;
#: and "beneficiary" says more than the text, which names Armenia.
WORDED_ANEW = ("The text names no crossing, so every", "The beneficiary is named")


def count_words(document, words):
    """Return how often words stand in the text as whole words, upper and lower case alike."""
    return len(re.findall(rf"(?<!\w){re.escape(words)}(?!\w)", document.text, flags=re.IGNORECASE))


def every_target():
    raw = read_register(FILE)
    return {target for anchor in raw["anchor"] for target in anchor["targets"]} | {raw["document"]["instrument"]}


@pytest.fixture(scope="module")
def declaration():
    return read_document(every_target(), read_sources())


def anchor(declaration, name):
    return next(one for one in declaration.anchors if one.id == f"joint-declaration/{name}")


def test_clauses_are_title_preamble_seven_paragraphs_and_closing(declaration):
    parts = [clause.id.removeprefix("joint-declaration/") for clause in declaration.clauses]
    assert parts == ["title", "preamble", "1", "2", "3", "4", "5", "6", "7", "closing"]
    assert [clause.number for clause in declaration.clauses] == [None, None, 1, 2, 3, 4, 5, 6, 7, None]


def test_text_has_the_stored_hash(declaration):
    assert hashlib.sha256(declaration.text.encode()).hexdigest() == declaration.heading.sha256


def test_every_clause_stands_in_the_source_document_word_for_word(declaration):
    carried = seed("003")
    position = 0
    for clause in declaration.clauses:
        numbered = f"{clause.number}. {clause.text}" if clause.number else clause.text
        position = carried.index(numbered, position) + len(numbered)


def test_anchors_agree_with_the_reference(declaration):
    with shared("reference", "anchors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = {(one.clause, one.phrase): one for one in declaration.anchors}
    assert len(rows) == len(declaration.anchors) == 34
    for row in rows:
        one = found[f"joint-declaration/{row['paragraph']}", row["phrase"]]
        assert one.relation == RELATION_OF[row["mappable"]]
        assert [target for target in one.targets if not target.startswith("border/")] == row["targets"].split()
        if not row["reason"].startswith(WORDED_ANEW):
            assert one.reason == row["reason"]


def test_relations_are_counted_as_the_reference_counts_them(declaration):
    counted = {relation.id: sum(one.relation == relation.id for one in declaration.anchors) for relation in RELATIONS}
    assert counted == {"names": 4, "reading": 6, "document": 12, "none": 12}


def test_every_phrase_stands_once_in_its_clause(declaration):
    for one in declaration.anchors:
        clause = declaration.clause(one.clause)
        assert clause is not None
        assert clause.text.count(one.phrase) == 1


def test_no_phrase_of_paragraph_3_points_at_a_route(declaration):
    targets = [target for one in declaration.anchors if one.clause.endswith("/3") for target in one.targets]
    assert targets
    assert not [target for target in targets if target.startswith("route/")]


def test_tripp_lights_all_candidate_sections_together_and_says_that_the_text_fixes_no_line(declaration):
    tripp = anchor(declaration, "4#tripp")
    assert set(tripp.targets) == {"route/tripp-rail", "route/tripp-road-river", "route/tripp-road-kajaran"}
    assert tripp.relation == "reading"
    assert tripp.caption == "The text fixes no line"
    others = [one for one in declaration.anchors if one is not tripp]
    assert not [target for one in others for target in one.targets if target.startswith("route/")]


def test_the_candidate_sections_lie_in_armenia_only():
    features = read_every_feature(read_catalogue().values())
    called_tripp = {i for i, feature in features.items() if "TRIPP" in feature["properties"]["label"]}
    assert called_tripp == {"route/tripp-rail", "route/tripp-road-river", "route/tripp-road-kajaran"}
    assert {tuple(features[i]["properties"]["territories"]) for i in called_tripp} == {("armenia",)}


def test_borders_of_both_states_and_no_others_belong_to_their_inviolability():
    shipped = read_every_feature([read_catalogue()["border"]])
    library = read_library()
    borders = {
        target for target in anchor(library.declaration, "5#inviolability-of-borders").targets if "border/" in target
    }
    of_both = {i for i, feature in shipped.items() if {"armenia", "azerbaijan"} & set(feature["properties"]["pair"])}
    assert borders == of_both


@pytest.mark.parametrize("name", ["3#unimpeded-connectivity", "5#use-of-force", "5#revenge", "5#conflict-of-the-past"])
def test_phrases_that_must_not_be_mapped_point_at_nothing(declaration, name):
    assert anchor(declaration, name).relation == "none"
    assert anchor(declaration, name).targets == ()


def test_paragraph_7_carries_no_anchor(declaration):
    assert not [one for one in declaration.anchors if one.clause.endswith("/7")]


@pytest.mark.parametrize("words", read_register(FILE)["document"]["absent_words"])
def test_words_the_declaration_does_not_contain_are_counted_zero(declaration, words):
    assert count_words(declaration, words) == 0


def test_words_are_counted_whole_and_in_either_case(declaration):
    assert count_words(declaration, "route") == 1
    assert count_words(declaration, "republic of armenia") > 5
    assert count_words(declaration, "connect") == 0


def test_the_note_lists_only_words_that_are_counted(declaration):
    listed = declaration.heading.not_named.split("do not occur in it: ")[1].split(";")[0].split(", ")
    assert len(listed) == 11
    assert {*listed, "Crossroads of Peace"} <= set(declaration.heading.absent_words)


def test_absent_words_run_alphabetically_so_that_no_side_comes_first(declaration):
    words = list(declaration.heading.absent_words)
    assert words == sorted(words, key=str.casefold)


def test_pieces_put_together_are_the_clause_again(declaration):
    for clause in declaration.clauses:
        cut = clause_pieces(declaration, clause)
        assert "".join(piece.text for piece in cut) == clause.text
        assert all(piece.text for piece in cut)
        assert [piece.anchor for piece in cut if piece.anchor] == [
            one for one in declaration.anchors if one.clause == clause.id
        ]


def test_a_clause_without_anchors_is_one_piece(declaration):
    seventh = declaration.clauses[8]
    assert clause_pieces(declaration, seventh) == (ClausePiece(seventh.text, None),)


def test_a_feature_finds_the_phrases_that_point_at_it(declaration):
    found = [one.id for one in anchors_of(declaration, "territory/az-nakhchivan")]
    assert found[0] == "joint-declaration/3#opening-of-communications"
    assert "joint-declaration/3#nakhchivan" in found
    assert anchors_of(declaration, "place/meghri") == ()


def test_standing_is_said_in_sentences(declaration):
    inside = {"territory/armenia": "Armenia"}
    assert standing(declaration, "place/meghri", inside) == (
        "No clause names it. It lies in Armenia, named in paragraphs 3 and 4."
    )
    assert standing(declaration, "place/tehran", {}) == "No clause names it."
    assert standing(declaration, "route/tripp-rail", inside) == "Within a reading of paragraph 4."
    assert standing(declaration, "territory/armenia", {}) == (
        "Named in paragraphs 3 and 4. Within a reading of paragraphs 3 and 5."
    )
    assert standing(declaration, "instrument/un-charter", {}) == "Linked from paragraph 5."


def test_clauses_are_named_in_words():
    assert clause_name("joint-declaration/3") == "paragraph 3"
    assert clause_name("joint-declaration/closing") == "the closing line"


def test_published_form_is_the_agreed_one(declaration):
    published = as_published(declaration)
    assert list(published) == ["title", "date", "place", "clauses", "anchors"]
    assert published["title"].startswith("JOINT DECLARATION by the President")
    assert published["date"] == "2025-08-08"
    assert published["place"] == "Washington D.C., United States of America"
    assert all(list(clause) == ["id", "number", "text"] for clause in published["clauses"])
    keys = ["clause", "phrase", "relation", "targets", "reason"]
    assert all(list(one) == keys for one in published["anchors"])


def test_command_prints_the_published_form(capsys):
    assert main(["document", "joint-declaration", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == as_published(read_library().declaration)


def test_command_prints_a_readable_form(capsys):
    assert main(["document", "joint-declaration"]) == 0
    printed = capsys.readouterr().out
    assert "[paragraph 3] We reaffirmed" in printed
    assert "compare with the official publication before quoting" in printed


def test_command_refuses_another_document():
    with pytest.raises(SystemExit) as stopped:
        main(["document", "another"])
    assert stopped.value.code == 2


PHRASE = 'phrase = "unimpeded connectivity"'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[document]", "[document", ["line 6"]),
        (PHRASE, 'phrase = "unhindered connectivity"', ["3#unimpeded-connectivity", "0 times", "once was expected"]),
        (PHRASE, 'phrase = "connectivity"', ["3#unimpeded-connectivity", "2 times"]),
        (PHRASE, 'phrase = "include unimpeded connectivity"', ["3#unimpeded-connectivity", "overlaps"]),
        (PHRASE, 'phrase = ""', ["3#unimpeded-connectivity", "phrase", "some text was expected"]),
        ('"territory/armenia"', '"territory/atlantis"', ["'territory/atlantis'", "not a shipped feature"]),
        ('relation = "names"', 'relation = "proves"', ["3#main-part", "relation", "'names'"]),
        ('relation = "names"', 'relation = "none"', ["3#main-part", "no targets"]),
        ('targets = ["territory/az-mainland"]', "targets = []", ["3#main-part", "at least one target"]),
        (
            'carried_by = "seed-003"',
            'carried_by = "seed-999"',
            ["[document]", "seed-999", "recorded in geodata/sources/"],
        ),
        ("unimpeded connectivity between the main", "unimpeded  connectivity between the main", ["0 times"]),
        ("promotion of peace", "promotion  of peace", ["sha256", "not to be changed"]),
        ('date = "2025-08-08"', 'date = "8 August 2025"', ["date", "a day such as 2025-08-08"]),
        ('place = "Washington', 'plaice = "Washington', ["[document]", "plac"]),
        (
            'clause = "joint-declaration/3"',
            'clause = "joint-declaration/8"',
            ["joint-declaration/8", "not in the document"],
        ),
        ('id = "joint-declaration/2"', 'id = "joint-declaration/1"', ["joint-declaration/1", "twice"]),
    ],
)
def test_a_broken_file_is_refused_in_one_sentence(tmp_path, old, new, expected):
    targets = every_target()
    root = copied(tmp_path)
    change(root, FILE, old, new)
    with pytest.raises(DocumentError) as raised:
        read_document(targets, read_sources(root), root)
    one_sentence(raised, "joint-declaration.toml", *expected)


def test_a_missing_file_is_refused_in_one_sentence(tmp_path):
    root = copied(tmp_path)
    (root / "texts" / FILE).unlink()
    with pytest.raises(DocumentError) as raised:
        read_document(every_target(), read_sources(root), root)
    one_sentence(raised, "geodata/texts/joint-declaration.toml", "missing")

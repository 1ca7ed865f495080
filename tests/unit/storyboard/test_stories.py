"""The shipped stories, walked: every reference resolves, no number is typed, nothing says more than the text does.

The golden files hold every word and number of both. After a change that was meant, write them anew with
`python -m tests.unit.storyboard.test_stories` and read the difference.
"""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from corridor.candidates import MODES
from corridor.present.briefing_files.story_json import story_json
from corridor.present.words import standard_gap
from corridor.quantities import day
from corridor.sources import GEODATA
from corridor.storyboard.opening import open_story
from corridor.storyboard.resolving import resolve
from corridor.storyboard.writing import story_bytes
from corridor.texts.edition import facts_as_of
from corridor.ui.context import briefing_context, stories
from tests.support.briefed import SHIPPED, briefing, view
from tests.support.registers import NUMBER_WORDS, without_quotations
from tests.support.story_texts import plain_line

GOLDEN = Path(__file__).parents[1] / "golden"
DECLARATION, OPTIONS = SHIPPED
REFUSED = ("zangezur", "treaty", "complies", "compliance", "liberated", "occupied", "corridor", "transit", "score ")
BY_SCENE = [(story, scene.id) for story in SHIPPED for scene in stories()[story].scenes]


def typed(record) -> list[str]:
    """Every text somebody typed into a story or a scene."""
    found = []
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in {"title", "subtitle", "author", "handling", "message", "caption", "notes"}:
            found.append(value)
        if field.name in {"points", "for_armenia", "for_azerbaijan"}:
            found += value
    return found


def golden(story: str) -> dict:
    """The story as JSON without what changes with every edition of the data."""
    return {key: value for key, value in story_json(view(story)).items() if key != "versions"}


def test_the_folder_holds_these_and_no_other():
    assert tuple(stories()) == SHIPPED


@pytest.mark.parametrize("story", SHIPPED)
def test_every_word_and_number_is_as_reviewed(story):
    assert golden(story) == json.loads((GOLDEN / f"story-{story}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("story", SHIPPED)
def test_a_shipped_file_says_what_is_read_of_it(story):
    read = open_story((GEODATA / "stories" / f"{story}.toml").read_bytes(), f"{story}.toml")
    assert read.problems == ()
    assert open_story(story_bytes(read.story), f"{story}.toml").story == read.story == stories()[story]


@pytest.mark.parametrize("story", SHIPPED)
def test_every_reference_resolves_and_every_figure_is_used(story):
    for scene, shown in zip(stories()[story].scenes, view(story).scenes, strict=True):
        assert shown.problem == ""
        assert shown.told == ()
        used = " ".join(typed(scene))
        for name in scene.figures:
            assert f"{{{name}}}" in used, (scene.id, name)


@pytest.mark.parametrize(("story", "scene"), BY_SCENE)
def test_no_number_is_typed_and_no_word_one_side_refuses_stands_there(story, scene):
    for text in (*typed(stories()[story].scene(scene)), *typed(stories()[story])):
        words = re.sub(r"\{[^{}]*\}", "", text)
        assert not re.search(r"\d", words), words
        own = without_quotations(words).casefold()
        assert not set(re.findall(r"[a-z]+", own)) & (NUMBER_WORDS - {"two"}), words
        for word in REFUSED:
            assert word not in own, (scene, word)


@pytest.mark.parametrize("story", SHIPPED)
def test_every_figure_has_unit_accuracy_source_and_date(story):
    for scene in view(story).scenes:
        beside = [*scene.figures, *scene.note_figures, *(fact for facts in scene.facts for fact in facts.facts)]
        beside += [told.figure for line in (scene.message, *scene.points) for told in line if told.figure]
        for figure in beside:
            assert figure.what
            assert figure.sources, figure
            assert figure.as_of, figure
            if re.search(r"\d", figure.text) and figure.unit:
                assert figure.accuracy, figure
        assert scene.as_of.endswith(f"public sources searched up to {day(facts_as_of())}.") or scene.as_of.startswith(
            "Public"
        )


@pytest.mark.parametrize("story", SHIPPED)
def test_sources_are_numbered_once_for_the_whole_story_and_all_are_used(story):
    found = view(story)
    assert [source.number for source in found.sources] == list(range(1, len(found.sources) + 1))
    assert len({source.id for source in found.sources}) == len(found.sources)
    assert {number for scene in found.scenes for number in scene.sources} == {s.number for s in found.sources}


def test_paragraphs_3_and_4_are_apart_and_no_phrase_of_paragraph_3_lights_a_route():
    clauses = [one.clause.id if one.clause else "" for one in resolve(stories()[DECLARATION], briefing_context().known)]
    assert "joint-declaration/3" in clauses
    assert "joint-declaration/4" in clauses
    for scene in view(DECLARATION).scenes:
        if scene.quote and scene.quote.clause == "joint-declaration/3":
            assert not [one for one in (*scene.map.lit, *scene.map.shown) if one.startswith("route/")]
            assert "TRIPP" not in plain_line(scene.message)
        if scene.quote and scene.quote.clause == "joint-declaration/4":
            assert "Nakhchivan" not in plain_line(scene.message)


def test_tripp_lights_its_candidate_sections_together_and_says_that_no_line_is_fixed():
    scene = view(DECLARATION).scene("tripp")
    assert scene.caption == "The text fixes no line"
    assert set(scene.map.lit) == {"route/tripp-rail", "route/tripp-road-river", "route/tripp-road-kajaran"}
    assert all(briefing_context().shipped.by_id[one]["properties"]["country"] == "armenia" for one in scene.map.lit)
    assert scene.map.inset


def test_what_is_not_mapped_is_listed_with_the_reason_and_lights_nothing():
    (table,) = view(DECLARATION).scene("not-mapped").tables
    unmapped = [
        anchor for anchor in briefing_context().shipped.library.declaration.anchors if anchor.relation == "none"
    ]
    assert [row[3][0].text for row in table.rows] == [anchor.reason for anchor in unmapped]
    lit = {one for scene in view(DECLARATION).scenes if scene.quote and scene.map for one in scene.map.lit}
    assert lit
    for story in SHIPPED:
        for scene in stories()[story].scenes:
            assert scene.phrase not in {anchor.id for anchor in unmapped}


def test_every_area_under_delimitation_has_the_same_words():
    (table,) = view(OPTIONS).scene("areas-under-delimitation").tables
    assert len(table.rows) == len(briefing_context().shipped.features["exclave"])
    assert {row[2][0].text for row in table.rows} == {"For the delimitation commissions"}


def test_options_stand_by_mode_and_then_by_the_alphabet():
    options = [scene.candidates[0] for scene in stories()[OPTIONS].scenes if scene.kind == "options"]
    candidates = [briefing_context().shipped.candidates[one] for one in options]
    assert candidates == sorted(candidates, key=lambda one: (MODES.index(one.mode), one.name.casefold()))
    assert options == [one for one in briefing_context().shipped.candidates if one in options]


def test_every_candidate_is_in_the_story_and_every_connection_through_armenia_has_its_scene():
    scenes = stories()[OPTIONS].scenes
    options = [scene.candidates[0] for scene in scenes if scene.kind == "options"]
    others = [one for scene in scenes if scene.table == "connects" for one in scene.candidates]
    assert sorted([*options, *others]) == sorted(briefing_context().shipped.candidates)
    ends = {"Baku", "Meghri"}
    for candidate in briefing_context().shipped.candidates.values():
        through = any(leg.country == "armenia" for leg in briefing_context().evidence.legs(candidate.id))
        transport = candidate.mode in {"rail", "road"} and candidate.origin in ends
        assert (candidate.id in options) == (through and transport), candidate.id


def test_every_option_has_two_columns_who_said_what_and_what_is_not_known():
    for scene in view(OPTIONS).scenes:
        if scene.kind == "options":
            assert [column.heading for column in scene.columns] == ["For Armenia", "For Azerbaijan"]
            assert all(column.statements for column in scene.columns)
            headings = [column.heading for column in scene.lists]
            assert headings[:2] == ["Proposed by", "Answered by"]
            assert "Not known" in headings
            facts = [fact_set.heading.partition(":")[0] for fact_set in scene.facts]
            # Published first, drawn second; a road of which no length is published has none to stand first.
            published = ["Published lengths"] if "Published lengths" in facts else []
            assert facts[: len(published) + 1] == [*published, "What exists"]
            assert scene.map is not None
            assert scene.as_of


def test_the_last_scene_says_what_is_not_known():
    last = view(OPTIONS).scenes[-1]
    assert last.title == "What we do not know"
    assert last.tables[0].title == standard_gap()
    asked = {gap for scene in stories()[OPTIONS].scenes[-1:] for one in scene.candidates for gap in gaps(one)}
    assert {row[0][0].text for row in last.tables[0].rows} == asked


def gaps(candidate: str) -> tuple[str, ...]:
    return briefing_context().shipped.candidates[candidate].not_known


def test_armenia_stands_before_azerbaijan_in_every_sentence_with_both_lengths():
    for scene in view(OPTIONS).scenes:
        text = plain_line(scene.message).casefold()
        if "In Armenia" in [figure.what for figure in scene.figures]:
            assert 0 <= text.index("in armenia") < text.index("in azerbaijan")


def test_two_views_of_one_story_are_the_same():
    for story in SHIPPED:
        again = briefing.__wrapped__(story).view
        assert story_json(again) == story_json(view(story))


if __name__ == "__main__":
    for name in SHIPPED:
        text = json.dumps(golden(name), ensure_ascii=False, indent=1)
        (GOLDEN / f"story-{name}.json").write_text(f"{text}\n", encoding="utf-8")

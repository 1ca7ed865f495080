"""What each page shows becomes a scene that resolves: one rule for each page of the menu."""

import pytest

from corridor.reading.route import Route
from corridor.storyboard import editing
from corridor.storyboard.capturing import CAPTURES, Shown, scene_of, slug
from corridor.storyboard.embedding import embedded
from corridor.storyboard.resolving import resolve
from corridor.storyboard.story import Scene, Story
from corridor.ui.context import briefing_context
from corridor.ui.frame.menu_entries import ENTRIES
from tests.support.own_routes import route

#: The page stories are made on adds no view of itself, and the one on files has none.
WITHOUT_VIEW = {"briefing", "present", "files"}
MINE: Route = route(name="Mine")
STORY, OWN, _ = embedded(Story("s", "Story"), MINE, origin="A file.")
WORDS = briefing_context().words(STORY)
VIEW = (45.0, 38.5, 47.0, 39.5)

SHOWN = [
    (Shown(""), Scene("the-region", "map", "The region")),
    (
        Shown("", view=VIEW, layers=("territory", "route-rail")),
        Scene("the-region", "map", "The region", view=VIEW, layers=("territory", "route-rail")),
    ),
    (
        Shown("", clause="joint-declaration/3"),
        Scene("paragraph-3", "clause", "Paragraph 3", clause="joint-declaration/3"),
    ),
    (
        Shown("", phrase="joint-declaration/4#tripp"),
        Scene("paragraph-4", "clause", "Paragraph 4", clause="joint-declaration/4", phrase="joint-declaration/4#tripp"),
    ),
    (Shown("", feature="place/meghri"), Scene("meghri", "map", "Meghri", features=("place/meghri",))),
    (
        Shown("", feature="candidate/road-araks"),
        Scene("road-along-the-river", "options", "Road along the river", candidates=("road-araks",)),
    ),
    (
        Shown("", feature="event/war-2026-02-28"),
        Scene("", "table", "", table="timeline", features=("event/war-2026-02-28",)),
    ),
    (Shown("questions", question=13), Scene("", "text", "", question="gauge")),
    (Shown("questions"), Scene("briefing-questions", "text", "Briefing questions")),
    (
        Shown("routes", candidates=("road-araks", "road-goris-shahbuz")),
        Scene("road-along-the-river", "options", "Road along the river", candidates=("road-araks",)),
    ),
    (
        Shown("routes", candidates=("rail-araks", "rail-ijevan-yerevan"), section="chart"),
        Scene("", "chart", "Kilometres by country and status", candidates=("rail-araks", "rail-ijevan-yerevan")),
    ),
    (
        Shown("routes", candidates=("rail-araks",), section="crossings"),
        Scene("", "table", "Borders on the way", table="crossings", candidates=("rail-araks",)),
    ),
    *(
        (Shown("documents", section=section), Scene("", "table", "", table=section))
        for section in ("register", "disagreements", "texts", "timeline", "people", "acronyms")
    ),
    (Shown("documents"), Scene("", "table", "", table="register")),
    (Shown("documents", section="programmes"), Scene("programmes", "table", "Programmes", table="register")),
    (Shown("documents", feature="instrument/un-charter"), Scene("", "table", "", table="register")),
    (Shown("sources"), Scene("", "table", "", table="layers")),
    (Shown("sources", section="boundary"), Scene("", "table", "", table="boundary")),
    (Shown("sources", section="lengths"), Scene("", "text", "How lengths are measured")),
    (Shown("sources", section="sources"), Scene("sources", "closing", "Sources")),
    (Shown("sources", section="licences"), Scene("licences", "closing", "Licences")),
    (
        Shown("updates", statements=("Built, 1 June 2026. Source: letter.",)),
        Scene("", "text", "Added by this office", points=("Built, 1 June 2026. Source: letter.",)),
    ),
    (Shown("check-route", routes=(OWN,), view=VIEW), Scene("mine", "options", "Mine", routes=(OWN,), view=VIEW)),
    (Shown("check-route", routes=(OWN,), section="readings"), Scene("", "table", "", table="readings", routes=(OWN,))),
    (
        Shown("compare-routes", routes=(OWN,), candidates=("rail-araks",)),
        Scene("side-by-side", "comparison", "Side by side", candidates=("rail-araks",), routes=(OWN,)),
    ),
]


@pytest.mark.parametrize(("shown", "expected"), SHOWN, ids=lambda value: getattr(value, "page", None))
def test_what_a_page_shows_becomes_a_scene_that_shows_it_again(shown, expected):
    scene = scene_of(shown, WORDS)
    assert scene.kind == expected.kind
    for key in ("candidates", "routes", "clause", "phrase", "table", "view", "layers", "question"):
        assert getattr(scene, key) == getattr(expected, key), key
    if expected.title:
        assert scene.title == expected.title
    if expected.id:
        assert scene.id == expected.id
    if expected.features:
        assert scene.features == expected.features
    story = editing.add(STORY, scene)
    (found,) = resolve(story, briefing_context().known)
    assert found.problems == ()


def test_every_page_of_the_menu_has_a_rule_and_says_what_it_takes():
    assert {entry.path for entry in ENTRIES} - WITHOUT_VIEW <= {capture.page for capture in CAPTURES}
    assert all(capture.sentence.endswith(".") for capture in CAPTURES)
    with pytest.raises(KeyError):
        scene_of(Shown("nowhere"), WORDS)


def test_programmes_are_those_of_the_register():
    named = scene_of(Shown("documents", section="programmes"), WORDS).features
    assert named
    assert {briefing_context().shipped.library.instruments[one].kind for one in named} == {"programme"}


@pytest.mark.parametrize(
    ("title", "name"), [("Paragraph 3", "paragraph-3"), ("Երևան", ""), ("a" * 60, "a" * 50), ("--", "")]
)
def test_an_id_is_made_of_the_title(title, name):
    assert slug(title) == name


def test_the_same_view_twice_is_two_scenes():
    scene = scene_of(Shown(""), WORDS)
    story = editing.add(editing.add(STORY, scene), scene)
    assert [one.id for one in story.scenes] == ["the-region", "the-region-2"]

"""The ground along the route of an option: its figures among the facts, its drawing in pages, slides and files."""

from functools import cache

import pytest

from corridor.present.briefing_files.story_json import story_json
from corridor.present.cartography.ground_band import BandLook
from corridor.present.cartography.ground_picture import IN_SCENE
from corridor.present.slides.story_slides import story_slides
from corridor.present.story.briefing import Briefing, brief
from corridor.present.story.html import scene_html
from corridor.storyboard.story import Scene, Story
from corridor.ui.context import briefing_context
from tests.support.briefed import MADE_ON
from tests.support.slides import deck, slide_words

KINDS = (Scene("option", "options", candidates=("rail-araks",)), Scene("plain", "text", message="Nothing is drawn."))


@cache
def briefed() -> Briefing:
    return brief(Story("one", "One", scenes=KINDS), briefing_context(), MADE_ON)


def test_an_option_has_the_ground_of_its_route_among_its_facts_and_other_scenes_have_none():
    option, plain = briefed().view.scenes
    (ground,) = option.grounds
    assert ground.facts in option.facts
    assert [figure.text for figure in ground.facts.facts] == ["at or below sea level", "1,580 m"]
    assert all(figure.as_of == "1999" and figure.accuracy and figure.sources for figure in ground.facts.facts)
    # The year of the model is no date of a fact.
    assert "1999" not in option.as_of
    assert plain.grounds == ()


def test_a_page_of_scenes_draws_it_in_its_own_colours_with_the_limits_beside_it():
    html = str(scene_html(briefed().view.scenes[0]))
    assert 'class="scene-ground"' in html
    assert "no gradient and no climb can be taken from this model" in html
    start = html.index("<svg")
    picture = html[start : html.index("</svg>", start)]
    assert "var(--text)" in picture
    assert '="#' not in picture


def test_the_drawing_comes_in_any_size():
    (ground,) = briefed().view.scenes[0].grounds
    for look in (IN_SCENE, BandLook(900.0, 200.0, 1.65)):
        assert ground.draw(look).drawing.width == look.width


@pytest.mark.slow
def test_slides_have_it_as_shapes_with_its_words_and_alternative_text():
    data = story_slides(briefed())
    groups = [shape for slide in deck(data).slides for shape in slide.shapes if shape.name == "Ground along the route"]
    (group,) = groups
    assert len(group.shapes) > 3
    description = group._element.nvGrpSpPr.cNvPr.get("descr")
    assert "The ground beside the line reaches from at or below sea level to 1,580 m." in description
    assert "nogradientandnoclimbcanbetakenfromthismodel" in slide_words(data)


def test_json_says_it_without_the_drawing():
    record = story_json(briefed().view)
    (ground,) = record["scenes"][0]["grounds"]
    assert set(ground) == {"name", "says", "limits"}

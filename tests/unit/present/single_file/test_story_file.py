"""A story as one HTML file: nothing fetched, nothing run but its own, only its own land, the same bytes every time."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html
import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from corridor.present.browser import files
from corridor.present.single_file.bundling import bundle
from corridor.present.single_file.carried_land import BEND_M, CarriedLand
from corridor.present.single_file.story_file import PAGE, story_file
from corridor.present.story.briefing import brief
from corridor.present.story.records import SceneView
from corridor.storyboard.story import Scene, Story
from corridor.ui.context import briefing_context
from tests.support.briefed import MADE_ON, SHIPPED, shipped_file, view
from tests.support.stories import MARKUP, OWN, STORY, TWO

#: Attributes by which a page fetches something; a link a reader follows is none of them.
FETCHING = "//@src | //@srcset | //@data | //@poster | //@background | //link/@href | //*[local-name()='use']/@href"


def file_of(story: Story) -> bytes:
    return story_file(brief(story, briefing_context(), MADE_ON))


def shipped_page(story: str) -> bytes:
    return shipped_file(story, "html")


def parsed(data: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(data.decode())


def policy(data: bytes) -> dict[str, list[str]]:
    (told,) = parsed(data).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return {name: values for name, *values in (part.split() for part in told.split(";"))}


def told(data: bytes) -> dict:
    (text,) = parsed(data).xpath("//script[@id='corridor-story']/text()")
    return json.loads(text)


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def carried(story: str) -> CarriedLand:
    return CarriedLand(briefing_context(), tuple(scene.map for scene in view(story).shown if scene.map))


def test_the_same_story_gives_the_same_bytes():
    assert file_of(STORY) == file_of(STORY)


@pytest.mark.parametrize("story", SHIPPED)
def test_nothing_is_fetched_and_only_what_is_written_in_the_file_runs_or_styles_it(story):
    data = shipped_page(story)
    page = parsed(data)
    assert page.xpath(FETCHING) == []
    assert set(re.findall(rb"url\(([^)]{0,14})", data)) <= {b"data:font/woff", b'"#corridor-hat', b"#default#VML"}
    assert b"@import" not in data
    allowed = policy(data)
    assert allowed["default-src"] == ["'none'"]
    scripts = page.xpath("//script[not(@type)]/text()")
    assert allowed["script-src"] == [hashed(script) for script in scripts]
    assert len(scripts) == 3
    assert allowed["style-src-elem"] == [hashed(style) for style in page.xpath("//style/text()")]
    assert set(allowed["style-src-attr"]) - {"'unsafe-hashes'"} == {
        hashed(style) for style in page.xpath("//@style")
    } or {"'none'"}
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []


@pytest.mark.parametrize("story", SHIPPED)
def test_every_scene_stands_in_the_page_under_an_address_of_its_own(story):
    page = parsed(shipped_page(story))
    assert page.xpath("//main/section[contains(@class, 'page-scene')]/@id") == [
        f"scene-{s.id}" for s in view(story).shown
    ]
    assert page.xpath("//nav//a/@href") == [f"#scene-{scene.id}" for scene in view(story).shown]
    assert [scene["title"] for scene in told(shipped_page(story))["story"]["scenes"]] == [
        s.title for s in view(story).shown
    ]


@pytest.mark.parametrize("story", SHIPPED)
def test_a_file_carries_what_its_maps_show_and_all_land_but_nothing_else(story):
    def shows(scene: SceneView, feature: str, switch: str) -> bool:
        return switch in scene.map.layers or feature in (*scene.map.shown, *scene.map.lit)

    mapped = [scene for scene in view(story).shown if scene.map]
    switches = {
        one: s["id"] for s in told(shipped_page(story))["land"]["layers"][0]["switches"] for one in s["features"]
    }
    assert set(switches) == set(carried(story).ids) == set(told(shipped_page(story))["names"])
    for feature, switch in switches.items():
        assert feature.startswith("territory/") or any(shows(scene, feature, switch) for scene in mapped)
    assert not any(one.startswith(("district/", "province/")) for one in switches)
    script = carried(story).script.script
    assert {one for one in briefing_context().land.features if f'"id": "{one}"' in script} == set(switches)


def geometry(story: str, feature: str):
    layer = carried(story).features[feature.partition("/")[0]]
    return next(shape(one["geometry"]) for one in layer if one["id"] == feature)


@pytest.mark.parametrize("story", SHIPPED)
def test_thinned_land_keeps_its_shared_edges_and_no_line_leaves_its_country(story):
    armenia, mainland = geometry(story, "territory/armenia"), geometry(story, "territory/az-mainland")
    assert shapely.area(shapely.intersection(armenia, mainland)) < 1e-9
    corners = {tuple(corner) for corner in shapely.get_coordinates(armenia)}
    shared = [corner for corner in shapely.get_coordinates(mainland) if tuple(corner) in corners]
    whole = briefing_context().land.shapes["territory/armenia"]
    assert 500 < len(shared) < len(shapely.get_coordinates(whole))
    for feature in carried(story).features.get("route", []):
        country = f"territory/{feature['properties']['country']}"
        outside = shapely.difference(shape(feature["geometry"]), geometry(story, country))
        assert outside.length < 1e-5, feature["id"]  # degrees, about a metre: what the way into the plane costs


@pytest.mark.slow
def test_thinning_moves_no_edge_farther_than_the_file_says():
    for feature in ("territory/armenia", "water/sevan"):
        whole, thinned = briefing_context().land.shapes[feature], briefing_context().land.at(64.0).shapes[feature]
        assert shapely.hausdorff_distance(shapely.boundary(thinned), shapely.boundary(whole)) < 12 * BEND_M
        assert abs(thinned.area / whole.area - 1) < 1e-3
        assert len(shapely.get_coordinates(thinned)) < len(shapely.get_coordinates(whole))


def test_what_a_reader_typed_stays_text_and_ends_no_element():
    hostile = '</script><script>hacked=1</script>\u2028"'
    scenes = (Scene("one", "text", title=hostile, message=MARKUP), Scene("two", "map", title=MARKUP, routes=(OWN,)))
    data = file_of(replace(STORY, title=hostile, author=hostile, handling=MARKUP, scenes=scenes))
    page = parsed(data)
    assert len(page.xpath("//script")) == 4
    assert page.xpath("//img | //iframe | //object | //svg[@onload]") == []
    assert told(data)["story"]["title"] == hostile
    assert [scene["title"] for scene in told(data)["story"]["scenes"]] == [hostile, MARKUP]
    assert "\u2028" not in page.xpath("//script[@id='corridor-story']/text()")[0]


def test_a_hidden_scene_and_the_speakers_notes_stay_at_home():
    scenes = (
        Scene("one", "text", title="Shown", notes="Said aloud only."),
        Scene("two", "text", title="Kept back", hidden=True),
    )
    data = file_of(replace(STORY, handling="Internal", scenes=scenes))
    assert b"Said aloud only" not in data
    assert b"Kept back" not in data
    assert parsed(data).xpath("//footer//b[@class='handling']/text()") == ["Internal"]


def test_a_story_without_a_map_carries_no_land_and_no_leaflet():
    data = file_of(replace(STORY, scenes=(Scene("one", "text", title="Words alone"),)))
    assert told(data)["land"] is None
    assert len(parsed(data).xpath("//script[not(@type)]")) == 1
    assert len(data) < 400_000


@pytest.mark.slow
def test_own_routes_come_along_under_their_names():
    data = file_of(replace(STORY, scenes=(Scene("beside", "comparison", candidates=TWO, routes=(OWN,)),)))
    (scene,) = told(data)["story"]["scenes"]
    (own,) = scene["map"]["own"]
    assert told(data)["names"][own["id"]] == own["name"]
    assert np.asarray(own["parts"][0]).shape[1] == 2


def test_a_module_stands_once_after_those_it_imports_from():
    script = bundle(files.FOLDER / PAGE)
    names = re.findall(r"^const (module_\w+) = \(\(\) => \{$", script, re.MULTILINE)
    assert len(names) == len(set(names))
    assert names[-1] == "module_page_page"
    for used in re.finditer(r"^const \{ [\w, ]+ \} = (module_\w+);$", script, re.MULTILINE):
        assert script.index(f"const {used[1]} = (() =>") < used.start()


@pytest.mark.parametrize(
    "line",
    [
        'import * as all from "./other.js";',
        "export default 1;",
        "const here = import.meta.url;",
        'import "./other.js";',
    ],
)
def test_a_form_that_is_not_understood_is_an_error_where_the_file_is_made(tmp_path: Path, line: str):
    (tmp_path / "other.js").write_text("export const a = 1;\n")
    (tmp_path / "entry.js").write_text(f"// An entry.\n{line}\n")
    with pytest.raises(ValueError, match=r"entry\.js: “.*cannot stand in a file of its own"):
        bundle(tmp_path / "entry.js")

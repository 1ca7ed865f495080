"""A reader's own route inside a story: it comes out as it went in, and what was tampered with is told."""

import json
from dataclasses import replace

import numpy as np
import pytest
import shapely

from corridor.reading.checks.systems import CHOSEN
from corridor.reading.faults import Finding, Severity
from corridor.reading.mend import mend
from corridor.reading.route import Route, read_route
from corridor.storyboard import embedding, forms
from corridor.storyboard.embedding import embedded, line_text, taken_out
from corridor.storyboard.open_findings import UNMENDED, open_findings, said_of_mends
from corridor.storyboard.opening import MOST_ROUTES, open_story
from corridor.storyboard.resolving import resolve
from corridor.storyboard.story import OwnRoute, Scene, Story
from corridor.storyboard.writing import story_bytes
from corridor.ui.context import briefing_context
from tests.support.own_routes import CORNERS, route

STORY = Story("s", "Story")


def carried(one: Route) -> Route:
    """The route after it went into a story, into a file, and out of both."""
    story, identity, says = embedded(STORY, one, origin="Drawn for a test.", file="own.geojson", file_sha256="0" * 64)
    assert says == ""
    again = open_story(story_bytes(story), "s.toml")
    assert again.problems[0].says.endswith("there is nothing to show.")
    found = taken_out(again.story.route(identity))
    assert found.says == ""
    return found.route


@pytest.mark.parametrize(
    "one",
    [
        route(name="Mine", mode="rail"),
        route(name="Mine", accuracy_m=300),
        route([CORNERS[:2], CORNERS[2:]], "MultiLineString", name="In two parts"),
        route([[*place, 400.0 + n] for n, place in enumerate(CORNERS)], name="With heights"),
        route([[46.6612345, 39.0812345], [46.1, 38.9]], name="Exact"),
    ],
    ids=lambda one: one.name,
)
def test_a_route_comes_out_as_it_went_in(one):
    found = carried(one)
    assert found.name == one.name
    assert found.stated_accuracy_m == one.stated_accuracy_m
    assert found.properties.get("mode") == one.properties.get("mode")
    assert shapely.equals(found.line, one.line)
    assert (found.heights_m is None) == (one.heights_m is None)
    if one.heights_m is not None:
        assert np.array_equal(found.heights_m, one.heights_m)


def test_the_same_route_is_carried_once_and_another_beside_it():
    story, first, _ = embedded(STORY, route(name="Mine"), origin="A file.")
    story, again, _ = embedded(story, route(name="Mine"), origin="A file.")
    story, other, _ = embedded(story, route(name="Other"), origin="A file.")
    assert (first, again, other) == ("own-1", "own-1", "own-1-2")
    assert [one.name for one in story.routes] == ["Mine", "Other"]


def test_a_name_is_kept_short_and_plain_and_an_unknown_mode_is_none():
    story, identity, _ = embedded(STORY, route(name="N" * 300, mode="ferry"), origin="O" * 700)
    own = story.route(identity)
    assert own.name == "N" * 199 + "…"
    assert len(own.origin) == forms.LONGEST_MESSAGE
    assert own.mode == ""


def test_a_story_takes_no_more_routes_than_it_can_carry():
    story = STORY
    for number in range(MOST_ROUTES):
        story, _, says = embedded(story, route(name=f"Route {number}"), origin="")
        assert says == ""
    full, identity, says = embedded(story, route(name="One more"), origin="")
    assert (full, identity) == (story, "")
    assert says == "The story carries 12 own routes already, which is the most it can."


def test_a_line_too_long_is_told_and_not_cut(monkeypatch):
    monkeypatch.setattr(embedding, "LONGEST_LINE_TEXT", 100)
    story, identity, says = embedded(STORY, route(), origin="")
    assert (story, identity) == (STORY, "")
    assert says.endswith("more than the 100 a story carries; thin it first.")


@pytest.mark.parametrize(
    ("change", "drawn", "says"),
    [
        ({"geojson": ""}, False, "carries no line; the data of the route was deleted"),
        ({"geojson": "{"}, False, "carries text of which no line could be taken"),
        ({"geojson": '{"type":"Point","coordinates":[46,39]}'}, False, "carries text of which no line could be taken"),
        ({"sha256": "0" * 64}, True, "was changed after it was put into the story"),
        ({"sha256": ""}, True, ""),
    ],
)
def test_what_was_deleted_or_changed_is_told(change, drawn, says):
    text = line_text(route())
    own = embedded(STORY, route(), origin="")[0].routes[0]
    assert own.geojson == text
    found = taken_out(replace(own, **change))
    assert (found.route is not None) == drawn
    assert found.says.startswith(says)
    assert bool(found.says) == bool(says)


def test_a_collection_somebody_put_there_by_hand_shows_its_first_line():
    collection = {
        "type": "FeatureCollection",
        "features": [json.loads(line_text(route())), json.loads(line_text(route([CORNERS[0], [46.9, 39.4]])))],
    }
    found = taken_out(OwnRoute("own-1", name="Two", geojson=json.dumps(collection)))
    assert len(found.route.line.coords) == len(CORNERS)
    assert found.says == "holds 2 lines, of which the first is shown"


ASTRAY = [*CORNERS[:2], [46.35, 38.7], *CORNERS[2:]]


def test_what_is_open_in_its_file_goes_with_the_route():
    says = "Its file has 1 warning that is not mended: Two points lie far apart."
    story, identity, _ = embedded(STORY, route(name="Mine"), origin="A file.", file="a.gpx", open_findings=says)
    again = open_story(story_bytes(story), "s.toml").story
    assert again.route(identity).open_findings == says
    (scene,) = resolve(replace(again, scenes=(Scene("a", "options", routes=(identity,)),)), briefing_context().known)
    assert scene.routes[0][0].open_findings == says


def test_a_story_that_keeps_nothing_of_its_file_tells_what_its_line_shows():
    story, identity, _ = embedded(STORY, route(ASTRAY, name="Mine"), origin="A file.")
    (scene,) = resolve(replace(story, scenes=(Scene("a", "options", routes=(identity,)),)), briefing_context().known)
    assert scene.routes[0][0].open_findings.startswith("Its file has 1 warning that is not mended. ")
    assert "4 pieces are straight for more than 5 km" in scene.routes[0][0].open_findings
    short = route([[46.5 + n / 100, 39.0 + n % 2 / 100] for n in range(20)])
    assert taken_out(embedded(STORY, short, origin="")[0].routes[0]).open_findings == ""


@pytest.mark.parametrize(
    ("name", "file", "title"),
    [
        ("Meghri road", "a.gpx", "Meghri road"),
        ("A", "a.gpx", "A (a.gpx)"),
        ("42", "a.gpx", "42 (a.gpx)"),
        ("№ 7", "a.gpx", "№ 7 (a.gpx)"),
        ("", "a.gpx", "Route 1 (a.gpx)"),
        ("Track 3", "a.gpx", "Track 3 (a.gpx)"),
        ("Track to Meghri", "a.gpx", "Track to Meghri"),
        ("A", "", "A"),
        ("Ճ2", "a.gpx", "Ճ2 (a.gpx)"),
        ("Yol", "a.gpx", "Yol"),
    ],
)
def test_a_name_that_tells_nothing_has_its_file_behind_it(name, file, title):
    story, identity, _ = embedded(STORY, route(name=name), origin="A file.", file=file)
    assert story.route(identity).title == title
    if name:
        assert taken_out(story.route(identity)).route.name == title


def test_errors_stand_before_warnings_and_notes_are_left_with_the_file():
    kinds = (Severity.NOTE, Severity.WARNING, Severity.ERROR, Severity.WARNING, Severity.WARNING)
    every = [Finding(f"c{n}", kind, f"Sentence {n}.", "") for n, kind in enumerate(kinds)]
    assert open_findings(every[:1]) == ""
    assert open_findings(every[:2]) == "Its file has 1 warning that is not mended. Sentence 1."
    assert open_findings(every).endswith(" Sentence 3. 1 more stands with the file.")
    assert open_findings(every[:4]) == (
        "Its file has 1 error and 2 warnings that are not mended. Sentence 2. Sentence 1. Sentence 3."
    )


def test_a_mended_file_says_what_was_moved_and_how_far_and_an_unmended_one_nothing():
    west = json.dumps({"type": "LineString", "coordinates": [[-46.2, 38.9], [-46.3, 38.9], [-46.4, 38.95]]}).encode()
    reading = read_route(west, "west.geojson")
    assert said_of_mends(mend(reading, {})) == UNMENDED
    mended = mend(reading, [f.code for f in reading.findings if f.mendable])
    said = said_of_mends(mended)
    assert "change the sign that keeps a line out of the region (3 points moved by up to " in said.says
    assert said.sha256 == mended.sha256 != reading.sha256
    assert said.with_hash.endswith(f" SHA-256 of the mended copy: {mended.sha256}.")


def test_a_system_that_was_chosen_is_an_answer_and_not_a_fault_left_in_the_file():
    chosen = Finding(CHOSEN, Severity.WARNING, "You chose EPSG:28408; 1 other system fits.", "")
    assert open_findings([chosen]) == "Chosen here: EPSG:28408; 1 other system fits."
    other = Finding("c", Severity.WARNING, "A gap.", "")
    assert open_findings([chosen, other]).endswith(" Its file has 1 warning that is not mended. A gap.")

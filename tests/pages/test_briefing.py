"""The page of briefings: a story is copied, changed, opened and kept, and no file, however bad, takes anything away."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from corridor.present import context
from corridor.present.briefing_files.formats import FORMATS
from corridor.present.briefing_files.work import written_story
from corridor.store.bounds import Failed
from corridor.store.tokens import new_token
from corridor.storyboard.opening import open_story
from corridor.storyboard.story import OwnRoute, Scene, Story
from corridor.storyboard.writing import story_bytes
from corridor.ui.briefing import own_stories
from corridor.ui.briefing.downloads import PAPERS
from corridor.ui.visit import visit
from corridor.ui.visit.process import job_queue
from tests.support.opened import notices, open_page, send, settled, shown

DECLARATION = "declaration-on-the-map"
TWO = "candidate/rail-araks,candidate/road-araks"
NEWER = b"""schema = 9
id = "later"
title = "From later <script>alert(1)</script>"
colour = "blue"
[[scene]]
id = "one"
kind = "map"
title = "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d <b>bold</b>"
features = ["place/atlantis"]
[[scene]]
id = "two"
kind = "options"
routes = ["gone"]
"""


@pytest.fixture(autouse=True)
def token(cookies) -> str:
    """Every test has a visitor of its own, whose browser sends the cookie."""
    cookies[visit.COOKIE] = new_token()
    return cookies[visit.COOKIE]


def briefing(**address: str) -> AppTest:
    return open_page("briefing.py", address)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def scenes(app: AppTest) -> list[str]:
    # A label says by backslashes and joiners that it is no Markdown.
    return [re.sub(r"\\(.)", r"\1", name).replace("\N{WORD JOINER}", "") for name in app.radio[0].options]


def preview(app: AppTest) -> dict:
    (found,) = (
        element.proto.json
        for element in app.main
        if element.type == "bidi_component" and element.proto.component_name == "corridor_preview"
    )
    return json.loads(found)["story"]["scenes"][0]


def copied() -> AppTest:
    return press(briefing(story=DECLARATION), "Make a copy to change")


def test_a_shipped_story_is_copied_before_it_is_changed():
    app = briefing(story=DECLARATION)
    assert "Delete" not in [button.label for button in app.button]
    before = scenes(app)
    app = press(copied(), "Delete")
    assert scenes(app) == [name.replace(f"{n + 1}.", f"{n}.", 1) for n, name in enumerate(before)][1:]
    assert scenes(briefing(story=DECLARATION)) == before


def test_every_step_can_be_taken_back_and_done_again():
    app = copied()
    before = scenes(app)
    for step in ("Later", "Duplicate", "Hide", "Delete", "Add a scene"):
        changed = scenes(press(app, step))
        assert changed != before
        assert scenes(press(app, "Undo")) == before
        assert scenes(press(app, "Redo")) == changed
        press(app, "Undo")
    assert scenes(app) == before


def test_a_scene_is_changed_in_a_form_and_stays_after_a_reload():
    app = copied()
    key = app.query_params["story"]
    next(field for field in app.text_input if field.label == "Title").set_value("Where we <i>stand</i>")
    next(field for field in app.text_area if field.label.startswith("Message")).set_value("One sentence.")
    press(app, "Change the scene")
    again = briefing(story=key)
    assert scenes(again)[0] == "1. Where we <i>stand</i>"
    assert "Where we &lt;i&gt;stand" in preview(again)["html"]
    assert "One sentence." in preview(again)["html"]


def test_what_a_later_version_wrote_is_shown_as_far_as_it_is_understood_and_nothing_is_lost():
    app = briefing()
    app.file_uploader[0].set_value([("later.toml", NEWER, "application/toml")]).run()
    assert not app.exception
    told = " ".join(notices(app))
    for words in ("version 9", "colour", "place/atlantis"):
        assert words in told
    assert "<script>" not in preview(app)["html"]
    assert "not complete" in preview(app)["html"]
    saved = next(one for one in app.get("download_button") if one.label == "Save as a file")
    assert saved


def in_a_story(geojson: str) -> bytes:
    route = OwnRoute("own-1", "Survey", "rail", "drawn for a test", geojson=geojson)
    scene = Scene("one", "table", title="A route of mine", message="It is long.", table="readings", routes=("own-1",))
    return story_bytes(Story("mine", "Mine", scenes=(scene,), routes=(route,)))


SURVEY = [[46.0 + number / 10_000, 38.95 + number % 7 / 10_000] for number in range(7_000)]


@pytest.mark.parametrize(
    "geojson",
    [
        {"type": "LineString", "coordinates": SURVEY},
        {"type": "Topology", "arcs": [SURVEY[:50]], "objects": {"a": {"type": "LineString", "arcs": [0, -1] * 40}}},
    ],
    ids=["long", "of another form"],
)
def test_a_route_of_a_briefing_that_takes_long_is_measured_by_a_worker(monkeypatch, geojson):
    monkeypatch.setattr(context, "taken_out", lambda own: pytest.fail(f"{own.id} was taken out beside the pages"))
    app = briefing()
    app.file_uploader[0].set_value([("mine.toml", in_a_story(json.dumps(geojson)), "application/toml")]).run()
    settled(app)
    assert "Survey" in preview(app)["html"]
    presented = open_page("present.py", {"story": app.query_params["story"]})
    assert any(element.type == "bidi_component" for element in presented.main)


def test_a_route_of_a_briefing_that_takes_too_long_is_told_and_the_briefing_can_be_left(monkeypatch):
    monkeypatch.setattr(own_stories, "measured_own_route", fails)
    app = briefing()
    long = json.dumps({"type": "LineString", "coordinates": SURVEY})
    app.file_uploader[0].set_value([("mine.toml", in_a_story(long), "application/toml")]).run()
    settled(app)
    assert any("“Survey” of this briefing was not measured" in sentence for sentence in notices(app))
    press(app, "Delete this briefing")
    assert scenes(app)


def fails(*_: object) -> Failed:
    return Failed("It took longer than the 120 seconds it may take, and was stopped.")


@pytest.mark.parametrize("data", [b"\xff\xfe", b"not = [toml", b"", b"[[scene]]\n" * 300], ids=str)
def test_a_file_that_is_no_story_is_told_and_takes_nothing_away(data):
    app = copied()
    before = scenes(app)
    app.file_uploader[0].set_value([("bad.toml", data, "application/toml")]).run()
    assert not app.exception
    assert any("bad.toml" in notice for notice in notices(app))
    assert scenes(app) == before


def test_what_the_address_asks_wrongly_is_told():
    assert "“nowhere”" in notices(briefing(story="nowhere"))[0]
    assert "“nowhere”" in notices(briefing(story=DECLARATION, scene="nowhere"))[0]
    assert "“nowhere”" in notices(open_page("present.py", {"story": "nowhere"}))[0]


def test_a_story_of_another_visitor_is_not_here(cookies):
    key = copied().query_params["story"]
    cookies[visit.COOKIE] = new_token()
    assert f"“{key}”" in notices(briefing(story=key))[0]


@pytest.mark.parametrize(
    ("address", "kind", "words"),
    [
        ({"add": "reader", "clause": "joint-declaration/3", "view": "39.5,46,8"}, "clause", "Paragraph 3"),
        ({"add": "routes", "candidate": "rail-araks"}, "options", "Railway along the Araks"),
        ({"add": "questions", "question": "3"}, "text", "?"),
        ({"add": "documents", "section": "timeline"}, "table", "What happened when"),
        (
            {"add": "compare-routes", "routes": "candidate/rail-araks,candidate/road-araks"},
            "comparison",
            "Side by side",
        ),
    ],
)
def test_the_view_of_a_page_becomes_a_scene_before_the_end(address, kind, words):
    app = briefing(**address)
    assert "Added to" in notices(app)[0]
    assert len(scenes(app)) == 3
    assert words in scenes(app)[1]
    assert preview(app)["kind"] == kind


def test_an_own_route_comes_along_into_the_scene():
    checked = send(open_page("check_route.py"), "sound-whole-line")
    file = checked.query_params["file"]
    app = briefing(add="check-route", file=file)
    assert "Added to" in notices(app)[0]
    assert preview(app)["map"]["own"]


def test_a_page_without_a_rule_adds_nothing():
    app = briefing(add="nowhere")
    assert "Nothing was added" in " ".join(notices(app))


@pytest.mark.parametrize("kind", FORMATS, ids=lambda kind: kind.suffix)
def test_every_kind_of_file_is_written_by_a_worker(kind):
    app = briefing(story=DECLARATION)
    next(box for box in app.selectbox if box.label == "Kind of file").set_value(kind.suffix).run()
    app = settled(press(app, "Write the file"))
    assert [one.label for one in app.get("download_button") if one.label.startswith("Take ")]
    assert ("Paper" in [box.label for box in app.selectbox]) == ("paper" in kind.takes)
    assert set(PAPERS) == {"a4", "letter"}


def test_what_was_written_of_a_briefing_goes_with_it():
    def written() -> int:
        return sum(kept.call is written_story for kept in job_queue()._results._held)

    before = written()
    app = settled(press(copied(), "Write the file"))
    assert written() == before + 1
    press(app, "Delete this briefing")
    assert written() == before


def test_everything_is_looked_through_before_a_briefing():
    app = settled(press(briefing(story=DECLARATION), "Look everything through"))
    page = shown(app)
    assert page.count("as it should be") == 5
    assert "Every kind of file was written" in page
    # The files with a few hundred positions at most are said in kB.
    assert re.search(r"\.json \(\d+ kB\)", page)
    assert "(0.0 MB)" not in page


def test_a_story_is_opened_once_however_often_its_page_is_drawn_and_a_visit_has_so_many(monkeypatch):
    app = copied()
    opened = []
    monkeypatch.setattr(own_stories, "open_story", lambda *asked: opened.append(asked) or open_story(*asked))
    for _ in range(3):
        app.run()
    assert not opened
    monkeypatch.setattr(own_stories, "MOST_STORIES", 1)
    press(app, "Begin an empty one")
    assert any("at most 1 briefing" in notice for notice in notices(app))

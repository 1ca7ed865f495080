"""Editing on the page that checks a route: how it begins, what the editor is given, and how it is left."""

import json
import time
from functools import partial
from types import SimpleNamespace

import pytest

from corridor.store import work
from corridor.store.bounds import CANCELLED
from corridor.store.own_file import FileSource
from corridor.store.tokens import new_token
from corridor.ui.checking import moved_crossing
from corridor.ui.checking.editor import ADDRESS
from corridor.ui.visit import visit
from corridor.ui.visit.process import job_queue
from tests.support.opened import notices, open_page, settled, shown


@pytest.fixture(autouse=True)
def token(cookies) -> str:
    cookies[visit.COOKIE] = new_token()
    return cookies[visit.COOKIE]


def check(**address: str):
    return settled(open_page("check_route.py", address))


def editor(app) -> dict | None:
    found = [
        json.loads(element.proto.json)
        for element in app.main
        if element.type == "bidi_component" and element.proto.component_name == "corridor_editor"
    ]
    return found[0] if found else None


def press(app, label: str):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_a_route_of_the_visit_is_edited_in_place_of_its_numbers(token):
    app = press(check(sample="sound-whole-line"), "Edit this route on the map")
    given = editor(app)
    (file,) = visit.visits().visit(token, time.monotonic()).files
    assert given["open"] == {"file": file.id, "route": 1}
    assert given["address"] == ADDRESS
    assert given["name"].endswith("(edited)")
    assert "as of" in given["rests_on"]
    assert "Measured" not in [header.value for header in app.header]


def test_a_new_route_is_drawn_without_any_file():
    app = press(check(), "Draw a new route")
    assert editor(app)["open"] == {}
    assert app.query_params["edit"] == "new"


def test_a_candidate_is_copied_into_the_visit_with_its_origin_first(token):
    app = settled(press(check(), "Copy it and edit the copy"))
    (file,) = visit.visits().visit(token, time.monotonic()).files
    assert file.origin.source is FileSource.CANDIDATE
    assert file.origin.candidate == file.name.removesuffix(".geojson")
    assert editor(app)["open"] == {"file": file.id, "route": 1}
    assert "copied from a candidate" in shown(app)


def test_an_unknown_edit_is_told_and_the_page_goes_on():
    app = check(edit="everything")
    assert any("asks to edit “everything”" in notice for notice in notices(app))
    assert editor(app) is None


def test_the_table_of_a_moved_crossing_is_worked_out_when_it_is_asked_for():
    app = check(sample="sound-whole-line")
    assert "moved along the border" not in shown(app)
    (unfolded,) = [one for one in app.expander if one.label.startswith("If a crossing moved")]
    assert unfolded.proto.expanded is False


def unfold(app, token: str):
    """Unfold the table of the moved crossing, as a reader does."""
    (file,) = visit.visits().visit(token, time.monotonic()).files
    app.session_state[f"moved-crossing-{file.id}-1"] = True
    app.run()
    assert not app.exception
    return app


def moved(app) -> str:
    """The table of the moved crossing; nothing while there is none."""
    return "".join(
        element.proto.body for element in app.main if element.type == "html" and "moved-crossing" in element.proto.body
    )


@pytest.fixture
def by_workers(monkeypatch):
    """Have a worker move the crossing, as of a large file, and nobody wait for it; return what workers were asked."""
    asked: list[object] = []
    queue = job_queue()
    start = queue._pool.start

    def noted(call, *args, **options):
        asked.append(call)
        return start(call, *args, **options)

    monkeypatch.setattr(queue._pool, "start", noted)
    monkeypatch.setattr(moved_crossing, "is_small", lambda _path: False)
    at_once = SimpleNamespace(ask=partial(queue.ask, patience=0.0))
    monkeypatch.setattr(moved_crossing, "job_queue", lambda: at_once)
    return asked


def test_a_worker_moves_the_crossing_of_a_large_file_and_the_page_says_so_meanwhile(token, by_workers, monkeypatch):
    with monkeypatch.context() as small:
        small.setattr(moved_crossing, "is_small", lambda _path: True)
        at_once = moved(unfold(check(sample="sound-whole-line"), token))
    assert "km" in at_once
    assert by_workers == []
    visit.visits().visit(token, time.monotonic()).forget_all()
    app = unfold(check(sample="sound-whole-line"), token)
    assert by_workers == [work.moved_crossing]
    assert "Cancel" in [button.label for button in app.button]
    assert moved(app) == ""
    assert moved(settled(app)) == at_once


def test_a_worker_that_moves_a_crossing_can_be_stopped_and_asked_once_more(token, by_workers):
    app = press(unfold(check(sample="sound-whole-line"), token), "Cancel")
    while any(button.label == "Cancel" for button in app.button):
        app.run()
    assert any(CANCELLED.says in notice for notice in notices(app))
    assert moved(app) == ""
    assert "Measured" in [header.value for header in app.header]
    app = settled(press(app, "Work it out again"))
    assert "km" in moved(app)
    assert by_workers == [work.moved_crossing] * 2

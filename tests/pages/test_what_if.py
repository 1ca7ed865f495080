"""Editing on the page that checks a route: how it begins, what the editor is given, and how it is left."""

import json

import pytest

from corridor.store.own_file import FileSource
from corridor.store.tokens import new_token
from corridor.ui.checking.editor import ADDRESS
from corridor.ui.visit import visit
from tests.support.opened import notices, open_page, shown


@pytest.fixture(autouse=True)
def token(cookies) -> str:
    cookies[visit.COOKIE] = new_token()
    return cookies[visit.COOKIE]


def check(**address: str):
    return open_page("check_route.py", address)


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
    (file,) = visit.visits().visit(token, 0.0).files
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
    app = press(check(), "Copy it and edit the copy")
    (file,) = visit.visits().visit(token, 0.0).files
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

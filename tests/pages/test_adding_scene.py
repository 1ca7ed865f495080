"""The link by which what a page shows becomes a scene: it names what is shown, whatever the address left out."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from corridor.store.tokens import new_token
from corridor.storyboard import opening
from corridor.storyboard.capturing import CAPTURES
from corridor.ui.briefing import own_stories
from corridor.ui.briefing.adding_scene import ADD, WORDS
from corridor.ui.frame.menu_entries import ENTRIES
from corridor.ui.visit import visit
from tests.support.opened import notices, open_page, send, shown

LINK = re.compile(r'class="add-scene"><a [^>]*href="([^"]+)"')


@pytest.fixture(autouse=True)
def token(cookies) -> None:
    """Every test has a visitor of its own."""
    cookies[visit.COOKIE] = new_token()


def added(app: AppTest) -> dict[str, str] | None:
    """What the link of a page hands to the briefing; None where there is no link."""
    found = LINK.findall(shown(app))
    assert len(found) < 2
    return {name: value[0] for name, value in parse_qs(urlsplit(unescape(found[0])).query).items()} if found else None


def test_what_is_shown_unasked_is_what_is_added():
    assert added(open_page("routes.py")) == {ADD: "routes", "candidate": "rail-araks"}
    send(open_page("check_route.py"), "spike")
    given = added(open_page("check_route.py"))
    assert given is not None
    assert re.fullmatch("[0-9a-f]{6}", given.pop("file"))
    assert given == {ADD: "check-route", "route": "1"}


def test_what_the_address_names_is_added_with_it():
    given = added(open_page("routes.py", {"candidate": "road-araks", "section": "chart"}))
    assert given == {ADD: "routes", "candidate": "road-araks", "section": "chart"}
    both = "candidate/rail-araks,candidate/rail-ijevan-yerevan"
    assert added(open_page("compare_routes.py", {"routes": both})) == {ADD: "compare-routes", "routes": both}


@pytest.mark.parametrize(
    ("script", "address", "when"),
    [
        ("check_route.py", {}, "once a file with a route is shown here."),
        ("check_route.py", {"edit": "new"}, "once the edited line is kept as a route."),
        ("compare_routes.py", {}, "once two routes are chosen."),
        ("compare_routes.py", {"routes": "candidate/rail-araks"}, "once two routes are chosen."),
        ("updates.py", {}, "once the file has an entry."),
    ],
)
def test_a_page_that_shows_nothing_yet_says_when_it_can_be_a_scene(script, address, when, monkeypatch, tmp_path):
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(tmp_path / "none.toml"))
    app = open_page(script, address)
    assert added(app) is None
    assert f"{WORDS}: {when}" in shown(app)


@pytest.mark.parametrize("capture", [one for one in CAPTURES if one.page], ids=lambda one: one.page)
def test_every_page_with_a_rule_speaks_of_adding_its_view(capture, monkeypatch, tmp_path):
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(tmp_path / "none.toml"))
    (entry,) = [entry for entry in ENTRIES if entry.path == capture.page]
    assert WORDS in shown(open_page(entry.script))


def test_every_rule_belongs_to_a_page_of_the_menu():
    assert {capture.page for capture in CAPTURES} <= {entry.path for entry in ENTRIES}


def test_a_route_that_is_gone_is_said_in_words_and_not_by_its_code():
    page = shown(open_page("briefing.py", {ADD: "compare-routes", "routes": "own/05411a/1,candidate/rail-araks"}))
    assert "A route of a file that was here is not at hand any more" in page
    assert "05411a" not in page


@pytest.mark.parametrize(
    ("limit", "most", "says"),
    [
        ("LARGEST_FILE", 300, "and at most 0 MB are kept. It stays as it was."),
        ("MOST_WITH_BLANKS", 30, "since it could not be opened again."),
    ],
)
def test_a_briefing_that_could_not_be_opened_again_stays_as_it_was(limit, most, says, monkeypatch):
    """Three lines of 6 MB made a file larger than is opened: the briefing was said to be kept, and was gone."""
    open_page("briefing.py", {ADD: "routes", "candidate": "rail-araks"})
    before = shown(open_page("briefing.py", {"story": "own-1"}))
    with monkeypatch.context() as patched:
        patched.setattr(opening, limit, most)
        patched.setattr(own_stories, limit, most, raising=False)
        app = open_page("briefing.py", {ADD: "routes", "candidate": "road-araks"})
    assert not app.exception
    assert [notice for notice in notices(app) if says in notice]
    assert not [notice for notice in notices(app) if notice.startswith("Added to")]
    assert shown(open_page("briefing.py", {"story": "own-1"})) == before

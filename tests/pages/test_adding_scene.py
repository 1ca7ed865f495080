"""The link by which what a page shows becomes a scene: it names what is shown, whatever the address left out."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from corridor.pages import _visit
from corridor.pages._adding_scene import ADD
from corridor.pages._menu_entries import ENTRIES
from corridor.store.visits import new_token
from corridor.storyboard.capturing import CAPTURES
from tests.pages.opened import open_page, shown
from tests.pages.test_check_route import send

LINK = re.compile(r'class="add-scene"><a [^>]*href="([^"]+)"')


@pytest.fixture(autouse=True)
def token(cookies) -> None:
    """Every test has a visitor of its own."""
    cookies[_visit.COOKIE] = new_token()


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
    ("script", "address"),
    [
        ("check_route.py", {}),
        ("compare_routes.py", {}),
        ("compare_routes.py", {"routes": "candidate/rail-araks"}),
        ("updates.py", {}),
    ],
)
def test_a_page_that_shows_nothing_yet_offers_no_scene(script, address, monkeypatch, tmp_path):
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(tmp_path / "none.toml"))
    assert added(open_page(script, address)) is None


def test_every_rule_belongs_to_a_page_of_the_menu():
    assert {capture.page for capture in CAPTURES} <= {entry.path for entry in ENTRIES}

"""An office writes an entry in the browser and sees it beside the shipped facts, never among them, never as markup."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.served import open_reader, serve, wait_until_drawn

pytestmark = pytest.mark.browser
ENTRY = """[[update]]
kind = "status"
what = "{}"
date = 2026-11-20
source = "Own record"
feature = "route/tripp-rail"
"""
MARKUP = "surveyed <img src=x onerror=document.title='hit'> **bold**"


@pytest.fixture(scope="module")
def office_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office") / "office-updates.toml"


@pytest.fixture(scope="module")
def own_address(office_path: Path) -> Iterator[str]:
    with serve({"CORRIDOR_OFFICE_UPDATES": str(office_path)}) as served:
        yield served


@pytest.fixture
def office_file(office_path: Path) -> Path:
    """The file of the served office, with nothing in it of what another test wrote."""
    office_path.unlink(missing_ok=True)
    return office_path


def opened(context: BrowserContext, address: str, path: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}{path}")
    wait_until_drawn(page)
    return page


def test_an_entry_is_added_shown_as_text_removed_and_put_back(
    context: BrowserContext, own_address: str, office_file: Path
) -> None:
    page = opened(context, own_address, "/updates?feature=route/tripp-rail")
    page.get_by_label("Status in words").fill(MARKUP)
    page.get_by_label("Source", exact=True).fill("Own record")
    page.get_by_role("button", name="Add entry").click()
    expect(page.get_by_text("Choose the date it holds from; it is not filled in for you.")).to_be_visible()
    # The calendar's field is typed into one part of the day after the other.
    page.get_by_role("spinbutton").first.click()
    page.keyboard.type("20261120")
    page.get_by_role("button", name="Add entry").click()
    expect(page.get_by_text("and written to office-updates.toml.")).to_be_visible()
    expect(page.get_by_role("heading", name=f"1. {MARKUP}")).to_be_visible()
    written = office_file.read_text(encoding="utf-8")

    page.get_by_role("button", name="Remove entry 1").click()
    expect(page.get_by_text("Removed: surveyed")).to_be_visible()
    assert "[[update]]" not in office_file.read_text(encoding="utf-8")
    page.get_by_role("button", name="Undo the removal").click()
    expect(page.get_by_role("heading", name=f"1. {MARKUP}")).to_be_visible()
    assert office_file.read_text(encoding="utf-8") == written
    assert page.title() != "hit"


def test_the_reader_shows_it_apart_and_as_text(context: BrowserContext, own_address: str, office_file: Path) -> None:
    office_file.write_text(ENTRY.format(MARKUP), encoding="utf-8")
    page = open_reader(context, own_address, "?feature=route/tripp-rail")
    expect(page.locator(".card .office-part").get_by_text(MARKUP)).to_be_visible()
    page.get_by_role("button", name="Added by this office").click()
    expect(page.locator(".office-card").get_by_text(MARKUP)).to_be_visible()
    assert page.title() != "hit"


def test_a_broken_file_is_told_on_the_reader_and_the_map_stays_whole(
    context: BrowserContext, own_address: str, office_file: Path
) -> None:
    office_file.write_text('[[update]]\nkind = "event"\nwhat = "x"\n', encoding="utf-8")
    page = open_reader(context, own_address)
    expect(page.get_by_text("office-updates.toml, line 1, key 'date' is missing")).to_be_visible()
    expect(page.locator('[data-feature="territory/armenia"]').first).to_be_visible()

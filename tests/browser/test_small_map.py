"""The map on another page shows the features it is asked for and no other route, in the flow of the page."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser

DRAWN_ROUTES = """() => [...document.querySelectorAll('[data-testid="small-map"] path[data-feature^="route/"]')]
    .map(path => path.dataset.feature).sort()"""


def open_routes(context: BrowserContext, address: str, candidate: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/routes?candidate={candidate}")
    page.locator('[data-testid="small-map"][data-ready="true"]').wait_for(timeout=120_000)
    return page


def test_only_the_chosen_candidate_is_drawn(context: BrowserContext, address: str) -> None:
    page = open_routes(context, address, "rail-mincivan-kapan")
    assert page.evaluate(DRAWN_ROUTES) == ["route/rail-border-kapan", "route/rail-mincivan-border"]


def test_another_choice_draws_another_candidate_on_the_same_map(context: BrowserContext, address: str) -> None:
    page = open_routes(context, address, "rail-araks")
    page.evaluate("document.querySelector('[data-testid=\"small-map\"]').dataset.seen = 'yes'")
    assert "route/tripp-rail" in page.evaluate(DRAWN_ROUTES)
    page.get_by_text("Railway by Ijevan and Yerevan", exact=True).first.click()
    page.locator('[data-testid="small-map"] path[data-feature="route/rail-ijevan-hrazdan"]').wait_for(state="attached")
    assert "route/tripp-rail" not in page.evaluate(DRAWN_ROUTES)
    expect(page.locator('[data-testid="small-map"]')).to_have_attribute("data-seen", "yes")


def test_it_stands_in_the_page_and_says_what_it_shows(context: BrowserContext, address: str) -> None:
    page = open_routes(context, address, "rail-araks")
    small = page.locator('[data-testid="small-map"]')
    assert "TRIPP, railway section" in (small.get_attribute("aria-label") or "")
    box = small.bounding_box()
    assert box is not None
    assert 250 < box["height"] < 600

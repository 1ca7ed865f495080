"""The map on another page shows the features it is asked for and no other route, in the flow of the page."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.served import DESKTOP, PHONE, open_reader

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


#: The capitals, and what else is of their rank, on which letters of a land's name lie; how many lands are named.
UNDER_NAMES = """() => {
  const names = [...document.querySelectorAll(".map .label:is(.label--state, .label--autonomous)")];
  const lines = names.flatMap((name) => [...name.querySelectorAll("tspan")].map((line) => {
    const box = name.getBoundingClientRect(), size = parseFloat(name.getAttribute("font-size"));
    const middle = (Number(line.getAttribute("y")) - size * 0.36) * name.getScreenCTM().d + name.getScreenCTM().f;
    return { left: box.left, right: box.right, top: middle - size * 0.4, bottom: middle + size * 0.4 };
  }));
  const dots = [...document.querySelectorAll(".map path.place.rank-1")].filter((dot) => dot.getBBox().width);
  const hidden = dots.filter((dot) => {
    const box = dot.getBoundingClientRect();
    return lines.some((line) =>
      line.left < box.right && box.left < line.right && line.top < box.bottom && box.top < line.bottom);
  });
  return [names.length, dots.length, hidden.map((dot) => dot.dataset.feature)];
}"""


def test_no_name_of_a_land_lies_on_a_capital_on_a_telephone_either(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/check-route?edit=new")
    page.locator('.map[data-ready="true"]').wait_for(timeout=120_000)
    page.wait_for_timeout(500)
    lands, dots, hidden = page.evaluate(UNDER_NAMES)
    assert lands >= 5
    assert dots >= 3
    assert hidden == []
    context.close()


def test_the_city_and_the_autonomous_republic_of_one_name_are_both_named_at_the_start(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce")
    page = open_reader(context, address)
    expect(page.locator('[data-label="place/nakhchivan"]')).to_be_in_viewport()
    expect(page.locator('[data-label="territory/az-nakhchivan"]')).to_be_in_viewport()
    assert page.evaluate(UNDER_NAMES)[2] == []
    context.close()

"""Compare routes in a browser: every route that is set side by side stands whole on the map."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.support.names import apart, boxes
from tests.support.served import wait_until_drawn

pytestmark = pytest.mark.browser

DRAWN = """() => {
  const map = document.querySelector('[data-testid="route-map"]').getBoundingClientRect();
  const lines = [...document.querySelectorAll('[data-testid="route-map"] path.feature.route')]
    .map(path => path.getBoundingClientRect()).filter(box => box.width > 0);
  const beyond = lines.filter(box =>
    box.left < map.left || box.right > map.right || box.top < map.top || box.bottom > map.bottom);
  const wide = Math.max(...lines.map(box => box.right)) - Math.min(...lines.map(box => box.left));
  return [lines.length, beyond.length, wide, map.width];
}"""


def compared(context: BrowserContext, address: str, routes: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/compare-routes?routes={routes}")
    wait_until_drawn(page)
    page.get_by_role("heading", name="To take away").wait_for()
    page.locator('[data-testid="route-map"] path.feature.route').first.wait_for(state="attached")
    page.wait_for_timeout(1_200)
    return page


@pytest.mark.parametrize(
    "routes",
    [
        "candidate/rail-araks,candidate/road-araks",
        "candidate/rail-georgia-armenia,candidate/rail-araks",
        "candidate/rail-mincivan-kapan,candidate/road-kapan-kajaran",
    ],
)
def test_the_routes_fill_the_map_each_with_its_number_and_none_leads_out_of_it(
    context: BrowserContext, address: str, routes: str
) -> None:
    page = compared(context, address, routes)
    lines, beyond, wide, room = page.evaluate(DRAWN)
    assert lines >= 2
    assert beyond == 0
    assert wide > 0.4 * room
    numbers = page.locator('[data-testid="route-map"] .mark-badge')
    assert numbers.all_inner_texts() == ["1", "2"]
    one, other = boxes(numbers)
    assert apart(one["x"], one["width"], other["x"], other["width"]) or apart(
        one["y"], one["height"], other["y"], other["height"]
    )

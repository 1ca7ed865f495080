"""The view of a map ends where the land that is drawn ends: no empty paper at the start, zoomed out or dragged."""

import pytest
from playwright.sync_api import Browser, Page

from tests.support.served import DESKTOP, PHONE, open_reader, wait_until_drawn

pytestmark = pytest.mark.browser

#: Pixels of a map, on its four sides, that lie beyond the line around the drawn land; a pixel is rounding.
PAPER = """() => {
    const [map, land] = ['.map', '.map .neat-line'].map(what => document.querySelector(what).getBoundingClientRect());
    const beyond = [land.left - map.left, land.top - map.top, map.right - land.right, map.bottom - land.bottom];
    return beyond.map(Math.round).filter(px => px > 1);
}"""
SIZES = [DESKTOP, PHONE, (820, 1180)]


def test_a_reader_meets_no_empty_paper_by_zooming_out_or_dragging(browser: Browser, address: str) -> None:
    for size in SIZES:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        page = open_reader(context, address)
        assert page.evaluate(PAPER) == [], size
        box = page.locator('[data-testid="reader-map"]').bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        for _ in range(4):
            page.mouse.wheel(0, 600)
            page.wait_for_timeout(60)
        assert page.evaluate(PAPER) == [], f"{size}, zoomed out"
        for across, down in ((1, 1), (-1, -1)):
            page.mouse.move(x, y)
            page.mouse.down()
            page.mouse.move(x + across * box["width"] * 0.45, y + down * box["height"] * 0.45, steps=3)
            page.mouse.up()
            assert page.evaluate(PAPER) == [], f"{size}, dragged"
        context.close()


@pytest.mark.parametrize("page_shown", ["routes?candidate=rail-araks", "compare-routes?routes=rail-araks,road-araks"])
def test_a_map_in_a_page_is_as_high_as_its_land(browser: Browser, address: str, page_shown: str) -> None:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/{page_shown}")
    wait_until_drawn(page)
    assert paper_once_framed(page) == []
    context.close()


def test_a_scene_before_an_audience_has_no_empty_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/present?story=options-side-by-side")
    page.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    for _ in range(3):
        assert paper_once_framed(page) == []
        page.keyboard.press("PageDown")
    context.close()


def paper_once_framed(page: Page) -> list[int]:
    page.locator(".map .neat-line").first.wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(500)
    beyond: list[int] = page.evaluate(PAPER)
    return beyond

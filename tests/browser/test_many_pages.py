"""A reader with many pages: those that were left take no place, and one that made room says so.

The browser is as people have it: it keeps pages that were left asleep, which Playwright otherwise switches off.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from corridor.web.websocket_bounds import WebsocketBounds
from tests.support.served import DESKTOP, launched, wait_until_drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow]
#: Pages of a tab that Chromium keeps asleep.
ASLEEP = 6
PLAIN = ("/questions", "/documents", "/sources", "/updates")


@pytest.fixture
def room(browser: Browser) -> Iterator[BrowserContext]:
    keeping = launched(browser.browser_type, keeps_pages=True)
    yield keeping.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    keeping.close()


def go(page: Page, target: str) -> None:
    answer = page.goto(target)
    assert answer is not None
    assert answer.status == 200, answer.text()
    wait_until_drawn(page)


def test_pages_that_were_left_take_no_place_and_are_drawn_when_gone_back_to(address, room):
    tabs = [room.new_page() for _ in range(1 + WebsocketBounds().viewers_of_a_visit // ASLEEP)]
    for tab in tabs:
        for number in range(ASLEEP + 1):
            go(tab, address + PLAIN[number % len(PLAIN)])
    tabs[0].go_back()
    wait_until_drawn(tabs[0])
    go(room.new_page(), address + "/questions")


def test_a_page_beyond_the_share_is_drawn_and_the_one_unused_for_longest_says_why_it_was_closed(address, room):
    most = WebsocketBounds().viewers_of_a_visit
    tabs = []
    for number in range(most):
        tabs.append(room.new_page())
        go(tabs[-1], f"{address}{PLAIN[number % len(PLAIN)]}?clause=joint-declaration/3")
    left = room.new_page()
    go(left, address + "/questions")
    expect(tabs[0].get_by_text("This page was closed because its browser has many others open here")).to_be_visible()
    # It does not come back by itself: every other tab goes on.
    left.wait_for_timeout(3_000)
    for tab in (*tabs[1:], left):
        assert "/closed-page" not in tab.url
    again = tabs[0].get_by_role("link", name="Open it again")
    assert str(again.get_attribute("href")).startswith("/questions")
    again.click()
    wait_until_drawn(tabs[0])
    expect(tabs[1].get_by_role("heading", name="This page was closed")).to_be_visible()

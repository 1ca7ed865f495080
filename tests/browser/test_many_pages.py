"""A reader with many pages: those that were left take no place.

The browser is as people have it: it keeps pages that were left asleep, which Playwright otherwise switches off.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

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

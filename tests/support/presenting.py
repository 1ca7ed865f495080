"""Goes through a presented story by keyboard."""

from playwright.sync_api import Page


def scene(page: Page) -> str:
    return page.locator(".presentation").get_attribute("data-scene") or ""


def press_until(page: Page, key: str, wanted: str) -> None:
    """Press a key as often as it takes to come to a scene; a full scene has several parts."""
    for _ in range(8):
        if scene(page) == wanted:
            return
        page.keyboard.press(key)
        page.wait_for_timeout(60)
    assert scene(page) == wanted

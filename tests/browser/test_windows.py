"""Every window the product opens is dressed: it has the palette of its theme, and nothing shows through or overlaps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from corridor.present.browser.palette import DARK_WINDOW, LIGHT_WINDOW, variables
from corridor.present.style import DARK, LIGHT
from tests.support.colours import rgb
from tests.support.served import DESKTOP, PHONE

pytestmark = pytest.mark.browser

THEMES = {"light": variables(LIGHT, LIGHT_WINDOW), "dark": variables(DARK, DARK_WINDOW)}
ROOM = (1280, 720)
#: The first component of each is what is looked at; each is opened afresh, so that no other has dressed it.
WINDOWS = {
    "reader": ("/", ".corridor-reader"),
    "small map": ("/routes", ".corridor-map"),
    "samples": ("/check-route", ".corridor-samples"),
    "routes": ("/compare-routes?routes=candidate/rail-araks,candidate/rail-georgia-armenia", ".corridor-routes"),
    "preview": ("/briefing", ".corridor-presenter.is-preview"),
    "audience": ("/present", ".corridor-presenter"),
    "speaker": ("/present?speaker=1", ".corridor-presenter"),
}
LOOK = """(node, names) => {
  const look = getComputedStyle(node);
  return Object.fromEntries(names.map((name) => [name, look.getPropertyValue(`--${name}`).trim()]));
}"""
#: The element of the window that is painted on top, at a grid of points over the whole of it.
ON_TOP = """(root) => {
  const outside = [];
  for (let x = 4; x < innerWidth; x += 40) for (let y = 4; y < innerHeight; y += 20) {
    const top = document.elementFromPoint(x, y);
    if (!root.contains(top)) outside.push([x, y, top?.tagName ?? null]);
  }
  return outside;
}"""


def opened(browser: Browser, address: str, size: tuple[int, int], theme: str) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("window", WINDOWS)
def test_every_window_has_every_colour_of_its_theme(browser: Browser, address: str, window: str, theme: str) -> None:
    path, selector = WINDOWS[window]
    page = opened(browser, f"{address}{path}", DESKTOP, theme)
    root = page.locator(selector).first
    expect(root).to_have_attribute("data-theme", theme, timeout=120_000)
    expect(root).to_have_css("color", rgb(THEMES[theme]["text"]), timeout=120_000)
    assert root.evaluate(LOOK, list(THEMES[theme])) == THEMES[theme]
    page.context.close()


@pytest.fixture(params=[(size, theme) for size in (DESKTOP, ROOM, PHONE) for theme in THEMES], ids=str)
def speaker(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[tuple[Page, str]]:
    """The speaker's window as it is opened from the presentation, at a size and in a theme."""
    size, theme = request.param
    page = opened(browser, f"{address}/present", size, theme)
    page.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    with page.context.expect_page() as opening:
        page.get_by_role("button", name="Speaker view").click()
    window = opening.value
    window.set_viewport_size({"width": size[0], "height": size[1]})
    window.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    yield window, theme
    page.context.close()


def test_nothing_shows_through_the_speakers_window_and_nothing_overlaps_in_it(speaker: tuple[Page, str]) -> None:
    page, theme = speaker
    root = page.locator(".corridor-presenter")
    expect(root).to_have_css("background-color", rgb(THEMES[theme]["paper"]))
    assert root.evaluate(ON_TOP) == []
    page.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(".speaker-small")).to_contain_text("Reference map")
    parts = page.locator(
        ".speaker h1, .speaker-times > *, .speaker-notes, .speaker-now, .speaker-next, .speaker-tools > *"
    ).all()
    boxes = [box(part) for part in parts]
    assert len(boxes) == 12
    size = page.viewport_size
    assert size is not None
    for number, one in enumerate(boxes):
        x, y, right, bottom = one
        assert 0 <= x <= right <= size["width"], one
        assert 0 <= y <= bottom <= size["height"], one
        for other in boxes[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def box(part: Locator) -> tuple[float, float, float, float]:
    found = part.bounding_box()
    assert found, part
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]

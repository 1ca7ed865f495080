"""Whether the names on a map can be read."""

from playwright.sync_api import FloatRect, Locator, Page

#: Pixels a box has beyond letters and shape: halo and leading around a name, the corners about a round mark.
SPARE = 7


def assert_names_clear(page: Page, within: str, marks: str) -> None:
    """Assert that no name on the map `within` lies under one of its `marks`, both CSS selectors; there are some."""
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    written = boxes(page.locator(f"{within} [data-label]"))
    lying_over = boxes(page.locator(within).locator(marks))
    assert len(written) > 2
    assert len(lying_over) > 2
    for mark in lying_over:
        for name in written:
            beside = apart(name["x"], name["width"], mark["x"], mark["width"])
            assert beside or apart(name["y"], name["height"], mark["y"], mark["height"]), (name, mark)


def boxes(locator: Locator) -> list[FloatRect]:
    """Where the elements are on the screen."""
    locator.first.wait_for(timeout=120_000)
    return [box for element in locator.all() if (box := element.bounding_box())]


def apart(first: float, its_length: float, other: float, other_length: float) -> bool:
    """Whether two spans share a few pixels at most."""
    return min(first + its_length, other + other_length) - max(first, other) <= SPARE

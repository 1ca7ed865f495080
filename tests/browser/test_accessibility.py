"""axe-core finds no WCAG 2.2 A or AA violation on any page, in any of our panels, at two widths and in two themes."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from corridor.ui.frame.menu_entries import ENTRIES
from tests.support.accessibility import violations
from tests.support.served import DESKTOP, PHONE, open_reader, wait_until_drawn

pytestmark = pytest.mark.browser

#: What opens one of our own panels alone: a button that says so, a tab, one of a group of sections.
OPENERS = 'button[aria-haspopup="dialog"], button[aria-expanded="false"][aria-controls], [role="tab"]'


@pytest.fixture(params=[(size, theme) for size in (DESKTOP, PHONE) for theme in ("light", "dark")], ids=str)
def look(request: pytest.FixtureRequest, browser: Browser) -> Any:
    (width, height), theme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
    )
    yield context
    context.close()


#: Pages as they are opened, and the one for a reader's own route with a file to mend, two routes, and one to be read.
STATES = [
    *(entry.path for entry in ENTRIES),
    "check-route?sample=spike",
    "check-route?sample=sound-two-routes",
    "check-route?sample=projected-coordinates",
    "check-route?edit=new",
    "compare-routes?routes=candidate/rail-araks,candidate/road-araks",
]


@pytest.mark.parametrize("path", STATES)
def test_no_violation_on_any_page(look: Any, address: str, path: str) -> None:
    if path:
        page = look.new_page()
        page.goto(f"{address}/{path}")
    else:
        page = open_reader(look, address)
    wait_until_drawn(page)
    if path.startswith("compare-routes?"):
        page.get_by_role("heading", name="To take away").wait_for()
    page.wait_for_timeout(700)
    found = {"as opened": violations(page)}
    disclosures = page.locator('[data-testid="stMain"] details:not([open]) > summary:visible')
    while disclosures.count():
        disclosures.first.click()
    found["with every disclosure opened"] = violations(page)
    openers = page.locator(f'[data-testid="stMain"] :is({OPENERS})')
    for number in range(openers.count()):
        opener = openers.nth(number)
        if not opener.is_visible():
            continue
        name = opener.get_attribute("aria-label") or opener.inner_text()
        opener.click()
        page.wait_for_timeout(400)
        found[f"with {name!r} opened"] = violations(page)
        page.keyboard.press("Escape")
        page.wait_for_timeout(150)
    assert {state: found_there for state, found_there in found.items() if found_there} == {}


def test_a_phrase_and_a_card_open_without_violation(look: Any, address: str) -> None:
    page = open_reader(look, address, "?clause=joint-declaration/3&feature=territory/az-nakhchivan")
    page.wait_for_timeout(700)
    assert violations(page) == []

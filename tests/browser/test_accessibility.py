"""axe-core finds no WCAG 2.2 A or AA violation on any page, in any of our panels, at two widths and in two themes.

A page is loaded once for both themes: it is looked at in one, then dressed in the other as its reader's system is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from corridor.present.style import DARK, LIGHT
from corridor.ui.frame.menu_entries import ENTRIES
from tests.support.accessibility import violations
from tests.support.colours import rgb
from tests.support.served import DESKTOP, PHONE, open_reader, wait_until_drawn

pytestmark = pytest.mark.browser

Theme = Literal["light", "dark"]
GROUNDS: dict[Theme, str] = {"light": rgb(LIGHT.paper), "dark": rgb(DARK.paper)}
OTHER: dict[Theme, Theme] = {"light": "dark", "dark": "light"}
#: The theme in which each size is loaded, so that either is seen as it is loaded and as it is changed to.
LOADED_IN: dict[tuple[int, int], Theme] = {DESKTOP: "light", PHONE: "dark"}
#: What opens one of our own panels alone: a button that says so, a tab, one of a group of sections.
OPENERS = 'button[aria-haspopup="dialog"], button[aria-expanded="false"][aria-controls], [role="tab"]'


@dataclass
class Look:
    """A visitor of one size, the theme the page is in by now, and what was found by state and theme."""

    context: BrowserContext
    theme: Theme
    found: dict[str, list[str]] = field(default_factory=dict)

    def at(self, page: Page, state: str) -> None:
        """Look at the page as it stands, in its theme and then in the other."""
        for theme in (self.theme, OTHER[self.theme]):
            if theme != self.theme:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                expect(page.locator('[data-testid="stApp"]')).to_have_css("background-color", GROUNDS[theme])
                page.wait_for_timeout(100)
                self.theme = theme
            self.found[f"{state}, {theme}"] = violations(page)

    @property
    def violations(self) -> dict[str, list[str]]:
        """What was found, where anything was."""
        return {state: rules for state, rules in self.found.items() if rules}


@pytest.fixture(params=LOADED_IN, ids=str)
def look(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Look]:
    width, height = request.param
    theme = LOADED_IN[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
    )
    yield Look(context, theme)
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
def test_no_violation_on_any_page(look: Look, address: str, path: str) -> None:
    if path:
        page = look.context.new_page()
        page.goto(f"{address}/{path}")
    else:
        page = open_reader(look.context, address)
    wait_until_drawn(page)
    if path.startswith("compare-routes?"):
        page.get_by_role("heading", name="To take away").wait_for()
    page.wait_for_timeout(700)
    look.at(page, "as opened")
    disclosures = page.locator('[data-testid="stMain"] details:not([open]) > summary:visible')
    while disclosures.count():
        disclosures.first.click()
    look.at(page, "with every disclosure opened")
    openers = page.locator(f'[data-testid="stMain"] :is({OPENERS})')
    for number in range(openers.count()):
        opener = openers.nth(number)
        if not opener.is_visible():
            continue
        name = opener.get_attribute("aria-label") or opener.inner_text()
        opener.click()
        page.wait_for_timeout(400)
        look.at(page, f"with opener {number}, {name!r}")
        page.keyboard.press("Escape")
        page.wait_for_timeout(150)
    assert look.violations == {}


def test_a_phrase_and_a_card_open_without_violation(look: Look, address: str) -> None:
    page = open_reader(look.context, address, "?clause=joint-declaration/3&feature=territory/az-nakhchivan")
    page.wait_for_timeout(700)
    look.at(page, "a phrase and a card")
    assert look.violations == {}


def test_a_barrier_is_seen_in_the_theme_that_has_it(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        """<html lang="en"><title>A page</title><style>body { background: #fff; color: #444 }
        @media (prefers-color-scheme: dark) { body { background: #000 } }</style>
        <p>Words</p><img src="data:,"></html>"""
    )
    seen = {}
    for theme in GROUNDS:
        page.emulate_media(color_scheme=theme)
        seen[theme] = [violation.partition(" at ")[0] for violation in violations(page)]
    assert seen == {"light": ["image-alt"], "dark": ["color-contrast", "image-alt"]}
    page.close()

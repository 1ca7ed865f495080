"""A letter pressed alone does nothing to the page, and is still typed where there is something to type into."""

import pytest
from playwright.sync_api import BrowserContext

from tests.support.served import wait_until_drawn

pytestmark = pytest.mark.browser

RUNS = """() => {
  window.runs = 0;
  new MutationObserver(() => {
    if (document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'running') window.runs += 1;
  }).observe(document.querySelector('[data-testid="stApp"]'), { attributes: true });
}"""


def test_r_and_c_are_only_letters(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/questions")
    wait_until_drawn(page)
    page.wait_for_timeout(1500)
    page.evaluate(RUNS)
    page.locator("h1").click()
    page.keyboard.press("r")
    page.keyboard.press("c")
    page.wait_for_timeout(1200)
    assert page.evaluate("runs") == 0
    assert page.get_by_role("dialog").count() == 0
    field = page.get_by_role("textbox").first
    field.fill("")
    field.press_sequentially("corridor")
    assert field.input_value() == "corridor"

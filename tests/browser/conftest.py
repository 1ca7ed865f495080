"""What browser tests share: one server and one browser for each process of a run, and a context for each test."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.support.served import DESKTOP, launch, serve

#: ms an expectation is waited for; nothing is asserted of how long it took.
expect.set_options(timeout=20_000)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are cores: a browser test waits for a good part of its time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one served application, with an office-updates path of its own."""
    updates = tmp_path_factory.mktemp("office") / "office-updates.toml"
    with serve({"CORRIDOR_OFFICE_UPDATES": str(updates)}) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, accept_downloads=True)
    yield opened
    opened.close()

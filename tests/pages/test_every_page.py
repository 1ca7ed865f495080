"""Every page of the menu draws, carries the disclaimer and the age of the facts, and survives a wrong address."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corridor.present.words import disclaimer, facts_line
from corridor.ui.frame.menu_entries import ENTRIES

PAGES = Path(__file__).resolve().parents[2] / "corridor" / "pages"


def open_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, **asked: str) -> AppTest:
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(tmp_path / "office-updates.toml"))
    app = AppTest.from_file(str(PAGES / "_menu.py"), default_timeout=120).run()
    app.switch_page(script)
    for name, value in asked.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> str:
    """Return everything the page sent to the browser, as one text."""
    return "\n".join(str(element.proto) for element in app.main)


def test_every_script_beside_the_menu_is_in_it_and_every_entry_has_a_script():
    assert {entry.script for entry in ENTRIES} == {path.name for path in PAGES.glob("[!_]*.py")}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_a_page_draws_with_the_disclaimer_and_the_age(monkeypatch, tmp_path, entry):
    app = open_page(monkeypatch, tmp_path, entry.script)
    assert not app.exception
    assert facts_line() in shown(app)
    # The reader carries the disclaimer inside its own component, from the published payload.
    assert entry.path == "" or disclaimer()[:60] in shown(app)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.title)
def test_a_wrong_address_is_told_and_the_page_still_works(monkeypatch, tmp_path, entry):
    app = open_page(
        monkeypatch, tmp_path, entry.script, feature="place/atlantis", clause="joint-declaration/99", layers="heights"
    )
    assert not app.exception
    for value in ("place/atlantis", "joint-declaration/99", "heights"):
        assert value in shown(app), f"{entry.title} does not tell that {value} is unknown"

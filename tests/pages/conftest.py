"""The browser of a page test: AppTest has none, so its cookies are given here, none unless a test says so."""

import pytest
from streamlit.runtime.context import ContextProxy


@pytest.fixture(autouse=True)
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    sent: dict[str, str] = {}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: sent))
    return sent

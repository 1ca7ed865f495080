"""What page tests share: the cookies of the browser that AppTest has not, and a store of visits of a test's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.runtime.context import ContextProxy

from corridor.store.visits import Caps, Visits
from corridor.ui.visit import process, visit


@pytest.fixture(autouse=True)
def cookies(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    sent: dict[str, str] = {}
    monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: sent))
    return sent


@pytest.fixture
def own_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Visits]:
    """Makes the store that the pages of this test use, with the caps it asks for."""

    def make(**caps: float) -> Visits:
        made = Visits(Caps(**caps), tmp_path, process.job_queue().forgotten)
        monkeypatch.setattr(visit, "visits", lambda: made)
        return made

    return make

"""The nearest of many places is the same, asked block by block, as where each is asked of all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.reading import nearest_places as module
from corridor.reading.nearest_places import nearest_places

PLACES = st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20)), max_size=40, unique=True)


@given(PLACES, PLACES, st.booleans(), st.integers(1, 9))
def test_the_nearest_place_is_that_of_all(asked, among, exclusive, at_once):
    here, there = (np.array(some, dtype=float).reshape(-1, 2) for some in (asked, among))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "AT_ONCE", at_once)
        nearest, away = nearest_places(here, there, exclusive=exclusive)
    for place, number, distance in zip(here, nearest, away, strict=True):
        apart = np.hypot(*(there - place).T)
        allowed = apart[apart > 0] if exclusive else apart
        if not len(allowed):
            assert (number, distance) == (-1, np.inf)
        else:
            assert distance == pytest.approx(allowed.min())
            assert apart[number] == pytest.approx(distance)


def test_each_place_asks_few_blocks(monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 50)
    asked = []
    ask = module._ask
    monkeypatch.setattr(module, "_ask", lambda *given: asked.append(len(given[1])) or ask(*given))
    places = np.random.default_rng(3).uniform(0, 1, (2_000, 2))
    nearest_places(places, places, exclusive=True)
    assert sum(asked) < 4 * len(places)

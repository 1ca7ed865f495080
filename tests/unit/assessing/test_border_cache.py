"""Borders that remember give what borders give, however often and wherever they were asked before."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.assessing import border_cache as module
from corridor.assessing.editing import EASTMOST, WESTMOST
from corridor.land.geodesy import positions_to_metric
from corridor.store.work import edited_region, region

#: Around the point where Armenia, Iran and Nakhchivan meet, and all over the land.
NEAR_THE_THREE = st.tuples(st.floats(46.1, 46.2), st.floats(38.82, 38.9))
ANYWHERE = st.tuples(st.floats(43.0, 50.5), st.floats(38.2, 42.0))

#: As far as the plane of distances reaches.
IN_THE_PLANE = st.tuples(st.floats(WESTMOST, EASTMOST), st.floats(-90, 90))


@settings(max_examples=60, deadline=None)
@given(places=st.lists(st.one_of(NEAR_THE_THREE, ANYWHERE, IN_THE_PLANE), min_size=1, max_size=30))
@pytest.mark.parametrize("which", ["every_border", "third_state_borders"])
def test_the_nearest_border_and_its_distance_are_the_same(which, places):
    metric = positions_to_metric(np.array(places))
    away, border = getattr(region(), which).nearest(metric)
    for _ in range(2):
        told, number = getattr(edited_region(), which).nearest(metric)
        assert told == pytest.approx(away, abs=1e-6, rel=1e-12)
        assert number.tolist() == border.tolist()


def test_squares_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(module, "MOST_SQUARES", 10)
    lines = module.remembering(region()).every_border
    metric = positions_to_metric(np.column_stack([np.linspace(45, 47, 40), np.full(40, 39.2)]))
    for start in range(0, 40, 4):
        lines.nearest(metric[start : start + 4])
        assert len(lines._squares) <= 10 + 4
    assert lines.nearest(metric)[0] == pytest.approx(region().every_border.nearest(metric)[0], abs=1e-6)


def test_nothing_asked_is_nothing_answered():
    assert [len(column) for column in edited_region().every_border.nearest(np.zeros((0, 2)))] == [0, 0]

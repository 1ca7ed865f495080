"""Asking along a line, where most positions need not be asked, tells what asking everywhere tells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.geodesy import positions_to_metric
from corridor.store.work import region

#: Along the Araks, where borders of four territories meet, and all over the land.
CORNER = st.one_of(
    st.tuples(st.floats(45.9, 46.7), st.floats(38.8, 39.0)), st.tuples(st.floats(43.0, 50.5), st.floats(38.2, 42.0))
)
LINES = st.lists(CORNER, min_size=2, max_size=6)
LIMITS = st.lists(st.floats(0.0, 30_000.0), min_size=1, max_size=4)


def positions_along(corners: list[tuple[float, float]], count: int) -> np.ndarray:
    at = np.linspace(0, len(corners) - 1, count)
    lonlat = [np.interp(at, np.arange(len(corners)), column) for column in np.array(corners).T]
    return positions_to_metric(np.column_stack(lonlat))


@settings(max_examples=60, deadline=None)
@given(corners=LINES, count=st.integers(2, 400), near_m=st.floats(0.0, 20_000.0))
def test_what_is_near_is_exact_and_so_is_the_nearest_of_what_is_not(corners, count, near_m):
    metric = positions_along(corners, count)
    away, border = region().every_border.nearest(metric)
    told, number = region().every_border.near_along(metric, np.full(count, near_m))
    near = away <= near_m
    assert told[near] == pytest.approx(away[near])
    assert (number[near] == border[near]).all()
    assert (told <= away + 1e-6).all()
    assert (told[~near] > near_m).all()
    assert told.min() == pytest.approx(away.min())


@settings(max_examples=60, deadline=None)
@given(corners=LINES, count=st.integers(2, 400), near_m=st.floats(0.0, 20_000.0), share=st.floats(0.0, 1.0))
def test_the_deepest_in_each_land_is_exact(corners, count, near_m, share):
    metric = positions_along(corners, count)
    away, _ = region().every_border.nearest(metric)
    first = np.arange(count) < share * count
    least, _ = region().every_border.near_along(metric, np.full(count, near_m), [first, ~first])
    assert (least <= away + 1e-6).all()
    for land in (first, ~first):
        assert not land.any() or least[land].max() == pytest.approx(away[land].max())


@settings(max_examples=60, deadline=None)
@given(corners=LINES, count=st.integers(2, 400), limits=LIMITS)
def test_every_distance_is_on_its_side_of_every_limit_and_the_least_is_exact(corners, count, limits):
    metric = positions_along(corners, count)
    away, border = region().third_state_borders.nearest(metric)
    beside = np.linspace(0.0, 500.0, count)
    told, number = region().third_state_borders.beside_along(metric, [*limits, limits[0] + beside])
    for limit in (*limits, limits[0] + beside):
        assert ((told <= limit) == (away <= limit)).all()
    assert told.min() == pytest.approx(away.min())
    assert number[np.argmin(told)] == border[np.argmin(away)]

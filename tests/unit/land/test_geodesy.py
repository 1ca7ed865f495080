"""Lengths on the ellipsoid: the fast formula for short segments against the exact geodesic."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.geodesy import MID_LATITUDES_DEG, SHORT_DEG, WGS84, length_km, segment_lengths_m

TENTH_OF_A_MICROMETRE = 1e-7
STEPS = st.floats(-SHORT_DEG, SHORT_DEG, allow_nan=False)


@settings(max_examples=300, deadline=None)
@given(
    lon=st.floats(-180, 180),
    lat=st.floats(-MID_LATITUDES_DEG + 0.01, MID_LATITUDES_DEG - 0.01),
    east=STEPS,
    north=STEPS,
)
def test_a_short_segment_is_as_long_as_its_geodesic(lon, lat, east, north):
    ends = np.array([[lon, lat], [lon + east, lat + north]])
    exact = WGS84.inv(*ends[0], *ends[1])[2]
    assert segment_lengths_m(ends)[0] == pytest.approx(exact, abs=TENTH_OF_A_MICROMETRE)


def test_long_segments_and_high_latitudes_are_measured_exactly():
    ends = np.array([[45.0, 39.0], [47.0, 40.0], [47.0, 85.0], [47.001, 85.0]])
    exact = WGS84.inv(ends[:-1, 0], ends[:-1, 1], ends[1:, 0], ends[1:, 1])[2]
    assert segment_lengths_m(ends).tolist() == exact.tolist()


def test_a_line_of_a_hundred_thousand_short_segments_differs_by_less_than_a_hundredth_of_a_millimetre():
    x = np.linspace(0, 1, 100_001)
    ends = np.column_stack([44 + 3 * x, 39 + 0.2 * np.sin(9 * x)])
    exact = WGS84.line_length(ends[:, 0], ends[:, 1]) / 1000
    assert length_km(shapely.LineString(ends)) == pytest.approx(exact, abs=1e-8)

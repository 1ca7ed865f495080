"""The land laid flat: true to scale, north up, never beyond what is drawn."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Proj

from corridor.land.geodesy import WGS84
from corridor.present.cartography.framing import LARGEST_SCALE, fit
from corridor.present.cartography.projection import (
    DRAWN,
    ORIGIN,
    PARALLELS,
    Box,
    from_plane,
    to_plane,
    true_length_m,
)
from corridor.present.cartography.scale_bar import DIVISIONS, scale_bar
from tests.support.drawn import MEGHRI, TAVUSH, WHOLE

ROOM = Box(10, 10, 480, 330)
#: Degrees, about ten metres: to so much the end of the drawn land is found.
EXACT = 1e-4
LON, LAT = st.floats(DRAWN[0], DRAWN[2]), st.floats(DRAWN[1], DRAWN[3])


@st.composite
def bounds(draw):
    west, south = draw(st.floats(42.8, 50.0)), draw(st.floats(38.0, 41.9))
    return west, south, draw(st.floats(west + 0.1, 50.7)), draw(st.floats(south + 0.1, 42.2))


@settings(deadline=None)
@given(LON, LAT)
def test_degrees_come_back_from_the_plane(lon, lat):
    assert from_plane(to_plane(np.array([[lon, lat]])))[0] == pytest.approx((lon, lat), abs=1e-9)


@settings(deadline=None)
@given(bounds(), LON, LAT)
def test_degrees_come_back_from_the_page(asked, lon, lat):
    frame = fit(asked, ROOM)
    points = frame.place_degrees(np.array([[lon, lat]]))
    assert from_plane(frame.back(points))[0] == pytest.approx((lon, lat), abs=1e-9)


def test_the_scale_of_the_projection_errs_as_its_docstring_says():
    lambert = Proj(proj="lcc", lat_1=PARALLELS[0], lat_2=PARALLELS[1], lon_0=ORIGIN[0], lat_0=ORIGIN[1], ellps="WGS84")
    lat = np.linspace(38.0, 42.2, 43)
    factors = lambert.get_factors(np.full(43, 44.0), lat)
    assert factors.meridional_scale.min() == pytest.approx(1 - 0.0003, abs=5e-5)
    assert factors.meridional_scale.max() == pytest.approx(1 + 0.0004, abs=5e-5)
    assert np.allclose(factors.meridional_scale, factors.parallel_scale, atol=1e-7)  # conformal


@settings(deadline=None)
@given(bounds())
def test_north_is_up_in_the_middle_of_every_map(asked):
    frame = fit(asked, ROOM)
    lon, lat = from_plane(np.array([frame.middle]))[0]
    (x, y), (a, b) = frame.place_degrees(np.array([[lon, lat], [lon, lat + 0.01]]))
    assert math.degrees(math.atan2(a - x, y - b)) == pytest.approx(0, abs=0.1)
    assert b < y


@settings(deadline=None)
@given(bounds(), st.floats(80, 700), st.floats(80, 700))
def test_a_frame_shows_what_was_asked_for_and_only_land_that_is_drawn(asked, wide, high):
    room = Box(5, 5, wide, high)
    frame = fit(asked, room)
    assert room.inset(-1e-6).holds(frame.box)
    west, south, east, north = frame.degrees()
    assert west >= DRAWN[0] - EXACT
    assert south >= DRAWN[1] - EXACT
    assert east <= DRAWN[2] + EXACT
    assert north <= DRAWN[3] + EXACT
    middle = frame.place_degrees(np.array([[(asked[0] + asked[2]) / 2, (asked[1] + asked[3]) / 2]]))[0]
    # Where the land ends in a bent parallel, up to 10 km of it are lost so that the rest is all drawn.
    assert frame.box.inset(-1.0 - 10_000 / frame.metres_per_point).holds_point(*middle)


ODD = st.floats(allow_nan=True, allow_infinity=True)


@settings(deadline=None)
@given(st.tuples(ODD, ODD, ODD, ODD))
def test_bounds_that_make_no_sense_still_give_a_map_of_drawn_land(asked):
    frame = fit(asked, ROOM)
    assert frame.box.width > 1
    assert frame.box.height > 1
    assert frame.scale >= LARGEST_SCALE * 0.999
    west, south, east, north = frame.degrees()
    assert DRAWN[0] - EXACT <= west < east <= DRAWN[2] + EXACT
    assert DRAWN[1] - EXACT <= south < north <= DRAWN[3] + EXACT


@settings(deadline=None)
@given(bounds(), st.floats(0, 1), st.floats(0, 1), st.floats(0, 2 * math.pi))
def test_the_scale_bar_is_true_within_half_a_percent_anywhere_on_its_map(asked, across, down, direction):
    frame = fit(asked, ROOM)
    bar = scale_bar(frame, 1.0)
    x = frame.box.left + across * frame.box.width
    y = frame.box.top + down * frame.box.height
    end = (x + bar.length * math.cos(direction), y + bar.length * math.sin(direction))
    assert true_length_m(frame, (x, y), end) / 1000 == pytest.approx(bar.km, rel=0.005)


@pytest.mark.parametrize("asked", [WHOLE, MEGHRI, TAVUSH])
def test_the_scale_denominator_is_that_of_the_printed_page(asked):
    frame = fit(asked, ROOM)
    start, end = (frame.box.left, frame.box.top), (frame.box.right, frame.box.bottom)
    paper_m = math.dist(start, end) * 0.0254 / 72
    assert true_length_m(frame, start, end) / paper_m == pytest.approx(frame.scale, rel=0.001)


@pytest.mark.parametrize("asked", [WHOLE, MEGHRI, TAVUSH])
def test_the_bar_is_a_round_number_of_kilometres_in_whole_divisions(asked):
    bar = scale_bar(fit(asked, ROOM), 1.0)
    digit = int(str(f"{bar.km:e}")[0])
    assert digit in DIVISIONS
    assert bar.km == pytest.approx(digit * 10 ** math.floor(math.log10(bar.km)))
    assert bar.length < ROOM.width / 3


def test_a_geodesic_of_the_whole_width_is_measured_on_the_ellipsoid():
    frame = fit(WHOLE, ROOM)
    a, b = from_plane(frame.back(np.array([(20.0, 100.0), (400.0, 100.0)])))
    assert true_length_m(frame, (20.0, 100.0), (400.0, 100.0)) == pytest.approx(WGS84.inv(*a, *b)[2])

"""Single positions with another sign or at 0, 0, and degrees that look like others: said and mended, by format."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.land.geodesy import REGION, length_km, segment_lengths_m
from corridor.reading.degree_forms import FORMS, PACKED, form_of, mirror_of
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import Reading, read_route
from tests.support.drawn_lines import FORMATS, Line, winding

LINE = winding()
WHOLE = float(segment_lengths_m(np.array(LINE)).sum()) / 1000
#: What follows from a detour alone.
OF_A_DETOUR = {"jump", "spike", "self-crossing", "partly-outside-region", "long-chord", "line-closed"}


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def all_read(line: Line) -> list[Reading]:
    return [read_route(write([line]), name) for name, write in FORMATS.items()]


@pytest.mark.parametrize("signs", [(-1, 1), (1, -1), (-1, -1)])
@pytest.mark.parametrize("which", [[0], [30], [80], [3, 40, 41], list(range(50, 81)), list(range(1, 30, 2))])
def test_positions_with_another_sign_are_told_once_and_put_right(signs, which):
    line = [[x * signs[0], y * signs[1]] if n in which else [x, y] for n, (x, y) in enumerate(LINE)]
    for reading in all_read(line):
        assert "sign-lost-partly" in codes(reading)
        assert not codes(reading) & OF_A_DETOUR
        assert_waits(reading, "sign-lost-partly")


def assert_waits(reading: Reading, code: str) -> None:
    """Nothing is measured of a line that lies elsewhere at a few positions, until the mend that is offered is done."""
    (finding,) = (finding for finding in reading.findings if finding.code == code)
    assert (reading.routes, finding.blocks, finding.mendable, finding.severity) == ((), True, True, "warning")
    assert f"the line is {WHOLE:,.1f} km long. Nothing of it is measured until" in finding.advice
    assert "route-too-long" not in codes(reading)
    for mended in (mend(reading, [code]), mend_by_default(reading)):
        (route,) = mended.reading.routes
        assert [list(position) for position in route.line.coords] == LINE
        assert code not in codes(mended.reading)
        (entry,) = (entry for entry in mended.ledger if entry.code == code)
        assert entry.length_before_km is None


@pytest.mark.parametrize("at", [0, 25, 81])
@pytest.mark.parametrize("count", [1, 3])
def test_a_place_nobody_knew_is_told_once_and_taken_out(at, count):
    line = [*LINE[:at], *([[0, 0]] * count), *LINE[at:]]
    for reading in all_read(line):
        assert "position-at-zero" in codes(reading)
        assert not codes(reading) & OF_A_DETOUR
        assert_waits(reading, "position-at-zero")


@pytest.mark.parametrize("which", [[0], [40], [80], [3, 40, 41]])
def test_positions_with_latitude_first_stand_in_the_way(which):
    for reading in all_read([[y, x] if n in which else [x, y] for n, (x, y) in enumerate(LINE)]):
        assert not codes(reading) & OF_A_DETOUR
        assert_waits(reading, "lat-lon-swapped-partly")


def test_another_line_of_the_file_is_measured_all_the_same():
    slipped = [[y, x] if n == 40 else [x, y] for n, (x, y) in enumerate(LINE)]
    for name, write in FORMATS.items():
        reading = read_route(write([slipped]), name)
        assert reading.routes == ()
    beside = [[x, y + 0.5] for x, y in LINE]
    features = [
        {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "LineString", "coordinates": line}}
        for name, line in (("slipped", slipped), ("sound", beside))
    ]
    reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "two.geojson")
    assert [route.name for route in reading.routes] == ["sound"]


def test_a_line_that_leaves_the_region_keeps_its_zeros_and_signs():
    far = [[lon, 51.5] for lon in (1.0, 0.5, 0.0, -0.5)]
    for line in ([*LINE, *far], [[0, 0], [0.5, 0.5], [1, 1]], [[-0.2, 0.1], [0, 0], [45, 39]]):
        for reading in all_read(line):
            assert not codes(reading) & {"sign-lost-partly", "position-at-zero"}


def packed(value: float) -> float:
    """Return degrees as d.mmss, with two decimals of a second."""
    hundredths = round(abs(value) * 360_000)
    degrees, rest = divmod(hundredths, 360_000)
    return float(f"{degrees}.{rest // 6000:02d}{rest % 6000:04d}") * (-1 if value < 0 else 1)


def test_degrees_minutes_and_seconds_behind_one_point_are_no_degrees():
    for reading in all_read([[packed(x), packed(y)] for x, y in LINE]):
        assert "degrees-other-form" in codes(reading)
        assert reading.routes == ()
        (route,) = mend(reading, ["degrees-other-form"]).reading.routes
        assert length_km(route.line) == pytest.approx(WHOLE, abs=0.01)
        assert np.array(route.line.coords) == pytest.approx(np.array(LINE), abs=2e-6)


@given(st.randoms(use_true_random=False), st.integers(40, 90))
def test_packed_degrees_read_back(dice, count):
    line = np.array([[dice.uniform(43, 50), dice.uniform(38.1, 42.1)] for _ in range(count)])
    read = PACKED.read(np.array([[packed(x), packed(y)] for x, y in line]))
    if read is not None:
        assert read == pytest.approx(line, abs=2e-6)
    assert PACKED.read(line) is None


@pytest.mark.parametrize("decimals", [1, 2, 3])
def test_degrees_of_few_decimals_are_degrees(decimals):
    step = 10.0**-decimals
    line = np.array([[45 + n * step % 0.55, 39 + n * step % 0.35] for n in range(200)]).round(decimals)
    assert PACKED.read(line) is None


def test_a_short_line_may_have_such_digits_by_chance():
    assert PACKED.read(np.array([[packed(x), packed(y)] for x, y in LINE[:8]])) is None


@pytest.mark.parametrize("unit", [2**31 / 180, 3.6e6, 3600, 60])
def test_other_units_of_an_angle_are_told_and_written_as_degrees(unit):
    for reading in all_read([[round(x * unit, 4), round(y * unit, 4)] for x, y in LINE]):
        assert "degrees-other-form" in codes(reading)
        assert reading.routes == ()
        (route,) = mend(reading, ["degrees-other-form"]).reading.routes
        assert np.array(route.line.coords) == pytest.approx(np.array(LINE), abs=2e-6)


@given(st.floats(42.9, 50.6), st.floats(38.1, 42.1), st.sampled_from([form.name for form in FORMS]))
def test_no_two_forms_put_the_same_numbers_into_the_region(lon, lat, name):
    units = {"E7": 1e7, "E6": 1e6, "E5": 1e5, "semicircles": 2**31 / 180, "milliseconds": 3.6e6, "seconds": 3600,
             "minutes": 60}  # fmt: skip
    if name in units:
        numbers = np.array([[lon, lat], [lon, lat]]) * units[name]
        form, degrees = form_of(numbers, REGION, in_range=False)
        assert form.name == name
        assert degrees == pytest.approx(np.array([[lon, lat]] * 2))


def test_a_line_with_latitude_first_and_a_sign_lost_is_said_to_be_both():
    for reading in all_read([[y, -x] for x, y in LINE]):
        (finding,) = (finding for finding in reading.findings if finding.code == "sign-lost")
        assert "latitude comes first" in finding.advice
        assert reading.routes == ()
        mended = mend(reading, ["sign-lost"]).reading
        assert codes(mended) & {"lat-lon-swapped"}
        (route,) = mend(mended, ["lat-lon-swapped"]).reading.routes
        assert [list(position) for position in route.line.coords] == LINE
    assert mirror_of(np.array(LINE), REGION) is None

"""Legs abreast, as over a field or in a survey, are no carriageways: all of them count, and it is said."""

import numpy as np
import pytest

from corridor.land.geodesy import length_km, segment_lengths_m
from corridor.reading.mend import mend_by_default
from corridor.reading.parallel_looks import LEG_M
from corridor.reading.route import Reading, read_route
from tests.support.drawn_lines import FORMATS, Line, as_features, as_placemarks, beside, winding

WAY = winding(41, 45.4, 45.6)


def legs(count: int, metres: float) -> list[Line]:
    return [WAY if n == 0 else beside(WAY, n * metres) for n in range(count)]


def to_and_fro(lines: list[Line]) -> Line:
    return [position for n, line in enumerate(lines) for position in (line[::-1] if n % 2 else line)]


def km(*lines: Line) -> float:
    return float(sum(segment_lengths_m(np.array(line)).sum() for line in lines)) / 1000


def read_all(*parts: Line) -> list[Reading]:
    return [read_route(write(parts), name) for name, write in FORMATS.items()]


def counted(reading: Reading) -> float:
    return sum(length_km(route.line) for route in reading.routes)


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


@pytest.mark.parametrize("count", [3, 5, 12])
@pytest.mark.parametrize("metres", [18.0, 28.0, 45.0])
def test_three_legs_or_more_of_one_line_all_count(count, metres):
    line = to_and_fro(legs(count, metres))
    for reading in read_all(line):
        assert counted(reading) == pytest.approx(km(line), rel=1e-6)
        assert "parallel-legs" in codes(reading)
        assert "side-by-side" not in codes(reading)
        assert counted(mend_by_default(reading).reading) == pytest.approx(km(line), rel=1e-6)


@pytest.mark.parametrize("count", [3, 6])
def test_three_parts_or_more_abreast_all_count(count):
    parts = legs(count, 28)
    for reading in read_all(*parts):
        assert counted(reading) == pytest.approx(km(*parts), rel=1e-6)
        assert "parallel-legs" in codes(reading)


@pytest.mark.parametrize("write", [as_features, as_placemarks])
@pytest.mark.parametrize("count", [3, 4, 12])
def test_three_routes_or_more_abreast_stay_routes(write, count):
    parts = legs(count, 28)
    reading = read_route(write(parts), "legs.geojson" if write is as_features else "legs.kml")
    assert len(reading.routes) == count
    assert counted(reading) == pytest.approx(km(*parts), rel=1e-6)


@pytest.mark.parametrize("metres", [12.0, 30.0])
def test_two_carriageways_with_a_third_line_for_a_while_count_once(metres):
    other = beside(WAY, metres)[::-1]
    third = beside(WAY[10:16], 2 * metres)
    for reading in read_all(WAY, other, third):
        assert counted(reading) <= km(WAY, third) + 0.1
        assert "side-by-side" in codes(reading)


def test_many_tracks_as_near_as_those_of_a_station_count_once():
    parts = legs(4, 4.5)
    assert LEG_M >= 3 * 4.5
    for reading in read_all(*parts):
        assert counted(reading) == pytest.approx(km(WAY), rel=0.01)


def test_two_laps_of_one_line_that_run_the_same_way_both_count():
    turn = np.linspace(0, 2 * np.pi, 121)
    circle = np.column_stack([45.5 + 0.03 * np.cos(turn), 39.5 + 0.023 * np.sin(turn)])
    wider = np.column_stack([45.5 + 0.0304 * np.cos(turn), 39.5 + 0.0233 * np.sin(turn)])
    line = np.round(np.vstack([circle, wider]), 7).tolist()
    for reading in read_all(line):
        assert counted(reading) == pytest.approx(km(line), rel=1e-6)
        assert "parallel-legs" in codes(reading)

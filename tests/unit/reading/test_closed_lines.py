"""Lines that a program closed, and outlines of strips drawn as lines: told as what they look like."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.land.geodesy import length_km, segment_lengths_m
from corridor.reading.line_shape import LineShape
from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route
from tests.support.drawn_lines import FORMATS, Line, beside, winding

LINE = winding()
WHOLE = float(segment_lengths_m(np.array(LINE)).sum()) / 1000


def said(reading: Reading) -> list[str]:
    return [finding.says for finding in reading.findings if finding.code == "line-closed"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_piece_that_closes_a_line_is_told_once_and_can_be_taken_out(name):
    reading = read_route(FORMATS[name]([[*LINE, LINE[0]]]), name)
    (sentence,) = said(reading)
    assert "leads back to its beginning" in sentence
    assert not {"jump", "long-chord"} & {finding.code for finding in reading.findings}
    (route,) = mend(reading, ["line-closed"]).reading.routes
    assert length_km(route.line) == pytest.approx(WHOLE)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("metres", [120, 400])
def test_the_outline_of_a_strip_is_told(name, metres):
    outline = [*LINE, *beside(LINE, metres)[::-1], LINE[0]]
    (sentence,) = said(read_route(FORMATS[name]([outline]), name))
    assert "runs round a strip" in sentence


@pytest.mark.parametrize("name", FORMATS)
def test_a_way_round_and_two_carriageways_are_no_outline(name):
    around = [[45.5 + 0.3 * np.cos(t), 39.5 + 0.2 * np.sin(t)] for t in np.linspace(0, 2 * np.pi, 90)]
    around = [[round(float(lon), 6), round(float(lat), 6)] for lon, lat in [*around[:-1], around[0]]]
    two: Line = [*LINE, *beside(LINE, 20)[::-1], LINE[0]]
    for line in (LINE, around, two):
        assert not said(read_route(FORMATS[name]([line]), name))


@given(st.floats(0.001, 0.2), st.floats(0.2, 2))
def test_a_rectangle_is_as_wide_as_it_is(high, long):
    ring = np.array([[45, 39], [45 + long, 39], [45 + long, 39 + high], [45, 39 + high], [45, 39]], dtype=float)
    strip = LineShape(ring).strip_m
    if strip is not None:
        # An area over half the way round it.
        long_m, high_m = LineShape(ring).rough_m[:2].tolist()
        assert strip == pytest.approx(long_m * high_m / (long_m + high_m), rel=0.01)
        assert high < long

"""Where a line of many vertices crosses itself: sought at a cost that grows with its vertices, and said where not."""

import numpy as np
import pytest

from corridor.reading import line_shape
from corridor.reading.checks.line import LINE_CHECKS
from corridor.reading.formats.json_text import written
from corridor.reading.line_shape import LARGEST_SEARCH, LineShape, self_crossings
from corridor.reading.route import read_route


def zigzag(count):
    """To and fro across its own way, crossing nothing."""
    step = np.arange(count)
    return np.column_stack([46.5 - 0.4 * (step % 2), 38.9 + 0.1 * step / count])


def rows_and_columns(count):
    """Half of it to and fro, the other half up and down beside that and, long after, across it."""
    step = np.arange(count // 2)
    columns = np.column_stack([45.7 + 0.6 * step / len(step), 39.05 - 0.2 * (step % 2)])
    around = [[46.1, 39.2], [45.7, 39.2]]
    return np.concatenate([zigzag(count // 2), around, columns])


def star(count):
    """Chords of a circle, each of which crosses nearly every other."""
    turn = np.arange(count) * 2.399963
    return np.column_stack([46.3 + 0.2 * np.cos(turn), 39.1 + 0.2 * np.sin(turn)])


@pytest.mark.parametrize("line", [star(3 * LARGEST_SEARCH), np.concatenate([zigzag(2 * LARGEST_SEARCH), star(200)])])
def test_a_crossing_in_a_large_tangle_is_found_where_it_is(line):
    crossings, all_sought = self_crossings(line)
    assert all_sought
    ((segment, lon, lat),) = crossings
    ahead = line[segment + 1] - line[segment]
    off = np.array([lon, lat]) - line[segment]
    assert abs(ahead[0] * off[1] - ahead[1] * off[0]) < 1e-12
    assert 0 <= off @ ahead <= ahead @ ahead


def test_a_large_tangle_that_crosses_itself_only_far_apart_is_found():
    crossings, all_sought = self_crossings(rows_and_columns(4 * LARGEST_SEARCH))
    assert (len(crossings), all_sought) == (1, True)


def test_a_large_line_to_and_fro_crosses_nothing():
    assert self_crossings(zigzag(3 * LARGEST_SEARCH)) == ([], True)


def test_a_tangle_that_would_take_too_long_is_not_sought_and_said(monkeypatch):
    line = rows_and_columns(4 * LARGEST_SEARCH)
    monkeypatch.setattr(line_shape, "MOST_PAIRS", 1_000_000)
    assert self_crossings(line) == ([], False)
    document = {"type": "LineString", "coordinates": line.round(6).tolist()}
    codes = {finding.code for finding in read_route(written(document), "tangle.geojson").findings}
    assert "crossings-not-sought" in codes
    assert codes <= {check.code for check in LINE_CHECKS} | {"unnamed-route", "drawn-twice", "side-by-side"}


def test_a_line_run_there_and_back_crosses_itself_only_where_the_way_there_does():
    there = np.array([[46.0, 39.0], [46.1, 39.02], [46.2, 38.99], [46.3, 39.01], [46.4, 39.05]])
    looped = np.array([[46.0, 39.0], [46.2, 39.0], [46.2, 39.1], [46.1, 38.9], [46.05, 38.85]])
    for way, crosses in ((there, False), (looped, True)):
        for line in (np.vstack([way, way[-2::-1]]), np.vstack([way, way[-2:1:-1]])):
            assert bool(LineShape(line).crossings[0]) is crosses


@pytest.mark.parametrize("begins_back", [0, 1, 2, 5])
@pytest.mark.parametrize("ends_back", [0, 1, 2, 5, 11])
def test_a_line_that_goes_back_over_itself_at_its_ends_does_not_cross_itself(begins_back, ends_back):
    there = np.array([[46 + 0.01 * number, 39 + 0.003 * (number % 3)] for number in range(12)])
    line = np.vstack([there[begins_back:0:-1], there, there[-2 : -2 - ends_back : -1]])
    assert LineShape(line).crossings == ([], True)


def test_a_line_run_three_times_crosses_itself_where_its_way_does():
    there = np.array([[46.0, 39.0], [46.1, 39.1], [46.2, 39.0], [46.1, 38.9], [46.05, 39.1], [46.0, 39.2]])
    once = LineShape(there).crossings[0]
    assert once
    for line in (np.vstack([there, there[-2::-1]]), np.vstack([there, there[-2::-1], there[1:]])):
        assert [place[1:] for place in LineShape(line).crossings[0]] == [place[1:] for place in once]

"""A crossing that moves along its border: as far as said, the ends stay, and the table says that it is geometry."""

import numpy as np
import pytest
import shapely

from corridor.assessing.assessment import assess
from corridor.assessing.shifted import MOVED_KM, shifts
from corridor.land.geodesy import distance_m
from corridor.reading.route import Route, read_route
from corridor.reading.samples import find_sample
from corridor.store.work import region
from tests.support.shapes import lines_of


@pytest.fixture(scope="module")
def whole():
    (route,) = read_route(find_sample("sound-whole-line").content(), "whole").routes
    return assess(route, region())


def test_it_moves_in_both_directions_as_far_as_said_along_the_border(whole):
    found = shifts(whole, 0, region())
    assert [shift.km for shift in found.moved] == [*MOVED_KM, *MOVED_KM]
    border = next(
        s for b, s in zip(region().borders, region().border_shapes, strict=True) if b == found.crossing.border
    )
    for shift in found.moved:
        if shift.assessment is None:
            assert shift.border_ends_km < shift.km
            continue
        assert shapely.distance(border, shapely.Point(shift.lon, shift.lat)) < 1e-9
        # As the crow flies it is never farther than along the border.
        here = (found.crossing.lon, found.crossing.lat)
        assert 0 < distance_m(here, (shift.lon, shift.lat)) <= shift.km * 1000 + 0.01
        places = [(c.lon, c.lat) for c in shift.assessment.measures.crossings]
        assert min(distance_m(place, (shift.lon, shift.lat)) for place in places) < 1.0


def test_the_ends_of_the_line_stay_and_all_rows_take_the_line_to_be_as_exact(whole):
    found = shifts(whole, 0, region())
    ends = shapely.get_coordinates(whole.route.line)[[0, -1]]
    for shift in found.moved:
        if shift.assessment is not None:
            assert np.array_equal(shapely.get_coordinates(shift.assessment.route.line)[[0, -1]], ends)
            assert shift.assessment.measures.accuracy.metres == found.line_m
    assert found.standing.measures.accuracy.metres == found.line_m
    assert found.standing.measures.length_km == pytest.approx(whole.measures.length_km, abs=1e-9)


def test_where_the_border_ends_that_is_told_and_nothing_is_measured():
    # 1 km north of where the border of Armenia and Nakhchivan begins at the Araks.
    nakhchivan = next(
        (b, s)
        for b, s in zip(region().borders, region().border_shapes, strict=True)
        if b.territories == frozenset({"armenia", "az-nakhchivan"})
    )
    start = shapely.get_coordinates(shapely.line_merge(nakhchivan[1]))
    place = start[np.argmin(start[:, 1])]
    line = shapely.LineString(place + np.array([(0.05, 0.012), (-0.05, 0.012)]))
    of = assess(Route("Short", lines_of(line), {}), region())
    number = next(n for n, c in enumerate(of.measures.crossings) if c.border == nakhchivan[0])
    found = shifts(of, number, region())
    ended = [shift for shift in found.moved if shift.assessment is None]
    assert ended
    assert all(0 <= shift.border_ends_km < shift.km for shift in ended)


def test_a_second_part_of_a_route_is_bent_where_its_own_crossing_lies(whole):
    corners = shapely.get_coordinates(whole.route.line)
    half = next(n for n in range(len(corners)) if corners[n, 0] < 46.3)
    two = shapely.MultiLineString([corners[: half + 1], corners[half:]])
    of = assess(Route("Two parts", lines_of(two), {}), region())
    last = len(of.measures.crossings) - 1
    moved = next(shift for shift in shifts(of, last, region()).moved if shift.assessment is not None)
    first, second = map(shapely.LineString, moved.assessment.route.lines)
    assert np.array_equal(shapely.get_coordinates(first), corners[: half + 1])
    assert not np.array_equal(shapely.get_coordinates(second), corners[half:])

"""Why other tools' kilometres differ: the worked example of the Sources page, against independent formulas."""

import math

import pytest
import shapely

from corridor.land.geodesy import MEAN_RADIUS_M, length_km, lengths_by_method_km, simplified, to_degrees, to_metric

HALF_A_DEGREE = shapely.LineString([(46.0, 38.9), (46.5, 38.9)])


def haversine_km(a, b):
    (lon_a, lat_a), (lon_b, lat_b) = (map(math.radians, point) for point in (a, b))
    chord = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * MEAN_RADIUS_M * math.asin(math.sqrt(chord)) / 1000


def test_the_worked_example_is_what_each_tool_says():
    lengths = lengths_by_method_km(HALF_A_DEGREE)
    assert lengths["ellipsoid"] == length_km(HALF_A_DEGREE) == pytest.approx(43.374, abs=0.001)
    assert lengths["sphere"] == pytest.approx(haversine_km((46.0, 38.9), (46.5, 38.9)), abs=1e-6)
    assert lengths["web-mercator"] == pytest.approx(6_378_137 * math.radians(0.5) / 1000, abs=1e-6)
    assert 0.9996 < lengths["utm"] / lengths["ellipsoid"] < 1.0003


def test_a_line_in_parts_is_the_sum_of_its_parts():
    parts = shapely.MultiLineString([[(46.0, 38.9), (46.2, 38.9)], [(46.2, 38.9), (46.5, 38.9)]])
    whole = shapely.LineString([(46.0, 38.9), (46.2, 38.9), (46.5, 38.9)])
    assert lengths_by_method_km(parts) == pytest.approx(lengths_by_method_km(whole))


def test_the_plane_and_back_is_the_same_line():
    assert shapely.equals_exact(to_degrees(to_metric(HALF_A_DEGREE)), HALF_A_DEGREE, tolerance=1e-9)


def test_a_coarser_line_is_never_longer():
    winding = shapely.LineString([(46 + n / 500, 38.9 + (n % 2) / 400) for n in range(100)])
    lengths = [length_km(simplified(winding, tolerance)) for tolerance in (1, 100, 400, 5_000)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] < lengths[0] / 1.5

"""The numbers of a route: lengths that add up, the same both ways, and an independent count every five metres."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.assessing.accuracy import Tolerance
from corridor.assessing.measures import Measures, measure
from corridor.assessing.region import Region, read_region
from corridor.land.geodesy import WGS84, length_km
from corridor.reading.route import Route
from tests.support.borders import border_distance_m
from tests.support.shapes import lines_of

MILLIMETRE_KM = 1e-6
POSITIONS = st.lists(
    st.tuples(st.floats(44.0, 49.0, allow_nan=False), st.floats(38.4, 41.5, allow_nan=False)),
    min_size=2,
    max_size=6,
    unique=True,
)
#: Along the river from Zangilan's side through Armenia into Nakhchivan, drawn with a vertex every few hundred metres.
THROUGH_ARMENIA = shapely.segmentize(
    shapely.LineString([(46.75, 39.05), (46.4, 38.95), (46.2, 38.95), (45.8, 39.0)]), 0.004
)


@pytest.fixture(scope="module")
def region() -> Region:
    return read_region()


def route(*positions: tuple[float, float], **more) -> Route:
    return Route("A line", lines_of(shapely.LineString(positions)), {}, **more)


def backwards(of: Route) -> Route:
    heights = None if of.heights_m is None else of.heights_m[::-1]
    return Route(of.name, lines_of(shapely.reverse(of.line)), of.properties, heights_m=heights)


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(positions=POSITIONS)
def test_stretches_and_territories_add_up_to_the_whole(region, positions):
    line = route(*positions)
    found = measure(line, region)
    assert found.length_km == pytest.approx(length_km(line.line), abs=MILLIMETRE_KM)
    assert sum(stretch.km for stretch in found.stretches) == pytest.approx(found.length_km, abs=MILLIMETRE_KM)
    assert sum(found.by_territory_km.values()) == pytest.approx(found.length_km, abs=MILLIMETRE_KM)
    for share in found.shares:
        assert 0 <= share.least_km <= share.km <= share.most_km


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(positions=POSITIONS)
def test_the_direction_changes_no_length(region, positions):
    line = route(*positions)
    there, back = measure(line, region), measure(backwards(line), region)
    assert there.by_territory_km == pytest.approx(back.by_territory_km, abs=MILLIMETRE_KM)
    least = [back.share(share.territory).least_km for share in there.shares]
    assert [share.least_km for share in there.shares] == pytest.approx(least, abs=0.1)
    assert there.sure_order == tuple(reversed(back.sure_order))
    assert [band.km for band in there.bands] == pytest.approx([band.km for band in back.bands], abs=0.1)
    assert len(there.crossings) == len(back.crossings)
    assert {near.settlement.id for near in there.settlements} == {near.settlement.id for near in back.settlements}
    assert there.straightness == pytest.approx(back.straightness)


@settings(max_examples=4, deadline=None)
@given(positions=st.lists(st.tuples(st.floats(45.6, 47.0), st.floats(38.7, 39.6)), min_size=2, max_size=3, unique=True))
def test_lengths_agree_with_a_look_every_five_metres(region, positions):
    """Points five metres apart, each given to a polygon and counted; the border's own width is a point or two."""
    line = route(*positions)
    found, counts, total = measure(line, region).by_territory_km, {}, 0.0
    for (lon, lat), (other_lon, other_lat) in zip(line.line.coords, line.line.coords[1:], strict=False):
        metres = WGS84.inv(lon, lat, other_lon, other_lat)[2]
        number = max(1, round(metres / 5))
        middle = (np.arange(number) + 0.5) / number
        points = np.column_stack([lon + middle * (other_lon - lon), lat + middle * (other_lat - lat)])
        for territory in region.territories.locate_all(points):
            counts[territory] = counts.get(territory, 0.0) + metres / number / 1000
        total += metres / 1000
    for territory, km in found.items():
        # 0.1 % of the line; the share of a long segment in degrees is not quite its share of the geodesic.
        assert counts.get(territory, 0.0) == pytest.approx(km, abs=0.001 * total + 0.02)


def test_parts_are_strung_together_and_a_gap_is_no_crossing(region):
    parts = shapely.MultiLineString([[(46.7, 39.05), (46.4, 39.0)], [(45.6, 39.1), (45.5, 39.1)]])
    found = measure(Route("In parts", lines_of(parts), {}), region)
    assert found.length_km == pytest.approx(length_km(parts), abs=MILLIMETRE_KM)
    assert [(c.before, c.after) for c in found.crossings] == [("az-mainland", "armenia")]
    assert found.by_territory_km["az-nakhchivan"] == pytest.approx(length_km(shapely.get_parts(parts)[1]))


def test_crossings_come_in_travel_order_with_border_and_post(region):
    found = measure(Route("Through", lines_of(THROUGH_ARMENIA), {}), region)
    assert [(c.before, c.after) for c in found.crossings] == [("az-mainland", "armenia"), ("armenia", "az-nakhchivan")]
    assert [c.border.id for c in found.crossings] == ["border/armenia-az-mainland", "border/armenia-az-nakhchivan"]
    assert [c.border.delimited for c in found.crossings] == [False, False]
    assert [c.post.id for c in found.crossings] == ["crossing/meghri-rail-east", "crossing/meghri-rail-west"]
    assert found.crossings[0].at_km < found.crossings[1].at_km
    for crossing in found.crossings:
        assert 200 <= crossing.accuracy_m <= 320
        assert border_distance_m(crossing.lon, crossing.lat, crossing.border.id) < 1


def test_the_accuracy_of_a_line_comes_from_its_vertices_its_file_or_its_reader(region):
    coarse = measure(route((46.7, 39.05), (46.3, 39.0)), region)
    assert coarse.accuracy.metres == pytest.approx(0.2071 * coarse.length_km * 1000, rel=0.01)
    assert "points are" in coarse.accuracy.says
    stated = measure(route((46.7, 39.05), (46.3, 39.0), stated_accuracy_m=120.0), region)
    assert (stated.accuracy.metres, stated.accuracy.says) == (120.0, "stated: ±120 m")
    chosen = measure(route((46.7, 39.05), (46.3, 39.0), stated_accuracy_m=120.0), region, Tolerance(line_m=40.0))
    assert chosen.accuracy.metres == 40.0


def test_rounded_coordinates_are_as_exact_as_their_last_digit(region):
    fine = shapely.segmentize(shapely.LineString([(46.7, 39.05), (46.3, 39.0)]), 0.002)
    rounded = shapely.transform(fine, lambda positions: positions.round(2))
    line = shapely.remove_repeated_points(rounded)
    assert measure(Route("Rounded", lines_of(line), {}), region).accuracy.at_vertex_m == pytest.approx((556,), abs=1)


def test_km_near_a_third_state_are_counted_only_where_the_line_is_exact_enough(region):
    fine = measure(Route("Through", lines_of(THROUGH_ARMENIA), {}), region)
    assert [band.unsure_km for band in fine.bands] == [0, 0, 0]
    assert fine.bands[0].km <= fine.bands[1].km < fine.bands[2].km
    vague = measure(Route("Through", lines_of(THROUGH_ARMENIA), {}, stated_accuracy_m=2_000.0), region)
    assert vague.bands[0].km == vague.bands[1].km == 0
    assert vague.bands[0].unsure_km > fine.bands[0].km
    assert vague.bands[2].km == pytest.approx(fine.bands[2].km)


def test_km_near_the_border_with_iran_agree_with_a_buffer(region):
    """The band of one kilometre against shapely's own buffer of the border in the plane."""
    from corridor.land.geodesy import to_degrees, to_metric

    number = [n for n, border in enumerate(region.borders) if border.of_a_third_state]
    belt = shapely.union_all([to_degrees(shapely.buffer(to_metric(region.border_shapes[n]), 1000)) for n in number])
    inside = length_km(shapely.intersection(THROUGH_ARMENIA, belt))
    assert measure(Route("Through", lines_of(THROUGH_ARMENIA), {}), region).bands[1].km == pytest.approx(
        inside, abs=0.06
    )


def test_settlements_are_listed_nearest_first_with_people_only_from_the_census(region):
    near = measure(Route("Through", lines_of(THROUGH_ARMENIA), {}), region).settlements
    assert [n.distance_m for n in near] == sorted(n.distance_m for n in near)
    assert all(n.distance_m <= 10_000 for n in near)
    meghri = next(n for n in near if n.settlement.id == "place/meghri")
    assert meghri.settlement.people == 4580
    assert all(n.settlement.people is None for n in near if n.settlement.territory != "armenia")


def test_a_circle_has_its_own_radius_and_a_coarse_one_none(region):
    turn = np.linspace(0, np.pi / 2, 200)
    arc = np.column_stack([45.0 + 800 / 86_800 * np.cos(turn), 39.0 + 800 / 111_000 * np.sin(turn)])
    curve = measure(Route("Arc", lines_of(shapely.LineString(arc)), {}), region).sharpest_curve
    assert curve.radius_m == pytest.approx(800, rel=0.02)
    assert measure(Route("Coarse", lines_of(shapely.LineString(arc[::100])), {}), region).sharpest_curve is None


def test_heights_give_profile_and_climb_and_climb_one_way_is_descent_the_other(region):
    number = 301
    positions = np.column_stack([np.linspace(45.0, 45.3, number), np.full(number, 39.2)])
    heights = 1000 + 400 * np.sin(np.linspace(0, np.pi, number))
    up = Route("Pass", lines_of(shapely.LineString(positions)), {}, heights_m=heights)
    found, back = measure(up, region).profile, measure(backwards(up), region).profile
    assert (found.lowest_m, found.highest_m) == pytest.approx((1000, 1400))
    assert found.climb_m == pytest.approx(400, abs=2)
    assert (found.climb_m, found.descent_m) == pytest.approx((back.descent_m, back.climb_m))
    assert found.steepest_per_mille == pytest.approx(back.steepest_per_mille)
    assert 45 < found.steepest_per_mille < 50
    assert measure(route((45.0, 39.2), (45.3, 39.2)), region).profile is None


@pytest.mark.parametrize("height", [500.0, -28.0])
def test_of_a_flat_line_nothing_is_steepest(region, height):
    positions = np.column_stack([np.linspace(45.0, 45.3, 301), np.full(301, 39.2)])
    found = measure(
        Route("Flat", lines_of(shapely.LineString(positions)), {}, heights_m=np.full(301, height)), region
    ).profile
    assert (found.lowest_m, found.highest_m) == (height, height)
    assert (found.steepest_per_mille, found.steepest_at_km) == (None, None)


def test_a_line_on_one_spot_has_a_place_and_no_length(region):
    found = measure(route((46.2431, 38.9012), (46.2431, 38.9012), heights_m=np.array([600.0, 600.0])), region)
    assert (found.length_km, found.by_territory_km) == (0, {"armenia": 0})
    assert (found.crossings, found.sharpest_curve, found.profile) == ((), None, None)


def test_a_line_that_leaves_the_map_is_measured_all_the_same(region):
    found: Measures = measure(route((50.2, 39.9), (60.0, 45.0)), region)
    assert set(found.by_territory_km) <= {"sea", "outside", "az-mainland"}
    assert found.settlements == ()

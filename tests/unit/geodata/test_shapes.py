"""The territories share every edge, the borders are those edges, and the other built shapes fit to them."""

import itertools
import json
from collections import defaultdict

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.geodesy import length_km
from corridor.sources import GEODATA
from geodata.build.curve import smoothed

CATALOGUE = read_catalogue()
TERRITORIES = {"armenia", "az-mainland", "az-nakhchivan", "georgia", "iran", "russia", "turkiye"}
TRIPOINTS = {
    (46.533983, 38.867172): {"armenia", "az-mainland", "iran"},
    (46.140676, 38.844518): {"armenia", "az-nakhchivan", "iran"},
}
WINDOW = shapely.box(42.8, 38.0, 50.7, 42.2)


def shape_of(feature):
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def shapes_of(layer_id):
    return {f["id"].split("/")[1]: shape_of(f) for f in read_features(CATALOGUE[layer_id]) if f["geometry"]}


@pytest.fixture(scope="module")
def land():
    return shapes_of("territory")


@pytest.fixture(scope="module")
def edge_owners(land):
    owners = defaultdict(set)
    for name, shape in land.items():
        for ring in shapely.get_rings(shapely.get_parts(shape)):
            for edge in itertools.pairwise(map(tuple, ring.coords)):
                owners[tuple(sorted(edge))].add(name)
    return owners


# ------------------------------------------------------------------------------------------------ territory, border


def test_the_seven_territories_are_there_and_nothing_else(land):
    assert set(land) == TERRITORIES


def test_both_parts_of_azerbaijan_are_one_kind():
    kinds = {f["id"]: f["properties"]["kind"] for f in read_features(CATALOGUE["territory"])}
    assert kinds["territory/az-mainland"] == kinds["territory/az-nakhchivan"]
    assert kinds["territory/armenia"] == "state"


def test_no_two_territories_overlap(land):
    for a, b in itertools.combinations(land, 2):
        assert shapely.intersection(land[a], land[b]).area == 0, (a, b)


def test_territories_and_sea_fill_the_window_without_a_sliver(land):
    sea = shapes_of("water")["caspian"]
    parts = [*land.values(), sea]
    assert shapely.coverage_is_valid(np.array(parts, dtype=object))
    union = shapely.union_all(parts)
    assert shapely.symmetric_difference(union, WINDOW).area < 1e-9  # square degrees: 10 square metres
    assert len(shapely.get_parts(union)) == 1
    assert not union.interiors


def test_no_territory_has_a_crumb(land):
    for name, shape in land.items():
        assert min(shapely.area(shapely.get_parts(shape))) > 3e-6, name  # the smallest island has 3.6 hectares


def test_every_edge_inside_the_window_is_shared_by_two_or_is_coast(edge_owners):
    coast = set()
    for ring in shapely.get_rings(shapely.get_parts(shapes_of("water")["caspian"])):
        coast |= {tuple(sorted(edge)) for edge in itertools.pairwise(map(tuple, ring.coords))}
    frame = shapely.boundary(WINDOW)
    for edge, owners in edge_owners.items():
        assert len(owners) <= 2
        if len(owners) == 1 and edge not in coast:
            assert shapely.dwithin(shapely.LineString(edge), frame, 1e-6), (edge, owners)


@pytest.mark.parametrize(("point", "owners"), TRIPOINTS.items())
def test_a_tripoint_is_an_exact_vertex_of_its_three_territories(land, point, owners):
    having = {name for name, shape in land.items() if list(point) in shapely.get_coordinates(shape).tolist()}
    assert having == owners
    ends = {tuple(xy) for shape in shapes_of("border").values() for line in shapely.get_parts(shape)
            for xy in (line.coords[0], line.coords[-1])}  # fmt: skip
    assert point in ends


def test_the_border_of_armenia_and_iran_measures_45_92_km():
    assert length_km(shapes_of("border")["armenia-iran"]) == pytest.approx(45.92, abs=0.1)


def test_a_border_is_made_of_the_edges_its_two_territories_share(edge_owners):
    for feature in read_features(CATALOGUE["border"]):
        pair = set(feature["properties"]["territories"])
        for line in shapely.get_parts(shape_of(feature)):
            for edge in itertools.pairwise(map(tuple, line.coords)):
                assert edge_owners[tuple(sorted(edge))] == pair, feature["id"]


def test_the_borders_leave_no_shared_edge_out(edge_owners):
    drawn = set()
    for shape in shapes_of("border").values():
        for line in shapely.get_parts(shape):
            drawn |= {tuple(sorted(edge)) for edge in itertools.pairwise(map(tuple, line.coords))}
    left_out = [edge for edge, owners in edge_owners.items() if len(owners) == 2 and edge not in drawn]
    assert length_km(shapely.multilinestrings(left_out)) < 13  # one corner of Türkiye cut by the window, river mouths
    assert not [edge for edge in left_out if "armenia" in edge_owners[edge]]


def test_every_border_states_pair_delimitation_and_its_measured_length():
    for feature in read_features(CATALOGUE["border"]):
        properties = feature["properties"]
        assert properties["pair"] == sorted(set(properties["pair"]))
        assert properties["delimited"] in (True, False, None, "part")
        assert properties["length_km"] == pytest.approx(length_km(shape_of(feature)), abs=0.006)
        # Only what was looked up is stated: the border of Armenia and Azerbaijan.
        assert (properties["delimited"] is None) == (properties["pair"] != ["armenia", "azerbaijan"])


def test_the_delimited_stretches_add_up_and_fit_into_their_reach():
    reach = next(f for f in read_features(CATALOGUE["border"]) if f["properties"]["delimited"] == "part")
    facts = [(fact["label"], fact["value"]) for fact in reach["properties"]["facts"]]
    stretches = [value for label, value in facts if "near" in label]
    totals = [value for label, value in facts if "together" in label]
    assert len(stretches) == 3
    assert sum(stretches) == pytest.approx(min(totals))
    assert totals == [12.6, 12.7]
    assert reach["properties"]["length_km"] > max(totals)


def test_delimited_stretches_are_claimed_for_no_other_place():
    whole = [f for f in read_features(CATALOGUE["border"]) if f["properties"]["pair"] == ["armenia", "azerbaijan"]]
    assert [f["properties"]["delimited"] for f in whole].count(False) == len(whole) - 1


# ------------------------------------------------------------------------------------------------ the other layers


def test_the_five_areas_speak_with_the_same_words():
    areas = read_features(CATALOGUE["exclave"])
    assert len(areas) == 5
    for area in areas:
        properties = area["properties"]
        forms = properties["label"].removesuffix(": area under delimitation").split(" / ")
        assert forms == sorted(forms) != [properties["label"]]
        assert properties["note"].startswith("Shown on late-Soviet maps as an exclave of ")
        assert properties["note"].endswith("Neither this map nor its sources say where a delimited line would run.")
        assert properties["inside_osm_polygon_of"] in {"armenia", "azerbaijan"}
    assert {a["properties"]["inside_osm_polygon_of"] for a in areas if a["id"] == "exclave/artsvashen"} == {
        "azerbaijan"
    }


def test_an_area_lies_wholly_in_the_state_that_surrounds_it(land):
    for area in read_features(CATALOGUE["exclave"]):
        if area["geometry"]:
            (territory,) = area["properties"]["territories"]
            assert land[territory].buffer(1e-6).contains(shape_of(area)), area["id"]


def test_the_disagreement_about_yukhari_askipara_is_stated_as_numbers():
    area = next(f for f in read_features(CATALOGUE["exclave"]) if f["id"] == "exclave/yukhari-askipara")
    assert [fact["value"] for fact in area["properties"]["facts"]] == [32.4, 10.4]


def test_the_eleven_provinces_are_in_one_piece_each():
    provinces = shapes_of("province")
    assert len(provinces) == 11
    assert {shape.geom_type for shape in provinces.values()} == {"Polygon"}  # no crumbs


@pytest.mark.parametrize(
    ("layer", "parts"), [("province", ("armenia",)), ("district", ("az-mainland", "az-nakhchivan"))]
)
def test_units_of_either_state_tile_it_and_reach_into_no_other(land, layer, parts):
    units = read_features(CATALOGUE[layer])
    assert shapely.coverage_is_valid(np.array([shape_of(unit) for unit in units], dtype=object))
    for part in parts:
        own = [shape_of(unit) for unit in units if unit["properties"]["territories"] == [part]]
        together = shapely.union_all(own)
        assert shapely.symmetric_difference(together, land[part]).area < 1e-12
        edge = set(map(tuple, shapely.get_coordinates(land[part]).tolist()))
        assert set(map(tuple, shapely.get_coordinates(together).tolist())) == edge
    for key, shape in land.items():
        if key not in parts:
            assert max(float(shapely.intersection(shape_of(unit), shape).area) for unit in units) < 1e-12, key


def test_the_districts_are_kept_apart_by_licence():
    assert CATALOGUE["district"].licence.startswith("CC-BY-SA-3.0")
    assert not CATALOGUE["district"].default_on
    assert CATALOGUE["district"].features == 79


def test_the_araks_runs_along_the_borders_it_makes():
    araks = shapes_of("water")["araks"]
    assert araks.geom_type == "LineString"
    assert length_km(araks) == pytest.approx(632, abs=2)
    edges = {tuple(sorted(edge)) for edge in itertools.pairwise(map(tuple, araks.coords))}
    border = shapes_of("border")["armenia-iran"]
    assert edges >= {tuple(sorted(edge)) for edge in itertools.pairwise(map(tuple, border.coords))}


def test_rivers_that_make_no_border_turn_gently_and_stay_in_the_states_they_run_in(land):
    """Their sources are generalised to 1.5 km; where one turns sharply it is not the river that does."""
    rivers = {f["id"].split("/")[1]: f for f in read_features(CATALOGUE["water"])}
    for name in ("kura", "araks-lower"):
        shape = shape_of(rivers[name])
        touched = {key for key, territory in land.items() if shapely.intersection(territory, shape).length > 0}
        assert touched == set(rivers[name]["properties"]["territories"])
        turns = [turn for part in shapely.get_parts(shape) for turn in turns_of(part)]
        assert np.percentile(turns, 90) < 30
        assert max(turns) < 95


def turns_of(line):
    steps = np.diff(shapely.get_coordinates(line), axis=0) * (0.77, 1.0)
    angles = np.arctan2(steps[:, 1], steps[:, 0])
    return np.degrees(np.abs((np.diff(angles) + np.pi) % (2 * np.pi) - np.pi)).tolist()


COURSES = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=12, unique=True)


@given(COURSES)
def test_a_smoothed_course_keeps_its_ends_and_leaves_its_course_by_no_more_than_it_may(places):
    course = np.array(places) * 1000.0
    curve = smoothed(course, 100_000.0)
    assert curve[[0, -1]].tolist() == course[[0, -1]].tolist()
    off = shapely.hausdorff_distance(shapely.linestrings(course), shapely.linestrings(curve), densify=0.05)
    smoothed(course, off + 50.0)
    if off > 500.0:
        with pytest.raises(ValueError, match="more than its accuracy of 100 m"):
            smoothed(course, 100.0)


def test_no_feature_prints_the_area_of_a_state():
    for layer in ("territory", "border", "province"):
        assert "km²" not in (GEODATA / CATALOGUE[layer].file).read_text(encoding="utf-8")

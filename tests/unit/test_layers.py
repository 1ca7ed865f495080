"""Every shipped layer is walked: hash, form, validity, licence, ids, properties; the territories share their edges."""

import hashlib
import itertools
import json
import re
import tomllib
from collections import Counter, defaultdict

import numpy as np
import pytest
import shapely

from corridor.catalogue import COMMON_PROPERTIES, read_catalogue, read_features, read_layer
from corridor.geodesy import CRS84, length_km
from corridor.sources import GEODATA, read_sources

CATALOGUE = read_catalogue()
LAYERS = [pytest.param(layer, id=layer.id) for layer in CATALOGUE.values()]
BUILDERS = {"territory", "border", "exclave", "province", "district", "water", "place", "crossing", "route"}
KINDS = {
    "territory": {"state", "state-part", "neighbour"},
    "border": {"river", "land"},
    "exclave": {"area-under-delimitation"},
    "province": {"province"},
    "district": {"district"},
    "water": {"river", "lake", "reservoir", "sea", "canal"},
    "place": {"capital", "city", "town", "village", "station", "dam", "range", "pass"},
    "crossing": {"road", "rail", "road-and-rail"},
    "route": {"rail", "road", "energy", "digital", "air"},
}
STATUS = {
    "place": {None, "area under delimitation"},
    "crossing": {"operating", "built, not opened", "not operating", "proposed", "not found"},
    "route": {"operating", "under construction", "built, not opened", "not operating", "proposed", "not found"},
}
TERRITORIES = {"armenia", "az-mainland", "az-nakhchivan", "georgia", "iran", "russia", "turkiye"}
TRIPOINTS = {
    (46.533983, 38.867172): {"armenia", "az-mainland", "iran"},
    (46.140676, 38.844518): {"armenia", "az-nakhchivan", "iran"},
}
WINDOW = shapely.box(42.8, 38.0, 50.7, 42.2)
DATE = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")
NAME_KEYS = {"text", "language", "note", "contested"}
FACT_KEYS = {"label", "value", "unit", "accuracy", "as_of", "sources", "quote", "by"}
MOST_BYTES = 5_000_000


def raw_layer(layer):
    return (GEODATA / layer.file).read_bytes()


def shapes_of(layer_id):
    return {f["id"].split("/")[1]: shape_of(f) for f in read_features(CATALOGUE[layer_id]) if f["geometry"]}


def shape_of(feature):
    return shapely.from_geojson(json.dumps(feature["geometry"]))


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


# ------------------------------------------------------------------------------------------------ the catalogue


def test_the_catalogue_lists_every_file_and_every_file_is_listed():
    assert {f"layers/{path.name}" for path in (GEODATA / "layers").iterdir()} == {la.file for la in CATALOGUE.values()}
    assert set(CATALOGUE) <= BUILDERS


def test_the_layers_together_stay_small():
    assert sum(len(raw_layer(layer)) for layer in CATALOGUE.values()) < MOST_BYTES


@pytest.mark.parametrize("layer", LAYERS)
def test_the_file_is_the_one_the_catalogue_was_made_for(layer):
    assert hashlib.sha256(raw_layer(layer)).hexdigest() == layer.sha256
    features = read_features(layer)
    assert len(features) == layer.features > 0
    assert sorted({f["geometry"]["type"] for f in features if f["geometry"]}) == layer.geometry


@pytest.mark.parametrize("layer", LAYERS)
def test_the_layer_states_its_papers(layer):
    assert layer.licence_url.startswith("https://")
    assert layer.limits
    assert layer.method
    assert layer.attribution
    assert layer.accuracy_m > 0
    assert (GEODATA.parent / layer.built_by).is_file()
    if layer.id not in {"place", "crossing", "route"}:  # there every feature has an accuracy of its own
        stated = [f["properties"]["accuracy_m"] for f in read_features(layer) if f["geometry"]]
        assert max(stated) <= layer.accuracy_m, "a feature is less exact than its layer admits"


@pytest.mark.parametrize("layer", LAYERS)
def test_the_packages_are_the_pinned_ones(layer):
    fetched = tomllib.loads((GEODATA / "build/packages.toml").read_text())
    pins = {f"{entry['name']} {entry['version']}" for entry in fetched.values()}
    lock = (GEODATA / "build/requirements.lock").read_text()
    for package in layer.packages:
        name, _, version = package.rpartition(" ")
        assert package in pins or f"{name}=={version}" in lock, package


def test_the_lock_of_the_build_is_hashed_and_names_no_index():
    lock = (GEODATA / "build/requirements.lock").read_text()
    assert "://" not in lock
    assert "--index" not in lock
    assert "--find-links" not in lock
    blocks = re.split(r"\n(?=\S)", lock.strip())
    assert all("--hash=sha256:" in block for block in blocks)


# ------------------------------------------------------------------------------------------------ every feature


@pytest.mark.parametrize("layer", LAYERS)
def test_the_file_is_rfc_7946(layer):
    text = raw_layer(layer).decode("utf-8")
    collection = json.loads(text, object_pairs_hook=refuse_doubled_keys)
    assert list(collection) == ["type", "features"]  # no `crs`
    assert collection["type"] == "FeatureCollection"
    assert text.endswith("\n]}\n")
    assert text.count("\n") == layer.features + 2  # one feature per line
    for feature in collection["features"]:
        assert list(feature) == ["type", "id", "properties", "geometry"]
        if feature["geometry"] is not None:
            assert list(feature["geometry"]) == ["type", "coordinates"]


def refuse_doubled_keys(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"doubled key in {keys}"
    return dict(pairs)


@pytest.mark.parametrize("layer", LAYERS)
def test_every_geometry_is_valid_rounded_and_inside_the_window(layer):
    for feature in read_features(layer):
        if feature["geometry"] is None:
            continue
        shape = shape_of(feature)
        assert shape.is_valid, f"{feature['id']}: {shapely.is_valid_reason(shape)}"
        assert not shape.is_empty
        assert not shapely.has_z(shape)
        xy = shapely.get_coordinates(shape)
        assert np.array_equal(xy, xy.round(6)), feature["id"]
        assert shapely.covered_by(shapely.box(*shape.bounds), WINDOW.buffer(0.3)), feature["id"]
        assert shapely.get_num_coordinates(shapely.remove_repeated_points(shape)) == len(xy), feature["id"]
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw, feature["id"]
                assert not any(ring.is_ccw for ring in part.interiors), feature["id"]


@pytest.mark.parametrize("layer", LAYERS)
def test_every_feature_carries_the_common_properties(layer):
    sources = read_sources()
    features = read_features(layer)
    doubled = [key for key, count in Counter(f["id"] for f in features).items() if count > 1]
    assert not doubled
    for feature in features:
        own, properties = feature["id"], feature["properties"]
        assert re.fullmatch(rf"{layer.id}/[a-z0-9]+(-[a-z0-9]+)*", own)
        assert tuple(properties)[: len(COMMON_PROPERTIES)] == COMMON_PROPERTIES, own
        assert properties["label"].strip(), own
        assert properties["kind"] in KINDS[layer.id], own
        assert set(properties["territories"]) <= TERRITORIES, own
        assert properties["territories"] == sorted(set(properties["territories"])), own
        assert properties["status"] in (STATUS.get(layer.id, {None})), own
        assert (properties["status"] is None) <= (properties["status_as_of"] is None), own
        assert (properties["accuracy_m"] is None) == (feature["geometry"] is None), own
        assert properties["method"].endswith("."), own
        assert properties["as_of"] == "undated" or DATE.fullmatch(properties["as_of"]), own
        assert properties["sources"], own
        for other in properties["names"]:
            assert set(other) == NAME_KEYS, own
            assert other["text"] != properties["label"], own
        for fact in properties["facts"]:
            assert set(fact) == FACT_KEYS, own
            assert fact["sources"], own
        cited = [*properties["sources"], *itertools.chain(*(fact["sources"] for fact in properties["facts"]))]
        assert set(cited) <= set(sources), own


def test_ids_are_used_once_over_all_layers():
    ids = Counter(f["id"] for layer in CATALOGUE.values() for f in read_features(layer))
    assert max(ids.values()) == 1


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_reads_as_a_frame(layer):
    frame = read_layer(layer)
    assert frame.crs == CRS84
    assert frame.index.is_unique
    assert len(frame) == layer.features


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
        assert properties["label"].endswith(": area under delimitation")
        assert properties["note"].startswith("Shown on late-Soviet maps as an exclave of ")
        assert properties["note"].endswith("Neither this map nor its sources say where a delimited line would run.")
        assert properties["held_by"] in {"armenia", "azerbaijan"}
    assert {a["properties"]["held_by"] for a in areas if a["id"] == "exclave/artsvashen"} == {"azerbaijan"}


def test_an_area_lies_wholly_in_the_state_that_surrounds_it(land):
    for area in read_features(CATALOGUE["exclave"]):
        if area["geometry"]:
            (territory,) = area["properties"]["territories"]
            assert land[territory].buffer(1e-6).contains(shape_of(area)), area["id"]


def test_the_disagreement_about_yukhari_askipara_is_stated_as_numbers():
    area = next(f for f in read_features(CATALOGUE["exclave"]) if f["id"] == "exclave/yukhari-askipara")
    assert [fact["value"] for fact in area["properties"]["facts"]] == [32.4, 10.4]


def test_the_eleven_provinces_tile_armenia_exactly(land):
    provinces = shapes_of("province")
    assert len(provinces) == 11
    assert shapely.coverage_is_valid(np.array(list(provinces.values()), dtype=object))
    assert shapely.symmetric_difference(shapely.union_all(list(provinces.values())), land["armenia"]).area < 1e-12
    assert {shape.geom_type for shape in provinces.values()} == {"Polygon"}  # no crumbs
    own = set(map(tuple, shapely.get_coordinates(land["armenia"]).tolist()))
    outer = set(map(tuple, shapely.get_coordinates(shapely.union_all(list(provinces.values()))).tolist()))
    assert outer == own


def test_the_districts_are_kept_apart_by_licence():
    assert CATALOGUE["district"].licence == "CC-BY-SA-3.0"
    assert not CATALOGUE["district"].default_on
    assert CATALOGUE["district"].features == 79


def test_the_araks_runs_along_the_borders_it_makes():
    araks = shapes_of("water")["araks"]
    assert araks.geom_type == "LineString"
    assert length_km(araks) == pytest.approx(632, abs=2)
    edges = {tuple(sorted(edge)) for edge in itertools.pairwise(map(tuple, araks.coords))}
    border = shapes_of("border")["armenia-iran"]
    assert edges >= {tuple(sorted(edge)) for edge in itertools.pairwise(map(tuple, border.coords))}


def test_no_feature_prints_the_area_of_a_state():
    for layer in ("territory", "border", "province"):
        assert "km²" not in raw_layer(CATALOGUE[layer]).decode()

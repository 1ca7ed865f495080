"""Every shipped layer is walked: hash, form, validity, licence, ids, properties."""

import hashlib
import itertools
import json
import re
import tomllib
from collections import Counter

import numpy as np
import pytest
import shapely

from corridor.land.catalogue import read_catalogue, read_features, read_layer
from corridor.land.features import Properties
from corridor.land.geodesy import CRS84
from corridor.land.rasters import read_rasters
from corridor.sources import GEODATA, read_sources

CATALOGUE, RASTERS = read_catalogue(), read_rasters()
LAYERS = [pytest.param(layer, id=layer.id) for layer in CATALOGUE.values()]
TERRITORIES = {"armenia", "az-mainland", "az-nakhchivan", "georgia", "iran", "russia", "turkiye"}
WINDOW = shapely.box(42.8, 38.0, 50.7, 42.2)
DATE = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")
NAME_KEYS = {"text", "language", "note", "contested"}
FACT_KEYS = {"label", "value", "unit", "accuracy", "as_of", "sources", "quote", "by"}
MOST_BYTES = 5_000_000
#: Carried by every feature of every layer, in this order.
COMMON_PROPERTIES = tuple(Properties.__annotations__)


def raw_layer(layer):
    return (GEODATA / layer.file).read_bytes()


def shape_of(feature):
    return shapely.from_geojson(json.dumps(feature["geometry"]))


# ------------------------------------------------------------------------------------------------ the catalogue


def test_the_catalogue_lists_every_file_and_every_file_is_listed():
    listed = {entry.file for entry in (*CATALOGUE.values(), *RASTERS.values())}
    assert {f"layers/{path.name}" for path in (GEODATA / "layers").iterdir()} == listed
    described = tomllib.loads((GEODATA / "build" / "layers.toml").read_text(encoding="utf-8"))
    assert list(CATALOGUE) == list(described)


def test_the_layers_together_stay_small():
    assert sum(len(raw_layer(entry)) for entry in (*CATALOGUE.values(), *RASTERS.values())) < MOST_BYTES


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
        assert set(properties["territories"]) <= TERRITORIES, own
        assert properties["territories"] == sorted(set(properties["territories"])), own
        assert (properties["status"] is None) <= (properties["status_as_of"] is None), own
        assert (properties["accuracy_m"] is None) == (feature["geometry"] is None), own
        assert properties["method"].endswith("."), own
        assert properties["as_of"] == "undated" or DATE.fullmatch(properties["as_of"]), own
        assert properties["sources"], own
        for other in properties["names"]:
            assert set(other) == NAME_KEYS, own
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

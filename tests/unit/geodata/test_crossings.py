"""Every crossing is walked: its pair, its status and date, its place on the border."""

import csv
import os
import re
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.geodesy import to_metric
from corridor.present.words import standard_gap
from corridor.texts.edition import facts_as_of

STATUS = {"operating", "built, not opened", "not operating", "proposed", "not found"}
STATE = {"az-mainland": "azerbaijan", "az-nakhchivan": "azerbaijan"}
BINDING = {
    "meghri-rail-east", "meghri-rail-west", "eyvazli-karahunj", "gazakh-kayan", "gazakh-ijevan-rail",
    "kapan-zangilan-rail", "kelbajar-sotk", "kornidzor-lachin", "bichenak-shaghat", "sadarak-yeraskh",
    "agarak-norduz", "jolfa-julfa", "dilucu-sadarak", "aghband-kalaleh", "alican-margara", "akhurik-dogukapi",
}  # fmt: skip


@pytest.fixture(scope="module")
def layers():
    return {layer.id: read_features(layer) for layer in read_catalogue().values()}


@pytest.fixture(scope="module")
def crossings(layers):
    return {feature["id"].removeprefix("crossing/"): feature for feature in layers["crossing"]}


def test_every_crossing_the_text_points_at_exists(crossings):
    assert set(crossings) >= BINDING
    shared = Path(os.environ.get("CORRIDOR_SHARED", Path(__file__).parents[3] / ".." / "shared"))
    anchors = shared / "reference" / "anchors.csv"
    if not anchors.is_file():
        pytest.skip("the anchors file is not beside this repository")
    with anchors.open(encoding="utf-8") as lines:
        targets = {target for row in csv.DictReader(lines) for target in row["targets"].split()}
    assert {t.removeprefix("crossing/") for t in targets if t.startswith("crossing/")} <= set(crossings)


def test_pair_names_stand_in_alphabetical_order(crossings):
    for identity, crossing in crossings.items():
        properties = crossing["properties"]
        assert properties["pair"] == sorted(properties["pair"])
        assert properties["pair"] == sorted(STATE.get(key, key) for key in properties["territories"]), identity
        names = re.sub(r" \((?!Azerbaijan|Iran).*", "", properties["label"]).split("-")
        if len(names) == 2:
            assert names == sorted(names), identity


def test_every_status_is_one_of_the_words_and_dated(crossings):
    for identity, crossing in crossings.items():
        properties = crossing["properties"]
        assert properties["status"] in STATUS, identity
        assert properties["status_as_of"] <= facts_as_of().isoformat(), identity
        assert properties["note"], identity
        if properties["status"] == "not found":
            assert properties["status_as_of"] == facts_as_of().isoformat()
            assert standard_gap().split(". ")[0].lower() in properties["note"].lower(), identity
            assert "We do not estimate it." in properties["note"], identity


def test_kind_and_modes_agree(crossings):
    for crossing in crossings.values():
        properties = crossing["properties"]
        expected = {("rail",): "rail", ("road",): "road", ("rail", "road"): "road-and-rail"}
        assert properties["kind"] == expected[tuple(properties["modes"])]


def test_a_crossing_stands_on_the_border_of_its_two_territories(layers, crossings):
    lands = {f["id"].removeprefix("territory/"): shape(f["geometry"]) for f in layers["territory"]}
    for identity, crossing in crossings.items():
        if crossing["geometry"] is None:
            assert "not drawn" in crossing["properties"]["note"], identity
            assert crossing["properties"]["coordinate_basis"] is None
            continue
        point = to_metric(shape(crossing["geometry"]))
        first, second = (lands[key] for key in crossing["properties"]["territories"])
        edge = to_metric(shapely.intersection(first.boundary, second.boundary))
        assert edge.distance(point) < 1.0, identity
        assert crossing["properties"]["coordinate_basis"] in {"cited", "derived", "estimate"}
        assert crossing["properties"]["accuracy_m"] >= 300


def test_only_pairs_of_armenia_and_azerbaijan_say_whether_they_are_delimited(crossings):
    for identity, crossing in crossings.items():
        between_the_two = crossing["properties"]["pair"] == ["armenia", "azerbaijan"]
        assert crossing["properties"]["delimited"] is (False if between_the_two else None), identity


def test_the_meghri_crossings_stand_beside_the_two_tripoints(crossings):
    for identity, tripoint in (
        ("meghri-rail-east", (46.533983, 38.867172)),
        ("meghri-rail-west", (46.140676, 38.844518)),
    ):
        point = to_metric(shape(crossings[identity]["geometry"]))
        assert 250 < point.distance(to_metric(shapely.Point(tripoint))) <= 301


def test_yeraskh_is_as_far_from_the_border_as_the_published_gap(layers, crossings):
    yeraskh = next(f for f in layers["place"] if f["id"] == "place/yeraskh")
    gap = to_metric(shape(crossings["sadarak-yeraskh"]["geometry"])).distance(to_metric(shape(yeraskh["geometry"])))
    assert gap == pytest.approx(1_600, abs=100)


def test_differing_figures_stand_side_by_side(crossings):
    sizes = [f for f in crossings["aghband-kalaleh"]["properties"]["facts"] if f["label"].startswith("Size")]
    gaps = {f["value"] for f in crossings["sadarak-yeraskh"]["properties"]["facts"] if f["unit"] == "km"}
    assert len(sizes) == 3
    assert gaps == {1.6, 4, 5.9}
    assert {f["value"] for f in crossings["dilucu-sadarak"]["properties"]["facts"]} >= {286}


def test_no_crossing_stands_in_the_reach_that_holds_the_delimited_stretches(layers, crossings):
    reach = [f for f in layers["border"] if f["properties"]["delimited"] not in (False, None)]
    assert reach
    for segment in reach:
        line = to_metric(shape(segment["geometry"]))
        for identity, crossing in crossings.items():
            if crossing["geometry"] is not None and crossing["properties"]["delimited"] is False:
                assert line.distance(to_metric(shape(crossing["geometry"]))) > 1_000, identity

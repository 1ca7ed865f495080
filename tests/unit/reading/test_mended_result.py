"""What comes of mending is valid GeoJSON, or nothing is written; what was there survives in it or is told."""

import json
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.commands.cli import main
from corridor.reading.mend import MENDABLE, by_name, mend, mend_by_default
from corridor.reading.repairs.leaving_out import is_empty
from corridor.reading.route import GeojsonVerdict, read_route
from corridor.reading.unsound import LEFT_OUT
from tests.support.hostile_files import HOSTILE
from tests.support.samples import CODES, read

LINE = [[46.2, 38.9, 700], [46.21, 38.91, 710], [46.22, 38.9, 720]]
KEPT = {"type": "Feature", "properties": {"name": "Kept"}, "geometry": {"type": "LineString", "coordinates": LINE}}


def collection(*features: object, **more: object) -> bytes:
    return orjson.dumps({"type": "FeatureCollection", "features": list(features), **more})


def holds_what_it_promises(reading) -> None:
    mended = mend_by_default(reading)
    if not mended.valid:
        return
    again = read_route(mended.data, "again.geojson")
    assert again.geojson in (GeojsonVerdict.VALID, GeojsonVerdict.WARNING)
    document = json.loads(mended.data.removeprefix(b"\xef\xbb\xbf"))
    for feature in document.get("features", []):
        assert feature["type"] == "Feature"
        assert not is_empty(feature["geometry"])
    assert mend_by_default(again).data == mended.data


@pytest.mark.parametrize("code", CODES)
def test_the_result_for_a_sample_is_valid(code):
    holds_what_it_promises(read(code))


@pytest.mark.parametrize(("name", "suffix", "build"), HOSTILE, ids=lambda part: part if isinstance(part, str) else "")
def test_the_result_for_a_hostile_file_is_valid(name, suffix, build):
    few = 5 if name == "routes-of-parts" else 20
    holds_what_it_promises(read_route(build(few), f"{name}.{suffix}"))


NUMBER = st.one_of(
    st.floats(40, 50), st.integers(-200, 200), st.none(), st.text(max_size=3), st.just("46.2"), st.booleans(),
    st.just([]), st.just({}),
)  # fmt: skip
POSITION = st.one_of(st.lists(NUMBER, max_size=4), st.tuples(st.floats(44, 49), st.floats(38, 42)).map(list))
NESTED = st.recursive(POSITION, lambda inner: st.lists(inner, max_size=4), max_leaves=12)
KINDS = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "linestring", "Line", None)
GEOMETRY = st.recursive(
    st.one_of(
        st.none(),
        st.fixed_dictionaries(
            {"type": st.sampled_from(KINDS), "coordinates": NESTED},
            optional={"bbox": st.lists(st.floats(38, 50), max_size=6), "properties": st.just({"a": 1})},
        ),
    ),
    lambda inner: st.fixed_dictionaries(
        {"type": st.just("GeometryCollection"), "geometries": st.lists(inner, max_size=3)}
    ),
    max_leaves=4,
)
FEATURE = st.one_of(
    st.just(KEPT),
    st.fixed_dictionaries(
        {"type": st.sampled_from(("Feature", "feature", "FeatureCollection", "LineString")), "geometry": GEOMETRY},
        optional={"properties": st.one_of(st.none(), st.just({"name": "x"}), st.just([])), "id": NUMBER,
                  "bbox": st.lists(st.floats(38, 50), min_size=4, max_size=4)},
    ),
    NUMBER,
)  # fmt: skip
DOCUMENT = st.one_of(
    FEATURE,
    GEOMETRY,
    st.fixed_dictionaries(
        {"type": st.just("FeatureCollection"), "features": st.lists(FEATURE, max_size=4)},
        optional={"bbox": st.lists(st.floats(38, 50), max_size=6), "crs": GEOMETRY, "properties": st.just({})},
    ),
)


@settings(max_examples=150)
@given(DOCUMENT)
def test_the_result_for_any_broken_document_is_valid(document):
    holds_what_it_promises(read_route(orjson.dumps(document), "broken.geojson"))


@settings(max_examples=100)
@given(DOCUMENT)
def test_what_is_called_mendable_changes_something(document):
    reading = read_route(orjson.dumps(document), "broken.geojson")
    # What leaves a choice is mended once one was made; a test of the systems holds it to that.
    for code in {finding.code for finding in reading.findings if finding.mendable and not finding.choices}:
        mended = mend(reading, {code: None})
        assert mended.changed, code
        if not by_name(code):
            count = [finding.code for finding in reading.findings if finding.mendable].count(code)
            left = [finding.code for finding in mended.reading.findings if finding.mendable].count(code)
            assert left < count or count > 50, code


BROKEN = {**KEPT, "properties": {"name": "Broken"}, "geometry": {"type": "Curve", "coordinates": LINE}}


def test_what_cannot_be_mended_is_left_out_and_told_and_the_rest_is_kept():
    mended = mend_by_default(read_route(collection(KEPT, BROKEN), "two.geojson"))
    assert mended.valid
    assert json.loads(mended.data)["features"] == [KEPT]
    (entry,) = mended.ledger
    assert entry.code == LEFT_OUT
    assert "Broken" in entry.dropped[0]


def test_a_feature_without_geometry_is_left_out_and_told_with_its_properties():
    nowhere = {"type": "Feature", "properties": {"name": "Table row"}, "geometry": None}
    mended = mend_by_default(read_route(collection(KEPT, nowhere), "two.geojson"))
    assert json.loads(mended.data)["features"] == [KEPT]
    assert "Table row" in mended.ledger[0].dropped[0]


def test_heights_and_foreign_members_survive_a_mend():
    doubled = {**KEPT, "geometry": {"type": "LineString", "coordinates": [LINE[0], *LINE], "measured": "2024"}}
    mended = mend_by_default(read_route(collection({**doubled, "survey": 7}, source="ours"), "doubled.geojson"))
    document = json.loads(mended.data)
    assert document["source"] == "ours"
    assert document["features"][0]["survey"] == 7
    assert document["features"][0]["geometry"] == {"type": "LineString", "coordinates": LINE, "measured": "2024"}


@pytest.mark.parametrize("box", [[38.9, 46.2, 38.91, 46.22], [38.9, 46.2, 700, 38.91, 46.22, 720]])
def test_a_bounding_box_follows_the_mend(box):
    swapped = [[lat, lon, height] for lon, lat, height in LINE]
    feature = {**KEPT, "geometry": {"type": "LineString", "coordinates": swapped, "bbox": box}, "bbox": box}
    mended = mend_by_default(read_route(collection(feature, bbox=box), "swapped.geojson"))
    document = json.loads(mended.data)
    right = [46.2, 38.9, 46.22, 38.91] if len(box) == 4 else [46.2, 38.9, 700, 46.22, 38.91, 720]
    assert document["bbox"] == document["features"][0]["bbox"] == right
    assert document["features"][0]["geometry"]["bbox"] == right
    assert any("bounding box" in change for entry in mended.ledger for change in entry.other)


def test_a_box_shrinks_with_what_it_holds_and_one_that_nothing_touched_stays():
    spiked = [[46.2, 38.9], [46.21, 38.91], [46.4, 39.1], [46.21, 38.91], [46.22, 38.9]]
    first = {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": spiked},
             "bbox": [46.2, 38.9, 46.4, 39.1]}  # fmt: skip
    wide = {**KEPT, "bbox": [46, 38, 47, 39.5]}
    document = json.loads(mend(read_route(collection(first, wide), "spiked.geojson"), ["spike"]).data)
    assert document["features"][0]["bbox"] == [46.2, 38.9, 46.22, 38.91]
    assert document["features"][1]["bbox"] == [46, 38, 47, 39.5]


@pytest.mark.parametrize("data", [b"{", b"[1, 2]", b'{"type": "Feature", "properties": {}, "geometry": null}'])
def test_nothing_is_written_where_nothing_valid_comes_of_it(tmp_path: Path, capsys, data: bytes):
    given_file, out = tmp_path / "given.geojson", tmp_path / "out.geojson"
    given_file.write_bytes(data)
    out.write_text("what was there", encoding="utf-8")
    assert main(["mend", str(given_file), "-o", str(out)]) == 1
    assert "nothing is written" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "what was there"


def test_every_repair_has_a_method_in_words():
    assert all(check.mend is not None and check.mend.method for check in MENDABLE.values())

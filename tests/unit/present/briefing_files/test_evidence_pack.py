"""The evidence pack: all that is needed to check every number, with hashes and licences, the same bytes every time."""

import csv
import hashlib
import json
import zipfile
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
import shapely
from shapely.geometry import shape

from corridor.assessing.assessment import assess
from corridor.assessing.route_records import route_record
from corridor.land.geodesy import length_km
from corridor.present.briefing_files.evidence_pack import CONTENTS, evidence_pack
from corridor.present.briefing_files.story_json import story_json
from corridor.present.story.briefing import brief
from corridor.present.words import facts_line
from corridor.reading.route import GeojsonVerdict, read_route
from corridor.sources import GEODATA
from corridor.storyboard.opening import open_story
from corridor.storyboard.story import Scene
from corridor.texts.edition import facts_as_of
from corridor.ui.context import briefing_context
from tests.support.briefed import MADE_ON, SHIPPED, briefing, shipped_file
from tests.support.own_routes import route
from tests.support.stories import MARKUP, OWN, STORY, TWO

MINE = replace(
    STORY,
    handling="Internal",
    scenes=(
        Scene("beside", "comparison", candidates=TWO, routes=(OWN,)),
        Scene("numbers", "table", table="numbers", routes=(OWN,)),
        Scene("secret", "map", candidates=("rail-ijevan-yerevan",), hidden=True),
    ),
)


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def own():
    return unzipped(evidence_pack(brief(MINE, briefing_context(), MADE_ON)))


@pytest.fixture(scope="module")
def options():
    return unzipped(shipped_file(SHIPPED[1], "zip"))


@pytest.mark.slow
def test_the_same_story_gives_the_same_bytes():
    assert evidence_pack(brief(MINE, briefing_context(), MADE_ON)) == evidence_pack(
        brief(MINE, briefing_context(), MADE_ON)
    )


def test_every_file_is_named_in_the_readme_and_has_its_hash(own, options):
    for members in (own, options):
        readme = members["README.txt"].decode()
        beginnings = [name for name, _ in CONTENTS]
        for name in members.keys() - {"README.txt"}:
            (beginning,) = [one for one in beginnings if name.startswith(one)]
            assert beginning in readme
        sums = dict(reversed(line.split("  ")) for line in members["SHA256SUMS.txt"].decode().splitlines())
        assert sums.keys() == members.keys() - {"SHA256SUMS.txt"}
        for name, digest in sums.items():
            assert hashlib.sha256(members[name]).hexdigest() == digest


def test_the_readme_says_what_when_how_old_and_under_which_licences(options):
    text = options["README.txt"].decode()
    assert "Options side by side" in text
    assert "Made on 12 August 2026 with Declaration Map " in text
    assert f"{facts_line()}. The newest headline is 1 day old." in text
    assert "not legal advice" in text
    assert "ODbL-1.0" in text
    assert "results/comparisons/" not in text


def test_the_story_can_be_opened_again_with_its_routes(own):
    again = open_story(own["story.toml"], "story.toml")
    assert again.story == MINE
    assert again.problems == ()


def test_the_results_are_those_of_the_view(options):
    assert json.loads(options["results/story.json"]) == story_json(briefing(SHIPPED[1]).view)


def test_every_line_is_valid_geojson_with_ids_and_gives_the_lengths_that_are_told(own, options):
    lines = {**{f"o/{name}": data for name, data in own.items()}, **options}
    lines = {name: data for name, data in lines.items() if name.endswith(".geojson") and "routes/" in name}
    assert len(lines) > len(briefing_context().shipped.candidates)
    for name, data in lines.items():
        found = json.loads(data)
        assert found["id"]
        for feature in found.get("features", []):
            assert feature["id"].startswith("route/")
            assert feature["properties"]["used"]["order"]
        assert read_route(data, name).geojson in {GeojsonVerdict.VALID, GeojsonVerdict.WARNING}
    araks = json.loads(options["routes/candidate-rail-araks.geojson"])
    (tripp,) = [one for one in araks["features"] if one["id"] == "route/tripp-rail"]
    assert round(length_km(shape(tripp["geometry"])), 1) == 42.6


def test_an_own_route_leaves_with_its_origin_and_its_measures(own):
    feature = json.loads(own[f"routes/{OWN}.geojson"])
    assert feature["properties"]["name"] == MARKUP
    assert feature["properties"]["origin"] == "Own file."
    mine = route(name=MARKUP, accuracy_m=300)
    assert shapely.equals(shape(feature["geometry"]), mine.line)
    measured = json.loads(own[f"results/routes/{OWN}.json"])
    assert measured == json.loads(json.dumps(route_record(assess(mine, briefing_context().region))))
    compared = json.loads(own["results/comparisons/beside.json"])
    assert compared["routes"][2]["name"] == MARKUP


def test_layers_are_as_shipped_with_their_licence_beside_them(options):
    shown = {name for name in options if name.startswith("layers/") and name.endswith(".geojson")}
    assert "layers/territory.geojson" in shown
    assert "layers/district.geojson" not in shown
    for name in shown:
        assert options[name] == (GEODATA / name).read_bytes()
        assert b"Licence: " in options[name.replace(".geojson", "-LICENCE.txt")]
    assert b"Licence: " in options["routes/LICENCE.txt"]


def test_tables_are_files_with_unit_accuracy_date_and_source(own, options):
    tables = {name: data for name, data in {**own, **options}.items() if name.startswith("tables/")}
    assert "tables/02-numbers-1.csv" in tables
    for data in tables.values():
        rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
        assert rows[0][2:6] == ["value", "unit", "accuracy", "as of"]
        assert rows[-1][0].startswith("Reference map, not a legal document.")
        for row in rows:
            assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_inputs_and_parameters_name_what_the_results_depend_on(own):
    inputs, parameters = json.loads(own["inputs.json"]), json.loads(own["parameters.json"])
    assert inputs["story"]["sha256"] == hashlib.sha256(own["story.toml"]).hexdigest()
    assert inputs["routes"][OWN]["origin"] == "Own file."
    assert set(inputs["software"]) == {"Declaration Map", "numpy", "pyproj", "shapely"}
    territory = briefing_context().shipped.layers["territory"].sha256
    assert inputs["data"]["geodata/layers/territory.geojson"] == territory
    assert parameters["facts_as_of"] == facts_as_of().isoformat()
    assert parameters["routes"][OWN]["accuracy_m"] == 300
    assert parameters["border_accuracy_m"]["border/armenia-iran"] == 150


def test_what_is_hidden_is_not_in_the_results(own):
    assert "routes/candidate-rail-ijevan-yerevan.geojson" not in own
    assert b"secret" not in own["results/story.json"]

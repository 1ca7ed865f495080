"""A layer costs a builder and an entry: one no code has heard of is drawn, named, switched, listed and exported."""

import io
import json
import shutil
import zipfile
from argparse import Namespace
from dataclasses import fields
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from pptx import Presentation

from corridor.commands import cli
from corridor.land.catalogue import read_catalogue
from corridor.present.briefing_files.formats import FORMATS
from corridor.present.browser.layer_looks import layers_css
from corridor.present.cartography.composing import compose
from corridor.present.cartography.drawing import Area, Dot, Stroke, Text
from corridor.present.cartography.lettering import LETTERINGS
from corridor.present.cartography.sheet import A4
from corridor.present.context import BriefingContext, read_briefing_context
from corridor.present.footnotes import Footnotes
from corridor.present.live_map.folium_script import map_script, panes
from corridor.present.map_request import MapRequest
from corridor.present.reader import payload
from corridor.present.registers import sources
from corridor.present.story.briefing import brief
from corridor.present.style import Palette
from corridor.shipped import read_shipped
from corridor.sources import GEODATA
from corridor.storyboard.opening import open_story

BOUNDS = (45.0, 39.0, 47.0, 40.5)
GEOMETRIES = {
    "point": [{"type": "Point", "coordinates": [45.8 + 0.3 * n, 39.7 - 0.2 * n]} for n in range(3)],
    "line": [{"type": "LineString", "coordinates": [[45.3, 39.5 + 0.3 * n], [46.6, 39.9 + 0.3 * n]]} for n in range(2)],
    "area": [
        {"type": "Polygon", "coordinates": [[[w, s], [w + 0.6, s], [w + 0.6, s + 0.4], [w, s + 0.4], [w, s]]]}
        for w, s in ((45.3, 39.3), (46.2, 39.8))
    ],
}
LOOKS = {
    "point": '{ fill = "lit_phrase", stroke = "digital", width = 1.5, scale = 0.9 }',
    "line": '{ stroke = "digital", width = 2.0, dash = [7.0, 2.0] }',
    "area": '{ hatched = true, stroke = "digital", width = 1.2 }',
}
SYMBOLS = {"point": "point", "line": "line", "area": "hatch"}
STORY = """
schema = 1
id = "beacons"
title = "Beacons"
subtitle = ""
language = "en"
[[scene]]
id = "one"
kind = "map"
title = "Where the beacons stand"
layers = ["territory", "beacon"]
view = [45.0, 39.0, 47.0, 40.5]
"""


def feature(number: int, geometry: dict | None) -> dict:
    return {
        "type": "Feature",
        "id": f"beacon/b{number}",
        "properties": {
            "label": f"Beacon {number}",
            "names": [{"text": f"Lodestar {number}", "language": "en", "note": None, "contested": False}],
            "kind": "beacon",
            "territories": ["armenia"],
            "status": "burning",
            "status_as_of": "2025-03-01",
            "accuracy_m": 40.0,
            "method": "Invented for a test.",
            "note": None,
            "sources": ["timezonefinder-data"],
            "as_of": "2025-03-01",
            "facts": [],
            "height_m": 20 + number,
        },
        "geometry": geometry,
    }


def with_beacons(root: Path, form: str) -> None:
    """Add an invented layer to a copy of the shipped data, as `make geodata` would after its builder had run."""
    features = [feature(number, geometry) for number, geometry in enumerate([*GEOMETRIES[form], None])]
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    (root / "layers" / "beacon.geojson").write_bytes(content)
    kind = GEOMETRIES[form][0]["type"]
    entry = f"""
[[layer]]
id = "beacon"
title = "Beacons of the test"
group = "Works of fiction"
file = "layers/beacon.geojson"
sha256 = "{sha256(content).hexdigest()}"
geometry = ["{kind}"]
features = {len(features)}
default_on = true
accuracy_m = 40
accuracy_note = "Forty metres."
method = "Invented."
limits = "None exists."
status = "Fiction."
as_of = "2025-03-01"
licence = "CC0-1.0"
licence_url = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Beacon Survey of the Test"
sources = ["timezonefinder-data"]
built_by = "geodata/build/beacon.py"

[layer.appearance]
pane = 495
short_title = "Beacons on a slide"
legend_rank = 85
legend = [{{ symbol = "{SYMBOLS[form]}", like = "beacon--beacon", words = "Beacon, burning" }}]
looks = [{LOOKS[form]}]
names = {{ lettering = "village", rank = 1, from_zoom = 6.0 }}
rows = [{{ property = "height_m", label = "Height of the mast", unit = "m" }}]
"""
    catalogue = root / "catalogue.toml"
    catalogue.write_text(catalogue.read_text(encoding="utf-8") + entry, encoding="utf-8")


@pytest.fixture(scope="module", params=sorted(GEOMETRIES))
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, BriefingContext]:
    root = tmp_path_factory.mktemp(request.param) / "geodata"
    shutil.copytree(GEODATA, root, ignore=shutil.ignore_patterns("build", "samples", "__pycache__"))
    with_beacons(root, request.param)
    return request.param, read_briefing_context(root)


def drawn_ids(form: str) -> list[str]:
    return [f"beacon/b{number}" for number in range(len(GEOMETRIES[form]))]


def test_the_reader_switches_it_names_it_finds_it_and_has_its_cards(made):
    form, context = made
    told = payload(context.shipped)
    (group,) = [group for group in told["layers"] if group["group"] == "Works of fiction"]
    (switch,) = group["switches"]
    assert (switch["id"], switch["title"], switch["on"]) == ("beacon", "Beacons of the test", True)
    assert switch["features"] == drawn_ids(form)
    assert "beacon" in context.shipped.switches
    listed = [entry for group in told["legend"] for entry in group["entries"] if entry["words"] == "Beacon, burning"]
    assert listed == [
        {"symbol": SYMBOLS[form], "className": "feature beacon beacon--beacon", "words": "Beacon, burning"}
    ]
    assert [label["id"] for label in told["labels"] if label["id"].startswith("beacon/")] == drawn_ids(form)
    found = next(entry for entry in told["search"] if entry["id"] == "beacon/b0")
    assert [form["folded"] for form in found["forms"]] == ["beacon 0", "lodestar 0"]
    card = told["cards"]["beacon/b1"]
    rows = {row["label"]: (row["value"], row["unit"]) for row in card["rows"]}
    assert rows["Height of the mast"] == ("21", "m")
    assert rows["Status"][0] == "Burning"
    assert card["lights"] == ["beacon/b1"]
    undrawn = f"beacon/b{len(GEOMETRIES[form])}"
    assert undrawn in next(group["features"] for group in told["listed"] if group["title"] == "Listed, not drawn")
    assert "Beacon Survey of the Test" in told["sources_line"]


def test_the_live_map_draws_it_in_its_pane_and_the_sheet_dresses_it(made):
    _, context = made
    script = map_script(context.shipped.features, context.shipped.layers).script
    assert '"beacon": geo_json_beacon' in script
    assert panes(context.shipped.layers)["beacon"] == 495
    assert "feature beacon beacon--beacon now-burning" in script
    rules = [line for line in layers_css(context.shipped.layers).splitlines() if ".beacon" in line]
    assert any("stroke: var(--digital)" in rule for rule in rules)


def test_a_static_map_draws_it_names_it_and_lists_it(made):
    form, context = made
    request = MapRequest(BOUNDS, ("territory", "beacon"), "A map of a test.", lit=("beacon/b0",))
    map_ = compose(request, context.land, A4)
    items = [item for item in map_.drawing.items if item.layer == "beacon"]
    assert {identity for item in items for identity in item.features} == set(drawn_ids(form))
    assert {type(item) for item in items} <= {Area, Dot, Stroke}
    texts = {item.text for item in map_.drawing.items if isinstance(item, Text)}
    assert "Beacon, burning" in texts
    assert "Beacon 0" in texts
    without = compose(MapRequest(BOUNDS, ("territory",), "A map of a test."), context.land, A4)
    assert "beacon" not in {item.layer for item in without.drawing.items}


def test_every_file_of_a_story_takes_it_along(made):
    _, context = made
    opened = open_story(STORY.encode(), "beacons.toml")
    assert opened.problems == ()
    briefing = brief(opened.story, context, date(2026, 8, 12))
    files = {kind.suffix: kind.write(briefing) for kind in FORMATS}
    page = files["html"].decode()
    assert '"beacon": geo_json_beacon' in page
    assert "Beacon, burning" in page
    slide = Presentation(io.BytesIO(files["pptx"])).slides[0]
    assert "Beacons on a slide" in {shape.name for shape in walked(slide.shapes)}
    assert "Beacons of the test" in json.dumps(json.loads(files["json"]), ensure_ascii=False)
    with zipfile.ZipFile(io.BytesIO(files["zip"])) as pack:
        words = b"\n".join(pack.read(name) for name in pack.namelist()).decode(errors="replace")
    assert "Beacon Survey of the Test" in words


def walked(shapes):
    for shape in shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from walked(shape.shapes)


def test_sources_and_the_command_line_list_it(made, monkeypatch, capsys):
    _, context = made
    layers = context.shipped.layers
    assert "Beacons of the test" in sources.layers_table(layers.values())
    assert "Beacon Survey of the Test" in sources.licences_table(layers.values())
    assert "None exists." in sources.layer_record(layers["beacon"], Footnotes(context.shipped.library.sources))
    monkeypatch.setattr(cli, "read_shipped", lambda: read_shipped(context.root))
    assert cli.list_layers(Namespace(json=True)) == 0
    told = {entry["id"]: entry for entry in map(json.loads, capsys.readouterr().out.splitlines())}
    assert told["beacon"]["appearance"]["legend"][0]["words"] == "Beacon, burning"
    assert {field.name for field in fields(layers["beacon"])} == set(told["beacon"])


LAYERS = [pytest.param(layer, id=layer.id) for layer in read_catalogue().values()]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_names_colours_and_lettering_that_there_are(layer):
    known = {field.name for field in fields(Palette)}
    appearance = layer.appearance
    named = {colour for look in appearance.looks for colour in (look.fill, look.stroke, look.over)}
    named |= {colour for look in appearance.looks for mark in look.marks or () for colour in (mark.fill, mark.stroke)}
    assert named - known <= {"", "none", "clear"}
    assert appearance.names is None or appearance.names.lettering in LETTERINGS
    assert appearance.legend
    assert 400 < appearance.pane < 520


def test_no_two_layers_lie_at_the_same_height():
    panes = [layer.appearance.pane for layer in read_catalogue().values()]
    assert len(set(panes)) == len(panes)

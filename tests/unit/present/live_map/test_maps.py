"""The map script is the same bytes every time, asks nobody for anything, and carries geometry, ids and classes only."""

import json
import re
from dataclasses import replace

import pytest

from corridor.land.catalogue import read_catalogue
from corridor.present.legend import legend, legend_entries
from corridor.present.live_map.folium_script import ReliefPicture, map_script, panes
from corridor.present.style import ALIGNMENTS, class_names
from tests.support.builders import segment


def feature(identity: str, geometry: dict | None, **properties: object) -> dict:
    known = {"label": "Not in the script", "kind": "town", "status": None, **properties}
    return {"type": "Feature", "id": identity, "properties": known, "geometry": geometry}


LAYERS = {
    "territory": [
        feature(
            "territory/armenia",
            {"type": "Polygon", "coordinates": [[[44, 39], [45.1234567, 39], [45, 40], [44, 39]]]},
            kind="state",
        )
    ],
    "route": [
        feature(
            "route/tripp-rail",
            {"type": "LineString", "coordinates": [[46.1, 38.8], [46.5, 38.9]]},
            kind="rail",
            mode="rail",
            alignment_status="stated",
            contested=True,
        ),
        feature("route/fibre", None, kind="digital", mode="digital", alignment_status="none"),
    ],
    "place": [feature("place/meghri", {"type": "Point", "coordinates": [46.24, 38.9]}, rank=2)],
}
CATALOGUE = read_catalogue()
PANES = panes(CATALOGUE)
LEGEND = legend_entries(CATALOGUE)


def test_two_builds_are_the_same_bytes():
    assert map_script(LAYERS, CATALOGUE) == map_script(LAYERS, CATALOGUE)


def test_another_geometry_has_another_key():
    other = {**LAYERS, "place": []}
    assert map_script(LAYERS, CATALOGUE).key != map_script(other, CATALOGUE).key


def test_the_script_asks_no_host_and_carries_no_colour_of_ours_and_no_label():
    script = map_script(LAYERS, CATALOGUE).script
    assert "http" not in script
    assert "//" not in re.sub(r'"[^"]*"', "", script)
    assert "Not in the script" not in script
    assert "$." not in script


def test_the_relief_is_one_picture_in_a_pane_of_its_own_that_no_pointer_meets():
    picture = ReliefPicture("/assets/maps/0123.png", (42.8, 38.0, 50.7, 42.2))
    script = map_script(LAYERS, CATALOGUE, picture).script
    (line,) = [line for line in script.splitlines() if "imageOverlay" in line]
    assert 'L.imageOverlay("/assets/maps/0123.png", [[38.0, 42.8], [42.2, 50.7]]' in line
    assert 'pane: "relief"' in line
    assert "interactive: false" in line
    others = [height for pane, height in PANES.items() if pane not in {"territory", "relief"}]
    assert PANES["territory"] < PANES["relief"] < min(others)
    assert map_script(LAYERS, CATALOGUE, picture).key != map_script(LAYERS, CATALOGUE).key
    assert "imageOverlay" not in map_script(LAYERS, CATALOGUE).script


def test_it_draws_on_the_element_it_is_given_and_hands_back_its_layers():
    found = map_script(LAYERS, CATALOGUE)
    assert found.script.startswith(f'(window.corridorMaps ??= {{}})["{found.key}"] = function (containerId) {{')
    assert found.script.count("containerId") == 2
    assert '"territory": geo_json_territory, "route": geo_json_route, "place": geo_json_place' in found.script
    assert "return {map: map_corridor, layers: layers};" in found.script


def test_a_layer_that_is_off_is_made_but_not_added():
    script = map_script(LAYERS, CATALOGUE | {"place": replace(CATALOGUE["place"], default_on=False)}).script
    assert "geo_json_territory.addTo(map_corridor)" in script
    assert "geo_json_place.addTo(map_corridor)" not in script
    assert "var geo_json_place" in script


def test_a_line_is_drawn_where_the_land_that_is_drawn_ends():
    script = map_script(LAYERS, CATALOGUE).script
    assert "L.rectangle([[39.0, 44.0], [40.0, 52.4]]" in script
    assert '"neat-line"' in script
    assert "neat-line" not in map_script({"route": LAYERS["route"]}, CATALOGUE).script


def test_what_has_no_geometry_is_not_in_the_map_and_positions_keep_a_metre():
    script = map_script(LAYERS, CATALOGUE).script
    assert "route/fibre" not in script
    assert "45.12346" in script
    assert "45.1234567" not in script


def test_every_layer_has_a_pane_of_its_own_below_what_is_lit():
    assert list(PANES) == sorted(PANES, key=PANES.__getitem__)
    assert list(PANES)[-1] == "lit"
    script = map_script(LAYERS, CATALOGUE).script
    for pane in PANES:
        assert json.dumps(pane) in script


def test_the_classes_say_layer_kind_mode_and_how_the_course_is_known():
    assert class_names("route", LAYERS["route"][0]) == "feature route route--rail mode-rail status-stated contested"
    assert class_names("place", LAYERS["place"][0]) == "feature place place--town rank-2"
    closed = feature("crossing/x", None, kind="road", status="built, not opened")
    assert class_names("crossing", closed) == "feature crossing crossing--road now-built-not-opened"


def legend_words(classes: str) -> list[str]:
    return [entry["words"] for group in legend([classes], CATALOGUE) for entry in group["entries"]]


def test_the_legend_lists_what_is_drawn_and_nothing_else():
    words = legend_words(class_names("route", LAYERS["route"][0]))
    assert words == ["Railway", "Course stated, not published", "Officials describe it differently"]


def test_a_route_that_operates_is_no_crossing_that_operates():
    open_road = segment("x", [], kind="road", mode="road", status="operating")
    words = [
        entry["words"] for group in legend([class_names("route", open_road)], CATALOGUE) for entry in group["entries"]
    ]
    assert "Crossing, operating" not in words
    post = feature("crossing/x", None, kind="road", status="operating")
    words = [
        entry["words"] for group in legend([class_names("crossing", post)], CATALOGUE) for entry in group["entries"]
    ]
    assert words == ["Crossing, operating", "Crossing, other status"]


def test_the_legend_has_one_line_for_both_parts_of_azerbaijan_after_armenia():
    words = [entry.words for heading, entries in LEGEND for entry in entries if heading == "Territory"]
    assert words[:2] == ["Republic of Armenia", "Republic of Azerbaijan: main part; Nakhchivan Autonomous Republic"]


def test_the_legend_calls_an_alignment_what_every_page_calls_it():
    how = next(entries for heading, entries in LEGEND if heading == "How its course is known")
    known = ("existing", "published", "stated", "inferred")
    assert [entry.words for entry in how[: len(known)]] == [ALIGNMENTS[status][0] for status in known]


@pytest.mark.parametrize("heading", [heading for heading, _ in LEGEND])
def test_no_legend_heading_takes_a_word_of_one_side(heading):
    assert not re.search(r"corridor|transit|Zangezur", heading, re.IGNORECASE)


def test_the_sea_goes_on_to_the_edge_of_the_window_as_part_of_its_feature():
    sea = feature(
        "water/caspian",
        {"type": "Polygon", "coordinates": [[[48, 38], [50.7, 38], [50.7, 42.2], [48, 42.2], [48, 38]]]},
        kind="sea",
    )
    script = map_script({"water": [sea]}, CATALOGUE).script
    assert "L.rectangle([[38.0, 50.65], [42.2, " in script
    assert 'beyond.feature = {id: "water/caspian"};' in script
    assert "beyond" not in map_script(LAYERS, CATALOGUE).script

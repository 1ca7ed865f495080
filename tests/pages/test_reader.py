"""The reader's page takes its state from the address and goes on when the address is wrong."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corridor.present.words import facts_line
from corridor.reading.samples import find_sample
from corridor.store.own_file import FileOrigin, FileSource
from corridor.store.tokens import new_token
from corridor.ui.visit import visit

MENU = Path(__file__).resolve().parents[2] / "corridor" / "pages" / "_menu.py"


def open_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **asked: str) -> dict[str, Any]:
    """Return what the component is given when the page is opened at this address."""
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(tmp_path / "office-updates.toml"))
    app = AppTest.from_file(str(MENU), default_timeout=60)
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    components = [element.proto for element in app.main if element.type == "bidi_component"]
    mounted = [proto for proto in components if proto.component_name == "corridor_reader"]
    assert len(mounted) == 1
    data: dict[str, Any] = json.loads(mounted[0].json)
    return data


def test_opened_plainly_it_asks_for_nothing_and_has_the_age_of_the_facts(monkeypatch, tmp_path):
    data = open_reader(monkeypatch, tmp_path)
    assert (data["clause"], data["feature"], data["layers"], data["view"]) == (None, None, None, None)
    assert data["notices"] == []
    assert data["office"] == []
    assert data["tiles"] is None
    assert data["age"].startswith(facts_line())
    assert data["map"] == f"/assets/maps/{data['map_key']}.js"


def test_the_address_carries_the_state(monkeypatch, tmp_path):
    data = open_reader(
        monkeypatch,
        tmp_path,
        clause="joint-declaration/3",
        feature="territory/az-nakhchivan",
        layers="territory,route",
        view="39.1,46.2,10",
    )
    assert data["clause"] == "joint-declaration/3"
    assert data["feature"] == "territory/az-nakhchivan"
    assert data["layers"][:2] == ["territory", "route-rail"]
    assert data["view"] == [39.1, 46.2, 10]
    assert data["notices"] == []


def test_what_the_address_asks_wrongly_is_told_and_left_out(monkeypatch, tmp_path):
    data = open_reader(
        monkeypatch, tmp_path, clause="joint-declaration/99", feature="place/atlantis", layers="heights", view="here"
    )
    assert (data["clause"], data["feature"], data["layers"], data["view"]) == (None, None, None, None)
    assert len(data["notices"]) == 4


def test_a_broken_file_of_the_office_is_told_and_left_out(monkeypatch, tmp_path):
    (tmp_path / "office-updates.toml").write_text("[[update]\n")
    data = open_reader(monkeypatch, tmp_path)
    assert data["office"] == []
    assert "office-updates.toml" in data["notices"][0]


def test_tiles_are_mentioned_only_when_the_setting_names_a_service(monkeypatch, tmp_path):
    monkeypatch.setenv("CORRIDOR_TILES", "https://tiles.example.org/{z}/{x}/{y}.png")
    monkeypatch.setenv("CORRIDOR_TILES_ATTRIBUTION", "Example tiles")
    data = open_reader(monkeypatch, tmp_path)
    assert data["tiles"] == {
        "template": "https://tiles.example.org/{z}/{x}/{y}.png",
        "attribution": "Example tiles",
    }


def test_own_routes_of_the_visit_come_with_their_cards_and_can_be_named_in_the_address(
    monkeypatch, tmp_path, cookies, own_store
):
    own_store()
    cookies[visit.COOKIE] = new_token()
    sample = find_sample("sound-two-routes")
    now = time.monotonic()
    file = visit.current_visit().keep("<b>alt</b>.geojson", sample.content(), FileOrigin(FileSource.UPLOADED), now)
    data = open_reader(monkeypatch, tmp_path, feature=f"own/{file.id}/2", layers="territory,own")
    assert data["notices"] == []
    assert data["feature"] == f"own/{file.id}/2"
    assert data["layers"] == ["territory", "own"]
    assert [route["id"] for route in data["own"]] == [f"own/{file.id}/1", f"own/{file.id}/2"]
    card = data["own"][1]["card"]
    assert card["title"] == "Road along the river, study line"
    assert card["link"]["address"] == f"/check-route?file={file.id}&route=2"
    assert [row["label"] for row in card["rows"]][:2] == ["Length", "In Armenia"]
    *lengths, ground = card["rows"]
    assert all(row["accuracy"] and row["as_of"] and row["unit"] == "km" for row in lengths)
    assert (ground["label"], ground["as_of"]) == ("Ground beside the line", "1999")
    assert ground["value"].endswith(" m")
    cookies[visit.COOKIE] = new_token()
    other = open_reader(monkeypatch, tmp_path, feature=f"own/{file.id}/2")
    assert other["own"] == []
    assert "not known here" in other["notices"][0]


def test_a_file_that_has_to_be_read_first_is_told(monkeypatch, tmp_path, cookies, own_store):
    own_store()
    cookies[visit.COOKIE] = new_token()
    kml = find_sample("sound-placemark")
    visit.current_visit().keep("alt.kml", kml.content(), FileOrigin(FileSource.UPLOADED), time.monotonic())
    data = open_reader(monkeypatch, tmp_path)
    assert data["own"] == []
    assert "“alt.kml” are not on the map" in data["notices"][0]

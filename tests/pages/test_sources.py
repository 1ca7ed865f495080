"""The sources page is made from the catalogue and the registers: nothing in it is typed in twice, nothing left out."""

import re
from html import unescape
from importlib.metadata import version

import pytest

from corridor.land.geodesy import lengths_by_method_km
from corridor.present.registers.lengths import EXAMPLE
from corridor.present.words import long_disclaimer
from corridor.quantities import day
from corridor.texts.edition import facts_as_of
from corridor.ui.shipped import shipped
from tests.support.opened import notices, open_page, shown


@pytest.fixture(autouse=True)
def _own_file(monkeypatch, tmp_path):
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(tmp_path / "office-updates.toml"))


def test_every_layer_states_licence_attribution_accuracy_limits_method_and_hash():
    page = unescape(shown(open_page("sources.py")))
    for layer in shipped().catalogued.values():
        for told in (layer.title, layer.licence, layer.attribution, layer.accuracy_note, layer.limits, layer.method):
            assert told in page
        assert layer.sha256 in page
        assert layer.licence_url in page


def test_every_layer_can_be_taken_away_in_two_forms():
    app = open_page("sources.py")
    labels = [button.label for button in app.get("download_button")]
    for layer in shipped().layers.values():
        assert f"{layer.title}: GeoJSON with licence" in labels
        assert f"{layer.title}: GeoPackage with licence" in labels
    for raster in shipped().rasters.values():
        assert f"{raster.title}: PNG with licence" in labels


def test_an_address_names_the_layers_that_are_shown():
    page = shown(open_page("sources.py", {"layers": "border,route-rail"}))
    assert re.findall(r'<article class="record" id="layer-([a-z]+)">', page) == ["border", "route"]


def test_the_worked_example_is_computed():
    page = unescape(shown(open_page("sources.py", {"section": "lengths"})))
    lengths = lengths_by_method_km(EXAMPLE)
    assert f"{lengths['ellipsoid']:.2f} (reference)" in page
    for method in ("sphere", "utm", "web-mercator"):
        assert f"{lengths[method]:.2f} (" in page
    assert "43.37" in page
    assert "Border of Armenia and Iran (km)" in page
    assert "Lengths of one section" in page


def test_the_boundary_is_told_with_both_governments_beside_each_other():
    page = unescape(shown(open_page("sources.py", {"section": "boundary"})))
    boundary = shipped().library.boundary
    for sentence in (*boundary.nature.holds, *boundary.nature.does_not_hold, long_disclaimer()):
        assert sentence in page
    for topic in boundary.topics:
        for quotation in (*topic.armenia, *topic.azerbaijan):
            assert f"“{quotation.text}”" in page
    assert page.index("Said for Armenia") < page.index("Said for Azerbaijan")


def test_every_source_stands_under_the_seat_of_its_publisher():
    page = unescape(shown(open_page("sources.py", {"section": "sources"})))
    sources = shipped().library.sources
    assert page.count("<li>") == len(sources)
    for source in sources.values():
        assert source.title.rstrip(".") in page


def test_every_licence_is_listed_with_what_it_asks_for():
    page = unescape(shown(open_page("sources.py", {"section": "licences"})))
    for layer in shipped().catalogued.values():
        assert layer.licence in page
        assert layer.attribution in page
    assert "MIT" in page


def test_no_surface_area_of_a_state_is_printed():
    for section in ("layers", "boundary", "lengths", "sources", "licences"):
        page = shown(open_page("sources.py", {"section": section}))
        assert not re.search(r"29[ ,.]?[78]\d\d|86[ ,.]?6\d\d", re.sub(r"<[^>]*>|https?://\S+|[0-9a-f]{64}", " ", page))


@pytest.mark.parametrize("asked", [{"section": "nowhere"}, {"layers": "heights"}, {"feature": "place/atlantis"}])
def test_an_unknown_address_is_told_and_the_page_still_works(asked):
    app = open_page("sources.py", asked)
    assert len(notices(app)) == 1
    assert "Layers of the map" in shown(app)


def test_the_page_says_which_version_runs_and_how_new_its_facts_are():
    told = unescape(shown(open_page("sources.py")))
    assert f"Declaration Map {version('corridor')}" in told
    assert f"Public sources searched to {day(facts_as_of())}" in told

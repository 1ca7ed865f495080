"""The routes page, driven through the menu: the choice, the address, the chart's table, the files."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from corridor.candidates import read_candidates
from corridor.present.candidates.tables import bars, name
from corridor.ui.routes.tables import candidate_groups, table_lookup


def open_page(**asked):
    app = AppTest.from_file("../../corridor/pages/_menu.py", default_timeout=60)
    app.switch_page("routes.py")
    for key, value in asked.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def html(app):
    return "\n".join(block.proto.body for block in app.get("html"))


def words(app):
    return unescape(re.sub(r"<[^>]+>", " ", html(app)))


def mapped(app):
    components = [element.proto for element in app.main if element.type == "bidi_component"]
    (small_map,) = [proto for proto in components if proto.component_name != "corridor_single_keys"] or [None]
    return small_map.json


@pytest.mark.parametrize("identity", sorted(read_candidates()))
def test_every_candidate_has_a_page_of_its_own_in_its_table(identity):
    app = open_page(candidate=identity)
    chosen = read_candidates()[identity]
    assert app.radio(key="candidate").value == identity
    group = next(group for group in candidate_groups() if chosen in group.candidates)
    for one in group.candidates:
        assert name(one) in words(app)
    for one in table_lookup().segment_figures(chosen):
        assert one.label in words(app)
        if one.measured_km is not None:
            assert one.leg.segment in mapped(app)


def test_the_feature_form_of_the_address_works_too():
    assert open_page(feature="candidate/road-araks").radio(key="candidate").value == "road-araks"


def test_a_segment_in_the_address_shows_a_candidate_that_uses_it():
    assert open_page(feature="route/rail-ijevan-hrazdan").radio(key="candidate").value == "rail-ijevan-yerevan"


def test_choosing_a_table_and_a_row_moves_the_address():
    app = open_page()
    app.button_group(key="group").set_value("Road, Baku – Nakhchivan").run()
    assert "road-iran-existing" in app.query_params["candidate"]
    app.radio(key="candidate").set_value("road-kapan-kajaran").run()
    assert "road-kapan-kajaran" in app.query_params["candidate"]
    assert "route/tripp-road-kajaran" in mapped(app)


@pytest.mark.parametrize("asked", ["ship-araks", "<script>alert(1)</script>"])
def test_an_unknown_candidate_is_told_and_the_page_goes_on(asked):
    app = open_page(candidate=asked)
    assert "which is not known here" in words(app)
    assert "<script>" not in html(app)
    assert app.radio(key="candidate").value == candidate_groups()[0].candidates[0].id


def test_a_chart_has_its_numbers_in_the_table_beneath():
    app = open_page()
    assert len(app.get("vega_lite_chart")) == 1
    told = words(app)
    for bar in bars(candidate_groups()[0].candidates, table_lookup()):
        assert f"{bar.km:,.0f}" in told or f"{bar.km:,.1f}" in told


def test_every_table_can_be_taken_as_a_file():
    app = open_page()
    assert len(app.get("download_button")) == html(app).count("<table")


def test_nothing_is_ranked_scored_or_named_by_one_side():
    for group in candidate_groups():
        told = words(open_page(candidate=group.candidates[0].id)).casefold()
        assert "no scores, no ranking" in told
        for word in ("winner", "best option", "rank 1", "compliance", "zangezur corridor is"):
            assert word not in told


def test_what_the_office_added_about_a_segment_stands_in_a_table_of_its_own(monkeypatch, tmp_path):
    file = tmp_path / "office-updates.toml"
    file.write_text(
        '[[update]]\nkind = "status"\nfeature = "route/tripp-rail"\nwhat = "Survey <done>"\ndate = "2026-11-01"\n'
        'source = "Embassy cable"\nadded = "2026-11-02"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(file))
    told = words(open_page(candidate="rail-araks"))
    assert "Survey <done>" in told
    assert "Embassy cable" in told
    assert "Survey <done>" not in words(open_page(candidate="road-araks"))


def test_the_ground_along_a_candidate_is_told_in_the_countries_of_its_segments():
    page = html(open_page(candidate="rail-araks"))
    assert "The ground beside the line reaches from at or below sea level to" in str(page)
    assert "Armenia to Nakhchivan Autonomous Republic (Azerbaijan)" in str(page)
    assert "no gradient and no climb can be taken from this model" in str(page)

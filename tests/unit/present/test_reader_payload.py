"""Everything the reader can point at has a card, every light is drawn, and nothing says more than the text."""

import json
from pathlib import Path

import pytest

from corridor.present.cards.search import fold
from corridor.present.publication import published
from corridor.present.reader import payload
from corridor.present.words import facts_line

GOLDEN = Path(__file__).parents[1] / "golden" / "reader-text.json"


@pytest.fixture(scope="module")
def told():
    return payload(published().shipped)


@pytest.fixture(scope="module")
def shipped():
    return published().shipped


@pytest.fixture(scope="module")
def drawn(shipped):
    return {i for i, feature in shipped.by_id.items() if feature["geometry"] is not None}


def test_two_payloads_are_the_same_bytes(told, shipped):
    assert json.dumps(told) == json.dumps(payload(shipped))


def test_the_text_and_its_anchors_are_as_reviewed(told):
    found = {"document": told["document"], "anchors": told["anchors"], "relations": told["relations"]}
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_every_target_of_every_anchor_has_a_card(told):
    for anchor in told["anchors"].values():
        for target in anchor["targets"]:
            assert target in told["cards"], target


def test_every_feature_candidate_instrument_and_event_has_a_card_and_can_be_found(told, shipped):
    assert set(told["cards"]) == set(shipped.labels)
    assert {entry["id"] for entry in told["search"]} == set(shipped.labels)


def test_every_light_is_drawn(told, drawn):
    for lit in [*told["anchors"].values(), *told["cards"].values()]:
        assert set(lit["lights"]) <= drawn


def test_a_drawn_feature_lights_itself_and_has_bounds(told, drawn):
    for identity in drawn:
        assert told["cards"][identity]["lights"] == [identity]
        (south, west), (north, east) = told["cards"][identity]["bounds"]
        assert south <= north
        assert west <= east


def test_a_candidate_lights_all_its_drawn_segments_and_no_other(told, shipped, drawn):
    for identity, candidate in shipped.candidates.items():
        way = {f"route/{part.segment}" for part in candidate.segments}
        assert set(told["cards"][f"candidate/{identity}"]["lights"]) == way & drawn


def test_a_candidate_says_as_much_for_armenia_as_for_azerbaijan_or_lists_what_was_found(told, shipped):
    for identity, candidate in shipped.candidates.items():
        labels = [row["label"] for row in told["cards"][f"candidate/{identity}"]["rows"]]
        assert labels.count("Connects for Armenia") == len(candidate.connects_for_armenia)
        assert labels.count("Connects for Azerbaijan") == len(candidate.connects_for_azerbaijan)


def test_no_phrase_of_paragraph_3_lights_a_route(told):
    for anchor in told["anchors"].values():
        if anchor["clause"] == "joint-declaration/3":
            assert not [i for i in anchor["lights"] if i.startswith("route/")]


def test_the_project_named_in_paragraph_4_lights_its_three_sections_together_and_says_that_the_text_fixes_none(told):
    lit = [anchor for anchor in told["anchors"].values() if any(i.startswith("route/") for i in anchor["lights"])]
    assert [sorted(anchor["lights"]) for anchor in lit] == [
        ["route/tripp-rail", "route/tripp-road-kajaran", "route/tripp-road-river"]
    ]
    assert lit[0]["caption"] == "The text fixes no line"


def test_the_runs_of_a_clause_are_its_text(told):
    for clause in told["document"]["clauses"]:
        assert "".join(run["text"] for run in clause["runs"]) == clause["text"]


def test_a_card_that_no_clause_speaks_of_says_so(told):
    for card in told["cards"].values():
        assert bool(card["clauses"]) != bool(card["not_named"])
        assert not card["not_named"] or card["not_named"].startswith("No clause names it")


def test_every_row_says_where_it_comes_from_and_can_be_copied_with_it(told):
    for card in told["cards"].values():
        for row in card["rows"]:
            assert " Source: " in row["copy"], (card["id"], row["label"])
            assert row["copy"].startswith(card["title"]), (card["id"], row["copy"])
            assert row["source"] in row["copy"]


def test_every_card_names_a_source_and_the_day_of_its_facts(told):
    for card in told["cards"].values():
        assert card["sources"], card["id"]
        assert card["copy"].endswith(f"{facts_line()}.")


def test_every_published_length_of_a_segment_stands_on_its_card(told, shipped):
    for feature in shipped.features["route"]:
        rows = [row for row in told["cards"][feature["id"]]["rows"] if row["label"] == "Published length"]
        assert len(rows) == len(feature["properties"]["published_lengths"])


def test_every_drawn_feature_has_one_switch(told, drawn):
    switched = [i for group in told["layers"] for switch in group["switches"] for i in switch["features"]]
    assert sorted(switched) == sorted(drawn)


def test_labels_stand_for_drawn_features_inside_the_window(told, drawn):
    for label in told["labels"]:
        assert label["id"] in drawn
        assert label["text"]
        assert 37 < label["lat"] < 43
        assert 41 < label["lon"] < 52
    named = {label["id"] for label in told["labels"]}
    assert {i for i in drawn if i.startswith(("territory/", "place/", "crossing/"))} <= named


def test_every_form_is_found_by_itself(told):
    for entry in told["search"]:
        for form in entry["forms"]:
            assert form["folded"] == fold(form["text"].strip("“”") if form["contested"] else form["text"])


def test_a_name_a_government_objects_to_is_found_where_both_sides_names_stand_with_dates(told):
    contested = {e["id"] for e in told["search"] if any(form["contested"] for form in e["forms"])}
    assert contested == {"event/name-dispute-2025-09"}
    (entry,) = (entry for entry in told["search"] if entry["id"] in contested)
    assert {fold(form["text"].strip("“”")) for form in entry["forms"] if form["contested"]} >= {
        "zangezur corridor",
        "zengezur dehlizi",
    }
    card = told["cards"]["event/name-dispute-2025-09"]
    words = " ".join(f"{row['value']} {row['quote']} {row['as_of']}" for row in card["rows"])
    for said in (
        "Zangezur corridor",
        "territorial claim",
        "the TRIPP project",
        "change its essence",
        "Aliyev",
        "Pashinyan",
    ):
        assert said in words
    assert card["link"] == {"words": "More under question 20", "address": "/questions?question=20"}


def test_whatever_an_office_may_write_about_has_a_card_to_stand_on(told):
    assert published().shipped.known_ids <= set(told["cards"])


def test_the_legend_begins_with_armenia_then_one_line_for_both_parts_of_azerbaijan(told):
    words = [entry["words"] for entry in told["legend"][0]["entries"]]
    assert words[:2] == ["Republic of Armenia", "Republic of Azerbaijan: main part; Nakhchivan Autonomous Republic"]


def test_the_view_at_the_start_holds_armenia_and_both_parts_of_azerbaijan(told):
    (south, west), (north, east) = told["home"]
    assert (south, west) < (38.5, 43.6)
    assert (north, east) > (41.8, 50.2)


def test_the_card_of_a_state_has_its_borders_and_a_neighbours_which_the_map_cuts_off_has_none(told):
    rows = {row["label"]: row for row in told["cards"]["territory/armenia"]["rows"]}
    # 45.92 km within 0.1: the figure for this border, from both exact tripoints.
    assert abs(float(rows["Border with Iran"]["value"]) - 45.92) <= 0.1
    assert "not delimited" in rows["Border with Nakhchivan Autonomous Republic (Azerbaijan)"]["accuracy"]
    assert not [row for row in told["cards"]["territory/iran"]["rows"] if row["label"].startswith("Border")]


def test_no_state_has_an_area(told):
    for identity, card in told["cards"].items():
        if identity.startswith("territory/"):
            assert not [row for row in card["rows"] if "km²" in (row["unit"] or "") or "area" in row["label"].lower()]


def test_every_feature_and_candidate_stands_in_the_list(told, shipped):
    drawn = [i for group in told["layers"] for switch in group["switches"] for i in switch["features"]]
    listed = [i for entry in told["listed"] for i in entry["features"]]
    assert sorted(drawn + listed) == sorted([*shipped.by_id, *(f"candidate/{i}" for i in shipped.candidates)])

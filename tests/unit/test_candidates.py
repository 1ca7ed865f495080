"""Candidates: read strictly, never ranked, compared only where they share mode, origin and destination."""

import re
import shutil
from itertools import pairwise

import pytest

from corridor.candidates import MODES, read_candidates
from corridor.errors import CatalogueError
from corridor.land.catalogue import read_catalogue, read_features
from corridor.legs import by_country, legs, total
from corridor.present.candidates.side_by_side import side_by_side
from corridor.sources import GEODATA, read_sources
from corridor.texts.edition import facts_as_of

IDS = {
    "rail-araks", "rail-ijevan-yerevan", "rail-georgia-armenia", "rail-georgia-turkiye", "rail-mincivan-kapan",
    "rail-meghri-yeraskh", "rail-gyumri-kars", "road-araks", "road-kapan-kajaran", "road-iran-aras",
    "road-iran-existing", "road-goris-shahbuz", "road-goris-yeraskh", "road-gazakh-yeraskh", "air-baku-nakhchivan",
    "power-jabrayil-nakhchivan", "gas-igdir-nakhchivan", "fibre",
}  # fmt: skip


@pytest.fixture(scope="module")
def candidates():
    return read_candidates()


@pytest.fixture(scope="module")
def features():
    return {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "geodata"
    shutil.copytree(GEODATA, root, ignore=shutil.ignore_patterns("build", "__pycache__"))
    return root


def test_every_candidate_is_there_and_no_other(candidates):
    assert set(candidates) == IDS


def test_they_stand_by_mode_and_then_by_name_never_by_length(candidates):
    order = [(MODES.index(one.mode), one.name.casefold()) for one in candidates.values()]
    assert order == sorted(order)


def test_side_by_side_only_with_one_mode_origin_and_destination(candidates):
    groups = [group for group in side_by_side(candidates.values()) if group.compared]
    ways = [{(one.mode, one.origin, one.destination) for one in group.candidates} for group in groups]
    assert ways == [{("rail", "Baku", "Nakhchivan")}, {("road", "Baku", "Nakhchivan")}]
    for group in groups:
        assert any(one.base_case for one in group.candidates)
    assert {one.id for group in groups for one in group.candidates if one.base_case} == {
        "rail-georgia-turkiye",
        "road-iran-existing",
    }


def test_both_sides_have_a_column_of_equal_weight(candidates):
    for one in candidates.values():
        assert len(one.connects_for_armenia) == len(one.connects_for_azerbaijan), one.id
        assert one.connects_for_armenia


def test_every_statement_names_a_recorded_source(candidates):
    known = read_sources()
    for one in candidates.values():
        statements = [
            *one.connects_for_armenia, *one.connects_for_azerbaijan, *one.missing_parts, *one.proposed_by,
            *one.answered_by, *one.published_totals,
        ]  # fmt: skip
        assert all(statement.sources and set(statement.sources) <= set(known) for statement in statements), one.id


def test_dates_are_dates_and_not_younger_than_the_stamp(candidates):
    for one in candidates.values():
        for said in (*one.proposed_by, *one.answered_by):
            assert said.as_of is not None
            assert re.fullmatch(r"\d{4}(-\d{2}){0,2}", said.as_of)
            assert said.as_of <= facts_as_of().isoformat()


def test_own_words_stay_neutral(candidates):
    """No rank, no verdict; "corridor", "transit" and the like only in quotation marks or as a marked alias."""
    for one in candidates.values():
        texts = [one.name, one.note or "", *one.not_known]
        texts += [s.text for s in (*one.connects_for_armenia, *one.connects_for_azerbaijan, *one.missing_parts)]
        texts += [said.what for said in (*one.proposed_by, *one.answered_by)]
        own = re.sub(r'"[^"]*"', "", " ".join(texts)).lower()
        for word in ("corridor", "transit", "zangezur", "liberated", "occupied", "best", "rank", "score", "complies"):
            assert word not in own, f"{one.id}: {word}"


def test_kilometres_add_up_by_country(candidates, features):
    for one in candidates.values():
        ways = legs(one.segments, features)
        whole = total(ways)
        split = by_country(ways)
        assert sum(part.measured for part in split.values()) == pytest.approx(whole.measured, abs=0.05)
        assert sum(part.without_published for part in split.values()) == whole.without_published


def test_the_countries_on_the_way_are_those_of_the_sources(candidates, features):
    def countries(identity):
        return list(by_country(legs(candidates[identity].segments, features)))

    assert countries("rail-araks") == ["az-mainland", "armenia", "az-nakhchivan"]
    assert countries("rail-ijevan-yerevan") == ["az-mainland", "armenia", "az-nakhchivan"]
    assert countries("rail-georgia-armenia") == ["az-mainland", "georgia", "armenia", "az-nakhchivan"]
    assert countries("rail-georgia-turkiye") == ["az-mainland", "georgia", "turkiye", "az-nakhchivan"]
    assert countries("road-iran-aras") == ["az-mainland", "iran", "az-nakhchivan"]
    assert countries("road-iran-existing") == ["az-mainland", "iran", "az-nakhchivan"]
    assert countries("rail-meghri-yeraskh") == ["armenia", "az-nakhchivan"]


def test_a_part_of_a_segment_is_measured_between_its_stations(candidates, features):
    first = legs(candidates["rail-meghri-yeraskh"].segments, features)[0]
    assert not first.whole
    assert first.published_km == (14, 14), "km 338 to km 352 of the Soviet line table"
    assert first.measured_km == pytest.approx(14.0, abs=2.0), "Meghri to the border is 14 km by Soviet chainage"
    road = legs(candidates["road-kapan-kajaran"].segments, features)[1]
    whole = features["route/road-ahmadbayli-aghband"]["properties"]["measured_km"]
    assert road.measured_km is not None
    assert 0 < road.measured_km < whole


def test_what_is_not_drawn_is_counted_and_not_estimated(candidates, features):
    kilometres = total(legs(candidates["power-jabrayil-nakhchivan"].segments, features))
    assert kilometres.not_drawn == 1
    assert kilometres.published_low == kilometres.published_high == 74 + 44 + 105


def test_crossings_stand_in_the_order_of_travel(candidates, features):
    crossings = {feature["id"]: feature for feature in read_features(read_catalogue()["crossing"])}
    for one in candidates.values():
        if one.table != "transport" or one.id == "road-gazakh-yeraskh":
            continue
        countries = [leg.country for leg in legs(one.segments, features)]
        changes = [{a, b} for a, b in pairwise(countries) if a != b]
        pairs = [set(crossings[f"crossing/{crossing}"]["properties"]["territories"]) for crossing in one.crossings]
        assert pairs == changes, one.id


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('mode = "rail"', 'mode = "monorail"', "mode"),
        ('"tripp-rail"', '"no-such-segment"', "no-such-segment"),
        ('from = "Meghri"', 'from = "Nowhere"', "Nowhere"),
        ('"meghri-rail-east"', '"no-such-crossing"', "no-such-crossing"),
        ('"azernews-salamalik-2025-12"', '"nobody-1999"', "nobody-1999"),
        ('id = "rail-araks"', 'id = "rail-mincivan-kapan"', "twice"),
        ("[[candidate]]", "[[candidate", "TOML"),
    ],
)
def test_a_broken_table_stops_with_one_sentence_naming_the_fault(copy, before, after, says):
    path = copy / "tables" / "candidate.toml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape(says)) as caught:
        read_candidates(copy)
    assert "candidate" in str(caught.value)

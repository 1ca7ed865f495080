"""Every place is walked: its names, its State, its sources, its dated figures."""

import unicodedata
from pathlib import Path

import pytest
from shapely.geometry import shape

from corridor.land.catalogue import read_catalogue, read_features
from corridor.present.cards.search import fold
from corridor.sources import read_sources
from corridor.texts.edition import facts_as_of

SCRIPTS = {
    "az": "LATIN",
    "en": "LATIN",
    "fa": "ARABIC",
    "fa-Latn": "LATIN",
    "hy": "ARMENIAN",
    "hy-Latn": "LATIN",
    "ka": "GEORGIAN",
    "ru": "CYRILLIC",
    "ru-Latn": "LATIN",
    "tr": "LATIN",
}
MEGHRI = {
    "meghri": 4580, "agarak": 4429, "lehvaz": 571, "alvank": 352, "shvanidzor": 312, "karchevan": 301,
    "vardanidzor": 228, "lichk": 161, "nrnadzor": 148, "tashtun": 104, "tkhkut": 69, "vahravar": 48, "kuris": 44,
    "gudemnis": 21, "aygedzor": 9,
}  # fmt: skip
EXCLAVE_VILLAGES = {
    "place/karki": "exclave/karki",
    "place/barxudarli": "exclave/barxudarli",
    "place/sofulu": "exclave/barxudarli",
    "place/yukhari-askipara": "exclave/yukhari-askipara",
    "place/artsvashen": "exclave/artsvashen",
}


def scripts_of(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


@pytest.fixture(scope="module")
def layers():
    return {layer.id: read_features(layer) for layer in read_catalogue().values()}


@pytest.fixture(scope="module")
def places(layers):
    return {feature["id"]: feature for feature in layers["place"]}


def test_there_are_at_least_sixty_places_of_every_kind(places):
    kinds = {place["properties"]["kind"] for place in places.values()}
    assert len(places) >= 60
    assert kinds == {"capital", "city", "town", "village", "station", "dam", "range"}


@pytest.mark.parametrize("layer", ["place", "crossing"])
def test_every_name_is_written_in_the_script_of_its_language(layers, layer):
    for feature in layers[layer]:
        assert scripts_of(feature["properties"]["label"]) == {"LATIN"}, feature["id"]
        for entry in feature["properties"]["names"]:
            assert scripts_of(entry["text"]) == {SCRIPTS[entry["language"]]}, (feature["id"], entry)
            assert entry["text"] == unicodedata.normalize("NFC", entry["text"]).strip(), (feature["id"], entry)


def test_what_lies_in_two_states_or_under_delimitation_bears_both_forms_by_the_alphabet(layers):
    """A town has the form of its State; the range, the dams and the rivers of a border have both."""
    for feature in (*layers["place"], *layers["water"], *layers["exclave"]):
        properties = feature["properties"]
        bare = properties["label"].partition(":")[0].partition(" (")[0]
        forms = [form.strip() for form in bare.removesuffix(" range").removesuffix(" dam").split(" / ")]
        assert forms == sorted(forms, key=fold), feature["id"]
        states = {territory.partition("-")[0] for territory in properties["territories"]}
        if len(states) > 1 and properties["kind"] != "sea":
            assert len(forms) > 1, feature["id"]


def test_a_mountain_range_is_listed_with_the_names_of_both_sides_and_labels_nothing(places):
    ranges = [place for place in places.values() if place["properties"]["kind"] == "range"]
    assert [place["properties"]["label"] for place in ranges] == ["Syunik / Zangezur range"]
    for place in ranges:
        assert place["geometry"] is None
        assert {"az", "en", "hy", "ru"} <= {entry["language"] for entry in place["properties"]["names"]}


def test_no_river_stands_in_one_form_in_the_name_of_a_border(layers):
    for feature in layers["border"]:
        label = feature["properties"]["label"]
        for one, both in (("Araks", "Araks / Aras / Araz"), ("Akhurian", "Akhurian / Arpaçay")):
            assert label.count(one) == label.count(both), label


@pytest.mark.parametrize("layer", ["place", "crossing", "water", "exclave"])
def test_a_name_says_nothing_but_its_language_and_until_when_it_was_in_use(layers, layer):
    for feature in layers[layer]:
        for entry in feature["properties"]["names"]:
            note = entry["note"]
            assert note is None or note.startswith("name until ") or note.endswith(" on the line table"), entry


def test_a_village_and_a_dam_of_iran_have_their_persian_names(places):
    for identity in ("place/kalaleh", "place/giz-galasi-dam", "place/jolfa-station"):
        assert "fa" in {entry["language"] for entry in places[identity]["properties"]["names"]}, identity


@pytest.mark.parametrize("layer", ["place", "crossing"])
def test_no_alias_is_given_twice_contested_or_marked_to_be_avoided(layers, layer):
    for feature in layers[layer]:
        entries = feature["properties"]["names"]
        assert len({(entry["text"], entry["language"]) for entry in entries}) == len(entries), feature["id"]
        for entry in entries:
            assert not entry["contested"]
            assert "avoid" not in (entry["note"] or "")


def test_an_armenian_and_an_azerbaijani_form_are_treated_alike(places):
    in_armenia = [p for p in places.values() if p["properties"]["territories"] == ["armenia"]]
    in_azerbaijan = [p for p in places.values() if p["properties"]["territories"][0].startswith("az-")]
    for group, other in ((in_armenia, "az"), (in_azerbaijan, "hy")):
        assert sum(any(n["language"] == other for n in p["properties"]["names"]) for p in group) >= 15


@pytest.mark.parametrize("layer", ["place", "crossing"])
def test_every_source_exists_and_every_fact_is_sourced_and_dated_in_time(layers, layer):
    known = read_sources()
    for feature in layers[layer]:
        properties = feature["properties"]
        assert properties["sources"], feature["id"]
        assert set(properties["sources"]) <= set(known), feature["id"]
        for fact in properties["facts"]:
            assert fact["sources"], (feature["id"], fact["label"])
            assert set(fact["sources"]) <= set(properties["sources"])
            assert fact["as_of"] is None or fact["as_of"] <= facts_as_of().isoformat()


def test_no_place_lies_in_another_state_than_it_names(layers, places):
    lands = {feature["id"].removeprefix("territory/"): shape(feature["geometry"]) for feature in layers["territory"]}
    for identity, place in places.items():
        if place["geometry"] is not None:
            point = shape(place["geometry"])
            own = place["properties"]["territories"]
            assert any(lands[key].covers(point) for key in own), identity
            assert len(own) == 2 or not any(lands[key].contains(point) for key in lands if key not in own), identity


def test_a_place_is_drawn_with_an_accuracy_or_listed_with_a_reason(places):
    for identity, place in places.items():
        properties = place["properties"]
        if place["geometry"] is None:
            assert properties["accuracy_m"] is None
            assert "not drawn" in properties["note"], identity
            assert properties["coordinate_basis"] is None
        else:
            assert properties["accuracy_m"] >= 500, identity
            assert properties["coordinate_basis"] in {"cited", "derived", "estimate"}
            if properties["coordinate_basis"] == "estimate":
                assert "estimate" in properties["method"]


def test_the_fifteen_settlements_of_meghri_carry_the_census_of_2011(places):
    found = {}
    for identity, place in places.items():
        for fact in place["properties"]["facts"]:
            if fact["unit"] == "people":
                assert fact["as_of"] == "2011", identity
                assert fact["label"] == "Population, census of 2011"
                found[identity.removeprefix("place/")] = fact["value"]
    assert found == MEGHRI
    assert sum(found.values()) == 11_377


def test_the_five_villages_under_delimitation_are_told_alike(layers, places):
    told = [places[key]["properties"] for key in EXCLAVE_VILLAGES]
    assert {properties["status"] for properties in told} == {"area under delimitation"}
    for properties in told:
        assert "status for the delimitation commissions" in properties["note"]
        assert {"hy", "az"} <= {entry["language"] for entry in properties["names"]}
    areas = {feature["id"]: feature for feature in layers["exclave"]}
    for village, area in EXCLAVE_VILLAGES.items():
        assert shape(areas[area]["geometry"]).buffer(0.01).covers(shape(places[village]["geometry"])), village
        own = areas[village.replace("place/", "exclave/")]["properties"]
        assert own["label"] == places[village]["properties"]["label"] + ": area under delimitation"


def test_corrected_points_stay_corrected(places):
    yeraskh = shape(places["place/yeraskh"]["geometry"])
    assert (yeraskh.x, yeraskh.y) == (44.82806, 39.73944)
    assert not {"place/tri-east", "place/tri-west", "place/norduz"} & set(places)


def test_no_coordinate_comes_from_outside_the_pinned_package_or_a_named_page(places):
    for identity, place in places.items():
        if place["geometry"] is not None:
            sources = place["properties"]["sources"]
            assert any(s == "geonames-cities500" or s.startswith(("wikipedia-", "dewiki-")) for s in sources), identity


def test_tables_say_nothing_in_words_the_project_does_not_use():
    root = Path(__file__).parents[3] / "geodata" / "tables"
    for name in ("place", "crossing"):
        text = (root / f"{name}.toml").read_text(encoding="utf-8").lower()
        for word in ("zangezur corridor", "liberated", "occupied", "transit", "blockade", "treaty"):
            assert word not in text, (name, word)

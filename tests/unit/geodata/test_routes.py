"""The route layer: lines inside their State, joined end to end, measured beside every published length, all sourced."""

import re
from itertools import pairwise

import pytest
import shapely

from corridor.candidates import read_candidates
from corridor.land.catalogue import read_catalogue, read_every_feature, read_features
from corridor.land.geodesy import distance_m, length_km, to_metric
from corridor.sources import GEODATA, read_sources, read_toml
from corridor.texts.edition import facts_as_of

STATUSES = {
    "operating",
    "under construction",
    "not built",
    "built, not opened",
    "not operating",
    "proposed",
    "not found",
}
ALIGNMENTS = {"existing", "published", "stated", "inferred", "none"}
MODES = {"rail", "road", "energy", "digital", "air"}
TRIPP = {"route/tripp-rail", "route/tripp-road-river", "route/tripp-road-kajaran"}
LISTED_ONLY = {
    "route/fibre-armenia",
    "route/air-baku-nakhchivan",
    "route/power-armenia",
    "route/rail-border-kars",
    "route/rail-gyumri-border",
    "route/power-nakhchivan-turkiye",
    "route/road-gazakh-yeraskh",
}
NOTHING_M = 0.2  # what the sixth decimal of a degree can move a line across a border


@pytest.fixture(scope="module")
def routes():
    return {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}


@pytest.fixture(scope="module")
def lines(routes):
    return {
        identity: shapely.geometry.shape(feature["geometry"])
        for identity, feature in routes.items()
        if feature["geometry"] is not None
    }


@pytest.fixture(scope="module")
def lands():
    features = read_features(read_catalogue()["territory"])
    return {
        feature["id"].removeprefix("territory/"): shapely.geometry.shape(feature["geometry"]) for feature in features
    }


def test_every_metre_lies_in_the_country_of_its_segment(routes, lines, lands):
    for identity, line in lines.items():
        inside = to_metric(lands[routes[identity]["properties"]["country"]])
        outside = shapely.difference(to_metric(line), shapely.buffer(inside, NOTHING_M))
        assert outside.length == 0.0, f"{identity}: {outside.length:.1f} m outside"


def test_no_armenian_or_azerbaijani_metre_lies_in_iran(routes, lines, lands):
    iran = shapely.buffer(to_metric(lands["iran"]), -NOTHING_M)
    for identity, line in lines.items():
        if routes[identity]["properties"]["country"] != "iran":
            assert shapely.intersection(to_metric(line), iran).length == 0.0, identity


def test_features_called_tripp_exist_only_inside_armenia(routes, lines, lands):
    called = {identity for identity, f in routes.items() if "TRIPP" in f["properties"]["label"]}
    assert called == TRIPP
    for identity, feature in routes.items():
        names = " ".join(name["text"] for name in feature["properties"]["names"])
        assert identity in TRIPP or ("TRIPP" not in names and "Trump" not in names)
    armenia = shapely.buffer(lands["armenia"], 1e-6)
    assert all(shapely.covers(armenia, lines[identity]) for identity in TRIPP)


def test_tripp_labels_say_how_far_the_course_is_known(routes):
    assert routes["route/tripp-rail"]["properties"]["label"] == "TRIPP, railway section (course stated, not published)"
    assert routes["route/tripp-road-river"]["properties"]["label"] == "TRIPP, road section (inferred)"
    assert routes["route/tripp-road-kajaran"]["properties"]["alignment_status"] == "inferred"


def test_a_name_a_government_objects_to_stands_on_no_label_and_on_no_card_of_a_segment(routes):
    for identity, feature in routes.items():
        for name in feature["properties"]["names"]:
            assert not name["contested"], identity
            assert "zangezur" not in name["text"].lower(), identity
            assert "zəngəzur" not in name["text"].lower(), identity
        label = feature["properties"]["label"].lower()
        assert "zangezur" not in label
        assert "corridor" not in label or '"aras corridor"' in label


def test_the_railway_section_in_armenia_measures_within_the_published_lengths(routes, lines, lands):
    properties = routes["route/tripp-rail"]["properties"]
    assert 42.0 <= properties["measured_km"] <= 45.0
    published = {length["km"] for length in properties["published_lengths"]}
    assert {39, 42, 43, 45} <= published
    assert 32 not in published, "the 32 km are said of a road"
    assert 44 not in published, "the 44 km are said of the power line"
    nearest = to_metric(lines["route/tripp-rail"]).distance(to_metric(lands["iran"]))
    assert 100.0 < nearest < 500.0


def test_measured_km_is_the_length_of_the_shipped_line(routes, lines):
    for identity, feature in routes.items():
        measured = feature["properties"]["measured_km"]
        if identity in lines:
            assert measured == pytest.approx(length_km(lines[identity]), abs=0.01), identity
        else:
            assert measured is None


def test_a_length_outside_the_published_ones_gives_its_reason_and_only_then(routes):
    for identity, feature in routes.items():
        properties = feature["properties"]
        lengths = [length for length in properties["published_lengths"] if length["comparable"]]
        if properties["measured_km"] is None or not lengths:
            assert properties["measured_note"] is None, identity
            continue
        low = min(length["km"] for length in lengths) - 0.5
        high = max(length["km_high"] or length["km"] for length in lengths) + 0.5
        outside = not low <= properties["measured_km"] <= high
        assert (properties["measured_note"] is not None) == outside, identity


def test_what_cannot_be_drawn_honestly_is_listed_and_not_drawn(routes, lines):
    assert set(routes) - set(lines) == LISTED_ONLY
    for identity in LISTED_ONLY:
        assert routes[identity]["properties"]["alignment_status"] == "none"
    assert routes["route/power-armenia"]["properties"]["contested"] is True


def test_only_a_line_from_a_named_dataset_is_called_an_existing_line(routes):
    for identity, feature in routes.items():
        if feature["properties"]["alignment_status"] == "existing":
            assert "railway graph" in feature["properties"]["method"], identity
            assert "scgraph-railways" in feature["properties"]["sources"], identity


def test_words_are_those_of_the_legend(routes):
    for feature in routes.values():
        properties = feature["properties"]
        assert properties["status"] in STATUSES
        assert properties["alignment_status"] in ALIGNMENTS
        assert properties["mode"] == properties["kind"]
        assert properties["mode"] in MODES
        assert properties["territories"] == [properties["country"]]


def test_consecutive_segments_meet_in_one_position(lines):
    for candidate in read_candidates().values():
        if candidate.table != "transport":
            continue
        for before, after in pairwise((*candidate.segments, *candidate.onward[:1])):
            if {f"route/{before.segment}", f"route/{after.segment}"} & LISTED_ONLY:
                continue
            first, second = lines[f"route/{before.segment}"], lines[f"route/{after.segment}"]
            shared = {*_ends(first, before.end)} & {*_ends(second, after.start)}
            assert shared, f"{candidate.id}: {before.segment} and {after.segment} do not meet"


def _ends(line, named_part):
    """The positions a neighbour may join: the two ends, or any vertex when only a part is used."""
    return list(line.coords) if named_part else [line.coords[0], line.coords[-1]]


def test_a_railway_passes_its_stations_in_the_order_of_the_chainage(routes, lines):
    railways = [f for f in routes.values() if f["properties"]["mode"] == "rail" and f["properties"]["stations"]]
    assert railways
    for feature in railways:
        stations = feature["properties"]["stations"]
        along = [station["from_start_km"] for station in stations]
        assert along == sorted(along)
        assert [station["chainage_km"] for station in stations] == sorted(s["chainage_km"] for s in stations)
        line = to_metric(lines[feature["id"]])
        for station in stations:
            assert line.distance(to_metric(shapely.Point(station["lon"], station["lat"]))) < 25.0


def test_stations_of_the_railway_in_armenia_lie_where_the_place_layer_puts_them(routes):
    places = read_every_feature([read_catalogue()["place"]])
    for station in routes["route/tripp-rail"]["properties"]["stations"]:
        place = places[f"place/{station['name'].lower()}-station"]["geometry"]["coordinates"]
        assert distance_m((station["lon"], station["lat"]), tuple(place)) < 1.0


def test_lines_are_smooth(lines):
    """No corner of a drawn line folds back on itself."""
    for identity, line in lines.items():
        xy = shapely.get_coordinates(to_metric(line))
        for a, b, c in zip(xy, xy[1:], xy[2:], strict=False):
            first, second = b - a, c - b
            cosine = float(first @ second) / (float((first @ first) * (second @ second)) ** 0.5)
            assert cosine > -0.5, f"{identity} folds at {b}"


def test_every_figure_date_and_statement_has_a_recorded_source(routes):
    known = read_sources()
    for identity, feature in routes.items():
        properties = feature["properties"]
        details = [properties[key] for key in ("gauge", "operator", "owner", "company", "capacity", "cost")]
        groups = ("facts", "dates", "published_lengths", "proposed_by", "answered_by", "stations")
        entries = [entry for entry in details if entry] + [entry for key in groups for entry in properties[key]]
        for entry in [properties, *entries]:
            assert entry["sources"], f"{identity}: {entry} has no source"
            assert set(entry["sources"]) <= set(known), identity
        used = {source for entry in entries for source in entry["sources"]}
        assert used <= set(properties["sources"]) | {"own-drawing"}, f"{identity} does not list {used}"


def test_own_words_take_no_side(routes):
    """Names may quote a contested alias; everything else says "corridor" and the like only in quotation marks."""
    taken = re.compile(
        r"\b(blockade|compl(y|ies)|corridor|liberated|mainland|occupied|transit|treaty|zangezur)\b", re.I
    )

    def sentences(value, key=""):
        if isinstance(value, dict):
            for name, part in value.items():
                if name not in ("names", "quote", "sources", "country", "territories", "candidates", "onward_of"):
                    yield from sentences(part, name)
        elif isinstance(value, list):
            for part in value:
                yield from sentences(part, key)
        elif isinstance(value, str):
            yield re.sub(r'"[^"]*"', "", value)

    for identity, feature in routes.items():
        for sentence in sentences(feature["properties"]):
            assert not taken.search(sentence), f"{identity}: {sentence}"


def test_facts_are_not_younger_than_the_stamp(routes):
    for identity, feature in routes.items():
        assert feature["properties"]["as_of"][:10] <= facts_as_of().isoformat(), identity


def test_the_slips_of_horadiz_aghband_stand_in_order(routes):
    dates = routes["route/rail-horadiz-aghband"]["properties"]["dates"]
    promised = [(entry["said_on"], entry["date"][:4]) for entry in dates if entry["kind"] == "promised"]
    assert promised == sorted(promised)
    assert [year for _, year in promised] == ["2023", "2025", "2026", "2026", "2026"]
    kars = [e for e in routes["route/rail-kars-dilucu"]["properties"]["dates"] if e["kind"] == "promised"]
    assert "2029-09-24" in [entry["date"] for entry in kars]


def test_every_source_of_the_routes_is_used():
    used: set[str] = set()

    def collect(entry):
        if isinstance(entry, dict):
            for key, value in entry.items():
                if key in ("sources", "source"):
                    used.update([value] if isinstance(value, str) else value)
                else:
                    collect(value)
        elif isinstance(entry, list):
            for value in entry:
                collect(value)

    for path in [*sorted((GEODATA / "tables").glob("*.toml")), *sorted((GEODATA / "texts").glob("*.toml"))]:
        collect(read_toml(path))
    for layer in read_catalogue().values():
        used.update(layer.sources)
    recorded = set(read_toml(GEODATA / "sources" / "routes.toml")["source"])
    assert recorded <= used

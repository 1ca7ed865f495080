"""A line an office gives a segment: which may stand for it, and that it is drawn and measured everywhere instead."""

import json
import zipfile
from functools import cache
from io import BytesIO

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from corridor.assessing.region import read_region
from corridor.commands.cli import main
from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.features import RouteProperties, properties_of, shape_of
from corridor.land.geodesy import length_km
from corridor.office.given_line import MOST_POSITIONS, line_in, line_text
from corridor.office.lines import ADDED_LINE, line_source, lines_of, read_redrawn_routes, redrawn_routes
from corridor.office.updates import Update, check_update, read_updates
from corridor.office.updates_file import Removal, add_update, as_toml, remove_update, undo_removal
from corridor.present.cards.feature import feature_card
from corridor.present.cartography.composing import compose
from corridor.present.cartography.sheet import A4
from corridor.present.context import with_lines_of
from corridor.present.exports import layer_as_geojson
from corridor.present.map_request import MapRequest
from corridor.present.publication import published
from corridor.quantities import day

TRIPP = "route/tripp-rail"


@cache
def segments():
    return {feature["id"]: feature for feature in read_features(read_catalogue()["route"])}


@cache
def ours(segment=TRIPP):
    return shapely.LineString(shapely.get_coordinates(shape_of(segments()[segment])))


def bent(by=0.002):
    """The shipped railway section with both ends where they were and its middle moved north, away from the river."""
    positions = shapely.get_coordinates(ours())
    positions[1:-1, 1] += by
    return shapely.LineString(positions)


def entry(line, **more):
    return {
        "kind": "line",
        "what": "Track as surveyed",
        "feature": TRIPP,
        "line": line if isinstance(line, str) else line_text(line),
        "accuracy_m": 25.0,
        "date": "2026-11-20",
        "source": "Survey of the transport desk",
        **more,
    }


def update(line, **more) -> Update:
    checked = check_update(entry(line, **more), segments().keys())
    assert isinstance(checked, Update), checked
    return checked


def redrawn(line, **more):
    return redrawn_routes(tuple(segments().values()), [update(line, **more)], read_region())


BAD = {
    "no JSON": ({"line": "46.5 38.9"}, "line", "is not readable JSON"),
    "deep brackets": ({"line": "[" * 100_000}, "line", "is not readable JSON"),
    "a point": ({"line": '{"type":"Point","coordinates":[46,39]}'}, "line", "is no GeoJSON LineString"),
    "one place": (
        {"line": '{"type":"LineString","coordinates":[[46,39],[46,39]]}'},
        "line",
        "stays at one place",
    ),
    "metres": (
        {"line": '{"type":"LineString","coordinates":[[46,39],[612345,4312345]]}'},
        "line",
        "no longitude and latitude in degrees at position 2",
    ),
    "no number": ({"line": '{"type":"LineString","coordinates":[[46,39],[NaN,39]]}'}, "line", "at position 2"),
    "switched on": ({"line": '{"type":"LineString","coordinates":[[46,39],[true,39]]}'}, "line", "at position 2"),
    "too many": (
        {"line": json.dumps({"type": "LineString", "coordinates": [[46, 39]] * (MOST_POSITIONS + 1)})},
        "line",
        f"{MOST_POSITIONS:,} positions",
    ),
    "no line": ({"line": ""}, "", "lacks the key line"),
    "no accuracy": ({"accuracy_m": None}, "", "lacks the key accuracy_m"),
    "too rough": ({"accuracy_m": 5000.0}, "", "at most 1000 is wanted"),
    "of a candidate": ({"feature": "candidate/rail-araks"}, "", "only a segment"),
    "of nothing": ({"feature": ""}, "", "a line says what it is about"),
    "with a value": ({"value": 3.0}, "", "has the key value; only a figure has it"),
    "of a status": ({"kind": "status"}, "", "has the key line; only a line has it"),
}


@pytest.mark.parametrize("name", BAD)
def test_an_entry_that_is_no_line_is_told_by_its_key(name):
    changed, key, what = BAD[name]
    wrong, says = check_update(entry(bent()) | changed, {*segments(), "candidate/rail-araks"})
    assert wrong == key
    assert what in says


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=2, max_size=20, unique=True))
def test_what_is_kept_of_a_line_reads_as_the_line_to_a_tenth_of_a_metre(positions):
    line = shapely.LineString(positions)
    try:
        kept = line_in(line_text(line))
    except ValueError as error:
        assert "stays at one place" in str(error)  # noqa: PT017 - both outcomes are right, and each is looked at
        return
    assert shapely.get_coordinates(kept) == pytest.approx(shapely.get_coordinates(line), abs=5.1e-7)
    assert line_text(kept) == line_text(line_in(line_text(kept)))


@pytest.mark.parametrize("line", [bent(), shapely.reverse(bent())], ids=["onward", "turned"])
def test_it_is_drawn_and_measured_in_place_of_the_shipped_one_and_says_so(line):
    routes = redrawn(line, link="https://example.org/track")
    assert (routes.problems, set(routes.sources)) == ((), {line_source(TRIPP)})
    (feature,) = (feature for feature in routes.features if feature["id"] == TRIPP)
    properties, shipped = (properties_of(f, RouteProperties) for f in (feature, segments()[TRIPP]))
    drawn = shape_of(feature)
    assert shapely.get_coordinates(drawn) == pytest.approx(shapely.get_coordinates(bent()), abs=1e-6)
    assert properties["measured_km"] == pytest.approx(length_km(drawn), abs=0.01)
    assert properties["measured_km"] != shipped["measured_km"]
    assert properties["accuracy_m"] == 25
    assert properties["office_line"] == f"{ADDED_LINE}: Survey of the transport desk, 20 November 2026"
    assert properties["as_of"] == "2026-11-20"
    assert (
        properties["note"]
        == f"{properties['office_line']}. What follows was written of the shipped line. {shipped['note']}"
    )
    source = routes.sources[line_source(TRIPP)]
    assert (source.reference, source.published, source.url) == (
        "Survey of the transport desk",
        "2026-11-20",
        "https://example.org/track",
    )
    assert properties["sources"][0] == line_source(TRIPP)
    assert not {"own-drawing", "timezonefinder-data"} & set(properties["sources"])
    untouched = ("published_lengths", "status", "dates", "label", "candidates", "chainage")
    assert {key: properties[key] for key in untouched} == {key: shipped[key] for key in untouched}
    assert [f for f in routes.features if f["id"] != TRIPP] == [f for i, f in segments().items() if i != TRIPP]


def test_stations_stay_in_order_on_the_line_near_where_they_were():
    (feature,) = (feature for feature in redrawn(bent()).features if feature["id"] == TRIPP)
    before = properties_of(segments()[TRIPP], RouteProperties)["stations"]
    after = properties_of(feature, RouteProperties)["stations"]
    assert [station["name"] for station in after] == [station["name"] for station in before]
    along = [station["from_start_km"] for station in after]
    assert along == sorted(along)
    for here, there in zip(after, before, strict=True):
        assert here["from_start_km"] == pytest.approx(there["from_start_km"], abs=1.0)
        assert shapely.Point(here["lon"], here["lat"]).distance(shape_of(feature)) < 1e-5


REFUSED = {
    "the other bank": (shapely.affinity.translate(ours(), 0, -0.02), "in Iran; its segment lies in Armenia alone"),
    "into Azerbaijan": (
        shapely.LineString([*ours().coords, (46.9, 39.1)]),
        "in Azerbaijan, main part; its segment lies in Armenia alone",
    ),
    "half of it": (shapely.LineString(ours().coords[: len(ours().coords) // 2]), "is allowed"),
    "another world": (shapely.LineString([(-10, 10), (10, 10)]), "outside the land of this map"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_line_that_cannot_stand_for_its_segment_is_told_in_one_sentence_and_ours_stays(name):
    line, says = REFUSED[name]
    routes = redrawn(line)
    (problem,) = routes.problems
    assert says in problem
    assert problem.endswith("The shipped line is shown.")
    assert (routes.sources, list(routes.features)) == ({}, list(segments().values()))


def test_a_line_may_lie_beyond_the_border_by_what_the_border_is_known_to():
    positions = shapely.get_coordinates(ours())
    border = min(border.accuracy_m for border in read_region().borders if "iran" in border.territories)
    region, moved = read_region(), positions.copy()
    middle = len(moved) // 2
    iran = region.territories.shape("iran")
    nearest = shapely.get_coordinates(shapely.shortest_line(shapely.Point(moved[middle]), iran))[1]
    for beyond_m, refused in ((border / 2, False), (border * 20, True)):
        moved[middle] = nearest - [0.0, beyond_m / 111_000]
        assert bool(redrawn(shapely.LineString(moved)).problems) is refused, beyond_m


def test_a_broken_line_hides_no_other_entry_and_the_last_of_a_segment_counts(tmp_path):
    path = tmp_path / "office-updates.toml"
    about = f'what = "closed"\ndate = 2026-11-20\nsource = "s"\nfeature = "{TRIPP}"\n'
    status = f'[[update]]\nkind = "status"\n{about}'
    broken = as_toml(update(bent())).replace("LineString", "Line")
    path.write_text("\n".join([broken, status, as_toml(update(ours())), as_toml(update(bent()))]), encoding="utf-8")
    read = read_updates(path, segments().keys())
    assert [entry.kind for entry in read.entries] == ["status", "line", "line"]
    (problem,) = read.problems
    assert "key 'line' is no GeoJSON LineString" in problem
    assert lines_of(read.entries) == (update(bent()),)
    assert set(read_redrawn_routes(path).sources) == {line_source(TRIPP)}


def test_it_is_written_and_taken_out_as_any_entry_and_comes_back(tmp_path):
    path = tmp_path / "office-updates.toml"
    assert add_update(path, entry(bent()), segments().keys()) == ()
    (kept,) = read_updates(path, segments().keys()).entries
    assert kept == update(bent())
    removal = remove_update(path, kept.key, segments().keys())
    assert isinstance(removal, Removal)
    assert read_redrawn_routes(path).sources == {}
    assert undo_removal(path, removal) == ()
    assert set(read_redrawn_routes(path).sources) == {line_source(TRIPP)}


def test_a_segment_of_which_nothing_is_drawn_gets_a_line_a_dash_and_a_word_in_the_legend():
    listed = "route/road-gazakh-yeraskh"
    inside = read_region().territories.shape("armenia").representative_point()
    line = shapely.LineString([(inside.x, inside.y), (inside.x + 0.05, inside.y + 0.02)])
    context = with_lines_of((update(line, feature=listed),))
    assert context.shipped.by_id[listed]["geometry"] is not None
    box = (inside.x - 0.2, inside.y - 0.2, inside.x + 0.2, inside.y + 0.2)
    made = compose(MapRequest(box, ("territory",), "Where it runs", shown=(listed,)), context.land, A4)
    assert "Course added by this office" in [entry.words for group in made.legend for entry in group.entries]
    card = feature_card(context.card_lookup, context.shipped.by_id[listed])
    (course,) = (row for row in card["rows"] if row["label"] == "Course")
    assert "listed, not drawn" not in course["accuracy"]
    assert card["title"].endswith(": line added by this office")


@pytest.mark.slow
def test_cards_tables_comparison_and_exports_use_it_and_name_it():
    context = with_lines_of((update(bent()),))
    km = properties_of(context.shipped.by_id[TRIPP], RouteProperties)["measured_km"]
    candidate = context.shipped.candidates["rail-araks"]
    (leg,) = (leg for leg in context.table_lookup.segment_figures(candidate) if leg.leg.segment == TRIPP)
    assert (leg.measured_km, leg.leg.office_line.startswith(ADDED_LINE)) == (km, True)
    card = feature_card(context.card_lookup, context.shipped.by_id[TRIPP])
    rows = {row["label"]: row for row in card["rows"]}
    # The day an official described the course is not that of the line the office drew.
    shipped_day = properties_of(published().shipped.by_id[TRIPP], RouteProperties)["as_of"]
    assert (rows["Course"]["as_of"], rows["Line"]["as_of"]) == (day(shipped_day), day("2026-11-20"))
    assert f"line added by this office: {TRIPP}" in dict(context.versions.files)
    named = f"{ADDED_LINE}: Survey of the transport desk, 20 November 2026 (TRIPP, railway section"
    assert context.shipped.attributions[-1].startswith(named)
    for shown in ({"shown": (TRIPP,)}, {"lit": (TRIPP,)}, {}):
        asked = MapRequest((46.0, 38.8, 46.7, 39.1), ("territory",), "Where the line runs", **shown)
        assert (named in compose(asked, context.land, A4).sources) is bool(shown)
    because = context.candidate_route("rail-araks").verdict("G3").judgement.because
    assert f"{km:.1f} km as drawn by this office" in because
    layer, sources = context.shipped.layers["route"], context.shipped.library.sources
    with zipfile.ZipFile(BytesIO(layer_as_geojson(layer, sources, redrawn=[context.shipped.by_id[TRIPP]]))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    (exported,) = (f for f in json.loads(members["route.geojson"])["features"] if f["id"] == TRIPP)
    assert exported["properties"]["office_line"].startswith(ADDED_LINE)
    assert exported["properties"]["measured_km"] == km
    assert "Not as shipped: route/tripp-rail. Line added by this office" in members["LICENCE.txt"].decode()


@pytest.mark.slow
def test_the_command_compares_with_it_and_says_which_line_it_refused(tmp_path, monkeypatch, capsys):
    path = tmp_path / "office-updates.toml"
    monkeypatch.setenv("CORRIDOR_OFFICE_UPDATES", str(path))
    other = "route/rail-ordubad-julfa"
    refused = update(shapely.affinity.translate(ours(other), 0, -0.1), feature=other)
    path.write_text(as_toml(update(bent())) + "\n" + as_toml(refused), encoding="utf-8")
    main(["compare", "rail-araks", "rail-georgia-armenia", "--json"])
    said = capsys.readouterr()
    (first, _) = json.loads(said.out)["routes"]
    (section,) = (length for length in first["lengths"] if TRIPP in length["covers"])
    assert section["office_lines"] == [f"{ADDED_LINE}: Survey of the transport desk, 20 November 2026"]
    assert section["drawn"] == pytest.approx(length_km(bent()), abs=0.01)
    assert said.err.count("The shipped line is shown.") == 1

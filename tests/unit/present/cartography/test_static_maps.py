"""Static maps are composed: nothing overlaps, nothing leaves the page, every line keeps to its land."""

import json
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corridor.present.cartography.captions import projection_line
from corridor.present.cartography.drawing import Area, Dot, Stroke, Text
from corridor.present.cartography.framing import fit
from corridor.present.cartography.land import Land
from corridor.present.cartography.looks import own_looks
from corridor.present.cartography.projection import Box
from corridor.present.cartography.sheet import A4, LETTER, SLIDE, MapSheet
from corridor.present.cartography.svg import svg
from corridor.present.cartography.view import View
from corridor.present.cartography.ways import route_items
from corridor.present.map_request import OwnLine, told_apart
from corridor.present.style import DARK, LIGHT, OWN_ROUTES
from tests.support.drawn import (
    GEORGIA,
    HOSTILE,
    LAYERS,
    MEGHRI,
    NAKHCHIVAN,
    TAVUSH,
    WHOLE,
    drawn,
    drawn_anew,
    land,
    own,
    points_of,
    request,
    shape_of,
    shipped,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "static-maps.json"
#: Points by which two boxes of text may overlap: a descender's room is counted from above and below in different ways.
TOUCH = 0.3
#: Room for names that smaller maps leave out, such as those of long rivers.
LARGE = MapSheet(width=720.0, height=620.0)
SHEETS = (SLIDE, A4, LETTER, LARGE)
VIEWS = {"whole": WHOLE, "meghri": MEGHRI, "nakhchivan": NAKHCHIVAN, "georgia": GEORGIA, "tavush": TAVUSH}
LIT = ("territory/az-nakhchivan", "route/tripp-rail", "place/meghri", "border/armenia-iran", "water/sevan")


@st.composite
def views(draw):
    west, south = draw(st.floats(43.0, 49.0)), draw(st.floats(38.2, 41.5))
    bounds = west, south, west + draw(st.floats(0.3, 7.0)), south + draw(st.floats(0.2, 3.5))
    layers = draw(st.lists(st.sampled_from((*LAYERS, "province", "district")), unique=True, max_size=9))
    lit = draw(st.lists(st.sampled_from(LIT), unique=True, max_size=2))
    return bounds, layers, lit, draw(st.sampled_from(SHEETS)), draw(st.booleans())


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(views())
@example(((43.0, 38.5, 44.0, 40.5), ["territory", "border"], ["route/tripp-rail"], LARGE, False))
def test_no_text_touches_another_and_everything_lies_on_the_page(view):
    bounds, layers, lit, sheet, inset = view
    drawing = drawn_anew(bounds, layers, sheet, lit=lit, inset=inset).drawing
    assert drawing.width == sheet.width
    assert drawing.height <= sheet.height + 1e-6
    for item in drawing.items:
        left, top = points_of(item).min(axis=0)
        right, bottom = points_of(item).max(axis=0)
        assert left >= -0.01, item
        assert top >= -0.01, item
        assert right <= drawing.width + 0.01, item
        assert bottom <= drawing.height + 0.01, item
    texts = list(drawing.texts())
    shapes = [shape_of(text) for text in texts]
    for (a, one), (b, other) in combinations(zip(texts, shapes, strict=True), 2):
        if shapely.intersects(one, other):
            west, north, east, south = shapely.bounds(shapely.intersection(one, other))
            assert min(east - west, south - north) < TOUCH, (a.text, b.text)


@pytest.mark.parametrize("bounds", VIEWS.values(), ids=VIEWS)
def test_no_name_covers_the_mark_of_another(bounds):
    drawing = drawn(bounds).drawing
    names = [text for text in drawing.texts() if text.layer == "name"]
    marks = [item for item in drawing.items if isinstance(item, Dot) and item.layer == "place"]
    for name in names:
        for mark in marks:
            if name.features != mark.features:
                disc = shapely.Point(mark.x, mark.y).buffer(mark.radius * 0.9)
                assert not shapely.intersects(shape_of(name), disc), (name.text, mark.features)


@pytest.mark.parametrize("bounds", VIEWS.values(), ids=VIEWS)
def test_a_place_has_its_mark_only_with_its_name_beside_it(bounds):
    drawing = drawn(bounds).drawing
    named = {feature: text for text in drawing.texts() for feature in text.features if text.layer == "name"}
    for item in drawing.items:
        if isinstance(item, Dot) and item.layer == "place":
            text = shape_of(named[item.features[0]])
            assert shapely.distance(text, shapely.Point(item.x, item.y)) < 9, item.features


def test_two_towns_of_one_name_are_both_named_and_a_river_of_two_reaches_once():
    names = [text.text for text in drawn((48.7, 38.3, 49.0, 38.6)).drawing.texts() if text.layer == "name"]
    assert names.count("Astara") == 2
    whole = [text.text for text in drawn(WHOLE, sheet=LARGE).drawing.texts() if text.layer == "name"]
    assert whole.count("Araks / Aras / Araz") == 1


@pytest.mark.parametrize("name", ["Armenia", "Azerbaijan", "Nakhchivan Autonomous Republic (Azerbaijan)"])
def test_the_two_states_and_nakhchivan_are_named_on_the_map_of_the_whole(name):
    words = " ".join(text.text for text in drawn(WHOLE).drawing.texts() if text.layer == "name")
    assert name.upper() in words


def test_the_same_request_gives_the_same_bytes():
    first = svg(drawn(WHOLE, lit=LIT, inset=True).drawing)
    assert svg(drawn_anew(WHOLE, lit=LIT, inset=True).drawing) == first


@pytest.mark.slow
def test_land_read_anew_gives_the_same_bytes():
    from corridor.present.cartography.composing import compose

    assert svg(compose(request(MEGHRI), Land(shipped()), A4).drawing) == svg(drawn(MEGHRI).drawing)


@pytest.mark.parametrize("metres_per_point", [40, 300, 1300, 7000])
def test_thinned_neighbours_share_every_edge(metres_per_point):
    thinned = land().at(metres_per_point)
    assert shapely.coverage_is_valid([thinned.shapes[i] for i in land().layer("territory")])
    assert shapely.coverage_is_valid([thinned.shapes[i] for i in land().layer("province")])
    edges = {}
    for identity in land().layer("territory"):
        rings = shapely.get_rings(shapely.get_parts(thinned.shapes[identity]))
        corners = [tuple(xy) for ring in rings for xy in shapely.get_coordinates(ring).tolist()]
        edges[identity] = set(corners)
    for identity in land().layer("border"):
        sides = [f"territory/{name}" for name in land().features[identity]["properties"]["territories"]]
        for part in shapely.get_parts(thinned.shapes[identity]):
            inner = {tuple(xy) for xy in shapely.get_coordinates(part)[1:-1].tolist()}
            assert all(inner <= edges[side] for side in sides), identity


@pytest.mark.parametrize("bounds", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("lit", [(), ("territory/armenia",)], ids=["plain", "lit"])
def test_every_route_is_drawn_in_its_own_country_and_so_tripp_in_armenia_only(bounds, lit):
    view = View(land(), request(bounds, lit=lit), fit(bounds, Box(10, 10, 460, 330)), LIGHT, 1.0)
    for identity, line in view.apart.lines.items():
        country = land().features[identity]["properties"]["country"]
        assert country == "armenia" or "tripp" not in identity
        here = view.wider(f"territory/{country}", 60.0)
        corners = shapely.get_coordinates(shapely.segmentize(line, 0.1))
        away = shapely.distance(here, shapely.points(corners)).max(initial=0.0)
        # Where a country is narrower than a line is wide, the line may leave it by a hair, two tenths of a millimetre.
        assert away < (0.05 if "tripp" in identity else 0.6), identity


def test_lines_that_hide_each_other_are_drawn_apart_and_meet_where_they_met():
    view = View(land(), request(WHOLE), fit(WHOLE, Box(10, 10, 460, 330)), LIGHT, 1.0)
    lines = view.apart.lines
    rail, road = lines["route/tripp-rail"], lines["route/tripp-road-river"]
    along = shapely.get_coordinates(shapely.segmentize(road, 1.0))
    middle = along[len(along) // 4 : -len(along) // 4]
    assert np.median(shapely.distance(rail, shapely.points(middle))) > 1.5
    border = view.wider("border/armenia-iran", 30.0)
    along = shapely.get_coordinates(shapely.segmentize(rail, 1.0))
    assert np.median(shapely.distance(border, shapely.points(along[len(along) // 4 : -len(along) // 4]))) > 1.2
    for one, other in [("tripp-rail", "rail-horadiz-aghband"), ("tripp-rail", "rail-border-ordubad")]:
        assert shapely.distance(lines[f"route/{one}"], lines[f"route/{other}"]) < 0.3
    for joint in [("rail-alat-aghstafa", "rail-aghstafa-georgia"), ("rail-ordubad-julfa", "rail-julfa-nakhchivan")]:
        assert shapely.distance(*(lines[f"route/{name}"] for name in joint)) < 0.3


def test_where_the_scale_gives_lines_room_they_lie_where_they_are():
    close = (46.2, 38.87, 46.32, 38.92)
    view = View(land(), request(close, ("route-road",)), fit(close, Box(10, 10, 460, 330)), LIGHT, 1.0)
    moved = np.hypot(*view.apart.moves.T)
    assert np.median(moved) < 0.2


def test_lines_of_one_look_are_one_item_and_run_on_through_their_stations():
    view = View(land(), request(NAKHCHIVAN), fit(NAKHCHIVAN, Box(10, 10, 460, 330)), LIGHT, 1.0)
    lines = [item for item in route_items(view) if item.look.stroke == LIGHT.rail and not item.look.dash]
    assert len(lines) == 1
    assert {"route/rail-julfa-nakhchivan", "route/rail-nakhchivan-sadarak"} <= set(lines[0].features)
    station = view.frame.place(shapely.get_coordinates(land().shapes["route/rail-julfa-nakhchivan"])[-1:])[0]
    runs = [shapely.LineString(run) for run in lines[0].parts]
    through = min(runs, key=lambda run: shapely.distance(run, shapely.Point(station)))
    along = shapely.line_locate_point(through, shapely.Point(station))
    assert 20 < along < shapely.length(through) - 20


def test_hatching_is_lines_at_45_degrees_inside_their_area():
    drawing = drawn(TAVUSH).drawing
    areas = {i.features[0]: i for i in drawing.items if isinstance(i, Area) and i.layer == "exclave"}
    hatches = [i for i in drawing.items if isinstance(i, Stroke) and i.layer == "exclave" and not i.look.dash]
    assert {item.features[0] for item in hatches} == set(areas)
    for item in hatches:
        shape = shapely.union_all([shapely.Polygon(ring) for ring in areas[item.features[0]].rings])
        for run in item.parts:
            across, down = run[-1] - run[0]
            assert across == pytest.approx(-down, abs=1e-6)
            assert shapely.contains(shape.buffer(1e-6), shapely.LineString(run))
        assert areas[item.features[0]].look.fill not in (LIGHT.armenia, LIGHT.azerbaijan)


def test_the_legend_lists_what_is_shown_armenia_before_azerbaijan_and_nothing_else():
    whole = [entry.words for group in drawn(WHOLE).legend for entry in group.entries]
    assert whole.index("Republic of Armenia") + 1 == whole.index(
        "Republic of Azerbaijan: main part; Nakhchivan Autonomous Republic"
    )
    few = [entry.words for group in drawn(MEGHRI, ("territory", "route-rail")).legend for entry in group.entries]
    assert few == [*whole[:3], "Railway", "Course stated, not published", "Our inference"]
    told = [text.text for text in drawn(MEGHRI, ("territory",)).drawing.texts() if text.layer == "legend"]
    assert "Railway" not in told
    assert "Republic of Armenia" in told


def test_what_is_lit_has_the_accent_another_fill_and_a_line_in_the_legend():
    made = drawn(WHOLE, lit=("territory/armenia", "route/rail-alat-horadiz"))
    accents = [i for i in made.drawing.items if isinstance(i, Stroke) and i.look.stroke == LIGHT.lit]
    assert {"territory/armenia", "route/rail-alat-horadiz"} <= {f for i in accents for f in i.features}
    fills = {i.features[0]: i.look.fill for i in made.drawing.items if isinstance(i, Area) and i.layer == "territory"}
    assert fills["territory/armenia"] == LIGHT.armenia_lit
    assert fills["territory/az-mainland"] == LIGHT.azerbaijan
    assert made.legend[-1].entries[0].words == "Stressed on this map"


def test_what_is_named_is_drawn_though_its_layer_is_off():
    made = drawn(MEGHRI, ("territory",), shown=("route/tripp-rail", "place/agarak"))
    features = {feature for item in made.drawing.items for feature in item.features}
    assert {"route/tripp-rail", "place/agarak"} <= features
    assert "route/tripp-road-river" not in features


def test_an_unknown_feature_is_passed_over():
    assert drawn(MEGHRI, lit=("territory/atlantis",), shown=("route/none",)).drawing.items


@pytest.mark.parametrize("sheet", [A4, SLIDE, LARGE], ids=["a4", "slide", "large"])
def test_the_inset_has_a_frame_on_the_map_a_bar_of_its_own_and_covers_no_part_of_its_section(sheet):
    made = drawn(WHOLE, sheet=sheet, inset=True)
    frames = [
        shapely.box(*shapely.bounds(shapely.MultiLineString(i.parts)))
        for i in made.drawing.items
        if i.layer == "extent"
    ]
    papers = [shapely.Polygon(i.rings[0]) for i in made.drawing.items if isinstance(i, Area) and i.layer == "inset"]
    assert frames
    assert papers
    assert not any(shapely.intersects(a, b) for a in frames for b in papers)
    assert made.inset_scale < made.scale / 2
    bars = [text.text for text in made.drawing.texts() if text.text.endswith(" km") and text.layer == "scale"]
    assert len(bars) == 2
    assert len(set(bars)) == 2


def test_a_map_of_the_section_itself_has_no_inset():
    made = drawn(MEGHRI, inset=True)
    assert made.inset_scale is None
    assert not [item for item in made.drawing.items if item.layer in ("inset", "extent")]


def test_a_name_from_a_readers_file_is_text_and_nothing_else():
    made = drawn(WHOLE, own=(own(HOSTILE),), description=HOSTILE)
    text = svg(made.drawing)
    root = ElementTree.fromstring(text)
    kinds = {element.tag.partition("}")[2] for element in root.iter()}
    assert kinds <= {"svg", "g", "path", "circle", "image", "text", "tspan"}
    attributes = [(name, value) for element in root.iter() for name, value in element.attrib.items()]
    assert not [name for name, _ in attributes if name.startswith("on")]
    # The one address is the picture of the relief itself.
    assert all(value.startswith("data:image/png;base64,") for name, value in attributes if "href" in name)
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    told = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith("}text")]
    assert any(line.startswith("</text><script>alert(1)</scr") for line in told)


def test_own_lines_side_by_side_have_the_colours_of_the_page_and_one_alone_is_dark():
    lines = (own("By the river"), OwnLine("own/2", "Other", (np.array([[46.0, 39.2], [46.6, 39.3]]),)))

    def colours(some, layer="own"):
        made = drawn_anew((45.7, 38.7, 46.9, 39.5), own=told_apart(some))
        return {i.look.stroke for i in made.drawing.items if isinstance(i, Stroke) and i.layer == layer} - {
            LIGHT.casing
        }

    assert colours(lines) == set(OWN_ROUTES[:2])
    assert set(OWN_ROUTES[:2]) <= colours(lines, "legend")
    assert colours(lines[:1]) == {LIGHT.text}
    assert [look.stroke for look in own_looks(DARK, 2)] == [DARK.casing, OWN_ROUTES[1], DARK.casing]
    assert own_looks(DARK)[1].stroke == DARK.text


def test_own_lines_are_numbered_on_the_map_and_named_in_the_legend_unlike_any_shipped_line():
    other = OwnLine("own/2", "", (np.array([[46.0, 39.2], [46.6, 39.3]]),))
    made = drawn((45.7, 38.7, 46.9, 39.5), own=(own("By the river"), other))
    numbers = [text.text for text in made.drawing.texts() if text.layer == "own"]
    assert sorted(numbers) == ["1", "2"]
    assert [entry.words for group in made.legend if group.heading == "Own routes" for entry in group.entries] == [
        "By the river",
        "Without a name",
    ]
    strokes = {(i.look.stroke, i.look.width) for i in made.drawing.items if isinstance(i, Stroke) and i.layer == "own"}
    assert not strokes & {
        (i.look.stroke, i.look.width) for i in made.drawing.items if isinstance(i, Stroke) and i.layer == "route"
    }


@pytest.mark.parametrize(
    "positions",
    [
        [[200.0, 95.0], [-190.0, -95.0]],
        [[0.0, 0.0], [1.0, 1.0]],
        [[46.0, 39.0]],
        [[46.0, 39.0], [46.0, 39.0]],
        [[46.0, 39.0], [np.nan, 39.0]],
        [[10.0, 39.0], [80.0, 39.0]],
    ],
)
def test_an_own_line_anywhere_on_earth_breaks_nothing(positions):
    made = drawn(WHOLE, own=(OwnLine("own/1", "Far", (np.array(positions),)),))
    assert np.isfinite(np.vstack([points_of(item) for item in made.drawing.items])).all()


def test_a_long_segment_of_an_own_line_is_drawn_as_it_is_measured_straight_in_degrees():
    made = drawn(WHOLE, ("territory",), own=(OwnLine("own/1", "Chord", (np.array([[44.0, 40.0], [50.0, 40.0]]),)),))
    line = next(item for item in made.drawing.items if isinstance(item, Stroke) and item.layer == "own")
    ys = line.parts[0][:, 1]
    assert len(ys) > 3
    assert np.ptp(ys) > 3  # the parallel bends


def test_the_words_with_a_map_say_sources_and_scale():
    made = drawn(WHOLE, sheet=SLIDE, inset=True)
    line = projection_line(made.scale, made.inset_scale)
    assert f"1:{float(f'{made.scale:.3g}'):,.0f}, inset 1:{float(f'{made.inset_scale:.3g}'):,.0f} when" in line
    assert "OpenStreetMap" in made.sources
    assert "GeoNames" in made.sources
    assert drawn(WHOLE, ("territory",)).sources.count("OpenStreetMap") == 1


def test_the_alternative_text_tells_the_map():
    alt = drawn(MEGHRI, description="The section by Meghri").drawing.alt
    assert alt.startswith("The section by Meghri. The map reaches from 46.0° to 46.6° E and from 38.")
    assert alt.endswith(" N.")


@pytest.mark.parametrize("bounds", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_no_two_things_that_differ_look_the_same(bounds, sheet):
    """A look stands for one mode, one status, one kind of border."""
    meant: dict[tuple, set] = {}
    for item in drawn(bounds, sheet=sheet).drawing.items:
        if isinstance(item, Stroke) and item.layer == "route" and item.look.stroke != LIGHT.casing:
            for feature in item.features:
                of = land().features[feature]["properties"]
                status = "contested" if of["contested"] else of["alignment_status"]
                meant.setdefault((item.look.stroke, item.look.dash), set()).add((of["mode"], status))
    assert all(len(kinds) == 1 for kinds in meant.values())


def summary(made) -> list[str]:
    """A drawing told in lines: layer, kind, features or words, and where it lies to half a point."""
    told = []
    for item in made.drawing.items:
        left, top, right, bottom = (
            round(2 * float(v)) / 2 for v in (*points_of(item).min(axis=0), *points_of(item).max(axis=0))
        )
        words = item.text if isinstance(item, Text) else " ".join(item.features)
        told.append(f"{item.layer} {type(item).__name__} {words} {left:g} {top:g} {right:g} {bottom:g}")
    return told


@pytest.mark.parametrize("name", ["whole", "meghri"])
def test_two_maps_are_as_they_were_looked_at(name):
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    made = drawn(VIEWS[name], inset=True, lit=("territory/az-nakhchivan",), own=(own("By the river"),))
    assert summary(made) == golden[name]

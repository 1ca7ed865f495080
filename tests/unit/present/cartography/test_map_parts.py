"""The parts a static map is made of, each by itself: placing names, following rivers, hatching, writing, greys."""

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.catalogue import read_catalogue
from corridor.present.cartography import looks
from corridor.present.cartography.drawing import Area, Dot, Drawing, Look, Stroke, Text, Type
from corridor.present.cartography.hatching import hatch
from corridor.present.cartography.legend_box import PADDING, LegendGroup, PrintedEntry, lay_out
from corridor.present.cartography.lettering import quiet
from corridor.present.cartography.line_offsets import OffsetLine, kept_apart
from corridor.present.cartography.placement import Baseline, Ground, Name, NameSpot, place_names
from corridor.present.cartography.projection import Box
from corridor.present.cartography.riverside import STEEP, along
from corridor.present.cartography.spots import broken
from corridor.present.cartography.svg import svg
from corridor.present.legend import legend_entries
from corridor.present.style import DASHES, LIGHT, Palette
from tests.support.colours import contrast

TYPE = Type(7.0, "#000000")
CATALOGUE = read_catalogue()


def spot(left: float, top: float, cost: float = 0.0, wide: float = 10.0) -> NameSpot:
    return NameSpot((Box(left, top, wide, 5.0),), cost, (Baseline("name", left, top + 5),), TYPE)


def name(identity: str, weight: float, *spots: NameSpot) -> Name:
    return Name(identity, "town", weight, spots)


def test_what_matters_more_has_the_place_and_the_other_is_left_out():
    placed = place_names([name("a", 10, spot(0, 0)), name("b", 20, spot(2, 0))], [])
    assert set(placed) == {"b"}


def test_a_name_moves_aside_for_another_that_has_nowhere_else():
    movable = name("a", 20, spot(0, 0), spot(40, 0, cost=3))
    fixed = name("b", 10, spot(2, 0))
    placed = place_names([movable, fixed], [])
    assert placed["a"].boxes[0].left == 40
    assert placed["b"].boxes[0].left == 2


def test_a_light_name_gives_way_to_a_heavier_one_but_not_to_a_lighter_one():
    assert set(place_names([name("a", 5, spot(0, 0)), name("b", 6, spot(2, 0))], [])) == {"b"}
    assert set(place_names([name("a", 7, spot(0, 0)), name("b", 6, spot(2, 0))], [])) == {"a"}


def test_no_name_stands_in_a_room_or_at_a_cost_above_its_weight():
    placed = place_names(
        [name("a", 10, spot(0, 0), spot(0, 30)), name("b", 10, spot(50, 50, cost=11))], [Box(0, 0, 20, 20)]
    )
    assert placed["a"].boxes[0].top == 30
    assert "b" not in placed


def test_nothing_to_place_is_no_error():
    assert place_names([], []) == {}
    assert place_names([name("a", 10)], [Box(0, 0, 5, 5)]) == {}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(1, 100),
            st.lists(st.tuples(st.floats(0, 80), st.floats(0, 40), st.floats(0, 20)), min_size=1, max_size=6),
        ),
        max_size=14,
    )
)
def test_names_never_touch_and_the_order_they_come_in_does_not_matter(given_names):
    names = [
        name(f"n{number:02}", weight, *(spot(x, y, cost) for x, y, cost in spots))
        for number, (weight, spots) in enumerate(given_names)
    ]
    placed = place_names(names, [Box(30, 10, 10, 10)])
    assert place_names(list(reversed(names)), [Box(30, 10, 10, 10)]) == placed
    for one, other in combinations(placed.values(), 2):
        assert not one.boxes[0].meets(other.boxes[0])
    for one in names:
        kept = placed.get(one.id)
        assert kept is None or (kept in one.spots and kept.cost < one.weight)


def test_ground_counts_what_lies_under_a_box():
    ground = Ground(Box(0, 0, 100, 50))
    ground.add_line(np.array([(0.0, 25.0), (100.0, 25.0)]), 2.0)
    boxes = np.array([(0, 0, 100, 10), (40, 20, 60, 30), (-50, -50, -20, -20)], dtype=float)
    none, some, beyond = ground.under(boxes)
    assert none == beyond == 0
    assert some == pytest.approx(2.0 * 11)
    ground.add_area(shapely.box(0, 0, 20, 10), 0.5)
    assert ground.under(boxes[:1])[0] > 0


@pytest.mark.parametrize("turn", range(0, 360, 15))
def test_the_name_of_a_river_follows_it_and_never_stands_on_its_head(turn):
    xs = np.linspace(0, 300, 60)
    wave = shapely.LineString(np.column_stack([xs, 12 * np.sin(xs / 40)]))
    course = shapely.get_coordinates(shapely.affinity.rotate(wave, turn))
    letters = np.full(12, 4.0)
    found = [(bent, n) for bent in along(course, letters, 0.3, 7.0, 3.0) for n in range(len(bent.costs))]
    upright = abs((turn + 90) % 180 - 90) > STEEP
    assert bool(found) or upright
    for bent, number in found:
        angles = np.degrees(bent.turns[number])
        assert np.abs(angles).max() <= STEEP
        away = shapely.distance(shapely.LineString(course), shapely.points(bent.feet[number]))
        assert away.max() < 25
        steps = np.hypot(*np.diff(bent.feet[number], axis=0).T)
        assert steps.min() > 3.2  # letters are not squeezed on the inner side of a bend


def test_the_name_of_a_short_river_has_no_place():
    assert not list(along(np.array([(0.0, 0.0), (20.0, 0.0)]), np.full(8, 4.0), 0.3, 7.0, 3.0))


@settings(deadline=None)
@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(3, 60), st.floats(3, 60), st.floats(1, 6))
def test_hatch_lines_lie_inside_and_as_far_apart_as_asked(left, top, wide, high, step):
    hatched = hatch(shapely.box(left, top, left + wide, top + high), step)
    lines = [shapely.get_coordinates(part) for part in shapely.get_parts(hatched)]
    sums = sorted({round(float(line[0].sum()), 6) for line in lines if len(line)})
    assert all(b - a == pytest.approx(step * np.sqrt(2), rel=1e-3) for a, b in pairwise(sums))
    for line in lines:
        assert (line >= (left - 1e-6, top - 1e-6)).all()
        assert (line <= (left + wide + 1e-6, top + high + 1e-6)).all()


def test_hatching_nothing_gives_nothing():
    assert shapely.is_empty(hatch(shapely.Polygon(), 2.0))


LAND = shapely.box(0, 0, 200, 100)


def way(ys: list[float], order: int, half: float = 1.2, on_border: list | None = None) -> OffsetLine:
    line = shapely.LineString(np.column_stack([np.linspace(20, 180, len(ys)), ys]))
    return OffsetLine(line, "territory/x", half, np.array(on_border or np.zeros((0, 2))), order)


def test_a_line_along_the_border_is_moved_inside_and_one_in_the_middle_is_not():
    apart = kept_apart(
        {"route/edge": way([99.9] * 9, 0), "route/middle": way([50.0] * 9, 0)}, {"territory/x": LAND}, 0.5
    )
    edge = shapely.get_coordinates(apart.lines["route/edge"])[:, 1]
    assert edge == pytest.approx(np.full(len(edge), 100 - 1.7), abs=0.05)
    assert shapely.hausdorff_distance(apart.lines["route/middle"], shapely.LineString([(20, 50), (180, 50)])) < 1e-6
    assert apart.moved(100.0, 99.5) == pytest.approx((100.0, 97.9), abs=0.2)
    assert apart.moved(100.0, 70.0) == (100.0, 70.0)


def test_a_road_makes_room_for_a_railway_on_its_own_side():
    ways = {"route/rail": way([50.0] * 9, 0), "route/road": way([50.6] * 9, 1)}
    apart = kept_apart(ways, {"territory/x": LAND}, 0.5)
    assert shapely.get_coordinates(apart.lines["route/rail"])[:, 1] == pytest.approx([50.0, 50.0])
    assert shapely.get_coordinates(apart.lines["route/road"])[:, 1].mean() == pytest.approx(52.0, abs=0.1)


def test_a_line_that_crosses_another_is_left_alone_and_an_end_on_the_border_stays():
    crossing = OffsetLine(
        shapely.LineString([(100, 20), (100, 100)]), "territory/x", 1.2, np.array([(100.0, 100.0)]), 1
    )
    apart = kept_apart({"route/rail": way([50.0] * 9, 0), "route/road": crossing}, {"territory/x": LAND}, 0.5)
    assert shapely.hausdorff_distance(apart.lines["route/road"], crossing.line) < 0.05


@pytest.mark.parametrize(
    ("text", "rows", "parts"),
    [
        ("Nakhchivan Autonomous Republic (Azerbaijan)", 1, ["Nakhchivan Autonomous Republic (Azerbaijan)"]),
        ("Nakhchivan Autonomous Republic (Azerbaijan)", 2, ["Nakhchivan Autonomous", "Republic (Azerbaijan)"]),
        ("Nakhchivan Autonomous Republic (Azerbaijan)", 4, ["Nakhchivan", "Autonomous", "Republic", "(Azerbaijan)"]),
        ("Iran", 3, ["Iran"]),
    ],
)
def test_a_name_is_broken_into_rows_as_equal_as_its_words_allow(text, rows, parts):
    assert broken(text, rows) == parts


@pytest.mark.parametrize("columns", [1, 2, 3, 6])
def test_a_legend_fills_its_columns_in_order_and_no_heading_stands_last(columns):
    groups = [
        LegendGroup(f"Heading {n}", tuple(PrintedEntry(f"Entry {n} {m}", "line") for m in range(n + 1)))
        for n in range(5)
    ]
    laid = lay_out(groups, columns, 1.0)
    assert len(laid.columns) <= columns
    words = [line.words for column, _ in laid.columns for line in column]
    assert words == [w for g in groups for w in (g.heading, *(e.words for e in g.entries))]
    assert not any(column[-1].heading for column, _ in laid.columns)
    assert laid.width == pytest.approx(
        sum(wide for _, wide in laid.columns) + 2 * PADDING + 13.0 * (len(laid.columns) - 1)
    )


NUMBERS = st.floats(-9999, 9999)


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=30))
def test_a_written_path_reads_back_to_a_hundredth(corners):
    drawing = Drawing(10, 10, "", (Stroke("x", (np.array(corners),), Look(stroke="#000000", width=1)),))
    path = re.search(r' d="M([^"]+)"', svg(drawing)).group(1)
    start, _, steps = path.partition("l")
    values = [float(v) for v in re.findall(r"-?\d*\.?\d+", steps)]
    x, y = map(float, start.split())
    read = [(x, y)]
    for dx, dy in zip(values[::2], values[1::2], strict=True):
        read.append((read[-1][0] + dx, read[-1][1] + dy))
    rounded = np.round(corners, 2)
    expected = rounded[np.concatenate([[True], (np.diff(rounded, axis=0) != 0).any(axis=1)])]
    assert np.allclose(read, expected, atol=0.011)


def test_every_kind_of_item_is_written_once_and_empty_looks_cost_nothing():
    ring = np.array([(0, 0), (4, 0), (4, 4), (0, 0)], dtype=float)
    text = Text("t", "A & B", 1, 2, 10, Type(7, "#111111", 600, True, 0.5, "#ffffff", 1.0), -90.0, (), ("place/x",))
    bent = Text("t", "ab", 1, 2, 10, TYPE, 0.0, ((1, 2, 3), (4, 5, 6.5)))
    items = (
        Area("a", (ring, ring + 1), Look(fill="#abcdef")),
        Stroke("b", (ring[:2],), Look(stroke="#123456", width=1.25, dash=(3, 1.5))),
        Dot("c", 1, 2, 3, "circle", Look(fill="#ffffff", stroke="#000000", width=0.5)),
        Dot("c", 1, 2, 3, "diamond", Look(fill="#ffffff")),
        text,
        bent,
    )
    written = svg(Drawing(100.5, 50, 'Say "hi" <there>', items))
    assert 'width="100.5pt" height="50pt" viewBox="0 0 100.5 50"' in written
    assert "<style>" not in written
    assert 'aria-label="Say &quot;hi&quot; &lt;there&gt;"' in written
    assert '<path d="M0 0l4 0 0 4zM1 1l4 0 0 4z" fill-rule="evenodd" fill="#abcdef"/>' in written
    assert 'd="M0 0l4 0" stroke="#123456" stroke-width="1.25" stroke-dasharray="3 1.5"/>' in written
    assert '<circle cx="1" cy="2" r="3" fill="#ffffff" stroke="#000000" stroke-width=".5"/>' in written
    assert '<path d="M1-1l3 3-3 3-3-3z"' in written or '<path d="M1 -1l3 3-3 3-3-3z"' in written
    assert 'transform="rotate(-90 1 2)"' in written
    assert 'letter-spacing=".5"' in written
    assert 'paint-order="stroke" data-feature="place/x"' in written
    assert '<tspan font-family="Source Sans Pro" font-style="italic">A &amp; B</tspan>' in written
    assert 'x="1 4" y="2 5" rotate="3 6.5"' in written


# What has to be told apart on a page printed without colour.
MODES = ("mode-rail", "mode-road", "mode-energy")


def line_of(mode: str, palette: Palette, status: str = "existing") -> Look:
    return looks.line_looks(frozenset({"route", mode, f"status-{status}"}), palette)[-1]


def test_modes_are_told_apart_without_colour_by_lightness_or_width():
    for one, other in combinations(MODES, 2):
        a, b = line_of(one, LIGHT), line_of(other, LIGHT)
        widths = max(a.width, b.width) / min(a.width, b.width)
        assert contrast(a.stroke, b.stroke) >= 1.4 or widths >= 1.25, (one, other)


def test_lines_stand_out_from_every_land_they_cross():
    for mode in MODES:
        for ground in (LIGHT.paper, LIGHT.armenia, LIGHT.azerbaijan, LIGHT.neighbour, LIGHT.armenia_lit):
            assert contrast(line_of(mode, LIGHT).stroke, ground) >= 3, (mode, ground)
    border = looks.line_looks(frozenset({"border", "border--land"}), LIGHT)[-1]
    for ground in (LIGHT.armenia, LIGHT.azerbaijan, LIGHT.neighbour):
        assert contrast(border.stroke, ground) >= 3


def test_names_are_read_on_every_land():
    for ink in (LIGHT.text, quiet(LIGHT)):
        for ground in (LIGHT.armenia, LIGHT.azerbaijan, LIGHT.neighbour, LIGHT.sea):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    assert contrast(LIGHT.armenia_edge, LIGHT.armenia) >= 4.5
    assert contrast(LIGHT.azerbaijan_edge, LIGHT.azerbaijan) >= 4.5
    assert contrast(LIGHT.water_name, LIGHT.sea) >= 4.5
    assert contrast(LIGHT.water_name, LIGHT.lake) >= 3


def test_a_ribbon_and_a_border_part_lands_of_like_lightness():
    for classes in ({"territory--state"}, {"territory--state-part"}):
        ribbon = looks.ribbon_fill(frozenset(classes), LIGHT)
        assert contrast(ribbon, looks.land_fill(frozenset(classes), LIGHT)) >= 1.2


def test_every_status_has_a_dash_of_its_own_whatever_the_mode():
    for mode in MODES:
        dashes = [line_of(mode, LIGHT, status).dash for status in DASHES if status != "contested"]
        assert len(set(dashes)) == len(dashes)
    contested = looks.line_looks(frozenset({"route", "mode-rail", "status-stated", "contested"}), LIGHT)[-1]
    others = {line_of("mode-rail", LIGHT, status).dash for status in DASHES if status != "contested"}
    assert contested.dash not in others


def test_borders_of_two_neighbours_recede_behind_those_of_the_two_states():
    ours = looks.line_looks(frozenset({"border", "border--land"}), LIGHT)[-1]
    theirs = looks.line_looks(frozenset({"border", "border--land", looks.RECEDES}), LIGHT)[-1]
    assert theirs.width < ours.width
    assert contrast(theirs.stroke, LIGHT.neighbour) < contrast(ours.stroke, LIGHT.neighbour)


@pytest.mark.parametrize(
    "entry", [entry for _, entries in legend_entries(CATALOGUE) for entry in entries], ids=lambda entry: entry.words
)
def test_every_entry_of_the_legend_has_a_sample_that_is_drawn(entry):
    from corridor.present.cartography.legend_box import items

    looks_like = CATALOGUE[entry.class_name.split()[1]].appearance.looks
    classes = frozenset(entry.class_name.split())
    group = LegendGroup("", (PrintedEntry(entry.words, entry.symbol, classes, looks=looks_like),))
    made = list(items(lay_out([group], 1, 1.0), 0, 0, LIGHT))
    assert [item for item in made if not isinstance(item, Text)]

"""The reader's pure modules, loaded into a page as they are: geodesy, folding, placing of labels, address, scale."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route
from pyproj import Geod

from corridor.present.browser.files import FOLDER
from corridor.present.cards.search import fold

pytestmark = pytest.mark.browser

EVERY_MODULE = sorted(FOLDER.glob("*/*.js"))
#: Two write what the server set and escaped (corridor/present/story/html.py), one reads what stands there already.
SET_BY_THE_SERVER = {"presenting.js": "innerHTML", "speaking.js": "innerHTML", "page.js": "outerHTML"}
FOLDED: list[list[str]] = json.loads(
    (Path(__file__).parents[1] / "support" / "folding.json").read_text(encoding="utf-8")
)
ORIGIN = "http://reader.test"
WGS84 = Geod(ellps="WGS84")
LONGEST_MODULE = 300


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{ORIGIN}/")
        if name and not (FOLDER / name).is_file():
            # A page that is never answered would be waited for until the test's time is over.
            route.fulfill(status=404)
        elif name:
            route.fulfill(path=FOLDER / name)
        else:
            route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")

    opened.route(f"{ORIGIN}/**", answer)
    opened.goto(f"{ORIGIN}/")
    yield opened
    opened.close()


def call(page: Page, module: str, name: str, *arguments: Any) -> Any:
    """Call a function that `module` exports with JSON arguments and return its JSON answer."""
    return page.evaluate(
        f"async (given) => (await import('/{module}.js')).{name}(...given)",
        list(arguments),
    )


@pytest.mark.parametrize(
    ("text", "pasted"),
    [
        ("=1+1", "'=1+1"),
        ("Length: 42 km\n=cmd|' /C calc'!A0", "Length: 42 km\n'=cmd|' /C calc'!A0"),
        ("a\t ＝1", "a\t' ＝1"),
        ('\u200b"@sum(1)', "'\u200b\"@sum(1)"),
        ("-3.5", "-3.5"),
        ("-3.5\t-1+2", "-3.5\t'-1+2"),
        ("Meghri - Nakhchivan, 42 km", "Meghri - Nakhchivan, 42 km"),
    ],
)
def test_what_is_copied_is_no_formula_where_it_is_pasted(page: Page, text: str, pasted: str) -> None:
    assert call(page, "reader/clipboard", "inert", text) == pasted


def test_modules_stay_short_and_say_what_they_know() -> None:
    for module in EVERY_MODULE:
        lines = module.read_text(encoding="utf-8").splitlines()
        assert len(lines) < LONGEST_MODULE, module.name
        assert lines[0].startswith("// "), module.name


def test_no_module_writes_markup_or_runs_text() -> None:
    for module in EVERY_MODULE:
        code = module.read_text(encoding="utf-8")
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "http"):
            allowed = word == "http" and code.count("http") == code.count("http://www.w3.org/")
            allowed |= word == SET_BY_THE_SERVER.get(module.name)
            assert word not in code or allowed, f"{module.name} contains {word}"


def test_distance_is_that_of_the_geodesic_to_a_millimetre(page: Page) -> None:
    random = Random(8)
    ends = [
        ((random.uniform(38, 42), random.uniform(43, 51)), (random.uniform(38, 42), random.uniform(43, 51)))
        for _ in range(200)
    ]
    ends += [((38.867172, 46.533983), (38.844518, 46.140676)), ((0, 0), (0, 90)), ((-30, -170), (50, 170))]
    for start, end in ends:
        expected = WGS84.inv(start[1], start[0], end[1], end[0])[2]
        assert call(page, "shared/geodesic", "distance", start, end) == pytest.approx(expected, abs=0.001)


def test_distance_of_a_point_to_itself_is_nought_and_to_its_antipode_not_given(page: Page) -> None:
    assert call(page, "shared/geodesic", "distance", [39, 46], [39, 46]) == 0
    assert call(page, "shared/geodesic", "distance", [0, 0], [0.5, 179.7]) is None


def test_a_line_is_as_long_as_its_parts(page: Page) -> None:
    line = [[39.0, 46.0], [39.1, 46.2], [38.9, 46.4]]
    parts = [call(page, "shared/geodesic", "distance", a, b) for a, b in itertools.pairwise(line)]
    assert call(page, "shared/geodesic", "lineLength", line) == pytest.approx(sum(parts))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("39.2, 46.4", [39.2, 46.4]),
        (" 39.2 46.4 ", [39.2, 46.4]),
        ("39.2° N; 46.4° E", [39.2, 46.4]),
        ("-12.5,-70", [-12.5, -70]),
        ("Meghri", None),
        ("139, 46", None),
        ("39.2", None),
        ("91, 46", None),
        ("", None),
    ],
)
def test_typed_coordinates(page: Page, typed: str, read: list[float] | None) -> None:
    assert call(page, "shared/geodesic", "readCoordinates", typed) == read


def test_names_fold_as_they_do_in_python(page: Page) -> None:
    for written, folded in FOLDED:
        assert call(page, "shared/folding", "fold", written) == folded == fold(written)


def test_search_prefers_the_whole_name_and_keeps_the_form_that_was_found(page: Page) -> None:
    entries = [
        {"id": "a", "label": "Meghri station", "forms": [{"text": "Meghri station", "folded": "meghri station"}]},
        {
            "id": "b",
            "label": "Meghri",
            "forms": [
                {"text": "Meghri", "folded": "meghri"},
                {"text": "Մեղրի", "folded": "մեղրի", "note": "Armenian", "contested": False},
            ],
        },
    ]
    assert [hit["entry"]["id"] for hit in call(page, "shared/folding", "find", entries, "MEGHRI")] == ["b", "a"]
    assert call(page, "shared/folding", "find", entries, "ՄԵՂՐԻ")[0]["form"]["note"] == "Armenian"
    assert call(page, "shared/folding", "find", entries, "  ") == []


def test_labels_never_touch_and_the_first_rank_is_served_first(page: Page) -> None:
    random = Random(3)
    items = []
    for number in range(120):
        point = {"x": random.uniform(0, 400), "y": random.uniform(0, 300)}
        boxes = call(page, "shared/placement", "around", point, {"w": random.uniform(30, 90), "h": 15}, 4)
        dot = {"x": point["x"] - 4, "y": point["y"] - 4, "w": 8, "h": 8}
        items.append({"id": f"p{number}", "rank": number % 4, "boxes": boxes, "dot": dot})
    chosen: dict[str, int] = page.evaluate(
        "async (items) => Object.fromEntries((await import('/shared/placement.js')).place(items))", items
    )
    boxes = [item["boxes"][chosen[item["id"]]] for item in items if item["id"] in chosen]
    assert len(boxes) > 20
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert not call(page, "shared/placement", "overlap", one, other)
    served = [item["rank"] for item in items if item["id"] in chosen]
    assert served.count(0) >= served.count(3)


def test_a_label_keeps_off_blocked_ground(page: Page) -> None:
    left, right = {"x": 0, "y": 0, "w": 50, "h": 15}, {"x": 60, "y": 0, "w": 50, "h": 15}
    chosen = page.evaluate(
        """async ([left, right]) => {
            const { place } = await import('/shared/placement.js');
            const items = [{ id: "a", rank: 1, boxes: [left, right], dot: null }];
            return [...place(items, { blocked: [left] }).values()];
        }""",
        [left, right],
    )
    assert chosen == [1]


@pytest.mark.parametrize(
    ("text", "lines", "broken"),
    [
        ("Nakhchivan Autonomous Republic", 1, ["Nakhchivan Autonomous Republic"]),
        ("Nakhchivan Autonomous Republic", 3, ["Nakhchivan", "Autonomous", "Republic"]),
        ("Araks / Aras / Araz", 2, ["Araks / Aras", "/ Araz"]),
        ("Iran", 2, ["Iran"]),
    ],
)
def test_names_break_between_words(page: Page, text: str, lines: int, broken: list[str]) -> None:
    assert call(page, "shared/placement", "broken", text, lines) == broken


@pytest.mark.parametrize(("km", "round_km"), [(0.7, 0.5), (1, 1), (34, 30), (49.9, 30), (50, 50), (260, 200)])
def test_scale_bars_have_round_lengths(page: Page, km: float, round_km: float) -> None:
    assert call(page, "shared/scale", "roundKilometres", km) == pytest.approx(round_km)


def test_the_address_holds_the_state_and_leaves_what_belongs_to_others(page: Page) -> None:
    nothing = {"clause": None, "phrase": None, "feature": None, "layers": None, "view": None}
    assert call(page, "reader/address", "writeAddress", "", nothing) == ""
    assert call(page, "reader/address", "writeAddress", "?feature=place/baku&embed=true", nothing) == "?embed=true"
    state = {
        "clause": "joint-declaration/3",
        "phrase": "joint-declaration/3#main-part",
        "feature": None,
        "layers": ["territory", "route-rail"],
        "view": [39.123456, 46.5, 9.25],
    }
    assert call(page, "reader/address", "writeAddress", "", state) == (
        "?clause=joint-declaration/3&phrase=joint-declaration/3%23main-part"
        "&layers=territory,route-rail&view=39.1235,46.5000,9.25"
    )
    assert call(page, "reader/address", "writeAddress", "", {**nothing, "layers": []}) == "?layers=none"
    assert call(page, "reader/address", "phraseIn", "?phrase=joint-declaration/3%23main-part") == state["phrase"]


OWN = [
    {"id": "own/abc/1", "name": "A" * 60, "parts": [[[46.2, 38.9], [46.3, 39.0]]], "card": {"title": "One"}},
    {
        "id": "own/abc/2",
        "name": "<b>two</b>",
        "parts": [[[45.0, 40.0], [45.1, 40.2]], [[45.1, 40.3], [45.2, 40.4], [45.3, 40.1]]],
    },
]


def test_own_routes_have_bounds_and_a_label_at_the_middle_of_their_longest_part(page: Page) -> None:
    assert call(page, "shared/own_routes", "boundsOf", OWN) == [[38.9, 45.0], [40.4, 46.3]]
    assert call(page, "shared/own_routes", "boundsOf", []) is None
    one, two = call(page, "shared/own_routes", "ownLabels", OWN)
    assert one["text"] == "A" * 22 + "…" + "A" * 17
    assert (two["text"], two["lon"], two["lat"]) == ("<b>two</b>", 45.2, 40.4)


def test_long_names_keep_the_ends_that_tell_them_apart(page: Page) -> None:
    name = "Railway or road along the river, alternative {}"
    one, two = (call(page, "shared/own_routes", "shortened", name.format(number)) for number in (1, 2))
    assert (one, two) == ("Railway or road along…er, alternative 1", "Railway or road along…er, alternative 2")
    assert call(page, "shared/own_routes", "shortened", "a" * 40) == "a" * 40


def test_a_name_near_a_point_of_a_file_that_is_called_so_is_written_once(page: Page) -> None:
    meghri = {"id": "place/meghri", "text": "Meghri", "lat": 38.903, "lon": 46.244, "rank": 2, "min_zoom": 7.25}
    other = {**meghri, "id": "place/agarak", "text": "Agarak"}
    far = {"name": "Meghri", "lat": 39.9, "lon": 46.2}
    assert call(page, "route/marks", "withWaypoints", [meghri, other], []) == [meghri, other]
    labels = call(
        page, "route/marks", "withWaypoints", [meghri, other], [{"name": "MEGHRI ", "lat": 38.91, "lon": 46.25}]
    )
    assert [(label["id"], label["text"].strip(), label["min_zoom"]) for label in labels] == [
        ("place/agarak", "Agarak", 7.25),
        ("waypoint/0", "MEGHRI", 7.25),
    ]
    labels = call(page, "route/marks", "withWaypoints", [meghri, other], [far])
    assert [label["id"] for label in labels] == ["place/meghri", "place/agarak", "waypoint/0"]


def test_own_routes_are_taken_into_what_is_shipped_without_changing_it(page: Page) -> None:
    shipped: dict[str, Any] = {"layers": [], "cards": {}, "legend": [], "labels": [], "search": [], "home": []}
    taken = call(page, "shared/own_routes", "withOwn", shipped, OWN[:1])
    assert [group["group"] for group in taken["layers"]] == ["Own routes (this visit)"]
    assert taken["cards"] == {"own/abc/1": {"title": "One"}}
    assert [entry["kind"] for entry in taken["search"]] == ["own route"]
    assert call(page, "shared/own_routes", "withOwn", shipped, []) == shipped


@pytest.mark.parametrize(("name", "expected"), [("Türkiye", "TÜRKİYE"), ("Iran", "IRAN"), ("Ağrı", "AĞRI")])
def test_names_of_states_are_capitalised_as_their_own_language_writes_them(
    page: Page, name: str, expected: str
) -> None:
    assert call(page, "shared/lettering", "spelt", name, {"capitals": True}) == expected
    assert call(page, "shared/lettering", "spelt", name, {"capitals": False}) == name

"""The reader as a visitor uses it: what lights what, the address, layers, search, measuring, saving, the keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pyproj import Geod

from corridor.present.reader import payload
from corridor.present.words import REFERENCE_NOTE
from corridor.shipped import read_shipped
from tests.support.served import DESKTOP, PHONE, PROJECTOR, open_reader

pytestmark = pytest.mark.browser

TRIPP = "joint-declaration/4#tripp"
NAKHCHIVAN = "joint-declaration/3#nakhchivan"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return payload(read_shipped())


@pytest.fixture
def calm(browser: Browser) -> Iterator[BrowserContext]:
    """A context with little motion, so that the map is where it is asked to be at once."""
    opened = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce")
    yield opened
    opened.close()


def lit(page: Page, attribute: str) -> set[str]:
    """Return the values of `attribute` of everything lit that has one."""
    return set(
        page.evaluate(
            "name => [...document.querySelectorAll(`.is-lit[${name}]`)].map(e => e.getAttribute(name))", attribute
        )
    )


def anchor(page: Page, identity: str) -> Any:
    return page.locator(f'[data-anchor="{identity}"]')


def spot_on(page: Page, feature: str) -> tuple[float, float]:
    """Return window coordinates well inside a drawn feature, with no line or dot near."""
    spot = page.evaluate(
        """id => {
            const map = document.querySelector('[data-testid="reader-map"]').getBoundingClientRect();
            const is = (x, y) => document.elementFromPoint(x, y)?.getAttribute('data-feature') === id;
            const steps = [-8, -4, 0, 4, 8];
            const around = steps.flatMap(dx => steps.map(dy => [dx, dy]));
            for (let y = map.top + 20; y < map.bottom - 20; y += 7)
                for (let x = map.left + 60; x < map.right - 20; x += 7)
                    if (around.every(([dx, dy]) => is(x + dx, y + dy))) return [x, y];
            return null;
        }""",
        feature,
    )
    assert spot, f"{feature} is nowhere to be pointed at"
    return tuple(spot)


def centre(page: Page) -> tuple[float, float, float]:
    """Return latitude, longitude and zoom of the map as the address has them; nothing there would mean home.

    The map follows a choice once its light is painted, and the address follows the map. A function of the browser's
    that waits is no use here: the policy lets it be evaluated the first time only.
    """
    expect(page).to_have_url(re.compile("[?&]view="))
    found = re.search(r"[?&]view=([\d.-]+),([\d.-]+),([\d.]+)", page.evaluate("location.search"))
    assert found, page.url
    return tuple(float(part) for part in found.groups())


def test_nothing_is_lit_at_the_start_and_everything_needed_is_on_the_screen(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    assert page.locator(".is-lit").count() == 0
    for feature in ("territory/armenia", "territory/az-mainland", "territory/az-nakhchivan"):
        box = page.locator(f'path[data-feature="{feature}"]').bounding_box()
        frame = page.get_by_test_id("reader-map").bounding_box()
        assert box
        assert frame
        assert box["x"] >= frame["x"] - 1
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        assert box["y"] >= frame["y"] - 1
        assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1
    page.close()


@pytest.mark.parametrize("size", [DESKTOP, PROJECTOR, PHONE], ids=str)
def test_the_disclaimer_stands_whole_on_the_screen(browser: Browser, address: str, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = open_reader(context, address, "?feature=place/meghri")
    foot = page.locator(".foot p")
    assert REFERENCE_NOTE in foot.inner_text()
    expect(foot.locator(".age")).to_contain_text("days old")
    box = foot.bounding_box()
    assert box
    assert box["y"] + box["height"] <= size[1]
    # Nothing lies over it, not even the sheet of an open card.
    middle = (box["x"] + box["width"] / 2, box["y"] + 4)
    assert page.evaluate("([x, y]) => !!document.elementFromPoint(x, y).closest('.foot')", middle)
    context.close()


def test_each_phrase_lights_exactly_its_land_and_itself(
    calm: BrowserContext, address: str, told: dict[str, Any]
) -> None:
    page = open_reader(calm, address)
    shown = set(page.evaluate("[...document.querySelectorAll('path[data-feature]')].map(e => e.dataset.feature)"))
    for identity, wanted in told["anchors"].items():
        phrase = anchor(page, identity)
        assert phrase.get_attribute("data-targets") == " ".join(wanted["targets"])
        phrase.hover()
        assert lit(page, "data-feature") == set(wanted["lights"]) & shown, identity
        assert lit(page, "data-anchor") == {identity}
        assert lit(page, "data-clause") == {wanted["clause"]}
    page.mouse.move(3, 3)
    assert page.locator(".is-lit").count() == 0
    page.close()


def test_no_phrase_of_paragraph_3_lights_a_route_and_the_project_lights_its_three_sections(
    calm: BrowserContext, address: str, told: dict[str, Any]
) -> None:
    page = open_reader(calm, address)
    for identity in told["anchors"]:
        if identity.startswith("joint-declaration/3#"):
            anchor(page, identity).hover()
            assert not [feature for feature in lit(page, "data-feature") if feature.startswith("route/")]
    anchor(page, TRIPP).hover()
    assert lit(page, "data-feature") == {"route/tripp-rail", "route/tripp-road-river", "route/tripp-road-kajaran"}
    expect(page.locator(".dock")).to_contain_text("The text fixes no line")
    page.close()


def test_each_relation_is_told_in_words_and_by_its_underline(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    styles = page.evaluate(
        """() => Object.fromEntries(['names', 'reading', 'document', 'none'].map(name => {
            const style = getComputedStyle(document.querySelector(`[data-anchor].phrase--${name}`));
            return [name, `${style.textDecorationStyle} ${style.textDecorationThickness}`];
        }))"""
    )
    assert len(set(styles.values())) == 4
    reason = page.evaluate(
        "id => document.getElementById(document.querySelector(`[data-anchor='${id}']`)"
        ".getAttribute('aria-describedby')).textContent",
        NAKHCHIVAN,
    )
    assert "names this land" in reason
    page.close()


def test_pinning_frames_keeps_and_escape_lets_go(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    anchor(page, NAKHCHIVAN).click()
    assert anchor(page, NAKHCHIVAN).get_attribute("aria-pressed") == "true"
    latitude, longitude, zoom = centre(page)
    assert (latitude, longitude) == pytest.approx((39.3, 45.5), abs=0.5)
    assert zoom > 8
    anchor(page, "joint-declaration/3#through-armenia").hover()
    assert lit(page, "data-feature") == {"territory/armenia"}
    page.mouse.move(3, 3)
    assert lit(page, "data-feature") == {"territory/az-nakhchivan"}
    page.keyboard.press("Escape")
    assert page.locator(".is-lit").count() == 0
    page.close()


def test_text_that_moves_under_a_still_pointer_lights_nothing(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    anchor(page, NAKHCHIVAN).click()
    page.get_by_test_id("reader-text").evaluate("e => e.scrollBy(0, 24)")
    page.wait_for_timeout(300)
    assert lit(page, "data-anchor") == {NAKHCHIVAN}
    page.close()


def test_land_lights_its_clauses_and_brings_them_into_view(
    calm: BrowserContext, address: str, told: dict[str, Any]
) -> None:
    page = open_reader(calm, address)
    spot = spot_on(page, "territory/armenia")
    page.mouse.move(*spot)
    wanted = {entry["clause"] for entry in told["cards"]["territory/armenia"]["clauses"]}
    assert lit(page, "data-clause") == wanted
    page.mouse.click(*spot)
    expect(page.locator(".card h2")).to_have_text(told["cards"]["territory/armenia"]["title"])
    assert lit(page, "data-clause") == wanted
    first = page.locator('[data-clause="joint-declaration/3"]')
    expect(first).to_be_in_viewport()
    page.close()


def test_a_document_opens_its_card(calm: BrowserContext, address: str, told: dict[str, Any]) -> None:
    page = open_reader(calm, address)
    anchor(page, "joint-declaration/5#almaty-declaration").click()
    expect(page.locator(".card h2")).to_have_text(told["cards"]["instrument/almaty-declaration-1991"]["title"])
    assert lit(page, "data-feature") == set()
    page.close()


def test_unknown_values_in_the_address_become_a_notice_that_can_be_dismissed(
    calm: BrowserContext, address: str
) -> None:
    page = open_reader(calm, address, "?feature=place/atlantis&phrase=nothing&clause=joint-declaration/3")
    notices = page.locator(".notices[role=status] .notice")
    expect(notices).to_have_count(2)
    expect(notices.first).to_contain_text("place/atlantis")
    assert lit(page, "data-clause") == {"joint-declaration/3"}
    notices.first.get_by_role("button").click()
    expect(notices).to_have_count(1)
    page.close()


def test_the_copied_address_reproduces_the_view(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = open_reader(context, address)
    page.get_by_role("button", name="Layers", exact=True).click()
    page.locator('[data-switch="water"]').uncheck()
    anchor(page, TRIPP).click()
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    again = open_reader(context, address, "?" + urlsplit(link).query)
    assert lit(again, "data-feature") == lit(page, "data-feature")
    assert lit(again, "data-anchor") == {TRIPP}
    assert again.locator('path[data-feature^="water/"]').count() == 0
    assert centre(again) == pytest.approx(centre(page), abs=0.01)
    expect(again.locator(".notice")).to_have_count(0)
    context.close()


def test_a_layer_switched_off_and_on_keeps_its_ids_and_its_light(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address, "?feature=territory/az-nakhchivan")
    page.get_by_role("button", name="Layers", exact=True).click()
    switch = page.locator('[data-switch="territory"]')
    path = page.locator('path[data-feature="territory/az-nakhchivan"]')
    switch.uncheck()
    expect(path).to_have_count(0)
    switch.check()
    expect(path).to_have_count(1)
    expect(path).to_have_class(re.compile(r"\bis-lit\b"))
    page.close()


#: Of each entry of the legend its words, and all that its sample is drawn with.
SAMPLES = """() => [...document.querySelectorAll(".legend-groups li")].map((entry) => {
  const sample = entry.querySelector(".sample > :last-child"), look = getComputedStyle(sample);
  const drawn = ["fill", "stroke", "strokeOpacity", "strokeWidth", "strokeDasharray", "transform"];
  return [entry.textContent, [sample.getAttribute("d"), ...drawn.map((name) => look[name])].join()];
})"""


def test_no_two_entries_of_the_legend_look_alike(calm: BrowserContext, address: str) -> None:
    entries = open_reader(calm, address).evaluate(SAMPLES)
    assert len(entries) > 15
    looks: dict[str, str] = {}
    for words, look in entries:
        assert looks.setdefault(look, words) == words


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_relief_lies_under_what_is_drawn_and_can_be_switched_off(
    browser: Browser, address: str, theme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce", color_scheme=theme
    )
    page = open_reader(context, address)
    picture = page.locator(".leaflet-relief-pane > img.relief")
    expect(picture).to_be_visible()
    picture.evaluate("picture => picture.decode()")
    assert picture.evaluate("picture => getComputedStyle(picture).pointerEvents") == "none"
    heights = [
        int(page.locator(f".leaflet-{pane}-pane").first.evaluate("pane => getComputedStyle(pane).zIndex"))
        for pane in ("territory", "relief", "water", "border", "route")
    ]
    assert heights == sorted(heights)
    opacity = float(page.locator(".leaflet-relief-pane").evaluate("pane => getComputedStyle(pane).opacity"))
    assert opacity == (1.0 if theme == "light" else 0.5)
    page.get_by_role("button", name="Layers", exact=True).click()
    # The small map of the Meghri section has it too, as long as it is on.
    expect(page.locator(".inset .inset-relief")).to_have_count(1)
    page.locator('[data-switch="relief"]').uncheck()
    expect(page.locator(".inset .inset-relief")).to_have_count(0)
    expect(picture).to_have_count(0)
    expect(page).to_have_url(re.compile(r"layers=(?!.*relief)"))
    page.locator('[data-switch="relief"]').check()
    expect(picture).to_have_count(1)
    context.close()


def test_zoom_to_a_layer(calm: BrowserContext, address: str, told: dict[str, Any]) -> None:
    page = open_reader(calm, address)
    page.get_by_role("button", name="Layers", exact=True).click()
    entry = next(e for group in told["layers"] for e in group["switches"] if e["id"] == "exclave")
    page.get_by_role("button", name=f"Zoom to {entry['title']}", exact=True).click()
    (south, west), (north, east) = entry["bounds"]
    latitude, longitude, _ = centre(page)
    assert south - 0.2 <= latitude <= north + 0.2
    assert west - 0.8 <= longitude <= east + 0.8
    page.close()


@pytest.mark.parametrize("typed", ["Մեղրի", "Мегри", "مغری", "meghri", "MEGHRI"])
def test_search_finds_a_place_in_any_script(calm: BrowserContext, address: str, typed: str) -> None:
    page = open_reader(calm, address)
    page.get_by_role("combobox").first.fill(typed)
    expect(page.get_by_role("option").filter(has_text="Meghri").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("combobox").first.get_attribute("aria-activedescendant")
    page.close()


def test_a_contested_name_says_so(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    page.get_by_role("combobox").first.fill("Zangezur corridor")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("contested")
    expect(option).to_contain_text("Dispute about a name")
    expect(option.locator(".found-note")).not_to_be_empty()
    page.close()


def test_everything_by_keyboard_alone(calm: BrowserContext, address: str, told: dict[str, Any]) -> None:
    page = open_reader(calm, address)
    page.locator(".skip").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.testid") == "reader-text"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.anchor") == NAKHCHIVAN:
            break
    assert lit(page, "data-feature") == {"territory/az-nakhchivan"}
    page.keyboard.press("Enter")
    assert anchor(page, NAKHCHIVAN).get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Features", exact=True).focus()
    page.keyboard.press("Enter")
    summary = page.locator(".feature-list summary").first
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.dataset.entry")
    page.keyboard.press("Enter")
    expect(page.locator(".card h2")).to_be_focused()
    expect(page.locator(".card h2")).to_have_text(told["cards"][chosen]["title"])
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_be_hidden()
    assert page.locator('path[data-feature][tabindex="0"]').count() == 0
    page.close()


def test_distance_between_clicked_points_and_between_typed_ones(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    page.get_by_role("button", name="Measure", exact=True).click()
    page.get_by_label("From", exact=True).fill("39.2, 46.4")
    page.get_by_label("To", exact=True).fill("38.9, 46.2")
    page.get_by_role("button", name="Measure", exact=True).last.click()
    metres = Geod(ellps="WGS84").inv(46.4, 39.2, 46.2, 38.9)[2]
    expect(page.locator(".measure-result")).to_contain_text(f"{metres / 1000:.2f} km")
    page.get_by_label("To", exact=True).fill("nowhere at all")
    page.get_by_role("button", name="Measure", exact=True).last.click()
    expect(page.get_by_role("alert").filter(has_text="nowhere at all")).to_be_visible()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".measure-result")).to_be_empty()
    frame = page.get_by_test_id("reader-map").bounding_box()
    assert frame
    for fraction in (0.6, 0.7):
        page.mouse.click(frame["x"] + frame["width"] * fraction, frame["y"] + frame["height"] * 0.4)
    expect(page.locator(".measure-result")).to_contain_text(" km")
    assert page.locator(".is-lit").count() == 0
    page.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_map_saves_as_svg_and_png_with_what_a_printed_map_must_carry(
    browser: Browser, address: str, told: dict[str, Any], tmp_path: Path, theme: Any
) -> None:
    context = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]},
        accept_downloads=True,
        color_scheme=theme,
        reduced_motion="reduce",
    )
    page = open_reader(context, address)
    anchor(page, NAKHCHIVAN).click()
    files = {}
    for kind in ("SVG", "PNG"):
        page.get_by_role("button", name="Save map", exact=True).click()
        page.get_by_label("Handling line (optional)").fill("Draft")
        page.get_by_label("Prepared by (optional)").fill("<b>Protocol</b> office")
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save {kind}").click()
        files[kind] = tmp_path / f"map.{kind.lower()}"
        download.value.save_as(files[kind])
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", files["SVG"].read_text(encoding="utf-8")))
    assert REFERENCE_NOTE in words
    assert "Draft · Prepared by &lt;b&gt;Protocol&lt;/b&gt; office" in words
    assert " km " in words
    assert "days old" in words
    assert "OpenStreetMap contributors" in words
    assert "NOAA NGDC 1999, GLOBE v1" in words
    assert '<image href="data:image/png;base64,' in files["SVG"].read_text(encoding="utf-8")
    for heading in told["legend"]:
        for entry in heading["entries"]:
            assert entry["words"].split()[-1] in words
    assert "#000" not in files["SVG"].read_text(encoding="utf-8")[:200]
    assert files["PNG"].read_bytes().startswith(PNG_SIGNATURE)
    assert files["PNG"].stat().st_size > 50_000
    context.close()


def test_figures_and_clauses_are_copied_with_their_source(browser: Browser, address: str, told: dict[str, Any]) -> None:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    page = open_reader(context, address, "?feature=crossing/meghri-rail-east")
    clause = page.locator('[data-clause="joint-declaration/3"]')
    clause.hover()
    clause.locator(".clause-copy").click()
    wanted = next(c["copy"] for c in told["document"]["clauses"] if c["id"] == "joint-declaration/3")
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    rows = told["cards"]["crossing/meghri-rail-east"]["rows"]
    page.locator(".card .row button").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == rows[0]["copy"]
    context.close()


def test_labels_never_touch_at_any_zoom(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    for _ in range(5):
        touching = page.evaluate(
            """() => {
                const boxes = [...document.querySelectorAll('[data-label]')].map(e => [e.dataset.label, e.getBBox()]);
                const found = [];
                boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
                    const x = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
                    const y = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
                    if (x > 2 && y > 3) found.push([a, b, x, y]);
                }));
                return found;
            }"""
        )
        assert touching == []
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(150)
    page.close()


def test_without_wish_for_motion_the_map_and_the_text_jump(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    anchor(page, TRIPP).click()
    first = centre(page)
    page.wait_for_timeout(500)
    assert centre(page) == first
    assert not page.evaluate(
        "document.querySelector('.corridor-reader').getAnimations({ subtree: true })"
        ".some(animation => animation.playState === 'running')"
    )
    page.close()


def test_the_reader_comes_back_after_another_page(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    page.get_by_role("link", name="Sources").first.click()
    expect(page.locator(".corridor-reader")).to_have_count(0)
    page.get_by_role("link", name="Reader").first.click()
    page.locator('[data-testid="reader-map"][data-ready="true"]').wait_for()
    assert page.get_by_test_id("reader-map").count() == 1
    anchor(page, NAKHCHIVAN).hover()
    assert lit(page, "data-feature") == {"territory/az-nakhchivan"}
    page.close()


def test_a_rerun_changes_nothing_the_visitor_did(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    page.evaluate("document.querySelector('[data-testid=\"reader-map\"]').dataset.mine = 'kept'")
    anchor(page, NAKHCHIVAN).click()
    page.wait_for_timeout(1500)  # the server has been told and has run the page again
    assert page.get_by_test_id("reader-map").get_attribute("data-mine") == "kept"
    assert lit(page, "data-anchor") == {NAKHCHIVAN}
    page.close()


def test_the_reader_does_not_fade_while_the_server_answers(calm: BrowserContext, address: str) -> None:
    page = open_reader(calm, address)
    around = page.locator('[data-testid="stElementContainer"]:has(> * .corridor-reader)')
    # What Streamlit does to everything that waits for a slow answer, done at once.
    around.evaluate("e => { e.style.opacity = '0.33'; e.style.transition = 'opacity 1s ease-in 0.5s'; }")
    assert around.evaluate("e => [getComputedStyle(e).opacity, getComputedStyle(e).transitionDuration]") == ["1", "0s"]
    page.close()

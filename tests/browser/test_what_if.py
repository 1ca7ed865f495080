"""Editing a line in a real browser: by pointer and by keys, back and forth, with the server slow, gone or forgetful."""

import json
import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from corridor.reading.samples import find_sample
from tests.support.accessibility import violations
from tests.support.names import assert_names_clear
from tests.support.served import DESKTOP, PHONE, STREAMLITS_OWN_404, free_port, serve, wait_until_drawn

pytestmark = pytest.mark.browser

PATIENCE = 120_000
MAP = '[data-testid="edit-map"][data-ready="true"]'
#: Twelve vertices a hand can tell apart, from Zangilan's side through Armenia into Nakhchivan.
LINE = [[46.75 - 0.08 * n, 39.0 + (0.03 if n % 2 else 0.0)] for n in range(12)]
NOTE_PRESS_OF_TRY_NOW = """() => document.addEventListener("click", (press) => {
    window.pressed ||= press.composedPath()[0].textContent === "Try now";
}, true)"""
MARKUP = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'


def geojson(name: str = "My line", line: list[list[float]] = LINE) -> str:
    geometry = {"type": "LineString", "coordinates": line}
    return json.dumps({"type": "Feature", "properties": {"name": name}, "geometry": geometry})


def open_editor(context: BrowserContext, address: str, text: str | None = None) -> Page:
    page = context.new_page()
    page.goto(f"{address}/check-route")
    wait_until_drawn(page)
    page.get_by_label("GeoJSON, KML or GPX as text").fill(text or geojson())
    page.get_by_role("button", name="Read the text").click()
    page.get_by_role("button", name="Edit this route on the map").click(timeout=PATIENCE)
    page.locator(MAP).wait_for(timeout=PATIENCE)
    return page


def handle(page: Page, vertex: int) -> Locator:
    return page.locator(f'.edit-handle[data-vertex="{vertex}"]')


def drag(page: Page, what: Locator, dx: float, dy: float, steps: int = 12) -> None:
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y + dy, steps=steps)
    page.mouse.up()


def length(page: Page) -> str:
    return page.locator(".edit-length strong").inner_text(timeout=PATIENCE)


def vertices(page: Page) -> int:
    return int(page.locator(".edit-pages [role=status]").inner_text().rsplit(" ", 1)[1])


def unfold_table(page: Page) -> None:
    page.get_by_text("Vertices as a table").click()
    page.get_by_label("Longitude of vertex 1", exact=True).wait_for()


def settled(page: Page) -> None:
    expect(page.locator(".edit-keep button.solid")).to_be_enabled(timeout=PATIENCE)


def test_no_name_is_written_under_a_handle(context: BrowserContext, address: str) -> None:
    page = open_editor(context, address, find_sample("sound-whole-line").content().decode())
    assert_names_clear(page, MAP, ".edit-dot")
    drag(page, page.locator(".edit-handle:not(.edit-middle)").nth(8), 40, -60)
    settled(page)
    assert_names_clear(page, MAP, ".edit-dot")


def test_a_vertex_is_dragged_and_numbers_follow_and_it_is_kept_with_its_origin(
    context: BrowserContext, address: str
) -> None:
    page = open_editor(context, address)
    before = length(page)
    expect(page.locator(".edit-change").first).to_have_text("no change")
    drag(page, handle(page, 6), 30, -90)
    settled(page)
    assert length(page) != before
    expect(page.locator(".edit-change").first).to_have_text(re.compile(r"^\+\d"))
    kept = length(page)
    page.get_by_label("Name of the new route").fill("Higher up")
    page.get_by_role("button", name="Keep as a new route").click()
    page.get_by_role("heading", name="Higher-up.geojson").wait_for(timeout=PATIENCE)
    expect(page.get_by_text("edited here")).to_be_visible()
    expect(page.get_by_text("11 stay where they were, 1 went and 1 came").first).to_be_visible()
    expect(page.locator(".course td").filter(has_text=kept.removesuffix(" km")).first).to_be_visible()
    assert page.locator(".own-file").count() == 2


def test_the_place_where_a_drag_ends_is_measured_even_when_answers_are_slow(
    context: BrowserContext, address: str
) -> None:
    page = open_editor(context, address)
    sent: list[dict] = []

    def slowly(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}"))
        page.wait_for_timeout(400)
        route.continue_()

    page.route("**/what-if", slowly)
    drag(page, handle(page, 6), 60, -120, steps=40)
    settled(page)
    assert len(sent) < 10
    (last,) = sent[-1]["edits"]
    assert last["n"] == max(edit["n"] for told in sent for edit in told["edits"])
    unfold_table(page)
    lon = page.get_by_label("Longitude of vertex 6", exact=True).input_value()
    lat = page.get_by_label("Latitude of vertex 6", exact=True).input_value()
    assert [[float(lon), float(lat)]] == last["put"]


def test_vertices_are_added_and_removed_by_pointer_and_undone_and_done_again(
    context: BrowserContext, address: str
) -> None:
    page = open_editor(context, address)
    unfold_table(page)
    lengths = [length(page)]
    page.locator(".edit-middle").nth(3).click()
    settled(page)
    assert vertices(page) == 13
    drag(page, page.locator(".edit-handle.is-chosen"), 0, -60)
    settled(page)
    lengths.append(length(page))
    page.get_by_role("button", name=re.compile("^Remove vertex")).first.click()
    settled(page)
    assert vertices(page) == 12
    for wanted in (13, 13, 12):
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(".edit-pages [role=status]")).to_have_text(re.compile(f"of {wanted}$"))
    expect(page.locator(".edit-length strong")).to_have_text(lengths[0])
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
    expect(page.get_by_role("button", name="Keep as a new route")).to_be_disabled()
    page.get_by_role("button", name="Redo").click()
    page.get_by_role("button", name="Redo").click()
    expect(page.locator(".edit-length strong")).to_have_text(lengths[1])
    page.locator(".corridor-editor summary").first.focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(".edit-length strong")).to_have_text(lengths[0])
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(".edit-pages [role=status]")).to_have_text(re.compile("of 13$"))


def test_all_of_it_is_done_by_keys_alone(context: BrowserContext, address: str) -> None:
    page = open_editor(context, address)
    before = length(page)
    page.get_by_text("Vertices as a table").focus()
    page.keyboard.press("Enter")
    lon, lat = (page.get_by_label(f"{axis} of vertex 3", exact=True) for axis in ("Longitude", "Latitude"))
    lat.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("39.2")
    page.keyboard.press("Enter")
    settled(page)
    moved = length(page)
    assert moved != before
    lat.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("north")
    page.keyboard.press("Enter")
    expect(page.locator(".edit-table .problem")).to_have_text(
        re.compile("“north” is no latitude: .*stays where it was")
    )
    expect(lat).to_have_attribute("aria-invalid", "true")
    assert length(page) == moved
    lon.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("181")
    page.keyboard.press("Tab")
    expect(page.locator(".edit-table .problem")).to_have_text(re.compile("“181” is no longitude"))
    page.get_by_role("button", name="Add a vertex after vertex 12").focus()
    page.keyboard.press("Enter")
    settled(page)
    assert vertices(page) == 13
    page.get_by_role("button", name="Remove vertex 13", exact=True).last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".edit-pages [role=status]")).to_have_text(re.compile("of 12$"))
    handle(page, 5).click()
    expect(handle(page, 5)).to_be_focused()
    at = page.get_by_label("Latitude of vertex 5", exact=True).input_value()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Latitude of vertex 5", exact=True)).not_to_have_value(at)
    expect(handle(page, 5)).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.locator(".edit-pages [role=status]")).to_have_text(re.compile("of 11$"))


def test_a_new_route_is_drawn_and_kept(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}/check-route?edit=new")
    page.locator(MAP).wait_for(timeout=PATIENCE)
    node = page.locator(MAP)
    node.scroll_into_view_if_needed()
    box = node.bounding_box()
    assert box is not None
    for x, y in ((0.8, 0.5), (0.6, 0.45), (0.45, 0.55)):
        page.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        page.wait_for_timeout(250)
    settled(page)
    first = length(page)
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("From two vertices on the line is measured.")).to_be_visible()
    expect(page.get_by_role("button", name="Keep this route")).to_be_disabled()
    for _ in range(2):
        page.get_by_role("button", name="Redo").click()
    expect(page.locator(".edit-length strong")).to_have_text(first, timeout=PATIENCE)
    settled(page)
    page.get_by_role("button", name="Keep this route").click()
    expect(page.get_by_text("drawn here, ")).to_be_visible(timeout=PATIENCE)


def test_a_server_that_is_gone_is_told_and_every_edit_is_kept_and_measured_when_it_is_back(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    with serve(port=free_port()) as address:
        page = open_editor(context, address)
        before = length(page)
        # The page tries by itself as well, and hides the button once it is answered: nothing answers before the press.
        page.evaluate(NOTE_PRESS_OF_TRY_NOW)
        page.route("**/what-if", lambda route: route.continue_() if page.evaluate("window.pressed") else route.abort())
        drag(page, handle(page, 6), 30, -90)
        expect(page.locator(".edit-problem")).to_contain_text("does not answer. Your edits are kept", timeout=PATIENCE)
        drag(page, handle(page, 4), 0, -50)
        assert length(page) == before
        page.get_by_role("button", name="Try now").click()
        settled(page)
        assert length(page) != before
        expect(page.locator(".edit-problem")).to_be_hidden()
    context.close()


def test_a_line_the_server_holds_no_more_is_told_anew(context: BrowserContext, address: str) -> None:
    page = open_editor(context, address)
    told: list[dict] = []

    def forget(route: Route) -> None:
        message = json.loads(route.request.post_data or "{}")
        told.append(message)
        if len(told) == 1:
            route.fulfill(status=410, json={"says": "Gone."})
        else:
            route.continue_()

    page.route("**/what-if", forget)
    drag(page, handle(page, 6), 30, -90)
    settled(page)
    assert "edits" in told[0]
    assert len(told[1]["open"]["parts"][0]) == 12
    expect(page.locator(".edit-change").first).to_have_text(re.compile(r"^\+\d"))


def test_names_are_text_wherever_they_stand(context: BrowserContext, address: str) -> None:
    page = open_editor(context, address, geojson(MARKUP))
    expect(page.get_by_label("Name of the new route")).to_have_value(f"{MARKUP} (edited)")
    drag(page, handle(page, 6), 30, -90)
    settled(page)
    page.get_by_role("button", name="Keep as a new route").click()
    page.get_by_text("edited here").wait_for(timeout=PATIENCE)
    page.get_by_role("button", name="Edit this route on the map").click()
    page.locator(MAP).wait_for(timeout=PATIENCE)
    page.wait_for_timeout(500)
    assert page.evaluate("window.ran") is None
    assert page.locator('img[src="x"]').count() == 0


def test_of_thousands_of_vertices_those_in_view_have_handles_apart_from_each_other(
    context: BrowserContext, address: str
) -> None:
    line = [[46.75 - 0.0002 * n, 39.0 + 0.004 * (n % 9 == 0)] for n in range(4_800)]
    page = open_editor(context, address, geojson(line=line))
    handles = page.locator(".edit-handle[data-vertex]")
    assert 10 < handles.count() <= 240
    expect(page.locator(".edit-note")).to_contain_text("zoom in for their handles")
    page.get_by_text("Vertices as a table").click()
    page.get_by_label("Go to vertex").fill("3001")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_label("Longitude of vertex 3001", exact=True)).to_be_focused()
    assert page.locator(".edit-table tbody tr").count() == 20


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark")])
def test_no_violation_while_editing(browser: Browser, address: str, size: tuple[int, int], theme: str) -> None:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, reduced_motion="reduce"
    )
    page = open_editor(context, address)
    handle(page, 6).click()
    unfold_table(page)
    page.get_by_text("For information: counts and lengths").click()
    page.wait_for_timeout(500)
    assert violations(page) == []
    context.close()


def test_no_request_leaves_the_machine_and_no_policy_is_broken_while_editing(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]})
    outside: list[str] = []
    faults: list[str] = []
    context.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:", "blob:")) else outside.append(request.url),
    )
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on(
        "console",
        lambda message: (
            faults.append(message.text)
            if message.type == "error" and not str(message.location.get("url", "")).endswith(STREAMLITS_OWN_404)
            else None
        ),
    )
    page = open_editor(context, address)
    drag(page, handle(page, 6), 30, -90)
    settled(page)
    context.close()
    assert outside == []
    assert faults == []

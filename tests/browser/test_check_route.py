"""The page that checks a route, in a real browser: what survives, who sees it, what is shown, by mouse and keys."""

import json
import os
import re
import signal
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from corridor.assessing.criteria import CRITERIA
from corridor.reading.route import read_route
from corridor.reading.samples import find_sample
from corridor.store.bounds import AS_SHIPPED
from tests.support.names import assert_names_clear
from tests.support.served import DESKTOP, PHONE, free_port, open_reader, serve, wait_until_drawn, workers_of

pytestmark = pytest.mark.browser

#: The longest a page is waited for; nothing is asserted of how long it took.
PATIENCE = 120_000
LIT = re.compile(r"\bis-lit\b")
MAP = '[data-testid="route-map"][data-ready="true"]'


def open_check(context: BrowserContext, address: str, query: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{address}/check-route{query}")
    wait_until_drawn(page)
    return page


def open_sample(context: BrowserContext, address: str, sample: str) -> Page:
    page = open_check(context, address, f"?sample={sample}")
    page.locator(MAP).wait_for(timeout=PATIENCE)
    return page


def send(page: Page, *paths: Path) -> None:
    page.locator('input[type="file"]').set_input_files([str(path) for path in paths])


def written(folder: Path, sample: str, name: str = "") -> Path:
    path = folder / (name or f"my-{find_sample(sample).file}")
    path.write_bytes(find_sample(sample).content())
    return path


def headline(page: Page) -> str:
    return page.locator(".headline").inner_text(timeout=PATIENCE)


def test_a_file_survives_reload_other_pages_and_a_second_tab_and_no_other_visitor_sees_it(
    browser: Browser, context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = open_check(context, address)
    send(page, written(tmp_path, "spike"))
    assert headline(page) == "GeoJSON with 1 route; 1 warning."
    page.reload()
    assert headline(page) == "GeoJSON with 1 route; 1 warning."
    page.get_by_role("link", name="Sources").click()
    page.get_by_role("heading", name="Sources").first.wait_for()
    page.get_by_role("link", name="Check a route").click()
    assert headline(page) == "GeoJSON with 1 route; 1 warning."
    assert headline(open_check(context, address)) == "GeoJSON with 1 route; 1 warning."
    stranger = browser.new_context()
    identity = sha256(find_sample("spike").content()).hexdigest()[:6]
    other = open_check(stranger, address, f"?file={identity}")
    expect(other.get_by_text("which is not among the files of your visit")).to_be_visible(timeout=PATIENCE)
    assert other.get_by_text("my-spike.geojson").count() == 0
    stranger.close()


def test_alternatives_that_begin_at_one_place_have_their_numbers_in_one_badge(
    context: BrowserContext, address: str
) -> None:
    page = open_sample(context, address, "alternatives")
    badges = page.locator('[data-testid="route-map"] .mark-badge')
    expect(badges).to_have_text(["1, 2"])
    box, badge = (badges.locator(f"xpath={up}").bounding_box() for up in ("../..", "."))
    assert box is not None
    assert badge is not None
    assert badge["width"] > badge["height"]
    assert badge["x"] + badge["width"] <= box["x"] + box["width"] + 1


def test_the_token_is_out_of_reach_of_scripts_and_other_sites(context: BrowserContext, address: str) -> None:
    page = open_check(context, address)
    (token,) = [cookie for cookie in context.cookies() if cookie["name"] == "corridor_visit"]
    assert (token["httpOnly"], token["sameSite"]) == (True, "Strict")
    assert "corridor_visit" not in page.evaluate("document.cookie")


def test_a_visit_that_ended_with_the_server_is_told_to_whoever_had_files_and_to_nobody_else(
    browser: Browser, tmp_path: Path
) -> None:
    port = free_port()
    had_files, had_none = browser.new_context(), browser.new_context()
    folder = tmp_path / "server"
    folder.mkdir()
    with serve({"TMPDIR": str(folder)}, port=port) as address:
        page = open_check(had_files, address)
        send(page, written(tmp_path, "spike"))
        assert headline(page)
        assert [path for path in folder.glob("corridor-visits-*/*") if path.stat().st_size > 1_000]
        open_check(had_none, address)
    assert list(folder.glob("corridor-visits-*")) == []
    with serve(port=port) as address:
        told = open_check(had_files, address)
        expect(told.get_by_text("Your visit has ended")).to_be_visible(timeout=PATIENCE)
        assert told.get_by_text("my-spike.geojson").count() == 0
        told.reload()
        expect(told.get_by_text("Your visit has ended")).to_be_visible(timeout=PATIENCE)
        told.get_by_role("button", name="I have read this").click()
        expect(told.get_by_text("Your visit has ended")).to_have_count(0)
        assert open_check(had_none, address).get_by_text("Your visit has ended").count() == 0
    had_files.close()
    had_none.close()


def test_forgetting_a_file_takes_it_from_every_page(context: BrowserContext, address: str) -> None:
    page = open_sample(context, address, "sound-whole-line")
    reader = open_reader(context, address)
    assert reader.locator('path[data-feature^="own/"]').count() == 1
    page.get_by_role("button", name="Forget it now").click()
    page.get_by_role("heading", name="Send a file").wait_for()
    assert open_reader(context, address).locator('path[data-feature^="own/"]').count() == 0
    page.reload()
    page.get_by_role("heading", name="Send a file").wait_for()
    assert "corridor_kept" not in page.evaluate("document.cookie")


def test_a_second_press_where_a_file_was_forgotten_forgets_no_other(context: BrowserContext, address: str) -> None:
    page = open_check(context, address)
    for sample in ("sound-whole-line", "spike", "sound-two-routes"):
        page.goto(f"{address}/check-route?sample={sample}")
        wait_until_drawn(page)
    cards = page.locator("[class*='st-key-own-file-']")
    expect(cards).to_have_count(3)
    box = page.get_by_role("button", name="Forget it now").first.bounding_box()
    row = page.locator(".st-key-own-files").bounding_box()
    assert row["height"] < 250, "however many files there are, they stand in one row"
    for _ in range(3):
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator(".own-file-gone")).to_contain_text("its results and downloads are gone from this machine.")
        page.wait_for_timeout(500)
        wait_until_drawn(page)
    assert (page.locator(".own-file-gone").count(), cards.count()) == (1, 3)


def test_a_file_that_is_too_large_is_refused_with_a_sentence_that_is_seen(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    with (large := tmp_path / "large.geojson").open("wb") as file:
        file.truncate(70_000_000)
    for width, height in (DESKTOP, PHONE):
        page = open_check(context, address)
        page.set_viewport_size({"width": width, "height": height})
        send(page, large)
        sentence = page.get_by_role("alert").filter(has_text="64.0MB or smaller")
        expect(sentence).to_be_in_viewport()
        box, chip = sentence.bounding_box(), page.get_by_test_id("stFileChip").bounding_box()
        assert box["height"] > 30
        assert chip["x"] <= box["x"]
        assert box["x"] + box["width"] <= chip["x"] + chip["width"] <= width
        after = sentence.evaluate("node => getComputedStyle(node, '::after').content")
        assert "export only the route, or fewer points" in after


def test_a_finding_is_shown_on_the_map_and_its_mark_leads_back_to_it(context: BrowserContext, address: str) -> None:
    page = open_sample(context, address, "self-crossing")
    zoom = page.locator(MAP).get_attribute("data-zoom")
    page.get_by_role("button", name="Show 1 on the map").click()
    expect(page.locator('[data-finding="1"]')).to_have_class("finding finding--warning is-lit")
    mark = page.locator(".mark--warning")
    expect(mark).to_have_class(LIT)
    expect(page.locator(MAP)).not_to_have_attribute("data-zoom", zoom or "")
    middle, inside = page.locator(MAP).bounding_box(), mark.bounding_box()
    assert middle is not None
    assert inside is not None
    assert abs(inside["x"] + inside["width"] / 2 - middle["x"] - middle["width"] / 2) < 20
    page.get_by_role("button", name="Whole region").click()
    mark.click()
    expect(page.locator('[data-finding="1"]')).to_have_class(LIT)


def test_no_name_is_written_under_a_mark(context: BrowserContext, address: str) -> None:
    page = open_sample(context, address, "self-crossing")
    assert_names_clear(page, MAP, ".mark-ring, .mark-sign path")


def test_a_mend_is_accepted_taken_away_and_undone(context: BrowserContext, address: str) -> None:
    page = open_sample(context, address, "spike")
    box = page.get_by_role("checkbox", name="Take out the tip of every spike")
    page.get_by_text("Take out the tip of every spike").click()
    expect(page.locator(".headline")).to_contain_text("After your mends", timeout=PATIENCE)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Mended GeoJSON").click()
    mended = read_route(Path(taken.value.path()).read_bytes(), "mended")
    assert mended.findings == ()
    whole = read_route(find_sample("sound-whole-line").content(), "whole")
    assert mended.routes[0].line.equals(whole.routes[0].line)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Changes as JSON").click()
    ledger = json.loads(Path(taken.value.path()).read_bytes())
    assert [entry["code"] for entry in ledger["mends"]] == ["spike"]
    page.get_by_role("button", name="Undo every mend").click()
    expect(page.locator(".headline")).to_have_text("GeoJSON with 1 route; 1 warning.", timeout=PATIENCE)
    expect(box).not_to_be_checked()


def test_the_results_are_those_of_the_command_line(context: BrowserContext, address: str) -> None:
    page = open_sample(context, address, "sound-two-routes")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Results as JSON").click()
    record = json.loads(Path(taken.value.path()).read_bytes())
    assert [route["name"] for route in record["routes"]] == [
        "Railway along the river, study line",
        "Road along the river, study line",
    ]
    assert len(record["routes"][0]["criteria"]) == len(CRITERIA)


def test_a_route_is_chosen_by_pressing_its_line(context: BrowserContext, address: str) -> None:
    page = open_sample(context, address, "sound-two-routes")
    line = page.locator('path[data-feature^="own/"][data-feature$="/2"]')
    assert "is-chosen" not in (line.get_attribute("class") or "")
    page.locator(MAP).scroll_into_view_if_needed()
    place = line.evaluate(
        "path => { const at = path.getPointAtLength(path.getTotalLength() * 0.3).matrixTransform(path.getScreenCTM());"
        " return [at.x, at.y]; }"
    )
    page.mouse.click(*place)
    expect(line).to_have_class(re.compile(r"\bis-chosen\b"), timeout=PATIENCE)
    expect(page).to_have_url(re.compile("route=2"))


def survey(path: Path, vertices: int) -> Path:
    """Write a line of many vertices along the Araks in 40 lots, as a survey gives it."""
    corners = np.array(json.loads(find_sample("sound-whole-line").content())["features"][0]["geometry"]["coordinates"])
    at, steps = np.linspace(0, len(corners) - 1, vertices), np.arange(len(corners))
    line = np.column_stack([np.interp(at, steps, corners[:, 0]), np.interp(at, steps, corners[:, 1])]).round(7)
    lots = [{"type": "LineString", "coordinates": part.tolist()} for part in np.array_split(line, 40)]
    features = [{"type": "Feature", "properties": {"name": f"Lot {n}"}, "geometry": g} for n, g in enumerate(lots)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")))
    return path


def test_long_reading_holds_up_no_other_visitor_and_can_be_cancelled(
    browser: Browser, context: BrowserContext, address: str, tmp_path: Path
) -> None:
    page = open_check(context, address)
    send(page, survey(tmp_path / "survey.geojson", 1_000_000))
    cancel = page.get_by_role("button", name="Cancel", exact=True)
    cancel.wait_for(timeout=PATIENCE)
    workers = workers_of(address)
    assert len(workers) == AS_SHIPPED.workers + AS_SHIPPED.short_tries
    for worker in workers:
        # However long the reading takes, it is under way until it is cancelled.
        os.kill(worker, signal.SIGSTOP)
    stranger = browser.new_context()
    assert headline(open_sample(stranger, address, "spike")) == "GeoJSON with 1 route; 1 warning."
    stranger.close()
    assert cancel.is_visible()
    cancel.click()
    expect(page.get_by_text("It was cancelled; all that was here before still is.")).to_be_visible(timeout=PATIENCE)
    for worker in set(workers) & set(workers_of(address)):
        os.kill(worker, signal.SIGCONT)
    page.get_by_role("button", name="Read it again").click()
    expect(page.locator(".headline")).to_contain_text("GeoJSON with 40 routes", timeout=PATIENCE)
    expect(page.locator(".drawn-note")).to_contain_text("of 1,000,000 vertices; measured with all.")


def test_everything_can_be_done_by_keyboard(context: BrowserContext, address: str) -> None:
    page = open_check(context, address)
    narrow = page.get_by_label("One for each kind of trouble")
    # What is not shown yet cannot be given the focus.
    narrow.wait_for(timeout=PATIENCE)
    narrow.focus()
    page.keyboard.type("spike")
    expect(page.get_by_text("1 sample", exact=True)).to_have_count(1)
    press_until(page, "Tab", "button", "A spike")
    page.keyboard.press("Enter")
    page.locator(MAP).wait_for(timeout=PATIENCE)
    press_until(page, "Tab", "button", "Show 1 on the map")
    page.keyboard.press("Enter")
    expect(page.locator('[data-finding="1"]')).to_have_class(LIT)
    press_until(page, "Tab", "input", "Take out the tip of every spike")
    page.keyboard.press("Space")
    expect(page.locator(".headline")).to_contain_text("After your mends", timeout=PATIENCE)
    press_until(page, "Shift+Tab", "button", "Forget it now")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Send a file").wait_for()


def press_until(page: Page, key: str, tag: str, words: str) -> None:
    """Press a key until the focus stands on the control with these words."""
    told = "(n => n.tagName.toLowerCase() + '|' + (n.ariaLabel || n.closest('label')?.innerText || n.innerText))"
    for _ in range(60):
        page.keyboard.press(key)
        name, _, found = str(page.evaluate(f"{told}(document.activeElement)")).partition("|")
        if name == tag and words in found:
            return
    raise AssertionError(f"The keyboard never reached the {tag} {words!r}.")

"""A story before an audience: by clicker and keys, in two windows, with the server gone, readable from the last row."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from corridor.present.words import disclaimer
from corridor.ui.context import stories
from tests.support.presenting import press_until, scene
from tests.support.served import DESKTOP, serve

pytestmark = pytest.mark.browser

DECLARATION, OPTIONS = "declaration-on-the-map", "options-side-by-side"
ROOM, PROJECTOR = (1280, 720), (1920, 1080)
HOSTILE = b"""schema = 1
id = "hostile"
title = "<img src=x onerror='window.hacked=1'>"
[[scene]]
id = "one"
kind = "text"
title = "<script>window.hacked=1</script>"
message = "<img src=x onerror='window.hacked=1'> \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85"
notes = "<svg onload='window.hacked=1'>"
"""


@pytest.fixture
def calm(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": ROOM[0], "height": ROOM[1]}, reduced_motion="reduce")
    yield context
    context.close()


def present(context: BrowserContext, address: str, story: str = DECLARATION, query: str = "") -> Page:
    page = context.new_page()
    page.goto(f"{address}/present?story={story}{query}")
    page.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    return page


def number(page: Page) -> str:
    return page.locator(".number").inner_text()


def ids(story: str) -> list[str]:
    return [one.id for one in stories()[story].scenes]


@pytest.mark.parametrize("size", [ROOM, PROJECTOR], ids=str)
@pytest.mark.parametrize("story", [DECLARATION, OPTIONS])
def test_no_part_of_any_scene_runs_over_and_the_type_is_large(
    browser: Browser, address: str, story: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = present(context, address, story)
    seen = []
    while True:
        over = page.locator(".words").evaluate("e => [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth]")
        assert max(over) <= 1, f"{number(page)} runs over by {over} px"
        # The message, or whatever stands first under the title, in at least a fiftieth of the height.
        first = page.locator(".scene > :not([hidden]):not(.scene-kicker, .scene-title)").first
        type_px = first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
        assert type_px >= size[1] / 60, f"{number(page)} is set in {type_px} px"
        expect(page.locator(".presenter-foot")).to_contain_text(disclaimer()[:60])
        expect(page.locator(".is-now .dates")).not_to_be_empty()
        seen.append(scene(page))
        before = number(page)
        page.keyboard.press("PageDown")
        page.wait_for_timeout(60)
        if number(page) == before:
            break
    assert list(dict.fromkeys(seen)) == ids(story)
    context.close()


#: The text under a scene, line by line, and the tools beside it; left, top, right and bottom in pixels.
UNDER_THE_SCENE = """() => {
  const box = (of) => [of.left, of.top, of.right, of.bottom], words = document.createRange();
  words.selectNodeContents(document.querySelector(".foot-words .is-now"));
  const tools = [...document.querySelectorAll(".presenter-tools .tool")].map((of) => box(of.getBoundingClientRect()));
  const line = document.querySelector(".presenter-tools").getBoundingClientRect().left;
  return { lines: [...words.getClientRects()].map(box), tools, line };
}"""


@pytest.mark.parametrize("size", [ROOM, DESKTOP, PROJECTOR], ids=str)
def test_the_disclaimer_keeps_clear_of_the_tools_with_a_line_between(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = present(context, address)
    for _ in range(3):
        under = page.evaluate(UNDER_THE_SCENE)
        furthest = max(right for _, _, right, _ in under["lines"])
        assert furthest + 8 <= under["line"]
        assert under["line"] + 6 <= min(left for left, *_ in under["tools"])
        assert max(bottom for *_, bottom in under["lines"]) <= size[1]
        page.keyboard.press("PageDown")
        page.wait_for_timeout(60)
    context.close()


@pytest.mark.parametrize("story", [DECLARATION, OPTIONS])
def test_the_map_keeps_its_size_from_scene_to_scene(calm: BrowserContext, address: str, story: str) -> None:
    page = present(calm, address, story)
    sizes = {scene(page): page.locator(".stage").evaluate("e => [e.offsetWidth, e.offsetHeight]")}
    before = ""
    while (now := number(page)) != before:
        before = now
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
        sizes[scene(page)] = page.locator(".stage").evaluate("e => [e.offsetWidth, e.offsetHeight]")
    assert list(sizes) == ids(story)
    assert len({tuple(size) for size in sizes.values()}) == 1, sizes


def test_every_key_of_a_clicker_does_what_it_says(calm: BrowserContext, address: str) -> None:
    page = present(calm, address)
    order = ids(DECLARATION)
    for key, wanted in [
        ("ArrowRight", order[1]), ("PageDown", order[2]), ("ArrowLeft", order[1]), ("PageUp", order[0]),
        ("Space", order[1]), ("End", order[-1]), ("Home", order[0]),
    ]:  # fmt: skip
        press_until(page, key, wanted)
    page.keyboard.press("b")
    expect(page.locator(".blank")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator(".blank")).to_be_hidden()
    page.keyboard.press("l")
    expect(page.locator(".scene-list")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".scene-list")).to_be_hidden()
    page.keyboard.press("Escape")
    page.wait_for_url("**/briefing?story=*")


def test_keys_can_be_switched_off_and_stay_so(calm: BrowserContext, address: str) -> None:
    page = present(calm, address)
    page.get_by_role("button", name="Scenes and keys").click()
    page.get_by_role("button", name="Keys are on").click()
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    page.keyboard.press("ArrowRight")
    assert scene(page) == ids(DECLARATION)[0]
    page.reload()
    page.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    page.keyboard.press("ArrowRight")
    assert scene(page) == ids(DECLARATION)[0]
    page.get_by_role("button", name="Next", exact=True).click()
    assert scene(page) == ids(DECLARATION)[1]


def test_the_map_is_explored_and_one_key_leads_back(calm: BrowserContext, address: str) -> None:
    page = present(calm, address, OPTIONS, "&scene=rail-araks")
    drawn = page.get_by_test_id("presenter-map")
    bounds = "() => document.querySelector('[data-testid=presenter-map] .leaflet-map-pane').style.transform"
    zoom = drawn.get_attribute("data-zoom")
    page.keyboard.press("e")
    expect(page.locator(".words")).to_be_hidden()
    drawn.click(position={"x": 300, "y": 300})
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.wait_for_timeout(300)
    assert drawn.get_attribute("data-zoom") != zoom
    page.keyboard.press("e")
    expect(page.locator(".words")).to_be_visible()
    page.wait_for_timeout(200)
    assert drawn.get_attribute("data-zoom") == zoom
    assert page.evaluate(bounds)
    assert scene(page) == "rail-araks"


def test_one_map_serves_every_scene_and_lights_what_the_scene_says(calm: BrowserContext, address: str) -> None:
    page = present(calm, address)
    page.evaluate("document.querySelector('[data-testid=presenter-map]').dataset.mine = 'kept'")
    press_until(page, "ArrowRight", "tripp")
    lit = page.eval_on_selector_all("path[data-feature].is-lit", "all => all.map(e => e.dataset.feature)")
    assert lit
    assert all(one.startswith("route/tripp") for one in lit)
    assert page.get_by_test_id("presenter-map").get_attribute("data-mine") == "kept"


def test_a_reload_returns_to_the_scene(calm: BrowserContext, address: str) -> None:
    page = present(calm, address)
    press_until(page, "ArrowRight", "tripp")
    page.reload()
    page.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    assert scene(page) == "tripp"


def test_the_speaker_sees_notes_and_the_next_scene_and_both_windows_step_together(
    calm: BrowserContext, address: str
) -> None:
    page = present(calm, address)
    with calm.expect_page() as opening:
        page.get_by_role("button", name="Speaker view").click()
    speaker = opening.value
    speaker.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    order = ids(DECLARATION)
    page.keyboard.press("ArrowRight")
    expect(speaker.locator("h1").last).to_contain_text(f"2 / {len(order)}")
    speaker.get_by_role("button", name="Next", exact=True).click()
    expect(page.locator(f'.presentation[data-scene="{order[2]}"]')).to_be_visible()
    expect(speaker.locator(".speaker-notes")).to_contain_text("Notes")
    expect(speaker.locator(".speaker-next")).not_to_be_empty()
    expect(speaker.locator(".speaker-time")).to_contain_text(":")
    speaker.keyboard.press("b")
    expect(page.locator(".blank")).to_be_visible()


def words(page: Page, box: str) -> str:
    """Return what can be read of a scene: what is hidden in it is no part of it."""
    return " ".join(page.locator(f"{box} .scene").inner_text().split())


def expect_the_same_part(page: Page, speaker: Page) -> None:
    part = page.locator(".number .part").inner_text()
    expect(speaker.locator(".speaker-now > .soft").first).to_have_text(f"On the screen: {part}")
    assert words(speaker, ".speaker-now") == words(page, ".words")


def test_the_speaker_sees_the_part_the_audience_sees_and_the_part_that_comes_next(
    calm: BrowserContext, address: str
) -> None:
    page = present(calm, address, OPTIONS)
    while not page.locator(".number .part").inner_text():
        before = scene(page)
        page.keyboard.press("PageDown")
        expect(page.locator(f'.presentation:not([data-scene="{before}"])')).to_be_visible()
    cut = scene(page)
    speaker = present(calm, address, OPTIONS, "&speaker=1")  # opened while a part is shown
    expect_the_same_part(page, speaker)

    while True:
        count = int(page.locator(".number .part").inner_text().split()[-1])
        part = int(page.locator(".number .part").inner_text().split()[1])
        if part == count:
            break
        expect(speaker.locator(".speaker-next > .soft").first).to_have_text(f"Next: part {part + 1} of {count}")
        coming = words(speaker, ".speaker-next")
        speaker.get_by_role("button", name="Next", exact=True).click()
        expect(page.locator(".number .part")).to_have_text(f"part {part + 1} of {count}")
        expect_the_same_part(page, speaker)
        assert words(page, ".words") == coming
    expect(speaker.locator(".speaker-next > .soft").first).to_have_text("Next")
    expect(speaker.locator(".speaker-next .scene-title")).not_to_have_text(page.locator(".scene-title").inner_text())

    speaker.reload()
    speaker.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    assert part > 1
    expect_the_same_part(page, speaker)

    page.set_viewport_size({"width": 1700, "height": 500})  # other parts, and fewer of them
    expect(page.locator(".number .part")).not_to_have_text(f"part {part} of {count}")
    expect_the_same_part(page, speaker)

    page.reload()
    page.locator('.corridor-presenter[data-ready="true"]').wait_for(timeout=120_000)
    assert scene(page) == cut
    expect(page.locator(".number .part")).to_contain_text("part 1 of ")
    expect_the_same_part(page, speaker)


def test_a_scene_chosen_in_the_speakers_window_is_named_by_its_parts_there(calm: BrowserContext, address: str) -> None:
    page = present(calm, address, OPTIONS)
    speaker = present(calm, address, OPTIONS, "&speaker=1")
    page.set_viewport_size({"width": 1000, "height": 420})
    speaker.keyboard.press("End")
    expect(page.locator(f'.presentation[data-scene="{ids(OPTIONS)[-1]}"]')).to_be_visible()
    expect(page.locator(".number .part")).to_contain_text("part 1 of ")
    expect_the_same_part(page, speaker)
    speaker.keyboard.press("Home")  # a scene shown whole has no parts to name
    expect(page.locator(".number .part")).to_be_empty()
    expect(speaker.locator(".speaker-now > .soft").first).to_have_text("On the screen")
    assert words(speaker, ".speaker-now") == words(page, ".words")


def test_it_goes_on_when_the_server_is_gone(calm: BrowserContext) -> None:
    with serve() as served:
        page = present(calm, served)
        page.keyboard.press("ArrowRight")
        assert scene(page) == ids(DECLARATION)[1]
    page.wait_for_timeout(2500)  # the page has noticed that its server is gone
    for wanted in ids(DECLARATION)[2:]:
        press_until(page, "ArrowRight", wanted)
        expect(page.locator(".scene-title")).to_be_visible()
    # Streamlit covers its page with a word about the server and makes the rest inert; the scene lies above and answers.
    press_until(page, "Home", ids(DECLARATION)[0])
    middle = page.get_by_role("button", name="Next").bounding_box()
    assert middle
    page.mouse.click(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    assert scene(page) == ids(DECLARATION)[1]
    page.keyboard.press("Escape")  # there is nothing to leave to
    expect(page.get_by_text("The application does not answer")).to_be_visible()
    assert scene(page) == ids(DECLARATION)[1]


def test_nothing_a_story_says_is_ever_run(calm: BrowserContext, address: str) -> None:
    page = calm.new_page()
    page.goto(f"{address}/briefing")
    chooser = page.locator('[data-testid="stFileUploader"] input[type="file"]').last
    chooser.set_input_files({"name": "hostile.toml", "mimeType": "application/toml", "buffer": HOSTILE})
    expect(page.locator(".scene-title")).to_have_text("<script>window.hacked=1</script>", timeout=120_000)
    key = page.url.partition("story=")[2].partition("&")[0]
    shown = present(calm, address, key)
    expect(shown.locator(".scene-title")).to_have_text("<script>window.hacked=1</script>")
    speaker = present(calm, address, key, "&speaker=1")
    for one in (page, shown, speaker):
        assert one.evaluate("window.hacked === undefined")
        assert one.locator("img[src='x'], .scene script, svg[onload]").count() == 0

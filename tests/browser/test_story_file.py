"""The single file of a story in a browser without a network: read, linked both ways, presented, printed, heard."""

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from corridor.present.single_file.carried_land import PLAIN
from corridor.present.single_file.story_file import story_file
from corridor.present.story.briefing import brief
from corridor.storyboard.story import Scene, Story
from corridor.ui.context import briefing_context
from tests.support.accessibility import violations
from tests.support.briefed import MADE_ON, SHIPPED, shipped_file, view
from tests.support.presenting import press_until
from tests.support.served import DESKTOP, PHONE
from tests.support.stories import MARKUP, STORY

pytestmark = pytest.mark.browser

DECLARATION, OPTIONS = SHIPPED
WATCHING = (
    "window.violations = [];"
    "addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));"
)


def shipped(story: str) -> bytes:
    return shipped_file(story, "html")


@pytest.fixture(params=[(DESKTOP, "light"), (PHONE, "dark")], ids=str)
def calm(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    (width, height), theme = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce", offline=True
    )
    yield context
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, reduced_motion="reduce", offline=True
    )
    yield context
    context.close()


def opened(context: BrowserContext, folder: Path, data: bytes) -> Page:
    """Open a file from the disk, watched for requests, errors and broken policy."""
    path = folder / "story.html"
    path.write_bytes(data)
    page = context.new_page()
    page.add_init_script(WATCHING)
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(path.as_uri())
    page.locator('.corridor-page[data-ready="true"]').wait_for()
    # What a page asked for and complained of goes with it to every test.
    page.asked, page.faults = asked, faults  # type: ignore[attr-defined]  # Playwright's types know no such attribute
    return page


def assert_quiet(page: Page) -> None:
    assert page.asked == [page.url.partition("#")[0]]  # type: ignore[attr-defined]  # as `opened` has set it
    assert page.faults == []  # type: ignore[attr-defined]  # as `opened` has set it
    assert page.evaluate("violations") == []


def scenes(story: str) -> list[str]:
    return [scene.id for scene in view(story).shown]


def wait_for_scene(page: Page, story: str, identity: str) -> None:
    number = f"{scenes(story).index(identity) + 1} / {len(scenes(story))}"
    expect(page.locator(".reading-title")).to_have_text(number)


def test_the_relief_stands_in_the_file_and_is_drawn(calm: BrowserContext, tmp_path: Path) -> None:
    page = opened(calm, tmp_path, shipped(OPTIONS))
    relief = page.locator("img.relief").first
    expect(relief).to_be_attached()
    assert relief.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 900
    assert_quiet(page)


@pytest.mark.parametrize("story", SHIPPED)
def test_a_story_is_read_with_the_arrow_keys_and_nothing_is_asked_for(
    calm: BrowserContext, tmp_path: Path, story: str
) -> None:
    page = opened(calm, tmp_path, shipped(story))
    for scene in view(story).shown[1:]:
        page.keyboard.press("ArrowRight")
        wait_for_scene(page, story, scene.id)
        shown = scene.map.description if scene.map else PLAIN
        expect(page.get_by_test_id("presenter-map")).to_have_attribute("aria-label", shown)
        page.wait_for_timeout(120)
        heading = page.locator(f"#scene-{scene.id} .scene-title")
        assert heading.evaluate(
            "n => { const b = n.getBoundingClientRect(); return b.top >= 0 && b.top < innerHeight; }"
        )
    page.keyboard.press("ArrowLeft")
    wait_for_scene(page, story, scenes(story)[-2])
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert_quiet(page)


def test_a_scene_is_reached_by_scrolling_and_by_its_entry(desktop: BrowserContext, tmp_path: Path) -> None:
    page = opened(desktop, tmp_path, shipped(DECLARATION))
    page.locator("#scene-tripp").evaluate("node => node.scrollIntoView()")
    wait_for_scene(page, DECLARATION, "tripp")
    page.evaluate("scrollTo(0, 0)")
    wait_for_scene(page, DECLARATION, scenes(DECLARATION)[0])
    page.locator(".page-scenes a").nth(5).click()
    wait_for_scene(page, DECLARATION, scenes(DECLARATION)[5])
    expect(page.locator(".page-scenes a").nth(5)).to_have_attribute("aria-current", "true")


def lit(page: Page) -> set[str]:
    marked = page.locator(".page-land .feature.is-lit")
    return set(marked.evaluate_all("nodes => nodes.map(node => node.getAttribute('data-feature'))"))


def test_words_light_their_land_and_land_says_its_name(desktop: BrowserContext, tmp_path: Path) -> None:
    page = opened(desktop, tmp_path, shipped(DECLARATION))
    scene = view(DECLARATION).scene("what-is-to-be-connected")
    assert scene is not None
    assert scene.map is not None
    for _ in range(scene.number - 1):
        page.keyboard.press("ArrowRight")
    wait_for_scene(page, DECLARATION, scene.id)
    assert lit(page) == set(scene.map.lit)
    nakhchivan = page.locator(f"#scene-{scene.id} .to-land[data-names='territory/az-nakhchivan']")
    nakhchivan.hover()
    assert lit(page) == {"territory/az-nakhchivan"}
    page.mouse.move(5, 5)
    assert lit(page) == set(scene.map.lit)
    nakhchivan.focus()
    assert lit(page) == {"territory/az-nakhchivan"}
    nakhchivan.blur()
    page.locator(".page-land .label[data-label='territory/az-mainland']").wait_for()
    box = page.locator(".page-land .label[data-label='territory/az-mainland']").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".pointed b")).to_have_text("Azerbaijan, main part")
    expect(page.locator(f"#scene-{scene.id} .to-land[data-names='territory/az-mainland']")).to_have_class(
        "to-land is-lit"
    )
    # The land leads to the scenes that name it.
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".pointed button", has_text=str(scene.number - 1)).click()
    wait_for_scene(page, DECLARATION, scenes(DECLARATION)[scene.number - 2])
    assert_quiet(page)


def test_it_is_presented_with_a_clickers_keys_and_left_where_it_was(desktop: BrowserContext, tmp_path: Path) -> None:
    page = opened(desktop, tmp_path, shipped(DECLARATION))
    page.get_by_role("button", name="Present").click()
    shown = page.locator("dialog .presentation")
    expect(shown).to_have_attribute("data-scene", scenes(DECLARATION)[0])
    for key, wanted in (("PageDown", 1), (" ", 2), ("PageUp", 1), ("End", len(scenes(DECLARATION)) - 1), ("Home", 0)):
        press_until(page, key, scenes(DECLARATION)[wanted])
    page.keyboard.press("b")
    expect(page.locator("dialog .blank")).to_be_visible()
    page.keyboard.press("b")
    press_until(page, "ArrowRight", scenes(DECLARATION)[1])
    assert page.get_by_role("button", name="Speaker view").count() == 0
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    wait_for_scene(page, DECLARATION, scenes(DECLARATION)[1])
    page.keyboard.press("ArrowRight")
    wait_for_scene(page, DECLARATION, scenes(DECLARATION)[2])
    assert_quiet(page)


def test_a_map_that_is_left_while_it_moves_leaves_no_error(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, offline=True)
    page = opened(context, tmp_path, shipped(DECLARATION))
    for leaving in ("flying", "zooming", "placing"):
        page.get_by_role("button", name="Present").click()
        page.keyboard.press("End")
        press_until(page, "Home", scenes(DECLARATION)[0])
        if leaving == "flying":
            page.keyboard.press("PageDown")
        else:
            page.keyboard.press("e")
            page.locator("dialog").get_by_role("button", name="Zoom in").click()
            page.wait_for_timeout(40 if leaving == "zooming" else 290)
            page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_have_count(0)
        page.wait_for_timeout(700)
    assert_quiet(page)
    context.close()


@pytest.mark.parametrize("story", SHIPPED)
def test_on_paper_every_scene_has_its_map_its_dates_and_the_disclaimer(
    desktop: BrowserContext, tmp_path: Path, story: str
) -> None:
    page = opened(desktop, tmp_path, shipped(story))
    page.keyboard.press("ArrowRight")
    before = lit(page)
    printed = tmp_path / "story.pdf"
    page.pdf(path=printed, format="A4")
    words = "".join(
        subprocess.run(["pdftotext", printed, "-"], capture_output=True, check=True).stdout.decode().split()
    )
    for scene in view(story).shown:
        assert "".join(f"{scene.number} / {scene.of}.".split()) in words
        assert "".join(scene.as_of.split()) in words
    assert words.count("".join(view(story).disclaimer.split())) >= len(view(story).shown)
    # Every map that was printed has land on it, and the view is back.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    maps = page.locator(".scene-map .stage")
    assert maps.count() == sum(scene.map is not None for scene in view(story).shown)
    drawn = maps.evaluate_all(
        "all => all.map(one => one.querySelectorAll('path.territory[d]:not([d=\"M0 0\"])').length)"
    )
    assert all(count >= 3 for count in drawn)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert maps.count() == 0
    assert lit(page) == before
    assert_quiet(page)


def test_without_a_script_all_words_are_there_and_it_says_why_no_map_is(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    path = tmp_path / "story.html"
    path.write_bytes(shipped(DECLARATION))
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.get_by_text("scripts are switched off here")).to_be_visible()
    for scene in view(DECLARATION).shown[1:]:
        expect(page.locator(f"#scene-{scene.id} .scene-title")).to_be_visible()
    context.close()


def test_nothing_a_story_says_is_ever_run(desktop: BrowserContext, tmp_path: Path) -> None:
    hostile = "</script><script>window.hacked=1</script><img src=x onerror='window.hacked=1'>"
    story: Story = replace(
        STORY,
        title=hostile,
        author=hostile,
        handling=MARKUP,
        scenes=(Scene("one", "map", title=hostile, message=MARKUP),),
    )
    page = opened(desktop, tmp_path, story_file(brief(story, briefing_context(), MADE_ON)))
    expect(page.locator("h1").first).to_have_text(hostile)
    page.get_by_role("button", name="Present").click()
    expect(page.locator("dialog .scene-title")).to_have_text(hostile)
    assert page.evaluate("window.hacked === undefined")
    assert_quiet(page)


def test_a_story_without_a_map_is_read_too(desktop: BrowserContext, tmp_path: Path) -> None:
    story = replace(STORY, scenes=(Scene("one", "text", title="Words alone"), Scene("two", "text", title="And more")))
    page = opened(desktop, tmp_path, story_file(brief(story, briefing_context(), MADE_ON)))
    page.keyboard.press("ArrowRight")
    expect(page.locator(".reading-title")).to_have_text("2 / 2")
    assert_quiet(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=str)
def test_no_barrier_to_any_reader(browser: Browser, tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    # The checker is put into the page as a script, which the policy of the file would refuse.
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, reduced_motion="reduce", bypass_csp=True
    )
    page = opened(context, tmp_path, shipped(OPTIONS))
    assert violations(page) == []
    page.get_by_role("button", name="Present").click()
    page.locator("dialog .scene-title").wait_for()
    assert violations(page) == []
    context.close()

"""Files that mean harm: markup and script in every field run nowhere, neither on a page nor in what is taken away."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.served import DESKTOP, open_reader, wait_until_drawn

pytestmark = pytest.mark.browser

#: Each would set `window.harmed`, open a dialog, or leave an element behind if anything took it for markup.
HARM = (
    '<img src=x onerror="window.harmed=1">',
    "<script>window.harmed=1</script>",
    '"><svg onload=alert(1)><iframe srcdoc="<script>parent.harmed=1</script>">',
    "[link](javascript:window.harmed=1) ![x](x) :red[coloured] $x^2$ :material/home: `code`",
    "${window.harmed=1}{{constructor.constructor('window.harmed=1')()}}</style><style>*{display:none}",
)
EVERY = " ".join(HARM)
LINE = [[46.63, 38.94], [46.53, 38.87], [46.40, 38.90], [46.24, 38.89], [46.14, 38.85], [45.98, 38.89]]
PLACES = "\n".join(f"{x},{y}" for x, y in LINE)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def geojson() -> bytes:
    feature = {
        "type": "Feature",
        "id": EVERY,
        "properties": {"name": EVERY, EVERY: EVERY, "mode": HARM[0], "accuracy_m": HARM[1], "title": HARM[2]},
        "geometry": {"type": "LineString", "coordinates": LINE},
    }
    found = {"type": "FeatureCollection", "name": EVERY, EVERY: EVERY, "features": [feature, feature]}
    return json.dumps(found).encode()


def unknown_system() -> bytes:
    crs = {"type": "name", "properties": {"name": EVERY[:150]}}
    return json.dumps({"type": "LineString", "coordinates": LINE, "crs": crs}).encode()


KML = (
    f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>{escaped(EVERY)}</name><Placemark>'
    f"<name>{escaped(EVERY)}</name><description>{escaped(EVERY)}</description><ExtendedData><Data name="
    f'"{escaped(EVERY)}"><value>{escaped(EVERY)}</value></Data></ExtendedData><LineString><coordinates>{PLACES}'
    "</coordinates></LineString></Placemark></Document></kml>"
).encode()
TRACK = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in LINE)
GPX = (
    f'<gpx version="1.1" creator="{escaped(EVERY)}" xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>'
    f"{escaped(EVERY)}</name></metadata><trk><name>{escaped(EVERY)}</name><desc>{escaped(EVERY)}</desc><cmt>"
    f"{escaped(EVERY)}</cmt><trkseg>{TRACK}</trkseg></trk></gpx>"
).encode()
FILES: dict[str, bytes] = {
    f"{HARM[0].replace('/', '_')}.geojson": geojson(),
    "<svg onload=window.harmed=1>.geojson": unknown_system(),
    "<b onclick=alert(1)>{{x}}.kml": KML,
    "a`$x$:red[b].gpx": GPX,
    "<script>window.harmed=1.geojson": b'{"type": "' + HARM[0].replace('"', "'").encode() + b'", "x": [}',
}


class Watched:
    """A page on which every sign of something that ran is noted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.signs: list[str] = []
        page.on("dialog", self._dialog)
        page.on("pageerror", lambda error: self.signs.append(f"error: {error}"))
        page.on("request", self._request)

    def _dialog(self, dialog: Any) -> None:
        self.signs.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Any) -> None:
        if request.url.endswith(("/x", "/x%22")) or "harmed" in request.url:
            self.signs.append(f"request: {request.url}")

    def assert_nothing_ran(self) -> None:
        assert self.signs == []
        assert self.page.evaluate("window.harmed ?? null") is None
        assert self.page.evaluate("window.violations") == []
        left = 'img[src="x"], iframe, [onerror], [onload], [onclick], a[href^="javascript"]'
        assert self.page.locator(left).count() == 0


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": DESKTOP[0], "height": DESKTOP[1]}, accept_downloads=True)
    opened.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));"
    )
    yield opened
    opened.close()


@pytest.fixture
def sent(context: BrowserContext, address: str, tmp_path: Path) -> Watched:
    """The page that checks a route, with every hostile file sent to it."""
    paths = []
    for name, content in FILES.items():
        path = tmp_path / name
        path.write_bytes(content)
        paths.append(str(path))
    page = context.new_page()
    watched = Watched(page)
    page.goto(f"{address}/check-route")
    wait_until_drawn(page)
    page.locator('input[type="file"]').set_input_files(paths)
    page.get_by_role("button", name=f"Show file {len(FILES)}").wait_for(timeout=120_000)
    return watched


def test_nothing_a_file_says_runs_where_it_is_checked(sent: Watched) -> None:
    page = sent.page
    for number in range(1, len(FILES) + 1):
        button = page.get_by_role("button", name=f"Show file {number}")
        if button.count():
            button.click()
        page.locator(".headline").wait_for(timeout=120_000)
        page.wait_for_timeout(800)
        for box in page.get_by_role("checkbox").all():
            label = page.locator("label").filter(has=box)
            if label.count() and label.first.is_visible():
                label.first.click()
                page.wait_for_timeout(500)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        page.wait_for_timeout(300)
        sent.assert_nothing_ran()
    shown = page.locator('[data-testid="stMain"]').inner_text()
    # What was written is shown as it was written.
    assert "<b onclick=alert(1)>{{x}}.kml" in shown
    assert ":red[" in shown


def test_nothing_a_file_says_runs_on_the_reader(sent: Watched, context: BrowserContext, address: str) -> None:
    for number in range(1, len(FILES)):
        button = sent.page.get_by_role("button", name=f"Show file {number}")
        if button.count():
            button.click()
            sent.page.locator(".headline").wait_for(timeout=120_000)
            sent.page.wait_for_timeout(500)
    page = open_reader(context, address)
    reader = Watched(page)
    own = page.locator('path[data-feature^="own/"]')
    assert own.count() >= 3
    page.get_by_role("button", name="Features").click()
    page.locator(".feature-list summary", has_text="Own routes").click()
    for entry in page.locator('[data-entry^="own/"]').all():
        entry.click()
        page.wait_for_timeout(300)
        assert HARM[0] in page.locator(".card h2").inner_text()
    page.get_by_label("Find a place, crossing, route or document by any of its names").fill("<img src=x")
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Save map").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Save SVG").click()
    drawing = ElementTree.fromstring(Path(taken.value.path()).read_bytes())
    kinds = {node.tag.rpartition("}")[2] for node in drawing.iter()}
    drawn = {"svg", "g", "path", "circle", "rect", "text", "tspan", "title", "defs", "clipPath", "pattern"}
    assert kinds <= drawn | {"image"}
    # The relief, and nothing that is fetched or is no picture.
    pictures = [node.get("href") for node in drawing.iter() if node.tag.endswith("}image")]
    assert all(picture.startswith("data:image/png;base64,") for picture in pictures)
    assert not [name for node in drawing.iter() for name in node.attrib if name.startswith("on")]
    assert any(HARM[0][:20] in (node.text or "") for node in drawing.iter())
    reader.assert_nothing_ran()


def test_what_is_taken_away_is_data_and_named_plainly(sent: Watched) -> None:
    page = sent.page
    page.get_by_role("button", name="Show file 3").click()
    page.locator(".headline").wait_for(timeout=120_000)
    page.get_by_role("button", name="Results as JSON").wait_for(timeout=120_000)
    for words in ("Results as JSON", "Routes as GeoJSON", "All answers as CSV"):
        with page.expect_download() as taken:
            page.get_by_role("button", name=words).click()
        name = taken.value.suggested_filename
        assert name.replace("-", "").replace(".", "").replace("_", "").isalnum(), name
        content = Path(taken.value.path()).read_text(encoding="utf-8-sig")
        if name.endswith("json"):
            assert HARM[0] in every_text(json.loads(content))
    sent.assert_nothing_ran()


def every_text(value: object) -> str:
    """All the texts of a JSON value, one after the other."""
    if isinstance(value, dict):
        return " ".join(f"{name} {every_text(inside)}" for name, inside in value.items())
    return " ".join(map(every_text, value)) if isinstance(value, list) else str(value)


#: What Streamlit would make of a label beside Markdown: links, icons, emoji, arrows, the number of a list.
MADE = ("https://elsewhere.example/a www.elsewhere.example a@elsewhere.example", "1. a -> b -- c :smile: :streamlit:")
#: Adds nothing to what is seen; parts what would become a link or a sign.
JOINER = "\N{WORD JOINER}"


def test_a_briefing_lists_its_scenes_as_they_are_written(context: BrowserContext, address: str, tmp_path: Path) -> None:
    titles = (*HARM, *MADE)
    scenes = "".join(
        f'[[scene]]\nid = "s{number}"\nkind = "text"\ntitle = {json.dumps(title)}\nmessage = {json.dumps(title)}\n'
        f"points = [{json.dumps(title)}]\nnotes = {json.dumps(title)}\n"
        for number, title in enumerate(titles)
    )
    path = tmp_path / "hostile.toml"
    path.write_text(f'schema = 1\nid = "hostile"\ntitle = {json.dumps(EVERY[:190])}\n{scenes}', encoding="utf-8")
    page = context.new_page()
    watched = Watched(page)
    page.goto(f"{address}/briefing")
    wait_until_drawn(page)
    page.locator('input[type="file"]').last.set_input_files(str(path))
    listed = page.get_by_test_id("stRadioOption")
    listed.filter(has_text="elsewhere.example").wait_for(timeout=120_000)
    shown = [text.replace(JOINER, "").strip() for text in listed.all_inner_texts()]
    assert shown == [f"{number}. {title}" for number, title in enumerate(titles, start=1)]
    assert listed.locator("a, img, code, strong, em, [data-testid='stIconMaterial']").count() == 0
    for entry in listed.all():
        entry.click()
        page.wait_for_timeout(500)
    watched.assert_nothing_ran()


def test_an_address_puts_no_link_on_a_page(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    asked = "feature=https://elsewhere.example/a&layers=www.elsewhere.example&x.elsewhere.example=1"
    for place in ("questions", "check-route", "routes"):
        page.goto(f"{address}/{place}?{asked}")
        wait_until_drawn(page)
        page.get_by_text("elsewhere.example").first.wait_for(timeout=120_000)
        # Ways of the page's own carry what its address says; they lead to this application.
        assert page.locator('a[href*="//elsewhere"], a[href*="//www.elsewhere"]').count() == 0


def test_a_large_file_is_offered_by_its_name_as_it_is_written(
    context: BrowserContext, address: str, tmp_path: Path
) -> None:
    name = "**a** [b](http___elsewhere.example) `c` $x$ :red[d] a--b.geojson"
    large = tmp_path / name
    line = [[44.5 + 3 * n / 20_000, 39.2 + 0.01 * (n % 2)] for n in range(20_000)]
    large.write_text(json.dumps({"type": "LineString", "coordinates": line}), encoding="utf-8")
    small = tmp_path / "small.geojson"
    small.write_bytes(geojson())
    page = context.new_page()
    page.goto(f"{address}/check-route")
    wait_until_drawn(page)
    page.locator('input[type="file"]').set_input_files([str(small), str(large)])
    page.get_by_role("button", name="Show file 2").wait_for(timeout=120_000)
    page.goto(f"{address}/compare-routes")
    wait_until_drawn(page)
    button = page.get_by_role("button", name="to choose its routes")
    button.wait_for(timeout=120_000)
    assert button.inner_text().replace(JOINER, "") == f"Read “{name}”, to choose its routes"

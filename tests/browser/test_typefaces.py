"""Texts are as wide in a browser as they were measured: both shape them with HarfBuzz, from the same font files."""

import base64
import unicodedata
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from corridor.present.typography.typefaces import FILES, advances, faces, width

pytestmark = pytest.mark.browser

SIZE = 1000
NAMES = {
    "Latin": ("AVTOVAĞZAL", "Naxçıvan, Gəncə", "Syunik – Vayots Dzor", "Tavuş", "Kars – Iğdır"),
    "Cyrillic": ("Нахичевань", "ГУТА", "Ереван"),
    "Armenian": ("Մեղրի", "Սյունիքի մարզ", "Երևան"),
    "Georgian": ("თბილისი", "ახალქალაქი", "მარნეული"),
    "Persian": ("تبریز", "راه\u200cآهن", "جلفا", "کلاله", "بیله‌سوار", "نخجوان"),
}
SPACED = ("IRAN", "Tabriz تبریز", "تبریز تفلیس", "راه\u200cآهن", "Մեղրի تبریز")
SPACING = 100
#: Chromium keeps the advance of a glyph in 65,536ths of the em; no other rounding is between the two.
EXACT = 0.002
MEASURE = """([name, font, spacing]) => {
    const context = document.createElement("canvas").getContext("2d");
    context.font = font;
    context.letterSpacing = `${spacing}px`;
    context.textRendering = "geometricPrecision";
    return context.measureText(name).width;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    rules = "".join(
        f'@font-face{{font-family:"{face.path.stem}";src:url(data:font/ttf;base64,'
        f"{base64.b64encode(face.path.read_bytes()).decode()})}}"
        for look in FILES
        for face in faces(*look)
    )
    opened.set_content(f"<style>{rules}</style>")
    opened.evaluate("Promise.all([...document.fonts].map((face) => face.load()))")
    yield opened
    opened.close()


def families(weight: int, italic: bool) -> str:
    return ", ".join(f'"{face.path.stem}"' for face in faces(weight, italic))


@pytest.mark.parametrize(("weight", "italic"), FILES)
@pytest.mark.parametrize("script", NAMES)
def test_a_name_is_as_wide_as_the_same_font_file_makes_it_in_a_browser(page, script, weight, italic):
    for name in NAMES[script]:
        shown = page.evaluate(MEASURE, [name, f"{SIZE}px {families(weight, italic)}", 0])
        assert shown == pytest.approx(SIZE * sum(advances(name, weight, italic)), abs=EXACT * len(name)), name


@pytest.mark.parametrize("name", SPACED)
def test_letters_are_spaced_where_a_browser_spaces_them(page, name):
    shown = page.evaluate(MEASURE, [name, f"{SIZE}px {families(400, False)}", SPACING])
    # A browser adds the spacing after the last letter too, unless that is of a joined script.
    after = 0 if unicodedata.bidirectional(name[-1]) == "AL" else SPACING
    assert shown - after == pytest.approx(width(name, SIZE, spacing=SPACING), abs=EXACT * len(name))

"""A static map in a real browser: its texts are as wide as they were placed for, and it asks nobody for anything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from corridor.present.cartography.drawing import Drawing
from corridor.present.cartography.sheet import SLIDE
from corridor.present.cartography.svg import svg
from corridor.present.typography.typefaces import carried
from tests.support.drawn import HOSTILE, MEGHRI, NAKHCHIVAN, WHOLE, drawn, own

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    opened.on("dialog", lambda dialog: pytest.fail(f"A script ran: {dialog.message}"))
    yield opened
    assert asked == []
    opened.close()


def shown(page: Page, drawing: Drawing) -> None:
    letters = carried((text.text, text.type.weight, text.type.italic) for text in drawing.texts())
    page.set_content(f'<style>{letters}</style><body style="margin:0">{svg(drawing)}')
    page.evaluate("document.fonts.ready")
    page.evaluate("Promise.all([...document.fonts].map((face) => face.load()))")


@pytest.mark.parametrize("bounds", [WHOLE, NAKHCHIVAN, MEGHRI], ids=["whole", "nakhchivan", "meghri"])
def test_every_text_is_as_wide_as_it_was_placed_for(page, bounds):
    drawing = drawn(bounds, sheet=SLIDE, inset=True).drawing
    shown(page, drawing)
    assert page.evaluate("[...document.fonts].every((face) => face.status === 'loaded')")
    lengths = page.evaluate(
        "[...document.querySelectorAll('text')].map((text) => [text.textContent, text.getComputedTextLength()])"
    )
    texts = list(drawing.texts())
    assert [words for words, _ in lengths] == [text.text for text in texts]
    for text, (words, length) in zip(texts, lengths, strict=True):
        if not text.glyphs:
            # A browser adds the spacing after the last letter too.
            assert length - text.type.spacing == pytest.approx(text.width, rel=0.006, abs=0.06), words


def test_a_name_with_markup_is_shown_as_it_was_typed_and_runs_nothing(page):
    made = drawn(WHOLE, own=(own(HOSTILE), own("Երևան – ایروان – Ереван", "own/2")), description=HOSTILE)
    shown(page, made.drawing)
    words = page.evaluate("[...document.querySelectorAll('text')].map((text) => text.textContent)")
    assert any(line.startswith("</text><script>alert(1)</scr") for line in words)
    assert page.evaluate("document.scripts.length") == 0
    assert page.evaluate("document.images.length") == 0
    assert page.evaluate("document.querySelector('svg').getAttribute('aria-label')") == made.drawing.alt

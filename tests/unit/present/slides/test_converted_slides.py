"""Slides as LibreOffice shows them: every slide a page, and no text where the foot stands but the foot."""

import re
import subprocess
from functools import cache
from html import unescape
from io import BytesIO

import pytest
from pptx import Presentation

from corridor.present.slides.stage import FOOT, HIGH, WIDE
from tests.support.briefed import SHIPPED, view
from tests.support.office import pdf_of_slides
from tests.support.pdf import unspaced
from tests.support.slides import shipped_slides

pytestmark = pytest.mark.office

#: Points a renderer may differ by.
TOLERANCE = 1.5
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@cache
def converted(story: str) -> tuple[list, list[str]]:
    """The pages of a story's slides as words with their boxes in points, and the words of each foot."""
    slides = shipped_slides(story)
    words = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=pdf_of_slides(slides), check=True, capture_output=True, timeout=60
    )
    feet = [
        next(one for one in slide.placeholders if one.placeholder_format.idx == 11).text_frame.text
        for slide in Presentation(BytesIO(slides)).slides
    ]
    pages = [
        (float(wide), float(high), [(*map(float, found[:4]), unescape(found[4])) for found in WORD.findall(body)])
        for wide, high, body in PAGE.findall(words.stdout.decode())
    ]
    return pages, feet


@pytest.mark.parametrize("story", SHIPPED)
def test_every_slide_becomes_a_page_of_its_size_with_its_words(story):
    pages, feet = converted(story)
    assert len(pages) == len(feet)
    assert {(round(wide), round(high)) for wide, high, _ in pages} == {(round(WIDE), round(HIGH))}
    told = "".join(unspaced(word) for _, _, words in pages for *_, word in words)
    for scene in view(story).shown:
        assert unspaced(scene.title) in told


@pytest.mark.parametrize("story", SHIPPED)
def test_no_text_runs_over_the_edge_of_a_page_or_into_its_foot(story):
    pages, feet = converted(story)
    for number, ((wide, high, words), foot) in enumerate(zip(pages, feet, strict=True), start=1):
        # A line of the foot may end after the dash of a range, "12–13".
        allowed = {*foot.split(), *foot.replace("–", "– ").split(), str(number)}
        for left, top, right, bottom, word in words:
            assert left >= -TOLERANCE, (number, word)
            assert right <= wide + TOLERANCE, (number, word)
            assert bottom <= high + TOLERANCE, (number, word)
            if bottom > HIGH - FOOT + TOLERANCE + 4.0:
                assert word in allowed, (number, top, word)

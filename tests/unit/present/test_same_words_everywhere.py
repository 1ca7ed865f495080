"""One story, many files: figures, units, accuracies, dates and sources stand identically in every kind of file."""

import json
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import lxml.html
import pytest

from corridor.present.briefing_files.formats import FORMATS
from corridor.present.footnotes import number_runs
from corridor.present.story.records import FigureWords, SceneView, TextRun
from tests.support.briefed import SHIPPED, shipped_file, view
from tests.support.pdf import unspaced, words_of
from tests.support.slides import slide_words
from tests.support.story_texts import story_texts


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def json_words(data: bytes) -> str:
    return "\n".join(unspaced(text) for text in strings(json.loads(data)))


def pack_words(data: bytes) -> str:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return json_words(archive.read("results/story.json"))


def page_words(data: bytes) -> str:
    """What a browser shows of the file, and says of its maps; no word of a script."""
    page = lxml.html.document_fromstring(data.decode())
    for unseen in page.xpath("//script | //style | //span[@class='for-ears']"):
        unseen.drop_tree()
    return unspaced(page.text_content())


#: How the words of each kind of file are read, white space left out.
READERS: dict[str, Callable[[bytes], str]] = {
    "json": json_words,
    "zip": pack_words,
    "pdf": words_of,
    "pptx": slide_words,
    "html": page_words,
}


@cache
def words(suffix: str, story: str) -> str:
    return READERS[suffix](shipped_file(story, suffix))


def cited_figures(scene: SceneView) -> Iterator[FigureWords]:
    """The figures of the sentences of a scene."""
    lines = [scene.message, *scene.points]
    lines += [line for column in (*scene.columns, *scene.lists) for line in column.statements]
    for line in lines:
        yield from (told.figure for told in line if isinstance(told, TextRun) and told.figure and told.figure.sources)


def test_every_kind_of_file_is_read_here():
    assert {kind.suffix for kind in FORMATS} == set(READERS)


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
@pytest.mark.parametrize("suffix", READERS)
def test_every_figure_with_unit_accuracy_date_and_every_source_stands_in_the_file(suffix, story):
    told = words(suffix, story)
    missing = [text for text in story_texts(view(story)) if unspaced(text) not in told]
    assert missing == []


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
@pytest.mark.parametrize("suffix", ["pdf", "pptx"])
def test_a_figure_is_followed_by_the_same_numbers_of_sources_in_every_document(suffix, story):
    told = words(suffix, story)
    figures = [figure for scene in view(story).shown for figure in cited_figures(scene)]
    assert figures
    cited = [f"{figure.text} [{number_runs(figure.sources)}]" for figure in figures]
    assert [text for text in cited if unspaced(text) not in told] == []


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["json", "pdf", "pptx", "html"])
def test_a_text_that_is_not_in_the_story_is_missed(suffix):
    assert unspaced("43 km, not measured") not in words(suffix, SHIPPED[0])

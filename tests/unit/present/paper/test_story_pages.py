"""A story on paper: tagged, titled, bookmarked, in our typefaces alone, with every word the scenes have."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from corridor.present.paper.story_pages import story_pages
from corridor.present.story.briefing import ExportOptions, brief
from corridor.present.words import long_disclaimer
from corridor.storyboard.opening import open_story
from corridor.storyboard.story import Scene, Story
from corridor.ui.context import briefing_context
from tests.support.briefed import MADE_ON, SHIPPED, shipped_file, view
from tests.support.pdf import story_text, structure_of, unspaced, words_of
from tests.support.stories import MARKUP, OWN, STORY, TWO
from tests.support.story_texts import scene_texts, story_texts

ARMENIAN, AZERBAIJANI, CYRILLIC = "Երևանի կայարան", "Şərqi Zəngəzur, İğdır", "Железная дорога Мегри"
PERSIAN = "راه\u200cآهن نوردوز"


def shipped_pages(story: str) -> bytes:
    return shipped_file(story, "pdf")


def pages_of(story: Story, **options: str) -> PdfReader:
    return PdfReader(BytesIO(story_pages(brief(story, briefing_context(), MADE_ON, options=ExportOptions(**options)))))


def titles(outline: list, depth: int = 0) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for one in outline:
        found += titles(one, depth + 1) if isinstance(one, list) else [(depth, one.title)]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
def test_every_text_of_a_shipped_story_stands_on_its_pages(story):
    told = words_of(shipped_pages(story))
    missing = [text for text in story_texts(view(story)) if unspaced(text) not in told]
    assert missing == []
    assert unspaced(long_disclaimer()) in told
    assert all(unspaced(method) in told for method in view(story).method)


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
def test_the_pages_say_to_a_screen_reader_what_they_are(story):
    reader = PdfReader(BytesIO(shipped_pages(story)))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata.title == view(story).title
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    structure = structure_of(reader)
    assert structure.count("/H1") == 1
    assert structure.count("/Figure") == sum(
        (scene.map is not None) + len(scene.grounds) for scene in view(story).shown
    )
    assert {"/Table", "/TH", "/Caption", "/L", "/Link"} <= set(structure)


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
def test_every_scene_and_the_lists_at_the_end_are_bookmarked(story):
    scenes = [scene.title for scene in view(story).shown if scene.title != view(story).title]
    ends = ["Sources", "How the numbers were made, and what they do not say"]
    outline = titles(PdfReader(BytesIO(shipped_pages(story))).outline)
    assert [title for depth, title in outline if depth < 2] == [view(story).title, *scenes, *ends]


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
def test_only_our_typefaces_are_used_and_all_are_in_the_file(story):
    names, embedded = set(), set()
    for page in PdfReader(BytesIO(shipped_pages(story))).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            names.add(descendant["/BaseFont"].partition("+")[2])
            descriptor = descendant["/FontDescriptor"].get_object()
            embedded.add("/FontFile2" in descriptor or "/FontFile3" in descriptor)
    assert embedded == {True}
    assert all(name.startswith(("SourceSansPro", "DejaVuSans")) for name in names)


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_paper_is_the_one_asked_for_and_maps_stay_vectors(paper, size):
    reader = pages_of(briefing_context().stories[SHIPPED[0]], paper=paper)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {size}
    pages = [page for page in reader.pages if len(page.images)]
    assert pages
    for page in pages:
        # The relief of a map and of its inset are pictures; all else is drawn, and words are words.
        assert len(page.images) <= 4
        assert "ARMENIA" in page.extract_text().replace(" ", "").upper()


@pytest.mark.slow
def test_the_same_story_gives_the_same_bytes():
    story = briefing_context().stories[SHIPPED[0]]
    assert story_pages(brief(story, briefing_context(), MADE_ON)) == shipped_pages(SHIPPED[0])


def test_a_handling_line_stands_on_every_page_and_a_hidden_scene_on_none():
    story = replace(
        STORY,
        handling="For official use",
        scenes=(
            Scene("seen", "text", title="Seen", message="Words that are seen."),
            Scene("unseen", "text", title="Unseen", message="Words that nobody sees.", hidden=True),
        ),
    )
    reader = pages_of(story)
    assert all("For official use" in page.extract_text() for page in reader.pages)
    assert "nobody sees" not in story_text(reader)


def test_names_in_every_script_are_printed_as_they_are_written():
    lines = (ARMENIAN, AZERBAIJANI, CYRILLIC)
    story = replace(STORY, language="az-Latn", scenes=(Scene("names", "text", ARMENIAN, points=(*lines, PERSIAN)),))
    reader = pages_of(story)
    told = story_text(reader)
    assert reader.trailer["/Root"]["/Lang"] == "az"
    assert all(unspaced(line) in told for line in lines)
    assert "□" not in told


@pytest.mark.slow
def test_what_is_missing_is_said_plainly_and_the_rest_is_printed():
    opened = open_story(
        b'schema = 1\nid = "s"\ntitle = "T"\n[[scene]]\nid = "one"\nkind = "clause"\nclause = "joint-declaration/9"\n'
        b'[[scene]]\nid = "two"\nkind = "options"\nroutes = ["gone"]\ntitle = "A route that was deleted"\n',
        "s.toml",
    )
    assert opened.story is not None
    made = brief(opened.story, briefing_context(), MADE_ON, problems=opened.problems)
    told = story_text(PdfReader(BytesIO(story_pages(made))))
    assert told.count("Thissceneisnotcomplete.") == 2
    missing = [text for scene in made.view.shown for text in scene_texts(scene) if unspaced(text) not in told]
    assert missing == []


def test_markup_is_printed_as_it_was_typed_and_signs_no_file_can_hold_are_left_out():
    story = replace(
        STORY, title=MARKUP, scenes=(Scene("one", "text", title=f"{MARKUP}\x07", message="<script>alert(1)</script>"),)
    )
    told = story_text(pages_of(story))
    assert told.count(unspaced(MARKUP)) >= 2
    assert "<script>alert(1)</script>" in told


def test_a_chart_is_drawn_beside_the_table_that_holds_its_numbers():
    story = replace(STORY, scenes=(Scene("km", "chart", candidates=TWO), Scene("own", "options", routes=(OWN,))))
    reader = pages_of(story)
    assert unspaced("Kilometres as drawn; every number stands in the table below.") in story_text(reader)
    assert "under construction" in " ".join(page.extract_text() for page in reader.pages)

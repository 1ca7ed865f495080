"""Whatever a scene says finds its place on some slide: inside the body, whole, once, and in the end."""

from hypothesis import given
from hypothesis import strategies as st

from corridor.present.slides.measuring import Measure, StyledText
from corridor.present.slides.placing import LOOSE, Pages, PlacedTable, PlacedText, TableBlock
from corridor.present.slides.text_xml import SlideBox, SlideParagraph

BODY = SlideBox(40.0, 90.0, 500.0, 220.0)
BESIDE_MAP = SlideBox(40.0, 90.0, 200.0, 220.0)
SENTENCES = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=150).map(" ".join)
PARAGRAPHS = st.lists(
    st.builds(lambda text: SlideParagraph((StyledText(text),), 12.0, before=4.0), SENTENCES), max_size=6
).map(tuple)
CELLS = st.lists(SENTENCES, min_size=2, max_size=2).map(lambda row: tuple(((StyledText(text),),) for text in row))
ROWS = st.lists(CELLS, min_size=1, max_size=12).map(tuple)


def said(paragraphs) -> str:
    return "".join(piece.text for one in paragraphs for piece in one.pieces).replace(" ", "")


@given(PARAGRAPHS, st.lists(PARAGRAPHS, min_size=2, max_size=2), ROWS, st.booleans())
def test_everything_is_placed_once_and_inside_the_body(running, columns, rows, beside_map):
    pages = Pages(Measure(), BODY, BESIDE_MAP if beside_map else None)
    pages.text(running, "Running")
    pages.cells(columns)
    pages.table(TableBlock("Title", ("One", "Two"), rows))
    placed = [one for page in pages.pages for one in page]
    for one in placed:
        assert one.box.left >= BODY.left
        assert one.box.top >= BODY.top
        assert one.box.right <= BODY.right + 1e-6
        assert one.box.bottom <= BODY.bottom + LOOSE + 1e-6
    texts = [one for one in placed if isinstance(one, PlacedText)]
    assert "".join(said(one.paragraphs) for one in texts if one.name == "Running") == said(running)
    in_columns = "".join(sorted("".join(said(one.paragraphs) for one in texts if one.name == "Column")))
    assert in_columns == "".join(sorted(said(columns[0]) + said(columns[1])))
    tables = [one for one in placed if isinstance(one, PlacedTable)]
    for column in (0, 1):
        told = "".join(said(row[column]) for table in tables for row in table.rows[1:])
        assert told == "".join(row[column][0][0].text for row in rows).replace(" ", "")
    assert all(said(table.rows[0][0]) == "One" for table in tables)


def test_a_row_that_is_higher_than_a_slide_goes_on_on_the_next():
    long = " ".join(["word"] * 2_000)
    pages = Pages(Measure(), BODY)
    pages.table(TableBlock("", ("One", "Two"), ((((StyledText(long),),), ((StyledText("short"),),)),)))
    assert len(pages.pages) > 3
    assert all(one.box.bottom <= BODY.bottom for page in pages.pages for one in page)

"""A document becomes a tagged PDF in our typefaces only; what it says is printed as it was typed."""

from dataclasses import replace
from datetime import date

import pytest

from corridor.errors import CorridorError
from corridor.present.paper import typesetting
from corridor.present.paper.pages import Column, Illustration, PageBreak, PageHeading, Paragraph, Table, pages
from corridor.present.paper.typesetting import PrintedDocument, TooLongError, typeset
from corridor.present.words import disclaimer, facts_line
from tests.support.pdf import TYPST_MARKUP, read_pdf, structure_of, text_of

DOCUMENT = PrintedDocument("A title", date(2026, 11, 20), "Internal", ("Sources: one, two.",))
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><rect width="60" height="20" fill="#abcdef"/></svg>'
)


BLOCKS = (
    PageHeading("A section"),
    Paragraph("Words of it."),
    Table("Lengths", (Column("Way", share=1), Column("km", numeric=True)), (("One", "1.0"), ("Two", "22.0")), "±1 km."),
    Illustration(SVG, "A blue field", "What it is"),
    PageBreak(),
    PageHeading("A part", level=3),
    Paragraph("More of it.", quiet=True),
)


def test_a_document_is_tagged_titled_dated_and_in_a_language():
    reader = read_pdf(pages(DOCUMENT, "A subtitle", BLOCKS))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "A title"
    assert reader.metadata.creation_date.date() == date(2026, 11, 20)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_headings_tables_and_figures_are_what_they_are_for_whoever_hears_them():
    reader = read_pdf(pages(DOCUMENT, "A subtitle", BLOCKS))
    kinds = structure_of(reader)
    assert [kind for kind in kinds if kind.startswith("/H") and kind != "/Hyperlink"] == ["/H1", "/H2", "/H3"]
    assert kinds.count("/TH") == 2
    assert kinds.count("/TD") == 4
    assert "/Figure" in kinds
    assert kinds.count("/Caption") == 2
    assert [one.title for one in reader.outline if not isinstance(one, list)] == ["A title"]


def test_every_page_carries_handling_sources_disclaimer_and_its_number():
    for number, page in enumerate(read_pdf(pages(DOCUMENT, "", BLOCKS)).pages, start=1):
        words = " ".join(page.extract_text().split())
        assert "Internal Sources: one, two." in words
        assert disclaimer()[:60] in words
        assert facts_line() in words
        assert f"{number} / 2" in words


@pytest.mark.parametrize(("page", "size"), [("a4", (595.28, 841.89)), ("us-letter", (612.0, 792.0))])
def test_the_page_is_a4_or_letter(page, size):
    box = read_pdf(pages(replace(DOCUMENT, page=page), "", BLOCKS)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(size, abs=0.1)


def test_the_same_document_is_the_same_bytes_and_another_date_is_not():
    one = pages(DOCUMENT, "", BLOCKS)
    assert pages(DOCUMENT, "", BLOCKS) == one
    assert pages(replace(DOCUMENT, made_on=date(2026, 11, 21)), "", BLOCKS) != one


def test_markup_is_printed_as_it_was_typed():
    document = replace(DOCUMENT, title=TYPST_MARKUP, handling=TYPST_MARKUP)
    table = Table(TYPST_MARKUP, (Column(TYPST_MARKUP),), ((TYPST_MARKUP,),), TYPST_MARKUP)
    printed = text_of(
        pages(
            document,
            TYPST_MARKUP,
            [PageHeading(TYPST_MARKUP), Paragraph(TYPST_MARKUP), table, Illustration(SVG, TYPST_MARKUP, TYPST_MARKUP)],
        )
    )
    assert printed.replace(" ", "").count(TYPST_MARKUP.replace(" ", "")) == 10
    assert read_pdf(pages(document, "", [])).metadata.title == TYPST_MARKUP


def test_only_our_typefaces_are_in_it_and_every_script_is_printed():
    words = "Yerevan Երևան Ереван Bakı Naxçıvan ایروان ერევანი ●○◐"
    pdf = pages(DOCUMENT, "", [Paragraph(words)])
    faces = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in read_pdf(pdf).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert all(face.startswith(("SourceSansPro", "DejaVuSans")) for face in faces)
    printed = text_of(pdf)
    assert all(word in printed for word in ("Երևան", "Ереван", "Naxçıvan", "ერევანი"))


def test_a_letter_no_typeface_has_is_seen_to_be_missing_and_would_be_an_error(monkeypatch):
    assert "a □□ b" in text_of(pages(DOCUMENT, "", [Paragraph("a 日本 b")]))
    monkeypatch.setattr(typesetting, "writable", lambda text: text)
    with pytest.raises(CorridorError, match="could not be displayed"):
        pages(DOCUMENT, "", [Paragraph("日本")])


def test_a_document_that_may_have_one_page_says_when_it_needs_more():
    with pytest.raises(TooLongError, match="'A title' does not fit on 1 page"):
        pages(replace(DOCUMENT, pages=1), "", BLOCKS)
    assert len(read_pdf(pages(replace(DOCUMENT, pages=2), "", BLOCKS)).pages) == 2


def test_a_broken_template_is_told_in_typsts_own_words():
    with pytest.raises(CorridorError, match=r"route-card\.typ cannot be typeset"):
        typeset("route-card.typ", DOCUMENT, {})


def test_a_document_without_a_title_has_one():
    assert read_pdf(pages(replace(DOCUMENT, title=""), "", [])).metadata.title == "Without a title"

"""What leaves as CSV or as a workbook: whatever a text is, no spreadsheet takes it for a formula, and numbers stay."""

import csv
import re
import unicodedata
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx.chart.xlsx import CategoryWorkbookWriter

from corridor.present.slides.chart import _TextData
from corridor.present.spreadsheets import csv_file, inert, look, workbook, write_cell

#: Written apart from the code: what may end a cell in some country or program, what is passed over at its start.
ENDS = re.compile("[,;|\t\n\r\v\f\x85\u2028\u2029]")
PASSED_OVER = ' \u00a0\u2003\u3000\u200b\u200d\u2060\ufeff\u202e\u00ad\x00\x01"\u3164\ufe0f'
SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫⁼⁺"
NUMBER = re.compile(r"[+-]?[0-9][0-9 \u00a0\u202f']*(\.[0-9]+)?([eE][+-]?[0-9]+)?[ \u00a0\u202f]?%?")
HOSTILE = [*SIGNS, *PASSED_OVER, *",;|\t\n\r\u2028", "1", "x", "cmd|' /C calc'!A0", 'HYPERLINK("a")', "'"]
texts = st.one_of(st.lists(st.sampled_from(HOSTILE), max_size=12).map("".join), st.text(st.characters(codec="utf-8")))


def formulas(cell: str) -> list[str]:
    """Return the parts of a cell that some spreadsheet would take for a formula."""
    found = []
    for part in ENDS.split(cell):
        seen = part.lstrip(PASSED_OVER)
        if seen and unicodedata.normalize("NFKC", seen)[0] in "=+-@" and not NUMBER.fullmatch(seen.strip(PASSED_OVER)):
            found.append(part)
    return found


@pytest.mark.parametrize(
    "text",
    [
        *(f"{sign}SUM(1)" for sign in SIGNS),
        *(f"x{end}=1+1" for end in ",;|\t\n\r\u2028"),
        *(f"{blank}=1+1" for blank in PASSED_OVER),
        *(f"x;{blank}＝1+1" for blank in PASSED_OVER),
        "=cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)*cmd|' /C calc'!A0",
        '=HYPERLINK("http://example.invalid";"x")',
        "-",
        "+374 (10) 12",
    ],
)
def test_a_formula_in_any_dress_is_written_as_text(text):
    assert formulas(text)
    assert inert(text) != text
    assert formulas(inert(text)) == []


@pytest.mark.parametrize("text", ["+1,2+cmd|' /C calc'!A0", "-1,A1", "+1;2*cmd|'x'!A0", "−1,2+cmd|' /C calc'!A0"])
def test_a_number_that_goes_on_after_a_decimal_comma_is_no_number(text):
    assert inert(text) == f"'{text}"
    assert inert(inert(text)) == inert(text)


def test_the_minus_of_our_own_texts_begins_an_amount_and_nothing_else():
    assert inert("−5.2 km") == "−5.2 km"
    assert inert("−1+cmd|' /C calc'!A0") == "'−1+cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    "text",
    [
        *("-3", "-3.5", "+2", "-1,234.5", "-1 234", "-12,5", "-0.5%", "1e-5", "-1e+5", "−3 %", "±0"),
        *(
            "",
            "'=1",
            "Meghri - Nakhchivan",
            "a = b",
            "a@b.example",
            "Hrazdan–Sevan",
            "https://example.org/?a=1",
            "x; y",
        ),
    ],
)
def test_numbers_and_plain_words_stay_as_they_are(text):
    assert inert(text) == text


@pytest.mark.parametrize("start", "\t\r\n")
def test_nothing_begins_with_a_control_character(start):
    assert inert(f"{start}words") == f"'{start}words"


@given(texts)
def test_no_part_of_any_text_is_a_formula_and_nothing_but_apostrophes_is_added(text):
    told = inert(text)
    assert formulas(told) == []
    assert told.replace("'", "") == text.replace("'", "")
    assert inert(told) == told


@given(st.lists(st.lists(st.one_of(texts, st.floats(allow_nan=False), st.integers()), min_size=1, max_size=4)))
def test_a_file_gives_back_every_cell_and_holds_no_formula(rows):
    told = csv_file(rows).decode("utf-8-sig")
    read = list(csv.reader(StringIO(told, newline="")))
    assert len(read) == len(rows)
    for cells, kept in zip(read, rows, strict=True):
        for cell, one in zip(cells, kept, strict=True):
            assert formulas(cell) == [] if isinstance(one, str) else cell == str(one)


@given(texts, texts)
def test_a_file_is_harmless_where_another_sign_separates(one, other):
    told = csv_file([["first", one, other]]).decode("utf-8-sig")
    for sign in ";\t|":
        for cells in csv.reader(StringIO(told, newline=""), delimiter=sign):
            assert [part for cell in cells for part in formulas(cell)] == []


def test_a_text_that_no_code_page_has_is_written_and_not_an_error():
    assert b"\\udc80" in csv_file([["\udc80"]])


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "http://example.invalid", "mailto:a@b.example", "-3", "internal:A1"])
def test_a_workbook_holds_texts_as_texts_and_says_so_to_whoever_edits_them(text):
    out = BytesIO()
    book = workbook(out)
    write_cell(book.add_worksheet(), 0, 0, text, look(book, bold=True))
    book.close()
    cell = openpyxl.load_workbook(out).active["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert cell.quotePrefix == (inert(text) != text)
    assert cell.font.bold


def test_a_workbook_keeps_numbers_and_what_is_too_long_for_a_cell_is_cut():
    out = BytesIO()
    book = workbook(out)
    page, plain = book.add_worksheet(), look(book)
    write_cell(page, 0, 0, -3.5, plain)
    write_cell(page, 0, 1, "x" * 40_000, plain)
    book.close()
    (read,) = openpyxl.load_workbook(out).active.iter_rows(values_only=True)
    assert read == (-3.5, "x" * 32_767)


def test_the_workbook_behind_a_chart_holds_names_as_texts():
    data = _TextData()
    data.categories = ["=1+1", "http://example.invalid"]
    data.add_series("=HYPERLINK(1)", [1.0, -2.0])
    assert isinstance(data._workbook_writer, CategoryWorkbookWriter)
    page = openpyxl.load_workbook(BytesIO(data._workbook_writer.xlsx_blob)).active
    cells = {cell.coordinate: cell for row in page.iter_rows() for cell in row if cell.value is not None}
    assert {name: cell.value for name, cell in cells.items()} == {
        "A2": "=1+1",
        "A3": "http://example.invalid",
        "B1": "=HYPERLINK(1)",
        "B2": 1.0,
        "B3": -2.0,
    }
    assert not [cell for cell in cells.values() if cell.data_type == "f" or cell.hyperlink]

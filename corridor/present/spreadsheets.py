"""How a table leaves the application as CSV or as a workbook: no text in it can be taken for a formula.

A spreadsheet runs what begins with “=”, “+”, “-” or “@”, in the wide forms of East Asian keyboards as well, and passes
over spaces and signs that cannot be seen. Where it splits a line is up to the reader's country: at commas, semicolons,
tabs or bars. So every part of a text that could stand in a cell of its own is looked at. The rules follow OWASP's
“CSV Injection”, which puts an apostrophe before such a text: https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: Where a spreadsheet may end a cell or a line, whatever its settings.
_CONTROLS = "\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_PARTS = re.compile(f"([,;|{_CONTROLS}])")
_BEGINS = frozenset("=+-@")
#: U+2212 is the minus of our own texts, "−5 km"; some spreadsheets take it for the one of the keyboard.
_MINUS = "\N{MINUS SIGN}"
#: What may follow the comma of a number.
_DIGITS = re.compile(r"\d+(\.\d+)?%?", re.ASCII)
#: Signs that look like nothing and count as letters.
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0")
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}([ \u00a0\u202f']\d{3})+)(\.\d+)?([eE][+-]?\d+)?[ \u00a0\u202f]?%?", re.ASCII)
_AMOUNT = re.compile(rf"{_MINUS}\d[\d.  \u202f]*(%|[^\W\d_]+)?", re.ASCII)
#: The most signs a cell of a workbook holds.
LONGEST_TEXT = 32_767


def inert(text: str) -> str:
    """Return a text so that no spreadsheet takes it, or a part of it that it may put in a cell, for a formula.

    An apostrophe is put before what begins a formula and is no plain number; nothing else changes. A text made inert
    stays as it is.
    """
    parts = _PARTS.split(text)
    goes_on = [_goes_on(parts[at : at + 2]) for at in range(1, len(parts) + 1, 2)]
    parts[::2] = [f"'{part}" if _is_formula(part, on) else part for part, on in zip(parts[::2], goes_on, strict=True)]
    defused = "".join(parts)
    # Old spreadsheets pass over a control character at the start of a cell together with what guards what follows.
    return f"'{defused}" if defused.startswith(tuple(_CONTROLS)) else defused


def _goes_on(following: Sequence[str]) -> bool:
    """Whether a part goes on after its end, a separator and the part after it: “+1,2+A1” where commas are decimal."""
    sign, after = following if len(following) > 1 else ("\n", "")
    return sign in ",;|" and not after[:1].isspace() and after != "" and _DIGITS.fullmatch(after) is None


def _is_formula(part: str, goes_on: bool) -> bool:
    seen = next((place for place, sign in enumerate(part) if not _is_unseen(sign)), None)
    if seen is None:
        return False
    first = unicodedata.normalize("NFKC", part[seen])[0]
    rest = part[seen:].strip().strip('"')
    if first == _MINUS:
        return goes_on or _AMOUNT.fullmatch(rest) is None
    return first in _BEGINS and (goes_on or _NUMBER.fullmatch(rest) is None)


def _is_unseen(sign: str) -> bool:
    """Whether a sign at the start of a cell is passed over: spaces, controls, marks, quotation marks of the file."""
    return sign == '"' or unicodedata.category(sign)[0] in "CMZ" or sign in _BLANK_LETTERS


def csv_file(rows: Iterable[Sequence[str | float]]) -> bytes:
    """Return rows as CSV in UTF-8 with a byte-order mark, so that spreadsheets show every script rightly."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([inert(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig", "backslashreplace")


@dataclass(frozen=True, slots=True)
class CellFormats:
    """How a cell looks; `quoted` is for a text that begins as a formula, and says so to whoever edits the cell."""

    plain: Format
    quoted: Format


def workbook(out: BytesIO) -> xlsxwriter.Workbook:
    """Return a workbook to be written to `out`, in which no text becomes a formula, a link or a number."""
    kept = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(out, {"in_memory": True, **kept})


def look(book: xlsxwriter.Workbook, **properties: bool | str) -> CellFormats:
    """Return a look of the cells of a workbook; `properties` are those of xlsxwriter's formats."""
    return CellFormats(book.add_format(properties), book.add_format({**properties, "quote_prefix": True}))


def write_cell(page: Worksheet, row: int, column: int, cell: str | float, seen: CellFormats) -> None:
    """Write a text as a text, as much of it as a cell holds, and a number as a number."""
    if isinstance(cell, str):
        page.write_string(row, column, cell[:LONGEST_TEXT], seen.plain if inert(cell) == cell else seen.quoted)
    else:
        page.write_number(row, column, cell, seen.plain)

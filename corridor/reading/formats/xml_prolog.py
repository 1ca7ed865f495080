"""How an XML or HTML text begins, read sign by sign: what it declares, and its outermost element."""

import re
from dataclasses import dataclass

#: What may stand before the outermost element (XML 1.0, production 22), and HTML's doctype in any case.
BEFORE = re.compile(rb"\s++|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
DOCTYPE = re.compile(rb"<!\s*DOCTYPE\s+([^\s>\[]{0,100})", re.IGNORECASE)
ELEMENT = re.compile(rb"<([A-Za-z_][\w.\-]*:)?([A-Za-z_][\w.\-]*)")
TITLE = re.compile(rb"<title[^<>]{0,200}>([^<]{0,300})", re.IGNORECASE)
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\xfe\xff", b"\xfe\xff")
#: Elements with which pages begin that leave out the first ones.
OF_PAGES = {"html", "head", "body", "script", "meta", "title", "div", "p", "h1", "center", "table", "form", "iframe"}
#: How far into a page its title is looked for.
TITLE_WITHIN = 100_000


@dataclass(frozen=True, slots=True)
class Prolog:
    """What stands at the beginning: the name of the declared document type, None where none is; the first element.

    `offset` is where the declaration or the element stands.
    """

    doctype: str | None
    element: str
    offset: int


def prolog_of(data: bytes) -> Prolog:
    """Return how a text begins; comments and processing instructions before its first element are passed over."""
    plain = _one_byte_each(data)
    at = 0
    while aside := BEFORE.match(plain, at):
        at = aside.end()
    declared = DOCTYPE.match(plain, at)
    if declared:
        return Prolog(declared.group(1).decode("ascii", "replace"), "", at if plain is data else 0)
    element = ELEMENT.match(plain, at)
    return Prolog(None, element.group(2).decode("ascii", "replace") if element else "", at if plain is data else 0)


def _one_byte_each(data: bytes) -> bytes:
    """Return a text in which markup takes one byte for each sign: itself, or UTF-16 without its zeros."""
    for mark in MARKS:
        data = data.removeprefix(mark)
    return data.replace(b"\0", b"") if b"\0" in data[:4] else data


def is_web_page(prolog: Prolog) -> bool:
    """Whether a text that begins so is HTML."""
    if prolog.doctype is not None:
        return prolog.doctype.lower() == "html"
    return prolog.element.lower() in OF_PAGES


def title_of(data: bytes) -> str:
    """Return the title of a web page, "" for one without."""
    title = TITLE.search(_one_byte_each(data), 0, TITLE_WITHIN)
    return " ".join(title.group(1).decode("utf-8", "replace").split()) if title else ""

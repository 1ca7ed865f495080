"""XML that a parser refuses and a reader can read: in another encoding than it names, blanks first, signs unescaped.

Mended in memory only, before anything is parsed, and told of. A text that declares a document type is left as it is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.entities import html5

from corridor.reading.faults import Check, FaultSpot, Severity, shown
from corridor.reading.filling import FILLED_UP, filling
from corridor.reading.text_encodings import DecodedText, is_utf8, known_encoding, read_text, wide_encoding

#: The declaration with which XML begins, and the blanks before it, where nothing may stand.
DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?(\s*+)(<\?xml\s[^>]{0,300}+>)")
ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"'<>]{0,60})[\"']")
#: Quotation marks of word processors: “ ” „ ‟, as they come around the value of an attribute.
CURLY = rb"\xe2\x80[\x9c-\x9f]"
#: What is no markup, and of the rest: an “&” that begins no reference of XML's own, a “<” that begins no tag, a sign
#: that XML 1.0 does not have (production 2), a value in curly quotation marks. Whatever is opened and never closed goes
#: to the end.
SIGNS = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)"
    rb"|(&(?:[A-Za-z][A-Za-z0-9]{0,31}+;?|#[0-9]{1,7}+;|#x[0-9A-Fa-f]{1,6}+;)?)"
    rb"|(<(?![A-Za-z_/!?\x80-\xff:]|\Z))|([\x00-\x08\x0b\x0c\x0e-\x1f])"
    rb"|(?<==)(" + CURLY + rb"[^<>&\"]{0,300}?" + CURLY + rb")",
    re.DOTALL,
)
OWN = {b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;"}
NO_SIGN = "\ufffd".encode()


@dataclass(frozen=True, slots=True)
class XmlText:
    """An XML text as it is parsed: `data` is what was given, or the same in UTF-8 with its declaration blanked out.

    `blanks` stood before the declaration; `declared` is the encoding it names, `read` how it was read where that is
    another. `signs` are those that XML does not know, `first_sign` the first of them. `filled` bytes stood after it.
    """

    data: bytes
    blanks: int = 0
    declared: str = ""
    read: DecodedText | None = None
    signs: int = 0
    first_sign: str = ""
    filled: int = 0


def readable(data: bytes) -> XmlText:
    """Return a text as UTF-8, whatever its encoding, with nothing before its beginning that a parser stops at."""
    filled = filling(data)
    if filled:
        return replace(readable(data[:-filled]), filled=filled)
    wide = wide_encoding(data)
    if wide is not None:
        # Its own mark or zero bytes say more than its declaration.
        data = read_text(data).text.encode("utf-8", "replace")
    declaration = DECLARATION.match(data)
    named = ENCODING.search(declaration[2]) if declaration else None
    declared = named[1].decode("ascii", "replace") if named else ""
    known = known_encoding(declared) if declared else "utf-8"
    blanks = len(declaration[1]) if declaration else 0
    if known == "utf-8" and wide is None and is_utf8(data):
        plain = not blanks and (named is None or declared.lower() == known)
        return XmlText(data if plain else _undeclared(data), blanks, declared)
    read = read_text(data, known)
    # Letters that are read as the file says, or by their mark, or none at all: nothing to tell.
    as_named = read.encoding == known and not read.guessed and not read.lost
    silent = as_named or wide is not None or (known is not None and data.isascii())
    return XmlText(_undeclared(read.text.encode("utf-8", "replace")), blanks, declared, None if silent else read)


def _undeclared(text: bytes) -> bytes:
    """Return a UTF-8 text with blanks in place of its declaration, so that every sign stays where it was."""
    declaration = DECLARATION.match(text)
    return text if declaration is None else b" " * declaration.end() + text[declaration.end() :]


def with_known_signs(text: XmlText) -> XmlText:
    """Return a text in which “&”, “<” and the names of HTML's signs that XML does not know are written as it asks."""
    count = 0
    first = ""

    def known(match: re.Match[bytes]) -> bytes:
        nonlocal count, first
        sign: bytes = match[0]
        if match.lastindex is None or sign in OWN:
            return sign
        written = _written(sign)
        if written != sign:
            count += 1
            first = first or sign.decode("utf-8", "replace")
        return written

    declaration = DECLARATION.match(text.data)
    curly = declaration is not None and re.search(CURLY, declaration[2])
    data = SIGNS.sub(known, _undeclared(text.data) if curly else text.data)
    return replace(text, data=data, signs=count, first_sign=first) if count else text


def _written(sign: bytes) -> bytes:
    if sign == b"<":
        return b"&lt;"
    if sign.startswith(b"\xe2\x80"):
        return b'"' + sign[3:-3] + b'"'
    if not sign.startswith(b"&"):
        return NO_SIGN
    if sign.startswith(b"&#"):
        digits = sign[2:-1].decode()
        code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
        return sign if _is_sign(code) else NO_SIGN
    name = sign[1:].decode()
    meant = html5.get(name) if name.endswith(";") else None
    if meant is None:
        return b"&amp;" + sign[1:]
    return "".join(f"&#{ord(character)};" for character in meant).encode()


def _is_sign(code: int) -> bool:
    """Whether XML 1.0 has a sign of this number (production 2)."""
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def _blanks(text: XmlText) -> Iterator[FaultSpot]:
    if text.blanks:
        yield FaultSpot(offset=0, words={"count": text.blanks})


def _filled(text: XmlText) -> Iterator[FaultSpot]:
    if text.filled:
        yield FaultSpot(words={"count": text.filled})


def _signs(text: XmlText) -> Iterator[FaultSpot]:
    if text.signs:
        yield FaultSpot(words={"count": text.signs, "sign": shown(text.first_sign)})


WARNING, NOTE = Severity.WARNING, Severity.NOTE

XML_MENDING_CHECKS: tuple[Check[XmlText], ...] = (
    Check(
        "xml-blanks-first",
        NOTE,
        "{count:blank stands|blanks stand} before the XML declaration, which has to come first; the file was read.",
        "Other programs may refuse it; let it begin with “<?xml”.",
        _blanks,
    ),
    Check(
        "xml-filled-up",
        NOTE,
        FILLED_UP,
        "See whether the route is complete; other programs may refuse the file.",
        _filled,
    ),
    Check(
        "xml-unknown-signs",
        WARNING,
        "{count:sign is|signs are} written as web pages write them, such as “{sign}”; nothing was lost.",
        "See whether the names are right; other programs may refuse the file.",
        _signs,
    ),
)

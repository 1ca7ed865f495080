"""Signs in JSON that a parser refuses and a reader can read: other blanks and quotes, commas for decimals."""

import re
from collections.abc import Callable, Iterator

import orjson

from corridor.reading.faults import Account, Check, FaultSpot, Mend, Severity, shown
from corridor.reading.formats.json_text import outside_strings, parse

#: No-break, thin and other blanks, and a mark of the encoding amid the text, in UTF-8.
OTHER_BLANKS = re.compile(rb"\xc2\xa0|\xe2\x80[\x80-\x8b\xaf]|\xe2\x81\x9f|\xe3\x80\x80|\xef\xbb\xbf")
#: Quotation marks other than the straight one of JSON, in UTF-8: “ ” „ ‟ ″ « » and the wide one.
CURLY = rb"(?:\xe2\x80[\x9c-\x9f\xb3]|\xc2[\xab\xbb]|\xef\xbc\x82)"
OTHER_QUOTES = re.compile(CURLY)
#: Those that begin or end a string by what stands beside them, where straight and curly ones are paired.
QUOTES_OF_STRINGS = re.compile(rb"(?<=[\[{,: \n\t])" + CURLY + rb"|" + CURLY + rb"(?=\s{0,9}[:,}\]])")
#: A position of two or three numbers with commas for decimals, and any list without lists or objects in it.
WITH_COMMAS = re.compile(
    rb"\[\s*+(-?\d{1,3}),(\d{1,17})\s*+,\s*+(-?\d{1,3}),(\d{1,17})(?:\s*+,\s*+(-?\d{1,6})(?:,(\d{1,17}))?+)?+\s*+\]"
)
INNERMOST = re.compile(rb"\[[^\[\]{}]*+\]")


def _replaced(
    data: bytes, pattern: re.Pattern[bytes], written: Callable[[re.Match[bytes]], bytes]
) -> tuple[bytes, int]:
    """Return a text with what a pattern finds outside of its strings written otherwise, and how often it was found."""
    pieces, at = [], 0
    matches = outside_strings(pattern, data)
    for match in matches:
        pieces += [data[at : match.start()], written(match)]
        at = match.end()
    return b"".join((*pieces, data[at:])), len(matches)


def _other_blanks(data: bytes) -> Iterator[FaultSpot]:
    matches = outside_strings(OTHER_BLANKS, data)
    if matches:
        yield FaultSpot(offset=matches[0].start(), words={"count": len(matches)})


def _with_straight_quotes(data: bytes) -> tuple[bytes, int]:
    """Return a text with straight quotation marks around its strings, and how many were written.

    Those within strings stay, unless a string that begins with one kind and ends with the other keeps it from parsing.
    """
    new, count = _replaced(data, OTHER_QUOTES, lambda _: b'"')
    if count:
        try:
            parse(new)
        except orjson.JSONDecodeError:
            other, others = QUOTES_OF_STRINGS.subn(b'"', data)
            try:
                parse(other)
            except orjson.JSONDecodeError:
                return new, count
            return other, others
    return new, count


def _other_quotes(data: bytes) -> Iterator[FaultSpot]:
    matches = outside_strings(OTHER_QUOTES, data)
    if matches:
        _, count = _with_straight_quotes(data)
        text = matches[0].group().decode()
        yield FaultSpot(offset=matches[0].start(), words={"count": count, "sign": text})


def _write_quotes(data: bytes) -> tuple[bytes, Account]:
    new, count = _with_straight_quotes(data)
    return new, Account(other=(f"{count} straight quotation marks written",))


def _commas(data: bytes) -> Iterator[FaultSpot]:
    try:
        parse(data)
    except orjson.JSONDecodeError as error:
        if "leading zero" not in str(error):
            return
    else:
        return
    matches = outside_strings(WITH_COMMAS, data)
    if matches and len(matches) == len(outside_strings(INNERMOST, data)):
        text = shown(data[matches[0].start() : matches[0].end()].decode("ascii", "replace"))
        yield FaultSpot(offset=matches[0].start(), words={"count": len(matches), "text": text})


def _write_blanks(data: bytes) -> tuple[bytes, Account]:
    new, count = _replaced(data, OTHER_BLANKS, lambda _: b" ")
    return new, Account(other=(f"{count} other blanks written as plain ones",))


def _write_points(data: bytes) -> tuple[bytes, Account]:
    new, count = _replaced(data, WITH_COMMAS, _with_points)
    return new, Account(other=(f"{count} positions written with points for decimals",))


def _with_points(match: re.Match[bytes]) -> bytes:
    whole, decimals = match.groups()[::2], match.groups()[1::2]
    numbers = [a + (b"" if b is None else b"." + b) for a, b in zip(whole, decimals, strict=True) if a is not None]
    # JSON has no zeros before other digits of a whole number either.
    return b"[" + b", ".join(re.sub(rb"^(-?)0+(?=\d)", rb"\1", number) for number in numbers) + b"]"


#: Looked at before the other checks of a text that does not parse, in this order.
SIGN_CHECKS: tuple[Check[bytes], ...] = (
    Check(
        "json-other-blanks",
        Severity.ERROR,
        "{count:no-break or thin blank stands|no-break or thin blanks stand} between values; JSON knows plain ones.",
        "Let plain blanks be written.",
        _other_blanks,
        Mend("write plain blanks between values", text=_write_blanks),
        blocks=True,
    ),
    Check(
        "json-other-quotes",
        Severity.ERROR,
        "{count:curly quote stands|curly quotes stand} where JSON has straight ones, the first {sign}.",
        "Let straight ones be written; Word and mail programs make curly ones of them.",
        _other_quotes,
        Mend("write straight quotation marks around names and texts", text=_write_quotes),
        blocks=True,
    ),
    Check(
        "json-decimal-commas",
        Severity.ERROR,
        "{count:position has|positions have} commas for decimals, as “{text}”; JSON parts numbers by commas.",
        "Let points be written for decimals.",
        _commas,
        Mend("write points for decimal commas", text=_write_points),
        blocks=True,
    ),
)

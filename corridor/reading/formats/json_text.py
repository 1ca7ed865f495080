"""Whether bytes are well-formed JSON text, and what was expected where they are not."""

import gc
import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from typing import Any

import numpy as np
import orjson

from corridor.reading.faults import (
    Account,
    Check,
    FaultSpot,
    Json,
    Mend,
    Severity,
    place_words,
    pointer,
    shown,
    such_as,
)
from corridor.reading.filling import FILLED_UP, filling
from corridor.reading.formats.json_nulls import not_numbers, with_nulls
from corridor.reading.limits import STRING, outside_of_strings
from corridor.reading.text_encodings import encoding_shown, is_utf8, read_text, wide_encoding

BOM = b"\xef\xbb\xbf"
COLON = ord(":")
#: An escape of half a sign of two, alone (RFC 8259, section 8.2), beside pairs and backslashes that are escaped.
HALF_A_SIGN = re.compile(rb"\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..|(\\u[dD][89a-fA-F]..)")


class Doubled(dict[str, Any]):
    """A JSON object in which some member names stand more than once."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        """Keep the last value of each name, as parsers do, and remember the names that stood twice."""
        super().__init__(pairs)
        names = (name for name, _ in pairs)
        self.doubled = tuple(name for name, count in Counter(names).items() if count > 1)


def parse(data: bytes) -> Json:
    """Return the parsed JSON of well-formed UTF-8 text; raise orjson.JSONDecodeError for anything else.

    The collector of circular garbage is paused: millions of new lists make it run again and again for nothing.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return orjson.loads(data)
    finally:
        if collecting:
            gc.enable()


def outside_strings(pattern: re.Pattern[bytes], data: bytes) -> list[re.Match[bytes]]:
    """Return where a pattern occurs outside of the strings of a JSON text; their signs are “_” in the matches."""
    blanked = STRING.sub(lambda match: b'"' + b"_" * (len(match.group()) - 2) + b'"', data)
    return [*pattern.finditer(blanked)]


def utf8_text(data: bytes) -> bytes:
    """Return a text as UTF-8 without its mark, whatever its encoding; one that is not told is guessed.

    What no parser reads and everybody understands is written as JSON: “�” for half a sign, null for NaN.
    """
    return with_nulls(_with_whole_signs(_as_utf8(data)))


def _as_utf8(data: bytes) -> bytes:
    data = data[: len(data) - filling(data)]
    if wide_encoding(data) is None and is_utf8(data):
        return data.removeprefix(BOM)
    return read_text(data).text.encode("utf-8", "replace")


def _with_whole_signs(text: bytes) -> bytes:
    """Return a text without halves of signs, which an escape gives where a program cut a name: “�” stands there."""
    if b"\\ud" not in text and b"\\uD" not in text:
        return text
    return HALF_A_SIGN.sub(lambda match: b"\\ufffd" if match[1] else match[0], text)


def _halves(data: bytes) -> Iterator[FaultSpot]:
    if b"\\ud" in data or b"\\uD" in data:
        offsets = [match.start() for match in HALF_A_SIGN.finditer(data) if match[1]]
        if offsets:
            yield FaultSpot(offset=offsets[0], words={"count": len(offsets)})


def _not_numbers(data: bytes) -> Iterator[FaultSpot]:
    matches = not_numbers(_as_utf8(data))
    if matches:
        yield FaultSpot(offset=matches[0].start(), words={"word": matches[0].group().decode(), "count": len(matches)})


def _filled(data: bytes) -> Iterator[FaultSpot]:
    count = filling(data)
    if count:
        yield FaultSpot(offset=len(data) - count, words={"count": count})


def _byte_order_mark(data: bytes) -> Iterator[FaultSpot]:
    if data.startswith(BOM):
        yield FaultSpot(offset=0)


def _not_utf8(data: bytes) -> Iterator[FaultSpot]:
    wide = wide_encoding(data)
    if wide is not None:
        yield FaultSpot(offset=0, words={"read": encoding_shown(wide), "seen": ""})
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        read = read_text(data)
        guess = f" by its {read.script} letters: a guess" if read.script else ": a guess"
        if not read.guessed:
            guess = f", but {read.lost:,} bytes are no letters in it"
        yield FaultSpot(offset=error.start, words={"read": read.called + guess, "seen": such_as(read.text)})


def _unmark(data: bytes) -> tuple[bytes, Account]:
    return data.removeprefix(BOM), Account(other=("the byte-order mark was taken off",))


def _reencode(data: bytes) -> tuple[bytes, Account]:
    read = read_text(data)
    return utf8_text(data), Account(other=(f"the text was read as {read.called} and written as UTF-8",))


def _unfill(data: bytes) -> tuple[bytes, Account]:
    count = filling(data)
    return data[: len(data) - count], Account(other=(f"{count:,} bytes after the end were taken off",))


def _whole_signs(data: bytes) -> tuple[bytes, Account]:
    return _with_whole_signs(data), Account(other=("halves of signs in names became “�”",))


def _write_null(data: bytes) -> tuple[bytes, Account]:
    text = _as_utf8(data)
    return with_nulls(text), Account(other=(f"null written {len(not_numbers(text))} times for what is no number",))


#: Looked at in this order before parsing; the first that blocks ends the reading.
TEXT_CHECKS: tuple[Check[bytes], ...] = (
    Check(
        "not-utf8",
        Severity.ERROR,
        "The text is not UTF-8, as JSON must be; it was read as {read}.",
        "See whether the names are right{seen}, and let it be rewritten as UTF-8.",
        _not_utf8,
        Mend("rewrite the text as UTF-8", text=_reencode),
    ),
    Check(
        "byte-order-mark",
        Severity.NOTE,
        "The file begins with a byte-order mark, which JSON does not use; it was read without it.",
        "Save it as UTF-8 without a mark if other programs refuse it.",
        _byte_order_mark,
        Mend("take the mark off", text=_unmark),
    ),
    Check(
        "text-filled-up",
        Severity.ERROR,
        FILLED_UP,
        "See whether the route is complete, and let them be taken off.",
        _filled,
        Mend("take off what stands after the end", text=_unfill),
    ),
    Check(
        "half-a-sign",
        Severity.WARNING,
        "{count:sign of a name is|signs of names are} cut in half (a lone \\u escape); “�” was read there.",
        "See whether the names are right; a program cut them amid a sign.",
        _halves,
        Mend("write “�” for half a sign", text=_whole_signs),
    ),
    Check(
        "not-a-number",
        Severity.ERROR,
        "{word} stands where JSON knows only numbers and null ({count} in the file); null was read there.",
        "Let null be written there; a position without a number can then be taken out.",
        _not_numbers,
        Mend("write null for what is no number", text=_write_null),
    ),
)


def members(document: Json, plain: Container[int] = ()) -> int:
    """Return how many members the objects of a parsed document have, all levels together.

    `plain` holds the `id` of lists that are known to hold only numbers, so that nobody walks a million positions.
    """
    count, below = 0, [iter([document])]
    while below:
        for value in below[-1]:
            if isinstance(value, dict):
                count += len(value)
                below.append(iter(value.values()))
                break
            if isinstance(value, list) and id(value) not in plain:
                below.append(iter(value))
                break
        else:
            below.pop()
    return count


def doubled_names(data: bytes, document: Json, plain: Container[int] = ()) -> list[tuple[str, str]]:
    """Return (path of the object, name) for every member name that stands twice in one object.

    A well-formed text has one colon outside of strings for each member; only when there are more than the parser
    kept is the text parsed again to find them.
    """
    if sum(np.count_nonzero(block == COLON) for block in outside_of_strings(data)) == members(document, plain):
        return []
    doubled, heap = [], [("", json.loads(data, object_pairs_hook=Doubled))]
    while heap:
        path, value = heap.pop()
        if isinstance(value, Doubled):
            doubled += [(path, name) for name in value.doubled]
            heap += [(pointer(path, k), v) for k, v in value.items() if isinstance(v, dict | list)]
        elif isinstance(value, list):
            heap += [(pointer(path, i), v) for i, v in enumerate(value) if isinstance(v, dict | list)]
    return sorted(doubled)


def keep_last(data: bytes) -> tuple[bytes, Account]:
    """Write a text anew, so that of the members of an object that are called the same the last alone is left."""
    text = utf8_text(data)
    document = parse(text)
    dropped = tuple(
        f"the earlier values of “{shown(name)}” in {place_words(path)}" for path, name in doubled_names(text, document)
    )
    return (written(document), Account(dropped=dropped)) if dropped else (data, Account())


def written(document: Json) -> bytes:
    """Return a document as text; whole numbers too large for orjson's integers are left to the standard library."""
    try:
        return orjson.dumps(document)
    except (TypeError, orjson.JSONEncodeError):
        return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()

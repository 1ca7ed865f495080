"""Where a text stops being JSON, and why, in words that need no programmer; commas before a closing bracket."""

import re
from collections.abc import Iterator

import orjson

from corridor.reading.faults import Account, Check, FaultSpot, Mend, Severity, shown
from corridor.reading.formats.json_text import outside_strings, parse

TRAILING_COMMA = re.compile(rb",(?=\s*+[\]}])")
#: Signs of the text that are quoted where it cannot be read on.
QUOTED = 20
#: What orjson says where it stops, by a part of its sentence, in everyday words; “{here}” is what stands there.
EXPECTATIONS = {
    "',' or '}'": "a comma or a closing }} is missing before {here}",
    "',' or ']'": "a comma or a closing ] is missing before {here}",
    "expected ':'": "a colon is missing before {here}",
    "object key": "a name in straight double quotes is missing before {here}",
    "unexpected end": "its end is missing, and a bracket or quotation mark is still open",
    "after document": "{here} stands after the last closing bracket",
    "leading zero": "a number begins with a zero too many: {here}",
    "control character": "a text in quotes goes over the end of its line, or has a tab in it",
    "surrogate": "a sign is written as half of its code (\\u escape)",
    "escape": "a backslash stands alone in a text, before {here}",
    "infinity": "a number is too large: {here}",
    "JSON value": "a number, list or text in double quotes should stand instead of {here}",
    "digit": "a digit should stand instead of {here}",
    "number": "a number should stand instead of {here}",
    "string": "a name or text in straight double quotes should stand instead of {here}",
}
#: How a value begins that Python or JavaScript wrote in a notation of its own.
OF_A_PROGRAM = re.compile(r"'|None\b|True\b|False\b|undefined\b|[A-Za-z_]\w*\s*:|//|/\*|#")
CORRECT_IT = "Correct the text there; everything after it has not been looked at."
WRITE_JSON = "That is the notation of Python or JavaScript; write the file with json.dumps or JSON.stringify."
DOWNLOAD_AGAIN = "Download or copy the file again, the whole of it."


def _trailing_commas(data: bytes) -> Iterator[FaultSpot]:
    offsets = [match.start() for match in outside_strings(TRAILING_COMMA, data)]
    if offsets:
        yield FaultSpot(offset=offsets[0], words={"count": len(offsets)})


def _syntax(data: bytes) -> Iterator[FaultSpot]:
    try:
        parse(data)
    except orjson.JSONDecodeError as error:
        characters = data.decode("utf-8", "replace")
        at = min(error.pos, len(characters))
        around = shown(characters[at : at + QUOTED].split("\n")[0])
        words = _expected(str(error.msg).split(": line ")[0], f"“{around}”" if around else "the end of the line")
        yield FaultSpot(
            offset=len(characters[:at].encode()), words={"expected": words, "advice": _advice(error.msg, around)}
        )


def _expected(reason: str, here: str) -> str:
    """Return in words what a parser wanted where it stopped."""
    for part, sentence in EXPECTATIONS.items():
        if part in reason:
            return sentence.format(here=here)
    return f"the parser says “{reason}”"


def _advice(reason: str, around: str) -> str:
    if "unexpected end" in reason:
        return DOWNLOAD_AGAIN
    return WRITE_JSON if OF_A_PROGRAM.match(around) else CORRECT_IT


def _uncomma(data: bytes) -> tuple[bytes, Account]:
    offsets = [match.start() for match in outside_strings(TRAILING_COMMA, data)]
    starts, stops = [0, *(offset + 1 for offset in offsets)], [*offsets, len(data)]
    mended = b"".join(data[start:stop] for start, stop in zip(starts, stops, strict=True))
    return mended, Account(other=(f"{len(offsets)} commas before a closing bracket were taken out",))


#: Looked at in this order when the text does not parse.
SYNTAX_CHECKS: tuple[Check[bytes], ...] = (
    Check(
        "trailing-comma",
        Severity.ERROR,
        "A comma stands before a closing bracket, where another value was expected ({count} in the file).",
        "Take the comma out, or let it be taken out.",
        _trailing_commas,
        Mend("take out commas before a closing bracket", text=_uncomma),
        blocks=True,
    ),
    Check(
        "json-syntax",
        Severity.ERROR,
        "The file cannot be read from here on: {expected}.",
        "{advice}",
        _syntax,
        blocks=True,
    ),
)

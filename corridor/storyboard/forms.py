"""How a value of a story file has to look, and how it is taken; a value that does not fit is told in a sentence."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from corridor.candidates import MODES
from corridor.land.geodesy import REGION

LONGEST_LINE = 200
LONGEST_MESSAGE = 600
LONGEST_STATEMENT = 1_000
LONGEST_NOTES = 10_000
LONGEST_ID = 120
MOST_STATEMENTS = 30
MOST_IDS = 60
#: Figures of one scene, and items in a list a figure is fetched with.
MOST_FIGURES = 60
MOST_ITEMS = 12
#: Characters of the line of one own route: about 200,000 vertices.
LONGEST_LINE_TEXT = 6_000_000
#: Degrees across which a view has to go at least; a hundredth of a degree is about a kilometre.
SMALLEST_VIEW = 0.01
#: Web maps end here (degrees).
HIGHEST_LATITUDE = 85.0
#: They turn or embed the direction of the text around them, and so of sources and figures beside a title.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Joiners and marks of Persian, Arabic and Indic writing; invisible, and needed.
NEEDED = frozenset("\u200c\u200d\u200e\u200f")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


class FormError(ValueError):
    """A value does not have the form; the message is the rest of a sentence that begins with the key."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form in words, and the function that returns a value in it or raises FormError."""

    words: str
    take: Callable[[object], Any]


def cleaned(text: str, *, several_lines: bool) -> str:
    """Return text without characters that cannot be shown or that turn what stands around them."""
    kept = "".join(sign for sign in text if sign == "\n" or sign in NEEDED or _is_shown(sign) or sign.isspace())
    if several_lines:
        return "\n".join(" ".join(line.split()) for line in kept.split("\n")).strip()
    return " ".join(kept.split())


def _is_shown(sign: str) -> bool:
    return sign not in TURNING and unicodedata.category(sign) not in {"Cc", "Cf", "Cn", "Co", "Cs"}


def line(longest: int = LONGEST_LINE) -> Form:
    """Return the form of a text of one line."""
    return Form(f"text of one line, at most {longest:,} characters", lambda value: _text(value, longest))


def prose(longest: int) -> Form:
    """Return the form of a text that may have several lines."""
    return Form(f"text, at most {longest:,} characters", lambda value: _text(value, longest, several_lines=True))


def _text(value: object, longest: int, *, several_lines: bool = False) -> str:
    if not isinstance(value, str):
        raise FormError(f"is {_named(value)}; text was expected")
    if len(value) > longest:
        raise FormError(f"has {len(value):,} characters; at most {longest:,} were expected")
    return cleaned(value, several_lines=several_lines)


def _line_text(value: object) -> str:
    if not isinstance(value, str):
        raise FormError(f"is {_named(value)}; GeoJSON text was expected")
    if len(value) > LONGEST_LINE_TEXT:
        raise FormError(f"has {len(value):,} characters; at most {LONGEST_LINE_TEXT:,} were expected")
    return value


def _name(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        raise FormError(f"is {_named(value)}; an id of Latin letters, digits, '-' and '_' was expected")
    return value


def _language(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", value) or len(value) > 35:
        raise FormError(f"is {_named(value)}; a language tag such as en or az-Cyrl was expected")
    return value


def _mode(value: object) -> str:
    if value not in MODES:
        raise FormError(f"is {_named(value)}; one of {', '.join(MODES)} was expected")
    return str(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise FormError(f"is {_named(value)}; true or false was expected")
    return value


def _each(take: Callable[[object], str], most: int, what: str) -> Callable[[object], tuple[str, ...]]:
    def taken(value: object) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)):
            raise FormError(f"is {_named(value)}; a list of {what} was expected")
        if len(value) > most:
            raise FormError(f"has {len(value):,} entries; at most {most} were expected")
        return tuple(take(entry) for entry in value)

    return taken


def _bounds(value: object) -> tuple[float, float, float, float]:
    expected = "west, south, east and north in degrees, with land of the map between them, were expected"
    if not isinstance(value, (list, tuple)) or len(value) != 4:
        raise FormError(f"is {_named(value)}; {expected}")
    if any(isinstance(edge, bool) or not isinstance(edge, (int, float)) for edge in value):
        raise FormError(f"is {_named(value)}; {expected}")
    if not all(math.isfinite(edge) and abs(edge) <= 180 for edge in value):
        raise FormError(f"is {_named(value)}; {expected}")
    west, south, east, north = (float(edge) for edge in value)
    if east - west < SMALLEST_VIEW or north - south < SMALLEST_VIEW:
        raise FormError(f"is {_named(value)}; {expected}, and west lies before east, south before north")
    if (
        max(-south, north) > HIGHEST_LATITUDE
        or west > REGION[2]
        or east < REGION[0]
        or south > REGION[3]
        or north < REGION[1]
    ):
        raise FormError(f"is {_named(value)}; {expected}")
    return west, south, east, north


def _day(value: object) -> str:
    if type(value) is date:
        return value.isoformat()
    try:
        return "" if value == "" else date.fromisoformat(value if isinstance(value, str) else "").isoformat()
    except ValueError:
        raise FormError(f"is {_named(value)}; a day such as 2025-08-08 was expected") from None


def _digest(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}|", value):
        raise FormError(f"is {_named(value)}; a SHA-256 in 64 hexadecimal digits was expected")
    return value


def _figures(value: object) -> dict[str, dict[str, object]]:
    if not isinstance(value, Mapping) or not all(isinstance(entry, Mapping) for entry in value.values()):
        raise FormError(f"is {_named(value)}; a table for each figure was expected")
    if len(value) > MOST_FIGURES:
        raise FormError(f"has {len(value):,} figures; at most {MOST_FIGURES} were expected")
    for name, entry in value.items():
        for key, wanted in entry.items():
            if isinstance(wanted, (list, Mapping)) and len(wanted) > MOST_ITEMS:
                raise FormError(
                    f"asks for {name!r} with {len(wanted):,} items as {key!r}; at most {MOST_ITEMS} were expected"
                )
        for key in ("get", "what"):
            _text(entry.get(key, ""), LONGEST_LINE)
    return {name: dict(entry) for name, entry in value.items()}


def _named(value: object) -> str:
    """Return a value as it can stand in a sentence."""
    if isinstance(value, str):
        shown = cleaned(value[:41], several_lines=False)
        return f"'{shown[:40]}{'…' if len(value) > 40 else ''}'" if value else "empty"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, (list, tuple)):
        return f"a list of {len(value):,}" if len(value) > 6 else f"[{', '.join(_named(entry) for entry in value)}]"
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)[:40]


NAME = Form("id of Latin letters, digits, '-' and '_', at most 60", _name)
LANGUAGE = Form("a BCP 47 tag such as en or az-Cyrl", _language)
MODE = Form(f"one of {', '.join(MODES)}", _mode)
FLAG = Form("true or false", _flag)
BOUNDS = Form("four numbers in degrees: west, south, east, north", _bounds)
DAY = Form("a day such as 2025-08-08", _day)
DIGEST = Form("SHA-256 in hexadecimal digits", _digest)
FIGURES = Form(
    f"a table for each figure, at most {MOST_FIGURES}, in the form of geodata/texts/questions.toml", _figures
)
GEOJSON = Form(f"RFC 7946 GeoJSON as text, at most {LONGEST_LINE_TEXT:,} characters", _line_text)
ID = Form(f"an id, at most {LONGEST_ID} characters", lambda value: _text(value, LONGEST_ID))
IDS = Form(f"list of ids, at most {MOST_IDS}", _each(lambda value: _text(value, LONGEST_ID), MOST_IDS, "ids"))
STATEMENTS = Form(
    f"list of texts, at most {MOST_STATEMENTS} of {LONGEST_STATEMENT:,} characters",
    _each(lambda value: _text(value, LONGEST_STATEMENT, several_lines=True), MOST_STATEMENTS, "texts"),
)

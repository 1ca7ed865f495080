"""TOML that anybody may have written: what would be dear to parse is refused before it is parsed.

Python's parser takes memory that grows with the square of a key's parts (40,000 take 6 GB), and 0.1 ms for each table.
"""

import re
import tomllib
from typing import Any

#: Comments and texts of TOML, closed or not; nothing is tried twice, so that no file takes long.
_TEXTS = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5})?'
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5})?"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
#: What a key may consist of outside texts, how many parts it may have, and how many tables a text.
_KEYS = re.compile(r"[\w \t.-]+")
_TABLES = re.compile(r"^[ \t]*\[", re.MULTILINE)
MOST_PARTS, MOST_TABLES = 16, 5_000


class DearTextError(ValueError):
    """A text is not parsed, since that would take too long; the rest of a sentence says why."""


def outside_texts(text: str) -> str:
    """Return TOML without its comments and texts."""
    return _TEXTS.sub("", text)


def check_outside(outside: str) -> None:
    """Raise DearTextError for what is dear to parse; `outside` is a text without its comments and texts."""
    if any(key.count(".") >= MOST_PARTS for key in _KEYS.findall(outside)):
        raise DearTextError(f"has a key of more than {MOST_PARTS} parts")
    if len(_TABLES.findall(outside)) > MOST_TABLES:
        raise DearTextError(f"has more than {MOST_TABLES:,} tables")


def parsed_toml(text: str) -> dict[str, Any]:
    """Return the table in `text`; raise ValueError for any text that is not one, DearTextError for one too dear."""
    check_outside(outside_texts(text))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("brackets are nested too deeply to be read") from None

"""NaN and Infinity in a JSON text, which programs write that know no null: null is read there, and told."""

import re

from corridor.reading.limits import STRING

NOT_A_NUMBER = re.compile(rb"-?(?:NaN|Infinity)\b")


def not_numbers(text: bytes) -> list[re.Match[bytes]]:
    """Return where NaN or Infinity stands in a UTF-8 text of JSON outside of its strings."""
    if b"NaN" not in text and b"Infinity" not in text:
        return []
    blanked = STRING.sub(lambda match: b'"' + b"_" * (len(match.group()) - 2) + b'"', text)
    return [*NOT_A_NUMBER.finditer(blanked)]


def with_nulls(text: bytes) -> bytes:
    """Return a UTF-8 text of JSON with null for what is no number."""
    pieces, at = [], 0
    for match in not_numbers(text):
        pieces += [text[at : match.start()], b"null"]
        at = match.end()
    return b"".join((*pieces, text[at:])) if pieces else text

"""What a sentence on screen may be: how long, and where one ends."""

import re

#: Words of a sentence.
LONGEST = 25


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, one after the other."""
    return [sentence for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z“{\d])", text) if sentence]

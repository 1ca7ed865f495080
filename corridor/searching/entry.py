"""What can be found: its name, its answer in one sentence, and the words that lead to it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from corridor.quantities import day
from corridor.sources import SourceId

Kind = Literal[
    "question", "clause", "document", "event", "disagreement", "candidate", "segment", "crossing", "place", "province",
    "person", "term", "page", "own",
]  # fmt: skip
#: Words of an answer at most.
MOST_WORDS = 30
_YEAR = re.compile(r"\b(1[89]|20)\d\d\b")
_BREAK = re.compile(r"(?<=[.;:,!?])\s+")


@dataclass(frozen=True, slots=True)
class Findable:
    """One entry. `answer` is whole, or "" where `quoted` is: a text, of which a hit shows the right place.

    `names` are all it is called, `ways` the ways of asking for it, `text` what else it says. `tells` is whether its
    answer states a number, a status or a day, and does not only name it. `as_of` is an ISO date, month or year.
    """

    kind: Kind
    id: str
    title: str
    answer: str
    as_of: str
    sources: tuple[SourceId, ...]
    link: str
    names: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    text: str = ""
    quoted: str = ""
    tells: bool = True

    def asked_by(self, ways: Iterable[str]) -> "Findable":
        """Return the entry found by further ways of asking."""
        return replace(self, ways=(*self.ways, *ways))


def dated_answer(says: str, as_of: str, most: int = MOST_WORDS) -> str:
    """Return a sentence of at most `most` words that ends with its date, where it names no year of its own.

    What is too long is cut where it pauses, else after a word, and "…" says so.
    """
    said = " ".join(says.split()).rstrip(".;, ")
    date = day(as_of) if as_of and as_of != "undated" else "undated"
    if _YEAR.search(said) and len(said.split()) <= most:
        return f"{said}."
    sentence = shortened(said, most - len(date.split()))
    return f"{sentence}." if _YEAR.search(sentence) else f"{sentence}, {date}."


def shortened(text: str, most: int) -> str:
    """Return the beginning of a text of at most `most` words: up to the last pause behind half of them."""
    if len(text.split()) <= most:
        return text
    kept = ""
    for part in _BREAK.split(text):
        longer = f"{kept} {part}".strip()
        if len(longer.split()) > most:
            break
        kept = longer
    if len(kept.split()) < most // 2:
        kept = " ".join(text.split()[:most])
    return f"{kept.rstrip('.;:, ')} …"


def first_sentence(text: str) -> str:
    """Return the first sentence of a text."""
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-Ž“])", text.strip(), maxsplit=1)[0]

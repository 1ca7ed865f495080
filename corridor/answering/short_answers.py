"""Answers in one sentence, found by the words people use; their figures are fetched as those of the questions are."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.answering.figures import Evidence, Figure, newest, once
from corridor.answering.questions import figures_of, resolved_text
from corridor.sources import GEODATA, STRICT, SourceId
from corridor.texts.reading import FilledText, records, refuse_unknown

FILE = "short_answers.toml"


@dataclass(frozen=True, config=STRICT)
class _ShortEntry:
    """A short answer as geodata/texts/short_answers.toml holds it."""

    id: FilledText
    about: FilledText
    asked: FilledText
    answer: FilledText
    words: tuple[FilledText, ...]
    figures: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class ShortAnswer:
    """One sentence in pieces, what it is about, and the ways of asking for it; `as_of` is its newest figure's date."""

    id: str
    about: str
    asked: str
    words: tuple[str, ...]
    answer: tuple[str | Figure, ...]
    as_of: str
    sources: tuple[SourceId, ...]


def read_short_answers(
    evidence: Evidence, known_sources: Collection[SourceId], known_ids: Collection[str], root: Path = GEODATA
) -> tuple[ShortAnswer, ...]:
    """Return the short answers in the order of the file, every figure fetched from `evidence`.

    `known_ids` are what an answer may be about. Raises DocumentError, one sentence naming the answer and the key.
    """
    return tuple(
        _short_answer(entry, evidence, known_sources, known_ids)
        for entry in records(FILE, "answer", TypeAdapter(_ShortEntry), root)
    )


def _short_answer(
    entry: _ShortEntry, evidence: Evidence, known_sources: Collection[SourceId], known_ids: Collection[str]
) -> ShortAnswer:
    where = f"geodata/texts/{FILE}, answer {entry.id!r}"
    refuse_unknown([entry.about], known_ids, where, "an entry that can be opened")
    figures = figures_of(entry.figures, where, evidence, known_sources)
    return ShortAnswer(
        id=entry.id,
        about=entry.about,
        asked=entry.asked,
        words=entry.words,
        answer=resolved_text(entry.answer, figures, where),
        as_of=newest(figure.as_of for figure in figures.values()),
        sources=once(source for figure in figures.values() for source in figure.sources),
    )

"""The briefing questions: what is asked, what can be answered, with which figures, and what is not known."""

import string
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.answering.calculations import RECKONED
from corridor.answering.candidate_figures import OF_CANDIDATES
from corridor.answering.citations import CITED
from corridor.answering.figures import Evidence, Figure, fetched
from corridor.answering.references import FETCHED
from corridor.answering.route_figures import ROUTED
from corridor.errors import DocumentError
from corridor.sources import GEODATA, STRICT, SourceId
from corridor.texts.reading import FilledText, read_register, records, refuse_unknown

FILE = "questions.toml"
REFERENCES = {reference.name: reference for reference in (*FETCHED, *ROUTED, *OF_CANDIDATES, *CITED, *RECKONED)}
#: How much of a question the shipped data answers (fairness note, section 3), in the words of the page.
EXTENTS = {"yes": "Answered", "partly": "Answered in part", "no": "Not answerable from public sources"}
#: The keys of a figure or a link that name what it is about.
ABOUT = ("feature", "instrument", "event", "clause")
PAGES = ("reader", "questions", "routes", "documents", "sources", "updates")


@dataclass(frozen=True, config=STRICT)
class See:
    """Where the answer can be seen: a page of this application with its address parameters, and the words to click."""

    words: FilledText
    page: Literal["reader", "questions", "routes", "documents", "sources", "updates"]
    clause: str = ""
    feature: str = ""
    candidate: str = ""
    section: str = ""
    layers: str = ""
    view: str = ""
    question: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """The address parameters that are set."""
        keys = ("clause", "feature", "candidate", "section", "layers", "view", "question")
        return {key: value for key in keys if (value := getattr(self, key))}


@dataclass(frozen=True, config=STRICT)
class _Gap:
    """What is not known; `said` takes the place of the standard sentence where another one is truer."""

    about: FilledText
    said: str = ""


@dataclass(frozen=True, config=STRICT)
class _Entry:
    """A question as geodata/texts/questions.toml holds it; figures stand there as references, never as numbers."""

    id: FilledText
    number: int
    theme: FilledText
    asked: FilledText
    extent: Literal["yes", "partly", "no"]
    answer: FilledText
    see: tuple[See, ...]
    not_known: tuple[_Gap, ...] = ()
    figures: dict[str, dict[str, Any]] | None = None


@dataclass(frozen=True)
class Gap:
    """What is not known, in pieces; `said` is empty where the standard sentence for a gap follows."""

    about: tuple[str | Figure, ...]
    said: tuple[str | Figure, ...]


@dataclass(frozen=True)
class Question:
    """A question with its answer in pieces: text, or a figure with all that belongs to it.

    `figures` are all figures in the order of the file, also those no sentence mentions. `about` are the ids of the
    features, candidates, documents and events the answer rests on or leads to.
    """

    id: str
    number: int
    theme: str
    asked: str
    extent: Literal["yes", "partly", "no"]
    answer: tuple[str | Figure, ...]
    figures: tuple[Figure, ...]
    not_known: tuple[Gap, ...]
    see: tuple[See, ...]
    about: frozenset[str] = frozenset()

    @property
    def sources(self) -> tuple[SourceId, ...]:
        """The sources of all figures, each once, in order."""
        return tuple(dict.fromkeys(source for figure in self.figures for source in figure.sources))


def read_questions(
    evidence: Evidence,
    known_sources: Collection[SourceId],
    known_ids: Collection[str],
    root: Path = GEODATA,
) -> tuple[Question, ...]:
    """Return geodata/texts/questions.toml in the order of the numbers, every figure fetched from `evidence`.

    `known_ids` are the clauses, features, candidates, documents and events a link may lead to. Raises DocumentError,
    one sentence naming the question and the key, for a figure nothing shipped answers to, a figure no sentence and
    no table could show, a placeholder without a figure, a link that leads nowhere, or numbers that do not run on.
    """
    if not read_register(FILE, root):
        raise DocumentError(f"geodata/texts/{FILE} is empty; at least one question was expected.")
    entries = records(FILE, "question", TypeAdapter(_Entry), root)
    numbers = {str(entry.number) for entry in entries}
    for expected, entry in enumerate(entries, start=1):
        if entry.number != expected:
            raise DocumentError(f"{_where(entry)} has the number {entry.number}; {expected} was expected.")
        asked = (see.question for see in entry.see if see.question)
        refuse_unknown(asked, numbers, _where(entry), "a question")
    return tuple(_question(entry, evidence, known_sources, known_ids) for entry in entries)


def _where(entry: _Entry) -> str:
    return f"geodata/texts/{FILE}, question {entry.id!r}"


def figures_of(
    asked: Mapping[str, Mapping[str, Any]], where: str, evidence: Evidence, known_sources: Collection[SourceId]
) -> dict[str, Figure]:
    """Return the figures an entry asks for, by their keys; raise DocumentError for one that is wrong or unsourced."""
    figures: dict[str, Figure] = {}
    for key, keys in asked.items():
        place = f"{where}, figure {key!r}"
        if not keys.get("what"):
            raise DocumentError(f"{place} lacks 'what'; it says in words what the figure is.")
        try:
            figures[key] = fetched(keys["what"], keys, evidence, figures, REFERENCES)
        except DocumentError as error:
            raise DocumentError(f"{place} {error}.") from error
        if not figures[key].sources and figures[key].value != 0:
            raise DocumentError(f"{place} has no source.")
        refuse_unknown(figures[key].sources, known_sources, place, "recorded in geodata/sources/")
    return figures


def _question(
    entry: _Entry, evidence: Evidence, known_sources: Collection[SourceId], known_ids: Collection[str]
) -> Question:
    where = _where(entry)
    figures = figures_of(entry.figures or {}, where, evidence, known_sources)
    for see in entry.see:
        refuse_unknown(
            (v for k, v in see.parameters.items() if k in {"clause", "feature"}), known_ids, where, "shipped"
        )
        refuse_unknown(
            (f"candidate/{v}" for k, v in see.parameters.items() if k == "candidate"), known_ids, where, "a candidate"
        )
    return Question(
        id=entry.id,
        number=entry.number,
        theme=entry.theme,
        asked=entry.asked,
        extent=entry.extent,
        answer=resolved_text(entry.answer, figures, where),
        figures=tuple(figures.values()),
        not_known=tuple(
            Gap(resolved_text(gap.about, figures, where), resolved_text(gap.said, figures, where))
            for gap in entry.not_known
        ),
        see=entry.see,
        about=_about(entry),
    )


def _about(entry: _Entry) -> frozenset[str]:
    """Return the ids of what an answer fetches from and leads to."""
    named = [{**see.parameters} for see in entry.see]
    ids = {keys[kind] for keys in (*(entry.figures or {}).values(), *named) for kind in ABOUT if kind in keys}
    candidates = {keys["candidate"] for keys in (*(entry.figures or {}).values(), *named) if "candidate" in keys}
    return frozenset(ids | {f"candidate/{candidate}" for candidate in candidates})


def resolved_text(template: str, figures: Mapping[str, Figure], where: str) -> tuple[str | Figure, ...]:
    """Return the text of a template and the figures its {placeholders} stand for, in order.

    Raises DocumentError, one sentence beginning with `where`, for a placeholder without a figure or a stray brace.
    """
    parts: list[str | Figure] = []
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError as error:
        raise DocumentError(f"{where} has a brace that opens or closes nothing; double it to show one.") from error
    for text, key, _, _ in parsed:
        if text:
            parts.append(text)
        if key is None:
            continue
        if key not in figures:
            raise DocumentError(f"{where} has the placeholder {{{key}}} and no figure of that name.")
        parts.append(figures[key])
    return tuple(parts)

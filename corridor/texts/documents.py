"""What the Joint Declaration says word for word, and which of its phrases points at which land, document or nothing."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypedDict

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from corridor.errors import DocumentError
from corridor.sources import GEODATA, STRICT, SourceId
from corridor.texts.reading import Day, FilledText, checked_record, read_register, records, refuse_unknown

ClauseId = str
#: `layer/feature`, `instrument/...` or `event/...`.
TargetId = str
RelationId = Literal["names", "reading", "document", "none"]
FILE = "joint-declaration.toml"


@dataclass(frozen=True, config=STRICT)
class Relation:
    """How a phrase stands to what it points at; `label` and `sentence` are what a reader is shown."""

    id: RelationId
    label: str
    sentence: str


RELATIONS = (
    Relation("names", "Names this land", "The text names this land."),
    Relation("reading", "A reading", "These words can be read as about land, but the text does not say which land."),
    Relation("document", "Points to a document or event", "The words point to a document or an event, not to land."),
    Relation("none", "Not on the map", "These words do not refer to a place, document or event."),
)


@dataclass(frozen=True, config=STRICT)
class Clause:
    """One part of the document; `number` is None for the title, the preamble and the closing line."""

    id: ClauseId
    text: FilledText
    number: int | None = None


@dataclass(frozen=True, config=STRICT)
class Anchor:
    """A phrase that stands exactly once in its clause, what it points to, and why; `caption` is shown on the map."""

    id: str
    clause: ClauseId
    phrase: FilledText
    relation: RelationId
    targets: tuple[TargetId, ...]
    reason: FilledText
    caption: str = ""


@dataclass(frozen=True, config=STRICT)
class Heading:
    """What stands around the text: date, place, carrier, and the wording on what it leaves open."""

    id: str
    label: FilledText
    date: Day
    place: FilledText
    instrument: TargetId
    carried_by: SourceId
    note: FilledText
    sha256: str
    not_named: FilledText
    absent_words: tuple[FilledText, ...]


@dataclass(frozen=True)
class Document:
    """A document with its clauses in order and its anchors in the order of the text."""

    heading: Heading
    clauses: tuple[Clause, ...]
    anchors: tuple[Anchor, ...]

    @property
    def title(self) -> str:
        """The title, word for word."""
        return self.clauses[0].text

    @property
    def text(self) -> str:
        """All clauses joined by line feeds, the form the stored hash is made of."""
        return "\n".join(clause.text for clause in self.clauses)

    def clause(self, clause_id: ClauseId) -> Clause | None:
        """Return the clause with this id, or None."""
        return next((clause for clause in self.clauses if clause.id == clause_id), None)


@dataclass(frozen=True)
class ClausePiece:
    """A run of a clause's text; `anchor` is None where the words between two anchors stand."""

    text: str
    anchor: Anchor | None


def read_document(
    known_targets: Collection[TargetId], known_sources: Collection[SourceId], root: Path = GEODATA
) -> Document:
    """Return the Joint Declaration with its anchors.

    `known_targets` are all feature, instrument and event ids, `known_sources` all source ids. Raises DocumentError
    for a broken file, a text that is not the stored one, a phrase that does not stand exactly once in its clause or
    overlaps another, an unknown relation, a target or a source that does not exist.
    """
    where = f"geodata/texts/{FILE}"
    heading = checked_record(
        TypeAdapter(Heading), read_register(FILE, root).get("document", {}), f"{where}, [document]"
    )
    clauses = records(FILE, "clause", TypeAdapter(Clause), root)
    anchors = records(FILE, "anchor", TypeAdapter(Anchor), root)
    by_id = {clause.id: clause for clause in clauses}
    for anchor in anchors:
        _refuse_loose(anchor, by_id, known_targets, where)
    for clause in clauses:
        _refuse_overlap(clause, anchors, where)
    refuse_unknown([heading.carried_by], known_sources, f"{where}, [document]", "recorded in geodata/sources/")
    refuse_unknown([heading.instrument], known_targets, f"{where}, [document]", "an instrument")
    document = Document(heading=heading, clauses=clauses, anchors=in_text_order(clauses, anchors))
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    if digest != heading.sha256:
        raise DocumentError(
            f"{where}, [document], sha256 is {heading.sha256[:12]}…, but the clauses as they stand give "
            f"{digest[:12]}…; the text of the Declaration is not to be changed."
        )
    return document


def _refuse_loose(
    anchor: Anchor, clauses: Mapping[ClauseId, Clause], known_targets: Collection[TargetId], where: str
) -> None:
    place = f"{where}, anchor {anchor.id!r}"
    if anchor.clause not in clauses:
        raise DocumentError(f"{place} names the clause {anchor.clause!r}, which is not in the document.")
    times = clauses[anchor.clause].text.count(anchor.phrase)
    if times != 1:
        raise DocumentError(f"{place} has a phrase that stands {times} times in {anchor.clause}; once was expected.")
    if (anchor.relation == "none") == bool(anchor.targets):
        expected = "no targets" if anchor.relation == "none" else "at least one target"
        raise DocumentError(f"{place} has the relation {anchor.relation!r} and {expected} was expected with it.")
    refuse_unknown(anchor.targets, known_targets, place, "a shipped feature, an instrument or an event")


def _refuse_overlap(clause: Clause, anchors: Sequence[Anchor], where: str) -> None:
    ends_at, before = 0, ""
    for start, anchor in _positions(clause, anchors):
        if start < ends_at:
            raise DocumentError(f"{where}, anchor {anchor.id!r} overlaps {before!r}; phrases may not share words.")
        ends_at, before = start + len(anchor.phrase), anchor.id


def _positions(clause: Clause, anchors: Sequence[Anchor]) -> list[tuple[int, Anchor]]:
    own = [(clause.text.index(anchor.phrase), anchor) for anchor in anchors if anchor.clause == clause.id]
    return sorted(own, key=lambda place: place[0])


def in_text_order(clauses: Sequence[Clause], anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Return the anchors as a reader meets them."""
    return tuple(anchor for clause in clauses for _, anchor in _positions(clause, anchors))


def clause_pieces(document: Document, clause: Clause) -> tuple[ClausePiece, ...]:
    """Return the clause cut into its anchors and the words between them; joined, they are its text again."""
    cut: list[ClausePiece] = []
    reached = 0
    for start, anchor in _positions(clause, document.anchors):
        if start > reached:
            cut.append(ClausePiece(clause.text[reached:start], None))
        reached = start + len(anchor.phrase)
        cut.append(ClausePiece(anchor.phrase, anchor))
    if reached < len(clause.text):
        cut.append(ClausePiece(clause.text[reached:], None))
    return tuple(cut)


def anchors_of(document: Document, target: TargetId) -> tuple[Anchor, ...]:
    """Return the anchors that point at `target` itself, in the order of the text."""
    return tuple(anchor for anchor in document.anchors if target in anchor.targets)


def clause_name(clause_id: ClauseId) -> str:
    """Return "paragraph 3", "the title", "the preamble" or "the closing line"."""
    part = clause_id.rpartition("/")[2]
    if part.isdigit():
        return f"paragraph {part}"
    return {"title": "the title", "preamble": "the preamble", "closing": "the closing line"}[part]


def standing(document: Document, target: TargetId, territories: Mapping[TargetId, str]) -> str:
    """Return one or two sentences on which clauses speak of `target`.

    `territories` holds the ids and labels of the territories it lies in; a feature that no clause points at is shown
    by them alone ("No clause names it. It lies in Armenia, which paragraphs 3 and 4 name.").
    """
    own = anchors_of(document, target)
    if own:
        named = _paragraphs(anchor for anchor in own if anchor.relation == "names")
        read = _paragraphs(anchor for anchor in own if anchor.relation == "reading")
        linked = _paragraphs(anchor for anchor in own if anchor.relation == "document")
        says = [f"Named in {named}." if named else "", f"Within a reading of {read}." if read else ""]
        return " ".join(filter(None, [*says, f"Linked from {linked}." if linked else ""]))
    says = ["No clause names it."]
    for territory, label in territories.items():
        named = _paragraphs(anchor for anchor in anchors_of(document, territory) if anchor.relation == "names")
        if named:
            says.append(f"It lies in {label}, named in {named}.")
    return " ".join(says)


def _paragraphs(anchors: Iterable[Anchor]) -> str:
    names = list(dict.fromkeys(clause_name(anchor.clause) for anchor in anchors))
    if len(names) > 1 and all(name.startswith("paragraph ") for name in names):
        numbers = [name.removeprefix("paragraph ") for name in names]
        return f"paragraphs {', '.join(numbers[:-1])} and {numbers[-1]}"
    return " and ".join(names)


class PublishedClause(TypedDict):
    """A clause as it is published; `number` is None for what is not numbered."""

    id: str
    number: int | None
    text: str


class PublishedAnchor(TypedDict):
    """A phrase of a clause, what it points at, and why."""

    clause: str
    phrase: str
    relation: str
    targets: list[TargetId]
    reason: str


class PublishedText(TypedDict):
    """A document as `corridor document --json` prints it; `date` is an ISO day."""

    title: str
    date: str
    place: str
    clauses: list[PublishedClause]
    anchors: list[PublishedAnchor]


def as_published(document: Document) -> PublishedText:
    """Return the form `corridor document --json` prints: title, date, place, clauses and anchors, nothing else."""
    return {
        "title": document.title,
        "date": document.heading.date,
        "place": document.heading.place,
        "clauses": [{"id": part.id, "number": part.number, "text": part.text} for part in document.clauses],
        "anchors": [
            {
                "clause": anchor.clause,
                "phrase": anchor.phrase,
                "relation": anchor.relation,
                "targets": list(anchor.targets),
                "reason": anchor.reason,
            }
            for anchor in document.anchors
        ],
    }

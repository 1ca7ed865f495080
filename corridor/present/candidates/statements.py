"""What was said of candidates: whom each connects, who proposed and who answered, what is missing and not known."""

from collections.abc import Iterable, Sequence

from corridor.answering.figures import STATED, Figure
from corridor.candidates import Candidate, Said, Statement
from corridor.present.candidates.tables import name
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.words import standard_gap
from corridor.quantities import day

NO_PROPOSAL = "no proposal found"
NO_ANSWER = "no answer found"


def connects_sheet(candidates: Sequence[Candidate]) -> Sheet:
    """Return what each candidate connects, in two columns of equal weight."""
    return Sheet(
        "What each connects",
        ("Candidate", "For Armenia", "For Azerbaijan"),
        tuple(
            (name(candidate), stated(candidate.connects_for_armenia), stated(candidate.connects_for_azerbaijan))
            for candidate in candidates
        ),
    )


def stated(statements: Iterable[Statement]) -> SheetEntry:
    """Return sentences with their sources, under each other."""
    return tuple(Figure("", statement.text, "", STATED, "", statement.sources) for statement in statements)


def said_sheet(candidates: Sequence[Candidate]) -> Sheet:
    """Return who proposed each candidate and who answered; the same words for all where nothing was found."""
    return Sheet(
        "Who proposed, who answered",
        ("Candidate", "Proposed by", "Answered by"),
        tuple((name(candidate), *said_by(candidate)) for candidate in candidates),
    )


def said_by(candidate: Candidate) -> tuple[SheetEntry, SheetEntry]:
    """Return who proposed a candidate and who answered."""
    return _said(candidate.proposed_by, NO_PROPOSAL), _said(candidate.answered_by, NO_ANSWER)


def _said(statements: Sequence[Said], none: str) -> SheetEntry:
    if not statements:
        return none
    return tuple(
        Figure(
            what="",
            value=f"{statement.by}, {day(statement.as_of or 'undated')}: {statement.what}",
            unit="",
            accuracy=STATED,
            as_of=statement.as_of or "undated",
            sources=statement.sources,
            by=statement.by,
            quote=statement.quote or "",
        )
        for statement in statements
    )


def missing_sheet(candidates: Sequence[Candidate]) -> Sheet:
    """Return what is missing of each candidate, and what is not known of it."""
    return Sheet(
        "Missing parts, and what is not known",
        ("Candidate", "Missing parts", "Not known"),
        tuple(
            (
                name(candidate),
                stated(candidate.missing_parts),
                (f"{'; '.join(candidate.not_known)}.", standard_gap()) if candidate.not_known else None,
            )
            for candidate in candidates
        ),
    )


def unknown_sheet(candidates: Sequence[Candidate]) -> Sheet:
    """Return every gap once, in the order in which it is met, with the candidates it concerns."""
    gaps: dict[str, list[str]] = {}
    for candidate in candidates:
        for gap in candidate.not_known:
            gaps.setdefault(gap, []).append(name(candidate))
    rows: list[tuple[SheetEntry, ...]] = [(gap, tuple(names)) for gap, names in gaps.items()]
    return Sheet(standard_gap(), ("Not known", "Of which candidates"), tuple(rows))

"""The questions with their figures, fetched once per process from the shipped data."""

from functools import cache

from corridor.candidates import read_candidates
from corridor.figures import Evidence, gathered
from corridor.findings import read_findings
from corridor.pages._published import published
from corridor.questions import Question, read_questions


@cache
def evidence() -> Evidence:
    """Return everything an answer may fetch a figure from."""
    shipped = published().shipped
    return gathered(shipped.by_id, shipped.library, read_findings(shipped.library.sources), read_candidates())


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions in order; raise DocumentError, one sentence, when one asks for what is not shipped."""
    shipped = published().shipped
    clauses = [clause.id for clause in shipped.library.declaration.clauses]
    candidates = {f"candidate/{identity}" for identity in evidence().candidates}
    return read_questions(evidence(), shipped.library.sources, {*shipped.known_ids, *clauses, *candidates})

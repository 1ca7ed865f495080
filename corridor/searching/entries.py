"""All that can be found in what is shipped, each with the ways of asking for it."""

from corridor.answering.short_answers import read_short_answers
from corridor.errors import DocumentError
from corridor.present.context import BriefingContext
from corridor.searching import feature_entries, text_entries
from corridor.searching.entry import Findable
from corridor.texts.search_words import FILE, SearchWords


def findables(context: BriefingContext, words: SearchWords) -> tuple[Findable, ...]:
    """Return every entry, short answers first; raise DocumentError where the table leads to what is not shipped."""
    library, shipped = context.shipped.library, context.shipped
    clauses = [clause.id for clause in library.declaration.clauses]
    asked = [f"question/{question.number}" for question in context.questions]
    short = read_short_answers(context.evidence, library.sources, {*shipped.known_ids, *clauses, *asked}, context.root)
    entries = [
        *text_entries.questions(context.questions),
        *text_entries.clauses(library.declaration),
        *text_entries.documents(library.instruments.values()),
        *text_entries.events(library.timeline.values()),
        *text_entries.disagreements(library.disagreements.entries, library.sources),
        *feature_entries.candidates(shipped),
        *feature_entries.features(shipped),
        *text_entries.people_and_terms(library),
        *text_entries.pages(),
    ]
    known = {entry.id for entry in entries}
    for identity in words.ways:
        if identity not in known:
            raise DocumentError(f"geodata/texts/{FILE} leads to {identity!r}, which is no entry of the search.")
    return (*text_entries.short_answers(short), *(e.asked_by(words.ways.get(e.id, ())) for e in entries))

"""What the search knows of the texts: questions, clauses, documents, events, disagreements, people, terms, pages."""

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from corridor.answering.questions import Question
from corridor.answering.short_answers import ShortAnswer
from corridor.present.sheets import figure_text
from corridor.searching.entry import Findable, Kind, dated_answer, first_sentence
from corridor.sources import Source, SourceId
from corridor.texts.documents import Document, clause_name
from corridor.texts.edition import facts_as_of
from corridor.texts.instruments import Disagreement, Instrument
from corridor.texts.library import Library
from corridor.texts.timeline import Event

#: What each page is for, by its path; the menu's own list is held to these by a test.
PAGES = {
    "": ("Map", "The text of the Declaration beside the map: press a phrase and its places light up"),
    "questions": ("Questions", "What a minister may ask, each with a sourced answer"),
    "routes": ("Routes", "Every candidate route with its kilometres, borders and works"),
    "check-route": ("Check a route", "Add a file or draw a line: it is measured, judged and mended here"),
    "compare-routes": ("Compare routes", "Routes side by side, your own among them"),
    "briefing": ("Briefing", "Scenes for a talk, as slides, paper or one file to take away"),
    "documents": ("Documents", "Documents by date, disagreements, timeline, people and short forms"),
    "sources": ("Sources", "Every layer and source with licence, accuracy and download"),
    "updates": ("Office updates", "What your office adds to the shipped facts"),
    "files": ("Files that are read", "Which files are read, and how to write them in other programs"),
}
#: Ways of asking for a word that does not stand in the Declaration.
ABSENT_FROM = ("does the Declaration mention", "does the text say", "does paragraph 3 mention")


def question_address(number: int) -> str:
    """Return the address of a question within this application."""
    return f"/questions?question={number}"


def address_of(identity: str) -> str:
    """Return the address at which what has this id is opened."""
    layer, _, name = identity.partition("/")
    if layer == "question":
        return question_address(int(name))
    if layer == "joint-declaration":
        return f"/?clause={identity}"
    if layer in ("instrument", "event"):
        return f"/documents?feature={quote(identity)}"
    if layer == "candidate":
        return f"/routes?candidate={quote(name)}"
    return f"/?feature={quote(identity)}"


def short_answers(answers: Iterable[ShortAnswer]) -> Iterator[Findable]:
    """Yield an entry for each short answer, under the id of what it is about."""
    kinds: dict[str, Kind] = {
        "question": "question",
        "instrument": "document",
        "joint-declaration": "clause",
        "route": "segment",
    }
    for answer in answers:
        said = "".join(piece if isinstance(piece, str) else figure_text(piece) for piece in answer.answer)
        as_of = facts_as_of().isoformat() if answer.as_of == "undated" else answer.as_of
        yield Findable(
            kind=kinds[answer.about.partition("/")[0]],
            id=answer.about,
            title=answer.asked,
            answer=dated_answer(said[:1].upper() + said[1:], as_of),
            as_of=as_of,
            sources=answer.sources,
            link=address_of(answer.about),
            ways=(answer.asked, *answer.words),
        )


def questions(asked: Iterable[Question]) -> Iterator[Findable]:
    """Yield an entry for each question; its answer is the first sentence of the long one."""
    for question in asked:
        said = "".join(piece if isinstance(piece, str) else figure_text(piece) for piece in question.answer)
        as_of = max((f.as_of for f in question.figures if f.as_of != "undated"), default=facts_as_of().isoformat())
        yield Findable(
            kind="question",
            id=f"question/{question.number}",
            title=question.asked,
            answer=dated_answer(first_sentence(said), as_of),
            as_of=as_of,
            sources=question.sources,
            link=question_address(question.number),
            names=(f"question {question.number}", f"Q{question.number}"),
            text=f"{question.theme} {said} {' '.join(figure.what for figure in question.figures)}",
        )


def clauses(document: Document) -> Iterator[Findable]:
    """Yield an entry for each clause of the Declaration, and one for each word that does not stand in it."""
    heading = document.heading
    carried = (heading.carried_by,)
    for clause in document.clauses:
        name = clause_name(clause.id)
        yield Findable(
            kind="clause",
            id=clause.id,
            title=f"Joint Declaration, {name}",
            answer="",
            as_of=heading.date,
            sources=carried,
            link=address_of(clause.id),
            names=(name, f"the declaration {name}"),
            quoted=clause.text,
        )
    for word in heading.absent_words:
        yield Findable(
            kind="term",
            id=f"term/{word}",
            title=f"“{word}” in the Declaration",
            answer=dated_answer(f"“{word}” does not occur in the Declaration: 0 times in its text", heading.date),
            as_of=heading.date,
            sources=carried,
            link=question_address(20),
            names=(word,),
            ways=tuple(f"{where} {word}" for where in ABSENT_FROM),
        )


def documents(instruments: Iterable[Instrument]) -> Iterator[Findable]:
    """Yield an entry for each document and programme: its status first."""
    for instrument in instruments:
        yield Findable(
            kind="document",
            id=instrument.id,
            title=instrument.label,
            answer=dated_answer(f"{instrument.label}: {instrument.status}", instrument.status_as_of),
            as_of=instrument.status_as_of,
            sources=instrument.sources,
            link=address_of(instrument.id),
            names=(instrument.label, instrument.name),
            text=" ".join((instrument.status, *instrument.parties, instrument.note, instrument.character)),
        )


def events(timeline: Iterable[Event]) -> Iterator[Findable]:
    """Yield an entry for each event, with what happened."""
    for event in timeline:
        yield Findable(
            kind="event",
            id=event.id,
            title=event.title,
            answer=dated_answer(first_sentence(event.sentence), event.date),
            as_of=event.date,
            sources=event.sources,
            link=address_of(event.id),
            names=(event.title, *(str(name[0]) for name in event.names)),
            text=f"{event.sentence} {event.says} {event.disagreement}",
        )


def disagreements(entries: Iterable[Disagreement], sources: Mapping[SourceId, Source]) -> Iterator[Findable]:
    """Yield an entry for each point on which sources differ."""
    for entry in entries:
        cited = tuple(dict.fromkeys(version.source for version in entry.versions))
        published = (sources[source].published for source in cited)
        as_of = max((date for date in published if date != "undated"), default="undated")
        said = f"{len(entry.versions)} versions: {first_sentence(entry.remark)}"
        yield Findable(
            kind="disagreement",
            id=f"disagreement/{entry.id}",
            title=entry.title,
            answer=dated_answer(said, as_of),
            as_of=as_of,
            sources=cited,
            link="/documents?section=disagreements",
            names=(entry.title,),
            text=" ".join((entry.remark, *(version.quote for version in entry.versions))),
        )


def people_and_terms(library: Library) -> Iterator[Findable]:
    """Yield an entry for each person and each short form."""
    for person in library.people:
        yield Findable(
            kind="person",
            id=f"person/{person.id}",
            title=person.name,
            answer=dated_answer(f"{person.office}: {_lower(person.role)}", person.as_of),
            as_of=person.as_of,
            sources=person.sources,
            link="/documents?section=people",
            names=(person.name, person.sort, *person.spellings),
            ways=(person.office, f"who is {person.name}"),
            text=f"{person.role} {person.state}",
        )
    for acronym in library.acronyms:
        as_of = facts_as_of().isoformat()
        yield Findable(
            kind="term",
            id=f"term/{acronym.id}",
            title=acronym.id,
            answer=dated_answer(f"{acronym.id} stands for {acronym.stands_for}", as_of),
            as_of=as_of,
            sources=acronym.sources,
            link="/documents?section=acronyms",
            names=(acronym.id, acronym.stands_for),
            ways=(f"what is {acronym.id}", f"what does {acronym.id} mean"),
            text=acronym.note,
            tells=False,
        )


def pages() -> Iterator[Findable]:
    """Yield an entry for each page, with what it is for."""
    as_of = facts_as_of().isoformat()
    for path, (title, sentence) in PAGES.items():
        yield Findable(
            kind="page",
            id=f"page/{path}",
            title=title,
            answer=dated_answer(sentence, as_of),
            as_of=as_of,
            sources=(),
            link=f"/{path}",
            names=(title,),
            tells=False,
        )


def _lower(text: str) -> str:
    """Return a text so that it can stand within a sentence; a name or a short form keeps its capital."""
    return text if text[1:2].isupper() or text[:1] == "“" else text[:1].lower() + text[1:]

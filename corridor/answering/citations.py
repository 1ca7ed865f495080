"""How an answer cites an event, a document, a clause, a passage set side by side, or a fact no feature carries."""

from corridor.answering.figures import PUBLISHED, STATED, Evidence, Figure, Keys, KnownFigures, Reference, once
from corridor.errors import DocumentError
from corridor.texts.edition import read_edition

#: What stands around the text of the Declaration and may be quoted: its name, its note, what it leaves open.
PASSAGES = ("label", "note", "not_named")
#: Any point on which the Declaration's own passage is quoted; names the source that carries its text.
_DECLARED = ("what-is-connected", "declaration-2025")


def _event(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    event = evidence.events.get(keys["event"])
    if event is None:
        raise DocumentError(f"asks for {keys['event']!r}, which is not in the timeline")
    return Figure(what, event.date, "date", STATED, event.date, once(event.sources), by=event.says)


def _added(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    events = [event for event in evidence.events.values() if event.added]
    if not events:
        raise DocumentError("counts what is new in this edition, and no event of the timeline is marked as added")
    newest = max(event.date for event in events)
    sources = once(source for event in events for source in event.sources)
    return Figure(what, len(events), keys["unit"], "counted in the timeline", newest, sources)


def _instrument(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    instrument = evidence.instruments.get(keys["instrument"])
    if instrument is None:
        raise DocumentError(f"asks for {keys['instrument']!r}, which is not in the register")
    return Figure(what, instrument.status, "", STATED, instrument.status_as_of, once(instrument.sources))


def _clause(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    clause = evidence.clauses.get(keys["clause"])
    if clause is None or clause.number is None:
        raise DocumentError(f"asks for {keys['clause']!r}, which is not a numbered clause")
    declared = evidence.sayings[_DECLARED][0]
    return Figure(what, f"paragraph {clause.number}", "", STATED, declared.date, (declared.carried_by,))


def _saying(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    passage_and_saying = evidence.sayings.get((keys["point"], keys["text"]))
    if passage_and_saying is None or not passage_and_saying[1].words:
        raise DocumentError(f"asks what {keys['text']!r} says on {keys['point']!r}, where no words are quoted")
    passage, saying = passage_and_saying
    return Figure(
        what, f"“{saying.words}”", "", "word for word", passage.date, once(passage.sources), quote=saying.words
    )


def _finding(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    finding = evidence.findings.get(keys["finding"])
    if finding is None:
        raise DocumentError(
            f"asks for the finding {keys['finding']!r}, which geodata/texts/findings.toml does not have"
        )
    return Figure(
        what=what,
        value=finding.value,
        unit=finding.unit,
        accuracy=finding.accuracy or (PUBLISHED if isinstance(finding.value, (int, float)) else STATED),
        as_of=finding.as_of,
        sources=once(finding.sources),
        by=finding.by,
        quote=finding.quote,
    )


def _finding_day(what: str, keys: Keys, evidence: Evidence, known: KnownFigures) -> Figure:
    finding = _finding(what, keys, evidence, known)
    return Figure(what, finding.as_of, "date", STATED, finding.as_of, finding.sources)


def _previous_edition(what: str, _: Keys, __: Evidence, ___: KnownFigures) -> Figure:
    edition = read_edition()
    previous = edition.previous_to
    if previous is None:
        raise DocumentError("asks for the edition before this one, and there is none")
    return Figure(
        what, previous, "date", "up to when sources were searched for it", previous, (edition.previous_source,)
    )


def _passage(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    if evidence.declaration is None or keys["passage"] not in PASSAGES:
        raise DocumentError(f"asks for the passage {keys['passage']!r}; one of {', '.join(PASSAGES)} was expected")
    heading = evidence.declaration.heading
    return Figure(what, getattr(heading, keys["passage"]), "", STATED, heading.date, (heading.carried_by,))


def _phrases(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    if evidence.declaration is None:
        raise DocumentError("counts phrases, and no text is there to count in")
    heading = evidence.declaration.heading
    chosen = [
        anchor
        for anchor in evidence.declaration.anchors
        if anchor.relation in keys.get("relations", [anchor.relation])
        and anchor.clause in keys.get("clauses", [anchor.clause])
    ]
    return Figure(what, len(chosen), keys["unit"], "counted in the text as stored", heading.date, (heading.carried_by,))


CITED = (
    Reference("event", "The day of an event.", frozenset({"event"}), _event),
    Reference("added", "How many events are new in this edition.", frozenset({"unit"}), _added),
    Reference("instrument", "The status of a document.", frozenset({"instrument"}), _instrument),
    Reference("clause", "The number of a paragraph.", frozenset({"clause"}), _clause),
    Reference("saying", "The words of a text on a point set side by side.", frozenset({"point", "text"}), _saying),
    Reference("finding", "A fact that belongs to no feature.", frozenset({"finding"}), _finding),
    Reference("finding-day", "The day of such a fact.", frozenset({"finding"}), _finding_day),
    Reference("previous-edition", "Up to when the edition before this one goes.", frozenset(), _previous_edition),
    Reference(
        "passage", "The name of the Declaration, or what stands beside its text.", frozenset({"passage"}), _passage
    ),
    Reference(
        "phrases",
        "How many phrases of the text are linked, in all or some clauses and relations.",
        frozenset({"unit"}),
        _phrases,
        may=frozenset({"relations", "clauses"}),
    ),
)

"""The registers of documents, disagreements, parallel texts, people and short forms as they stand on a page."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from corridor.office.updates import Update
from corridor.present.footnotes import Footnotes
from corridor.present.registers.office import beneath
from corridor.present.registers.timeline import dated
from corridor.present.tables import CellContent, element, html_table, link, stacked
from corridor.present.words import source_line
from corridor.quantities import day
from corridor.sources import Source, SourceId
from corridor.texts.glossary import Acronym, Person
from corridor.texts.instruments import Act, Disagreement, Instrument, InstrumentId, Origins, Parallels, Saying
from corridor.texts.reading import Quotation, cited_ids
from corridor.texts.timeline import Event

#: Why the register has programmes of one State only.
WHOSE_PROGRAMMES = (
    "The sources read on the candidates name two programmes, both of Armenia. Of Azerbaijan and other States they name "
    "works, agreements and dates, which stand beside each candidate. What each State promised or expects for a section "
    "stands under the timeline, by one rule for all."
)


def origins(record: Origins) -> Markup:
    """Return the statement of where the sources come from, which stands above everything else."""
    return element(
        "aside",
        element("h2", "Where the sources come from"),
        element("p", record.statement),
        element("p", record.counting),
        class_="callout",
        aria_label="Where the sources come from",
    )


def instruments_table(instruments: Iterable[Instrument], notes: Footnotes, added: Iterable[Update] = ()) -> Markup:
    """Return the register by date: exact name, parties, who did what when, status with its day, relation to the map.

    What the office `added` about a document stands beneath its status, as its own.
    """
    by_office: dict[str, list[Update]] = {}
    for update in added:
        by_office.setdefault(update.feature, []).append(update)
    listed = list(instruments)
    rows = [
        [
            stacked([link(instrument.label, f"?feature={instrument.id}"), *_exact(instrument)]),
            ", ".join(instrument.parties),
            stacked(act(one_act, notes) for one_act in instrument.acts)
            if instrument.acts
            else element("span", day(instrument.date)),
            stacked(
                [
                    instrument.status,
                    element("span", f"as of {day(instrument.status_as_of)}", class_="soft"),
                    *beneath(by_office.get(instrument.id, ())),
                ]
            ),
            instrument.map_relation,
            notes.cite(instrument.sources),
        ]
        for instrument in listed
    ]
    return html_table(
        "Documents by date",
        [
            "Document and exact name",
            "Parties",
            "Signed, initialled, witnessed",
            "Status",
            "Relation to the map",
            "Sources",
        ],
        rows,
        anchors=[instrument.id.replace("/", "-") for instrument in listed],
        look="stack register",
    )


def _exact(instrument: Instrument) -> list[Markup]:
    return [] if instrument.name == instrument.label else [element("span", instrument.name, class_="soft")]


def act(done: Act, notes: Footnotes, *, verb: bool = True) -> Markup:
    """Return one act: what was done (unless a heading says it), on which day, by whom, and what is remarked on it."""
    said = f"{done.did.capitalize()} {day(done.date)}: " if verb else f"{day(done.date)}: "
    said += "; ".join(done.by)
    remark = element("span", f" {done.note}", class_="soft") if done.note else ""
    return element("span", element("span", said), remark, notes.cite(done.sources))


def instrument_record(instrument: Instrument, notes: Footnotes) -> Markup:
    """Return everything the register knows of one document or programme."""
    terms: list[tuple[str, CellContent]] = [
        ("Exact name", instrument.name),
        ("Parties", ", ".join(instrument.parties)),
        ("Date", day(instrument.date)),
        ("Status", f"{instrument.status} (as of {day(instrument.status_as_of)})"),
        *((done.did.capitalize(), act(done, notes, verb=False)) for done in instrument.acts),
        *([("Legal character", instrument.character)] if instrument.character else []),
        ("Relation to the map", instrument.map_relation),
        *([("Where sources differ", instrument.conflict)] if instrument.conflict else []),
        *([("Note", instrument.note)] if instrument.note else []),
    ]
    return _record(
        instrument.id,
        element("h3", instrument.label, notes.cite(instrument.sources)),
        terms,
        instrument.quotations,
        notes,
    )


def event_record(event: Event, instruments: Mapping[InstrumentId, Instrument], notes: Footnotes) -> Markup:
    """Return everything the timeline knows of one event."""
    documents = [link(instruments[i].label, f"?feature={i}") for i in event.instruments]
    terms: list[tuple[str, CellContent]] = [
        ("Date", dated(event)),
        ("What happened", event.sentence),
        ("Reported by", event.says),
        *([("Documents", stacked(documents))] if documents else []),
        *([("Where reports differ", event.disagreement)] if event.disagreement else []),
    ]
    return _record(event.id, element("h3", event.title, notes.cite(event.sources)), terms, event.quotations, notes)


def _record(
    identity: str,
    heading: Markup,
    terms: Iterable[tuple[str, CellContent]],
    quotations: Iterable[Quotation],
    notes: Footnotes,
) -> Markup:
    pairs = [part for term, words in terms for part in (element("dt", term), element("dd", words))]
    quoted = [quotation(words, notes) for words in quotations]
    words = element("div", *quoted, class_="versions") if quoted else ""
    return element(
        "article", heading, element("dl", *pairs), words, class_="record", id=f"record-{identity}".replace("/", "-")
    )


def quotation(words: Quotation, notes: Footnotes) -> Markup:
    """Return somebody's own words with who said them and when."""
    dated = words.as_of if words.as_of == "undated" else day(words.as_of)
    translated = ", in translation" if words.translated else ""
    caption = element("figcaption", f"{words.by}, {dated}{translated}", notes.cite(words.sources))
    remark = element("p", words.note, class_="soft") if words.note else ""
    return element("figure", element("blockquote", f"“{words.text}”"), caption, remark)


def disagreement(disputed: Disagreement, sources: dict[SourceId, Source], notes: Footnotes) -> Markup:
    """Return the versions of one disputed point side by side, and what can be said about it."""
    versions = []
    for version in disputed.versions:
        source = sources[version.source]
        number = f"{source.reference.partition(',')[0]}: " if source.kind == "seed" else ""
        caption = element("figcaption", f"{number}{source_line(source)}", notes.cite([version.source]))
        remark = element("p", version.note, class_="soft") if version.note else ""
        versions.append(element("figure", element("blockquote", f"“{version.quote}”"), caption, remark))
    return element(
        "section",
        element("h3", disputed.title),
        element("div", *versions, class_="versions", style=f"--columns:{_columns(len(versions))}"),
        element("p", disputed.remark, class_="remark"),
        aria_label=disputed.title,
    )


def _columns(count: int) -> int:
    """Return in how many columns so many quotations stand without one left alone in the last row."""
    return count if count <= 4 else -(-count // 2)


def parallels_table(parallels: Parallels, notes: Footnotes) -> Markup:
    """Return the points as rows and the texts as columns, each cell in the text's own words."""
    heads = [element("span", passage.label, notes.cite(passage.sources)) for passage in parallels.passages]
    rows = [[point.title, *(_saying(saying) for saying in point.sayings)] for point in parallels.points]
    return html_table("What four texts say on the same points", ["Point", *heads], rows, look="texts")


def _saying(saying: Saying) -> Markup:
    words = [element("q", saying.words)] if saying.words else []
    remark = [element("span", saying.remark, class_="soft")] if saying.remark else []
    return stacked([*words, *remark])


def passages(parallels: Parallels, notes: Footnotes) -> Markup:
    """Return the passages themselves, in full, beside each other."""
    columns = [
        element(
            "figure",
            element("figcaption", element("b", passage.label)),
            element("blockquote", passage.passage),
            element("p", passage.note, notes.cite([passage.carried_by]), class_="soft"),
        )
        for passage in parallels.passages
    ]
    return element("div", *columns, class_="versions four")


def people_table(people: Iterable[Person], notes: Footnotes) -> Markup:
    """Return who is who, by surname."""
    rows = [
        [
            stacked([person.name, *_spellings(person)]),
            person.state,
            stacked([person.office, element("span", f"as of {day(person.as_of)}", class_="soft")]),
            person.role,
            notes.cite(cited_ids(person)),
        ]
        for person in people
    ]
    return html_table(
        "People named by the documents",
        ["Name", "Country or body", "Office", "Part played", "Sources"],
        rows,
        look="stack",
    )


def _spellings(person: Person) -> list[Markup]:
    return [element("span", f"also {', '.join(person.spellings)}", class_="soft")] if person.spellings else []


def acronyms_table(acronyms: Iterable[Acronym], notes: Footnotes) -> Markup:
    """Return the short forms in alphabetical order."""
    rows = [
        [acronym.id, acronym.stands_for, acronym.note or None, notes.cite(acronym.sources) or None]
        for acronym in acronyms
    ]
    return html_table("Short forms", ["Short form", "Stands for", "Note", "Sources"], rows, look="stack")

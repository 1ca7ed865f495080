"""The text, the registers of documents and the layers as tables whose every entry keeps its source and date."""

from collections.abc import Collection, Iterable

from corridor.answering.figures import STATED, Figure
from corridor.land.catalogue import Layer
from corridor.land.features import ExclaveProperties, features_of
from corridor.present.cards.feature import CardLookup
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.words import known_to
from corridor.quantities import day
from corridor.sources import SourceId
from corridor.texts.boundary import Boundary
from corridor.texts.documents import RELATIONS, Document, clause_name
from corridor.texts.glossary import Acronym, Person
from corridor.texts.instruments import Disagreements, Instrument, Parallels
from corridor.texts.reading import Quotation
from corridor.texts.timeline import Event

WORD_FOR_WORD = "word for word"


def sourced(text: str, sources: Collection[SourceId], as_of: str = "", *, by: str = "", quote: str = "") -> Figure:
    """Return a text with its sources, as an entry of a table; `as_of` is an ISO date, "" where there is none."""
    return Figure("", text, "", WORD_FOR_WORD if quote else STATED, as_of, tuple(sources), by=by, quote=quote)


def phrases_sheet(document: Document, clause: str = "", relations: Collection[str] = ()) -> Sheet:
    """Return the linked phrases of one clause, or of all, how each stands to the land, and why; of some relations."""
    labels = {relation.id: relation.label for relation in RELATIONS}
    carried = (document.heading.carried_by,)
    rows: list[tuple[SheetEntry, ...]] = []
    for anchor in document.anchors:
        if clause in {"", anchor.clause} and (not relations or anchor.relation in relations):
            words = sourced(f"“{anchor.phrase}”", carried, document.heading.date, quote=anchor.phrase)
            rows.append((clause_name(anchor.clause).capitalize(), words, labels[anchor.relation], anchor.reason))
    return Sheet(
        "Phrases of the text, what each points to, and why",
        ("Where", "Words of the text", "How they stand to the map", "Why"),
        tuple(rows),
        heads=2,
    )


def areas_sheet(lookup: CardLookup) -> Sheet:
    """Return the areas under delimitation, each with the polygon it lies in; the same words for all."""
    rows: list[tuple[SheetEntry, ...]] = []
    for feature in features_of(lookup.features.values(), ExclaveProperties):
        properties = feature["properties"]
        held = sourced(lookup.territory(properties["inside_osm_polygon_of"]), properties["sources"])
        drawn = known_to(properties["accuracy_m"]) or "not drawn by itself"
        rows.append((properties["label"].partition(":")[0], held, "For the delimitation commissions", drawn))
    return Sheet(
        "Areas shown as exclaves on late-Soviet maps",
        ("Area", "Inside the OpenStreetMap polygon of", "Status", "Outline known to"),
        tuple(rows),
    )


def texts_sheet(parallels: Parallels) -> Sheet:
    """Return the points as rows and the texts as columns, each in the text's own words or with a remark."""
    passages = {passage.id: passage for passage in parallels.passages}
    rows: list[tuple[SheetEntry, ...]] = []
    for point in parallels.points:
        cells: list[SheetEntry] = []
        for saying in point.sayings:
            passage = passages[saying.text]
            quoted = sourced(f"“{saying.words}”", passage.sources, passage.date, quote=saying.words)
            cells.append(tuple(filter(None, [quoted if saying.words else None, saying.remark or None])))
        rows.append((point.title, *cells))
    return Sheet(
        "What four texts say on the same points", ("Point", *(p.label for p in parallels.passages)), tuple(rows)
    )


def register_sheet(instruments: Iterable[Instrument]) -> Sheet:
    """Return documents and programmes by date, with parties, acts and status."""
    return Sheet(
        "Documents by date",
        ("Document", "Parties", "What was done", "Status", "As of"),
        tuple(
            (
                instrument.label,
                ", ".join(instrument.parties),
                tuple(
                    sourced(f"{a.did.capitalize()} {day(a.date)}: {'; '.join(a.by)}", a.sources)
                    for a in instrument.acts
                )
                or day(instrument.date),
                sourced(instrument.status, instrument.sources, instrument.status_as_of),
                day(instrument.status_as_of),
            )
            for instrument in instruments
        ),
    )


def timeline_sheet(events: Iterable[Event]) -> Sheet:
    """Return events by date: what happened, who reports it, where reports differ."""
    return Sheet(
        "What happened when",
        ("Date", "What happened", "Reported by", "Where reports differ"),
        tuple(
            (
                day(event.date) if event.until is None else f"{day(event.date)} to {day(event.until)}",
                sourced(event.sentence, event.sources, event.date),
                event.says,
                event.disagreement or None,
            )
            for event in events
        ),
    )


def disagreements_sheet(disagreements: Disagreements) -> Sheet:
    """Return the points on which sources differ, with their words under each other."""
    return Sheet(
        "Where sources disagree",
        ("Point", "In their own words", "What can be said"),
        tuple(
            (
                disagreement.title,
                tuple(
                    sourced(f"“{version.quote}”", [version.source], quote=version.quote)
                    for version in disagreement.versions
                ),
                disagreement.remark,
            )
            for disagreement in disagreements.entries
        ),
    )


def people_sheet(people: Iterable[Person]) -> Sheet:
    """Return who is who, by surname."""
    return Sheet(
        "People named by the documents",
        ("Name", "Country or body", "Office", "As of", "Part played"),
        tuple(
            (
                person.name,
                person.state,
                sourced(person.office, person.sources, person.as_of),
                day(person.as_of),
                person.role,
            )
            for person in people
        ),
    )


def acronyms_sheet(acronyms: Iterable[Acronym]) -> Sheet:
    """Return the short forms in alphabetical order."""
    return Sheet(
        "Short forms",
        ("Short form", "Stands for", "Note"),
        tuple((acronym.id, sourced(acronym.stands_for, acronym.sources), acronym.note or None) for acronym in acronyms),
    )


def boundary_sheet(boundary: Boundary) -> Sheet:
    """Return what each government has said on the border, question by question, in columns of equal weight."""

    def said(quotations: Iterable[Quotation]) -> SheetEntry:
        return tuple(
            sourced(
                f"“{quotation.text}” ({quotation.by}, {day(quotation.as_of)})",
                quotation.sources,
                quotation.as_of,
                by=quotation.by,
                quote=quotation.text,
            )
            for quotation in quotations
        )

    return Sheet(
        "What the two governments have said about the border",
        ("Question", "Said for Armenia", "Said for Azerbaijan", "On this map"),
        tuple((topic.title, said(topic.armenia), said(topic.azerbaijan), topic.remark) for topic in boundary.topics),
    )


def layers_sheet(layers: Iterable[Layer]) -> Sheet:
    """Return the layers of the map with accuracy, date and licence."""

    def accuracy(layer: Layer) -> Figure:
        what = f"Accuracy of {layer.title}"
        return Figure(what, layer.accuracy_m, "m", layer.accuracy_note, layer.as_of, tuple(layer.sources))

    return Sheet(
        "Layers of the map",
        ("Layer", "Accuracy (m)", "What that means", "As of", "Licence"),
        tuple((layer.title, accuracy(layer), layer.accuracy_note, day(layer.as_of), layer.licence) for layer in layers),
        numeric=(1,),
    )

"""What is known of a document or an event the Declaration points to, laid out as a card; neither is drawn."""

from collections.abc import Iterable

from corridor.present.cards.feature import CardLookup, card
from corridor.present.cards.record import Card
from corridor.present.cards.rows import CardRow, Rows
from corridor.quantities import day
from corridor.texts.instruments import Act, Instrument
from corridor.texts.reading import Quotation, cited_ids
from corridor.texts.timeline import Event


def instrument_card(lookup: CardLookup, instrument: Instrument) -> Card:
    """Return the card of a document or programme: exact name, parties, acts with their dates, status, force."""
    rows = Rows(instrument.label, lookup.sources)
    sources = instrument.sources
    card_rows = [
        rows.row("Exact name", instrument.name, sources, common=True),
        rows.row("Parties", ", ".join(instrument.parties), sources, common=True),
        rows.row("Status", instrument.status, sources, as_of=instrument.status_as_of, common=True),
        *(_act(rows, act) for act in instrument.acts),
        *([rows.row("Legal character", instrument.character, sources, common=True)] if instrument.character else []),
        rows.row("On the map", instrument.map_relation, sources, common=True),
        *_quotations(rows, instrument.quotations),
    ]
    return card(
        lookup,
        instrument.id,
        instrument.label,
        f"{instrument.kind.capitalize()} · {day(instrument.date)}",
        card_rows,
        paragraphs=[instrument.conflict, instrument.note],
        sources=cited_ids(instrument),
    )


def event_card(lookup: CardLookup, event: Event, instruments: dict[str, Instrument]) -> Card:
    """Return the card of a dated event: who reports it, which documents it concerns, where reports differ."""
    rows = Rows(event.title, lookup.sources)
    dated = day(event.date) if event.until is None else f"{day(event.date)} to {day(event.until)}"
    card_rows = [
        rows.row("Date", dated, event.sources, common=True),
        rows.row("Said by", event.says, event.sources, common=True),
        *(rows.row("Document", instruments[i].label, instruments[i].sources, common=True) for i in event.instruments),
        *_quotations(rows, event.quotations),
    ]
    disputed = f"Where reports differ: {event.disagreement}" if event.disagreement else ""
    shown = card(
        lookup,
        event.id,
        event.title,
        f"Event · {dated}",
        card_rows,
        paragraphs=[event.sentence, disputed],
        sources=cited_ids(event),
    )
    if event.question is not None:
        shown["link"] = {
            "words": f"More under question {event.question}",
            "address": f"/questions?question={event.question}",
        }
    return shown


def _act(rows: Rows, act: Act) -> CardRow:
    return rows.row(act.did.capitalize(), ", ".join(act.by), act.sources, as_of=act.date, accuracy=act.note or None)


def _quotations(rows: Rows, quotations: Iterable[Quotation]) -> list[CardRow]:
    return [
        rows.row(
            "In the words of",
            quotation.by + (", in translation" if quotation.translated else ""),
            quotation.sources,
            accuracy=quotation.note or None,
            as_of=quotation.as_of,
            quote=quotation.text,
        )
        for quotation in quotations
    ]

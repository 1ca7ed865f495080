"""What is known of a candidate route or connection as a whole, laid out as a card that lights its segments."""

from collections.abc import Sequence

from corridor.assessing.candidate_lines import counted_legs
from corridor.assessing.ground_along import candidate_ground
from corridor.candidates import MODE_WORDS, Candidate, Said, Statement
from corridor.land.elevation import read_elevation
from corridor.land.features import FeatureId, FeatureName
from corridor.legs import Leg, by_country
from corridor.present.cards.feature import CardLookup, card
from corridor.present.cards.record import Card
from corridor.present.cards.rows import CardRow, Rows, ground_row
from corridor.present.cards.segment_rows import NOBODY
from corridor.present.words import known_to, standard_gap
from corridor.quantities import published_first, used_kilometres
from corridor.sources import SourceId

BASE_CASE = "Base case, for comparison: it does not cross Armenia"


def candidate_card(lookup: CardLookup, candidate: Candidate, drawn_from: Sequence[SourceId]) -> Card:
    """Return the card of a candidate; `drawn_from` are the sources of the route layer its kilometres rest on."""
    rows = Rows(candidate.name, lookup.sources)
    way = counted_legs(candidate, lookup.features)
    lines = [
        rows.row("From – to", f"{candidate.origin} – {candidate.destination}", candidate.sources, common=True),
        *_kilometres(lookup, rows, way, drawn_from),
        *_ground(lookup, rows, candidate),
        *(_crossing(lookup, rows, f"crossing/{crossing}") for crossing in candidate.crossings),
        *_statements(rows, "Connects for Armenia", candidate.connects_for_armenia),
        *_statements(rows, "Connects for Azerbaijan", candidate.connects_for_azerbaijan),
        *_statements(rows, "Missing", candidate.missing_parts),
        *_said(rows, "Proposed by", candidate.proposed_by, candidate.sources),
        *_said(rows, "Answered by", candidate.answered_by, candidate.sources),
    ]
    unknown = f"Not known: {'; '.join(candidate.not_known)}. {standard_gap()}" if candidate.not_known else ""
    kind = BASE_CASE if candidate.base_case else "Candidate"
    return card(
        lookup,
        f"candidate/{candidate.id}",
        candidate.name,
        f"{MODE_WORDS[candidate.mode]} · {kind}",
        lines,
        paragraphs=[candidate.note or "", unknown],
        sources=[*candidate.sources, *drawn_from],
        names=[name_of(name) for name in candidate.names],
        lights=[leg.segment for leg in way],
        territories=dict.fromkeys(leg.country for leg in way),
    )


def _kilometres(lookup: CardLookup, rows: Rows, way: Sequence[Leg], drawn_from: Sequence[SourceId]) -> list[CardRow]:
    card_rows = []
    for country, km in by_country(way).items():
        here = [leg for leg in way if leg.country == country]
        known_m = max((leg.accuracy_m for leg in here if leg.accuracy_m is not None), default=None)
        card_rows.append(
            rows.row(
                f"In {lookup.territory(country)}",
                used_kilometres(here) if km.high else "not drawn",
                [*dict.fromkeys([*(source for leg in here for source in leg.sources), *drawn_from])],
                unit="km" if km.high else None,
                accuracy=_how(here, known_m),
                as_of=max(lookup.features[leg.segment]["properties"]["as_of"] for leg in here),
                common=True,
            )
        )
    return card_rows


def _ground(lookup: CardLookup, rows: Rows, candidate: Candidate) -> list[CardRow]:
    ground = candidate_ground(candidate, lookup.features, lookup.territory, read_elevation())
    return [] if ground is None else [ground_row(rows, ground)]


def _how(here: Sequence[Leg], known_m: float | None) -> str:
    """Say which of the kilometres are published and which are as drawn, and how far the lines may lie to the side."""
    sideways = f"; sideways accuracy {known_to(known_m)}" if known_m is not None else ""
    return f"{published_first(here)}{sideways}"


def _crossing(lookup: CardLookup, rows: Rows, crossing: FeatureId) -> CardRow:
    properties = lookup.features[crossing]["properties"]
    return rows.row(
        "Border crossing",
        properties["label"],
        properties["sources"],
        accuracy=properties["status"],
        as_of=properties["status_as_of"] or "undated",
    )


def _statements(rows: Rows, label: str, statements: Sequence[Statement]) -> list[CardRow]:
    return [rows.row(label, statement.text, statement.sources) for statement in statements]


def _said(rows: Rows, label: str, statements: Sequence[Said], sources: Sequence[SourceId]) -> list[CardRow]:
    if not statements:
        return [rows.row(label, NOBODY[label], sources, common=True)]
    return [
        rows.row(label, said.what, said.sources, by=said.by, as_of=said.as_of or "undated", quote=said.quote)
        for said in statements
    ]


def name_of(name: tuple[str | bool, ...]) -> FeatureName:
    """Return one other name of a candidate or event: text and language, then, if given, a note and if contested."""
    text, language, *more = name
    note = str(more[0]) if more else None
    return {"text": str(text), "language": str(language), "note": note, "contested": len(more) > 1 and bool(more[1])}

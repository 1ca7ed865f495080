"""A reader's own route as a card beside the shipped ones: what it is called, its kilometres, where all else stands."""

from collections.abc import Mapping

from corridor.assessing.ground_profile import GroundProfile
from corridor.present.cards.record import Card
from corridor.present.cards.rows import CardRow, Rows, cited_sources, ground_row, row_text
from corridor.present.own_route.figures import AS_DRAWN, OWN_FILE, RouteFigures
from corridor.present.words import known_to
from corridor.sources import Source, SourceId

OWN = "A route of your own; only your browser sees it here. No clause of the Declaration names it."


def own_card(
    identity: str, figures: RouteFigures, ground: GroundProfile, sources: Mapping[SourceId, Source], page: str
) -> Card:
    """Return the card of an own route; `page` is the address of the page that checks it, within this application.

    `sources` hold the reader's own file as OWN_FILE among the shipped ones.
    """
    rows = Rows(figures.name, sources)
    lines = [
        _row(
            rows, "Length", figures, figures.length.value, f"{AS_DRAWN}, known to {known_to(figures.length.accuracy_m)}"
        )
    ]
    for share in figures.shares:
        name = figures.label(share.territory)
        length = figures.km(f"in {name}", share.km, AS_DRAWN, ("territory", "border"))
        span = f"between {share.least_km:,.1f} and {share.most_km:,.1f} km, given the accuracy of border and line"
        lines.append(_row(rows, f"In {name}", figures, length.value, span, length.sources))
    lines.append(ground_row(rows, ground))
    return {
        "id": identity,
        "title": figures.name,
        "subtitle": f"Own route · {sources[OWN_FILE].title}",
        "names": [],
        "rows": lines,
        "paragraphs": [],
        "sources": cited_sources((OWN_FILE, *figures.layers["border"].sources, *ground.sources), sources),
        "clauses": [],
        "not_named": OWN,
        "bounds": None,
        "lights": [identity],
        "link": {"words": "Findings, all numbers and answers", "address": page},
        "copy": "\n".join([f"{figures.name} (own route, {sources[OWN_FILE].title})", *map(row_text, lines)]),
    }


def _row(
    rows: Rows,
    label: str,
    route_figures: RouteFigures,
    value: float | str,
    accuracy: str,
    sources: tuple[SourceId, ...] = (OWN_FILE,),
) -> CardRow:
    as_of = max(
        route_figures.kept_on.isoformat(), *(route_figures.layers[layer].as_of for layer in ("territory", "border"))
    )
    return rows.row(label, value, sources, unit="km", accuracy=accuracy, as_of=as_of, common=True)

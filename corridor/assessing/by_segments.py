"""What the tables say of a shipped candidate: the country of a segment is a fact of its table, not of its drawing."""

from collections.abc import Sequence
from itertools import groupby, pairwise

from corridor.assessing.judging import Answer, Case, Judgement, TableCrossing, information, no_data
from corridor.assessing.region import PARTIES
from corridor.land.territory import TerritoryId
from corridor.legs import Leg, total
from corridor.quantities import counted, day, listed, published_first, sentence, within
from corridor.sources import SourceId
from corridor.texts.edition import facts_as_of


def countries(case: Case) -> tuple[TerritoryId, ...]:
    """Return the territories a candidate runs through, in the order of travel."""
    return tuple(country for country, _ in groupby(leg.country for leg in case.attributes.legs))


def in_territory(case: Case, territory: TerritoryId, otherwise: str) -> Judgement:
    """Judge whether a candidate runs in a territory by its segments; `otherwise` is added where none lies there."""
    legs, name = case.attributes.legs, case.region.label(territory)
    here = [leg for leg in legs if leg.country == territory]
    if not here:
        because = f"None of its {counted(len(legs), 'segment')} lies in {name}. {otherwise}"
        return Judgement(Answer.NOT_MET, because, value=0.0, unit="km")
    lie = "lies" if len(here) == 1 else "lie"
    because = f"{len(here)} of its {counted(len(legs), 'segment')} {lie} in {name}. Length: {published_first(here)}."
    return Judgement(
        Answer.MET,
        because,
        value=total(here).used,
        unit="km",
        details=tuple(f"{leg.label}: {published_first([leg])}" for leg in here),
        sources=_sources(here),
    )


def other_countries(case: Case) -> Judgement:
    """Give the km in countries other than Armenia and Azerbaijan."""
    legs = [leg for leg in case.attributes.legs if case.region.state(leg.country) not in PARTIES]
    if not legs:
        return information("All of its segments lie in Armenia and Azerbaijan.", 0.0, "km")
    by_name = {case.region.label(leg.country): leg.country for leg in legs}
    said = [
        f"in {name} {published_first([leg for leg in legs if leg.country == country])}"
        for name, country in sorted(by_name.items())
    ]
    because = (
        f"By its segments: {'. '.join(sentence(words) if number else words for number, words in enumerate(said))}."
    )
    return information(because, total(legs).used, "km", sources=_sources(legs))


def border_crossings(case: Case) -> Judgement:
    """Count the borders between one segment and the next."""
    order = countries(case)
    crossed = len(order) - 1
    names = f": {' – '.join(case.region.label(country) for country in order)}" if crossed else ""
    because = f"It crosses {counted(crossed, 'border')} by its segments{names}."
    return information(because, float(crossed), "crossings", details=tuple(c.label for c in case.attributes.crossings))


def posts(case: Case) -> Judgement:
    """List the crossings of the candidate in the order of travel, each with its status and date."""
    crossings = case.attributes.crossings
    if not crossings:
        return no_data("No crossing of a border is listed for it.")
    operating = sum(crossing.status == "operating" for crossing in crossings)
    are = "is" if operating == 1 else "are"
    because = f"{operating} of its {counted(len(crossings), 'crossing')} {are} known to operate."
    lines = tuple(f"{crossing.label}: {crossing.status}, {_dated(crossing)}" for crossing in crossings)
    sources = tuple(dict.fromkeys(source for crossing in crossings for source in crossing.sources))
    return information(because, float(operating), "posts operating", details=lines, sources=sources)


def _dated(crossing: TableCrossing) -> str:
    return day(crossing.status_as_of) if crossing.status_as_of else "undated"


def between_parties(case: Case) -> int:
    """Count the borders between Armenia and Azerbaijan on the way."""
    states = [case.region.state(country) for country in countries(case)]
    return sum({before, after} == PARTIES for before, after in pairwise(states))


def delimitation(case: Case) -> Judgement:
    """Count the crossings between Armenia and Azerbaijan by whether the border is delimited there."""
    ours = [
        c for c in case.attributes.crossings if {case.region.state(territory) for territory in c.territories} == PARTIES
    ]
    words = {True: "delimited", False: "not delimited", None: "not examined"}
    open_ones = sum(crossing.delimited is False for crossing in ours)
    because = (
        f"{counted(len(ours), 'crossing')} between Armenia and Azerbaijan, {open_ones} where the border is not "
        f"delimited ({day(facts_as_of())})."
    )
    lines = tuple(f"{crossing.label}: {words[crossing.delimited]}" for crossing in ours)
    return information(because, float(open_ones), "crossings", details=lines)


def areas_under_delimitation(case: Case) -> Judgement:
    """Name the areas under delimitation that a candidate passes; how far it runs in one no drawing of ours can say."""
    areas = case.measures.areas
    if not areas:
        return information("It comes near none of the areas under delimitation that are drawn.", 0.0, "km")
    passed = [f"{area.area.label.partition(':')[0]} ({within(area.accuracy_m)})" for area in areas]
    which = "it touches the area" if len(areas) == 1 else "it touches them"
    return information(f"It passes {listed(passed)}. Our line is too rough to say whether {which}.")


def _sources(legs: Sequence[Leg]) -> tuple[SourceId, ...]:
    return tuple(dict.fromkeys(source for leg in legs for source in leg.sources))

"""Two to six routes side by side as tables: the same numbers for each, how they differ, where they part and meet."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import copysign

from corridor.answering.figures import MEASURED, Figure
from corridor.assessing.assessment import Assessment
from corridor.assessing.compared_lengths import ComparedLength
from corridor.assessing.comparison import Comparison, QuantityRow
from corridor.assessing.region import Region, Settlement
from corridor.assessing.route_facts import FULLER_LIST
from corridor.candidates import Candidate
from corridor.legs import known_lengths
from corridor.present.context import BriefingContext
from corridor.present.own_route.course import crossings_sheet
from corridor.present.own_route.figures import RouteFigures
from corridor.present.sheets import Sheet, SheetEntry
from corridor.quantities import (
    kilometres,
    listed,
    longer_or_shorter,
    metres,
    published_first,
    rounded_accuracy,
    used_kilometres,
    within,
)
from corridor.sources import UNDATED, SourceId

#: The layer whose polygons tell in which territory a line runs; its sources stand beside such lengths.
TERRITORY = "territory"
LENGTHS, OTHERS = "Length by territory", "Other quantities"
#: What the length of a whole route is called among the quantities, and among lengths by territory.
WHOLE = "Length"
WHOLE_LENGTH = "Whole length"
#: Heads the names of what each row of such a table is of.
ROW_OF_LENGTHS, ROW_OF_OTHERS = "Territory", "Quantity"
#: Said of a difference: which lengths it is of.
BOTH_LENGTHS = "difference of the two lengths; segments of both play no part"
#: In km, the last digit of a length that is shown.
TENTH = 0.1
#: Stands where a difference is smaller than what the drawings allow, and where no number can be given.
NO_DIFFERENCE, TOO_ROUGH = "within what the drawings allow", "our line is too rough to say"


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """A route that is compared: its name, how exactly it is known as a whole and by territory, and its sources.

    Accuracies are in metres; `by_territory_m` goes by the label of the territory.
    """

    name: str
    accuracy_m: float
    by_territory_m: Mapping[str, float]
    sources: tuple[SourceId, ...]

    def known_to_m(self, row: QuantityRow) -> float | None:
        """Return how exactly a length of this line is known, in metres; None for what is no length."""
        return self.by_territory_m.get(row.label, self.accuracy_m) if row.unit == "km" else None


def line_of(
    assessment: Assessment, candidate: Candidate | None, context: BriefingContext, own: Sequence[SourceId] = ()
) -> ComparedLine:
    """Return a route as a line of a comparison; `own` are the sources of one that is not a shipped candidate."""
    sources = (*own, *context.shipped.layers[TERRITORY].sources)
    exact: dict[str, float] = {}
    if candidate is not None:
        drawn = [
            segment for segment in context.table_lookup.segment_figures(candidate) if segment.measured_km is not None
        ]
        for segment in drawn:
            label = context.region.label(segment.country)
            exact[label] = max(exact.get(label, 0.0), float(segment.properties["accuracy_m"] or 0.0))
        sources = (*context.evidence.drawn_from([segment.properties for segment in drawn]), *sources)
    return ComparedLine(
        assessment.route.name,
        max(exact.values(), default=rounded_accuracy(assessment.measures.accuracy.metres)),
        exact,
        tuple(dict.fromkeys(sources)),
    )


def lengths_sheet(comparison: Comparison, lines: Sequence[ComparedLine], as_of: str) -> Sheet:
    """Return the length of each route, by territory and whole; published lengths are named where a route has one."""
    published = any(
        known.used == "published"
        for row in comparison.by_territory
        for length in row.lengths
        for known in known_lengths(length.legs)
    )
    title = f"{LENGTHS}, published first" if published else LENGTHS
    whole = replace(_whole(comparison), label=WHOLE_LENGTH)
    return quantities_sheet(title, ROW_OF_LENGTHS, (*comparison.by_territory, whole), lines, as_of)


def others_sheet(comparison: Comparison, lines: Sequence[ComparedLine], as_of: str) -> Sheet:
    """Return all other quantities of routes side by side; their lengths stand by territory."""
    whole = _whole(comparison)
    return quantities_sheet(OTHERS, ROW_OF_OTHERS, [row for row in comparison.rows if row is not whole], lines, as_of)


def _whole(comparison: Comparison) -> QuantityRow:
    return next(row for row in comparison.rows if row.label == WHOLE)


def quantities_sheet(
    title: str, row_of: str, rows: Sequence[QuantityRow], lines: Sequence[ComparedLine], as_of: str
) -> Sheet:
    """Return quantities of routes side by side under `title`; `row_of` says what the name of each row is of.

    `as_of` is the date of the land they are measured against.
    """

    def figure(row: QuantityRow, number: int) -> Figure | str:
        line, value = lines[number], row.values[number]
        if value is None:
            return TOO_ROUGH
        what = f"{row.label}: {line.name}"
        if row.lengths and row.lengths[number].legs:
            return _published_first(what, row.lengths[number], line)
        if row.unit == "m":
            return Figure(what, within(value), "", MEASURED, as_of, line.sources)
        unit = "" if row.unit == "crossings" else row.unit
        said = value if row.unit else f"{value:.2f}"
        return Figure(what, said, unit, MEASURED, as_of, line.sources, accuracy_m=line.known_to_m(row))

    entries: list[tuple[SheetEntry, ...]] = [
        (row.label, *(figure(row, number) for number in range(len(lines)))) for row in rows
    ]
    return Sheet(title, (row_of, *(line.name for line in lines)), tuple(entries))


def _published_first(what: str, length: ComparedLength, line: ComparedLine) -> Figure:
    """Return the length of some segments as a figure: the published range, with what is as drawn named beside it."""
    published = [source for leg in length.legs for source in leg.sources]
    dates = [known.as_of for known in known_lengths(length.legs) if known.as_of != UNDATED]
    return Figure(
        what=what,
        value=length.km,
        unit="km",
        accuracy=published_first(length.legs),
        as_of=max(dates, default=UNDATED),
        sources=tuple(dict.fromkeys((*published, *line.sources))),
        words=used_kilometres(length.legs),
    )


def differences_sheet(comparison: Comparison, lines: Sequence[ComparedLine], as_of: str) -> Sheet:
    """Return by how much each other route is longer or shorter than the first, as a whole and by territory."""
    first, *others = lines
    length = _whole(comparison)

    def figure(row: QuantityRow, number: int) -> Figure | str:
        line, value = others[number], row.differences[number]
        if value is None:
            return _why_no_difference(row.lengths[0], row.lengths[number + 1])
        # The two routes alone decide how exact their difference is, whatever else stands beside them.
        by_table = any(length.legs for length in (row.lengths[0], row.lengths[number + 1]))
        if not by_table:
            value = of_shown(row, number)
        said = longer_or_shorter(value, decimals=0 if by_table else 1)
        sources = tuple(dict.fromkeys((*first.sources, *line.sources)))
        what = f"{row.label}: {line.name} against {first.name}"
        return Figure(what, said, "km", BOTH_LENGTHS, as_of, sources)

    entries: list[tuple[SheetEntry, ...]] = [
        (row.label, *(figure(row, number) for number in range(len(others))))
        for row in (length, *comparison.by_territory)
    ]
    title = f"Difference in length from “{first.name}”"
    return Sheet(title, ("Difference (km)", *(line.name for line in others)), tuple(entries))


def of_shown(row: QuantityRow, number: int) -> float:
    """Return the difference of two lengths in km as they are shown, to 0.1 km, so that whoever subtracts gets the same.

    One that would be written as nothing stays smaller than that: it is told as a bound. Where segments of both play no
    part the difference is not that of the two lengths, and stays.
    """
    exact = row.differences[number] or 0.0
    shown = round(row.lengths[number + 1].km, 1) - round(row.lengths[0].km, 1)
    if not exact or abs(shown - exact) > TENTH:
        return exact
    return shown if round(abs(shown), 1) else copysign(TENTH / 4, exact)


def _why_no_difference(first: ComparedLength, other: ComparedLength) -> str:
    """Return that a difference is no larger than the drawings allow, with the kilometres that rest on a drawing."""
    shared = {leg.segment for leg in first.legs} & {leg.segment for leg in other.legs}
    drawn = [kilometres(_as_drawn(length, shared)) for length in (first, other)]
    return f"{NO_DIFFERENCE}: without a published length are {drawn[0]} of the first, {drawn[1]} of this"


def _as_drawn(length: ComparedLength, shared: Collection[str]) -> float:
    if not length.legs:
        return length.km
    own = known_lengths([leg for leg in length.legs if leg.segment not in shared])
    return sum(known.used_km for known in own if known.used == "drawn")


def every_crossing_sheet(routes: Iterable[RouteFigures]) -> Sheet:
    """Return the borders every route crosses, route by route in the order of its line."""
    tables = [(route.name, crossings_sheet(route)) for route in routes]
    rows: list[tuple[SheetEntry, ...]] = [(name, *row) for name, table in tables for row in table.rows]
    heading = tables[0][1]
    return Sheet(heading.title, ("Route", *heading.columns), tuple(rows), numeric=(3,), heads=3)


def settlements_sheet(comparison: Comparison, region: Region) -> Sheet:
    """Return the settlements that lie near another route and not near the first, and the reverse, by country."""
    rows: list[tuple[SheetEntry, ...]] = []
    for pairing in comparison.pairings:
        for change in pairing.settlements:
            rows.append(
                (
                    pairing.name,
                    f"{change.ring_km:g} km",
                    _by_country(change.gained, region),
                    _by_country(change.lost, region),
                )
            )
    first = comparison.names[0]
    return Sheet(
        f"Settlements near one line and not near “{first}”, and the reverse. {FULLER_LIST}",
        ("Route", "Within", "Near this and not near the first", "Near the first and not near this"),
        tuple(rows),
        heads=2,
    )


def _by_country(settlements: Sequence[Settlement], region: Region) -> tuple[str, ...]:
    by_country: dict[str, list[str]] = {}
    for settlement in settlements:
        by_country.setdefault(region.label(settlement.country), []).append(settlement.label)
    return tuple(f"{country}: {listed(sorted(names))}" for country, names in sorted(by_country.items())) or ("none",)


def nearness_sheet(comparison: Comparison, sources: Sequence[SourceId], as_of: str) -> Sheet:
    """Return how far the lines lie apart as shares, offsets and Fréchet distance: for downloads only."""
    rows: list[tuple[SheetEntry, ...]] = []

    def of(what: str, value: str, unit: str, accuracy: str) -> Figure:
        return Figure(what, value, unit, accuracy, as_of, tuple(sources))

    for pairing in comparison.pairings:
        for way, near in (("this from the first", pairing.to_base), ("the first from this", pairing.from_base)):
            looked = f"looked at every {metres(near.step_m)} of the line"
            what = f"{pairing.name}, {way}"
            rows.append(
                (
                    pairing.name,
                    way,
                    of(f"{what}: share within {metres(near.within_m)}", f"{near.share * 100:.1f}", "%", looked),
                    *(
                        of(f"{what}: offset that {part} of the length does not exceed", f"{value:,.0f}", "m", looked)
                        for part, value in (
                            ("half", near.p50_m), ("nine tenths", near.p90_m), ("all", near.p100_m),
                        )
                    ),
                    of(
                        f"{pairing.name}: discrete Fréchet distance",
                        f"{pairing.frechet.metres:,.0f}",
                        "m",
                        f"between places at most {metres(pairing.frechet.resolution_m)} apart",
                    ),
                )
            )  # fmt: skip
    return Sheet(
        "How far the lines lie apart",
        ("Route", "Seen", "Share of its length near", "Half within", "Nine tenths within", "All within", "Fréchet"),
        tuple(rows),
        heads=2,
    )

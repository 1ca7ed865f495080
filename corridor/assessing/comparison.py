"""Several routes side by side: what each has, how they differ, and where they part and meet again."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridor.assessing.assessment import Assessment
from corridor.assessing.compared_lengths import (
    ComparedLength,
    RouteByLengths,
    compared_length,
    difference,
    route_by_lengths,
)
from corridor.assessing.judging import Answer
from corridor.assessing.nearness import Band
from corridor.assessing.neighbours import RINGS_KM
from corridor.assessing.offsets import Frechet, Offsets, distances_m, frechet, offsets
from corridor.assessing.parting import PartingRun, parting_runs
from corridor.assessing.region import Settlement
from corridor.land.territory import TerritoryId
from corridor.quantities import counted, kilometres, listed, metres, within
from corridor.reading.parallel_looks import BESIDE_M

#: Metres within which two routes run on the same ground: the two carriageways or tracks of one way lie no farther apart
#: (`corridor.reading.repeats`). Kilometres of it that are worth a word.
SAME_GROUND_M, WORTH_A_WORD_KM = BESIDE_M, 0.5
#: Metres that two lines of one drawing may lie apart when a program has written the numbers anew: five decimals of a
#: degree are 1.1 m (RFC 7946, 11.2, advises six).
SAME_LINE_M = 1.2
#: Most routes that can be read side by side.
AT_MOST = 6


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """One quantity: its value for each route and the difference of each other route from the first.

    A value is None where a line is too rough to say, a difference where it is less than the drawings allow. `lengths`
    are those of a row of lengths, one for each route; other rows have none.
    """

    label: str
    unit: str
    values: tuple[float | None, ...]
    differences: tuple[float | None, ...]
    lengths: tuple[ComparedLength, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One question: its clause (None: none) and the answer and sentence for each route."""

    id: str
    clause: str | None
    question: str
    answers: tuple[Answer, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettlementChange:
    """Settlements that another route has within a ring and the first has not (gained), and the reverse (lost)."""

    ring_km: float
    gained: tuple[Settlement, ...]
    lost: tuple[Settlement, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """How one other route lies to the first; `base_runs` are along the first, `other_runs` along the other.

    `same_ground_km` is how far the other runs within SAME_GROUND_M of the first, in km of its own length as drawn and
    no more than the first has; `known_to_m` how far the less exact of the two may lie to the side, in metres.
    """

    name: str
    to_base: Offsets
    from_base: Offsets
    frechet: Frechet
    base_runs: tuple[PartingRun, ...]
    other_runs: tuple[PartingRun, ...]
    settlements: tuple[SettlementChange, ...]
    same_ground_km: float
    known_to_m: float

    @property
    def only_as_drawn(self) -> bool:
        """Whether the lines are too rough to tell on the ground whether they run together."""
        return self.known_to_m > self.to_base.within_m

    @property
    def said_of_ground(self) -> str:
        """How far the other runs on the ground of the first, in a sentence; "" where that is less than a word's worth.

        Each keeps its whole length.
        """
        if self.same_ground_km < WORTH_A_WORD_KM:
            return ""
        km, near = kilometres(self.same_ground_km), metres(SAME_GROUND_M)
        ground = f" as drawn ({within(self.known_to_m)})" if self.known_to_m > SAME_GROUND_M else ": on the same ground"
        return f"{km} of “{self.name}” run within {near} of the first route{ground}. Each keeps its whole length."


@dataclass(frozen=True, slots=True)
class Comparison:
    """Routes side by side, the first being the one the others are compared with; no total and no order of merit.

    `modes` names a difference of modes in a sentence, None when the modes agree or are not stated. `routes` are the
    routes themselves in their order. `same_lines` are the numbers, from 1, of routes that are one line as drawn.
    """

    names: tuple[str, ...]
    rows: tuple[QuantityRow, ...]
    by_territory: tuple[QuantityRow, ...]
    criteria: tuple[CriterionRow, ...]
    pairings: tuple[Pairing, ...]
    modes: str | None
    routes: tuple[RouteByLengths, ...]
    same_lines: tuple[tuple[int, ...], ...]

    @property
    def said_of_same_lines(self) -> tuple[str, ...]:
        """Which routes are one line as drawn: a sentence for each line that several are."""
        return tuple(
            f"Routes {listed([str(number) for number in numbers])} are the same line as drawn: "
            f"{listed([f'“{self.names[number - 1]}”' for number in numbers])} are nowhere more than 2 m apart."
            for numbers in self.same_lines
        )


def compare(
    base: Assessment,
    others: Sequence[Assessment],
    labels: dict[TerritoryId, str] | None = None,
) -> Comparison:
    """Return routes side by side; `labels` are the names of territories, which without them stand by their ids.

    Raises ValueError for fewer than two routes or more than AT_MOST.
    """
    every = (base, *others)
    if not 2 <= len(every) <= AT_MOST:
        raise ValueError(f"From 2 to {AT_MOST} routes can be compared at a time, not {len(every)}.")
    return Comparison(
        names=tuple(assessment.route.name for assessment in every),
        rows=_rows(every),
        by_territory=_territory_rows(every, labels or {}),
        criteria=_criteria(every),
        pairings=tuple(_pairing(base, other) for other in others),
        modes=difference_of_modes(every),
        routes=tuple(route_by_lengths(assessment) for assessment in every),
        same_lines=_same_lines(every),
    )


def _same_lines(every: Sequence[Assessment]) -> tuple[tuple[int, ...], ...]:
    """Return the numbers, from 1, of routes that are one line as drawn, in whichever direction."""
    lines: list[list[int]] = []
    for number, assessment in enumerate(every, start=1):
        for line in lines:
            if _is_same_line(every[line[0] - 1], assessment):
                line.append(number)
                break
        else:
            lines.append([number])
    return tuple(tuple(line) for line in lines if len(line) > 1)


def _is_same_line(first: Assessment, other: Assessment) -> bool:
    base, beside = first.measures, other.measures
    # Lines of other lengths are others; this spares looking at most pairs.
    alike = abs(base.length_km - beside.length_km) <= base.length_km / 100
    ways = ((base.samples, beside.samples), (beside.samples, base.samples))
    return alike and all(float(distances_m(*way).max()) <= SAME_LINE_M for way in ways)


def _row(label: str, unit: str, values: Sequence[float | None]) -> QuantityRow:
    first, *others = values
    differences = tuple(None if first is None or value is None else value - first for value in others)
    return QuantityRow(label, unit, tuple(values), differences)


def _length_row(label: str, every: Sequence[Assessment], territory: TerritoryId | None = None) -> QuantityRow:
    lengths = tuple(compared_length(assessment, territory) for assessment in every)
    differences = tuple(difference(every[0], other, territory) for other in every[1:])
    return QuantityRow(label, "km", tuple(length.km for length in lengths), differences, lengths)


def _sideways(assessment: Assessment) -> float:
    """Return how far a line may lie to the side, in metres: of a shipped candidate that of its least exact segment."""
    known = [leg.accuracy_m for leg in assessment.attributes.legs if leg.accuracy_m is not None]
    return max(known, default=assessment.measures.accuracy.metres)


def _crossed(assessment: Assessment) -> float | None:
    """Return how many borders a route crosses: a shipped candidate by its segments, a line of a file as drawn."""
    return assessment.verdict("G5").judgement.value


def _certainly_crossed(assessment: Assessment) -> float | None:
    by_table = bool(assessment.attributes.legs)
    return _crossed(assessment) if by_table else float(assessment.measures.sure_crossings)


def _in_areas(assessment: Assessment) -> float | None:
    """Return the km inside areas under delimitation; None for a candidate near one, whose line is too rough to say."""
    return assessment.verdict("G16").judgement.value


def _near_border(band: Band) -> float | None:
    """Return the km of a line in a band; None where all that may lie in it is drawn too coarsely to say."""
    return band.km if band.km or not band.unsure_km else None


def _rows(every: Sequence[Assessment]) -> tuple[QuantityRow, ...]:
    measures = [assessment.measures for assessment in every]
    return (
        _length_row("Length", every),
        _row("Sideways accuracy of the line", "m", [_sideways(assessment) for assessment in every]),
        _row("Borders crossed", "crossings", [_crossed(assessment) for assessment in every]),
        _row(
            "Of these, beyond the combined uncertainty",
            "crossings",
            [_certainly_crossed(assessment) for assessment in every],
        ),
        _row("Inside areas under delimitation", "km", [_in_areas(assessment) for assessment in every]),
        *(
            _row(
                f"Within {band.within_km:g} km of a third State's border",
                "km",
                [_near_border(m.bands[number]) for m in measures],
            )
            for number, band in enumerate(measures[0].bands)
        ),
        *(
            _row(
                f"Line too rough to say whether within {band.within_km:g} km of it",
                "km",
                [m.bands[number].unsure_km for m in measures],
            )
            for number, band in enumerate(measures[0].bands)
        ),
        _row("Straightness, distance between the ends / length", "", [m.straightness for m in measures]),
    )


def _territory_rows(every: Sequence[Assessment], labels: dict[TerritoryId, str]) -> tuple[QuantityRow, ...]:
    met = sorted({territory for a in every for territory in a.by_territory_km}, key=lambda t: labels.get(t, t))
    return tuple(_length_row(labels.get(territory, territory), every, territory) for territory in met)


def _criteria(every: Sequence[Assessment]) -> tuple[CriterionRow, ...]:
    return tuple(
        CriterionRow(
            id=row[0].criterion.id,
            clause=row[0].criterion.clause,
            question=row[0].criterion.question,
            answers=tuple(verdict.judgement.answer for verdict in row),
            because=tuple(verdict.judgement.because for verdict in row),
        )
        for row in zip(*(assessment.verdicts for assessment in every), strict=True)
    )


def _pairing(base: Assessment, other: Assessment) -> Pairing:
    base_samples, other_samples = base.measures.samples, other.measures.samples
    there, back = distances_m(base_samples, other_samples), distances_m(other_samples, base_samples)
    return Pairing(
        name=other.route.name,
        to_base=offsets(other_samples, back),
        from_base=offsets(base_samples, there),
        frechet=frechet(base_samples, other_samples),
        base_runs=parting_runs(base_samples, there),
        other_runs=parting_runs(other_samples, back),
        settlements=tuple(_settlements(base, other, ring) for ring in RINGS_KM),
        same_ground_km=min(float(other_samples.share_km[back <= SAME_GROUND_M].sum()), base.measures.length_km),
        known_to_m=max(_sideways(base), _sideways(other)),
    )


def _settlements(base: Assessment, other: Assessment, ring_km: float) -> SettlementChange:
    had, has = (
        {near.settlement.id: near.settlement for near in assessment.measures.settlements if near.within(ring_km)}
        for assessment in (base, other)
    )
    gained = tuple(has[identity] for identity in sorted(has.keys() - had.keys()))
    return SettlementChange(ring_km, gained, tuple(had[identity] for identity in sorted(had.keys() - has.keys())))


def difference_of_modes(every: Sequence[Assessment]) -> str | None:
    """Return the sentences that say which modes the routes have, None when they agree or no route states one."""
    stated = [a.route.mode for a in every if a.route.mode is not None]
    if not stated or (len(stated) == len(every) and len(set(stated)) == 1):
        return None
    by_route = ". ".join(f"{a.route.name}: {a.route.mode or 'mode not stated'}" for a in every)
    if len(set(stated)) > 1:
        return f"The routes differ in mode, so their kilometres are not alike. {by_route}."
    unstated = counted(len(every) - len(stated), "route")
    return f"The mode of {unstated} is not stated; kilometres of different modes are not alike. {by_route}."

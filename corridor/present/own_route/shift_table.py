"""The table of what changes when a crossing moves along the border."""

from collections.abc import Sequence

from corridor.answering.figures import Figure
from corridor.assessing.assessment import Assessment
from corridor.assessing.judging import Verdict
from corridor.assessing.shifted import BENT_OVER, Shifts
from corridor.land.territory import TerritoryId
from corridor.present.own_route.criteria import tested
from corridor.present.own_route.figures import AS_DRAWN, RouteFigures, place
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.verdicts import answer_words
from corridor.present.words import known_to
from corridor.quantities import kilometres, longer_or_shorter

SAME = "As it stands"
GEOMETRY_ONLY = (
    "Geometry only: the place where the line crosses moves along the border as the map draws it. The line is bent "
    f"to it over {BENT_OVER:g} times the distance to either side. Nothing here says that anything could be built "
    "there, or that anybody proposes it. G1 to G3 are the three questions above. All rows take the line to be as exact "
    "as {exact}, so that none gains by being bent."
)


def explained(shifts: Shifts) -> str:
    """Return what the table is and is not."""
    return GEOMETRY_ONLY.format(exact=known_to(shifts.line_m))


def shifts_sheet(shifts: Shifts, figures: RouteFigures) -> Sheet:
    """Return a row for the crossing as it stands and one for each place it moves to; `of` is the route as it stands."""
    crossing = shifts.crossing
    border = crossing.border.label if crossing.border else ""
    everywhere = [shifts.standing, *(shift.assessment for shift in shifts.moved if shift.assessment)]
    entered = {territory for assessment in everywhere for territory in assessment.measures.by_territory_km}
    territories = sorted(entered, key=figures.label)
    columns = (
        "Crossing", "Place", "Length (km)", *(f"{figures.label(territory)} (km)" for territory in territories),
        "Borders crossed", "G1", "G2", "G3",
    )  # fmt: skip
    numeric = tuple(range(2, 3 + len(territories)))
    rows = [_row(SAME, place(crossing.lon, crossing.lat), shifts.standing, shifts.standing, figures, territories)]
    for shift in shifts.moved:
        words = f"{shift.km:g} km along the border, to the {shift.wind}"
        if shift.assessment is None:
            ends = f"The border between the two ends after {kilometres(shift.border_ends_km or 0.0)}."
            rows.append((words, ends, *[None] * (len(columns) - 2)))
        else:
            where = place(shift.lon, shift.lat)
            rows.append(_row(words, where, shift.assessment, shifts.standing, figures, territories))
    title = f"If the crossing at km {crossing.at_km:,.1f} moved along the border {border}"
    return Sheet(title, columns, tuple(rows), numeric=numeric)


def _row(
    words: str,
    where: str,
    shifted: Assessment,
    standing: Assessment,
    figures: RouteFigures,
    territories: Sequence[TerritoryId],
) -> tuple[SheetEntry, ...]:
    numbers, before = shifted.measures, standing.measures
    length = figures.km(f"length, crossing {words}", numbers.length_km, AS_DRAWN, accuracy_m=numbers.accuracy.metres)
    shares = []
    for territory in territories:
        km = numbers.share(territory).km
        share = figures.km(f"in {figures.label(territory)}, crossing {words}", km, AS_DRAWN, ("territory",))
        shares.append(_with_change(share, km - before.share(territory).km))
    answers = [_answer(new, old) for new, old in zip(tested(shifted.verdicts), tested(standing.verdicts), strict=True)]
    whole = _with_change(length, numbers.length_km - before.length_km)
    return (words, where, whole, *shares, str(len(numbers.crossings)), *answers)


def _with_change(share: Figure, change_km: float) -> SheetEntry:
    """Return a figure with by how much it changed beneath, where that can be seen in it."""
    change = round(change_km, 1)
    return (share, longer_or_shorter(change)) if change else share


def _answer(new: Verdict, old: Verdict) -> str:
    """Return an answer in words, and what it is where the crossing stands, if that differs."""
    words, before = answer_words(new.judgement), answer_words(old.judgement)
    return words.alone if words == before else f"{words.alone}; where it stands: {before.within}"

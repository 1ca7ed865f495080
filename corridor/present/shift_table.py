"""The table of what changes when a crossing moves along the border."""

from corridor.assessing.assessment import Assessment
from corridor.assessing.judging import Verdict
from corridor.assessing.shifted import BENT_OVER, Shift, Shifts
from corridor.figures import Figure
from corridor.present.criteria_view import tested
from corridor.present.measured import AS_DRAWN, Measured, place
from corridor.present.sheets import Entry, Sheet
from corridor.present.verdicts import verdict_words
from corridor.present.words import known_to
from corridor.quantities import kilometres

SAME = "as it stands"
GEOMETRY_ONLY = (
    "Geometry only: the place where the line crosses moves along the border as the map draws it, and the line is bent "
    f"to it over {BENT_OVER:g} times the distance to either side. Nothing here says that anything could be built "
    "there, or that anybody proposes it. All rows take the line to be as exact as {exact}, so that none gains by being "
    "bent."
)


def explained(found: Shifts) -> str:
    """Return what the table is and is not."""
    return GEOMETRY_ONLY.format(exact=known_to(round(found.line_m)))


def shifts_sheet(found: Shifts, of: Measured) -> Sheet:
    """Return a row for the crossing as it stands and one for each place it moves to; `of` is the route as it stands."""
    crossing = found.crossing
    border = crossing.border.label if crossing.border else ""
    rows = [_row(SAME.capitalize(), place(crossing.lon, crossing.lat), found.standing, found.standing, of)]
    rows += [_moved(shift, found.standing, of) for shift in found.moved]
    columns = ("Crossing", "Place", "Length (km)", "Km by territory", "Borders crossed", "G1", "G2", "G3")
    return Sheet(
        f"If the crossing at km {crossing.at_km:,.1f} moved along {border}", columns, tuple(rows), numeric=(2,)
    )


def _moved(shift: Shift, standing: Assessment, of: Measured) -> tuple[Entry, ...]:
    words = f"{shift.km:g} km along the border, to the {shift.wind}"
    if shift.assessment is None:
        ends = f"the border between the two ends after {kilometres(shift.border_ends_km or 0.0)}"
        return (words, ends, None, None, None, None, None, None)
    return _row(words, place(shift.lon, shift.lat), shift.assessment, standing, of)


def _row(words: str, where: str, found: Assessment, standing: Assessment, of: Measured) -> tuple[Entry, ...]:
    numbers = found.measures
    length = of.km(f"length, crossing {words}", numbers.length_km, AS_DRAWN, accuracy_m=numbers.accuracy.metres)
    answers = [_answer(new, old) for new, old in zip(tested(found.verdicts), tested(standing.verdicts), strict=True)]
    return (words, where, length, _by_territory(words, found, standing, of), str(len(numbers.crossings)), *answers)


def _by_territory(words: str, found: Assessment, standing: Assessment, of: Measured) -> tuple[str | Figure, ...]:
    """Return the km by territory with what changed, in the order of the alphabet."""
    now, before = found.measures.by_territory_km, standing.measures.by_territory_km
    told: list[str | Figure] = []
    for territory in sorted({*now, *before}, key=of.label):
        km = now.get(territory, 0.0)
        change = round(km - before.get(territory, 0.0), 1)
        more = f" ({'+' if change > 0 else '−'}{abs(change):.1f} km)" if change else ""
        told.append(f"{of.label(territory)}{more}")
        told.append(of.km(f"in {of.label(territory)}, crossing {words}", km, AS_DRAWN, ("territory",)))
    return tuple(told)


def _answer(new: Verdict, old: Verdict) -> str:
    """Return an answer in words, and what it is where the crossing stands, if that differs."""
    words, before = verdict_words(new.judgement), verdict_words(old.judgement)
    return words if words == before else f"{words}; where it stands: {before.lower()}"

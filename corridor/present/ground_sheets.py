"""The ground along a line as figures and as a table: lowest and highest, and what lies between its borders and places.

Heights are rounded as the model bears it; neither gradient nor climb is taken from it.
"""

from corridor.answering.figures import Figure
from corridor.assessing.ground_profile import LIMITS, ROUNDED_TO_M, GroundProfile, rounded_m
from corridor.present.sheets import Sheet, SheetEntry
from corridor.present.words import figure as grouped

AT_SEA_LEVEL, NO_DATA = "at or below sea level", "no data"
ACCURACY = "valley floors and ridges to about 1 km and 100 m"
NO_PASSES = "no passes: no source"
TITLE = "The ground beside the line, from border to place"
WITHIN = f"The lowest and the highest ground within about 1 km of the line. {LIMITS}"

#: Places of at least this rank are named where there is room for a line of words alone; 1 is a capital, 4 a village.
NAMED_RANK = 2
#: Kilometres between two marks that stand as one.
LEAST_KM = 0.05


def ground_figures(ground: GroundProfile, name: str) -> tuple[Figure, ...]:
    """Return the lowest and the highest ground beside the line `name`; () where nothing is known of it."""
    if ground.highest_m is None and not ground.reaches_sea_level:
        return ()
    lowest, highest = (
        _figure(ground, f"{name}: {which} ground beside it", height)
        for which, height in (("lowest", ground.lowest_m), ("highest", ground.highest_m))
    )
    return lowest, highest


def _figure(ground: GroundProfile, what: str, height_m: int | None) -> Figure:
    if height_m is None:
        return Figure(what, AT_SEA_LEVEL, "", ACCURACY, ground.as_of, ground.sources)
    value = max(1, round(height_m / ROUNDED_TO_M)) * ROUNDED_TO_M
    return Figure(what, grouped(value), "m", ACCURACY, ground.as_of, ground.sources)


def ground_sheet(ground: GroundProfile, name: str) -> Sheet:
    """Return the ground between each border or place the line passes and the next."""
    marks = [mark for mark in ground.marks if 0 < mark.at_km < ground.steps[-1].to_km]
    edges = [0.0, *(mark.at_km for mark in marks), ground.steps[-1].to_km]
    labels = [_end(ground, first=True), *(mark.label for mark in marks), _end(ground, first=False)]
    rows: list[tuple[SheetEntry, ...]] = []
    for number in range(len(edges) - 1):
        start, end = edges[number], edges[number + 1]
        steps = [step for step in ground.steps if step.to_km > start and step.from_km < end]
        if end - start < LEAST_KM or not steps:
            continue
        part = GroundProfile(tuple(steps), (), (), ground.source, ground.sources, ground.as_of)
        pair = ground_figures(part, f"{name}, km {start:,.1f} to {end:,.1f}") or (NO_DATA, NO_DATA)
        rows.append((labels[number], labels[number + 1], f"{start:,.1f}", f"{end:,.1f}", *pair))
    columns = ("From", "To", "From (km)", "To (km)", "Lowest ground", "Highest ground")
    return Sheet(TITLE, columns, tuple(rows), numeric=(2, 3), heads=2)


def _end(ground: GroundProfile, *, first: bool) -> str:
    """Return what stands at an end of the line: the place that is passed there, else the end itself."""
    km = 0.0 if first else ground.steps[-1].to_km
    at = (mark.label for mark in ground.marks if mark.kind == "place" and abs(mark.at_km - km) < LEAST_KM)
    return next(at, "start of the line" if first else "end of the line")


def passed_words(ground: GroundProfile) -> str:
    """Return the borders and the larger places the line passes, in its order, by km from its start; "" for none."""
    named = [mark for mark in ground.marks if mark.kind != "place" or mark.rank <= NAMED_RANK]
    return ", ".join(f"{mark.label} (km {mark.at_km:,.0f})" for mark in named)


def range_words(ground: GroundProfile) -> str:
    """Return lowest and highest in a few words: "380 m to 1,580 m"; no data where nothing is known."""
    if ground.highest_m is None:
        return AT_SEA_LEVEL if ground.reaches_sea_level else NO_DATA
    low = AT_SEA_LEVEL if ground.lowest_m is None else rounded_m(ground.lowest_m)
    return f"{low} to {rounded_m(ground.highest_m)}"

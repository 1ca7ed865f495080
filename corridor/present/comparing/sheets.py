"""Every table of routes side by side, by the name under which a page or a file shows it."""

from collections.abc import Sequence

from corridor.assessing.comparison import Comparison
from corridor.present.candidates.tables import published_sheet
from corridor.present.comparing import tables
from corridor.present.comparing.partings import runs_sheet
from corridor.present.comparing.route import ComparedRoute
from corridor.present.context import BriefingContext
from corridor.present.sheets import Sheet
from corridor.present.verdicts import verdicts_sheet
from corridor.present.words import known_to
from corridor.quantities import day


def every_sheet(comparison: Comparison, routes: Sequence[ComparedRoute], context: BriefingContext) -> dict[str, Sheet]:
    """Return the tables of a comparison of `routes` in their order, the last for downloads alone."""
    as_of = context.shipped.layers[tables.TERRITORY].as_of
    lines, assessments = [route.line for route in routes], [route.assessment for route in routes]
    candidates = [context.shipped.candidates[route.candidate] for route in routes if route.candidate]
    every = verdicts_sheet(assessments, everything=True)
    tested = verdicts_sheet(assessments, everything=False)
    informing = Sheet("For information", every.columns, tuple(row for row in every.rows if row not in tested.rows))
    sources = tuple(dict.fromkeys(source for line in lines for source in line.sources))
    left_open = _open_sheet(routes)
    return {
        **({"open": left_open} if left_open.rows else {}),
        "lengths": tables.lengths_sheet(comparison, lines, as_of),
        "differences": tables.differences_sheet(comparison, lines, as_of),
        "published": published_sheet(candidates, context.table_lookup),
        "others": tables.others_sheet(comparison, lines, as_of),
        "crossings": tables.every_crossing_sheet([route.measured for route in routes]),
        "answers": tested,
        "information": informing,
        "runs": runs_sheet(comparison),
        "settlements": tables.settlements_sheet(comparison, context.region),
        "nearness": tables.nearness_sheet(comparison, sources, as_of),
    }


def _open_sheet(routes: Sequence[ComparedRoute]) -> Sheet:
    """Return what stands open in the files of the routes, which puts their figures in doubt."""
    rows = [(route.subject.name, route.subject.origin.open_findings) for route in routes]
    return Sheet("Not mended in the files", ("Route", "What was found"), tuple(row for row in rows if row[1]))


def known_words(routes: Sequence[ComparedRoute], context: BriefingContext) -> str:
    """Return how exactly each line is known and of when the land is that they are measured against."""
    known = "; ".join(f"{number}. {known_to(route.line.accuracy_m)}" for number, route in enumerate(routes, start=1))
    as_of = day(context.shipped.layers[tables.TERRITORY].as_of)
    return (
        "Of a shipped candidate the published length of a segment stands first; what has none is as drawn here. Of a "
        f"file all is as drawn. Sideways accuracy, of a candidate that of its least exact segment: {known}. "
        f"Each crossing has the accuracy of its own place. Borders as of {as_of}."
    )

"""Whether a line has a part in the territories that the words of paragraph 3 name; direction plays no part."""

from corridor.assessing.by_segments import in_territory
from corridor.assessing.judging import Answer, Case, Judgement, Why
from corridor.assessing.nearness import FARTHEST_TOLD_M
from corridor.land.territory import TerritoryId
from corridor.quantities import kilometres, metres

#: What not fitting means, and what it does not (fairness note 2.4 and 5.4).
NOT_EXCLUDED = "It is not the connection paragraph 3 describes; the paragraph does not exclude it."

#: A line that ends at a border may, as drawn, run beyond it for this many times the uncertainty of border and line, and
#: for less than half of its length; a longer part is no stub of a section but too close to the border to say.
STUB = 5.0
#: Metres from the border within which an end counts as drawn to it; a coarse line that ends farther away is only near.
AT_BORDER_M = 500.0


def main_part(case: Case) -> Judgement:
    """Judge "the main part of the Republic of Azerbaijan"."""
    return _in_territory(case, "az-mainland")


def nakhchivan(case: Case) -> Judgement:
    """Judge "its Nakhchivan Autonomous Republic"."""
    return _in_territory(case, "az-nakhchivan")


def through_armenia(case: Case) -> Judgement:
    """Judge "through the territory of the Republic of Armenia": km in Armenia, sure once Armenia is shrunk."""
    return _in_territory(case, "armenia")


def _in_territory(case: Case, territory: TerritoryId) -> Judgement:
    if case.attributes.legs:
        return in_territory(case, territory, NOT_EXCLUDED)
    reach, share = case.measures.reaches[territory], case.measures.share(territory)
    name = case.region.label(territory)
    if reach.certainly_inside and reach.inside_m is not None:
        where = "An end of the line" if reach.inside_at_end else f"The line at km {reach.inside_at_km:,.1f}"
        because = (
            f"{kilometres(share.km)} of the line run in {name}, {kilometres(share.least_km)} of them for certain. "
            f"{where} lies {metres(reach.inside_m)} inside {name}, beyond the combined uncertainty "
            f"({metres(reach.inside_tolerance_m)}), so this is certain."
        )
        margin_m, tolerance_m = reach.inside_m, reach.inside_tolerance_m
        if reach.deepest_m is not None and reach.deepest_m > reach.inside_m:
            because += f" It lies deepest at km {reach.deepest_at_km:,.1f}: {metres(reach.deepest_m)} inside."
            margin_m, tolerance_m = reach.deepest_m, reach.deepest_tolerance_m
        return _judged(Answer.MET, because, share.km, margin_m, tolerance_m)
    at_border = reach.end_at_border and reach.end_m <= AT_BORDER_M
    if at_border and share.km <= min(case.measures.length_km / 2, STUB * reach.end_tolerance_m / 1000):
        because = (
            f"The line reaches the border with {name}, not beyond: an end lies {metres(reach.end_m)} from it. "
            f"The combined uncertainty there is {metres(reach.end_tolerance_m)}. {NOT_EXCLUDED}"
        )
        return Judgement(
            Answer.NOT_MET,
            because,
            value=share.km,
            unit="km",
            tolerance_m=reach.end_tolerance_m,
            reaches=territory,
        )
    if reach.inside_m is not None:
        because = (
            f"{kilometres(share.km)} of the line run in {name}, but nowhere farther than {metres(reach.inside_m)} from "
            f"its border. The combined uncertainty there is {metres(reach.inside_tolerance_m)}."
        )
        return _judged(
            Answer.CANNOT_SAY, because, share.km, reach.inside_m, reach.inside_tolerance_m, why=Why.TOO_CLOSE
        )
    if reach.too_close:
        because = (
            f"The line passes {metres(reach.outside_m)} outside {name} at km {reach.outside_at_km:,.1f}. "
            f"The combined uncertainty there is {metres(reach.outside_tolerance_m)}."
        )
        return _judged(Answer.CANNOT_SAY, because, 0.0, reach.outside_m, reach.outside_tolerance_m, why=Why.TOO_CLOSE)
    stays_m = min(reach.outside_m, max(FARTHEST_TOLD_M, reach.outside_tolerance_m))
    because = f"The line stays {metres(stays_m)} or more outside {name}. {NOT_EXCLUDED}"
    return _judged(Answer.NOT_MET, because, 0.0, stays_m, reach.outside_tolerance_m)


def _judged(
    answer: Answer, because: str, km: float, margin_m: float, tolerance_m: float, why: Why | None = None
) -> Judgement:
    return Judgement(answer, because, why=why, value=km, unit="km", margin_m=margin_m, tolerance_m=tolerance_m)

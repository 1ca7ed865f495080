"""Whether a line has a part in the territories that the words of paragraph 3 name; direction plays no part."""

from dataclasses import replace

from corridor.assessing.by_segments import in_territory
from corridor.assessing.judging import Answer, Case, Judgement, Why
from corridor.assessing.nearness import FARTHEST_TOLD_M, BorderDistance
from corridor.land.territory import TerritoryId
from corridor.quantities import metres, within

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
    return replace(_of_line(case, territory), line_m=case.measures.accuracy.metres)


def _of_line(case: Case, territory: TerritoryId) -> Judgement:
    reach, share = case.measures.reaches[territory], case.measures.share(territory)
    name = case.region.label(territory)
    inside, outside, end = reach.inside, reach.outside, reach.end
    if inside is not None and inside.is_certain:
        where = "An end of the line" if reach.inside_at_end else f"The line at km {inside.at_km:,.1f}"
        because = (
            f"{case.km(share.km)} of the line run in {name}, {case.km(share.least_km)} of them beyond the combined "
            f"uncertainty. {where} lies {metres(inside.metres)} inside {name}. Border and line are known to "
            f"{within(inside.tolerance_m)} there."
        )
        deepest = reach.deepest
        if deepest is None or deepest.metres <= inside.metres:
            return _judged(Answer.MET, because, share.km, inside)
        known = within(deepest.tolerance_m)
        because += f" It lies deepest at km {deepest.at_km:,.1f}: {metres(deepest.metres)} inside ({known})."
        return _judged(Answer.MET, because, share.km, deepest)
    at_border = reach.end_at_border and end.metres <= AT_BORDER_M
    if at_border and share.km <= min(case.measures.length_km / 2, STUB * end.tolerance_m / 1000):
        because = (
            f"The line reaches the border with {name}, not beyond: an end lies {metres(end.metres)} from it. "
            f"Border and line are known to {within(end.tolerance_m)} there. {NOT_EXCLUDED}"
        )
        return Judgement(
            Answer.NOT_MET, because, value=share.km, unit="km", tolerance_m=end.tolerance_m, reaches=territory
        )
    if inside is not None:
        because = (
            f"{case.km(share.km)} of the line run in {name}, but nowhere farther than {metres(inside.metres)} from "
            f"its border. Border and line are known to {within(inside.tolerance_m)} there."
        )
        return _judged(Answer.CANNOT_SAY, because, share.km, inside, why=Why.TOO_CLOSE)
    if reach.too_close:
        because = (
            f"The line passes {metres(outside.metres)} outside {name} at km {outside.at_km:,.1f}. "
            f"Border and line are known to {within(outside.tolerance_m)} there."
        )
        return _judged(Answer.CANNOT_SAY, because, 0.0, outside, why=Why.TOO_CLOSE)
    stays = replace(outside, metres=min(outside.metres, max(FARTHEST_TOLD_M, outside.tolerance_m)))
    because = f"The line stays {metres(stays.metres)} or more outside {name}. {NOT_EXCLUDED}"
    return _judged(Answer.NOT_MET, because, 0.0, stays)


def _judged(answer: Answer, because: str, km: float, margin: BorderDistance, why: Why | None = None) -> Judgement:
    return Judgement(
        answer, because, why=why, value=km, unit="km", margin_m=margin.metres, tolerance_m=margin.tolerance_m
    )

"""What each criterion answers on lines whose place is known: one table, which adding a criterion adds rows to."""

from dataclasses import dataclass
from functools import cache

import pytest
import shapely

from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.criteria import CRITERIA
from corridor.assessing.judging import Answer, Why
from corridor.assessing.region import read_region
from corridor.reading.route import Route
from tests.support.shapes import lines_of

#: Lines as (lon, lat) of their corners, straight between them, and what they are.
LINES = {
    "from Zangilan by Meghri and Ordubad to Nakhchivan": (
        (46.6599, 39.0837),
        (46.2431, 38.9012),
        (46.0227, 38.9096),
        (45.4122, 39.2089),
    ),
    "from border to border by Meghri": ((46.533467, 38.869845), (46.2431, 38.9012), (46.141, 38.8465)),
    "north of Yerevan": ((44.5, 40.2), (44.9, 40.6)),
    "in Iran, 16 km south of the Araks": ((47.0, 38.9), (46.3, 38.6)),
    "across the area of Karki / Tigranashen": ((44.94, 39.75), (44.96, 39.83)),
}
THROUGH, SECTION, INLAND, IRAN, KARKI = LINES


@dataclass(frozen=True)
class Answered:
    """What a criterion has to answer on a line: `value` to one decimal, and words its sentence has to hold."""

    criterion: str
    line: str
    answer: Answer
    value: float | None
    says: str
    why: Why | None = None


INFORMATION, MET, NOT_MET, CANNOT_SAY = Answer.INFORMATION, Answer.MET, Answer.NOT_MET, Answer.CANNOT_SAY
CASES = (
    Answered("G1", THROUGH, MET, 12.1, "7.9 km inside Azerbaijan, main part"),
    Answered("G1", SECTION, NOT_MET, 0.0, "reaches the border with Azerbaijan, main part, not beyond"),
    Answered("G1", INLAND, NOT_MET, 0.0, "stays 39.7 km or more outside"),
    Answered("G2", THROUGH, MET, 72.8, "inside Nakhchivan Autonomous Republic"),
    Answered("G2", SECTION, NOT_MET, 0.5, "not beyond"),
    Answered("G2", IRAN, NOT_MET, 0.0, "the paragraph does not exclude it"),
    Answered("G3", THROUGH, MET, 38.0, "8.1 km inside Armenia"),
    Answered("G3", INLAND, MET, 55.9, "39.7 km inside Armenia"),
    Answered("G3", IRAN, NOT_MET, 0.0, "stays 16.2 km or more outside Armenia"),
    Answered("G4", THROUGH, INFORMATION, 0.0, "All of the line as drawn runs in Armenia and Azerbaijan"),
    Answered("G4", IRAN, INFORMATION, 69.4, "69.4 km in Iran"),
    Answered("G5", THROUGH, INFORMATION, 2.0, "2 times"),
    Answered("G5", IRAN, INFORMATION, 0.0, "0 times"),
    Answered("G6", THROUGH, CANNOT_SAY, None, "does not show whether a road or track exists", Why.NO_DATA),
    Answered("G7", THROUGH, CANNOT_SAY, None, "neither gauge nor mode", Why.NO_DATA),
    Answered("G8", THROUGH, INFORMATION, 0.0, "Karchevan-Ordubad (railway, km 352), not operating"),
    Answered("G8", INLAND, CANNOT_SAY, None, "crosses no border", Why.NO_DATA),
    Answered("G9", THROUGH, INFORMATION, None, "it joins the main part and the Nakhchivan Autonomous Republic"),
    Answered("G9", INLAND, INFORMATION, None, "it joins no two parts of Azerbaijan and"),
    Answered("G10", THROUGH, INFORMATION, 9.0, "Armenia: 2, 5 and 7"),
    Answered("G10", IRAN, INFORMATION, 0.0, "Armenia: 0, 0 and 0"),
    Answered("G11", THROUGH, INFORMATION, 206.6, "needs a network of roads and railways"),
    Answered("G12", THROUGH, CANNOT_SAY, None, "which is not shipped", Why.NO_DATA),
    Answered("G13", THROUGH, INFORMATION, None, "does not use the word TRIPP"),
    Answered("G14", THROUGH, INFORMATION, None, "about the project and not about one line"),
    Answered("G15", THROUGH, INFORMATION, 2.0, "2 where the border is not delimited"),
    Answered("G15", INLAND, INFORMATION, 0.0, "0 crossings"),
    Answered("G16", THROUGH, INFORMATION, 0.0, "near none of the areas"),
    Answered("G17", THROUGH, INFORMATION, 0.0, "34.5 km within 5 km"),
    Answered("G17", IRAN, INFORMATION, 0.0, "Nearest: 16.2 km"),
)


@cache
def assessed(line: str) -> Assessment:
    return assess(Route(line, lines_of(shapely.segmentize(shapely.LineString(LINES[line]), 0.002)), {}), read_region())


def test_every_criterion_has_a_case_and_every_case_a_criterion():
    assert {case.criterion for case in CASES} == {criterion.id for criterion in CRITERIA}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.criterion} {case.line}")
def test_a_criterion_answers_as_its_case_says(case):
    judgement = assessed(case.line).verdict(case.criterion).judgement
    assert (judgement.answer, judgement.why) == (case.answer, case.why)
    assert judgement.value == (None if case.value is None else pytest.approx(case.value, abs=0.05))
    assert case.says in judgement.because


def test_the_area_that_a_line_enters_is_named():
    judgement = assessed(KARKI).verdict("G16").judgement
    assert judgement.value > 1.0
    assert "Karki / Tigranashen" in judgement.because

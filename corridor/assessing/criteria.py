"""Which questions are put to a route, to which clause each belongs, and by which rule it is answered."""

from corridor.assessing import named_territories as named
from corridor.assessing import route_facts as facts
from corridor.assessing.judging import Case, Criterion, Verdict

PARAGRAPH_3 = "joint-declaration/3"
PARAGRAPH_4 = "joint-declaration/4"
PARAGRAPH_5 = "joint-declaration/5"

CERTAINLY_INSIDE = (
    "A place of the line lies farther inside than the combined uncertainty of border and line. A line that ends within "
    "it of the border reaches the border, not beyond. Direction plays no part. A shipped candidate is judged by the "
    "countries of its segments."
)

#: In the order they are shown. Only the first three compare a line with words of the text.
CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "G1",
        PARAGRAPH_3,
        "Does the line have a part in “the main part of the Republic of Azerbaijan”?",
        CERTAINLY_INSIDE,
        named.main_part,
        tests_text=True,
    ),
    Criterion(
        "G2",
        PARAGRAPH_3,
        "Does the line have a part in “its Nakhchivan Autonomous Republic”?",
        CERTAINLY_INSIDE,
        named.nakhchivan,
        tests_text=True,
    ),
    Criterion(
        "G3",
        PARAGRAPH_3,
        "Does the line run “through the territory of the Republic of Armenia”?",
        f"{CERTAINLY_INSIDE} All kilometres in Armenia count, also of a section.",
        named.through_armenia,
        tests_text=True,
    ),
    Criterion(
        "G4",
        None,
        "Other countries on the way",
        "Kilometres in each country other than Armenia and Azerbaijan, with the range given their accuracy.",
        facts.other_countries,
    ),
    Criterion(
        "G5",
        PARAGRAPH_3,
        "How many borders does the line cross?",
        "Borders crossed as drawn, and those beyond the combined uncertainty of border and line. "
        "Delimitation is another question.",
        facts.border_crossings,
    ),
    Criterion(
        "G6",
        PARAGRAPH_3,
        "Which parts of the route do not exist?",
        "From dated statements about a shipped candidate; a file's geometry cannot tell.",
        facts.missing_parts,
    ),
    Criterion(
        "G7",
        PARAGRAPH_3,
        "How often does gauge or mode change?",
        "From dated statements about a shipped candidate; a file's geometry cannot tell.",
        facts.gauge_breaks,
    ),
    Criterion(
        "G8",
        PARAGRAPH_3,
        "Which border posts are known at its crossings, and do they operate?",
        "For each crossing the nearest known post of its mode between the same two territories, with its dated status.",
        facts.posts,
    ),
    Criterion(
        "G9",
        PARAGRAPH_3,
        "What does the line link for Armenia, for Azerbaijan, and onward?",
        "Three lists side by side; the third needs a network that is not shipped.",
        facts.links,
    ),
    Criterion(
        "G10",
        PARAGRAPH_3,
        "Which settlements lie near the line, by country?",
        "Settlements of the place layer within 1, 5 and 10 km; people only from a dated census table.",
        facts.settlements,
    ),
    Criterion(
        "G11",
        PARAGRAPH_3,
        "Does the line shorten ways within Armenia, or within Azerbaijan?",
        "Needs a network; the distances of the former railways are given with their source.",
        facts.ways_within,
    ),
    Criterion(
        "G12",
        PARAGRAPH_3,
        "Which new ways to other countries does the line open, from Armenia and from Azerbaijan?",
        "Needs a network that is not shipped.",
        facts.new_ways,
    ),
    Criterion(
        "G13",
        PARAGRAPH_4,
        "Does the name of the line use the word TRIPP?",
        "A note about the name. Paragraph 4 places that project “in the territory of the Republic of Armenia”.",
        facts.tripp_label,
    ),
    Criterion(
        "G14",
        PARAGRAPH_4,
        "Which of rail, road, energy and digital does the project have in Armenia?",
        "About the project, not about one line; shown on the Routes page.",
        facts.project_parts,
    ),
    Criterion(
        "G15",
        PARAGRAPH_5,
        "Are the borders it crosses delimited?",
        "Each crossing between Armenia and Azerbaijan by the border segment it meets.",
        facts.delimitation,
    ),
    Criterion(
        "G16",
        PARAGRAPH_5,
        "Does the line touch areas under delimitation?",
        "Kilometres inside the outlines of the exclave layer, and outlines too close to say.",
        facts.areas_under_delimitation,
    ),
    Criterion(
        "G17",
        None,
        "How far does the line run near the border of a third State?",
        "Kilometres within 0.5, 1 and 5 km of a border of a State other than Armenia and Azerbaijan.",
        facts.third_state_borders,
    ),
)


def judge(case: Case) -> tuple[Verdict, ...]:
    """Return what each criterion says of a route, in their order."""
    return tuple(Verdict(criterion, criterion.judge(case)) for criterion in CRITERIA)

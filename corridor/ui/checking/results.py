"""One route of a reader's file on the page: its numbers, and how it stands to one reading of paragraph 3."""

import shapely
import streamlit as st

from corridor.assessing.accuracy import Tolerance
from corridor.assessing.ground_along import ground_along
from corridor.land.elevation import read_elevation
from corridor.land.geodesy import REGION
from corridor.present.footnotes import Footnotes
from corridor.present.own_route import course, criteria, surroundings
from corridor.present.own_route.figures import RouteFigures
from corridor.present.tables import element
from corridor.present.verdicts import HEADING
from corridor.present.words import known_to
from corridor.quantities import counted, kilometres
from corridor.reading.route import Route
from corridor.store.own_file import OwnFile
from corridor.store.work import region
from corridor.ui.frame.text_page import show
from corridor.ui.ground import show_ground
from corridor.ui.shipped import shipped
from corridor.ui.tables import offer_csv, show_sheet
from corridor.ui.visit.visit import MeasuredRoute, current_visit, spans

#: What a reader can set an accuracy to, in metres; the first leaves the data's own.
ACCURACIES_M = (None, 0, 25, 50, 100, 150, 200, 300, 400, 600, 800, 1_000, 1_500, 2_000)
#: Stands in place of answers about a line elsewhere.
NOT_IN_REGION = "This line does not lie in the region; the questions on words of the text are not asked of it."
#: Stands in place of a table without rows.
NO_BORDER = "The line as drawn crosses no border."


def measured(route: MeasuredRoute) -> RouteFigures:
    """Return the numbers of a route with what they rest on."""
    assessment = route.assessment
    kept_on = route.file.kept_on
    return RouteFigures(assessment.route.name, assessment.measures, region(), shipped().layers, kept_on)


def show_numbers(route: MeasuredRoute, notes: Footnotes) -> None:
    """Show every number of a route, table by table, each to be taken away."""
    figures = measured(route)
    ground = ground_along(route.assessment, region(), read_elevation())
    st.header("Measured")
    if figures.measures.said_of_repeats:
        show(
            element(
                "p", f"{kilometres(figures.measures.length_km)}; {figures.measures.said_of_repeats}.", class_="lead"
            )
        )
    left, right = st.columns([6, 7], gap="large")
    with left:
        show_sheet(course.course_sheet(figures, ground), notes, look="course")
    with right:
        show_sheet(course.territories_sheet(figures), notes, look="territories")
    if in_region(route.assessment.route):
        show_ground(ground, figures.name, notes, figures.measures.profile)
    if figures.measures.crossings:
        show_sheet(course.crossings_sheet(figures), notes, look="own-crossings stack")
    else:
        show(element("p", NO_BORDER))
    near, around = figures.measures, surroundings
    third_state = near.nearest_third_state.away
    third_state = f"nearest {third_state}" if third_state[:1].isdigit() else third_state
    for look, sheet, summary in (
        ("stretches", course.stretches_sheet(figures), counted(len(near.stretches), "stretch", "stretches")),
        ("areas", around.areas_sheet(figures), counted(len(near.areas), "area")),
        ("third-states", around.third_states_sheet(figures), third_state),
        ("countries", around.settlements_by_country_sheet(figures), counted(len(near.settlements), "settlement")),
        ("settlements", around.settlements_sheet(figures), "one by one"),
    ):
        with st.expander(f"{sheet.title.removesuffix('.')}: {summary}"):
            show_sheet(sheet, notes, look=f"{look} stack quiet")


def in_region(route: Route) -> bool:
    """Whether any of a line lies in the region; of one elsewhere no question of the text is asked."""
    return bool(shapely.intersects(route.line, shapely.box(*REGION)))


def show_answers(route: MeasuredRoute, notes: Footnotes) -> None:
    """Show the three answers that test words of the text, what only informs, and what no geometry can judge."""
    assessment = route.assessment
    st.header(HEADING)
    if not in_region(assessment.route):
        show(element("p", NOT_IN_REGION, class_="lead"))
        return
    show(element("p", criteria.INTRODUCTION, class_="lead"))
    left, right = st.columns([8, 5], gap="large")
    with left:
        _tolerance(route.file)
        show(criteria.answers_html(assessment.verdicts, spans(current_visit(), route), assessment.measures.tolerance))
        show(criteria.meanings_html(criteria.tested(assessment.verdicts)))
    with right:
        show(criteria.unjudged_html())
    show_sheet(criteria.information_sheet(assessment.verdicts), notes, look="information stack")
    every = criteria.all_answers_sheet(assessment.verdicts)
    offer_csv("All answers as CSV", every, notes, "corridor-answers.csv", "csv-every-answer", "secondary")


def _tolerance(file: OwnFile) -> None:
    """Let the reader set how exact border and line are taken to be, for all routes of the file."""
    known = sorted({border.accuracy_m for border in region().borders})
    accuracies = (
        f"the border is known to {known_to(known[0])} to {known_to(known[-1])} by segment, the line as the file tells"
    )
    show(element("p", f"As the data: {accuracies}. Set either, and see where an answer turns.", class_="soft"))
    border, line = st.columns(2, gap="large")
    for column, words, field in (
        (border, "How exactly the border is known", "border_m"),
        (line, "How exactly the line is known", "line_m"),
    ):
        key = f"{field}-{file.id}"
        st.session_state[key] = getattr(file.tolerance, field)
        column.select_slider(
            words,
            ACCURACIES_M,
            format_func=lambda metres: "as the data" if metres is None else known_to(metres),
            key=key,
            on_change=_set_tolerance,
            args=(file,),
        )


def _set_tolerance(file: OwnFile) -> None:
    state = st.session_state
    chosen = Tolerance(state[f"border_m-{file.id}"], state[f"line_m-{file.id}"])
    current_visit().set(file.id, tolerance=chosen)

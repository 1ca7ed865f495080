"""One file of a visit on the page: what it is, the map, what was found and mended, and its routes one at a time."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

from corridor.present.footnotes import Footnotes
from corridor.present.own_route.downloads import results_json, routes_geojson, stem
from corridor.present.own_route.figures import OWN_FILE, own_source
from corridor.present.own_route.file_report import (
    chosen_system,
    facts_html,
    file_facts,
    finding_records,
    headline,
)
from corridor.present.own_route.waypoints import waypoint_marks
from corridor.present.paper.route_card import route_card
from corridor.present.subject import Subject, from_file
from corridor.present.tables import element
from corridor.reading.axis_order import SWAPPED
from corridor.reading.degree_forms import GON_FOR_DEGREES
from corridor.store.own_file import OwnFile
from corridor.store.work import FileAnalysis
from corridor.storyboard.open_findings import open_findings, said_of_mends
from corridor.ui.checking.mending import show_mending, show_questions
from corridor.ui.checking.modes import show_mode
from corridor.ui.checking.moved_crossing import show_moved_crossing
from corridor.ui.checking.results import show_answers, show_numbers
from corridor.ui.checking.route_map import drawn_note, show_route_map
from corridor.ui.checking.waypoints import show_waypoints
from corridor.ui.checking.what_if import ROUTE, asked_edit, offer_edit, show_edit
from corridor.ui.context import briefing_context
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import show
from corridor.ui.shipped import shipped
from corridor.ui.visit.asked_again import of_analysis
from corridor.ui.visit.download import show_download
from corridor.ui.visit.files import choose_file
from corridor.ui.visit.visit import MeasuredRoute, current_visit, own_routes

#: What a handling line may say.
HANDLING = "Draft, prepared by …"
JSON, GEOJSON = "application/json", "application/geo+json"


def show_file(file: OwnFile, analysis: FileAnalysis) -> MeasuredRoute | None:
    """Show all there is to say about one file; return the route shown in detail, None while one is edited."""
    own = own_source(file.name, file.sha256, file.kept_on)
    notes = Footnotes({**shipped().library.sources, OWN_FILE: own})
    routes = own_routes(file, analysis)
    chosen, changed = chosen_system(file.accepted), analysis.mended.changed
    first = headline(analysis.reading, len(routes), form=analysis.given.format, chosen=chosen, mended=changed)
    order = file.accepted.get(SWAPPED) or file.accepted.get(GON_FOR_DEGREES)
    facts = file_facts(analysis.given, file.size, chosen, converted=changed, order=order)
    show(
        element(
            "section",
            element("h2", file.name, class_="file-name"),
            element("p", first, class_="headline"),
            facts_html(facts, file.sha256),
        )
    )
    route = _chosen(file, routes)
    if route is not None:
        show_mode(file, route.assessment.route.mode)
    if route is not None and asked_edit() == ROUTE:
        show_edit(route)
        return None
    show_questions(file, analysis, notes)
    _show_map(file, analysis, routes, route)
    if route is not None:
        offer_edit()
    show_waypoints(file, analysis.reading, notes)
    show_mending(file, analysis, notes)
    if route is not None:
        show_numbers(route, notes)
        show_answers(route, notes)
        show_moved_crossing(route, notes)
        _show_to_take(route)
    show(notes.listed())
    return route


def _chosen(file: OwnFile, routes: Sequence[MeasuredRoute]) -> MeasuredRoute | None:
    """Return the route the address names, the first where it names none; with several, let the reader choose."""
    asked = st.query_params.get("route", "1")
    numbers = [route.number for route in routes]
    if not numbers:
        return None
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 0
    if number not in numbers:
        show_notice(f"The address asks for route “{asked[:20]}”, which this file has not; it has 1 to {len(numbers)}.")
        number = 1
    if len(numbers) > 1:
        names = {route.number: f"{route.number}. {route.line.name}" for route in routes}
        key = f"route-{file.id}"
        st.session_state[key] = number
        st.selectbox(
            "Route shown in detail",
            numbers,
            format_func=lambda number: names[number],
            key=key,
            on_change=lambda: choose_file(file.id, st.session_state[key]),
        )
    return routes[number - 1]


def _show_map(
    file: OwnFile, analysis: FileAnalysis, routes: Sequence[MeasuredRoute], route: MeasuredRoute | None
) -> None:
    mended = {entry.code for entry in analysis.mended.ledger} - {finding.code for finding in analysis.reading.findings}

    def choose(identity: str) -> None:
        number = identity.rpartition("/")[2]
        if number.isdecimal():
            choose_file(file.id, int(number))

    show_route_map(
        routes,
        route,
        findings=finding_records(
            analysis.reading.findings, file.accepted, in_copy=analysis.mended.changed, measured=bool(routes)
        ),
        mended=finding_records(
            [finding for finding in analysis.given.findings if finding.code in mended], file.accepted
        ),
        waypoints=waypoint_marks(analysis.reading.waypoints),
        note=drawn_note(analysis),
        choose=choose,
    )


def _show_to_take(route: MeasuredRoute) -> None:
    """Offer the numbers and answers of all measured routes, the routes themselves, and a card of the one shown."""
    file, number = route.file, route.number
    name, visit = stem(file.name), current_visit()
    st.header("To take away")
    contents = (
        "All measured routes of the file, with the accuracies as they are set above; and a page on the route shown."
    )
    show(element("p", contents, class_="soft"))
    handling = st.text_input("Handling line on the card", max_chars=80, placeholder=HANDLING, key="handling")
    kinds: tuple[tuple[str, Callable[[FileAnalysis], bytes | str], str, str], ...] = (
        (
            "Results as JSON",
            lambda made: results_json(made.reading, made.assessments, made.mended),
            "results.json",
            JSON,
        ),
        (
            "Routes as GeoJSON",
            lambda made: routes_geojson(made.reading, made.assessments, made.mended),
            "routes.geojson",
            GEOJSON,
        ),
        ("Card as PDF", partial(_card, number=number, handling=handling), f"card-{number}.pdf", "application/pdf"),
    )
    with st.container(horizontal=True, key="results"):
        for words, make, suffix, mime in kinds:
            show_download(words, of_analysis(visit, file, make), f"{name}-{suffix}", mime, key=f"take-{suffix}")


def _card(analysis: FileAnalysis, number: int, handling: str) -> bytes:
    origin = from_file(
        analysis.given.file,
        analysis.given.sha256,
        open_findings(analysis.reading.findings),
        said_of_mends(analysis.mended),
    )
    subject = Subject(analysis.assessments[number - 1], origin)
    return route_card(
        subject, briefing_context().region, briefing_context().land, made_on=date.today(), handling=handling
    )

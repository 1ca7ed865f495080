"""How routes are chosen to be set side by side; the address says which, and the control only mirrors it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from corridor.assessing.comparison import AT_MOST
from corridor.candidates import MODE_WORDS
from corridor.present.comparing.route import ComparedRoute, compared_candidate, compared_own
from corridor.present.tables import element
from corridor.quantities import counted, listed
from corridor.store.own_file import OWN_ROUTE, OwnFile, own_route_id
from corridor.store.visits import Visit
from corridor.store.work import FileAnalysis
from corridor.ui.checking.adding import TOGETHER
from corridor.ui.context import briefing_context
from corridor.ui.frame.labels import as_label
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import show
from corridor.ui.routes.tables import candidate_groups
from corridor.ui.visit.asked_again import analysis_again
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.visit import MeasuredRoute, analysis_job, current_visit, own_routes, routes_at_hand
from corridor.ui.visit.waiting import finished

#: The name under which the address carries the routes, separated by commas; the first is compared with.
ADDRESS = "routes"
CANDIDATE = "candidate/"
#: So many routes that are left out are named; a sentence of more names is not read.
NAMED = 3


@dataclass(frozen=True, slots=True)
class RouteName:
    """What a chosen route is found by: its id in the address; the file and number of one of the visitor's own."""

    id: str
    file: OwnFile | None = None
    number: int = 0


@dataclass(frozen=True, eq=False, slots=True)
class ChosenRoute:
    """A route that was chosen; `own` is the visitor's own that it is, None for a shipped candidate."""

    name: RouteName
    compared: ComparedRoute
    own: MeasuredRoute | None


def choose_routes() -> list[ChosenRoute]:
    """Let the reader choose two to six routes; return those chosen, in their order."""
    own, unread = routes_at_hand(current_visit())
    # A reader who added a file looks for it first.
    offered = {route.line.id: f"{route.line.name} ({route.file.name})" for route in reversed(own)}
    offered |= {f"{CANDIDATE}{i}": _candidate_words(i) for i in briefing_context().drawn_candidates}
    asked = _asked(offered, unread)
    st.session_state[ADDRESS] = asked
    st.multiselect(
        "Routes to set side by side, two to six",
        list(offered),
        format_func=lambda identity: offered[identity],
        key=ADDRESS,
        max_selections=AT_MOST,
        select_all=False,
        placeholder="Choose a route",
        on_change=lambda: _into_address(st.session_state[ADDRESS]),
    )
    if len(asked) > 1:
        st.session_state["base"] = asked[0]
        st.selectbox(
            "The others are compared with",
            asked,
            format_func=lambda identity: offered[identity],
            key="base",
            on_change=lambda: _into_address(_first(asked, st.session_state["base"])),
        )
    _offer_reading(unread)
    by_id = {route.line.id: route for route in own}
    chosen = [by_id.get(identity) for identity in asked]
    _show_left_out([route for route in chosen if route is not None], own, unread)
    names = _told_apart(chosen)
    return [
        _chosen(identity, route, number, called)
        for number, (identity, route, called) in enumerate(zip(asked, chosen, names, strict=True), start=1)
    ]


def _told_apart(routes: Sequence[MeasuredRoute | None]) -> list[str]:
    """Return what each own route is called where another has its name: with its file, and its number in it if need be.

    "" stands for one whose name tells it from the others.
    """
    own = [route for route in routes if route is not None]
    names = Counter(route.line.name for route in own)
    in_files = Counter((route.line.name, route.file.name) for route in own)
    called = []
    for route in routes:
        if route is None or names[route.line.name] < 2:
            called.append("")
            continue
        several = in_files[route.line.name, route.file.name] > 1
        called.append(f"{route.line.name} ({route.file.name}{f', route {route.number}' if several else ''})")
    return called


def _show_left_out(chosen: Sequence[MeasuredRoute], own: Sequence[MeasuredRoute], unread: Sequence[OwnFile]) -> None:
    """Say of files that came together, or of which a route is here, which routes are not, and why none is."""
    visit, here = current_visit(), {route.line.id for route in chosen}
    files = {route.file.id: route.file for route in chosen}
    came = [file for identity in st.session_state.get(TOGETHER, ()) if (file := visit.file(identity)) is not None]
    if not any(file.id in files for file in came):
        came = []
    more = [route for route in own if route.file.id in files and route.line.id not in here]
    if more:
        named = [f"“{route.line.name}” of “{route.file.name}”" for route in more[:NAMED]]
        named += [f"{len(more) - NAMED:,} more"] if len(more) > NAMED else []
        show(element("p", f"Not set beside these: {listed(named)}. Choose them above.", class_="soft"))
    with_or_unread = {route.file.id for route in own} | {file.id for file in unread}
    asked = st.query_params.get(ADDRESS, "")
    without = [file for file in came if file.id not in with_or_unread and own_route_id(file.id, "") not in asked]
    if without:
        show(element("p", f"Of the files that came together: {_why_without_line(without)}", class_="soft"))


def offer_beginnings() -> None:
    """Offer the drawn candidates of one mode, origin and destination together, where there are two to six."""
    show(element("p", "Or begin with all shipped candidates of one mode, origin and destination:", class_="soft"))
    with st.container(horizontal=True, key="beginnings", gap="small"):
        for group in candidate_groups():
            drawn = [
                f"{CANDIDATE}{candidate.id}"
                for candidate in group.candidates
                if candidate.id in briefing_context().drawn_candidates
            ]
            if group.compared and 1 < len(drawn) <= AT_MOST:
                left_out = len(group.candidates) - len(drawn)
                number = f"{len(drawn)} of {len(group.candidates)}" if left_out else str(len(drawn))
                words = f"{group.title}: {number} candidates" + (f" ({left_out} without a line)" if left_out else "")
                st.button(words, key=f"begin-{group.title}", on_click=_into_address, args=(drawn,))


def chosen_again(visit: Visit, names: Sequence[RouteName]) -> list[ChosenRoute]:
    """Return routes that were chosen before; raise NotAtHandError where one has to be measured anew for long."""
    own: list[MeasuredRoute | None] = [
        own_routes(name.file, analysis_again(visit, name.file))[name.number - 1] if name.file is not None else None
        for name in names
    ]
    every = zip(names, own, _told_apart(own), strict=True)
    return [_chosen(name.id, route, place, called) for place, (name, route, called) in enumerate(every, start=1)]


def _chosen(identity: str, own: MeasuredRoute | None, number: int, called: str) -> ChosenRoute:
    if own is None:
        candidate = compared_candidate(identity.removeprefix(CANDIDATE), briefing_context())
        return ChosenRoute(RouteName(identity), candidate, None)
    file, kept_on = own.file, own.file.kept_on
    context = briefing_context()
    says, mends = own.open_findings, own.mends
    compared = compared_own(own.assessment, file.name, file.sha256, kept_on, number, context, says, mends, called)
    return ChosenRoute(RouteName(identity, file, own.number), compared, own)


def _candidate_words(identity: str) -> str:
    candidate = briefing_context().shipped.candidates[identity]
    return f"{candidate.name} ({MODE_WORDS[candidate.mode].lower()})"


def _asked(offered: dict[str, str], unread: tuple[OwnFile, ...]) -> list[str]:
    """Return the routes the address names, each once; a notice says which of those it names are not here."""
    names = filter(None, st.query_params.get(ADDRESS, "").split(","))
    named = list(dict.fromkeys(map(_as_candidate, names)))
    waiting = tuple(own_route_id(file.id, "") for file in unread)
    missing = [identity for identity in named if identity not in offered and not identity.startswith(waiting)]
    files = {own_route_id(file.id, ""): file for file in current_visit().files}
    without_line = [file for start, file in files.items() if any(identity.startswith(start) for identity in missing)]
    missing = [identity for identity in missing if not identity.startswith(tuple(files))]
    if without_line:
        show_notice(_why_without_line(without_line))
    # What stands for a file in the address says nothing to whoever reads it.
    gone = [identity for identity in missing if identity.startswith(OWN_ROUTE)]
    if gone:
        routes = counted(len(gone), "route of a file", "routes of files")
        show_notice(f"The address asks for {routes} that your visit has not, perhaps forgotten; choose others below.")
    missing = [identity for identity in missing if not identity.startswith(OWN_ROUTE)]
    if missing:
        first = [f"“{identity[:40]}”" for identity in missing[:3]]
        more = [f"{len(missing) - 3:,} more"] if len(missing) > 3 else []
        show_notice(
            f"The address asks for {listed(first + more)}: no such route with a line is here, so it is left out. "
            "Choose routes below; a shipped candidate is named like “candidate/rail-araks”."
        )
    known = [identity for identity in named if identity in offered]
    if len(known) > AT_MOST:
        show_notice(f"The address asks for {counted(len(known), 'route')}; the first {AT_MOST} are shown.")
    return known[:AT_MOST]


def _why_without_line(files: Sequence[OwnFile]) -> str:
    """Return in a sentence for each reason why lines that were asked for are not in files."""
    visit, because = current_visit(), dict[tuple[str, str], list[str]]()
    for file in files:
        known = job_queue().known(analysis_job(visit, file))
        because.setdefault(_reason(known if isinstance(known, FileAnalysis) else None), []).append(f"“{file.name}”")
    return " ".join(f"{listed(names)} {words[len(names) > 1]}." for words, names in because.items())


def _reason(analysis: FileAnalysis | None) -> tuple[str, str]:
    """Return why a file does not have a line that was asked for: said of one file, and of several."""
    if analysis is not None and analysis.assessments:
        return "holds fewer routes than the address asks for", "hold fewer routes than the address asks for"
    findings = () if analysis is None else analysis.reading.findings
    if any(finding.blocks and finding.mendable for finding in findings):
        return "waits for your mend on Check a route", "wait for your mends on Check a route"
    return "holds no route", "hold no route"


def _as_candidate(name: str) -> str:
    """Return the id of a candidate that is named without its layer, as in the command; any other name as it is."""
    return f"{CANDIDATE}{name}" if name in briefing_context().shipped.candidates else name


def _offer_reading(unread: tuple[OwnFile, ...]) -> None:
    """Let files be read that are too large to be read unasked, so that their routes can be chosen."""
    for file in unread:
        reading = f"reading-{file.id}"
        if st.session_state.get(reading) or own_route_id(file.id, "") in st.query_params.get(ADDRESS, ""):
            if finished(file) is not None:
                st.rerun()
        else:
            words = f"Read “{as_label(file.name)}”, to choose its routes"
            st.button(words, key=f"read-{file.id}", on_click=_read, args=(reading,))


def _read(reading: str) -> None:
    st.session_state[reading] = True


def _first(asked: list[str], base: str) -> list[str]:
    return [base, *(identity for identity in asked if identity != base)]


def _into_address(chosen: list[str]) -> None:
    st.query_params.from_dict({ADDRESS: ",".join(chosen)} if chosen else {})

"""What the page of candidates shows more than once: the choice of a candidate, and a chart."""

from collections.abc import Sequence
from functools import cache, lru_cache

import streamlit as st

from corridor.assessing.ground_along import candidate_ground
from corridor.assessing.ground_profile import GroundProfile
from corridor.candidates import Candidate
from corridor.land.elevation import read_elevation
from corridor.present.candidates.charts import km_chart, legend_html
from corridor.present.candidates.legs import TableLookup
from corridor.present.candidates.side_by_side import Together, side_by_side
from corridor.present.candidates.tables import bars, name
from corridor.present.context import BriefingContext
from corridor.present.style import DARK, LIGHT
from corridor.store.work import region
from corridor.ui.answering.fetched import evidence
from corridor.ui.context import briefing_context
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import show

#: Profiles that are kept; fewer candidates are shipped.
MOST_GROUNDS = 64


def table_lookup() -> TableLookup:
    """Return what the tables look up."""
    return briefing_context().table_lookup


@cache
def candidate_groups() -> tuple[Together, ...]:
    """Return the candidates by the tables they share."""
    return side_by_side(evidence().candidates.values())


def asked_candidate(candidates: Sequence[Candidate]) -> Candidate:
    """Return the candidate the address names, as `candidate` or `feature=candidate/...`; the first without a name.

    A segment, `feature=route/...`, names the first candidate that uses it.
    """
    known = {candidate.id: candidate for candidate in candidates}
    feature = st.query_params.get("feature", "")
    wanted = st.query_params.get("candidate", feature.removeprefix("candidate/"))
    if wanted in known:
        return known[wanted]
    if "candidate" in st.query_params:
        expected = f"something like “{candidates[0].id}” was expected"
        show_notice(f"The address asks for the candidate “{wanted[:60]}”, which is not known here; {expected}.")
    using = (
        candidate for candidate in candidates if feature in {f"route/{part.segment}" for part in candidate.segments}
    )
    return next(using, candidates[0])


def choose_group() -> tuple[Together, Candidate]:
    """Let the reader choose a table; return it with the candidate the address asks for."""
    by_title = {group.title: group for group in candidate_groups()}
    asked = asked_candidate([candidate for group in candidate_groups() for candidate in group.candidates])
    group = next(group for group in candidate_groups() if asked in group.candidates)
    st.session_state["group"] = group.title
    st.segmented_control(
        "Mode, origin and destination",
        list(by_title),
        key="group",
        required=True,
        wrap=True,
        on_change=_to_group,
        args=(by_title,),
    )
    return group, asked


def choose_candidate(group: Together, asked: Candidate) -> None:
    """Let the reader choose a candidate of the table; the address follows and says which is shown."""
    names = {candidate.id: name(candidate) for candidate in group.candidates}
    st.session_state["candidate"] = asked.id
    st.radio(
        "Shown on the map and in detail",
        list(names),
        format_func=lambda identity: names[identity],
        key="candidate",
        on_change=_to_candidate,
    )


def _to_group(by_title: dict[str, Together]) -> None:
    first = by_title[st.session_state["group"]].candidates[0]
    st.query_params.from_dict({"candidate": first.id})


def _to_candidate() -> None:
    st.query_params.from_dict({"candidate": st.session_state["candidate"]})


def ground_along_candidate(candidate: Candidate) -> GroundProfile | None:
    """Return the ground along the drawn line of a candidate; None where none is drawn."""
    return _ground(briefing_context(), candidate)


@lru_cache(MOST_GROUNDS)
def _ground(context: BriefingContext, candidate: Candidate) -> GroundProfile | None:
    return candidate_ground(candidate, context.shipped.by_id, region().label, read_elevation())


def show_chart(group: Together) -> None:
    """Show the kilometres of the group by country and status as bars; nothing where no line is drawn."""
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    drawn_bars = bars(group.candidates, table_lookup())
    if drawn_bars:
        colour = str(getattr(palette, group.candidates[0].mode))
        show(legend_html(drawn_bars, colour))
        alternative = (
            "Bars of the kilometres of each candidate by country and status; the table beneath has the same numbers."
        )
        st.vega_lite_chart(km_chart(drawn_bars, colour, palette), theme=None, width="stretch", alt=alternative)

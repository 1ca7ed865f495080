"""A comparison on the page: how it is asked for, and its map, chart, tables and answers in their order."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from corridor.assessing.comparison import Comparison
from corridor.present.comparing.chart import lengths_chart
from corridor.present.comparing.sheets import every_sheet, known_words
from corridor.present.footnotes import Footnotes
from corridor.present.own_route import criteria
from corridor.present.style import DARK, LIGHT
from corridor.present.tables import element
from corridor.present.verdicts import HEADING
from corridor.quantities import counted
from corridor.store.visits import Visit
from corridor.ui.comparing.choosing import ChosenRoute
from corridor.ui.comparing.downloads import comparison_job, show_compared_files
from corridor.ui.comparing.map import show_compared_map
from corridor.ui.context import briefing_context
from corridor.ui.frame.office import show_notice
from corridor.ui.frame.text_page import show
from corridor.ui.tables import show_sheet
from corridor.ui.visit.process import job_queue
from corridor.ui.visit.waiting import awaited


def comparison_of(visit: Visit, routes: Sequence[ChosenRoute]) -> Comparison | None:
    """Return the routes side by side; None while a worker compares them or when that came to nothing, which is told."""
    job = comparison_job(visit, routes)
    return awaited(
        partial(job_queue().ask, job),
        job,
        name=f"{len(routes)} routes",
        failed="The routes were not compared.",
        again="Compare them again",
    )


def show_comparison(visit: Visit, routes: Sequence[ChosenRoute], comparison: Comparison) -> None:
    """Show all there is to say about routes side by side."""
    own = dict(route.compared.source for route in routes if route.compared.source is not None)
    notes = Footnotes({**briefing_context().shipped.library.sources, **own})
    if comparison.modes:
        show_notice(comparison.modes)
    for says in comparison.said_of_same_lines:
        show_notice(says)
    for route in routes:
        if says := route.compared.subject.origin.open_findings:
            show_notice(f"“{route.compared.subject.name}”: {says}")
    show_compared_map(routes, comparison)
    compared = [route.compared for route in routes]
    sheets = every_sheet(comparison, compared, briefing_context())
    st.header("Kilometres by territory")
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    alternative = "Bars of the kilometres of each route by territory; the table beneath has the same numbers."
    chart = lengths_chart(sheets["lengths"], palette)
    st.vega_lite_chart(chart, theme=None, width="stretch", alt=alternative)
    show(element("p", known_words(compared, briefing_context()), class_="soft"))
    for look in ("lengths", "differences", "others"):
        show_sheet(sheets[look], notes, look=f"{look} quiet")
    if lengths := len(sheets["published"].rows):
        with st.expander(
            f"Published lengths beside these: {counted(lengths, 'length')} of the segments of the candidates"
        ):
            show_sheet(sheets["published"], notes, look="published quiet")
    st.header("Borders on the way")
    show_sheet(sheets["crossings"], notes, look="all-crossings stack quiet")
    st.header(HEADING)
    show(element("p", criteria.INTRODUCTION, class_="lead"))
    show_sheet(sheets["answers"], notes, look="side-by-side quiet")
    with st.expander("What only informs: counts and lengths, route beside route"):
        show_sheet(sheets["information"], notes, look="informing quiet")
    with st.expander("What no geometry can judge"):
        show(criteria.unjudged_html())
    st.header("Where they part and meet")
    for pairing in comparison.pairings:
        if pairing.said_of_ground:
            show(element("p", pairing.said_of_ground, class_="soft"))
    show_sheet(sheets["runs"], notes, look="runs quiet")
    st.header("Settlements")
    show_sheet(sheets["settlements"], notes, look="gained two-sides quiet")
    show_compared_files(visit, routes)
    show(notes.listed())

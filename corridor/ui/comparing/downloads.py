"""What can be taken away of routes side by side, each file made when it is asked for."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import streamlit as st

from corridor.assessing.comparison import Comparison
from corridor.present.briefing_files.comparison_files import COMPARISON_FILES, Compared
from corridor.present.tables import element
from corridor.store import work
from corridor.store.job_queue import Job
from corridor.store.visits import Visit
from corridor.ui.comparing.choosing import ChosenRoute, RouteName, chosen_again
from corridor.ui.context import briefing_context
from corridor.ui.frame.text_page import show
from corridor.ui.visit.asked_again import at_hand
from corridor.ui.visit.download import show_download

TOLD = (
    "One table of all figures; all routes with their numbers; and a card of one page. The table also says how much of "
    "each line lies how far from the other."
)


def comparison_job(visit: Visit, routes: Sequence[ChosenRoute]) -> Job[Comparison]:
    """Return what there is to do for routes side by side; the first is the one the others are compared with."""
    base, *others = (route.compared.assessment for route in routes)
    sizes = {route.own.file.sha256: route.own.file.size for route in routes if route.own is not None}
    return Job(visit.token, frozenset(sizes), work.compared, (base, tuple(others)), size=sum(sizes.values()))


def show_compared_files(visit: Visit, routes: Sequence[ChosenRoute]) -> None:
    """Offer the comparison in every kind of file."""
    st.header("To take away")
    show(element("p", TOLD, class_="soft"))
    words = "Handling line on the card and in the workbook"
    handling = st.text_input(words, max_chars=80, placeholder="Draft, prepared by …", key="handling")
    names = tuple(route.name for route in routes)
    with st.container(horizontal=True, key="results"):
        for kind in COMPARISON_FILES:
            make = partial(_file, kind.write, visit, names, handling)
            name = f"corridor-comparison.{kind.suffix}"
            show_download(kind.title, make, name, kind.media_type, key=f"take-{kind.suffix}")


def _file(
    write: Callable[[Compared], bytes | str], visit: Visit, names: Sequence[RouteName], handling: str
) -> bytes | str:
    routes = chosen_again(visit, names)
    comparison = at_hand(comparison_job(visit, routes))
    compared = tuple(route.compared for route in routes)
    return write(Compared(comparison, compared, briefing_context(), date.today(), handling))

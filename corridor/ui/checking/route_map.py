"""The map of own routes with the list of findings beside it, mounted for the pages about a reader's own routes."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from corridor.present.live_map.folium_script import DECIMALS, DRAWN_WINDOW
from corridor.present.own_route.file_report import PLURALS, SEVERITIES, FindingRecord
from corridor.present.own_route.waypoints import WaypointOnMap
from corridor.present.publication import published
from corridor.store.work import FileAnalysis
from corridor.ui.visit.visit import MeasuredRoute

LOADER = """
const map = import(new URL("%s/route_map.js", window.location.origin).href);
export default async (component) => (await map).default(component);
"""
KEY = "route-map"
#: How findings are grouped, the gravest first.
FINDING_GROUPS = tuple(
    {"id": str(severity), "title": PLURALS[severity].capitalize(), "means": means}
    for severity, means in SEVERITIES.items()
)


@st.cache_resource(show_spinner=False)
def _component() -> ComponentRenderer:
    html = '<div class="corridor-reader corridor-map corridor-routes"></div>'
    js = LOADER % published().routes
    return st.components.v2.component("corridor_route_map", html=html, js=js, isolate_styles=False)


class RouteOnMap(TypedDict):
    """A route as a map component is given it; `parts` are rows of longitude and latitude in degrees."""

    id: str
    number: int
    name: str
    parts: list[list[list[float]]]
    look: int


class CrossingOnMap(TypedDict):
    """Where a route crosses a border, in degrees, with the words beside the mark."""

    lat: float
    lon: float
    words: str


class NumberOnMap(TypedDict):
    """The number of a line at a place on it, in degrees."""

    number: int
    name: str
    lat: float
    lon: float


def show_route_map(
    routes: Sequence[MeasuredRoute],
    chosen: MeasuredRoute | None,
    *,
    findings: Sequence[FindingRecord] = (),
    mended: Sequence[FindingRecord] = (),
    features: Sequence[str] = (),
    numbers: Sequence[NumberOnMap] = (),
    waypoints: Sequence[WaypointOnMap] = (),
    groups: Sequence[Mapping[str, str]] = FINDING_GROUPS,
    beside: str = "Findings",
    note: str = "",
    apart: bool = False,
    height: int = 480,
    choose: Callable[[str], None] = lambda _: None,
) -> None:
    """Show own routes on the shipped land with `features` (ids of shipped ones) and what was found, in its own list.

    `findings` and `mended` are records of `file_report.finding_records`, listed under `groups` in a list that is called
    `beside`. `numbers` are those of lines, {number, name, lat, lon}, at places on them; without any each own route has
    its number where it begins. `waypoints` are points of a file that are no part of a line.
    `note` stands below the map. `apart` gives every route a colour of its own. `choose` is told the id of a route that
    was pressed on the map. Everything a reader's file says travels as data and is shown as text.
    """
    publication = published()
    names = "; ".join(route.line.name for route in routes)
    _component()(
        key=KEY,
        data={
            **publication.of_a_map,
            "routes": [route_data(route, look if apart else 0) for look, route in enumerate(routes, start=1)],
            "chosen": chosen.line.id if chosen else "",
            "crossings": _crossings(chosen),
            "findings": list(findings),
            "mended": list(mended),
            "severities": list(groups),
            "beside": beside,
            "numbers": list(numbers),
            "waypoints": list(waypoints),
            "features": list(features),
            "window": list(DRAWN_WINDOW),
            "note": note,
            "height": height,
            "description": f"Map of {names}" if names else "Map of the region",
        },
        height="content",
        on_chosen_change=lambda: _tell(choose),
    )


def _tell(choose: Callable[[str], None]) -> None:
    pressed = getattr(st.session_state.get(KEY), "chosen", None)
    if isinstance(pressed, str):
        choose(pressed)


def route_data(route: MeasuredRoute, look: int = 0) -> RouteOnMap:
    """Return a route as a map component is given it: id, number, name, and its parts as (lon, lat) in degrees.

    `look` numbers the colours of routes side by side from 1; 0 is the look of any own route.
    """
    parts = [part.round(DECIMALS).tolist() for part in route.line.parts]
    return {"id": route.line.id, "number": route.number, "name": route.line.name, "parts": parts, "look": look}


def _crossings(route: MeasuredRoute | None) -> list[CrossingOnMap]:
    if route is None:
        return []
    return [
        {
            "lat": round(crossing.lat, DECIMALS),
            "lon": round(crossing.lon, DECIMALS),
            "words": f"Border crossed at km {crossing.at_km:,.1f}",
        }
        for crossing in route.assessment.measures.crossings
    ]


def drawn_note(analysis: FileAnalysis) -> str:
    """Return with how many of its vertices a file is drawn, where that is not all of them."""
    drawn = sum(len(part) for parts in analysis.drawn for part in parts)
    whole = sum(assessment.measures.vertices for assessment in analysis.assessments)
    if drawn >= whole:
        return ""
    return f"Drawn with {drawn:,} of {whole:,} vertices; measured with all."

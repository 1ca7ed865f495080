"""The points that stand in a reader's file beside its lines: as a table, and as marks on its map."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from corridor.answering.figures import Figure
from corridor.present.own_route.figures import OWN_FILE, place
from corridor.present.sheets import Sheet
from corridor.quantities import counted
from corridor.reading.waypoints import Waypoint

#: Points that are listed and drawn; whoever sends more looks for one in another tool.
MOST_SHOWN = 200
#: Decimals of a degree on a map: a metre.
DECIMALS = 5
TITLE, ALONE = "Points beside the line", "Points of the file"


class WaypointOnMap(TypedDict):
    """A point as the map component marks it, in degrees."""

    name: str
    lat: float
    lon: float


def waypoint_marks(waypoints: Sequence[Waypoint]) -> list[WaypointOnMap]:
    """Return the first MOST_SHOWN points in the form the map component marks them."""
    return [
        {"name": waypoint.name, "lat": round(waypoint.lat, DECIMALS), "lon": round(waypoint.lon, DECIMALS)}
        for waypoint in waypoints[:MOST_SHOWN]
    ]


def waypoints_sheet(waypoints: Sequence[Waypoint], kept_on: date, *, beside: bool = True) -> Sheet:
    """Return the first MOST_SHOWN points with place and height, in the order of the file; `beside` a line or alone."""
    rows = tuple(
        (waypoint.name, place(waypoint.lon, waypoint.lat), _height(waypoint, kept_on))
        for waypoint in waypoints[:MOST_SHOWN]
    )
    return Sheet(TITLE if beside else ALONE, ("Name", "Place", "Height"), rows)


def _height(waypoint: Waypoint, kept_on: date) -> Figure | None:
    if waypoint.height_m is None:
        return None
    what, accuracy = f"{waypoint.name}: height", "as the file gives it"
    return Figure(what, f"{waypoint.height_m:,.0f}", "m", accuracy, kept_on.isoformat(), (OWN_FILE,))


def shown_note(count: int) -> str:
    """Return how many points are listed and drawn, "" where all are."""
    if count <= MOST_SHOWN:
        return ""
    return f"The first {MOST_SHOWN} of {counted(count, 'point')} are listed and drawn; “corridor check --json” has all."

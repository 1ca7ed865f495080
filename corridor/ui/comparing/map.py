"""The map of routes side by side, with the list of the places where they part and meet again."""

from collections.abc import Sequence

from corridor.assessing.comparison import Comparison
from corridor.present.comparing.numbering import number_spots
from corridor.present.comparing.partings import partings
from corridor.present.own_route.file_report import FindingRecord
from corridor.ui.checking.route_map import NumberOnMap, show_route_map
from corridor.ui.comparing.choosing import ChosenRoute
from corridor.ui.context import briefing_context

#: How the places where lines part and meet are listed beside the map.
PLACES = (
    {
        "id": "note",
        "title": "Where they part and meet again",
        "means": "Places where each route leaves or rejoins the first one.",
    },
)
MAP_HEIGHT = 520


def letters(number: int) -> str:
    """Return the letters of a place by its number from 1, as columns of a spreadsheet have them: "A", "Z", "AA"."""
    said = ""
    while number:
        number, place = divmod(number - 1, 26)
        said = f"{chr(ord('A') + place)}{said}"
    return said


def show_compared_map(routes: Sequence[ChosenRoute], comparison: Comparison) -> None:
    """Show the routes on the land, each numbered on its own line, and list where they part and meet again."""
    drawn = [
        f"route/{part.segment}"
        for route in routes
        if route.compared.candidate
        for part in briefing_context().shipped.candidates[route.compared.candidate].segments
    ]
    spots = number_spots([route.compared.assessment.measures.samples for route in routes])
    numbers: list[NumberOnMap] = [
        {"number": number, "name": route.compared.subject.name, "lon": lon, "lat": lat}
        for number, (route, (lon, lat)) in enumerate(zip(routes, spots, strict=True), start=1)
    ]
    names = "; ".join(f"{number['number']} {number['name']}" for number in numbers)
    places: list[FindingRecord] = [
        {
            "number": letters(number), "severity": "note", "says": parting.says, "advice": parting.advice,
            "where": "", "lon": parting.lonlat[0], "lat": parting.lonlat[1],
            "mend": "", "accepted": False, "asked": False, "tag": "", "exchanged": False,
            "needed": False,
        }
        for number, parting in enumerate(partings(comparison), start=1)
    ]  # fmt: skip
    show_route_map(
        [route.own for route in routes if route.own is not None],
        None,
        findings=places,
        features=drawn,
        numbers=numbers,
        groups=PLACES,
        beside="Where the routes part and meet again",
        note=f"Each number stands on its line: {names}. Letters are places where lines part or meet.",
        apart=True,
        height=MAP_HEIGHT,
    )

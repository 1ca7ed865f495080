"""The form in which the ground along a route leaves the program as JSON; km are along the line, heights in metres."""

from typing import TypedDict

from corridor.assessing.assessment import Assessment
from corridor.assessing.ground_profile import LIMITS, GroundProfile
from corridor.assessing.route_records import in_km


class GroundStepJson(TypedDict):
    """A run of the line and the ground within one cell of it; heights are null at sea level and where nothing is known.

    `level` is "above-sea-level", "reaches-sea-level" (its lowest ground does), "at-or-below-sea-level" or "no-data".
    """

    from_km: float
    to_km: float
    lowest_m: int | None
    highest_m: int | None
    level: str


class GroundMarkJson(TypedDict):
    """A border crossed or a place passed; `id` is null for a coast or a border of a shipped candidate."""

    at_km: float
    kind: str
    id: str | None
    label: str


class FileHeightsJson(TypedDict):
    """The heights a file carries itself, over its own datum, by km from the start."""

    km: list[float]
    height_m: list[float]


class GroundJson(TypedDict):
    """The ground along one route, as `corridor profile --json` prints it."""

    name: str
    length_km: float
    says: str
    limits: str
    source: str
    sources: list[str]
    lowest_m: int | None
    highest_m: int | None
    at_or_below_sea_level_km: float
    no_data_km: float
    ground: list[GroundStepJson]
    marks: list[GroundMarkJson]
    file_heights: FileHeightsJson | None


class GroundOfFileJson(TypedDict):
    """The routes of a file, or the one shipped candidate or segment of that id, with the ground along each."""

    file: str | None
    id: str | None
    routes: list[GroundJson]


def ground_record(assessment: Assessment, ground: GroundProfile) -> GroundJson:
    """Return the ground along one route; the limits of the model go wherever its heights go."""
    return {
        "name": assessment.route.name,
        "length_km": in_km(assessment.measures.length_km),
        "says": ground.says,
        "limits": LIMITS,
        "source": ground.source,
        "sources": list(ground.sources),
        "lowest_m": ground.lowest_m,
        "highest_m": ground.highest_m,
        "at_or_below_sea_level_km": in_km(ground.km("at-or-below-sea-level")),
        "no_data_km": in_km(ground.km("no-data")),
        "ground": [
            {
                "from_km": in_km(step.from_km),
                "to_km": in_km(step.to_km),
                "lowest_m": step.lowest_m,
                "highest_m": step.highest_m,
                "level": step.level,
            }
            for step in ground.steps
        ],
        "marks": [
            {"at_km": in_km(mark.at_km), "kind": mark.kind, "id": mark.id or None, "label": mark.label}
            for mark in ground.marks
        ],
        "file_heights": _file_heights(assessment),
    }


def _file_heights(assessment: Assessment) -> FileHeightsJson | None:
    heights = assessment.measures.profile
    if heights is None:
        return None
    return {
        "km": [in_km(km) for km, _ in heights.drawn],
        "height_m": [round(height, 1) for _, height in heights.drawn],
    }

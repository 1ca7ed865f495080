"""The form of the numbers and answers of routes as JSON, a record for each object: what leaves the program keeps to it.

Lengths and distances along a line are in km, accuracies in metres, positions in degrees on WGS84.
"""

from typing import Literal, NotRequired, TypedDict

from corridor.candidates import Mode
from corridor.reading.faults import JsonPath


class SystemChoiceJson(TypedDict):
    """A reference system the numbers may be in, where it puts the first of them, and how far from the first choice."""

    crs: str
    name: str
    lon: float
    lat: float
    shift_m: float
    northing_first: bool


class FindingJson(TypedDict):
    """One thing noticed in a file, with its place where it has one.

    `mendable` says that `corridor mend` mends it, `by_name` that it does so only when asked: `--only CODE`.
    """

    code: str
    severity: str
    says: str
    advice: str
    path: JsonPath | None
    line: int | None
    column: int | None
    feature: int | None
    lon: float | None
    lat: float | None
    mendable: bool
    by_name: bool
    systems: list[SystemChoiceJson]


class StretchJson(TypedDict):
    """A run of a line inside one territory."""

    territory: str
    from_km: float
    to_km: float


class OverlapJson(TypedDict):
    """How much of a line lies in an area under delimitation."""

    area: str
    km: float


class PostJson(TypedDict):
    """The known crossing nearest to where a line meets a border, and how far away it is."""

    id: str
    label: str
    status: str
    status_as_of: str
    km: float
    accuracy_m: float


#: Where a line passes from one territory into another; a functional form, since "from" is a word of Python.
BorderCrossingJson = TypedDict(
    "BorderCrossingJson",
    {
        "from": str,
        "to": str,
        "at_km": float,
        "lon": float,
        "lat": float,
        "border": str | None,
        "delimited": bool | str | None,
        "accuracy_m": int | None,
        "nearest_post": PostJson | None,
    },
)


class NearBorderJson(TypedDict):
    """How much of a line lies within a distance of the border of a third State."""

    within_km: float
    km: float
    cannot_say_km: float


class SettlementsJson(TypedDict):
    """Settlements within a distance of a line, by territory or "under-delimitation"; people where a census has them."""

    within_km: float
    by_territory: dict[str, list[str]]
    too_close_to_say: int
    people_census_2011: int | None
    people_counted_in: int


class CurveJson(TypedDict):
    """The sharpest curve that a line holds for `over_m` metres."""

    radius_m: int
    over_m: int
    at_km: float


class ProfileJson(TypedDict):
    """Heights and slopes of a line whose file has heights."""

    lowest_m: float
    highest_m: float
    climb_m: float
    descent_m: float
    steepest_per_mille: float | None
    vertices_with_height: float


class CriterionJson(TypedDict):
    """A question to a line with its answer, and by how much that is certain."""

    id: str
    clause: str | None
    question: str
    answer: str
    why: str | None
    value: float | None
    unit: str | None
    margin_m: float | None
    tolerance_m: float | None
    because: str
    details: list[str]
    sources: list[str]


class RouteJson(TypedDict):
    """A route's numbers and answers; `mode` is None where neither the file nor its sender says it.

    Of the later routes of a file with hundreds only the kilometres are given: no criteria, None for what else is one
    number.

    `length_km` and all other lengths count each stretch of ground once; `repeated_km` is what the file draws again, and
    `drawn_km` both together.
    """

    name: str
    mode: Mode | None
    length_km: float
    drawn_km: float
    repeated_km: float
    accuracy_m: float | None
    accuracy: str | None
    by_territory_km: dict[str, float]
    by_territory_range_km: dict[str, list[float]]
    stretches: list[StretchJson]
    overlaps: list[OverlapJson]
    crossings: list[BorderCrossingJson]
    near_third_state_border: list[NearBorderJson]
    settlements: list[SettlementsJson]
    straightness: float | None
    sharpest_curve: CurveJson | None
    profile: ProfileJson | None
    criteria: list[CriterionJson]


class WaypointJson(TypedDict):
    """A point of a file that is part of no line; `height_m` is None where the file gives none that can be right."""

    name: str
    lon: float
    lat: float
    height_m: float | None


class FileJson(TypedDict):
    """A file with its findings and routes, as `corridor check --json` prints it."""

    file: str
    sha256: str | None
    format: str
    crs: str | None
    converted: bool
    geojson: str
    route: str
    findings: list[FindingJson]
    routes: list[RouteJson]
    waypoints: list[WaypointJson]
    seconds: float


class KnownLengthJson(TypedDict):
    """A segment, or several that one published length covers, in km; `segment` is None for the line of a file.

    `repeated` km of what is `drawn` run over other segments of the route and count there. `office_lines` is there where
    an office added the line of one of them, and says from where; `drawing` where one leaves its published length by
    more than five per cent, and says by how much.
    """

    segment: str | None
    covers: list[str]
    published: list[float] | None
    drawn: float | None
    repeated: float
    used: Literal["published", "drawn"] | None
    drawing: NotRequired[str]
    office_lines: NotRequired[list[str]]


class ComparedRouteJson(TypedDict):
    """A route that is compared; `id` is None for one of a file. Each length that is published is the one used."""

    id: str | None
    name: str
    length_km: float
    length_range_km: list[float]
    lengths: list[KnownLengthJson]
    by_territory_km: dict[str, float]


class QuantityRowJson(TypedDict):
    """A quantity of each route, and by how much each other differs from the first.

    A value is None where the line is too rough to say, a difference where it is less than the drawings allow.
    """

    what: str
    unit: str
    values: list[float | None]
    differences: list[float | None]


class CriterionRowJson(TypedDict):
    """A question with the answer of each route."""

    id: str
    clause: str | None
    question: str
    answers: list[str]
    because: list[str]


class OffsetsJson(TypedDict):
    """How far one line lies from another, in metres at three shares of its length."""

    within_m: float
    share: float
    p50_m: float
    p90_m: float
    p100_m: float
    step_m: float


class PartingRunJson(TypedDict):
    """A run in which two lines lie together, or apart."""

    together: bool
    from_km: float
    to_km: float
    start: list[float]
    end: list[float]
    farthest_m: float


class SettlementChangeJson(TypedDict):
    """Which settlements a line comes near to that the first does not, and the other way round."""

    within_km: float
    gained: list[str]
    lost: list[str]


class PairingJson(TypedDict):
    """How one other route lies to the first; its “legs” are the runs in which they lie together or apart."""

    route: str
    of_first_near_this: OffsetsJson
    of_this_near_first: OffsetsJson
    same_ground_km: float
    frechet_m: float
    frechet_resolution_m: float
    legs_of_first: list[PartingRunJson]
    legs_of_this: list[PartingRunJson]
    settlements: list[SettlementChangeJson]


class ComparisonJson(TypedDict):
    """Routes side by side, as `corridor compare --json` prints them; `modes` says in a sentence how they differ."""

    routes: list[ComparedRouteJson]
    modes: str | None
    rows: list[QuantityRowJson]
    by_territory: list[QuantityRowJson]
    criteria: list[CriterionRowJson]
    with_first: list[PairingJson]

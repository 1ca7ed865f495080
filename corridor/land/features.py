"""What a feature of a shipped layer is: its properties, those of every layer and those of one; its geometry.

geodata/README.md says what each property means and which values it may have. A layer whose own
properties are read by name has a record here and an entry in `RECORDS`; of any other the common ones alone are known.
"""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Generic, Literal, NotRequired, cast

import shapely
from pydantic import TypeAdapter, ValidationError
from shapely.geometry.base import BaseGeometry
from typing_extensions import ReadOnly, TypedDict, TypeVar

from corridor.errors import CatalogueError
from corridor.sources import SourceId, first_fault

LayerId = str
FeatureId = str
Coordinates = float | Sequence["Coordinates"]


class FeatureName(TypedDict):
    """Another name of a feature; `language` is a BCP 47 tag."""

    text: str
    language: str
    note: str | None
    contested: bool


class FeatureFact(TypedDict):
    """A figure or a short text about a feature, with all that must stand beside it; `as_of` is an ISO date."""

    label: str
    value: float | str
    unit: str | None
    accuracy: str | None
    as_of: str | None
    sources: list[SourceId]
    quote: str | None
    by: str | None


class Properties(TypedDict):
    """What every feature of every layer says of itself; `accuracy_m` is in metres and None where nothing is drawn."""

    label: str
    names: list[FeatureName]
    kind: str
    territories: list[str]
    status: ReadOnly[str | None]
    status_as_of: ReadOnly[str | None]
    accuracy_m: float | None
    method: str
    note: str | None
    sources: list[SourceId]
    as_of: str
    facts: list[FeatureFact]


class BorderProperties(Properties):
    """A piece of a border: whose, whether delimited ("part": a stretch of it; None: not examined), how long in km."""

    pair: list[str]
    delimited: bool | Literal["part"] | None
    length_km: float


class ExclaveProperties(Properties):
    """An area under delimitation, and in which polygon of OpenStreetMap it lies."""

    inside_osm_polygon_of: Literal["armenia", "azerbaijan"]


class PlaceProperties(Properties):
    """A place; names are placed on maps by `rank`, 1 first."""

    coordinate_basis: Literal["cited", "estimate"] | None
    rank: int


class CrossingProperties(Properties):
    """A crossing of a border; `delimited` is None where that was not examined."""

    status: ReadOnly[str]
    status_as_of: ReadOnly[str]
    delimited: bool | None
    pair: list[str]
    modes: list[Literal["rail", "road"]]
    coordinate_basis: Literal["cited", "derived", "estimate"] | None


class SegmentDate(TypedDict):
    """A date somebody said of a segment, or `of` more than it: an ISO day, month or year; `about` is what is dated."""

    kind: Literal["promised", "expected", "announced", "started", "delivered"]
    about: Literal["agreement", "start", "completion", "use"]
    of: str | None
    what: str
    date: str
    said_on: str | None
    by: str
    sources: list[SourceId]
    quote: str | None


class SegmentLength(TypedDict):
    """A published length in km, up to `km_high`; not `comparable`: of something else, of all it `covers`, of a part."""

    km: float
    km_high: float | None
    what: str
    by: str
    as_of: str | None
    sources: list[SourceId]
    comparable: bool
    covers: list[str]
    drawn_km: float | None


class SegmentStatement(TypedDict):
    """Who proposed a segment, or answered, in their words."""

    by: str
    what: str
    as_of: str | None
    sources: list[SourceId]
    quote: str | None


class SegmentStation(TypedDict):
    """A station on a segment, `from_start_km` along it as drawn; `chainage_km` is that of the railway's own `line`."""

    name: str
    chainage_km: float | None
    line: str | None
    from_start_km: float
    lon: float
    lat: float
    sources: list[SourceId]


class SegmentChainage(TypedDict):
    """The kilometre posts of a railway's `line` at the ends of a segment."""

    from_km: float
    to_km: float
    line: str
    sources: list[SourceId]


class RouteProperties(Properties):
    """A segment of candidates, in one country; `measured_km` is None where it is not drawn."""

    status: ReadOnly[str]
    mode: Literal["rail", "road", "energy", "digital", "air"]
    segment_from: str
    segment_to: str
    country: str
    candidates: list[str]
    onward_of: list[str]
    alignment_status: Literal["existing", "stated", "inferred", "none"]
    contested: bool
    gauge: FeatureFact | None
    operator: FeatureFact | None
    owner: FeatureFact | None
    company: FeatureFact | None
    capacity: FeatureFact | None
    cost: FeatureFact | None
    dates: list[SegmentDate]
    published_lengths: list[SegmentLength]
    measured_km: float | None
    measured_note: str | None
    proposed_by: list[SegmentStatement]
    answered_by: list[SegmentStatement]
    stations: list[SegmentStation]
    chainage: SegmentChainage | None
    office_line: NotRequired[str]  # whose line it is that stands in place of the shipped one, and of which day
    course_as_of: NotRequired[str]  # the date of what is known of the course, where `as_of` is that of such a line


#: The properties of a segment that hold one fact each, and what they are called on screen.
SingleFact = Literal["gauge", "operator", "owner", "company", "capacity", "cost"]
SINGLE_FACTS: Mapping[SingleFact, str] = {
    "gauge": "Gauge",
    "operator": "Operator",
    "owner": "Owner",
    "company": "Expected project company",
    "capacity": "Capacity",
    "cost": "Cost",
}


class Geometry(TypedDict):
    """A GeoJSON geometry; coordinates are longitude and latitude in degrees on WGS84."""

    type: str
    coordinates: Coordinates


P = TypeVar("P", bound=Properties, default=Properties)
P_co = TypeVar("P_co", bound=Properties, covariant=True, default=Properties)


class Feature(TypedDict, Generic[P_co]):
    """A GeoJSON feature; `geometry` is None where it is listed and not drawn. `Feature` alone may be of any layer."""

    type: Literal["Feature"]
    id: ReadOnly[FeatureId]
    properties: ReadOnly[P_co]
    geometry: ReadOnly[Geometry | None]


#: The record of each layer that has properties of its own.
RECORDS: Mapping[LayerId, type[Properties]] = {
    "border": BorderProperties,
    "exclave": ExclaveProperties,
    "place": PlaceProperties,
    "crossing": CrossingProperties,
    "route": RouteProperties,
}


def layer_of(feature: FeatureId) -> LayerId:
    """Return the layer a feature is of, which its id begins with."""
    return feature.partition("/")[0]


def of_layer(feature: Feature, record: type[P]) -> Feature[P]:
    """Return a feature known to have the properties of `record`; raise CatalogueError when its layer has others."""
    if RECORDS.get(layer_of(feature["id"])) is not record:
        raise CatalogueError(f"{feature['id']!r} has no {record.__name__}; a feature of another layer was expected.")
    return cast("Feature[P]", feature)


def properties_of(feature: Feature, record: type[P]) -> P:
    """Return the properties of a feature as those of its layer; raise CatalogueError when its layer has others."""
    return of_layer(feature, record)["properties"]


def features_of(features: Iterable[Feature], record: type[P]) -> list[Feature[P]]:
    """Return those of `features` whose layer has the properties of `record`, in their order."""
    return [of_layer(feature, record) for feature in features if RECORDS.get(layer_of(feature["id"])) is record]


def geometry_of(feature: Feature) -> Geometry:
    """Return the geometry of a drawn feature; raise CatalogueError when it is listed and not drawn."""
    if feature["geometry"] is None:
        raise CatalogueError(f"{feature['id']!r} is listed and not drawn; a drawn feature was expected.")
    return feature["geometry"]


def shape_of(feature: Feature) -> BaseGeometry:
    """Return what is drawn of a feature, in degrees; raise CatalogueError when it is listed and not drawn."""
    return shapely.geometry.shape({**geometry_of(feature)})


def accuracy_m_of(feature: Feature) -> float:
    """Return how exactly a feature is drawn, in metres; raise CatalogueError when it is listed and not drawn."""
    metres = feature["properties"]["accuracy_m"]
    if metres is None:
        raise CatalogueError(f"{feature['id']!r} states no accuracy; a drawn feature was expected.")
    return float(metres)


def position_of(feature: Feature) -> tuple[float, float]:
    """Return longitude and latitude of a feature drawn as a point; raise CatalogueError for any other."""
    shape = shape_of(feature)
    if not isinstance(shape, shapely.Point):
        raise CatalogueError(f"{feature['id']!r} is drawn as a {shape.geom_type}; a point was expected.")
    return shape.x, shape.y


def as_geometry(shape: BaseGeometry) -> Geometry:
    """Return a shape as GeoJSON has it."""
    geometry = shapely.geometry.mapping(shape)
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def fault_of(layer: LayerId, properties: object) -> str | None:
    """Return what is wrong with the properties of a feature of this layer, as words that follow its id."""
    try:
        _adapter(layer).validate_python(properties, strict=True)
    except ValidationError as error:
        fault = error.errors()[0]
        if fault["type"] == "missing" and len(fault["loc"]) == 1:
            return f"lacks the property {fault['loc'][0]!r}"
        return f"has a fault at {first_fault(error)}"
    return None


@cache
def _adapter(layer: LayerId) -> TypeAdapter[Properties]:
    with warnings.catch_warnings():
        # What may not be changed is for mypy to see; pydantic says that it does not look after it.
        warnings.filterwarnings("ignore", ".*`ReadOnly` qualifier", UserWarning)
        return TypeAdapter(RECORDS.get(layer, Properties))

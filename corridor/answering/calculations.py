"""How an answer reckons a figure from others or from the drawn geometry: sums and distances."""

from collections.abc import Sequence

import shapely
import shapely.ops
from shapely.geometry.base import BaseGeometry

from corridor.answering.figures import MEASURED, Evidence, Figure, Keys, KnownFigures, Reference, newest, once
from corridor.errors import DocumentError
from corridor.land.features import shape_of
from corridor.land.geodesy import distance_m, length_km, to_degrees, to_metric


def _sum(what: str, keys: Keys, _: Evidence, known: KnownFigures) -> Figure:
    parts = [_known(key, known) for key in keys["of"]]
    return Figure(
        what=what,
        value=sum(float(part.value) for part in parts),
        unit=parts[0].unit,
        accuracy=f"sum of {len(parts)} figures of this answer",
        as_of=newest(part.as_of for part in parts),
        sources=once(s for part in parts for s in part.sources),
    )


def _known(key: str, known: KnownFigures) -> Figure:
    if key not in known:
        raise DocumentError(f"uses the figure {key!r}, which does not stand above it")
    return known[key]


def _near(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    line = evidence.properties(keys["feature"])
    others = [evidence.properties(identity) for identity in keys["to"]]
    return Figure(
        what=what,
        value=length_within_km(
            _drawn(keys["feature"], evidence), [_drawn(identity, evidence) for identity in keys["to"]], keys["metres"]
        ),
        unit="km",
        accuracy=MEASURED,
        accuracy_m=line["accuracy_m"],
        as_of=line["as_of"],
        sources=evidence.drawn_from([line, *others]),
    )


def _moved(what: str, keys: Keys, evidence: Evidence, _: KnownFigures) -> Figure:
    crossing = evidence.properties(keys["feature"])
    border = [evidence.properties(identity) for identity in keys["along"]]
    moved = moved_along(
        _drawn(keys["feature"], evidence),
        [_drawn(identity, evidence) for identity in keys["along"]],
        _drawn(keys["away_from"], evidence),
        keys["km"],
    )
    return Figure(
        what=what,
        value=straight_km(moved, _drawn(keys["to"], evidence)),
        unit="km",
        accuracy=f"straight distance; geometry only, and the crossing itself is known to ±{crossing['accuracy_m']:g} m",
        as_of=crossing["as_of"],
        sources=evidence.drawn_from([*border, crossing]),
    )


def _drawn(identity: str, evidence: Evidence) -> BaseGeometry:
    evidence.properties(identity)
    feature = evidence.features[identity]
    if feature["geometry"] is None:
        raise DocumentError(f"measures on {identity!r}, which is listed and not drawn")
    return shape_of(feature)


def length_within_km(line: BaseGeometry, others: Sequence[BaseGeometry], metres: float) -> float:
    """Return how many kilometres of `line` (degrees) lie within `metres` of any of `others` (degrees)."""
    zone = shapely.buffer(to_metric(shapely.union_all(others)), metres)
    return length_km(to_degrees(shapely.intersection(to_metric(line), zone)))


def moved_along(
    point: BaseGeometry, border: Sequence[BaseGeometry], away_from: BaseGeometry, km: float
) -> shapely.Point:
    """Return the point (degrees) `km` along a border from the place nearest to `point`, the way that leads away.

    Distances are those of the corridor's UTM zone, whose scale differs from the ground by less than 0.04 %. Raises
    DocumentError when the border ends before `km`.
    """
    joined = shapely.line_merge(shapely.union_all(border))
    start, place = to_metric(point), to_metric(away_from)
    line = min(shapely.get_parts(to_metric(joined)), key=lambda part: float(shapely.distance(part, start)))
    begin = shapely.line_locate_point(line, start)
    ends = [along for along in (begin - 1000 * km, begin + 1000 * km) if 0 <= along <= line.length]
    if not ends:
        raise DocumentError(f"moves a crossing {km:g} km along a border that ends before")
    moved = [shapely.Point(*shapely.get_coordinates(line.interpolate(along))[0]) for along in ends]
    farthest = max(moved, key=lambda end: float(shapely.distance(end, place)))
    return shapely.Point(*shapely.get_coordinates(to_degrees(farthest))[0])


def straight_km(point: shapely.Point, other: BaseGeometry) -> float:
    """Return the geodesic distance in kilometres between a point and the nearest point of `other` (degrees)."""
    near = to_degrees(shapely.ops.nearest_points(to_metric(point), to_metric(other))[1])
    (longitude, latitude), (other_longitude, other_latitude) = shapely.get_coordinates([point, near])
    return distance_m((longitude, latitude), (other_longitude, other_latitude)) / 1000.0


RECKONED = (
    Reference("sum", "The sum of figures above.", frozenset({"of"}), _sum),
    Reference("near", "The length of a segment near a border.", frozenset({"feature", "to", "metres"}), _near),
    Reference(
        "moved",
        "How far a crossing, moved along its border away from a place, lies from a feature.",
        frozenset({"feature", "along", "away_from", "km", "to"}),
        _moved,
    ),
)

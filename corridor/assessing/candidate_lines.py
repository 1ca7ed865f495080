"""The drawn lines of a shipped candidate in the order of travel, and the kilometres of its segments that count.

They are counted by the code that counts a reader's file: ground that two segments run over, or beside each other, as
where one railway leaves a station the way another came in, counts once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import dist

import numpy as np
import shapely
from shapely.coords import CoordinateSequence
from shapely.ops import substring

from corridor.candidates import Candidate, Part
from corridor.land.features import Feature, FeatureId, RouteProperties, of_layer, shape_of
from corridor.land.geodesy import segment_lengths_m
from corridor.land.territory import TerritoryId
from corridor.legs import Leg, legs
from corridor.reading.parts_once import StretchOfPart, parts_once

#: Candidates whose repeats are kept; fewer are shipped.
MOST_KEPT = 128


def drawn_parts(candidate: Candidate, features: Mapping[FeatureId, Feature]) -> tuple[Part, ...]:
    """Return the parts of a candidate that are drawn; `features` are those of the route layer by id."""
    return tuple(part for part in candidate.segments if features[f"route/{part.segment}"]["geometry"] is not None)


def candidate_lines(candidate: Candidate, features: Mapping[FeatureId, Feature]) -> list[shapely.LineString]:
    """Return the line of each part that is drawn, onward from the one before."""
    segments = ((part, features[f"route/{part.segment}"]) for part in drawn_parts(candidate, features))
    return _in_order([_line(part, of_layer(segment, RouteProperties)) for part, segment in segments])


def counted_legs(candidate: Candidate, features: Mapping[FeatureId, Feature]) -> tuple[Leg, ...]:
    """Return the legs from origin to destination with the kilometres that count, and those that are drawn again."""
    repeated: dict[int, float] = {}
    for stretch in counted_once(candidate_lines(candidate, features))[1]:
        repeated[stretch.part] = repeated.get(stretch.part, 0.0) + stretch.km
    counted: list[Leg] = []
    drawn = 0
    for leg in legs(candidate.segments, features):
        again_km = 0.0
        if features[leg.segment]["geometry"] is not None:
            again_km = round(repeated.get(drawn, 0.0), 2)
            drawn += 1
        if again_km and leg.measured_km is not None:
            leg = replace(leg, measured_km=round(leg.measured_km - again_km, 2), repeated_km=again_km)
        counted.append(leg)
    return tuple(counted)


def counted_parts(
    candidate: Candidate, features: Mapping[FeatureId, Feature]
) -> tuple[tuple[StretchOfPart, ...], tuple[TerritoryId, ...]]:
    """Return what counts of the drawn line of a candidate, and the country of each piece, which is that of its segment.

    `features` are those of the route layer; a `part` counts the drawn parts.
    """
    drawn = drawn_parts(candidate, features)
    country = {leg.segment: leg.country for leg in legs(candidate.segments, features)}
    counted, _ = counted_once(candidate_lines(candidate, features))
    return counted, tuple(country[f"route/{drawn[stretch.part].segment}"] for stretch in counted)


def counted_once(lines: Sequence[shapely.LineString]) -> tuple[tuple[StretchOfPart, ...], tuple[StretchOfPart, ...]]:
    """Return what counts of the lines of a candidate, in their order, and what is drawn again."""
    return _counted_once(tuple(shapely.to_wkb(line) for line in lines)) if lines else ((), ())


@lru_cache(MOST_KEPT)
def _counted_once(lines: tuple[bytes, ...]) -> tuple[tuple[StretchOfPart, ...], tuple[StretchOfPart, ...]]:
    return parts_once([shapely.get_coordinates(shapely.from_wkb(line)) for line in lines])


def _line(part: Part, feature: Feature[RouteProperties]) -> shapely.LineString:
    """Return the drawn line of a segment or of the stretch of it between two of its stations."""
    line = shapely.LineString(shapely.get_coordinates(shape_of(feature)))
    if part.start is None and part.end is None:
        return line
    at = {station["name"]: float(station["from_start_km"]) for station in feature["properties"]["stations"]}
    ends = np.concatenate([[0.0], np.cumsum(segment_lengths_m(shapely.get_coordinates(line)))]) / 1000.0
    degrees = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(shapely.get_coordinates(line), axis=0).T))])
    start, end = at[part.start] if part.start else 0.0, at[part.end] if part.end else float(ends[-1])
    cut = substring(line, *np.interp([start, end], ends, degrees).tolist())
    return shapely.LineString(shapely.get_coordinates(cut))


def _nearest(place: tuple[float, ...], line: CoordinateSequence) -> float:
    """Return how far, in degrees, a place is from the nearer end of a line."""
    return min(dist(place, line[0]), dist(place, line[-1]))


def _in_order(lines: Sequence[shapely.LineString]) -> list[shapely.LineString]:
    """Return the lines each drawn onward from the one before; segments are stored in one direction only.

    The nearer end goes on: lines that an office gave need not end exactly where ours do.
    """
    ordered: list[shapely.LineString] = []
    for number, line in enumerate(lines):
        start, end = line.coords[0], line.coords[-1]
        if ordered:
            before = ordered[-1].coords[-1]
            turned = dist(before, end) < dist(before, start)
        else:
            after = lines[number + 1].coords if number + 1 < len(lines) else None
            turned = after is not None and _nearest(start, after) < _nearest(end, after)
        ordered.append(shapely.reverse(line) if turned else line)
    return ordered

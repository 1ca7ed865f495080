"""Shipped candidates as routes, so that a reader's own line can be set beside them by the same rules."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import shapely
from shapely.ops import substring

from corridor.assessing.accuracy import AS_THE_DATA, Tolerance
from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.judging import Attributes, TableCrossing
from corridor.assessing.region import Region
from corridor.candidates import Candidate, CandidateId, Part, read_candidates
from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.features import (
    CrossingProperties,
    Feature,
    FeatureId,
    RouteProperties,
    accuracy_m_of,
    features_of,
    of_layer,
    properties_of,
    shape_of,
)
from corridor.land.geodesy import segment_lengths_m
from corridor.legs import Range, legs
from corridor.reading.route import Route
from corridor.sources import GEODATA


def read_candidate_routes(
    region: Region, root: Path = GEODATA, tolerance: Tolerance = AS_THE_DATA
) -> dict[CandidateId, Assessment]:
    """Return the assessment of every candidate of which a part is drawn; see `assess_candidate`."""
    catalogue = read_catalogue(root)
    features = {
        feature["id"]: feature for layer in ("route", "crossing") for feature in read_features(catalogue[layer], root)
    }
    assessments = {
        i: assess_candidate(candidate, features, region, tolerance) for i, candidate in read_candidates(root).items()
    }
    return {i: assessment for i, assessment in assessments.items() if assessment}


def assess_candidate(
    candidate: Candidate, features: Mapping[FeatureId, Feature], region: Region, tolerance: Tolerance = AS_THE_DATA
) -> Assessment | None:
    """Return the assessment of a candidate from its drawn segments, each as exact as its layer says; None without any.

    Segments that are listed and not drawn leave a gap; nothing is drawn across it. `features` are those of the layers
    of routes and of crossings.
    """
    drawn = [part for part in candidate.segments if features[f"route/{part.segment}"]["geometry"] is not None]
    if not drawn:
        return None
    segments = [of_layer(features[f"route/{part.segment}"], RouteProperties) for part in drawn]
    lines = _in_order([_line(part, segment) for part, segment in zip(drawn, segments, strict=True)])
    line = lines[0] if len(lines) == 1 else shapely.MultiLineString(lines)
    route = Route(candidate.name, line, {"id": candidate.id, "mode": candidate.mode})
    accuracies = [accuracy_m_of(segment) for segment in segments]
    return assess(route, region, tolerance, _attributes(candidate, features), accuracies)


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


def _in_order(lines: Sequence[shapely.LineString]) -> list[shapely.LineString]:
    """Return the lines each drawn onward from the one before; segments are stored in one direction only."""
    ordered: list[shapely.LineString] = []
    for number, line in enumerate(lines):
        ends = line.coords[0], line.coords[-1]
        if ordered:
            turned = ordered[-1].coords[-1] == ends[1]
        else:
            after = lines[number + 1].coords if number + 1 < len(lines) else None
            turned = after is not None and ends[0] in (after[0], after[-1])
        ordered.append(shapely.reverse(line) if turned else line)
    return ordered


def _attributes(candidate: Candidate, features: Mapping[FeatureId, Feature]) -> Attributes:
    """Return what tables and statements say: segments, crossings, missing parts, gauges where every one is known."""
    missing = candidate.missing_parts
    sources = [source for statement in missing for source in statement.sources]
    segments = [of_layer(features[f"route/{part.segment}"], RouteProperties) for part in candidate.segments]
    gauges = [gauge for segment in segments if (gauge := segment["properties"]["gauge"]) is not None]
    breaks = None
    if candidate.mode == "rail" and len(gauges) == len(segments):
        values = [str(gauge["value"]).partition(" (")[0] for gauge in gauges]
        breaks = tuple(f"{a}, then {b}" for a, b in pairwise(values) if a != b)
        sources += [source for gauge in gauges for source in gauge["sources"]]
    return Attributes(
        missing=tuple(statement.text for statement in missing),
        breaks=breaks,
        sources=tuple(dict.fromkeys(sources)),
        legs=legs(candidate.segments, features),
        crossings=tuple(_crossing(features[f"crossing/{identity}"]) for identity in candidate.crossings),
        drawn_short=drawn_short(candidate.mode, features.values()),
    )


def _crossing(feature: Feature) -> TableCrossing:
    of = properties_of(feature, CrossingProperties)
    return TableCrossing(
        of["label"], tuple(of["territories"]), of["status"], of["status_as_of"], of["delimited"], tuple(of["sources"])
    )


def drawn_short(mode: str, features: Iterable[Feature]) -> Range:
    """Return by how many times the published length of a segment is at least and at most its drawn one, for a mode.

    Segments that are drawn and have a published length of their own show it; (1, 1) where none of the mode has one.
    """
    least, most = 1.0, 1.0
    for feature in features_of(features, RouteProperties):
        of = feature["properties"]
        lengths = [length for length in of["published_lengths"] if length["comparable"]]
        if of["mode"] == mode and of["measured_km"] and lengths:
            least = min(least, min(length["km"] for length in lengths) / of["measured_km"])
            most = max(most, max(length["km_high"] or length["km"] for length in lengths) / of["measured_km"])
    return least, most

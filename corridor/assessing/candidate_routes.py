"""Shipped candidates as routes, so that a reader's own line can be set beside them by the same rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from corridor.assessing.accuracy import AS_THE_DATA
from corridor.assessing.assessment import Assessment, assess
from corridor.assessing.candidate_lines import candidate_lines, counted_legs, counted_once, counted_parts, drawn_parts
from corridor.assessing.judging import Attributes, TableCrossing
from corridor.assessing.region import Region
from corridor.candidates import Candidate, CandidateId, read_candidates
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
)
from corridor.land.line_rows import LineRows
from corridor.legs import Range
from corridor.reading.route import Route
from corridor.sources import GEODATA


def read_candidate_routes(
    region: Region,
    root: Path = GEODATA,
    segments: Sequence[Feature] | None = None,
) -> dict[CandidateId, Assessment]:
    """Return the assessment of every candidate of which a part is drawn; see `assess_candidate`.

    `segments` are those of the route layer where they are not as shipped, as with lines of an office.
    """
    catalogue = read_catalogue(root)
    routes = read_features(catalogue["route"], root) if segments is None else segments
    features = {feature["id"]: feature for feature in (*routes, *read_features(catalogue["crossing"], root))}
    assessments = {i: assess_candidate(candidate, features, region) for i, candidate in read_candidates(root).items()}
    return {i: assessment for i, assessment in assessments.items() if assessment}


def assess_candidate(candidate: Candidate, features: Mapping[FeatureId, Feature], region: Region) -> Assessment | None:
    """Return the assessment of a candidate from its drawn segments, each as exact as its layer says; None without any.

    Segments that are listed and not drawn leave a gap; nothing is drawn across it. What two segments run over both
    counts once. `features` are those of the layers of routes and of crossings.
    """
    drawn = drawn_parts(candidate, features)
    if not drawn:
        return None
    counted, again = counted_once(candidate_lines(candidate, features))
    route = Route(
        candidate.name,
        LineRows.together([stretch.rows for stretch in counted]),
        {"id": candidate.id, "mode": candidate.mode},
        again=[stretch.rows for stretch in again],
    )
    accuracies = [accuracy_m_of(of_layer(features[f"route/{part.segment}"], RouteProperties)) for part in drawn]
    exact = [accuracies[stretch.part] for stretch in counted]
    _, countries = counted_parts(candidate, features)
    attributes = replace(_attributes(candidate, features), part_countries=countries)
    return assess(route, region, AS_THE_DATA, attributes, exact)


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
        legs=counted_legs(candidate, features),
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

"""The form in which the numbers and answers of routes leave the program as JSON."""

from collections.abc import Sequence

from corridor.assessing.assessment import Assessment
from corridor.assessing.judging import Judgement, Verdict
from corridor.assessing.lengths import RouteLengths
from corridor.assessing.measures import Measures
from corridor.assessing.neighbours import RINGS_KM, BorderCrossing
from corridor.assessing.record_forms import (
    BorderCrossingJson,
    CriterionJson,
    FileJson,
    FindingJson,
    ProfileJson,
    RouteJson,
    SettlementsJson,
    StretchJson,
    SystemChoiceJson,
    WaypointJson,
)
from corridor.land.territory import Stretch
from corridor.reading.faults import Finding, Severity, SystemChoice
from corridor.reading.reference_systems import label
from corridor.reading.route import GeojsonVerdict, Reading
from corridor.reading.waypoints import Waypoint


def file_record(
    reading: Reading, assessments: Sequence[Assessment], seconds: float, more: Sequence[RouteLengths] = ()
) -> FileJson:
    """Return one file as `corridor check --json` prints it; of `more` routes only the kilometres are known."""
    return {
        "file": reading.file,
        "sha256": reading.sha256,
        "format": reading.format,
        "crs": reading.crs,
        "converted": reading.converted,
        "geojson": str(reading.geojson),
        "route": "usable" if reading.usable else "unusable",
        "findings": [finding_record(finding) for finding in reading.findings],
        "routes": [
            *(route_record(assessment) for assessment in assessments),
            *(_lengths_record(lengths) for lengths in more),
        ],
        "waypoints": [_waypoint(waypoint) for waypoint in reading.waypoints],
        "seconds": round(seconds, 4),
    }


def unread_record(file: str) -> FileJson:
    """Return the record of a file that could not be opened, so that every file named has its line."""
    says, advice = "The file could not be opened.", "Check the path and the right to read it."
    return _record_of_none(file, None, "file-not-read", says, advice, 0.0)


def unfinished_record(file: str, sha256: str | None, says: str, seconds: float) -> FileJson:
    """Return the record of a file whose work was stopped; `says` tells why and what to do, in sentences."""
    why, _, advice = says.partition(". ")
    return _record_of_none(file, sha256, "work-stopped", f"{why.rstrip('.')}.", advice, seconds)


def _record_of_none(file: str, sha256: str | None, code: str, says: str, advice: str, seconds: float) -> FileJson:
    finding = Finding(code=code, severity=Severity.ERROR, says=says, advice=advice)
    return {
        "file": file,
        "sha256": sha256,
        "format": "not read",
        "crs": None,
        "converted": False,
        "geojson": str(GeojsonVerdict.NOT_GEOJSON),
        "route": "unusable",
        "findings": [finding_record(finding)],
        "routes": [],
        "waypoints": [],
        "seconds": round(seconds, 4),
    }


def finding_record(finding: Finding) -> FindingJson:
    """Return a finding with every field of the contract."""
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "says": finding.says,
        "advice": finding.advice,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "feature": finding.feature,
        "lon": finding.lon,
        "lat": finding.lat,
        "mendable": finding.mendable and not finding.by_name,
        "by_name": finding.by_name,
        "systems": [_system(choice) for choice in finding.systems],
    }


def _system(choice: SystemChoice) -> SystemChoiceJson:
    return {
        "crs": choice.name,
        "name": label(choice.name),
        "lon": round(choice.lon, 6),
        "lat": round(choice.lat, 6),
        "shift_m": round(choice.shift_m, 1),
        "northing_first": choice.northing_first,
    }


def _waypoint(waypoint: Waypoint) -> WaypointJson:
    return {"name": waypoint.name, "lon": waypoint.lon, "lat": waypoint.lat, "height_m": waypoint.height_m}


def route_record(assessment: Assessment) -> RouteJson:
    """Return a route's numbers and answers; km are rounded to the millimetre, so that they still add up."""
    of = assessment.measures
    return {
        "name": assessment.route.name,
        "mode": assessment.route.mode,
        "length_km": in_km(of.length_km),
        "drawn_km": in_km(in_km(of.length_km) + in_km(of.repeated_km)),
        "repeated_km": in_km(of.repeated_km),
        "accuracy_m": round(of.accuracy.metres, 1),
        "accuracy": of.accuracy.says,
        "by_territory_km": {share.territory: in_km(share.km) for share in of.shares},
        "by_territory_range_km": {s.territory: [in_km(s.least_km), in_km(s.most_km)] for s in of.shares},
        "stretches": [_stretch(stretch) for stretch in of.stretches],
        "overlaps": [{"area": overlap.area, "km": in_km(overlap.km)} for overlap in of.overlaps],
        "crossings": [_crossing(crossing) for crossing in of.crossings],
        "near_third_state_border": [
            {"within_km": band.within_km, "km": in_km(band.km), "cannot_say_km": in_km(band.unsure_km)}
            for band in of.bands
        ],
        "settlements": [_settlements(of, ring) for ring in RINGS_KM],
        "straightness": round(of.straightness, 4),
        "sharpest_curve": None
        if of.sharpest_curve is None
        else {
            "radius_m": round(of.sharpest_curve.radius_m),
            "over_m": round(of.sharpest_curve.over_m),
            "at_km": in_km(of.sharpest_curve.at_km),
        },
        "profile": _profile(of),
        "criteria": [_criterion(verdict) for verdict in assessment.verdicts],
    }


def _lengths_record(lengths: RouteLengths) -> RouteJson:
    """Return a route of which nothing but the kilometres was worked out."""
    return {
        "name": lengths.route.name,
        "mode": lengths.route.mode,
        "length_km": in_km(lengths.length_km),
        "drawn_km": in_km(in_km(lengths.length_km) + in_km(lengths.route.repeated_km)),
        "repeated_km": in_km(lengths.route.repeated_km),
        "accuracy_m": None,
        "accuracy": None,
        "by_territory_km": {territory: in_km(km) for territory, km in lengths.by_territory_km.items()},
        "by_territory_range_km": {},
        "stretches": [_stretch(stretch) for stretch in lengths.stretches],
        "overlaps": [{"area": overlap.area, "km": in_km(overlap.km)} for overlap in lengths.overlaps],
        "crossings": [_crossing(crossing) for crossing in lengths.crossings],
        "near_third_state_border": [],
        "settlements": [],
        "straightness": None,
        "sharpest_curve": None,
        "profile": None,
        "criteria": [],
    }


def _stretch(stretch: Stretch) -> StretchJson:
    return {"territory": stretch.territory, "from_km": in_km(stretch.from_km), "to_km": in_km(stretch.to_km)}


def in_km(value: float) -> float:
    """Return kilometres rounded to the millimetre."""
    return round(value, 6)


def _crossing(crossing: BorderCrossing) -> BorderCrossingJson:
    border, post = crossing.border, crossing.post
    return {
        "from": crossing.before,
        "to": crossing.after,
        "at_km": in_km(crossing.at_km),
        "lon": round(crossing.lon, 6),
        "lat": round(crossing.lat, 6),
        "border": border.id if border else None,
        "delimited": border.delimited if border else None,
        "accuracy_m": None if crossing.accuracy_m is None else round(crossing.accuracy_m),
        "nearest_post": None
        if post is None or crossing.post_distance_m is None
        else {
            "id": post.id,
            "label": post.label,
            "status": post.status,
            "status_as_of": post.status_as_of,
            "km": in_km(crossing.post_distance_m / 1000),
            "accuracy_m": post.accuracy_m,
        },
    }


def _settlements(of: Measures, ring_km: float) -> SettlementsJson:
    within: dict[str, list[str]] = {}
    for near in of.settlements:
        if near.within(ring_km):
            within.setdefault(near.settlement.country, []).append(near.settlement.id)
    people = [n.settlement.people for n in of.settlements if n.within(ring_km) and n.settlement.people is not None]
    return {
        "within_km": ring_km,
        "by_territory": dict(sorted(within.items())),
        "too_close_to_say": sum(near.unsure(ring_km) for near in of.settlements),
        "people_census_2011": sum(people) if people else None,
        "people_counted_in": len(people),
    }


def _profile(of: Measures) -> ProfileJson | None:
    if of.profile is None:
        return None
    return {
        "lowest_m": round(of.profile.lowest_m, 1),
        "highest_m": round(of.profile.highest_m, 1),
        "climb_m": round(of.profile.climb_m, 1),
        "descent_m": round(of.profile.descent_m, 1),
        "steepest_per_mille": None
        if of.profile.steepest_per_mille is None
        else round(of.profile.steepest_per_mille, 1),
        "vertices_with_height": round(of.profile.known, 4),
    }


def _criterion(verdict: Verdict) -> CriterionJson:
    judgement: Judgement = verdict.judgement
    return {
        "id": verdict.criterion.id,
        "clause": verdict.criterion.clause,
        "question": verdict.criterion.question,
        "answer": str(judgement.answer),
        "why": None if judgement.why is None else str(judgement.why),
        "value": None if judgement.value is None else round(judgement.value, 6),
        "unit": judgement.unit,
        "margin_m": None if judgement.margin_m is None else round(judgement.margin_m, 1),
        "tolerance_m": None if judgement.tolerance_m is None else round(judgement.tolerance_m, 1),
        "because": judgement.because,
        "details": list(judgement.details),
        "sources": list(judgement.sources),
    }

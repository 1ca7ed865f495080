"""The form in which routes side by side leave the program as JSON."""

from corridor.assessing.compared_lengths import RouteByLengths
from corridor.assessing.comparison import Comparison, Pairing, QuantityRow
from corridor.assessing.offsets import Offsets
from corridor.assessing.parting import PartingRun
from corridor.assessing.record_forms import (
    ComparedRouteJson,
    ComparisonJson,
    KnownLengthJson,
    OffsetsJson,
    PairingJson,
    PartingRunJson,
    QuantityRowJson,
)
from corridor.assessing.route_records import in_km
from corridor.legs import KnownLength, office_lines
from corridor.quantities import drawn_off


def comparison_record(comparison: Comparison) -> ComparisonJson:
    """Return a comparison as `corridor compare --json` prints it; the first route is the one compared with."""
    return {
        "routes": [_route(route) for route in comparison.routes],
        "modes": comparison.modes,
        "rows": [_row(row) for row in comparison.rows],
        "by_territory": [_row(row) for row in comparison.by_territory],
        "criteria": [
            {
                "id": row.id,
                "clause": row.clause,
                "question": row.question,
                "answers": [str(answer) for answer in row.answers],
                "because": list(row.because),
            }
            for row in comparison.criteria
        ],
        "with_first": [_pairing(pairing) for pairing in comparison.pairings],
    }


def _route(route: RouteByLengths) -> ComparedRouteJson:
    """Return one route with its lengths; those of a shipped candidate are of its segments, published first."""
    drawn: KnownLengthJson = {
        "segment": None,
        "covers": [],
        "published": None,
        "drawn": in_km(route.length.km),
        "repeated": 0.0,
        "used": "drawn",
    }
    return {
        "id": route.candidate or None,
        "name": route.name,
        "length_km": in_km(route.length.km),
        "length_range_km": [in_km(end) for end in route.length.between],
        "lengths": [_length(known) for known in route.made_of] or [drawn],
        "by_territory_km": {territory: in_km(km) for territory, km in route.by_territory_km.items()},
    }


def _length(known: KnownLength) -> KnownLengthJson:
    covered = [leg.segment for leg in known.legs]
    record: KnownLengthJson = {
        "segment": covered[0],
        "covers": covered,
        "published": None if known.published_km is None else [in_km(end) for end in known.published_km],
        "drawn": None if known.drawn_km is None else in_km(known.drawn_km),
        "repeated": in_km(known.repeated_km),
        "used": known.used,
    }
    if off := drawn_off(known.legs):
        record["drawing"] = f"drawn {off}"
    if lines := office_lines(known.legs):
        record["office_lines"] = list(lines)
    return record


def _row(row: QuantityRow) -> QuantityRowJson:
    return {
        "what": row.label,
        "unit": row.unit,
        "values": [None if value is None else in_km(value) for value in row.values],
        "differences": [None if value is None else in_km(value) for value in row.differences],
    }


def _pairing(pairing: Pairing) -> PairingJson:
    return {
        "route": pairing.name,
        "of_first_near_this": _offsets(pairing.from_base),
        "of_this_near_first": _offsets(pairing.to_base),
        "same_ground_km": in_km(pairing.same_ground_km),
        "frechet_m": round(pairing.frechet.metres, 1),
        "frechet_resolution_m": round(pairing.frechet.resolution_m, 1),
        "legs_of_first": [_run(run) for run in pairing.base_runs],
        "legs_of_this": [_run(run) for run in pairing.other_runs],
        "settlements": [
            {
                "within_km": change.ring_km,
                "gained": [settlement.id for settlement in change.gained],
                "lost": [settlement.id for settlement in change.lost],
            }
            for change in pairing.settlements
        ],
    }


def _offsets(of: Offsets) -> OffsetsJson:
    return {
        "within_m": of.within_m,
        "share": round(of.share, 4),
        "p50_m": round(of.p50_m, 1),
        "p90_m": round(of.p90_m, 1),
        "p100_m": round(of.p100_m, 1),
        "step_m": round(of.step_m, 1),
    }


def _run(run: PartingRun) -> PartingRunJson:
    return {
        "together": run.together,
        "from_km": in_km(run.from_km),
        "to_km": in_km(run.to_km),
        "start": [round(degrees, 6) for degrees in run.start],
        "end": [round(degrees, 6) for degrees in run.end],
        "farthest_m": round(run.farthest_m, 1),
    }

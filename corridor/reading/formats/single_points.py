"""Segments of one position, which tracks begin with when recording stops at once: left out of the line, and told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from corridor.reading.faults import Check, FaultSpot, Json, Severity
from corridor.reading.formats.feature_texts import FeatureTexts


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many segments of one position there were, and the first of these positions."""

    count: int = 0
    first: tuple[Json, ...] = ()


def leave_out_single_points(features: FeatureTexts) -> LeftOut:
    """Take parts of fewer than two positions out of lines that have others; a line that is nothing else stays."""
    left_out = LeftOut()
    for number in features.with_short_parts:
        feature = features[number]
        geometry = feature["geometry"]
        parts = geometry["coordinates"]
        # What is no list of positions stays, and is told of as such.
        kept = [part for part in parts if not isinstance(part, list | tuple) or len(part) > 1]
        if kept:
            short = (part[0] for part in parts if isinstance(part, list | tuple) and len(part) == 1)
            single = next((tuple(position) for position in short if isinstance(position, list | tuple)), ())
            left_out = replace(left_out, count=left_out.count + len(parts) - len(kept), first=left_out.first or single)
            kind = "LineString" if len(kept) == 1 else "MultiLineString"
            shape = {**geometry, "type": kind, "coordinates": kept[0] if len(kept) == 1 else kept}
            features[number] = {**feature, "geometry": shape}
    return left_out


def _single_points(left_out: LeftOut) -> Iterator[FaultSpot]:
    if left_out.count:
        lon, lat = _in_degrees(*left_out.first[:2]) if len(left_out.first) > 1 else (None, None)
        yield FaultSpot(lon=lon, lat=lat, words={"count": left_out.count})


def _in_degrees(lon: Json, lat: Json) -> tuple[float, float] | tuple[None, None]:
    """Return two values of a position that can be a longitude and a latitude, None for others."""
    numbers = isinstance(lon, int | float) and isinstance(lat, int | float)
    return (lon, lat) if numbers and abs(lon) <= 180 and abs(lat) <= 90 else (None, None)


SINGLE_POINT_CHECKS: tuple[Check[LeftOut], ...] = (
    Check(
        "one-point-segment",
        Severity.NOTE,
        "{count:segment of one position was|segments of one position were} left out; one position makes no line.",
        "Nothing needs to be done.",
        _single_points,
    ),
)

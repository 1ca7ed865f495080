"""Small features, sources and texts for tests, each with only what the test is about spelled out."""

from typing import Any

from corridor.candidates import Candidate, Part, Statement
from corridor.sources import Source

SOURCES = {
    "one": Source(
        "First Agency", "First title", "first.example, 2026", "2026-02-05", "2026-03-01", "Armenia", "press", "page"
    ),
    "two": Source(
        "Second Agency", "Second title", "second.example", "undated", "2026-03-01", "Azerbaijan", "press", "page"
    ),
}


def fact(label: str, value: float | str, unit: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a fact as the layers carry it, from source "one"."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "accuracy": None,
        "as_of": "2026-02-05",
        "sources": ["one"],
        "quote": None,
        "by": None,
        **more,
    }


def feature(identity: str, geometry: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return a feature with the properties every layer has."""
    return {
        "type": "Feature",
        "id": identity,
        "properties": {
            "label": identity.split("/")[1].capitalize(),
            "names": [],
            "kind": "road",
            "territories": [],
            "status": None,
            "status_as_of": None,
            "accuracy_m": None if geometry is None else 500,
            "method": "Made for a test.",
            "note": None,
            "sources": ["one"],
            "as_of": "2026-02-05",
            "facts": [],
            **more,
        },
        "geometry": geometry,
    }


def line(*lonlat: tuple[float, float]) -> dict[str, Any]:
    """Return a line through positions in degrees."""
    return {"type": "LineString", "coordinates": [list(position) for position in lonlat]}


def length(km: float, source: str = "one", **more: Any) -> dict[str, Any]:
    """Return a published length of a segment."""
    return {
        "km": km,
        "km_high": None,
        "what": "whole segment",
        "by": "First Agency",
        "as_of": "2026-02-05",
        "sources": [source],
        "comparable": True,
        "covers": [],
        "drawn_km": None,
        **more,
    }


def segment(identity: str, candidates: list[str], **more: Any) -> dict[str, Any]:
    """Return a segment of a route; drawn when `measured_km` is given."""
    drawn = more.get("measured_km") is not None
    return feature(
        f"route/{identity}",
        more.pop("geometry", line((46.1, 38.9), (46.5, 38.9)) if drawn else None),
        **{
            "mode": "rail",
            "segment_from": "A",
            "segment_to": "B",
            "country": "armenia",
            "candidates": candidates,
            "alignment_status": "inferred" if drawn else "none",
            "contested": False,
            "gauge": None,
            "operator": None,
            "owner": None,
            "company": None,
            "capacity": None,
            "cost": None,
            "dates": [],
            "published_lengths": [],
            "stations": [],
            "chainage": None,
            "measured_km": None,
            "measured_note": None,
            "proposed_by": [],
            "answered_by": [],
            "status": "proposed",
            **more,
        },
    )


def candidate(identity: str, name: str, segments: tuple[Part, ...], **more: Any) -> Candidate:
    """Return a railway candidate from A to B; `segments` are its parts in the order of travel."""
    given = {
        "table": "transport",
        "mode": "rail",
        "origin": "A",
        "destination": "B",
        "base_case": False,
        "onward": (),
        "crossings": (),
        "connects_for_armenia": (Statement("Town with town.", ("one",)),),
        "connects_for_azerbaijan": (Statement("Part with part.", ("two",)),),
        "missing_parts": (),
        "not_known": ("Gauge", "Cost"),
        **more,
    }
    return Candidate(id=identity, name=name, segments=segments, **given)

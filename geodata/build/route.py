"""Knows the route layer: every segment of route.toml as a feature, with its candidates and its measured length."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import shapely
from pyproj import Geod

from geodata.build.features import DECIMALS, fact, feature, name
from geodata.build.inputs import Inputs
from geodata.build.packages import BuildError
from geodata.build.route_line import Drawing

ELLIPSOID = Geod(ellps="WGS84")
ROUNDING_KM = 0.5  # most published lengths are whole kilometres
OWN_WORK, BORDERS, RAILWAYS = "own-drawing", "timezonefinder-data", "scgraph-railways"

SEGMENT_KEYS = frozenset(
    (
        "id", "label", "mode", "country", "from", "to", "status", "status_as_of", "alignment_status", "contested",
        "accuracy_m", "note", "gauge", "operator", "owner", "company", "capacity", "cost", "names", "sources", "as_of",
        "draw",
        "stations", "chainage", "published_lengths", "measured_note", "dates", "facts", "proposed_by", "answered_by",
    )
)  # fmt: skip
#: What the single facts of a segment are called.
DETAILS = {
    "gauge": "Gauge",
    "operator": "Operator",
    "owner": "Owner",
    "company": "Expected project company",
    "capacity": "Capacity",
    "cost": "Cost",
}
#: What a member of an entry is where the table leaves it out; None for all others.
LEFT_OUT: dict[str, Any] = {"comparable": True, "covers": (), "part": (), "about": "completion", "of": None}
ENTRY_KEYS = {
    "published_lengths": ("km", "km_high", "what", "by", "as_of", "sources", "comparable", "covers", "part"),
    "dates": ("kind", "about", "of", "what", "date", "said_on", "by", "sources", "quote"),
    "proposed_by": ("by", "what", "as_of", "sources", "quote"),
    "answered_by": ("by", "what", "as_of", "sources", "quote"),
}


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """The segments in the order of the table; raises BuildError when a fact or a line is not as it should be."""
    table = inputs.table("route")
    _refuse_mixed_cover(table["segment"])
    drawing = Drawing(inputs, table["point"])
    serves, leads_on = _candidates_of(inputs, "segments"), _candidates_of(inputs, "onward")
    return [
        _feature(row, drawing, serves.get(row["id"], []), leads_on.get(row["id"], []), table["point"])
        for row in table["segment"]
    ]


def _feature(
    row: dict[str, Any], drawing: Drawing, candidates: list[str], onward_of: list[str], points: dict[str, Any]
) -> dict[str, Any]:
    where = f"tables/route.toml, segment {row['id']}"
    if unknown := sorted(set(row) - SEGMENT_KEYS):
        msg = f"{where} has the unknown key {unknown[0]!r}."
        raise BuildError(msg)
    recipe = row["draw"] if isinstance(row["draw"], list) else [row["draw"]]
    line, method = drawing.line(row["id"], row["country"], recipe)
    facts = [_fact({"accuracy": None, **entry}) for entry in row.get("facts", [])]
    entries = {key: [_entry(entry, key, where) for entry in row.get(key, [])] for key in ENTRY_KEYS}
    details = {key: _detail(key, row.get(key)) for key in DETAILS}
    for entry in entries["published_lengths"]:
        entry["drawn_km"] = _part_km(line, entry.pop("part"), drawing)
    measured = None if line is None else round(_length_km(shapely.get_coordinates(line)), 2)
    return feature(
        f"route/{row['id']}",
        line,
        label=row["label"],
        kind=row["mode"],
        territories=[row["country"]],
        accuracy_m=row.get("accuracy_m"),
        method=method,
        sources=_sources(row, recipe, points, line is not None, [*facts, *details.values(), *chain(*entries.values())]),
        as_of=row["as_of"],
        names=[_name(entry) for entry in row.get("names", [])],
        status=row["status"],
        status_as_of=row.get("status_as_of"),
        note=row.get("note"),
        facts=facts,
        mode=row["mode"],
        segment_from=row["from"],
        segment_to=row["to"],
        country=row["country"],
        candidates=candidates,
        onward_of=onward_of,
        alignment_status=row["alignment_status"],
        contested=row.get("contested", False),
        **details,
        dates=entries["dates"],
        published_lengths=entries["published_lengths"],
        measured_km=measured,
        measured_note=_measured_note(row, measured, where),
        proposed_by=entries["proposed_by"],
        answered_by=entries["answered_by"],
        stations=[] if line is None else _stations(row, line, drawing),
        chainage=_chainage(row),
    )


def _refuse_mixed_cover(rows: list[dict[str, Any]]) -> None:
    """Raise BuildError where a length covers segments that are not there, or that lie in more than one country."""
    country = {row["id"]: row["country"] for row in rows}
    for row in rows:
        for entry in row.get("published_lengths", []):
            countries = {country.get(identity) for identity in entry.get("covers", [])}
            if countries and countries != {row["country"]}:
                msg = f"tables/route.toml, segment {row['id']}: a length covers segments of other countries."
                raise BuildError(msg)


def _chainage(row: dict[str, Any]) -> dict[str, Any] | None:
    """The kilometre posts at both ends of a segment, None where the table has none."""
    if "chainage" not in row:
        return None
    posts = row["chainage"]
    return {"from_km": posts["from"], "to_km": posts["to"], "line": posts["line"], "sources": [posts["source"]]}


def _candidates_of(inputs: Inputs, use: str) -> dict[str, list[str]]:
    """Segment id -> ids of the candidates that use it as one of their "segments", or "onward" of them."""
    serves: dict[str, list[str]] = {}
    for candidate in inputs.table("candidate")["candidate"]:
        for entry in candidate[use]:
            segment = entry if isinstance(entry, str) else entry["segment"]
            serves.setdefault(segment, []).append(candidate["id"])
    return serves


def _name(entry: list[Any]) -> dict[str, Any]:
    text, language, *rest = entry
    return name(text, language, rest[0] if rest else None, contested=bool(rest[1:] and rest[1]))


def _fact(entry: dict[str, Any]) -> dict[str, Any]:
    return fact(
        entry["label"], entry["value"], entry.get("unit"), entry["sources"], accuracy=entry.get("accuracy"),
        as_of=entry.get("as_of"), quote=entry.get("quote"), by=entry.get("by"),
    )  # fmt: skip


def _detail(key: str, entry: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if entry is None else _fact({"label": DETAILS[key], **entry})


def _entry(entry: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    if unknown := sorted(set(entry) - set(ENTRY_KEYS[key])):
        msg = f"{where}, {key}: unknown key {unknown[0]!r}."
        raise BuildError(msg)
    if not entry.get("sources"):
        msg = f"{where}, {key}: an entry without sources."
        raise BuildError(msg)
    return {member: entry.get(member, LEFT_OUT.get(member)) for member in ENTRY_KEYS[key]}


def _sources(
    row: dict[str, Any], recipe: list[dict[str, Any]], points: dict[str, Any], drawn: bool, facts: list[Any]
) -> list[str]:
    """Every source of the feature once: its own, those of its facts, those of the line."""
    sources = [*row["sources"], *(source for entry in facts if entry for source in entry["sources"])]
    if drawn:
        used = [point for piece in recipe for point in [piece["from"], *piece.get("through", []), piece["to"]]]
        sources += [points[point]["source"] for point in used if "source" in points.get(point, {})]
        sources += [RAILWAYS] if any(piece["how"] == "railway" for piece in recipe) else []
        sources += [OWN_WORK, BORDERS]
    return list(dict.fromkeys(sources))


def _measured_note(row: dict[str, Any], measured: float | None, where: str) -> str | None:
    """The reason why the measured length lies outside the comparable published ones, None when it does not."""
    lengths = [entry for entry in row.get("published_lengths", []) if entry.get("comparable", True)]
    if measured is None or not lengths:
        return None
    low = min(entry["km"] for entry in lengths) - ROUNDING_KM
    high = max(entry.get("km_high", entry["km"]) for entry in lengths) + ROUNDING_KM
    if low <= measured <= high:
        return None
    if "measured_note" not in row:
        msg = f"{where}: measured {measured} km lies outside the published lengths; a measured_note is needed."
        raise BuildError(msg)
    return str(row["measured_note"])


def _stations(row: dict[str, Any], line: shapely.LineString, drawing: Drawing) -> list[dict[str, Any]]:
    """Named positions on the drawn line, in its direction: stations of the Soviet line table, and places.

    Those with a place or point of their own lie there; the others are set by proportion of the chainage between.
    """
    km = _along_km(shapely.get_coordinates(line))
    chainage = row.get("chainage", {"from": None, "to": None, "line": None, "source": OWN_WORK})
    known = {chainage["from"]: 0.0, chainage["to"]: float(km[-1])}
    at: dict[str, float] = {}
    for label, kilometre, *place in row.get("stations", []):
        if place:
            at[label] = known[kilometre] = float(km[_vertex(line, drawing.position(place[0]))])
    marks = sorted(mark for mark in known if isinstance(mark, int | float))
    stations = []
    for label, kilometre, *place in row.get("stations", []):
        here = at[label] if place else float(np.interp(kilometre, marks, [known[mark] for mark in marks]))
        lon, lat = (float(np.interp(here, km, column)) for column in shapely.get_coordinates(line).T)
        stations.append({
            "name": label, "chainage_km": kilometre or None, "line": chainage["line"], "from_start_km": round(here, 2),
            "lon": round(lon, DECIMALS), "lat": round(lat, DECIMALS), "sources": [chainage["source"]],
        })  # fmt: skip
    return stations


def _part_km(line: shapely.LineString | None, ends: list[str], drawing: Drawing) -> float | None:
    """Kilometres of the drawn line between two places or points on it, of which a figure is; None for no such part."""
    if line is None or not ends:
        return None
    km = _along_km(shapely.get_coordinates(line))
    start, end = (km[_vertex(line, drawing.position(place))] for place in ends)
    return round(abs(float(end - start)), 2)


def _vertex(line: shapely.LineString, position: tuple[float, float]) -> int:
    return int(np.argmin(np.hypot(*(shapely.get_coordinates(line) - position).T)))


def _along_km(lonlat: np.ndarray) -> np.ndarray:
    """Geodesic kilometres from the start of the line to each of its vertices."""
    steps = ELLIPSOID.inv(*lonlat[:-1].T, *lonlat[1:].T)[2] / 1000.0
    return np.concatenate([[0.0], np.cumsum(steps)])


def _length_km(lonlat: np.ndarray) -> float:
    return float(_along_km(lonlat)[-1])

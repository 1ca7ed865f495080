"""What was drawn or edited by hand, and what was copied from a candidate, as a file that says where it comes from."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import orjson
import shapely

from corridor.assessing.assessment import Assessment
from corridor.assessing.measures import Measures
from corridor.candidates import Candidate
from corridor.quantities import counted, day, kilometres
from corridor.reading.route import Route
from corridor.reading.stated_accuracies import ACCURACIES

DRAWN = "Drawn by hand on the Declaration Map"
#: What a route carries in its file besides its line; an earlier one is replaced when it is edited again.
ORIGIN, ORIGIN_OF = "origin", "origin_of_route"
#: A line of which some positions have a height and others none is no sound GeoJSON line.
HEIGHTS_LEFT_OUT = " Its heights were left out, since vertices that were moved or added have none."


def edited_geojson(
    drawn: Route,
    now: Measures,
    before: Assessment,
    name: str,
    file: str,
    sha256: str,
    number: int,
    made_on: date,
) -> tuple[bytes, str]:
    """Return a file with an edited route as it is drawn, and the sentence in it that says what was changed.

    `before` is route `number` of `file`, whose bytes have the hash `sha256`. Positions that were not touched stay as
    they were, to the last digit; heights are kept where every vertex has one. What the file states of its accuracy does
    not hold any more and is left out.
    """
    changes = told_changes(drawn, now, before)
    said = f"Edited by hand on {day(made_on)} from route {number} of “{file}” (SHA-256 {sha256}). {changes}"
    record = {"file": file, "sha256": sha256, "route": number, "made_on": made_on.isoformat(), "changes": changes}
    kept = {key: value for key, value in before.route.properties.items() if key not in ACCURACIES}
    return _written(drawn, {**kept, "name": name, ORIGIN: said, ORIGIN_OF: record}), changes


def drawn_geojson(drawn: Route, name: str, made_on: date) -> bytes:
    """Return a file with a route that was drawn on the map."""
    said = f"{DRAWN} on {day(made_on)}, with {drawn.vertices} vertices."
    record = {"made_on": made_on.isoformat(), "drawn": True}
    return _written(drawn, {"name": name, ORIGIN: said, ORIGIN_OF: record})


def candidate_geojson(
    candidate: Candidate, lines: Sequence[shapely.LineString], drawn: Assessment, made_on: date
) -> bytes:
    """Return a file with the drawn lines of a shipped candidate; what is stated of it in words stays behind."""
    accuracies = sorted({round(metres) for metres in drawn.measures.accuracy.at_vertex_m})
    exact = " to ".join(f"±{metres:,}" for metres in (accuracies[0], accuracies[-1])[: len(accuracies)])
    said = (
        f"Copied on {day(made_on)} from the shipped candidate “{candidate.name}” (candidate/{candidate.id}), whose "
        f"parts are drawn to {exact} m; its sources stand on the Routes page."
    )
    record = {"candidate": candidate.id, "made_on": made_on.isoformat()}
    name = f"Copy of {candidate.name}"
    # As exact as the least exact of its parts.
    accuracy = {"accuracy_m": max(drawn.measures.accuracy.at_vertex_m), "mode": candidate.mode}
    whole = replace(drawn.route, lines=[shapely.get_coordinates(line) for line in lines], again=())
    return _written(whole, {"name": name, **accuracy, ORIGIN: said, ORIGIN_OF: record})


def told_changes(drawn: Route, now: Measures, before: Assessment) -> str:
    """Return in sentences which vertices went and came, the length before and after, and what was left out."""
    old, new = _vertices(before.route), _vertices(drawn)
    gone, came = sum((old - new).values()), sum((new - old).values())
    lost = before.route.heights_m is not None and not _all_heights(drawn)
    again = before.measures.repeated_km
    left_out = f" Left out are {kilometres(again)} that its file draws twice." if again else ""
    return (
        f"Of {counted(sum(old.values()), 'vertex', 'vertices')} {sum((old & new).values()):,} stay where they were, "
        f"{gone:,} went and {came:,} came; {kilometres(before.measures.length_km)} before, "
        f"{kilometres(now.length_km)} after.{left_out}{HEIGHTS_LEFT_OUT if lost else ''}"
    )


def _all_heights(route: Route) -> bool:
    return route.heights_m is not None and bool(np.isfinite(route.heights_m).all())


def _vertices(route: Route) -> Counter[tuple[float, float]]:
    return Counter((lon, lat) for rows in route.lines for lon, lat in rows.tolist())


def _written(route: Route, properties: Mapping[str, object]) -> bytes:
    parts: list[list[list[float]]] = [rows.tolist() for rows in route.lines]
    if route.heights_m is not None and _all_heights(route):
        heights = iter(route.heights_m.tolist())
        parts = [[[*position, next(heights)] for position in part] for part in parts]
    feature = {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": {
            "type": "LineString" if len(parts) == 1 else "MultiLineString",
            "coordinates": parts[0] if len(parts) == 1 else parts,
        },
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    try:
        return orjson.dumps(collection)
    except TypeError:
        # A property of the file holds a number or a text that orjson does not write.
        return json.dumps(collection).encode()

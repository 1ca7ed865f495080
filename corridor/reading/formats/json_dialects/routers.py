"""Answers of routers (OSRM and Mapbox, Valhalla, GraphHopper, openrouteservice, Google), lines plain or encoded."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from corridor.land.geodesy import segment_lengths_m
from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.encoded_polyline import FINE, USUAL, PolylineError, likeliest, likeliest_width
from corridor.reading.formats.json_dialects.collected import Collected, is_number, lines, objects

ASK_AGAIN = "Ask the router again for its whole line as GeoJSON: {}."
OSRM_ASK = ASK_AGAIN.format("overview=full&geometries=geojson")
VALHALLA_ASK = ASK_AGAIN.format("“shape_format”: “geojson”")
GRAPHHOPPER_ASK = ASK_AGAIN.format("points_encoded=false")
GOOGLE_ASK = "Draw the route anew in a map program and export it as GeoJSON, KML or GPX."

#: How many numbers a position has that has a height.
WITH_HEIGHTS = 3
#: The share by which a line may be shorter than its router says: routers measure on a sphere, 0.3 % off at most. OSRM's
#: simplified lines, which it gives unless asked, are 1 to 18 % shorter where roads wind.
LEAST_OF_STATED = 0.99


def router_of(document: JsonMembers) -> tuple[str, Callable[[JsonMembers, Collected], None]] | None:
    """Return the name of the router whose answer a document is, and what reads it; None for any other document."""
    routes = objects(document.get("routes")) or objects(document.get("matchings"))
    if isinstance(document.get("trip"), dict) and "legs" in document["trip"]:
        return "Valhalla", _valhalla
    if isinstance(document.get("shape"), str) and isinstance(document.get("edges"), list):
        return "Valhalla", _valhalla
    if any("points" in path and "distance" in path for path in objects(document.get("paths"))):
        return "GraphHopper", _graphhopper
    if any("overview_polyline" in route or "polyline" in route for route in routes):
        return "Google Directions", _google
    if any("points" in leg for route in routes for leg in objects(route.get("legs"))):
        # TomTom's router: its lines are lists of places, as in other JSON.
        return None
    if routes and any("geometry" in route or "legs" in route or "segments" in route for route in routes):
        metadata = document.get("metadata")
        if "code" not in document and isinstance(metadata, dict):
            return "openrouteservice", _osrm
        return "OSRM", _osrm
    return None


class _Answer:
    """The routes of one answer, added one by one; `ask` says how to ask again for those without a line."""

    def __init__(self, taken: Collected, decimals: int, ask: str) -> None:
        self._taken, self._decimals, self._ask = taken, decimals, ask
        self._shorter = False

    def add(self, pieces: list[Json], properties: JsonMembers, width: int = 2, length_m: Json = None) -> None:
        """Add a route of pieces that follow one another."""
        parts = self._plain(pieces) or self._decoded(pieces, width, length_m)
        if not parts:
            self._taken.lacks("has a route without its line, or with one that cannot be decoded", self._ask)
        joined: list[list[Any]] = []
        for part in parts:
            if joined and joined[-1][-1] == part[0]:
                # The step that arrives is one place, twice.
                joined[-1] += [position for position in part[1:] if position != part[0]] if len(part) == 2 else part[1:]
            else:
                joined.append(part)
        if parts and is_number(length_m):
            self._compare(joined, float(length_m))
        self._taken.add(lines(joined), properties)

    def _compare(self, parts: list[list[Any]], stated_m: float) -> None:
        """Say, once for an answer, that a line is shorter than the router says of its route."""
        if self._shorter:
            return
        try:
            drawn_m = sum(float(segment_lengths_m(np.asarray(part, dtype=float)[:, :2]).sum()) for part in parts)
        # What numpy raises for positions that are none: the checks of positions tell of those.
        except (TypeError, ValueError, IndexError):
            return
        if 0 < drawn_m < LEAST_OF_STATED * stated_m:
            self._shorter = True
            self._taken.lacks(
                f"gives a line of {drawn_m / 1000:,.1f} km for a route of {stated_m / 1000:,.1f} km: it is simplified, "
                "or not whole",
                self._ask,
            )

    def _plain(self, pieces: list[Json]) -> list[list[Any]]:
        coordinates = [piece.get("coordinates") for piece in objects(pieces) if piece.get("type") == "LineString"]
        parts = [list(part) for part in coordinates if isinstance(part, list) and part]
        self._taken.count(sum(map(len, parts)))
        return parts

    def _decoded(self, pieces: list[Json], width: int, length_m: Json) -> list[list[Any]]:
        texts = [piece for piece in pieces if isinstance(piece, str) and piece]
        stated = float(length_m) if is_number(length_m) else None
        try:
            heights = width == WITH_HEIGHTS
            decoded = (
                likeliest(texts, self._decimals, width, stated)
                if heights
                else likeliest_width(texts, self._decimals, stated)
            )
        except PolylineError:
            return []
        return self._taken.unpack(decoded)


def _properties(route: JsonMembers, number: int, of: int, further: str) -> JsonMembers:
    """Return what a router says of a route: its own length in metres, time in seconds, and which of several it is."""
    summary = route.get("summary")
    around = summary if isinstance(summary, dict) else {}
    properties: JsonMembers = {}
    for name in ("distance", "length", "duration", "time"):
        value = route.get(name, around.get(name))
        if is_number(value):
            properties[name] = value
    spoken = summary if isinstance(summary, str) else route.get("description")
    if isinstance(spoken, str) and spoken.strip():
        properties["name"] = spoken.strip()
    elif of > 1:
        properties["name"] = f"Route {number}" if number == 1 else f"Route {number}{further}"
    return properties


def _numbered(
    routes: list[JsonMembers], further: str = ", an alternative"
) -> Iterator[tuple[JsonMembers, JsonMembers]]:
    """Yield each route with its properties; `further` follows the numbers of all but the first."""
    for number, route in enumerate(routes, start=1):
        yield route, _properties(route, number, len(routes), further)


def _width(route: JsonMembers) -> int:
    """Return how many numbers a position has: a box of six numbers says that heights are among them."""
    box = route.get("bbox")
    return WITH_HEIGHTS if isinstance(box, list) and len(box) == 6 else 2


def _osrm(document: JsonMembers, taken: Collected) -> None:
    answer = _Answer(taken, USUAL, OSRM_ASK)
    # What was matched to a recording are its parts, between places where it was lost.
    matchings = _numbered(objects(document.get("matchings")), "")
    routes = objects(document.get("routes"))
    for route, properties in _numbered(routes) if routes else matchings:
        whole, legs = route.get("geometry"), objects(route.get("legs"))
        steps = [step.get("geometry") for leg in legs for step in objects(leg.get("steps"))]
        # Unless asked for “overview=full” OSRM simplifies the line of the route, not those of its steps. These share
        # their ends, and the last of each leg is one place, twice.
        finer = all(steps) and sum(map(_count, steps)) - len(steps) + 1 > _count(whole) + len(legs)
        answer.add(steps if finer or not whole else [whole], properties, _width(route), properties.get("distance"))


def _count(line: Json) -> int:
    """Return how many positions a line has, plain or encoded: each of two numbers ends with a sign below “_”."""
    if isinstance(line, str):
        return sum(sign < "_" for sign in line) // 2
    coordinates = line.get("coordinates") if isinstance(line, dict) else None
    return len(coordinates) if isinstance(coordinates, list) else 0


def _valhalla(document: JsonMembers, taken: Collected) -> None:
    answer = _Answer(taken, FINE, VALHALLA_ASK)
    if "shape" in document:
        answer.add([document["shape"]], {})
        return
    trips = [document["trip"], *(alternate.get("trip") for alternate in objects(document.get("alternates")))]
    for trip, properties in _numbered([trip for trip in trips if isinstance(trip, dict)]):
        answer.add([leg.get("shape") for leg in objects(trip.get("legs"))], properties)


def _graphhopper(document: JsonMembers, taken: Collected) -> None:
    answer = _Answer(taken, USUAL, GRAPHHOPPER_ASK)
    for path, properties in _numbered(objects(document.get("paths"))):
        answer.add([path.get("points")], properties, _width(path), path.get("distance"))


def _google(document: JsonMembers, taken: Collected) -> None:
    answer = _Answer(taken, USUAL, GOOGLE_ASK)
    for route, properties in _numbered(objects(document.get("routes"))):
        # The lines of the steps are whole, that of the route is simplified.
        steps = [step.get("polyline") for leg in objects(route.get("legs")) for step in objects(leg.get("steps"))]
        pieces = [_google_text(step) for step in steps]
        whole = _google_text(route.get("overview_polyline")) or _google_text(route.get("polyline"))
        answer.add(pieces if pieces and all(pieces) else [whole], properties)


def _google_text(polyline: Json) -> Json:
    if not isinstance(polyline, dict):
        return polyline
    return polyline.get("points") or polyline.get("encodedPolyline") or polyline.get("geoJsonLinestring")

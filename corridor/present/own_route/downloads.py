"""How what was worked out from a reader's file is taken away: mended file with its ledger, numbers, routes."""

import json
from collections.abc import Sequence
from math import isfinite
from pathlib import PurePath

import orjson

from corridor.assessing.assessment import Assessment
from corridor.assessing.route_records import file_record
from corridor.land.features import Geometry
from corridor.present.exports import zipped
from corridor.present.words import long_disclaimer
from corridor.reading.mend import Mended
from corridor.reading.route import Reading, Route
from corridor.storyboard.open_findings import said_of_mends

#: Letters, digits and a few signs; whatever else a reader's name holds becomes "-" in the name of a download.
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._")


def stem(name: str) -> str:
    """Return a reader's file name as it can stand in the name of a download: plain letters, no suffix, not long."""
    plain = "".join(sign if sign in PLAIN else "-" for sign in PurePath(name.replace("\\", "/")).stem)
    return plain.strip("-.")[:60] or "route"


def mended_zip(mended: Mended) -> bytes:
    """Return one archive: the mended GeoJSON, the ledger as JSON and as text, the hash of the original in both."""
    name = stem(mended.original.file)
    return zipped(
        {
            f"{name}-mended.geojson": mended.data,
            f"{name}-ledger.json": ledger_json(mended),
            f"{name}-ledger.txt": mended.ledger_text(),
        }
    )


def ledger_json(mended: Mended) -> bytes:
    """Return the ledger as JSON, for reading by people too."""
    return json.dumps(mended.ledger_json(), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")


def results_json(reading: Reading, assessments: Sequence[Assessment], mended: Mended | None = None) -> bytes:
    """Return the numbers and answers as `corridor check --json` prints them; `seconds` is 0, since nothing is timed.

    Of a mended file what was changed stands beside them, with the hash of the file as sent and of the mended copy.
    """
    record = {**file_record(reading, list(assessments), 0.0), **_mended_record(mended)}
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _mended_record(mended: Mended | None) -> dict[str, str]:
    """Return what was changed before the lines were measured, as members of JSON; none for a file as it was sent."""
    if mended is None or not mended.changed:
        return {}
    said = said_of_mends(mended)
    return {"mended": said.says, "original_sha256": mended.original.sha256, "mended_sha256": said.sha256}


def routes_geojson(reading: Reading, assessments: Sequence[Assessment], mended: Mended | None = None) -> bytes:
    """Return the measured routes as GeoJSON of RFC 7946 with all their vertices, and their numbers as properties.

    The file's own properties stay apart in one member, as they were.
    """
    features = [_feature(reading, assessment) for assessment in assessments]
    collection = {
        "type": "FeatureCollection",
        "features": features,
        "note": long_disclaimer(),
        **_mended_record(mended),
    }
    try:
        return orjson.dumps(collection)
    except TypeError:
        # A property of the file holds a number or a text that orjson does not write.
        return json.dumps(collection).encode()


def _feature(reading: Reading, assessment: Assessment) -> dict[str, object]:
    of, route = assessment.measures, assessment.route
    return {
        "type": "Feature",
        "geometry": route_geometry(route),
        "properties": {
            "name": route.name,
            "length_km": round(of.length_km, 6),
            "drawn_km": round(round(of.length_km, 6) + round(of.repeated_km, 6), 6),
            "repeated_km": round(of.repeated_km, 6),
            "accuracy_m": round(of.accuracy.metres, 1),
            "by_territory_km": {share.territory: round(share.km, 6) for share in of.shares},
            "file": reading.file,
            "sha256": reading.sha256,
            "properties_of_the_file": dict(route.properties),
        },
    }


def route_geometry(route: Route) -> Geometry:
    """Return the line of a route as GeoJSON, (lon, lat) in degrees and heights in metres where the file has them."""
    parts = _positions(route)
    return {
        "type": "LineString" if len(parts) == 1 else "MultiLineString",
        "coordinates": parts[0] if len(parts) == 1 else parts,
    }


def _positions(route: Route) -> list[list[list[float]]]:
    """Return the positions of each part; with heights where the file has them."""
    parts: list[list[list[float]]] = [rows.tolist() for rows in route.lines]
    if route.heights_m is not None:
        heights = iter(route.heights_m.tolist())
        for part in parts:
            for position, height in zip(part, heights, strict=False):
                if isfinite(height):
                    position.append(height)
    return parts

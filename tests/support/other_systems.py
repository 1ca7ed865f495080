"""A line in the numbers of any reference system, as files of several formats that name it or do not."""

import json
import warnings
import zipfile
from io import BytesIO

import geopandas
import numpy as np
import shapely

from corridor.land.geodesy import REGION
from corridor.reading.reference_systems import conversion

#: Along the Araks, made up; about 26 km.
LINE = [[46.32, 38.91], [46.25, 38.885], [46.17, 38.846], [46.04, 38.875]]


def in_system(name: str, line=LINE, *, northing_first: bool = False) -> list[list[float]]:
    """A line in the numbers of a system, by the operation that is undone on reading, so that it comes back the same."""
    way = conversion(name, REGION)
    rows = np.array(line)
    x, y = way.transformer.transform(rows[:, 0], rows[:, 1], direction="INVERSE")
    return np.column_stack((y, x) if northing_first else (x, y)).tolist()


def feature(line, name="A", **members) -> dict:
    geometry = {"type": "LineString", "coordinates": line}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry, **members}


def geojson(*features, **members) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **members}).encode()


def kml(line) -> bytes:
    text = " ".join(f"{x:.3f},{y:.3f}" for x, y in line)
    head = '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>A</name><LineString><coordinates>'
    return f"{head}{text}</coordinates></LineString></Placemark></kml>".encode()


def shapefile(folder, line, prj: bytes | None) -> bytes:
    frame = geopandas.GeoDataFrame({"name": ["A"]}, geometry=[shapely.LineString(line)])
    with warnings.catch_warnings():
        # That no system is written is the point.
        warnings.simplefilter("ignore")
        frame.to_file(folder / "route.shp")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.glob("route.*"):
            archive.writestr(path.name, path.read_bytes())
        if prj is not None:
            archive.writestr("route.prj", prj)
    return packed.getvalue()


def geopackage(folder, layers) -> bytes:
    """A GeoPackage of layers (name, numbers, system or None)."""
    path = folder / "routes.gpkg"
    for name, line, crs in layers:
        frame = geopandas.GeoDataFrame({"name": [name]}, geometry=[shapely.LineString(line)], crs=crs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame.to_file(path, layer=name, driver="GPKG")
    return path.read_bytes()

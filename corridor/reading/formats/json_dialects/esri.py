"""Esri JSON, as ArcGIS servers and programs give features (“Geometry objects” of the ArcGIS REST API)."""

from typing import Any

from corridor.reading.faults import Json
from corridor.reading.formats.json_dialects.collected import Collected, is_number, lines, objects

#: From here on numbers of systems are Esri's own, and some below (its “Geographic” and “Projected coordinate systems”).
ESRI_FROM, ESRI_BELOW = 100_000, ((37_000, 38_000), (53_000, 55_000))
#: Members that say a geometry is one of Esri's.
GEOMETRIES = ("paths", "curvePaths", "rings", "curveRings", "points", "x")
EXPORT_AGAIN = "Ask the service again with f=geojson, or export the layer as GeoJSON."


def is_esri(document: dict[str, Any]) -> bool:
    """Whether a document without a type of GeoJSON is one of Esri's: a set of features, one, or a geometry alone."""
    if isinstance(document.get("geometryType"), str) and document["geometryType"].startswith("esri"):
        return True
    if any(isinstance(document.get(name), list) for name in ("paths", "curvePaths", "rings")) and (
        "spatialReference" in document or (document.get("type") is None and not objects(document.get("paths")))
    ):
        return True
    # A map as ArcGIS Online holds it, with its features inside.
    if any("featureSet" in layer or "featureCollection" in layer for layer in _layers(document)):
        return True
    return any(_is_feature(one) for one in objects(document.get("features"))[:100]) or _is_feature(document)


def _is_feature(value: dict[str, Any]) -> bool:
    geometry = value.get("geometry")
    if value.get("type") == "Feature" or not isinstance(geometry, dict | type(None)):
        return False
    if geometry is None:
        return isinstance(value.get("attributes"), dict)
    return "type" not in geometry and any(name in geometry for name in GEOMETRIES)


def _layers(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = objects(document.get("operationalLayers")) or objects(document.get("layers"))
    inner = [layer["featureCollection"] for layer in found if isinstance(layer.get("featureCollection"), dict)]
    return found + [layer for collection in inner for layer in objects(collection.get("layers"))]


def read_esri(document: dict[str, Any], taken: Collected) -> None:
    """Add the features of a document of Esri's."""
    for layer in _layers(document):
        if isinstance(layer.get("featureSet"), dict):
            _set(layer["featureSet"], taken)
    _set(document, taken)
    if "attributes" in document or "geometry" in document:
        _feature(document, document, taken)
    elif any(isinstance(document.get(name), list) for name in GEOMETRIES[:-1]):
        _feature({"geometry": document}, document, taken)


def _set(document: dict[str, Any], taken: Collected) -> None:
    for one in objects(document.get("features")):
        _feature(one, document, taken)
    if document.get("exceededTransferLimit") is True or _property(document, "exceededTransferLimit") is True:
        taken.lacks("holds only a part of the features: the server stopped at its limit", EXPORT_AGAIN)


def _property(document: dict[str, Any], name: str) -> Json:
    properties = document.get("properties")
    return properties.get(name) if isinstance(properties, dict) else None


def _feature(one: dict[str, Any], around: dict[str, Any], taken: Collected) -> None:
    geometry = one.get("geometry")
    made = None
    if isinstance(geometry, dict):
        has_z = geometry.get("hasZ", around.get("hasZ")) is True
        has_m = geometry.get("hasM", around.get("hasM")) is True
        made = _geometry(geometry, has_m and not has_z, taken)
        named = _system(geometry.get("spatialReference") or around.get("spatialReference"))
        if named and made is not None and named not in taken.systems:
            taken.systems.append(named)
    taken.add(made, one.get("attributes"))


def _geometry(geometry: dict[str, Any], only_m: bool, taken: Collected) -> Json:
    if isinstance(geometry.get("curvePaths") or geometry.get("curveRings"), list):
        taken.lacks("has arcs, of which only the ends were read", "Densify the line, then export it as GeoJSON.")
    for name, form in (("paths", lines), ("curvePaths", lines), ("rings", _polygon), ("curveRings", _polygon)):
        if isinstance(geometry.get(name), list):
            parts = [_positions(part, only_m, taken) for part in geometry[name] if isinstance(part, list)]
            return form([part for part in parts if part])
    if isinstance(geometry.get("points"), list):
        return {"type": "MultiPoint", "coordinates": _positions(geometry["points"], only_m, taken)}
    if is_number(geometry.get("x")) and is_number(geometry.get("y")):
        at = [geometry["x"], geometry["y"], *([geometry["z"]] if is_number(geometry.get("z")) else [])]
        return {"type": "Point", "coordinates": at}
    return None


def _polygon(rings: list[list[Any]]) -> Json:
    return {"type": "Polygon", "coordinates": rings} if rings else None


def _positions(part: list[Any], only_m: bool, taken: Collected) -> list[Any]:
    """Return the positions of a part: without measures, and of an arc its end, which stands first in it."""
    taken.count(len(part))
    if not any(isinstance(one, dict) for one in part) and not only_m:
        return [one[:3] if isinstance(one, list) and len(one) > 3 else one for one in part]
    made = []
    for one in part:
        if isinstance(one, dict):
            one = next((arc[0] for arc in one.values() if isinstance(arc, list) and arc), None)
        made.append(one[: 2 if only_m else 3] if isinstance(one, list) else one)
    return made


def _system(reference: Json) -> str | None:
    """Return the name of a spatial reference: by its number in EPSG's or Esri's register, or its well-known text."""
    if not isinstance(reference, dict):
        return None
    for name in ("latestWkid", "wkid"):
        code = reference.get(name)
        if isinstance(code, int) and not isinstance(code, bool) and code > 0:
            own = code >= ESRI_FROM or any(low <= code < high for low, high in ESRI_BELOW)
            return f"{'ESRI' if own else 'EPSG'}:{code}"
    text = reference.get("wkt2") or reference.get("wkt")
    return text if isinstance(text, str) and text.strip() else None

"""Esri JSON, as ArcGIS servers and programs give features (“Geometry objects” of the ArcGIS REST API)."""

from typing import Any, TypeGuard

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.arcs import chords
from corridor.reading.formats.json_dialects.collected import Collected, is_number, lines, objects, taken_out

#: From here on numbers of systems are Esri's own, and some below (its “Geographic” and “Projected coordinate systems”).
ESRI_FROM, ESRI_BELOW = 100_000, ((37_000, 38_000), (53_000, 55_000))
#: Members that say a geometry is one of Esri's.
GEOMETRIES = ("paths", "curvePaths", "rings", "curveRings", "points", "x")
EXPORT_AGAIN = "Ask the service again with f=geojson, or export the layer as GeoJSON."


def is_esri(document: JsonMembers) -> bool:
    """Whether a document without a type of GeoJSON is one of Esri's: a set of features, one, or a geometry alone."""
    if str(document.get("geometryType")).startswith("esri") and isinstance(document.get("features"), list):
        return True
    if any(isinstance(document.get(name), list) for name in ("paths", "curvePaths", "rings")) and (
        "spatialReference" in document or (document.get("type") is None and not objects(document.get("paths")))
    ):
        return True
    # A map as ArcGIS Online holds it, or a layer of it, with its features inside.
    if any("featureSet" in layer or "featureCollection" in layer for layer in _layers(document)):
        return True
    return any(_is_feature(feature) for feature in objects(document.get("features"))[:100]) or _is_feature(document)


def _is_feature(value: JsonMembers) -> bool:
    geometry = value.get("geometry")
    if value.get("type") == "Feature" or not isinstance(geometry, dict | type(None)):
        return False
    if geometry is None:
        return isinstance(value.get("attributes"), dict)
    return "type" not in geometry and any(name in geometry for name in GEOMETRIES)


def _layers(document: JsonMembers) -> list[JsonMembers]:
    layers = objects(document.get("operationalLayers")) or objects(document.get("layers"))
    around = [document, *layers]
    inner = [layer["featureCollection"] for layer in around if isinstance(layer.get("featureCollection"), dict)]
    return layers + [layer for collection in inner for layer in objects(collection.get("layers"))]


def read_esri(document: JsonMembers, taken: Collected) -> None:
    """Add the features of a document of Esri's, which are taken out of it."""
    for layer in _layers(document):
        if isinstance(layer.get("featureSet"), dict):
            _set(layer["featureSet"], taken)
    _set(document, taken)
    if "attributes" in document or "geometry" in document:
        _feature(document, document, taken)
    elif any(isinstance(document.get(name), list) for name in GEOMETRIES[:-1]):
        _feature({"geometry": document}, document, taken)


def add_object(value: JsonMembers, around: JsonMembers, taken: Collected) -> None:
    """Add a set of features, one, or a geometry that stands in other JSON; `around` says what it leaves out."""
    if isinstance(value.get("features"), list):
        _set({**around, **value}, taken)
    else:
        _feature(value if "geometry" in value else {"geometry": value}, around, taken)


def _set(document: JsonMembers, taken: Collected) -> None:
    for feature in taken_out(document.get("features")):
        _feature(feature, document, taken)
    if document.get("exceededTransferLimit") is True or _property(document, "exceededTransferLimit") is True:
        taken.lacks("holds only a part of the features: the server stopped at its limit", EXPORT_AGAIN)


def _property(document: JsonMembers, name: str) -> Json:
    properties = document.get("properties")
    return properties.get(name) if isinstance(properties, dict) else None


def _feature(feature: JsonMembers, around: JsonMembers, taken: Collected) -> None:
    geometry = feature.get("geometry")
    made = named = None
    if isinstance(geometry, dict):
        has_z = geometry.get("hasZ", around.get("hasZ")) is True
        has_m = geometry.get("hasM", around.get("hasM")) is True
        made = _geometry(geometry, has_z, has_m, taken)
        named = _system(geometry.get("spatialReference") or around.get("spatialReference"))
    taken.add(made, feature.get("attributes"), named)


def _geometry(geometry: JsonMembers, has_z: bool, has_m: bool, taken: Collected) -> Json:
    # Without a word of what follows, a third number is a height.
    measure = 2 + (has_z or not has_m)
    for name, form in (("paths", lines), ("curvePaths", lines), ("rings", _polygon), ("curveRings", _polygon)):
        if isinstance(geometry.get(name), list):
            parts = [_positions(part, measure, has_m, taken) for part in geometry[name] if isinstance(part, list)]
            return form([part for part in parts if part])
    if isinstance(geometry.get("points"), list):
        return {"type": "MultiPoint", "coordinates": _positions(geometry["points"], measure, has_m, taken)}
    if is_number(geometry.get("x")) and is_number(geometry.get("y")):
        at = [geometry["x"], geometry["y"], *([geometry["z"]] if is_number(geometry.get("z")) else [])]
        return {"type": "Point", "coordinates": at}
    return None


def _polygon(rings: list[list[Any]]) -> Json:
    return {"type": "Polygon", "coordinates": rings} if rings else None


def _positions(part: list[Any], measure: int, has_m: bool, taken: Collected) -> list[Any]:
    """Return the positions of a part up to the place where measures stand, its curves as chords or by their ends."""
    taken.count(len(part))
    if has_m:
        measures = [
            position[measure]
            for position in part
            if isinstance(position, list) and len(position) > measure and is_number(position[measure])
        ]
        if measures:
            taken.beside.measured(len(measures), min(measures), max(measures))
    if not any(isinstance(position, dict) for position in part):
        return [
            position[:measure] if isinstance(position, list) and len(position) > measure else position
            for position in part
        ]
    made: list[Any] = []
    for element in part:
        if isinstance(element, dict):
            made += _curve(made[-1] if made else None, element, measure, taken)
        else:
            made.append(element[:measure] if isinstance(element, list) else element)
    return made


def _curve(start: Json, curve: JsonMembers, measure: int, taken: Collected) -> list[Any]:
    """Return what a curve of Esri's becomes after its start: an arc through a point chords, any other its end."""
    end, middle = None, None
    for values in curve.values():
        if isinstance(values, list) and values and isinstance(values[0], list):
            end, middle = values[0][:measure], values[1] if len(values) > 1 else None
            break
    if "c" in curve and _is_place(start) and _is_place(middle) and _is_place(end):
        width = min(len(start), len(end))
        # Only its place is given of the point amid an arc.
        amid = (*middle[:2], *start[2:width])
        try:
            vertices = chords(tuple(start[:width]), amid, tuple(end[:width]), taken.arcs)
        except (ArithmeticError, ValueError):
            vertices = [tuple(end)]
        taken.count(len(vertices))
        return [list(place) for place in vertices]
    taken.lacks("has curves, of which only the ends were read", "Densify the line, then export it as GeoJSON.")
    return [] if end is None else [end]


def _is_place(value: Json) -> TypeGuard[list[float]]:
    return isinstance(value, list) and len(value) >= 2 and all(map(is_number, value))


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

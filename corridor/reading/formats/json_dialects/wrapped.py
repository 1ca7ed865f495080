"""GeoJSON inside other JSON: layers of a uMap backup, a member of a service's answer, rows of a table, a text."""

from dataclasses import dataclass, field

import orjson

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.json_dialects.collected import Collected, objects
from corridor.reading.geometry_texts import read_geometry_text
from corridor.reading.limits import LIMITS, nesting_depth
from corridor.reading.structure import TYPES
from corridor.reading.written_numbers import plain_number

#: How deep GeoJSON is looked for, and in how many values; answers of services hold theirs a few levels down.
DEEPEST, MOST_LOOKED_AT = 12, 100_000
#: How much of a text is looked at for a type of GeoJSON.
LOOKED_AT = 200
CAPITALS = {kind.lower(): kind for kind in TYPES}
LAYER_AGAIN = "Open the layer where it is and export it as GeoJSON."


def is_umap(document: JsonMembers) -> bool:
    """Whether a document is a backup of a uMap."""
    return document.get("type") == "umap" and isinstance(document.get("layers"), list)


def read_umap(document: JsonMembers, taken: Collected) -> None:
    """Add the features of every layer, each with its layer's name."""
    for layer in objects(document["layers"]):
        options: JsonMembers = next(
            (layer[name] for name in ("_umap_options", "_storage") if isinstance(layer.get(name), dict)), {}
        )
        name = options.get("name")
        remote = options.get("remoteData")
        if isinstance(remote, dict) and remote.get("url") and not layer.get("features"):
            taken.lacks("names a layer that is at an address of its own", LAYER_AGAIN)
        inherited = {"layer": name} if isinstance(name, str) and name.strip() else {}
        for feature in objects(layer.get("features")):
            given = feature["properties"] if isinstance(feature.get("properties"), dict) else {}
            taken.add_feature({"geometry": None, **feature, "properties": inherited | given})


def is_geojson(value: Json) -> bool:
    """Whether a value is an object of GeoJSON, by its type and what that type has to have."""
    if not isinstance(value, dict) or value.get("type") not in TYPES:
        return False
    kind = value["type"]
    member = {"FeatureCollection": "features", "GeometryCollection": "geometries", "Feature": "geometry"}
    return member.get(kind, "coordinates") in value


def add_geojson(value: JsonMembers, taken: Collected) -> None:
    """Add an object of GeoJSON: its features, itself, or a feature around a geometry."""
    if value["type"] == "FeatureCollection":
        for feature in objects(value["features"]):
            add_geojson(feature, taken) if is_geojson(feature) else taken.add(None, {})
    elif value["type"] == "Feature":
        taken.add_feature(value)
    else:
        taken.add(value, {})


@dataclass(frozen=True, slots=True)
class Inside:
    """A value somewhere in a document: the name of its member, and what plain values stand beside it."""

    name: str
    value: Json
    beside: JsonMembers = field(default_factory=dict)
    system: str | None = None


def inner_geojson(document: Json) -> list[Inside]:
    """Return the outermost objects of GeoJSON inside a document that is none, those written as texts too."""
    documents: list[Inside] = []
    level = [Inside("", document)]
    looked_at = 0
    for _ in range(DEEPEST):
        below: list[Inside] = []
        for held in level:
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                return documents
            value, system = _parsed(held.value) if isinstance(held.value, str) else (_spelt(held.value), None)
            if is_geojson(value):
                beside = {name: text for name, text in held.beside.items() if name != held.name}
                documents.append(Inside(held.name, value, beside, system))
            elif isinstance(held.value, dict):
                plain = {name: inner for name, inner in held.value.items() if isinstance(inner, str | int | float)}
                below += [Inside(name, inner, plain) for name, inner in held.value.items()]
            elif isinstance(held.value, list):
                below += [Inside(held.name, member, held.beside) for member in held.value if _may_hold(member)]
        level = below
    return documents


def _may_hold(member: Json) -> bool:
    """Whether something in a list may be GeoJSON or hold some: no position, which there may be a million of."""
    return isinstance(member, dict | str) or (isinstance(member, list) and isinstance(next(iter(member), None), str))


def _spelt(value: Json) -> Json:
    """Return a geometry as GeoJSON spells it: its type in any capitals, numbers as MongoDB's exports wrap them."""
    kind = value.get("type") if isinstance(value, dict) else None
    coordinates = value.get("coordinates") if isinstance(kind, str) else None
    if not isinstance(kind, str) or not isinstance(coordinates, list):
        return value
    spelt = CAPITALS.get(kind.lower(), kind)
    first = coordinates
    while isinstance(first, list) and first:
        first = first[0]
    if spelt == kind and not isinstance(first, dict):
        return value
    return {**value, "type": spelt, "coordinates": _unwrapped(coordinates)}


def _unwrapped(value: Json) -> Json:
    """Return nested lists with {"$numberDouble": "46.2"} as the number it is."""
    if isinstance(value, list):
        return [_unwrapped(inner) for inner in value]
    wrapped = next(iter(value.items())) if isinstance(value, dict) and len(value) == 1 else ("", None)
    number = plain_number(wrapped[1]) if wrapped[0].startswith("$number") and isinstance(wrapped[1], str) else None
    return value if number is None else number


def _parsed(text: str) -> tuple[Json, str | None]:
    """Return the geometry that is written as a text, as databases give them, and its system; None for another text."""
    if text.lstrip()[:1] != "{" or '"type"' not in text[:LOOKED_AT]:
        geometry = read_geometry_text(text)
        return (None, None) if geometry is None else (geometry.geometry, geometry.system)
    return _json_in(text), None


def _json_in(text: str) -> Json:
    """Return the JSON that a text is; None for another text, and for one that nests deeper than a file may."""
    # To count how deep it nests costs more than to read a short text.
    if text.count("[") + text.count("{") > LIMITS.depth and nesting_depth(text.encode()) > LIMITS.depth:
        return None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def within_text(document: Json) -> Json:
    """Return the JSON that a document holds as a text, as programs leave it that write twice; else the document."""
    if not isinstance(document, str) or document.lstrip()[:1] not in ("{", "["):
        return document
    inner = _json_in(document)
    return document if inner is None else inner


def add_inner(documents: list[Inside], taken: Collected) -> None:
    """Add objects of GeoJSON; what stands beside a mere geometry, as in the row of a table, is told of it."""
    for held in documents:
        if held.value["type"] in ("FeatureCollection", "Feature"):
            add_geojson(held.value, taken)
        else:
            taken.add(held.value, held.beside, held.system)


def is_list_of_geojson(document: Json) -> bool:
    """Whether a document is a list of nothing but features or geometries."""
    return isinstance(document, list) and bool(document) and all(is_geojson(member) for member in document)


def lacks_only_its_type(document: JsonMembers) -> bool:
    """Whether an object is meant as GeoJSON itself, with its type forgotten or misspelt."""
    kind = document.get("type")
    meant = isinstance(kind, str) and kind.lower() in {type_name.lower() for type_name in TYPES}
    return meant or any(name in document for name in ("coordinates", "features", "geometries", "geometry"))

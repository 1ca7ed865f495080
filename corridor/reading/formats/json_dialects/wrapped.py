"""GeoJSON inside other JSON: layers of a uMap backup, a member of a service's answer, a list of features."""

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.json_dialects.collected import Collected, objects
from corridor.reading.structure import TYPES

#: How deep GeoJSON is looked for, and in how many values; answers of services hold theirs a few levels down.
DEEPEST, MOST_LOOKED_AT = 6, 100_000
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


def inner_geojson(document: Json) -> list[tuple[str, JsonMembers]]:
    """Return the outermost objects of GeoJSON inside a document that is none, each with the name of its member."""
    documents: list[tuple[str, JsonMembers]] = []
    level: list[tuple[str, Json]] = [("", document)]
    looked_at = 0
    for _ in range(DEEPEST):
        below: list[tuple[str, Json]] = []
        for name, value in level:
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                return documents
            if is_geojson(value):
                documents.append((name, value))
            elif isinstance(value, dict):
                below += value.items()
            elif isinstance(value, list):
                below += [(name, member) for member in value if isinstance(member, dict)]
        level = below
    return documents


def is_list_of_geojson(document: Json) -> bool:
    """Whether a document is a list of nothing but features or geometries."""
    return isinstance(document, list) and bool(document) and all(is_geojson(member) for member in document)


def lacks_only_its_type(document: JsonMembers) -> bool:
    """Whether an object is meant as GeoJSON itself, with its type forgotten or misspelt."""
    kind = document.get("type")
    meant = isinstance(kind, str) and kind.lower() in {type_name.lower() for type_name in TYPES}
    return meant or any(name in document for name in ("coordinates", "features", "geometries", "geometry"))

"""Lines of Esri's inside other JSON: answers of its network and geoprocessing services, layers, lists of geometries."""

from dataclasses import dataclass, field

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.json_dialects.collected import Collected, objects
from corridor.reading.formats.json_dialects.esri import add_object
from corridor.reading.formats.json_dialects.wrapped import DEEPEST, MOST_LOOKED_AT

#: What an object may leave to the one around it.
INHERITED = ("spatialReference", "hasZ", "hasM")
LINES = ("paths", "curvePaths", "rings", "curveRings")
#: Features of a set among which one with a line is looked for.
MOST_FEATURES = 100


@dataclass(frozen=True, slots=True)
class EsriObject:
    """A set of features, a feature or a geometry of Esri's, and what is said of it further out."""

    value: JsonMembers
    around: JsonMembers = field(default_factory=dict)


def esri_inside(document: Json) -> list[EsriObject]:
    """Return the outermost objects of Esri's inside a document that is none itself; none where no line or area is."""
    inside: list[EsriObject] = []
    level: list[tuple[Json, JsonMembers]] = [(document, {})]
    looked_at = 0
    for _ in range(DEEPEST):
        below: list[tuple[Json, JsonMembers]] = []
        for value, around in level:
            looked_at += 1
            if looked_at > MOST_LOOKED_AT:
                break
            if isinstance(value, list):
                # A list of positions, of which there may be a million, begins with a list.
                below += [(member, around) for member in value if isinstance(member, dict)]
            elif isinstance(value, dict):
                said = {**around, **{name: value[name] for name in INHERITED if name in value}}
                if _is_of_esri(value):
                    inside.append(EsriObject(value, said))
                else:
                    below += [(member, said) for member in value.values() if isinstance(member, dict | list)]
        level = below
    return inside if any(_has_line(held.value) for held in inside) else []


def read_esri_inside(document: Json, taken: Collected) -> None:
    """Add the features of all objects of Esri's in a document, which are taken out of it."""
    for held in esri_inside(document):
        add_object(held.value, held.around, taken)


def _is_of_esri(value: JsonMembers) -> bool:
    """Whether an object has a line, or is a set of features of which some have a place."""
    named = str(value.get("geometryType")).startswith("esri")
    return _has_line(value) or (named and any(isinstance(each.get("geometry"), dict) for each in _features(value)))


def _has_line(value: JsonMembers) -> bool:
    geometries = (value, value.get("geometry"), *(each.get("geometry") for each in _features(value)))
    return any(map(_is_line, geometries))


def _features(value: JsonMembers) -> list[JsonMembers]:
    features = value.get("features")
    return objects(features[:MOST_FEATURES]) if isinstance(features, list) else []


def _is_line(geometry: Json) -> bool:
    """Whether a value has parts as Esri gives them: lists of positions in a list, and no type of GeoJSON."""
    if not isinstance(geometry, dict) or "type" in geometry:
        return False
    parts = next((geometry[name] for name in LINES if isinstance(geometry.get(name), list)), None)
    first = parts[0] if parts else None
    return isinstance(first, list) and bool(first) and isinstance(first[0], list) and len(first[0]) > 1

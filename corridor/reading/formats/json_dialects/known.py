"""JSON in which no line is looked for, because what wrote it keeps none there or in words of its own: named."""

from collections.abc import Iterator

from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.encoded_polyline import POLYLINE, is_polyline
from corridor.reading.formats.json_dialects.collected import is_number, objects


def known_json(document: Json) -> tuple[str, str, str] | None:
    """Return the format, what it is as a sentence's rest after “This is”, and how to export; None for others."""
    if isinstance(document, list):
        first = document[0] if document else None
        if not isinstance(first, dict):
            return None
        if first.get("id") == "document" and "version" in first:
            return CZML
        return TIMELINE if "startTime" in first and not MOMENTS.isdisjoint(first) else None
    if isinstance(document, str) and is_polyline(document):
        return POLYLINE
    if not isinstance(document, dict):
        return None
    return next((description for recognised, description in KNOWN if recognised(document)), None) or _server_error(
        document
    )


def _is_kepler(document: JsonMembers) -> bool:
    info = document.get("info")
    named = isinstance(info, dict) and "kepler" in str(info.get("app", ""))[:40].lower()
    tables = [dataset.get("data") for dataset in objects(document.get("datasets"))]
    map_state = isinstance(document.get("datasets"), list) and isinstance(document.get("config"), dict)
    return named or map_state or any(isinstance(table, dict) and "allData" in table for table in tables)


def _is_timeline(document: JsonMembers) -> bool:
    return any(isinstance(document.get(name), list) for name in ("timelineObjects", "semanticSegments", "locations"))


def _is_style(document: JsonMembers) -> bool:
    return document.get("version") == 8 and isinstance(document.get("sources"), dict)


def _is_here(document: JsonMembers) -> bool:
    return any(
        isinstance(section.get("polyline"), str)
        for route in objects(document.get("routes"))
        for section in objects(route.get("sections"))
    )


def _is_cityjson(document: JsonMembers) -> bool:
    return document.get("type") == "CityJSON"


def _is_cim(document: JsonMembers) -> bool:
    return str(document.get("type", "")).startswith("CIM")


def _is_service(document: JsonMembers) -> bool:
    described = any(name in document for name in ("layers", "fields", "geometryType", "extent"))
    return "currentVersion" in document and described and not isinstance(document.get("features"), list)


def _is_notebook(document: JsonMembers) -> bool:
    return "nbformat" in document and isinstance(document.get("cells"), list)


def _server_error(document: JsonMembers) -> tuple[str, str, str] | None:
    """Return what a server says in place of a file: “Not Found”, “Token Required”."""
    spoken = next((text for text in _spoken(document) if isinstance(text, str) and text.strip()), None)
    if spoken is None:
        return None
    return (
        "server message",
        f"an error message of a server, not a file: “{spoken.strip()[:60]}”",
        "Sign in or look up the address, then download the file again.",
    )


def _spoken(document: JsonMembers) -> Iterator[Json]:
    """Yield what may be the sentence of an error: of ArcGIS, Google, GraphQL, GeoServer, RFC 9457 and frameworks."""
    error = document.get("error")
    yield error.get("message") if isinstance(error, dict) else error
    yield document.get("error_message")
    for listed in ("errors", "exceptions"):
        for first in objects(document.get(listed))[:1]:
            yield first.get("message") or first.get("text") or first.get("title")
    if len(document) > MOST_OF_AN_ERROR:
        return
    yield document.get("message")
    yield document.get("detail")
    failed = str(document.get("status")).lower() in FAILED or is_number(document.get("status"))
    if failed or "code" in document:
        yield document.get("msg") or document.get("title") or document.get("reason")


#: Members of what GitHub and others answer in place of a file.
MOST_OF_AN_ERROR = 5
FAILED = ("error", "fail", "failed", "failure")
#: What a moment of Google's record is, as phones of Apple export it: a list of them.
MOMENTS = frozenset(("timelinePath", "visit", "activity"))
TIMELINE = (
    "Google Timeline",
    "Google's record of where a person was, not a route",
    "Draw the route in Google My Maps and export it as KML.",
)
CZML = ("CZML", "CZML, a scene of Cesium", "Export the line itself as GeoJSON or KML.")
KNOWN = (
    (
        _is_kepler,
        (
            "kepler.gl",
            "a saved map of kepler.gl, with its data as a table",
            "In kepler.gl choose Share, Export Data, and send the GeoJSON; or send the file the map was made of.",
        ),
    ),
    (_is_timeline, TIMELINE),
    (
        _is_style,
        (
            "map style",
            "the style of a web map (Mapbox, MapLibre), which says how a map looks",
            "Export the data of the route's layer as GeoJSON.",
        ),
    ),
    (
        _is_here,
        (
            "HERE routing",
            "an answer of HERE's router, whose lines are in an encoding of its own",
            "Decode it with HERE's “flexible polyline” library and save the line as GeoJSON.",
        ),
    ),
    (
        _is_service,
        (
            "service description",
            "the description of a layer or service of ArcGIS, not its data",
            "Add /query?where=1=1&outFields=*&f=geojson to the address of the layer, and send what comes.",
        ),
    ),
    (_is_notebook, ("notebook", "a notebook of programs (Jupyter)", "Export the route alone as GeoJSON.")),
    (_is_cityjson, ("CityJSON", "CityJSON, a model of buildings", "Export the route alone as GeoJSON.")),
    (
        _is_cim,
        (
            "ArcGIS layer file",
            "a layer file of ArcGIS Pro, which says how a layer looks",
            "In ArcGIS Pro run “Features To JSON” with “Output to GeoJSON”.",
        ),
    ),
)

"""Which form of JSON a parsed document is that is not GeoJSON, and the features taken from it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from corridor.land.geodesy import CRS84
from corridor.reading.faults import Json, JsonMembers
from corridor.reading.formats.converted import Converted, collected, noticed, run
from corridor.reading.formats.json_dialects.bare_positions import is_bare, read_bare
from corridor.reading.formats.json_dialects.collected import Collected
from corridor.reading.formats.json_dialects.esri import is_esri, read_esri
from corridor.reading.formats.json_dialects.esri_anywhere import esri_inside, read_esri_inside
from corridor.reading.formats.json_dialects.json_fg import is_json_fg, read_json_fg
from corridor.reading.formats.json_dialects.known import known_json
from corridor.reading.formats.json_dialects.lines_anywhere import lines_anywhere, read_lines_anywhere
from corridor.reading.formats.json_dialects.openstreetmap import is_overpass, read_overpass
from corridor.reading.formats.json_dialects.routers import router_of
from corridor.reading.formats.json_dialects.topojson import is_topojson, read_topojson
from corridor.reading.formats.json_dialects.wrapped import (
    add_geojson,
    add_inner,
    inner_geojson,
    is_geojson,
    is_list_of_geojson,
    is_umap,
    lacks_only_its_type,
    read_umap,
    within_text,
)
from corridor.reading.formats.layer_values import count_arcs
from corridor.reading.formats.reading_checks import Attempt
from corridor.reading.formats.recognition_checks import RECOGNITION_CHECKS, Recognised
from corridor.reading.limits import Limits, TooMuchError
from corridor.reading.structure import LINES, TYPES

#: What reads a document into what is taken from it.
Reader = Callable[[Any, Collected], None]


def other_json(document: Json, limits: Limits) -> Converted | None:
    """Return what a document of another form becomes; None for GeoJSON, sound or not, and for what nobody knows."""
    if is_json_fg(document):
        taken = Collected("JSON-FG", "JSON-FG, the form of GeoJSON for other reference systems", limits)
        return taken_as(taken, partial(read_json_fg, document, taken))
    if _is_geojson(document):
        return None
    inner = within_text(document)
    if inner is not document:
        if is_geojson(inner):
            taken = Collected("JSON around GeoJSON", "GeoJSON written as a text inside JSON", limits)
            return taken_as(taken, partial(add_geojson, inner, taken))
        return other_json(inner, limits) if isinstance(inner, dict | list) else None
    form = _form(document)
    if form is None:
        known = known_json(document)
        if known is None:
            return None
        name, what, advice = known
        return Converted(name, run(RECOGNITION_CHECKS, Recognised(named=what, advice=advice)))
    name, what, reader = form
    taken = Collected(name, what, limits)
    return taken_as(taken, lambda: reader(document, taken))


def is_of_another_form(document: Json) -> bool:
    """Whether a parsed document is JSON of another form, some of which unfold to a million positions from few bytes.

    A text may hold any of them.
    """
    return not _is_geojson(document) and (isinstance(document, str) or _form(document) is not None)


def _is_geojson(document: Json) -> bool:
    return isinstance(document, dict) and document.get("type") in TYPES


def taken_as(taken: Collected, read: Callable[[], None]) -> Converted:
    """Return what is taken by reading, or that it is too much."""
    try:
        read()
    except TooMuchError as error:
        return Converted(taken.format, noticed(Attempt(taken.format, too_many=error.excess)))
    lines = sum(map(_has_line, (feature.get("geometry") for feature in taken.features)))
    recognised = Recognised(
        other_json=taken.is_what, lines=lines, incomplete=tuple(taken.incomplete), decoded=taken.decoded
    )
    count_arcs(taken.arcs, next(iter(taken.systems), CRS84), taken.beside)
    return collected(taken.format, taken.features, run(RECOGNITION_CHECKS, recognised), taken.beside)


def _has_line(geometry: Json) -> bool:
    if not isinstance(geometry, dict):
        return False
    parts = geometry.get("geometries")
    return geometry.get("type") in LINES or (isinstance(parts, list) and any(map(_has_line, parts)))


def _form(document: Json) -> tuple[str, str, Reader] | None:
    """Return the format, what it is in words, and what reads it."""
    if is_list_of_geojson(document):
        return "list of GeoJSON", "a list of GeoJSON objects", _listed
    if is_bare(document):
        return "list of positions", "a list of positions with nothing around it", read_bare
    if isinstance(document, dict) and (form := _form_of_object(document)):
        return form
    if known_json(document) is not None:
        return None
    if esri_inside(document):
        return "Esri JSON", "JSON of ArcGIS with features inside", read_esri_inside
    if isinstance(document, dict) and lacks_only_its_type(document):
        return None
    if inner := inner_geojson(document):
        where = f", in its member “{inner[0].name[:40]}”" if inner[0].name else ""
        return "JSON around GeoJSON", f"JSON with GeoJSON inside{where}", _inner
    if any(lines_anywhere(document)):
        return "JSON with positions", "JSON of a program's own with lists of positions inside", read_lines_anywhere
    return None


def _form_of_object(document: JsonMembers) -> tuple[str, str, Reader] | None:
    """Return the same for an object whose members say of what form it is."""
    if is_topojson(document):
        return "TopoJSON", "TopoJSON", read_topojson
    if is_umap(document):
        return "uMap", "a backup of a uMap map", read_umap
    if is_overpass(document):
        return "Overpass JSON", "OpenStreetMap data as Overpass gives it", read_overpass
    router = router_of(document)
    if router is not None:
        name, reader = router
        return name, f"an answer of the router {name}", reader
    if is_esri(document):
        return "Esri JSON", "Esri JSON, as ArcGIS gives it", read_esri
    return None


def _listed(document: Json, taken: Collected) -> None:
    for member in document:
        add_geojson(member, taken)


def _inner(document: Json, taken: Collected) -> None:
    add_inner(inner_geojson(document), taken)

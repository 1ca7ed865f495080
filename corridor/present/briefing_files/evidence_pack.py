"""The evidence pack: everything another office needs to check every number of a story, in one reproducible archive."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

from corridor.assessing.accuracy import Tolerance
from corridor.assessing.comparison_records import comparison_record
from corridor.assessing.offsets import TOGETHER_M
from corridor.assessing.route_records import route_record
from corridor.candidates import Candidate
from corridor.land.catalogue import layer_bytes
from corridor.present.briefing_files.story_json import story_json_bytes
from corridor.present.exports import licence_text, zipped
from corridor.present.sheets import sheet_csv
from corridor.present.story.briefing import Briefing
from corridor.present.story.scenes import layers_drawn
from corridor.present.story.tables import compared_routes
from corridor.quantities import drawn_off_words
from corridor.reading.route import Route
from corridor.storyboard.embedding import line_text
from corridor.storyboard.resolving import COMPARED, ResolvedScene
from corridor.storyboard.story import OwnRoute
from corridor.storyboard.writing import story_bytes
from corridor.texts.edition import facts_as_of

#: The libraries that lengths, splits and offsets are computed with.
COMPUTED_WITH = ("numpy", "pyproj", "shapely")
SUMS = "SHA256SUMS.txt"
#: What the files of the archive are, by the beginning of their names, in the order of the archive.
CONTENTS = (
    ("story.toml", "the story as it can be opened again; own routes are in it"),
    ("results/story.json", "every sentence, number, table and source of the story, scene by scene"),
    ("results/routes/", "own routes and compared candidates as measured: the record `corridor check --json` prints"),
    ("results/comparisons/", "comparisons in full, with offsets, as `corridor compare --json` prints them"),
    ("tables/", "the tables of the scenes as CSV, each figure with unit, accuracy, date and source"),
    ("routes/", "every candidate and own route shown, as RFC 7946 GeoJSON in longitude and latitude on WGS84"),
    ("layers/", "every layer a map of the story draws from, as shipped, with its licence beside it"),
    ("parameters.json", "accuracies, distances and dates the results depend on"),
    ("inputs.json", "SHA-256 of every input, versions of software and data"),
    (SUMS, "SHA-256 of every file of this archive but itself"),
)
Members = Iterator[tuple[str, bytes]]


def evidence_pack(briefing: Briefing) -> bytes:
    """Return the pack as a ZIP archive; the same story, data and day give the same bytes."""
    shown = {scene.id for scene in briefing.view.shown}
    resolved = [scene for scene in briefing.measured.resolved(briefing.story) if scene.scene.id in shown]
    members: dict[str, bytes] = {"story.toml": story_bytes(briefing.story)}
    for part in (_results, _tables, _routes, _layers, _papers):
        members.update(part(briefing, resolved))
    members = {"README.txt": _readme(briefing, members).encode()} | members
    sums = "".join(f"{_sha256(data)}  {name}\n" for name, data in members.items())
    return zipped(members | {SUMS: sums})


def _readme(briefing: Briefing, members: Iterable[str]) -> str:
    view = briefing.view
    present = [
        (name, description)
        for name, description in CONTENTS
        if any(member.startswith(name) for member in (*members, SUMS))
    ]
    wide = max(len(name) for name, _ in present)
    lines = [
        f"Evidence pack: {view.title}",
        view.subtitle,
        *([view.handling] if view.handling else []),
        "",
        f"Made on {view.made_on} with {view.versions.software}. {view.age}.",
        "",
        *(f"{name:{wide}}  {description}" for name, description in present),
        "",
        *view.method,
        "",
        view.long_disclaimer,
        "",
        view.note,
        "",
        "To check a number, find it in results/story.json: its accuracy, date and sources stand beside it.",
        "",
        "Licences of the layers:",
        *(
            f"- {', '.join(attribution.layers)}: {attribution.licence} ({attribution.licence_url}). {attribution.text}"
            for attribution in view.attributions
        ),
        "",
    ]
    return "\n".join(lines)


def _results(briefing: Briefing, resolved: list[ResolvedScene]) -> Members:
    context, measured = briefing.context, briefing.measured
    yield "results/story.json", story_json_bytes(briefing.view)
    for scene in resolved:
        if scene.scene.kind == "comparison":
            side_by_side = compared_routes(scene, context, measured)
            for identity, assessment in side_by_side.items():
                yield f"results/routes/{identity.replace('/', '-')}.json", _json(route_record(assessment))
            if COMPARED[0] <= len(side_by_side) <= COMPARED[1]:
                comparison = comparison_record(measured.compared(list(side_by_side.values())))
                yield f"results/comparisons/{scene.scene.id}.json", _json(comparison)
    for own, route in _own_routes(resolved):
        yield f"results/routes/{own.id}.json", _json(route_record(measured.own(own.id, route)))


def _own_routes(resolved: list[ResolvedScene]) -> list[tuple[OwnRoute, Route]]:
    return list({own.id: (own, route) for scene in resolved for own, route in scene.routes}.values())


def _tables(briefing: Briefing, _: list[ResolvedScene]) -> Members:
    sources = briefing.context.shipped.library.sources
    for scene in briefing.view.shown:
        for number, table in enumerate(scene.tables, start=1):
            yield f"tables/{scene.number:02}-{scene.id}-{number}.csv", sheet_csv(table.sheet, sources)


def _routes(briefing: Briefing, resolved: list[ResolvedScene]) -> Members:
    layer = briefing.context.shipped.layers["route"]
    candidates = {candidate.id: candidate for scene in resolved for candidate in scene.candidates}
    for candidate in candidates.values():
        yield f"routes/candidate-{candidate.id}.geojson", _json(_candidate(candidate, briefing))
    if candidates:
        yield "routes/LICENCE.txt", licence_text(layer, briefing.context.shipped.library.sources).encode()
    for own, route in _own_routes(resolved):
        yield f"routes/{own.id}.geojson", _json(_own(own, route))


def _candidate(candidate: Candidate, briefing: Briefing) -> dict[str, object]:
    """Return the segments of a candidate in the order of travel; what is listed and not drawn has no geometry."""
    layer = briefing.context.shipped.layers["route"]
    features: list[dict[str, object]] = []
    for order, (part, stretch) in enumerate(
        zip(candidate.segments, briefing.context.table_lookup.segment_figures(candidate), strict=True), start=1
    ):
        used: dict[str, object] = {"order": order, "from": part.start, "to": part.end, "used_km": stretch.measured_km}
        if stretch.leg.repeated_km:
            used["drawn_again_km"] = stretch.leg.repeated_km
        if off := drawn_off_words([stretch.leg]):
            used["drawing"] = off[0]
        segment = briefing.context.shipped.by_id[f"route/{part.segment}"]
        features.append({**segment, "properties": {**segment["properties"], "used": used}})
    return {
        "type": "FeatureCollection",
        "id": f"candidate/{candidate.id}",
        "name": candidate.name,
        "licence": f"{layer.licence} ({layer.licence_url}). {layer.attribution}",
        "features": features,
    }


def _own(own: OwnRoute, route: Route) -> dict[str, object]:
    feature: dict[str, Any] = json.loads(line_text(route))
    about = {"name": own.name, "mode": own.mode, "origin": own.origin, "file": own.file, "file_sha256": own.file_sha256}
    return {
        "type": "Feature",
        "id": own.id,
        "properties": about | feature["properties"],
        "geometry": feature["geometry"],
    }


def _layers(briefing: Briefing, _: list[ResolvedScene]) -> Members:
    context = briefing.context
    drawn = {layer for scene in briefing.view.shown for layer in layers_drawn(scene)}
    for layer in context.shipped.catalogued.values():
        if layer.id in drawn:
            yield layer.file, layer_bytes(layer, context.root)
            yield f"layers/{layer.id}-LICENCE.txt", licence_text(layer, context.shipped.library.sources).encode()


def _papers(briefing: Briefing, resolved: list[ResolvedScene]) -> Members:
    context, view = briefing.context, briefing.view
    routes = {own.id: (own, briefing.measured.own(own.id, route)) for own, route in _own_routes(resolved)}
    parameters = {
        "facts_as_of": facts_as_of().isoformat(),
        "made_on": view.made_on,
        "border_accuracy_m": {
            i: feature["properties"]["accuracy_m"]
            for i, feature in context.shipped.by_id.items()
            if i.startswith("border/")
        },
        "runs_together_within_m": TOGETHER_M,
        "routes": {
            i: {
                "accuracy_m": round(assessment.measures.accuracy.metres, 1),
                "accuracy": assessment.measures.accuracy.says,
                "tolerance": _tolerance(assessment.measures.tolerance),
            }
            for i, (_, assessment) in routes.items()
        },
    }
    inputs = {
        "story": {"id": view.id, "sha256": _sha256(story_bytes(briefing.story))},
        "routes": {
            i: {"file": own.file, "file_sha256": own.file_sha256, "sha256": own.sha256, "origin": own.origin}
            for i, (own, _) in routes.items()
        },
        "software": dict([view.versions.software.rsplit(" ", 1)]) | {name: version(name) for name in COMPUTED_WITH},
        "data": dict(view.versions.files),
    }
    yield "parameters.json", _json(parameters)
    yield "inputs.json", _json(inputs)


def _tolerance(tolerance: Tolerance) -> Mapping[str, float | None]:
    """Return what a reader set instead of the data's own accuracies; null where the data's was left."""
    return {"border_m": tolerance.border_m, "line_m": tolerance.line_m}


def _json(value: Mapping[str, object]) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""The lines an office gives segments, drawn and measured in place of the shipped ones; nothing shipped is changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from corridor.assessing.region import Region, read_region
from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.features import (
    Feature,
    FeatureId,
    RouteProperties,
    SegmentStation,
    as_geometry,
    of_layer,
    shape_of,
)
from corridor.land.geodesy import distance_m, positions_to_metric, segment_lengths_m, to_metric
from corridor.land.territory import SEA
from corridor.office.given_line import DECIMALS, line_in
from corridor.office.updates import Update, read_updates
from corridor.quantities import day, kilometres, metres
from corridor.shipped import Shipped
from corridor.sources import GEODATA, Source, SourceId

#: What stands on screen wherever such a line is shown or measured.
ADDED_LINE = "Line added by this office"
#: An end may lie this far from that of the shipped line, or as far as that one is known, whichever is more (metres).
END_M = 2_000.0
#: What a shipped line is drawn from besides its own sources; an office's line is not.
DRAWN_FROM = frozenset({"own-drawing", "scgraph-railways", "timezonefinder-data"})


@dataclass(frozen=True, eq=False, slots=True)
class RedrawnRoutes:
    """The segments with the lines of an office in place of shipped ones, the sources of those lines, and what is wrong.

    `features` are all segments in their order.
    """

    features: tuple[Feature, ...]
    sources: Mapping[SourceId, Source]
    problems: tuple[str, ...] = ()


def lines_of(updates: Iterable[Update]) -> tuple[Update, ...]:
    """Return the entries that give a segment a line; of several for one segment the last in the file counts."""
    return tuple({update.feature: update for update in updates if update.kind == "line"}.values())


def line_source(segment: FeatureId) -> SourceId:
    """Return the id of the source record of the line an office gave a segment."""
    return f"office-line-{segment.partition('/')[2]}"


def redrawn_routes(segments: Sequence[Feature], lines: Iterable[Update], region: Region) -> RedrawnRoutes:
    """Return the segments with those lines in place of their own; one that cannot stand becomes a sentence."""
    by_id = {feature["id"]: of_layer(feature, RouteProperties) for feature in segments}
    new: dict[FeatureId, Feature] = {}
    sources: dict[SourceId, Source] = {}
    problems: list[str] = []
    for update in lines:
        segment, line = by_id[update.feature], line_in(update.line)
        line = _onward(line, segment)
        if says := fault_of_line(line, segment, region):
            problems.append(f"{says} The shipped line is shown.")
            continue
        new[update.feature] = _redrawn(segment, line, update)
        sources[line_source(update.feature)] = Source(
            publisher="This office",
            title=f"{ADDED_LINE}: {segment['properties']['label']}",
            reference=update.source,
            published=update.date,
            read=update.added or update.date,
            seat="other",
            kind="dataset",
            grade="page",
            url=update.link,
            note="Not part of the facts this application ships with.",
        )
    features = tuple(new.get(feature["id"], feature) for feature in segments)
    return RedrawnRoutes(features, sources, tuple(problems))


def with_lines(shipped: Shipped, lines: Sequence[Update], root: Path = GEODATA) -> tuple[Shipped, tuple[str, ...]]:
    """Return what is shipped with an office's lines drawn in it, and a sentence for each that cannot stand."""
    if not lines:
        return shipped, ()
    routes = redrawn_routes(shipped.features["route"], lines, read_region(root))
    library = replace(shipped.library, sources={**shipped.library.sources, **routes.sources})
    redrawn = replace(shipped, features={**shipped.features, "route": routes.features}, library=library)
    return redrawn, routes.problems


def read_redrawn_routes(path: Path, root: Path = GEODATA) -> RedrawnRoutes:
    """Return the route layer with the lines in the office's file at `path`, for who reads nothing else of it.

    Raises CatalogueError when the layer is missing or was changed; never for what the office's file holds.
    """
    segments = read_features(read_catalogue(root)["route"], root)
    lines = lines_of(read_updates(path, frozenset(feature["id"] for feature in segments)).entries)
    return redrawn_routes(segments, lines, read_region(root)) if lines else RedrawnRoutes(segments, {})


def fault_of_line(line: shapely.LineString, segment: Feature[RouteProperties], region: Region) -> str:
    """Return the one sentence why a line cannot stand for a segment: its State, or its ends; "" where it can.

    A line may lie beyond the border of its segment's territory by what the border is known to; the sea is no State.
    """
    of = segment["properties"]
    if says := _crossed(line, of, region):
        return says
    if segment["geometry"] is None:
        return ""
    ours = shapely.get_coordinates(shape_of(segment))
    given = shapely.get_coordinates(line)
    allowed = max(END_M, of["accuracy_m"] or 0.0)
    for end, name in ((0, of["segment_from"]), (-1, of["segment_to"])):
        (lon, lat), (other_lon, other_lat) = given[end].tolist(), ours[end].tolist()
        away = distance_m((lon, lat), (other_lon, other_lat))
        if away > allowed:
            return (
                f"The line for “{of['label']}” ends {metres(away)} from {name}; at most {metres(allowed)} is allowed."
            )
    return ""


def _crossed(line: shapely.LineString, of: RouteProperties, region: Region) -> str:
    """Return the sentence about another territory a line runs in, "" for none; the one it is longest in is named."""
    split = region.territories.split(line)
    beyond = {name: km for name, km in split.by_territory_km.items() if name not in {of["country"], SEA} and km > 0}
    if not beyond:
        return ""
    if shapely.covers(_may_lie_in(of["country"], region), to_metric(line)):
        return ""
    name = max(beyond, key=lambda territory: beyond[territory])
    where = f"in {region.label(name)}" if name in region.labels else "outside the land of this map"
    return (
        f"The line for “{of['label']}” runs {kilometres(beyond[name])} {where}; "
        f"its segment lies in {region.label(of['country'])} alone."
    )


@lru_cache(maxsize=16)
def _may_lie_in(territory: str, region: Region) -> BaseGeometry:
    """Return the land of a territory widened by what its least exact border is known to, in metres of the UTM zone."""
    known_m = max((border.accuracy_m for border in region.borders if territory in border.territories), default=0.0)
    widened = shapely.buffer(to_metric(region.territories.shape(territory)), known_m)
    shapely.prepare(widened)
    return widened


def _onward(line: shapely.LineString, segment: Feature[RouteProperties]) -> shapely.LineString:
    """Return a line in the direction of its segment, in which candidates travel it."""
    if segment["geometry"] is None:
        return line
    start, end = shapely.get_coordinates(shape_of(segment))[[0, -1]].tolist()
    first, last = shapely.get_coordinates(line)[[0, -1]].tolist()
    as_given = distance_m(tuple(first), tuple(start)) + distance_m(tuple(last), tuple(end))
    turned = distance_m(tuple(last), tuple(start)) + distance_m(tuple(first), tuple(end))
    return shapely.reverse(line) if turned < as_given else line


def _redrawn(segment: Feature[RouteProperties], line: shapely.LineString, update: Update) -> Feature:
    of = segment["properties"]
    positions = shapely.get_coordinates(line)
    along_km = np.concatenate([[0.0], np.cumsum(segment_lengths_m(positions))]) / 1000.0
    said = f"{ADDED_LINE}: {update.source}, {day(update.date)}"
    stated = [source for source in of["sources"] if source not in DRAWN_FROM]
    properties: RouteProperties = {
        **of,
        "accuracy_m": update.accuracy_m,
        "note": " ".join(filter(None, (f"{said}. What follows was written of the shipped line.", of["note"]))),
        "method": f"{said}. It is drawn and measured in place of the shipped line.",
        "sources": [line_source(update.feature), *stated],
        "as_of": update.date,
        "course_as_of": of["as_of"],
        "measured_km": round(float(along_km[-1]), 2),
        "measured_note": None,
        "published_lengths": [{**length, "drawn_km": None} for length in of["published_lengths"]],
        "stations": _stations(of, positions, along_km),
        "office_line": said,
    }
    return {"type": "Feature", "id": segment["id"], "properties": properties, "geometry": as_geometry(line)}


def _stations(
    of: RouteProperties, positions: NDArray[np.float64], along_km: NDArray[np.float64]
) -> list[SegmentStation]:
    """Return the stations on another line, each nearest to where it was and none before the one ahead of it."""
    reached = 0.0
    metric = positions_to_metric(positions)
    course = shapely.LineString(metric)
    metric_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(metric, axis=0).T))])
    stations: list[SegmentStation] = []
    for station in of["stations"]:
        here = shapely.Point(positions_to_metric(np.array([[station["lon"], station["lat"]]]))[0])
        reached = max(reached, float(np.interp(course.project(here), metric_m, along_km)))
        lon, lat = (float(np.interp(reached, along_km, column)) for column in positions.T)
        moved = {"from_start_km": round(reached, 2), "lon": round(lon, DECIMALS), "lat": round(lat, DECIMALS)}
        stations.append({**station, **moved})  # type: ignore[typeddict-item]  # three members of the same types
    return stations

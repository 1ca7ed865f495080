"""Knows how the line of one segment is drawn from its recipe in geodata/tables/route.toml, inside one State."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.build.bank import bank_line, bent_through
from geodata.build.curve import joined, smooth_through
from geodata.build.edges import shared_edge, to_degrees, to_metric
from geodata.build.features import DECIMALS
from geodata.build.inputs import Inputs
from geodata.build.packages import BuildError
from geodata.build.railway import share_in_long_chords, way_between

Points = NDArray[np.float64]
Recipe = dict[str, Any]

#: What lies across the river, by the word used in a recipe.
ACROSS = {"iran": ("iran",), "north-bank": ("armenia", "az-mainland", "az-nakhchivan")}
NEAREST_NODES_M = 2_500.0  # nodes of the railway graph closer together than this are drawn as one
LARGEST_LEAK_M = 1.0


class Drawing:
    """Draws segments; remembers the points where they meet, so that neighbours end on the same position."""

    def __init__(self, inputs: Inputs, points: dict[str, dict[str, Any]]) -> None:
        """`points` are the [point] tables of route.toml."""
        self._inputs = inputs
        self._points = points
        self._lands = {key.removeprefix("territory/"): land for key, land in inputs.geometries("territory").items()}
        places = {**inputs.geometries("place"), **inputs.geometries("crossing")}
        self._known = {key: (point.x, point.y) for key, point in places.items() if point.geom_type == "Point"}
        lakes = [f["geometry"] for f in inputs.layer("water") if f["properties"]["kind"] in ("lake", "reservoir")]
        self._lakes = shapely.union_all([to_metric(lake) for lake in lakes])
        self._drawn: dict[str, shapely.LineString] = {}

    def line(self, segment: str, country: str, recipe: list[Recipe]) -> tuple[shapely.LineString | None, str]:
        """The segment's line (lon/lat degrees, None when it is not drawn) and a sentence on how it came to be.

        Raises BuildError when the line leaves its country.
        """
        if recipe[0]["how"] == "none":
            return None, "Listed, not drawn: no course is published."
        how: list[str] = []
        pieces: list[Points] = []
        for piece in recipe:
            metric, sentence = PIECES[piece["how"]](self, country, piece)
            ends = self.position(piece["from"]), self.position(piece["to"])
            degrees = np.round(shapely.get_coordinates(to_degrees(shapely.linestrings(metric))), DECIMALS)
            degrees[0], degrees[-1] = ends  # exactly, so that neighbours meet
            pieces.append(degrees)
            how.append(sentence)
        line = shapely.linestrings(np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])]))
        line = shapely.remove_repeated_points(line)
        self._refuse_leak(segment, country, line)
        self._drawn[segment] = line
        return line, " ".join(dict.fromkeys(how))

    def position(self, point: str) -> tuple[float, float]:
        """Lon/lat of a point: an id of the place or crossing layer, or a [point] of route.toml, 6 decimals."""
        if point in self._known:
            return self._known[point]
        if point not in self._points:
            msg = f"tables/route.toml names the point {point!r}, which neither it nor the place layer has."
            raise BuildError(msg)
        entry = self._points[point]
        position = shapely.Point(entry["lonlat"])
        if "between" in entry:
            vertices = shapely.points(shapely.get_coordinates(shared_edge(self._inputs, *entry["between"])))
            position = vertices[np.argmin(shapely.distance(vertices, position))]
        elif "on" in entry:
            vertices = shapely.points(shapely.get_coordinates(self._drawn[entry["on"]]))
            position = vertices[np.argmin(shapely.distance(vertices, position))]
        rounded = (round(position.x, DECIMALS), round(position.y, DECIMALS))
        self._known[point] = rounded
        return rounded

    def _metric(self, points: list[str]) -> Points:
        lonlat = [self.position(point) for point in points]
        return shapely.get_coordinates(to_metric(shapely.multipoints(lonlat))) if lonlat else np.zeros((0, 2))

    def _bank(self, country: str, piece: Recipe) -> tuple[Points, str]:
        start, *fixed, end = self._metric([piece["from"], *piece.get("through", []), piece["to"]])
        own = to_metric(self._lands[country])
        across = [to_metric(self._lands[land]) for land in ACROSS[piece["across"]]]
        line = bank_line(
            own,
            shapely.union_all([*across, self._lakes]),
            start,
            end,
            offset_m=piece["offset_m"],
            radius_m=piece["radius_m"],
        )
        bent = bent_through(line, [start, *fixed, end])
        first, last = (int(np.argmin(np.hypot(*(bent - position).T))) for position in (start, end))
        sentence = (
            f"Drawn by this project along the bank of the Araks / Aras / Araz, about {piece['offset_m']} m inside the "
            "border and clear of lakes, and moved onto the stations or places named; not a survey."
        )
        return _thinned(bent[first : last + 1], [start, *fixed, end]), sentence

    def _railway(self, _country: str, piece: Recipe) -> tuple[Points, str]:
        start, end = self.position(piece["from"]), self.position(piece["to"])
        way = way_between(start, end)
        share = share_in_long_chords(way)
        nodes = shapely.get_coordinates(to_metric(shapely.multipoints(way)))
        ends = self._metric([piece["from"], piece["to"]])
        kept = _spaced(np.vstack([ends[:1], nodes, ends[1:]]))
        for position in self._metric(piece.get("through", [])):
            kept = _with(kept, position)
        sentence = (
            "From the packaged OpenStreetMap railway graph (rounded to 0.001 degrees, stations left out), smoothed; "
            f"{share:.0%} of its length are straight pieces longer than 5 km."
        )
        if piece.get("through"):
            sentence += " Towns on the way were added to the straight pieces."
        return joined(smooth_through(kept)), sentence

    def _through(self, _country: str, piece: Recipe) -> tuple[Points, str]:
        fixed = self._metric([piece["from"], *piece.get("through", []), piece["to"]])
        sentence = "A smooth line drawn by this project through the places named; schematic between them."
        return joined(smooth_through(fixed)), sentence

    def _refuse_leak(self, segment: str, country: str, line: shapely.LineString) -> None:
        outside = shapely.difference(line, shapely.buffer(self._lands[country], 1e-6))
        leak = to_metric(outside).length
        if leak > LARGEST_LEAK_M:
            where = shapely.get_coordinates(outside)[0].round(4)
            msg = f"route/{segment} leaves {country} for {leak:.0f} m near {where[0]}, {where[1]}."
            raise BuildError(msg)


PIECES = {"bank": Drawing._bank, "railway": Drawing._railway, "through": Drawing._through}


def _thinned(line: Points, fixed: list[Points]) -> Points:
    """The line without needless vertices, split at the fixed positions so that they stay."""
    cuts = sorted({int(np.argmin(np.hypot(*(line - position).T))) for position in fixed} | {0, len(line) - 1})
    return joined([line[a : b + 1] for a, b in pairwise(cuts)])


def _spaced(nodes: Points) -> Points:
    """The nodes, those closer than NEAREST_NODES_M to the one before left out; both ends stay."""
    kept = [nodes[0]]
    for node in nodes[1:-1]:
        if np.hypot(*(node - kept[-1])) > NEAREST_NODES_M and np.hypot(*(node - nodes[-1])) > NEAREST_NODES_M:
            kept.append(node)
    return np.vstack([*kept, nodes[-1]])


def _with(nodes: Points, position: Points) -> Points:
    """The nodes with `position` put into the piece it lengthens least; a node close to it makes way."""
    away = np.hypot(*(nodes - position).T)
    nodes = nodes[(away > NEAREST_NODES_M) | np.isin(np.arange(len(nodes)), [0, len(nodes) - 1])]
    away = np.hypot(*(nodes - position).T)
    longer = away[:-1] + away[1:] - np.hypot(*np.diff(nodes, axis=0).T)
    return np.insert(nodes, int(np.argmin(longer)) + 1, position, axis=0)

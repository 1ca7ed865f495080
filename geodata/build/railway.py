"""Knows the railways of the packaged OpenStreetMap graph, how coarse they are, and the way between two stations."""

from __future__ import annotations

import ast
import heapq
import re
from collections import defaultdict
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from geodata.build.inputs import Inputs
from geodata.build.packages import BuildError

Node = tuple[float, float]  # lon, lat
REGION = (42.3, 38.0, 50.6, 42.3)
JOIN_M = 500.0  # loose ends of the graph closer together than this are one station
STATION_M = 6_000.0  # the graph is rounded and thinned; a town's station is looked for this far from its centre
LONG_CHORD_KM = 5.0
ELLIPSOID = Geod(ellps="WGS84")


def way_between(start: Node, end: Node) -> NDArray[np.float64]:
    """Lon/lat of the graph's nodes on the shortest way from `start` to `end`.

    Raises BuildError when no connected pair of nodes lies within STATION_M of the two.
    """
    graph = _graph()
    best: tuple[float, Node, Node] | None = None
    near_end = _nearest(end)
    for component, (away, node) in _nearest(start).items():
        if component in near_end:
            total = away + near_end[component][0]
            if best is None or total < best[0]:
                best = (total, node, near_end[component][1])
    if best is None:
        msg = f"The railway graph has no way between {start} and {end}."
        raise BuildError(msg)
    return np.array(_shortest(graph, best[1], best[2]))


def share_in_long_chords(way: NDArray[np.float64]) -> float:
    """The share (0-1) of the way's length that lies in straight pieces longer than LONG_CHORD_KM."""
    km = ELLIPSOID.inv(*way[:-1].T, *way[1:].T)[2] / 1000.0
    return float(km[km > LONG_CHORD_KM].sum() / km.sum())


@cache
def _graph() -> dict[Node, dict[Node, float]]:
    source = Inputs.member("scgraph", "scgraph_data/world_railways.py").decode()
    nodes = ast.literal_eval(re.search(r"^nodes=(.*)$", source, re.MULTILINE).group(1))
    links = ast.literal_eval(re.search(r"^graph=(.*)$", source, re.MULTILINE).group(1))
    west, south, east, north = REGION
    inside = {i: (lon, lat) for i, (lat, lon) in enumerate(nodes) if west < lon < east and south < lat < north}
    graph: dict[Node, dict[Node, float]] = defaultdict(dict)
    for i, here in inside.items():
        for j in links[i]:
            if j != i and j in inside:
                length = float(ELLIPSOID.inv(*here, *inside[j])[2])
                graph[here][inside[j]] = graph[inside[j]][here] = length
    for here, there, length in _gaps(sorted(graph)):
        graph[here][there] = graph[there][here] = length
    return dict(graph)


def _gaps(nodes: list[Node]) -> list[tuple[Node, Node, float]]:
    """Pairs of nodes closer together than JOIN_M with their distance; the nodes come sorted by longitude."""
    gaps = []
    for i, here in enumerate(nodes):
        for there in nodes[i + 1 :]:
            if there[0] - here[0] > 0.01:
                break
            if abs(there[1] - here[1]) < 0.01 and (length := float(ELLIPSOID.inv(*here, *there)[2])) < JOIN_M:
                gaps.append((here, there, length))
    return gaps


@cache
def _components() -> dict[Node, int]:
    graph, components = _graph(), {}
    for number, seed in enumerate(sorted(graph)):
        queue = [] if seed in components else [seed]
        while queue:
            node = queue.pop()
            if node not in components:
                components[node] = number
                queue.extend(graph[node])
    return components


def _nearest(place: Node) -> dict[int, tuple[float, Node]]:
    """Component -> (metres, node) of its node nearest to the place, within STATION_M."""
    nearest: dict[int, tuple[float, Node]] = {}
    for node, component in sorted(_components().items()):
        if abs(node[0] - place[0]) < 0.1 and abs(node[1] - place[1]) < 0.1:
            away = float(ELLIPSOID.inv(*place, *node)[2])
            if away < min(STATION_M, nearest.get(component, (STATION_M,))[0]):
                nearest[component] = (away, node)
    return nearest


def _shortest(graph: dict[Node, dict[Node, float]], start: Node, end: Node) -> list[Node]:
    """Dijkstra 1959."""
    distance, before, queue = {start: 0.0}, {}, [(0.0, start)]
    while queue:
        here_m, here = heapq.heappop(queue)
        if here == end:
            break
        for there, length in graph[here].items():
            if here_m + length < distance.get(there, np.inf):
                distance[there], before[there] = here_m + length, here
                heapq.heappush(queue, (here_m + length, there))
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return way[::-1]

"""Knows the one rule by which districts and provinces of any State are cut to its border, every vertex of it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build.mosaic import GRID
from geodata.build.packages import BuildError

STEP = 0.004  # degrees between the points that hand the strip along the border to the nearest part
CRUMB = 1e-5  # square degrees, about 0.1 square kilometres; smaller detached pieces go to the neighbour around them


def fit(rough: dict[str, BaseGeometry], whole: BaseGeometry, lakes: dict[str, list[float]]) -> dict[str, BaseGeometry]:
    """Polygons that tile `whole` exactly: `rough` inside it, gaps to the nearest, gaps around `lakes` as told."""
    cells = _nearest_cells(rough, whole)
    claims: dict[str, BaseGeometry] = {}
    gaps = shapely.get_parts(shapely.difference(whole, shapely.union_all(list(rough.values()))))
    for key, shape in rough.items():
        mine = [shapely.intersection(gap, cells[key]) for gap in gaps if not _holds(gap, lakes)]
        mine += [gap for gap in gaps if _holds(gap, {key: lakes[key]} if key in lakes else {})]
        claims[key] = shapely.union_all([shapely.intersection(shape, whole), *mine])
    lines = [shapely.boundary(shape) for shape in (whole, *claims.values())]
    noded = shapely.unary_union(np.array(lines, dtype=object), grid_size=GRID)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    faces = faces[shapely.contains(whole, shapely.point_on_surface(faces))]
    owner = _settle(faces, claims)
    merged = {key: shapely.union_all(faces[owner == key]) for key in rough}
    return _on_vertices_of(whole, merged)


def _holds(gap: BaseGeometry, points: dict[str, list[float]]) -> bool:
    return any(shapely.contains_xy(gap, *point) for point in points.values())


def _nearest_cells(rough: dict[str, BaseGeometry], whole: BaseGeometry) -> dict[str, BaseGeometry]:
    """The part of the region nearest to each polygon: Voronoi cells of points along its edge."""
    owner: dict[tuple[float, float], str] = {}
    for key, shape in rough.items():
        inner = shapely.buffer(shape, -STEP / 20)  # so that no point belongs to two provinces
        for xy in shapely.get_coordinates(shapely.segmentize(inner, STEP)).round(4).tolist():
            owner[xy[0], xy[1]] = key
    cells = shapely.voronoi_polygons(shapely.multipoints(list(owner)), extend_to=whole, ordered=True)
    labels = np.array(list(owner.values()))
    parts = shapely.get_parts(cells)
    return {key: shapely.union_all(parts[labels == key]) for key in rough}


def _settle(faces: np.ndarray, claims: dict[str, BaseGeometry]) -> np.ndarray:
    """The owner of each face: the claim that holds it; crumbs and doubtful faces follow their longest edge.

    A face that no other touches, such as an island, goes to the nearest claim.
    """
    points = shapely.point_on_surface(faces)
    owner = np.full(len(faces), "", dtype=object)
    for key, claim in claims.items():
        owner[shapely.contains(claim, points) & (owner == "") & (shapely.area(faces) >= CRUMB)] = key
    tree = shapely.STRtree(faces)
    for _ in range(len(faces)):
        open_faces = np.flatnonzero(owner == "")
        if not len(open_faces):
            return owner
        settled = 0
        for i in open_faces:
            beside = tree.query(faces[i], predicate="touches")
            edges = shapely.length(shapely.intersection(shapely.boundary(faces[i]), shapely.boundary(faces[beside])))
            edges[owner[beside] == ""] = 0
            if len(edges) and edges.max() > 0:
                owner[i] = owner[beside[edges.argmax()]]
                settled += 1
        if not settled:
            for i in open_faces:
                owner[i] = min(claims, key=lambda key, at=points[i]: (shapely.distance(claims[key], at), key))
            return owner
    msg = "a part of a State cannot be given to any of its districts or provinces."
    raise BuildError(msg)


def _on_vertices_of(whole: BaseGeometry, parts: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Move the ends of inner lines along the State border to its nearest vertex, so that no vertex is added to it."""
    rings = [shapely.get_coordinates(ring).round(6) for ring in shapely.get_rings(shapely.get_parts(whole))]
    known = {tuple(xy) for ring in rings for xy in ring.tolist()}
    edges = np.array([shapely.LineString(pair) for ring in rings for pair in pairwise(ring)])
    tree = shapely.STRtree(edges)

    def moved(xy: np.ndarray) -> np.ndarray:
        out = xy.round(6)
        for i, point in enumerate(out.tolist()):
            if tuple(point) in known:
                continue
            edge = edges[tree.nearest(shapely.Point(point))]
            if edge.distance(shapely.Point(point)) <= 3 * GRID:
                out[i] = min(edge.coords, key=lambda end: np.hypot(end[0] - point[0], end[1] - point[1]))
        return out

    return {key: shapely.remove_repeated_points(shapely.transform(shape, moved)) for key, shape in parts.items()}

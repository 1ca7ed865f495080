"""Knows the one form of a feature: its common properties, their order, and how a layer file is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build.packages import BuildError

DECIMALS = 6  # 0.1 m; the finest source stores 0.01 m

COMMON = (
    "label", "names", "kind", "territories", "status", "status_as_of", "accuracy_m",
    "method", "note", "sources", "as_of", "facts",
)  # fmt: skip


def name(text: str, language: str, note: str | None = None, *, contested: bool = False) -> dict[str, Any]:
    """Another name of a feature; `language` is a BCP 47 tag."""
    return {"text": text, "language": language, "note": note, "contested": contested}


def fact(
    label: str,
    value: float | str,
    unit: str | None,
    sources: list[str],
    *,
    accuracy: str | None = None,
    as_of: str | None = None,
    quote: str | None = None,
    by: str | None = None,
) -> dict[str, Any]:
    """One published or measured figure of a feature."""
    return {
        "label": label, "value": value, "unit": unit, "accuracy": accuracy, "as_of": as_of,
        "sources": sources, "quote": quote, "by": by,
    }  # fmt: skip


def feature(
    feature_id: str,
    geometry: BaseGeometry | None,
    *,
    label: str,
    kind: str,
    territories: list[str],
    accuracy_m: float | None,
    method: str,
    sources: list[str],
    as_of: str,
    names: list[dict[str, Any]] | None = None,
    status: str | None = None,
    status_as_of: str | None = None,
    note: str | None = None,
    facts: list[dict[str, Any]] | None = None,
    **extra: object,
) -> dict[str, Any]:
    """A feature in the form every layer shares; `geometry` is WGS84 lon/lat or None (listed, not drawn)."""
    properties: dict[str, Any] = {
        "label": label, "names": names or [], "kind": kind, "territories": sorted(territories),
        "status": status, "status_as_of": status_as_of, "accuracy_m": accuracy_m, "method": method,
        "note": note, "sources": sources, "as_of": as_of, "facts": facts or [], **extra,
    }  # fmt: skip
    return {"type": "Feature", "id": feature_id, "properties": properties, "geometry": geometry}


def rounded(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry on the 6-decimal grid, repeated points dropped, exterior rings anticlockwise.

    Every vertex moves on its own, so edges shared before are shared after.
    """
    snapped = shapely.transform(geometry, lambda xy: np.round(xy, DECIMALS))
    snapped = shapely.remove_repeated_points(shapely.force_2d(snapped))
    return shapely.orient_polygons(snapped, exterior_cw=False)


def write_layer(path: Path, features: list[dict[str, Any]]) -> None:
    """Write the features to `path` as RFC 7946 GeoJSON, one feature per line, always the same bytes."""
    lines = []
    for item in features:
        _require_common(item)
        geometry = None if item["geometry"] is None else rounded(item["geometry"])
        if geometry is not None and (geometry.is_empty or not geometry.is_valid):
            msg = f"{item['id']}: {shapely.is_valid_reason(geometry)} after rounding to {DECIMALS} decimals."
            raise BuildError(msg)
        mapping = None if geometry is None else json.loads(shapely.to_geojson(geometry))
        lines.append(
            json.dumps({**item, "geometry": mapping}, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        )
    body = ",\n".join(lines)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n', encoding="utf-8", newline="\n")


def read_layer(path: Path) -> list[dict[str, Any]]:
    """The features of a written layer, with shapely geometries."""
    features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
    for item in features:
        if item["geometry"] is not None:
            item["geometry"] = shapely.from_geojson(json.dumps(item["geometry"]))
    return features


def _require_common(item: dict[str, Any]) -> None:
    missing = [key for key in COMMON if key not in item["properties"]]
    if missing:
        msg = f"{item['id']} lacks the common properties {', '.join(missing)}."
        raise BuildError(msg)
    if (item["geometry"] is None) != (item["properties"]["accuracy_m"] is None):
        msg = f"{item['id']}: accuracy_m must be null exactly when the geometry is null."
        raise BuildError(msg)

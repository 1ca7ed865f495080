"""Knows how catalogue.toml is written: what layers.toml and rasters.toml say, with what is measured on each file."""

from __future__ import annotations

import hashlib
import json
import tomllib
from typing import Any

from geodata.build.inputs import GEODATA, LAYERS
from geodata.build.packages import BUILD, BuildError
from geodata.build.png import size_and_bits
from geodata.build.raster import described

PROSE = (
    "title", "group", "default_on", "accuracy_m", "accuracy_note", "method", "limits", "status", "as_of",
    "licence", "licence_url", "attribution", "sources", "built_by", "packages",
)  # fmt: skip
APPEARANCE, GRID = "appearance", "grid"

HEADER = (
    "# Written by `make geodata` from geodata/build/layers.toml (prose, appearance), rasters.toml (prose, box) and\n"
    "# the files in geodata/layers (hash, counts, sizes). Edit the prose and the appearance there, not here.\n"
)


def order() -> tuple[str, ...]:
    """The layers in the order of layers.toml, in which they are built and listed."""
    return tuple(_layers())


def write_catalogue() -> None:
    """Write geodata/catalogue.toml for every built layer, in the order of layers.toml, then for every raster.

    Raises BuildError when layers.toml or rasters.toml lacks something of a built layer.
    """
    layers, rasters = _layers(), described()
    text = HEADER
    for layer, prose in layers.items():
        if (LAYERS / f"{layer}.geojson").exists():
            text += f"\n[[layer]]\n{_toml(_entry(layer, prose))}"
            text += f"\n[layer.{APPEARANCE}]\n{_toml(prose[APPEARANCE])}"
    for raster, prose in rasters.items():
        if (LAYERS / f"{raster}.png").exists():
            text += f"\n[[raster]]\n{_toml(_raster_entry(raster, prose))}"
            text += f"\n[raster.{GRID}]\n{_toml(_grid(raster, prose[GRID]))}"
    (GEODATA / "catalogue.toml").write_text(text, encoding="utf-8", newline="\n")


def _layers() -> dict[str, dict[str, Any]]:
    return tomllib.loads((BUILD / "layers.toml").read_text(encoding="utf-8"))


def _raster_entry(raster: str, prose: dict[str, Any]) -> dict[str, Any]:
    _refuse_missing(prose, GRID, f"rasters.toml lacks {{}} for the raster [{raster}].")
    path = LAYERS / f"{raster}.png"
    return {
        "id": raster,
        "title": prose["title"],
        "group": prose["group"],
        "file": f"layers/{path.name}",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        **{key: prose[key] for key in PROSE[2:]},
    }


def _grid(raster: str, box: dict[str, Any]) -> dict[str, Any]:
    columns, rows, bits = size_and_bits((LAYERS / f"{raster}.png").read_bytes())
    return {"columns": columns, "rows": rows, "bits": bits, **box}


def _refuse_missing(prose: dict[str, Any], beside: str, says: str) -> None:
    if missing := [key for key in (*PROSE, beside) if key not in prose]:
        raise BuildError(says.format(", ".join(missing)))


def _entry(layer: str, prose: dict[str, Any]) -> dict[str, Any]:
    _refuse_missing(prose, APPEARANCE, f"layers.toml lacks {{}} for the layer [{layer}].")
    path = LAYERS / f"{layer}.geojson"
    raw = path.read_bytes()
    features = json.loads(raw)["features"]
    kinds = {f["geometry"]["type"] for f in features if f["geometry"] is not None}
    return {
        "id": layer,
        "title": prose["title"],
        "group": prose["group"],
        "file": f"layers/{path.name}",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "geometry": sorted(kinds),
        "features": len(features),
        **{key: prose[key] for key in PROSE[2:]},
    }


def _toml(table: dict[str, Any]) -> str:
    return "".join(f"{key} = {_value(value, apart=True)}\n" for key, value in table.items())


def _value(value: object, *, apart: bool = False) -> str:
    """Return a value as TOML writes it; with `apart`, each table of a list stands on a line of its own."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_value(part)}' for key, part in value.items())} }}"
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        before, between, after = ("\n  ", ",\n  ", ",\n") if apart else ("", ", ", "")
        return f"[{before}{between.join(_value(part) for part in value)}{after}]"
    # A JSON string, number, boolean or list of such is also TOML.
    return json.dumps(value, ensure_ascii=False)

"""Knows how catalogue.toml is written: what layers.toml says, with what is measured on each built file."""

from __future__ import annotations

import hashlib
import json
import tomllib
from typing import Any

from geodata.build.inputs import GEODATA, LAYERS
from geodata.build.packages import BUILD, BuildError

PROSE = (
    "title", "group", "default_on", "accuracy_m", "accuracy_note", "method", "limits", "status", "as_of",
    "licence", "licence_url", "attribution", "sources", "built_by", "packages",
)  # fmt: skip
APPEARANCE = "appearance"

HEADER = (
    "# Written by `make geodata` from geodata/build/layers.toml (prose, appearance) and the files in geodata/layers\n"
    "# (hash, counts). Edit the prose and the appearance there, not here.\n"
)


def order() -> tuple[str, ...]:
    """The layers in the order of layers.toml, in which they are built and listed."""
    return tuple(_described())


def write_catalogue() -> None:
    """Write geodata/catalogue.toml for every built layer, in the order of layers.toml.

    Raises BuildError when layers.toml lacks something of a built layer.
    """
    described = _described()
    built = [layer for layer in described if (LAYERS / f"{layer}.geojson").exists()]
    text = HEADER
    for layer in built:
        text += f"\n[[layer]]\n{_toml(_entry(layer, described[layer]))}"
        text += f"\n[layer.{APPEARANCE}]\n{_toml(described[layer][APPEARANCE])}"
    (GEODATA / "catalogue.toml").write_text(text, encoding="utf-8", newline="\n")


def _described() -> dict[str, dict[str, Any]]:
    return tomllib.loads((BUILD / "layers.toml").read_text(encoding="utf-8"))


def _entry(layer: str, prose: dict[str, Any]) -> dict[str, Any]:
    if missing := [key for key in (*PROSE, APPEARANCE) if key not in prose]:
        msg = f"layers.toml lacks {', '.join(missing)} for the layer [{layer}]."
        raise BuildError(msg)
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

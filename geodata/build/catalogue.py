"""Knows how catalogue.toml is written: the prose of layers.toml with what is measured on each built file."""

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

HEADER = (
    "# Written by `make geodata` from geodata/build/layers.toml (the prose) and the files in geodata/layers\n"
    "# (hash, counts). Edit the prose there, not here.\n"
)


def write_catalogue(order: tuple[str, ...]) -> None:
    """Write geodata/catalogue.toml for every built layer, in the order of the builders.

    Raises BuildError when a built layer has no complete prose in layers.toml.
    """
    prose = tomllib.loads((BUILD / "layers.toml").read_text(encoding="utf-8"))
    tables = [_entry(layer, prose.get(layer)) for layer in order if (LAYERS / f"{layer}.geojson").exists()]
    text = HEADER + "".join(f"\n[[layer]]\n{_toml(table)}" for table in tables)
    (GEODATA / "catalogue.toml").write_text(text, encoding="utf-8", newline="\n")


def _entry(layer: str, prose: dict[str, Any] | None) -> dict[str, Any]:
    missing = PROSE if prose is None else tuple(key for key in PROSE if key not in prose)
    if prose is None or missing:
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
    # A JSON string, number, boolean or list of strings is also TOML.
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())

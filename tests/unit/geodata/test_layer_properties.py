"""geodata/README.md names every property of every layer, with its type and the values it may have; no file differs."""

import json
import re
from pathlib import Path

import pytest

GEODATA = Path(__file__).resolve().parents[3] / "geodata"
README = (GEODATA / "README.md").read_text(encoding="utf-8")
EVERY = "Every layer"
TYPES = {
    "text": str,
    "number": (int, float),
    "whole": int,
    "true/false": bool,
    "list": list,
    "record": dict,
    "null": type(None),
}
LAYERS = sorted(path.stem for path in (GEODATA / "layers").glob("*.geojson"))


def described() -> dict[str, dict[str, tuple[list[str], set[str]]]]:
    """Return for each heading the properties, each with its types and its values (an empty set: any)."""
    found: dict[str, dict[str, tuple[list[str], set[str]]]] = {}
    for section in README.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        rows = [re.split(r"\s*\|\s*", line.strip().strip("|").strip()) for line in body.splitlines() if "|" in line]
        found[heading] = {
            name: (re.split(r", | or ", types), set(re.findall(r"`([^`]+)`", values[0] if values else "")))
            for name, types, _, *values in (row for row in rows[2:])
        }
    return found


DESCRIBED = described()


def is_of(value: object, types: list[str]) -> bool:
    # True is an int to Python, and no number to a reader.
    return any(
        isinstance(value, TYPES[name]) and (not isinstance(value, bool) or name == "true/false") for name in types
    )


def test_every_layer_is_described_and_nothing_else():
    assert sorted(DESCRIBED) == sorted([EVERY, *LAYERS])


@pytest.mark.parametrize("layer", LAYERS)
def test_every_feature_is_as_described(layer):
    known = DESCRIBED[EVERY] | DESCRIBED[layer]
    features = json.loads((GEODATA / "layers" / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]
    assert features
    for feature in features:
        assert set(feature["properties"]) == set(known), feature["id"]
        for name, value in feature["properties"].items():
            types, allowed = known[name]
            assert is_of(value, types), (feature["id"], name, value)
            if allowed and isinstance(value, str):
                assert value in allowed, (feature["id"], name, value)


@pytest.mark.parametrize("layer", LAYERS)
def test_kinds_and_states_are_named_one_by_one(layer):
    features = json.loads((GEODATA / "layers" / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]
    for name in ("kind", "status"):
        if any(feature["properties"][name] is not None for feature in features):
            assert DESCRIBED[layer][name][1], (layer, name)


@pytest.mark.parametrize("layer", LAYERS)
def test_no_described_value_is_one_that_no_feature_has(layer):
    features = json.loads((GEODATA / "layers" / f"{layer}.geojson").read_text(encoding="utf-8"))["features"]
    for name, (_, allowed) in DESCRIBED[layer].items():
        present = {feature["properties"][name] for feature in features if isinstance(feature["properties"][name], str)}
        assert allowed <= present or not allowed, (name, allowed - present)

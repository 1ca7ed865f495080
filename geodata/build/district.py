"""Knows how Azerbaijan's districts are made: geoBoundaries cut to the State border as Armenia's provinces are."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geodata.build.features import feature
from geodata.build.fitting import fit
from geodata.build.inputs import Inputs

PREFIX = "54616110B"  # geoBoundaries AZE-ADM2
PARTS = ("az-mainland", "az-nakhchivan")
METHOD = (
    "Districts of simplified geoBoundaries (2020); the strip between their outer edge and the State border given to "
    "the nearest district; the outer edge is the State border, every vertex."
)
NOTE = "Crude: two datasets agree on this kind of outline to 1-2 km only. District changes after 2020 are missing."
SAME_NAME = " The dataset gives this name to two outlines."


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """One feature per district or city, by the order of names; together they tile both parts of Azerbaijan exactly."""
    land = inputs.geometries("territory")
    units = sorted(inputs.administrative_units(PREFIX).values(), key=lambda unit: (unit[0], -unit[1].area))
    labels, rough = {}, {}
    for label, shape in units:
        slug = _slug(label)
        key = f"{slug}-2" if slug in rough else slug
        labels[key], rough[key] = label, shape
    where = {key: _part(shape, land) for key, shape in rough.items()}
    fitted: dict[str, BaseGeometry] = {}
    for part in PARTS:
        fitted |= fit({key: rough[key] for key in rough if where[key] == part}, land[f"territory/{part}"], {})
    return [
        feature(
            f"district/{key}", fitted[key],
            label=label, kind="district", territories=[where[key]],
            accuracy_m=2000, method=METHOD, note=NOTE + (SAME_NAME if key.endswith("-2") else ""),
            sources=["geoboundaries-aze", "timezonefinder-data"], as_of="2020",
        )
        for key, label in labels.items()
    ]  # fmt: skip


def _part(shape: BaseGeometry, land: dict[str, BaseGeometry]) -> str:
    """The part of Azerbaijan that holds most of a district."""
    return max(PARTS, key=lambda part: shapely.intersection(shape, land[f"territory/{part}"]).area)


def _slug(label: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-").removesuffix("-district")

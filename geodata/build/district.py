"""Knows how Azerbaijan's districts are made: simplified geoBoundaries as they are, not fitted to the State border."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import shapely

from geodata.build.features import feature
from geodata.build.inputs import Inputs

PREFIX = "54616110B"  # geoBoundaries AZE-ADM2
METHOD = "Outline of simplified geoBoundaries (2020), as it stands in the dataset; not fitted to the State border."
NOTE = "Crude: two datasets agree on this kind of outline to 1-2 km only. District changes after 2020 are missing."
SAME_NAME = " The dataset gives this name to two outlines."


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """One feature per district or city, in the order of their names; the label is the name in the dataset."""
    land = inputs.geometries("territory")
    units = sorted(inputs.administrative_units(PREFIX).values(), key=lambda unit: (unit[0], -unit[1].area))
    features, used = [], set()
    for label, shape in units:
        slug = _slug(label)
        double = slug in used
        used.add(slug)
        inside = shapely.intersection(shape, land["territory/az-nakhchivan"]).area > shape.area / 2
        features.append(
            feature(
                f"district/{slug}-2" if double else f"district/{slug}", shape,
                label=label, kind="district", territories=["az-nakhchivan" if inside else "az-mainland"],
                accuracy_m=2000, method=METHOD, note=NOTE + (SAME_NAME if double else ""),
                sources=["geoboundaries-aze"], as_of="2020",
            )
        )  # fmt: skip
    return features


def _slug(label: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-").removesuffix("-district")

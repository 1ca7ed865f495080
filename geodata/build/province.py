"""Knows how Armenia's eleven provinces are made: former districts put together and fitted to the State border."""

from __future__ import annotations

from typing import Any

import shapely

from geodata.build.features import feature, name
from geodata.build.fitting import fit
from geodata.build.inputs import Inputs

PREFIX = "60910142B"  # geoBoundaries ARM-ADM2, 39 former districts
METHOD = (
    "Former districts of simplified geoBoundaries (2020) put together; the strip between their outer edge and the "
    "State border, and Lake Sevan, given to the nearest province; the outer edge is the State border, every vertex."
)


def build(inputs: Inputs) -> list[dict[str, Any]]:
    """Eleven features that tile territory/armenia exactly."""
    table = inputs.table("province")
    armenia = inputs.geometries("territory")["territory/armenia"]
    districts = dict(inputs.administrative_units(PREFIX).values())
    rough = {key: shapely.union_all([districts[d] for d in entry["districts"]]) for key, entry in table.items()}
    lakes = {key: entry["lake"] for key, entry in table.items() if "lake" in entry}
    fitted = fit(rough, armenia, lakes)
    return [
        feature(
            f"province/{key}", fitted[key],
            label=entry["label"], kind="province", territories=["armenia"],
            names=[name(*pair) for pair in entry["names"]], accuracy_m=1000, method=METHOD,
            sources=["geoboundaries-arm", "timezonefinder-data"], as_of="2020",
        )
        for key, entry in table.items()
    ]  # fmt: skip

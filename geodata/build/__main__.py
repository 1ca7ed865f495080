"""Builds the layers in the order of layers.toml, then the rasters of rasters.toml; `--only a,b` builds some of them."""

from __future__ import annotations

import argparse
import importlib
import sys
import time

from geodata.build.catalogue import order, write_catalogue
from geodata.build.features import write_layer
from geodata.build.inputs import LAYERS, Inputs
from geodata.build.packages import BuildError
from geodata.build.png import size_and_bits
from geodata.build.raster import described


def main() -> int:
    """Build the layers asked for (all by default) and the catalogue; 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m geodata.build", description=__doc__)
    parser.add_argument("--only", help="comma-separated layers; the others stay as they are")
    only = parser.parse_args().only
    layers, rasters = order(), tuple(described())
    wanted = set(only.split(",")) if only else {*layers, *rasters}
    if unknown := sorted(wanted - {*layers, *rasters}):
        parser.error(f"unknown layer {', '.join(unknown)}; the layers are {', '.join((*layers, *rasters))}")
    inputs = Inputs()
    LAYERS.mkdir(parents=True, exist_ok=True)
    try:
        for layer in layers:
            if layer not in wanted:
                continue
            start = time.perf_counter()
            path = LAYERS / f"{layer}.geojson"
            features = importlib.import_module(f"geodata.build.{layer}").build(inputs)
            write_layer(path, features)
            print(f"{layer}: {len(features)} features, {path.stat().st_size / 1000:.0f} kB, "
                  f"{time.perf_counter() - start:.1f} s")  # fmt: skip
        for raster in rasters:
            if raster not in wanted:
                continue
            start = time.perf_counter()
            path = LAYERS / f"{raster}.png"
            path.write_bytes(importlib.import_module(f"geodata.build.{raster}").build(inputs))
            columns, rows, bits = size_and_bits(path.read_bytes())
            print(f"{raster}: {columns} x {rows} of {bits} bits, {path.stat().st_size / 1000:.0f} kB, "
                  f"{time.perf_counter() - start:.1f} s")  # fmt: skip
        write_catalogue()
    except BuildError as error:
        print(f"geodata: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Every shipped raster is walked: hash, size, type, licence, box; and the PNG writer against a reader of its own."""

import tomllib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.geodesy import REGION
from corridor.land.rasters import read_cells, read_rasters
from corridor.land.territory import read_territories
from corridor.sources import GEODATA, read_sources
from geodata.build.png import LONGEST, code_lengths, png, size_and_bits
from geodata.build.raster import latitude_of, mercator
from tests.support.pictures import unpacked

RASTERS = read_rasters()
EACH = [pytest.param(raster, id=raster.id) for raster in RASTERS.values()]
MOST_RELIEF_BYTES = 400_000


def test_the_catalogue_lists_the_rasters_that_are_described():
    described = tomllib.loads((GEODATA / "build" / "rasters.toml").read_text(encoding="utf-8"))
    assert list(RASTERS) == list(described)
    assert {f"layers/{path.name}" for path in (GEODATA / "layers").glob("*.png")} == {r.file for r in RASTERS.values()}


@pytest.mark.parametrize("raster", EACH)
def test_a_raster_is_what_the_catalogue_says_and_states_its_papers(raster):
    cells = read_cells(raster)
    assert cells.shape == (raster.grid.rows, raster.grid.columns)
    assert cells.dtype.itemsize * 8 == raster.grid.bits
    assert raster.licence_url.startswith("https://")
    assert raster.accuracy_m > 0
    assert set(raster.sources) <= set(read_sources())
    assert (GEODATA.parent / raster.built_by).is_file()
    fetched = tomllib.loads((GEODATA / "build/packages.toml").read_text())
    assert set(raster.packages) <= {f"{entry['name']} {entry['version']}" for entry in fetched.values()}


@pytest.mark.parametrize("raster", EACH)
def test_a_raster_covers_the_window_of_the_layers(raster):
    west, south, east, north = raster.grid.bounds
    assert west <= REGION[0]
    assert south <= REGION[1]
    assert east >= REGION[2]
    assert north >= REGION[3]


def test_the_picture_of_the_relief_is_small_enough_to_be_sent():
    assert (GEODATA / RASTERS["relief"].file).stat().st_size <= MOST_RELIEF_BYTES


def test_nothing_is_shaded_over_the_sea_and_mountains_are():
    raster, cells = RASTERS["relief"], read_cells(RASTERS["relief"])
    rows, columns = np.nonzero(cells)
    grid = raster.grid
    low, high = mercator(np.array([grid.south, grid.north]))
    step = 97
    longitudes = grid.west + (columns[::step] + 0.5) / grid.columns * (grid.east - grid.west)
    latitudes = latitude_of(high - (rows[::step] + 0.5) / grid.rows * (high - low))
    owners = read_territories().locate_all(np.column_stack([longitudes, latitudes]))
    assert "sea" not in owners
    assert len(owners) > 1_000
    assert cells.max() > 20  # some slope faces the light fully
    assert (cells == 15).any()  # and some is turned away from it


@given(st.integers(1, 9), st.integers(1, 40), st.sampled_from([np.uint8, np.uint16]), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_a_png_that_any_inflater_reads(rows, columns, kind, seed):
    values = np.random.default_rng(seed).geometric(0.05, (rows, columns)).astype(kind)
    data = png(values)
    assert size_and_bits(data) == (columns, rows, values.dtype.itemsize * 8)
    assert np.array_equal(unpacked(data), values)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=257).filter(lambda counts: sum(map(bool, counts)) > 1))
@settings(max_examples=60, deadline=None)
def test_codes_can_be_told_apart_and_none_is_too_long(counts):
    lengths = [length for length in code_lengths(counts) if length]
    assert len(lengths) == sum(map(bool, counts))
    assert max(lengths) <= LONGEST
    assert sum(2.0**-length for length in lengths) == 1.0  # a full tree (Kraft 1949)


def test_counts_that_would_make_codes_too_long_are_flattened():
    fibonacci = [1, 1]
    while len(fibonacci) < 40:
        fibonacci.append(fibonacci[-1] + fibonacci[-2])
    assert max(code_lengths(fibonacci)) == LONGEST

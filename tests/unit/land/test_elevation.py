"""Heights of the ground: the band around a place against a look at every cell, places whose height is known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.land.elevation import Elevation, read_elevation
from corridor.land.rasters import read_cells, shipped_raster


@pytest.fixture(scope="module")
def elevation() -> Elevation:
    return read_elevation()


def made(heights: np.ndarray, west: float, north: float) -> Elevation:
    """Heights of a grid of whole degrees."""
    rows, columns = heights.shape
    raster = shipped_raster("elevation")
    box = {"west": west, "south": north - rows, "east": west + columns, "north": north}
    grid = replace(raster.grid, rows=rows, columns=columns, **box)
    return Elevation(replace(raster, grid=grid), heights.astype(np.uint16))


@given(st.floats(9.0, 16.0), st.floats(35.0, 41.0), st.integers(0, 99))
@settings(max_examples=80, deadline=None)
def test_the_band_is_that_of_the_cell_and_the_eight_around_it(lon, lat, seed):
    heights = np.random.default_rng(seed).integers(0, 5_000, (4, 5))
    band = made(heights, 10.0, 40.0).band(np.array([[lon, lat]]))
    column, row = int(np.floor(lon - 10.0)), int(np.floor(40.0 - lat))
    if not (10.0 <= lon < 15.0 and 36.0 < lat <= 40.0):
        assert not band.known[0]
        return
    near = heights[max(row - 1, 0) : row + 2, max(column - 1, 0) : column + 2]
    assert (band.lowest_m[0], band.highest_m[0]) == (near.min(), near.max())


def test_positions_that_are_none_have_no_ground(elevation):
    assert not elevation.band(np.array([[np.nan, 40.0], [46.0, np.inf], [0.0, 0.0], [180.0, -90.0]])).known.any()


#: Heights in metres of places as maps and encyclopaedias give them, rounded; each has to lie in its band, as far as the
#: model is good to a hundred metres.
KNOWN = {
    "Yerevan, Republic Square": (44.5126, 40.1777, 1_000),
    "Lake Sevan": (45.35, 40.35, 1_900),
    "Meghri, by the Araks": (46.2440, 38.8900, 550),
    "Julfa, by the Araks": (45.6304, 38.9450, 710),
    "Kapan": (46.4055, 39.2076, 780),
}


@pytest.mark.parametrize("place", KNOWN)
def test_places_have_the_height_they_are_known_for(elevation, place):
    lon, lat, height = KNOWN[place]
    band = elevation.band(np.array([[lon, lat]]))
    assert band.lowest_m[0] - 100 <= height <= band.highest_m[0] + 100


def test_the_caspian_and_the_lowland_beside_it_are_at_or_below_sea_level(elevation):
    band = elevation.band(np.array([[50.3, 39.5], [49.3, 39.4]]))
    assert (band.highest_m == 0).all()


def test_the_highest_mountains_are_where_they_are(elevation):
    """Ararat, 5,137 m, and Kaputjugh / Qapiciq, 3,905 m: low by a few per cent, and on the right spot."""
    band = elevation.band(np.array([[44.30, 39.70], [46.00, 39.16]]))
    assert 0.95 * 5_137 <= band.highest_m[0] <= 5_137
    assert 0.95 * 3_905 <= band.highest_m[1] <= 3_905


def test_the_model_is_read_as_it_is_written(elevation):
    cells = read_cells(elevation.raster)
    assert cells.dtype == np.uint16
    assert cells.max() < 5_642  # nothing is higher than Elbrus
    assert cells.min() == 0

"""Knows how the land is shaded: light from the north-west on the heights, as one picture for web maps.

Slopes by Horn's weights over the eight cells around (B. K. P. Horn, "Hill shading and the reflectance map",
Proceedings of the IEEE 69, 1981), light by the cosine of the angle it falls at (Lambert). What is drawn is the
difference from level ground alone, so that plains keep their colour: shade and light over it, each more or less opaque.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.build.elevation import PER_DEGREE, cut, tile
from geodata.build.inputs import Inputs
from geodata.build.png import Colour, png
from geodata.build.raster import box_of, latitude_of, mercator

Grid = NDArray[np.float64]

METRES_PER_DEGREE = 111_195.0  # of a meridian, on the mean sphere; a tenth of a per cent does not show in a shade
LIGHT_FROM_DEG, LIGHT_ABOVE_DEG = 315.0, 45.0  # north-west and half-way up, as maps have it
STEEPER = 2.2  # cells of 800 m flatten a slope; this gives it back about what the eye expects
SHADES, LIGHTS = 15, 9  # steps from level ground to the darkest and to the lightest
DARKEST, LIGHTEST = 0.34, 0.42  # opacity of the last step of each
SHADE_AT, LIGHT_AT = 0.55, 0.24  # how much less and how much more light than on level ground that is
UNNOTICED = 0.035  # less than this share of the last step is level: noise, and seams between what GLOBE was made from
SHADE_COLOUR, LIGHT_COLOUR = (36, 38, 54), (255, 255, 250)


def build(inputs: Inputs) -> bytes:
    """The picture as an indexed PNG; its columns are even in degrees, its rows in the northing of web maps."""
    heights = cut(tile(inputs))
    return png(steps(lit(heights), shore(heights)), colours())


def colours() -> list[Colour]:
    """What each step looks like: 0 nothing at all, then the shades from the faintest on, then the lights."""
    dark = [(*SHADE_COLOUR, round(255 * DARKEST * step / SHADES)) for step in range(1, SHADES + 1)]
    light = [(*LIGHT_COLOUR, round(255 * LIGHTEST * step / LIGHTS)) for step in range(1, LIGHTS + 1)]
    return [(*SHADE_COLOUR, 0), *dark, *light]


def lit(heights: NDArray[np.uint16]) -> Grid:
    """By how much more light each cell has than level ground (less below 0), from -0.71 to 0.29."""
    box = box_of("elevation")
    rows = np.arange(heights.shape[0])
    latitude = box.north - (rows + 0.5) / PER_DEGREE
    north = METRES_PER_DEGREE / PER_DEGREE
    east = (north * np.cos(np.radians(latitude)))[:, None]
    z = np.pad(heights.astype(np.float64), 1, mode="edge") * STEEPER
    around = {(r, c): z[1 + r : z.shape[0] - 1 + r, 1 + c : z.shape[1] - 1 + c] for r in (-1, 0, 1) for c in (-1, 0, 1)}
    right = around[-1, 1] + 2 * around[0, 1] + around[1, 1]
    left = around[-1, -1] + 2 * around[0, -1] + around[1, -1]
    above = around[-1, -1] + 2 * around[-1, 0] + around[-1, 1]
    below = around[1, -1] + 2 * around[1, 0] + around[1, 1]
    to_east, to_north = (right - left) / (8 * east), (above - below) / (8 * north)
    azimuth, height = np.radians(LIGHT_FROM_DEG), np.radians(LIGHT_ABOVE_DEG)
    towards = np.sin(azimuth) * np.cos(height), np.cos(azimuth) * np.cos(height), np.sin(height)
    falls = (towards[2] - to_east * towards[0] - to_north * towards[1]) / np.sqrt(1 + to_east**2 + to_north**2)
    return np.maximum(falls, 0.0) - towards[2]


def shore(heights: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """The cells at or below sea level, of which nothing finer is known, and those beside them."""
    low = np.pad(heights == 0, 1, mode="edge")
    rows, columns = heights.shape
    return np.any([low[r : r + rows, c : c + columns] for r in range(3) for c in range(3)], axis=0)


def steps(light: Grid, bare: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The step of each place of the picture, as `colours` numbers them; nothing where it is `bare`."""
    light = np.where(bare, 0.0, light)
    heights_box, box = box_of("elevation"), box_of("relief")
    columns = round((box.east - box.west) * PER_DEGREE)
    south, north = mercator(np.array([box.south, box.north]))
    rows = round(columns * (north - south) / np.radians(box.east - box.west))
    longitude = box.west + (np.arange(columns) + 0.5) / PER_DEGREE
    latitude = latitude_of(north - (np.arange(rows) + 0.5) * (north - south) / rows)
    # The columns lie on those of the heights; between two rows the light runs straight.
    column = np.floor((longitude - heights_box.west) * PER_DEGREE).astype(int)
    row = (heights_box.north - latitude) * PER_DEGREE - 0.5
    upper = np.floor(row).astype(int)
    share = (row - upper)[:, None]
    seen = (1 - share) * light[upper][:, column] + share * light[upper + 1][:, column]
    dark, bright = np.clip(-seen / SHADE_AT, 0, 1), np.clip(seen / LIGHT_AT, 0, 1)
    dark, bright = (np.where(part < UNNOTICED, 0, part) for part in (dark, bright))
    shade, lights = np.ceil(dark * SHADES).astype(np.uint8), np.ceil(bright * LIGHTS).astype(np.uint8)
    return np.where(lights > 0, SHADES + lights, shade).astype(np.uint8)

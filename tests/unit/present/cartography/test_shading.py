"""The relief on static maps: where the shipped picture has it, nowhere over the sea, under names and lines."""

from base64 import b64decode
from xml.etree import ElementTree

import numpy as np
import pytest

from corridor.land.relief import ShadedRelief, read_relief
from corridor.present.cartography.drawing import Area, Picture
from corridor.present.cartography.framing import fit
from corridor.present.cartography.projection import Box, Frame, from_plane, to_plane
from corridor.present.cartography.shading import _degrees
from corridor.present.cartography.sheet import A4, SLIDE
from corridor.present.cartography.svg import svg
from tests.support.drawn import MEGHRI, WHOLE, drawn
from tests.support.pictures import unpacked

SEA = (50.0, 39.0, 50.6, 39.4)


def pictures(made) -> list[Picture]:
    return [item for item in made.drawing.items if isinstance(item, Picture)]


def steps_of(picture: Picture) -> np.ndarray:
    """The steps of a picture on a page."""
    return unpacked(picture.png)


def test_a_map_has_its_relief_on_the_colours_of_the_states_and_under_all_else():
    made = drawn(WHOLE, sheet=A4)
    (picture,) = pictures(made)
    items = list(made.drawing.items)
    at = items.index(picture)
    assert {item.layer for item in items[:at]} <= {"ground", "territory", "ribbon"}
    assert {"border", "water", "route", "name"} <= {item.layer for item in items[at:]}
    assert not any(item.layer == "territory" and isinstance(item, Area) and not item.features for item in items[at:])


def test_the_picture_fills_the_frame_and_nothing_beyond():
    (picture,) = pictures(drawn(MEGHRI, sheet=SLIDE))
    box = next(item for item in drawn(MEGHRI, sheet=SLIDE).drawing.items if item.layer == "ground")
    assert picture.corners.tolist() == [box.rings[0].min(axis=0).tolist(), box.rings[0].max(axis=0).tolist()]


@pytest.mark.parametrize("bounds", [WHOLE, MEGHRI])
def test_no_pixel_is_seen_as_a_square_in_print(bounds):
    """1.5 of them to a point are 108 to an inch: a quarter of a millimetre each."""
    (picture,) = pictures(drawn(bounds, sheet=A4))
    rows, columns = steps_of(picture).shape
    assert columns >= 1.5 * picture.width
    assert rows >= 1.5 * picture.height


def test_nothing_is_shaded_on_a_map_of_the_sea():
    assert pictures(drawn(SEA)) == []


@pytest.mark.parametrize("bounds", [WHOLE, MEGHRI])
def test_a_pixel_shows_what_the_relief_has_at_its_place(bounds):
    relief = read_relief()
    (picture,) = pictures(drawn(bounds))
    steps = steps_of(picture)
    rows, columns = steps.shape
    frame = frame_of(bounds)
    x = picture.left + (np.arange(columns) + 0.5) / columns * picture.width
    y = picture.top + (np.arange(rows) + 0.5) / rows * picture.height
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    exact = relief.at(from_plane(frame.back(places))).reshape(rows, columns)
    assert (steps != exact).mean() < 0.01
    assert np.abs(strengths(relief)[steps] - strengths(relief)[exact]).max() <= 12  # one step


def strengths(relief: ShadedRelief) -> np.ndarray:
    darkens = (relief.colours[:, :3] == relief.colours[0, :3]).all(axis=1)
    opacity = relief.colours[:, 3].astype(int)
    return np.where(darkens, -opacity, opacity)


def frame_of(bounds) -> Frame:
    picture = pictures(drawn(bounds))[0]
    return fit(bounds, Box(picture.left, picture.top, picture.width, picture.height))


def test_places_between_those_that_are_projected_are_right_to_a_tenth_of_a_cell():
    frame = Frame(Box(10.0, 20.0, 700.0, 500.0), (0.0, 0.0), 900.0, 0.0)
    lonlat = _degrees(frame, 700, 500)
    x, y = np.meshgrid(10.5 + np.arange(700), 20.5 + np.arange(500))
    away = to_plane(lonlat) - frame.back(np.column_stack([x.ravel(), y.ravel()]))
    assert np.hypot(*away.T).max() < 75.0


def test_the_same_map_has_the_same_picture():
    assert pictures(drawn(WHOLE))[0].png == pictures(drawn(WHOLE))[0].png


def test_beyond_the_relief_there_is_none():
    relief = read_relief()
    grid = relief.raster.grid
    beyond = [[grid.west - 0.1, 40.0], [grid.east + 0.1, 40.0], [46.0, grid.south - 0.1], [46.0, grid.north + 0.1]]
    assert relief.at(np.array(beyond)).tolist() == [0, 0, 0, 0]


def test_the_relief_says_at_a_cell_what_the_cell_says():
    relief = read_relief()
    grid = relief.raster.grid
    row, column = 300, 400
    south, north = np.arctanh(np.sin(np.radians([grid.south, grid.north])))
    y = north - (row + 0.5) / grid.rows * (north - south)
    place = [
        grid.west + (column + 0.5) / grid.columns * (grid.east - grid.west),
        float(np.degrees(np.arcsin(np.tanh(y)))),
    ]
    assert relief.at(np.array([place]))[0] == relief.steps[row, column]


def test_svg_carries_the_picture_and_names_its_layer():
    made = drawn(WHOLE)
    root = ElementTree.fromstring(svg(made.drawing))
    space = {"s": "http://www.w3.org/2000/svg"}
    (group,) = root.findall("s:g[@data-layer='relief']", space)
    (image,) = group.findall("s:image", space)
    kind, _, data = image.attrib["href"].partition(",")
    assert kind == "data:image/png;base64"
    assert b64decode(data) == pictures(made)[0].png


def test_a_map_says_where_its_relief_is_from():
    assert "NOAA NGDC 1999, GLOBE v1" in drawn(WHOLE).sources

"""Positions as maps with a grid give them, UTM and MGRS: read back to a metre, and nothing else taken for them."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Proj

from corridor.reading.grid_references import BANDS, COLUMNS, MGRS, ROWS, UTM, read_grid
from corridor.reading.route import read_route
from corridor.reading.written_numbers import read_position, read_positions

#: The zero milestone of Washington's grid, as the FGDC's standard of the U.S. National Grid (2001) has it.
JEFFERSON_PIER = ("18SUJ2337106519", -77.03653, 38.88985)


def zone_of(lon: float) -> int:
    return int((lon + 180) // 6) + 1


def utm(lon: float, lat: float) -> tuple[int, str, float, float]:
    """Return zone, band, easting and northing, by PROJ alone."""
    zone = zone_of(lon)
    easting, northing = Proj(proj="utm", zone=zone, ellps="WGS84", south=lat < 0)(lon, lat)
    return zone, BANDS[min(19, int((lat + 80) // 8))], easting, northing


def mgrs(lon: float, lat: float, digits: int = 5) -> str:
    zone, band, easting, northing = utm(lon, lat)
    column = COLUMNS[(zone - 1) % 3][int(easting // 100_000) - 1]
    row = ROWS[(int(northing // 100_000) + (0 if zone % 2 else 5)) % 20]
    unit = 10 ** (5 - digits)
    parts = [f"{int(number % 100_000 // unit):0{digits}d}" for number in (easting, northing)]
    return f"{zone}{band}{column}{row}{''.join(parts)}"


places = st.tuples(st.floats(-179.9, 179.9), st.floats(-79.0, 83.0))


@given(places)
def test_mgrs_reads_back_to_a_metre(place):
    positions, style = read_grid(mgrs(*place))
    assert style == MGRS
    zone = zone_of(place[0])
    project = Proj(proj="utm", zone=zone, ellps="WGS84")
    here, there = project(*place), project(*positions[0])
    # A reference is the south-west corner of its square.
    assert -0.01 <= here[0] - there[0] <= 1.01
    assert -0.01 <= here[1] - there[1] <= 1.01


@given(places, st.sampled_from(["{z}{b} {e:.2f} {n:.2f}", "{z} {b} {e:.2f}mE {n:.2f}mN", "{e:.2f} {n:.2f} {z}{b}",
    "UTM zone {z}{b}, E {e:.2f}, N {n:.2f}", "{z}{h} {e:.2f}, {n:.2f}"]))  # fmt: skip
def test_utm_reads_back_to_its_decimals(place, write):
    # Nearer to the equator northings have fewer digits than are read.
    assume(abs(place[1]) > 1)
    zone, band, easting, northing = utm(*place)
    hemisphere = "N" if place[1] >= 0 else "south"
    text = write.format(z=zone, b=band, h=hemisphere, e=easting, n=northing)
    positions, style = read_grid(text)
    assert style == UTM
    assert positions[0] == pytest.approx(place, abs=2e-6)


def test_a_published_reference_is_where_it_is_published():
    text, lon, lat = JEFFERSON_PIER
    assert read_grid(text)[0][0] == pytest.approx((lon, lat), abs=2e-4)


def test_the_letter_s_is_the_band_where_the_northing_lies_in_it_and_else_the_hemisphere():
    assert read_grid("38S 588436 4321234")[0][0] == pytest.approx((46.02, 39.04), abs=0.01)
    assert read_grid("38S 588436 6321234")[0][0][1] < -30
    assert read_grid("38N 588436 4321234")[0][0] == pytest.approx((46.02, 39.04), abs=0.01)


@pytest.mark.parametrize(
    "text",
    [
        "38S",
        "38S 588436",
        "61S 588436 4321234",
        "38U 588436 4321234",
        "38I 588436 4321234",
        "38S 88436 4321234",
        "38SAJ8843621234",
        "38SMJ884362123",
        "46.2 38.9",
        "38°30'S 46 12",
        "38S 588436 4321234 and then some",
        "38SMJ8843621234x",
        "",
        "38",
    ],
)
def test_anything_else_is_no_grid_reference(text):
    assert read_grid(text) is None


def test_parts_that_stand_apart_are_read_together():
    whole = read_grid("38S 588436 4321234")[0][0]
    for given_apart in (
        ["38S", 588436, 4321234],
        [588436.0, "4321234", "38S"],
        {"zone": "38S", "easting": 588436, "northing": 4321234},
        {"x": "588436", "y": "4321234", "zone": "38S"},
    ):
        position, styles, _ = read_position(given_apart)
        assert (position, styles) == (whole, (UTM,))
    assert read_position({"mgrs": "38SNJ8843621234"})[0] == pytest.approx(whole)


def test_a_text_of_many_is_a_line_and_one_of_two_kinds_is_none():
    text = "38SMJ8843621234; 38S NJ 88500 21300, 38SNJ88602150"
    positions, styles = read_positions(text)
    assert (len(positions), styles) == (3, (MGRS,))
    assert read_grid("38SMJ8843621234, 38S 588436 4321234") is None


@pytest.mark.parametrize(
    "texts",
    [["38S 632000 4303000", "38S 630000 4304000"], ["38SPJ3200003000", "38SPJ3000004000"]],
)
def test_that_a_grid_reference_is_taken_as_wgs84_is_said(texts):
    geometry = {"type": "LineString", "coordinates": texts}
    collected = "; ".join(texts)
    kml = f"<kml><Placemark><LineString><coordinates>{collected}</coordinates></LineString></Placemark></kml>"
    for data in (json.dumps(geometry).encode(), kml.encode()):
        (finding,) = (finding for finding in read_route(data, "a").findings if finding.code == "positions-written")
        assert finding.says.endswith("that of GPS, WGS84, is assumed.")
    plain = json.dumps({**geometry, "coordinates": [["46.5°", "38.9°"], ["46.4°", "38.95°"]]}).encode()
    (finding,) = (finding for finding in read_route(plain, "a").findings if finding.code == "positions-written")
    assert "WGS84" not in finding.says

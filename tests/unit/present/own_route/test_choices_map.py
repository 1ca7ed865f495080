"""The small maps on which the readings of a file are compared."""

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest

from corridor.land.geodesy import REGION
from corridor.present.own_route.choices_map import choices_map
from corridor.present.style import DARK, LIGHT
from corridor.reading.faults import SystemChoice
from corridor.reading.route import read_route
from corridor.store.work import region
from tests.support.samples import read


def pictures(html: str) -> list[ElementTree.Element]:
    sources = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    return [ElementTree.fromstring(b64decode(source)) for source in sources]


def texts(picture: ElementTree.Element) -> list[str]:
    return [element.text for element in picture.iter() if element.tag.endswith("text")]


def question(code: str):
    return next(finding for finding in read(code).findings if finding.code == code)


@pytest.mark.parametrize("inks", [LIGHT, DARK], ids=["light", "dark"])
def test_every_choice_has_its_line_and_its_number_and_shifts_are_told(inks):
    choices = question("projected-coordinates").systems
    html = choices_map(choices, region(), REGION, inks)
    whole, close = pictures(html)
    colours = {inks.lit, inks.rail, inks.digital, inks.road, inks.energy, inks.text}
    drawn = {path.get("stroke") for path in whole.iter() if path.tag.endswith("path")}
    assert len(drawn & (colours - {inks.text})) >= min(5, len(choices)) - 1
    numbers = {number.strip() for text in texts(whole) for number in text.split(",")}
    assert {str(number) for number in range(1, len(choices) + 1)} <= numbers
    assert "1" in {number.strip() for text in texts(close) for number in text.split(",")}
    assert re.search(r"line 2 at most [\d.,]+ k?m", html)
    assert all(choice.name in html for choice in choices)
    assert html.count('alt="Map ') == 2
    for picture in (whole, close):
        for path in picture.iter():
            for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path.get("d") or ""):
                assert -1 <= float(x) <= 381
                assert -1 <= float(y) <= 261


def test_what_lies_outside_of_the_region_is_said_and_not_framed():
    html = choices_map(question("lat-lon-swapped").systems, region(), REGION, LIGHT)
    assert len(pictures(html)) == 1
    assert "Choice 2 would place it outside of this map" in html


def test_one_choice_needs_no_map_and_names_are_texts():
    line = ((46.2, 38.9), (46.3, 39.0))
    one = SystemChoice("EPSG:32638", 0.0, 46.2, 38.9, lines=(line,))
    assert choices_map([one], region(), REGION, LIGHT) == ""
    other = SystemChoice('<b>"&', 120.0, 46.2012, 38.9, lines=(((46.2012, 38.9), (46.3012, 39.0)),))
    html = choices_map([one, other], region(), REGION, LIGHT)
    assert "<b>" not in html
    assert len(pictures(html)) == 2


def test_lines_without_positions_are_left_out():
    reading = read_route(b'{"type": "Point", "coordinates": [500000, 4300000]}', "a.geojson")
    for finding in reading.findings:
        assert choices_map(finding.systems, region(), REGION, LIGHT) == ""

"""A file of any format that was cut at any byte is read, or told of in sentences: it never makes reading fail."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.reading.mend import MENDABLE, mend
from corridor.reading.route import read_route
from tests.support.named_files import NAMED
from tests.support.other_json_files import OTHER_JSON
from tests.support.route_files import (
    feature,
    gpx,
    kml,
    measured_shapefile,
    packed_gzip,
    shapefile,
    shapefile_parts,
    text,
    zipped,
)
from tests.support.sequence_files import SEQUENCES

OSM = (
    b'<?xml version="1.0"?><osm version="0.6"><node id="1" lat="38.9" lon="46.2"/><node id="2" lat="39" lon="46.21"/>'
    b'<way id="9"><nd ref="1"/><nd ref="2"/><tag k="name" v="Araz"/></way></osm>'
)
FILES = {
    "geojson": text(feature()),
    "kml": kml(),
    "kml utf-16": kml().decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "gpx": gpx(),
    "osm": OSM,
    "kmz": zipped({"doc.kml": kml(), "files/a.png": b"\x89PNG"}),
    "shapefile": zipped(shapefile()),
    "shp": shapefile_parts()[".shp"],
    "shp with measures": measured_shapefile(),
    "shx": shapefile_parts()[".shx"],
    "dbf": shapefile_parts()[".dbf"],
    "archive in archive": zipped({"a.txt": b"a", "lot.zip": zipped({"route.gpx": gpx()})}),
    "gzip": packed_gzip(text(feature())),
    "gzip of an archive": packed_gzip(zipped({"doc.kml": kml()})),
    **{f"sequence, {name}": data for name, data in SEQUENCES.items()},
    **{f"json, {name}": text(document) for name, (_, document) in OTHER_JSON.items()},
    **{f"named, {name}": files[0] for name, files in NAMED.items()},
}
#: What no sentence may hold: a place in a library's memory, the name of a class, words of a parser.
OF_NO_READER = re.compile(r"/vsi|vsimem|Traceback|Error\b|object at 0x|zlib|NoneType|Exception|codec can't")


def look(data: bytes, name: str) -> None:
    reading = read_route(data, name)
    assert reading.routes or reading.findings, name
    for finding in reading.findings:
        assert not OF_NO_READER.search(finding.says + finding.advice), finding.says
    mend(reading, MENDABLE)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_cut_file_is_read_or_told_of(name, data):
    whole = FILES[name]
    at = data.draw(st.integers(0, min(len(whole), 4_000)), label="bytes that are left")
    look(whole[:at], name)


@pytest.mark.parametrize("name", ["kmz", "shapefile", "gzip", "shp", "sequence, indented", "json, topojson"])
def test_a_small_file_cut_at_every_byte_is_read_or_told_of(name):
    whole = FILES[name]
    for at in range(0, len(whole), max(1, len(whole) // 150)):
        look(whole[:at], name)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_file_with_a_changed_byte_is_read_or_told_of(name, data):
    whole = bytearray(FILES[name])
    at = data.draw(st.integers(0, min(len(whole), 4_000) - 1), label="byte that is changed")
    whole[at] = data.draw(st.integers(0, 255), label="to")
    look(bytes(whole), name)

"""What an XML file is, judged from the document as it is parsed: no word inside of it makes it something else."""

import pytest
import shapely

from corridor.reading.formats.xml_prolog import prolog_of
from corridor.reading.route import Reading, read_route
from tests.support.route_files import COORDINATES, LINE, NAME, gpx, kml, packed_gzip, points, zipped

PLACEMARK = (
    f"<Placemark><name>{NAME}</name><LineString><coordinates>{COORDINATES}</coordinates></LineString></Placemark>"
)
TRACK = f"<trk><name>{NAME}</name><trkseg>{points()}</trkseg></trk>"


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def line_of(reading: Reading) -> list[list[float]]:
    (route,) = reading.routes
    return shapely.get_coordinates(route.line).tolist()


ODD_INSIDES = [
    "<!-- <!DOCTYPE html> <!ENTITY a 'b'> -->",
    "<desc><![CDATA[<!DOCTYPE html><html><b>the old line</b></html>]]></desc>",
    "<desc><![CDATA[the word DOCTYPE, <!ENTITY and ]] > in it]]></desc>",
    "<desc>&lt;!DOCTYPE html&gt;</desc>",
    "<extensions><osmand:width>thin</osmand:width><osmand:points_groups/></extensions>",
    "<extensions><ogr:osm_id>12</ogr:osm_id><WMSLayer/><VRTRaster/><gdal:x/><OSM/></extensions>",
    "<?xml-stylesheet href='a.xsl'?>",
]


@pytest.mark.parametrize("inside", ODD_INSIDES)
def test_remarks_and_elements_of_other_programs_do_no_harm(inside):
    for data in (gpx(inside + TRACK), kml(inside + PLACEMARK), packed_gzip(gpx(TRACK + inside))):
        reading = read_route(data, "a.gpx")
        assert line_of(reading) == LINE
        assert codes(reading) <= {"gzip-packed"}
    assert line_of(read_route(zipped({"doc.kml": kml(PLACEMARK + inside)}), "a.kmz")) == LINE


@pytest.mark.parametrize("before", ["<!-- made by <!DOCTYPE x> -->", "<?osmand 4?>\n<!-- a -->\n", "\n"])
def test_what_stands_before_the_root_is_passed_over(before):
    assert line_of(read_route(gpx(before=before), "a.gpx")) == LINE


@pytest.mark.parametrize(
    "before",
    [
        "<!DOCTYPE gpx>",
        "<!-- a --><!DOCTYPE gpx SYSTEM 'x'>",
        "<!DOCTYPE gpx [<!ENTITY a 'b'>]>",
        "<?a?>\n<!DOCTYPE gpx>",
    ],
)
def test_a_declaration_is_refused_wherever_it_stands(before):
    for data in (gpx(before=before), gpx(before=before).replace(b"gpx", b"kml")):
        assert codes(read_route(data, "a.gpx")) == {"xml-entities"}
    wide = gpx(before=before).decode().replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>')
    assert codes(read_route(wide.encode("utf-16"), "a.gpx")) == {"xml-entities"}


def test_a_beginning_of_blanks_and_remarks_is_read_in_one_pass():
    for long in (b" " * 3_000_000, b"<!-- a -->" * 300_000, b"<?a?>" * 300_000, b"<!--" * 500_000, b"<?" * 500_000):
        prolog = prolog_of(long + b"<kml>")
        assert prolog.element in ("kml", "")


@pytest.mark.parametrize("element", ["Document", "Folder", "Placemark"])
def test_kml_without_its_root_is_read_and_says_so(element):
    whole = kml(PLACEMARK, element) if element != "Placemark" else kml().replace(b"<kml>", b"").replace(b"</kml>", b"")
    for data in (whole, whole.partition(b"?>\n")[2], whole.replace(b"?>\n", b"?>")):
        reading = read_route(data, "a.kml")
        assert line_of(reading) == LINE
        assert (reading.format, codes(reading)) == ("KML", {"xml-root-missing"})
    assert line_of(read_route(zipped({"doc.kml": whole}), "a.kmz")) == LINE


@pytest.mark.parametrize(
    ("inside", "loose"),
    [
        (TRACK, False),
        (f"<trkseg>{points()}</trkseg>", False),
        (f"<rte><name>{NAME}</name>{points('rtept')}</rte>", False),
        (points(), True),
        (f"<trk>{points()}</trk>", True),
    ],
)
def test_gpx_without_its_root_is_read_and_says_so(inside, loose):
    expected = {"xml-root-missing"} | ({"points-outside-segment"} if loose else set())
    reading = read_route(f'<?xml version="1.0"?>\n{inside}'.encode(), "a.gpx")
    assert line_of(reading) == LINE
    assert codes(reading) - {"unnamed-route"} == expected


def test_several_elements_without_a_root_are_put_into_one():
    for text, name in ((PLACEMARK * 2, "a.kml"), (TRACK * 2, "a.gpx")):
        (route,) = read_route(text.encode(), name).routes
        assert len(route.drawn_parts) == 2


@pytest.mark.parametrize(
    "inside",
    [f"<trk><name>{NAME}</name>{points()}</trk>", points(), f"<trk><trkseg></trkseg>{points()}</trk>", points("rtept")],
)
def test_points_without_a_segment_or_a_track_are_read_as_they_stand(inside):
    reading = read_route(gpx(inside), "a.gpx")
    assert line_of(reading) == LINE
    assert ("points-outside-segment" in codes(reading)) == ("rtept" not in inside)


def test_points_with_extensions_are_not_taken_for_loose_ones():
    point = '<trkpt lat="{}" lon="{}"><ele>7</ele><extensions><osmand:speed>1</osmand:speed></extensions></trkpt>'
    inside = "".join(point.format(y, x) for x, y in LINE)
    assert "points-outside-segment" not in codes(read_route(gpx(f"<trk><trkseg>{inside}</trkseg></trk>"), "a.gpx"))


def test_rings_are_lines_as_they_stand():
    ring = "<LinearRing><coordinates>46.2,38.9 46.3,38.9 46.3,39 46.2,38.9</coordinates></LinearRing>"
    for inside in (ring, f"<MultiGeometry>{ring}</MultiGeometry>"):
        (route,) = read_route(kml(f"<Placemark><name>a</name>{inside}</Placemark>"), "a.kml").routes
        assert route.line.is_closed
    closed = points(line=[*LINE, LINE[0]])
    (route,) = read_route(gpx(f"<trk><name>a</name><trkseg>{closed}</trkseg></trk>"), "a.gpx").routes
    assert route.line.is_closed


def test_the_end_that_is_missing_is_told_only_where_it_is():
    whole = kml()
    (cut,) = read_route(whole[:-4], "a.kml").findings
    assert "end is missing" in cut.advice
    (wrong,) = read_route(whole.replace(b"</name>", b"</nam>"), "a.kml").findings
    assert "missing" not in wrong.advice
    assert "cut" not in wrong.says + wrong.advice

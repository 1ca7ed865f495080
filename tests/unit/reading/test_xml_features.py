"""KML and GPX as programs write them: every line of a file in one pass, with its names, numbers and heights."""

import pytest
import shapely

from corridor.reading.formats.gpx import read_gpx
from corridor.reading.formats.kml import positions, read_kml
from corridor.reading.route import read_route
from tests.support.hostile_texts import COORDINATES, LINE
from tests.support.route_files import zipped

HEAD = '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="x"><Document>'


def kml(inside: str) -> list[dict]:
    return read_kml(f"{HEAD}{inside}</Document></kml>".encode())


def line(coordinates: str = COORDINATES) -> str:
    return f"<LineString><coordinates>{coordinates}</coordinates></LineString>"


def test_geometries_become_those_of_geojson():
    part = {"type": "LineString", "coordinates": LINE}
    track = "".join(f"<gx:coord>{x} {y} 7</gx:coord>" for x, y in LINE)
    ring = "<LinearRing><coordinates>0,0 1,0 1,1 0,0</coordinates></LinearRing>"
    shapes = [
        (line(), part),
        ("<Point><coordinates>46,39,12</coordinates></Point>", {"type": "Point", "coordinates": [46, 39, 12]}),
        (f"<MultiGeometry>{line()}{line()}</MultiGeometry>", {"type": "MultiLineString", "coordinates": [LINE, LINE]}),
        (f"<MultiGeometry>{line()}</MultiGeometry>", part),
        (
            f"<MultiGeometry><Point><coordinates>1,2</coordinates></Point>{line()}</MultiGeometry>",
            {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}, part]},
        ),
        (
            f"<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs><innerBoundaryIs>{ring}</innerBoundaryIs></Polygon>",
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]] * 2},
        ),
        (f"<gx:Track>{track}</gx:Track>", {"type": "LineString", "coordinates": [[*one, 7] for one in LINE]}),
        (
            f"<gx:MultiTrack><gx:Track>{track}</gx:Track><gx:Track>{track}</gx:Track></gx:MultiTrack>",
            {"type": "MultiLineString", "coordinates": [[[*one, 7] for one in LINE]] * 2},
        ),
        ("<LineString/>", None),
        (line(""), None),
        ("", None),
    ]
    found = kml("".join(f"<Placemark>{text}</Placemark>" for text, _ in shapes))
    assert [one["geometry"] for one in found] == [expected for _, expected in shapes]


def test_what_a_placemark_tells_is_kept_and_what_is_elsewhere_is_not():
    (found,) = kml(
        '<Schema id="s"><SimpleField name="accuracy_m" type="double"/><SimpleField name="note" type="string"/></Schema>'
        f"<gx:Tour><Placemark>{line()}</Placemark></gx:Tour><Folder><name>Lot</name>"
        "<Placemark id='p'><name>Մեղրի &amp; "
        "<![CDATA[<b>]]></name><ExtendedData><SchemaData><SimpleData name='accuracy_m'>25</SimpleData>"
        "<SimpleData name='note'>5</SimpleData></SchemaData><Data name='owner'><displayName>Owner</displayName>"
        f"<value>us</value></Data></ExtendedData>{line()}</Placemark></Folder>"
    )
    assert found["properties"] == {
        "id": "p",
        "Name": "Մեղրի & <b>",
        "accuracy_m": 25.0,
        "note": "5",
        "owner": "us",
        "folder": "Lot",
    }


def test_a_comment_amid_coordinates_parts_nothing():
    (found,) = kml(f"<Placemark>{line('46.2,38.9 <!-- a --> 46.21,38.91 46.22,38.9')}</Placemark>")
    assert found["geometry"]["coordinates"] == LINE


@pytest.mark.parametrize("text", ["46 38.9", "46;38.9", "46.2,38.9 see survey", "1_0,2", "nan,1", "46°12'N,39"])
def test_what_is_no_coordinates_is_kept_as_it_stands(text):
    assert positions(f" {text}\n") == text
    (found,) = kml(f"<Placemark>{line(text)}</Placemark>")
    assert found["geometry"] == {"type": "LineString", "coordinates": text}


def test_blanks_beside_commas_part_no_position():
    assert positions("46.2, 38.9\n46.21 ,38.91") == [[46.2, 38.9], [46.21, 38.91]]


def test_a_text_of_commas_or_blanks_takes_no_longer_than_any_other():
    # Each of these would take hours if every comma or blank were gone back to.
    assert positions(" , ".join(["46.2"] * 300_000)) == [[46.2] * 300_000]
    for text in ("46.2, 38.9, " * 300_000, "46.2" + " " * 3_000_000 + "38.9"):
        assert positions(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"<kml><a></b></kml>", "not the open one"),
        (b"<kml><a>", "ends before"),
        (b"<kml><a", "ends inside"),
        (b"<kml a='1' a='2'/>", "twice"),
        (b"<kml/><kml/>", "more follows"),
        (b"<kml a=b/>", "a sign stands"),
    ],
)
def test_why_a_text_is_not_xml_is_told_in_plain_words(text, reason):
    (found,) = read_route(text, "a.kml").findings
    assert found.code == "xml-syntax"
    assert reason in found.says


def test_a_number_of_a_track_that_is_too_long_to_count_is_a_text():
    points = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in LINE)
    for told, kept in (("7", 7), ("9" * 5_000, "9" * 5_000)):
        (track,) = read_gpx(f"<gpx><trk><number>{told}</number><trkseg>{points}</trkseg></trk></gpx>".encode())
        assert track["properties"]["number"] == kept


def test_heights_of_zero_are_no_heights():
    (found,) = kml(f"<Placemark>{line('46,39,0 47,39,0')}</Placemark>")
    assert found["geometry"]["coordinates"] == [[46, 39], [47, 39]]


def gpx(inside: str) -> list[dict]:
    return read_gpx(f'<gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">{inside}</gpx>'.encode())


def points(name: str, inside: str = "") -> str:
    return "".join(f'<{name} lat="{y}" lon="{x}">{inside}</{name}>' for x, y in LINE)


def test_tracks_come_before_routes_and_waypoints_are_no_line():
    found = gpx(
        f"<wpt lat='1' lon='2'/><rte><name>R</name>{points('rtept')}</rte>"
        f"<trk><name>T</name><number>3</number><trkseg>{points('trkpt', '<ele>7</ele><name>no</name>')}</trkseg>"
        f"<trkseg>{points('trkpt')}</trkseg><extensions><name>no</name></extensions></trk>"
    )
    assert [one["properties"] for one in found] == [{"name": "T", "number": 3}, {"name": "R"}, {}]
    assert found[0]["geometry"] == {"type": "MultiLineString", "coordinates": [[[*one, 7] for one in LINE], LINE]}
    assert found[1]["geometry"] == {"type": "LineString", "coordinates": LINE}
    assert found[2]["geometry"] == {"type": "Point", "coordinates": [2, 1]}


def test_points_without_a_segment_are_taken_as_one():
    (found,) = gpx(f"<trk>{points('trkpt')}</trk>")
    assert found["geometry"]["coordinates"] == [LINE]


def test_a_latitude_that_is_no_number_is_told():
    reading = read_route(
        b'<gpx version="1.1"><trk><trkseg><trkpt lat="38,9" lon="46"/><trkpt lat="39" lon="46"/></trkseg></trk></gpx>',
        "comma.gpx",
    )
    assert reading.routes == ()
    assert [finding.code for finding in reading.findings if finding.blocks] == ["positions-written"]


def test_folders_cost_no_more_than_their_bytes():
    # With a layer opened for each, 1,000 took 42 s; each is one element of the same pass now.
    inside = "".join(f"<Folder><name>{n}</name><Placemark>{line()}</Placemark></Folder>" for n in range(1_000))
    assert len(kml(inside)) == 1_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_a_text_is_read_in_the_encoding_it_names(encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?><kml><Placemark><name>Араз</name>{line()}</Placemark></kml>'
    assert [route.name for route in read_route(text.encode(encoding), "a.kml").routes] == ["Араз"]


def test_a_moment_of_a_track_without_its_place_is_passed_over_and_told():
    places = [f"<gx:coord>{x} {y} 700</gx:coord>" for x, y in LINE]
    broken = [*places[:1], "<gx:coord></gx:coord>", "<gx:coord> </gx:coord>", *places[1:]]
    track = f"<Placemark><name>A</name><gx:Track>{''.join(broken)}</gx:Track></Placemark>"
    several = (
        f"<Placemark><name>A</name><gx:MultiTrack><gx:Track>{''.join(broken)}</gx:Track></gx:MultiTrack></Placemark>"
    )
    for inside in (track, several):
        reading = read_route(f"{HEAD}{inside}</Document></kml>".encode(), "a.kml")
        assert [[x, y] for x, y, *_ in reading.routes[0].line.coords] == LINE
        (finding,) = (finding for finding in reading.findings if finding.code == "moments-without-place")
        assert finding.says.startswith("2 moments")


@pytest.mark.parametrize("around", ["LineString", "LinearRing"])
@pytest.mark.parametrize("outside", ["{}", "<MultiGeometry>{}</MultiGeometry>"], ids=["alone", "among others"])
def test_every_list_of_coordinates_of_a_line_is_a_part_of_it(around, outside):
    lists = "<coordinates>46.1,38.8 46.2,38.9</coordinates><coordinates>46.2,38.9 46.3,39</coordinates>"
    inside = outside.format(f"<{around}>{lists}</{around}>")
    (feature,) = kml(f"<Placemark>{inside}</Placemark>")
    parts = [[[46.1, 38.8], [46.2, 38.9]], [[46.2, 38.9], [46.3, 39.0]]]
    assert feature["geometry"] == {"type": "MultiLineString", "coordinates": parts}


def test_a_further_list_of_coordinates_is_told_in_kml_and_kmz():
    lists = f"<coordinates>{COORDINATES}</coordinates><coordinates>46.5,38.9 46.6,38.9</coordinates>"
    data = f"<kml><Document><Placemark><LineString>{lists}</LineString></Placemark></Document></kml>".encode()
    for name, written in (("a.kml", data), ("a.kmz", zipped({"doc.kml": data}))):
        reading = read_route(written, name)
        assert "coordinates-several" in {finding.code for finding in reading.findings}
        assert len(shapely.get_parts([route.line for route in reading.routes])) == 2


def test_further_lists_of_points_and_areas_are_kept():
    lists = "<coordinates>46,39</coordinates><coordinates>46.1,39</coordinates>"
    (points_,) = kml(f"<Placemark><Point>{lists}</Point></Placemark>")
    assert points_["geometry"] == {"type": "MultiPoint", "coordinates": [[46.0, 39.0], [46.1, 39.0]]}
    ring = "<coordinates>46,39 46.1,39 46,39.1 46,39</coordinates>"
    outer = f"<outerBoundaryIs><LinearRing>{ring}{ring}</LinearRing></outerBoundaryIs>"
    (area,) = kml(f"<Placemark><Polygon>{outer}</Polygon></Placemark>")
    assert len(area["geometry"]["coordinates"]) == 2

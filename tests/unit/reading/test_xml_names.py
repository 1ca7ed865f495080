"""KML and GPX whose elements and attributes are called otherwise than the formats call them: read, and said."""

import pytest

from corridor.reading.mend import mend
from corridor.reading.route import Reading, read_route

LINE = [(46.2 + n / 100, 38.9 + n / 300) for n in range(12)]


def gpx() -> str:
    points = "".join(f'<trkpt lat="{y:.5f}" lon="{x:.5f}"><ele>600</ele></trkpt>' for x, y in LINE)
    return f'<gpx version="1.1"><trk><name>Way</name><trkseg>{points}</trkseg></trk></gpx>'


def kml() -> str:
    places = " ".join(f"{x:.5f},{y:.5f},600" for x, y in LINE)
    inside = f"<LineString><coordinates>{places}</coordinates></LineString>"
    return f"<kml><Document><Placemark><name>Way</name>{inside}</Placemark></Document></kml>"


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


SOUND = {"gpx": read_route(gpx().encode(), "a.gpx"), "kml": read_route(kml().encode(), "a.kml")}


@pytest.mark.parametrize(
    ("text", "count", "names"),
    [
        (gpx().replace("lat=", "latitude=").replace("lon=", "longitude="), 24, "“longitude” for “lon”"),
        (gpx().replace("lat=", "Lat=").replace("lon=", "LNG="), 24, "“LNG” for “lon”, “Lat” for “lat”"),
        (gpx().replace("gpx", "GPX"), 1, "“GPX” for “gpx”"),
        (gpx().replace("trkpt", "TrkPt").replace("trkseg", "TrkSeg"), 13, "“TrkPt” for “trkpt”, “TrkSeg” for"),
        (gpx().replace("trk", "TRK").replace("ele", "ELE"), 26, "and 2 more"),
        (kml().replace("Placemark", "placemark"), 1, "“placemark” for “Placemark”"),
        (kml().replace("kml", "KML"), 1, "“KML” for “kml”"),
        (kml().replace("LineString", "Linestring").replace("coordinates", "Coordinates"), 2, "“Linestring”"),
        (kml().replace("name", "Name").replace("Document", "document"), 2, "“Name” for “name”"),
        (kml().lower().replace("way", "Way"), 3, "and 1 more"),
    ],
)
def test_names_written_otherwise_are_read_and_said(text, count, names):
    sound = SOUND["gpx" if "trk" in text.lower() else "kml"]
    reading = read_route(text.encode(), "a.xml")
    assert [route.name for route in reading.routes] == ["Way"]
    assert reading.routes[0].line == sound.routes[0].line
    assert reading.routes[0].heights_m.tolist() == [600.0] * len(LINE)
    (told,) = [finding for finding in reading.findings if finding.code == "xml-names-other"]
    assert told.says.startswith(f"{count} name")
    assert names in told.says
    assert codes(reading) - {"xml-names-other"} == codes(sound)
    assert codes(read_route(mend(reading, set()).data, "a.geojson")) <= codes(sound)


def test_elements_alone_are_put_into_their_root_whatever_their_capitals():
    inner = gpx().removeprefix('<gpx version="1.1">').removesuffix("</gpx>")
    assert read_route(inner.replace("trk>", "Trk>").encode(), "a.gpx").usable
    alone = kml().removeprefix("<kml><Document>").removesuffix("</Document></kml>")
    assert read_route(alone.replace("Placemark", "PLACEMARK").encode(), "a.kml").usable


def test_an_element_of_another_program_is_not_taken_for_one_of_the_format():
    inside = "<x:Point xmlns:x='x'/><x:Coordinates xmlns:x='x'>1,2</x:Coordinates>"
    reading = read_route(
        kml().replace("<LineString>", f"<ExtendedData>{inside}</ExtendedData><LineString>").encode(), "a"
    )
    assert codes(reading) == codes(SOUND["kml"])
    assert reading.routes[0].line == SOUND["kml"].routes[0].line


@pytest.mark.parametrize("axis", ["lat", "lon"])
def test_a_point_without_an_attribute_is_still_one_without_a_place(axis):
    reading = read_route(gpx().replace(f"{axis}=", "other=", 1).encode(), "a.gpx")
    assert "position-without-place" in codes(reading)

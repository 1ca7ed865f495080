"""What a route is called in each format: the sender's own word for it wherever it stands, and a sentence where from."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridor.reading.mend import mend
from corridor.reading.names import LONGEST_NAME, chosen_name
from corridor.reading.route import Reading, read_route
from tests.support.hostile_databases import geopackage
from tests.support.hostile_texts import COORDINATES, LINE

KML = f"<LineString><coordinates>{COORDINATES}</coordinates></LineString>"
SHIFTED = [[x, y + 0.1] for x, y in LINE]


def way(north: int) -> str:
    positions = " ".join(f"{x},{y + north / 100}" for x, y in LINE)
    return f"<LineString><coordinates>{positions}</coordinates></LineString>"


def geojson(*properties: dict, **more: object) -> Reading:
    features = [
        {"type": "Feature", "properties": one, "geometry": {"type": "LineString", "coordinates": line}}
        for one, line in zip(properties, (LINE, SHIFTED, SHIFTED[:1] + LINE[:1]), strict=False)
    ]
    return read_route(json.dumps({"type": "FeatureCollection", **more, "features": features}).encode(), "a.geojson")


def kml(inside: str) -> Reading:
    return read_route(f"<kml><Document>{inside}</Document></kml>".encode(), "a.kml")


def gpx(inside: str) -> Reading:
    return read_route(f'<gpx version="1.1">{inside}</gpx>'.encode(), "a.gpx")


def track(inside: str = "", north: float = 0.0) -> str:
    points = "".join(f'<trkpt lat="{y + north}" lon="{x}"/>' for x, y in LINE)
    return f"<trk>{inside}<trkseg>{points}</trkseg></trk>"


def names(reading: Reading) -> list[str]:
    return [route.name for route in reading.routes]


def said(reading: Reading, code: str) -> str:
    (says,) = [finding.says for finding in reading.findings if finding.code == code]
    return says


@pytest.mark.parametrize(
    ("properties", "name"),
    [
        ({"NAME": "Plain", "name:en": "English"}, "Plain"),
        ({"name:az": "Araz", "name:ru": "Араз", "name:en": "Araks"}, "Araks"),
        ({"name:fr": "Araxe", "name:ka": "არაქსი"}, "არაქსი"),
        ({"name_en": "Araks", "ref": "M-2"}, "Araks"),
        ({"Road name": "M-2 bypass", "ref": "M-2"}, "M-2 bypass"),
        ({"PROJ_NAME": "Araks", "USERNAME": "anna", "filename": "a.shp"}, "Araks"),
        ({"USERNAME": "anna", "layer_name": "x"}, "Route 1"),
        ({"int_name": "Araks line", "ref": "M-2"}, "Araks line"),
        ({"ref": "M-2", "description": "A road"}, "M-2"),
        ({"name": 17}, "17"),
        ({"name": 17.0}, "17"),
        ({"Name": "", "name": "Second"}, "Second"),
        ({"name": "<Null>", "Lot": 3}, "Lot 3"),
        ({"lot": "North"}, "North"),
        ({"Наименование": "Араз"}, "Араз"),
        ({"anything": 1, "tags": {"name": "Of a tag"}}, "Of a tag"),
        ({"description": "From Julfa to Meghri"}, "From Julfa to Meghri"),
        ({"description": "<b>markup</b>", "layer": "Roads"}, "Roads"),
        ({"name": True}, "Route 1"),
        ({"length": 12}, "Route 1"),
    ],
)
def test_a_route_is_called_by_the_likeliest_of_its_properties(properties, name):
    assert names(geojson(properties)) == [name]


@pytest.mark.parametrize("data", ["geojson", "kml", "gpkg"])
def test_a_name_in_one_language_is_told_by_its_member(data):
    reading = {
        "geojson": lambda: geojson({"name:az": "Araz", "name:en": "Araks"}),
        "kml": lambda: kml(
            "<Placemark><ExtendedData><Data name='name:az'><value>Araz</value></Data><Data name='name:en'>"
            f"<value>Araks</value></Data></ExtendedData>{KML}</Placemark>"
        ),
        "gpkg": lambda: read_route(geopackage('ALTER TABLE route RENAME COLUMN name TO "name:en"'), "a.gpkg"),
    }[data]()
    assert names(reading) == ["Own route" if data == "gpkg" else "Araks"]
    assert (
        said(reading, "name-from-elsewhere")
        == "1 route has no plain “name”; what stands under “name:en” is taken for it."
    )


def test_the_innermost_folder_or_document_names_what_has_no_name():
    unnamed = [f"<Placemark>{way(n)}</Placemark>" for n in range(4)]
    reading = kml(
        f"<name>Study</name>{unnamed[0]}<Folder><name>Lot 1</name>{unnamed[1]}{unnamed[2]}<Placemark><name>Own</name>"
        f"{way(4)}</Placemark></Folder><Folder><Folder>{unnamed[3]}</Folder></Folder>"
    )
    assert names(reading) == ["Study (1)", "Lot 1 (1)", "Lot 1 (2)", "Own", "Study (2)"]
    assert said(reading, "name-inherited").startswith("4 routes without a name are called after")


def test_a_gpx_file_names_its_tracks_where_they_have_no_name():
    reading = gpx(f"<metadata><name>Araks</name></metadata>{track()}{track('<desc>Second day</desc>', 0.1)}")
    assert names(reading) == ["Araks", "Second day"]
    assert names(gpx(f"<name>Of 1.0</name>{track()}")) == ["Of 1.0"]


def test_a_collection_names_its_features_and_what_gdal_made_up_does_not():
    assert names(geojson({}, {}, name="Lots")) == ["Lots (1)", "Lots (2)"]
    assert names(geojson({}, name="OGRGeoJSON")) == ["Route 1"]


@pytest.mark.parametrize("form", ["geojson", "gpx"])
def test_many_routes_without_a_name_are_one_sentence(form):
    if form == "gpx":
        reading = gpx("".join(track(north=n / 500) for n in range(75)))
    else:
        lines = [[[x, y + n / 500] for x, y in LINE] for n in range(75)]
        features = [
            {"type": "Feature", "properties": {}, "geometry": {"type": "LineString", "coordinates": line}}
            for line in lines
        ]
        reading = read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a.geojson")
    assert said(reading, "unnamed-route") == ("75 routes have no name and will be shown as “Route 1” to “Route 75”.")
    assert len(reading.findings) <= 12


def test_routes_of_one_name_are_one_sentence_and_can_be_numbered():
    reading = geojson({"Name": 7}, {"Name": 7}, {"Name": 7})
    assert said(reading, "same-name") == "3 routes are called “7”."
    assert names(mend(reading, {"same-name"}).reading) == ["7", "7 (2)", "7 (3)"]


@given(st.dictionaries(st.text(max_size=12), st.none() | st.booleans() | st.integers() | st.floats() | st.text()))
def test_any_properties_give_a_short_name_of_one_line_or_none(properties):
    chosen = chosen_name(properties)
    assert chosen is None or (chosen.name.strip() and len(chosen.name) <= LONGEST_NAME + 1 and "\n" not in chosen.name)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<b>Yol</b> &amp; <i>xətt</i>", "Yol & xətt"),
        ("<h3>Yol&nbsp;A</h3>", "Yol A"),
        ("<font color='#f00' size=3>Yol</font><br/>B", "Yol B"),
        ("Road <new> by <B and C>", "Road <new> by <B and C>"),
        ("<img src=x onerror=alert(1)> Yol", "<img src=x onerror=alert(1)> Yol"),
        ("Road A &amp;amp; B", "Road A & B"),
        ("a < b & c > d", "a < b & c > d"),
        ("<br/>", "<br/>"),
        ("R&D line; 3", "R&D line; 3"),
    ],
)
def test_a_name_written_as_html_is_read_as_people_read_it(written, read):
    assert [route.name for route in geojson({"name": written}).routes] == [read]
    data = f"<Placemark><name><![CDATA[{written}]]></name>{KML}</Placemark>"
    assert [route.name for route in kml(data).routes] == [read]
    in_gpx = f"<trk><name><![CDATA[{written}]]></name><trkseg>{points()}</trkseg></trk>"
    assert [route.name for route in gpx(in_gpx).routes] == [read]


def points() -> str:
    return "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in LINE)


@pytest.mark.parametrize(
    "member", ["Layihənin adı", "ad_az", "adi_tr", "Название линии", "Наименование участка", "Ճանապարհի անվանումը"]
)
def test_names_of_something_are_found_in_the_languages_of_the_region(member):
    assert [route.name for route in geojson({"id": 4, member: "Zəngəzur"}).routes] == ["Zəngəzur"]
    data = (
        f'<Placemark><ExtendedData><Data name="{member}"><value>Zəngəzur</value></Data></ExtendedData>{KML}</Placemark>'
    )
    assert [route.name for route in kml(data).routes] == ["Zəngəzur"]


def test_the_surname_of_a_person_is_no_name_of_a_route():
    assert chosen_name({"müəllif soyadı": "Aliyev", "istifadəçi file adı": "a.shp"}) is None

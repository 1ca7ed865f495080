"""Lines in GeoPackages as people send them: any encoding, layers of any name, a system for each, numbers as text."""

import sqlite3

import numpy as np
import pytest
import shapely

from corridor.assessing.assessment import assess
from corridor.reading.route import read_route
from corridor.store.work import region
from tests.support.hostile_databases import STANDARD, geometry, geopackage, register
from tests.support.other_systems import LINE, in_system

RUSSIAN, AZERBAIJANI = "Дорога Мегри", "Şərqi Zəngəzur yolu"


def layer(table: str, line=LINE, *, columns: str = "name TEXT", values: str = "'A'", srs: int = 4326, title="") -> str:
    quoted = table.replace('"', '""')
    escaped = table.replace("'", "''")
    register_it = register(escaped, srs=srs)
    if title:
        register_it += f"UPDATE gpkg_contents SET identifier = '{title}' WHERE table_name = '{escaped}';"
    return (
        f'CREATE TABLE "{quoted}" (fid INTEGER PRIMARY KEY, geom BLOB, {columns});'
        f"INSERT INTO \"{quoted}\" VALUES (1, X'{geometry(line).hex()}', {values});{register_it}"
    )


def system(number: int) -> str:
    return f"INSERT INTO gpkg_spatial_ref_sys VALUES ('s', {number}, 'EPSG', {number}, 'undefined', '');"


def codes(reading) -> list[str]:
    return [finding.code for finding in reading.findings]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [(RUSSIAN, "cp1251"), ("Дорога вдоль Аракса", "cp1251"), ("Yüksekova şoför yolu, İğdır", "cp1254")],
)
def test_texts_that_are_not_utf8_are_read_by_their_letters_and_said_to_be_a_guess(name, encoding):
    text = f"CAST(X'{name.encode(encoding).hex()}' AS TEXT)"
    reading = read_route(geopackage(layer("way", values=text), route=False), "a.gpkg")
    assert [route.name for route in reading.routes] == [name]
    told = next(finding for finding in reading.findings if finding.code == "encoding-guessed")
    assert "names UTF-8, which does not fit" in told.says


def test_other_texts_of_the_layer_keep_their_letters():
    more = f"INSERT INTO way VALUES (2, X'{geometry([[x, y + 0.3] for x, y in LINE]).hex()}', '{AZERBAIJANI}');"
    text = f"CAST(X'{RUSSIAN.encode('cp1251').hex()}' AS TEXT)"
    reading = read_route(geopackage(layer("way", values=text) + more, route=False), "a.gpkg")
    assert [route.name for route in reading.routes] == [RUSSIAN, AZERBAIJANI]
    assert codes(reading).count("encoding-guessed") == 1


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16le", "UTF-16be"])
@pytest.mark.parametrize("name", [RUSSIAN, AZERBAIJANI, "Մեղրու ճանապարհ", "جاده ارس"])
def test_the_encoding_of_the_whole_database_is_its_own_business(encoding, name):
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.executescript(f"PRAGMA encoding = '{encoding}'; PRAGMA application_id = 1196444487;{STANDARD}")
    made.executescript(layer("way", values=f"'{name}'"))
    reading = read_route(made.serialize(), "a.gpkg")
    made.close()
    assert [route.name for route in reading.routes] == [name]
    assert not {"encoding-guessed", "encoding-other", "format-unreadable"} & set(codes(reading))


@pytest.mark.parametrize(
    "table", ["Մեղրի", "дорога 1", 'the "new" way', "it's", "way; DROP TABLE way", "select", "a.b"]
)
def test_layers_of_any_name_are_read_and_name_their_line(table):
    data = geopackage(layer(table, columns="kind TEXT", values="'road'"), route=False)
    reading = read_route(data, "a.gpkg")
    assert [route.name for route in reading.routes] == [table]


def test_a_layer_goes_by_the_title_it_has_for_people_in_its_own_letters():
    data = geopackage(
        layer("t1", columns="kind TEXT", values="'road'", title="Lot 3"),
        f"UPDATE gpkg_contents SET identifier = CAST(X'{RUSSIAN.encode('cp1251').hex()}' AS TEXT);",
        route=False,
    )
    assert [route.name for route in read_route(data, "a.gpkg").routes] == [RUSSIAN]


def test_each_layer_is_read_in_its_own_system():
    numbers = {4326: LINE, 32638: in_system("EPSG:32638"), 28408: in_system("EPSG:28408"), 3857: in_system("EPSG:3857")}
    made = [system(number) for number in numbers if number != 4326]
    made += [layer(f"in_{number}", line, srs=number, values=f"'{number}'") for number, line in numbers.items()]
    reading = read_route(geopackage(*made, route=False), "a.gpkg")
    assert sorted(route.name for route in reading.routes) == sorted(map(str, numbers))
    for route in reading.routes:
        assert np.abs(shapely.get_coordinates(route.line) - LINE).max() < 1e-6
    assert reading.converted
    assert "layers-mixed-systems" in codes(reading)


def test_a_row_without_a_shape_leaves_the_systems_of_the_layers_after_it_as_they_are():
    made = [
        layer("in_4326", values="'first'"),
        "INSERT INTO in_4326 VALUES (2, NULL, 'nothing');",
        system(32638),
        layer("in_32638", in_system("EPSG:32638"), srs=32638, values="'second'"),
    ]
    reading = read_route(geopackage(*made, route=False), "a.gpkg")
    assert [route.name for route in reading.routes] == ["first", "second"]
    for route in reading.routes:
        assert np.abs(shapely.get_coordinates(route.line) - LINE).max() < 1e-6
    assert codes(reading).count("features-unreadable") == 1
    assert "null-geometry" not in codes(reading)


def test_a_layer_that_raises_a_question_leaves_the_others_alone():
    made = [
        "INSERT INTO gpkg_spatial_ref_sys VALUES ('u', -1, 'NONE', -1, 'undefined', '');",
        layer("known", values="'known'"),
        layer("unknown", in_system("EPSG:32638"), srs=-1, values="'unknown'"),
    ]
    reading = read_route(geopackage(*made, route=False), "a.gpkg")
    assert [route.name for route in reading.routes] == ["known"]
    assert next(finding for finding in reading.findings if finding.choices).code == "projected-coordinates"


@pytest.mark.parametrize(
    ("declared", "written", "metres"),
    [
        ("TEXT", "'12,5'", 12.5),
        ("TEXT", "'12.5'", 12.5),
        ("TEXT(10)", "'± 30 m'", 30),
        ("DECIMAL(5,1)", "'12.5'", 12.5),
        ("REAL", "12.5", 12.5),
        ("TEXT", "'very'", None),
        ("TEXT", "'-3'", None),
        ("TEXT", "'12,5,3'", None),
    ],
)
def test_a_number_written_as_text_counts_as_the_number(declared, written, metres):
    columns, values = f"name TEXT, accuracy_m {declared}, length_km TEXT", f"'A', {written}, '25,9'"
    (route,) = read_route(geopackage(layer("way", columns=columns, values=values), route=False), "a.gpkg").routes
    assert route.stated_accuracy_m == metres
    assert route.properties["length_km"] == "25,9"
    if metres is not None:
        assert assess(route, region()).measures.accuracy.metres == metres


@pytest.mark.parametrize("text", ["12,5", "12.5 m"])
def test_the_same_in_a_kml(text):
    line = " ".join(f"{x},{y}" for x, y in LINE)
    data = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>A</name><ExtendedData><Data name="accuracy_m">'
        f"<value>{text}</value></Data></ExtendedData><LineString><coordinates>{line}</coordinates></LineString>"
        "</Placemark></kml>"
    )
    (route,) = read_route(data.encode(), "a.kml").routes
    assert route.stated_accuracy_m == 12.5

"""Reference systems as people declare them, or do not: converted where that is clear, asked for where it is not."""

import json
import re

import numpy as np
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from corridor.assessing.assessment import assess
from corridor.land.geodesy import WGS84
from corridor.reading import reference_systems
from corridor.reading.declared_systems import canonical, declared_name, defined_name
from corridor.reading.mend import mend, mend_by_default
from corridor.reading.route import read_route
from corridor.reading.standing import ChosenSystems
from corridor.store.work import region
from tests.support.other_systems import LINE, feature, geojson, geopackage, in_system, kml, shapefile

GAUSS_KRUGER_8 = (
    'PROJCS["{name}",GEOGCS["GCS_{datum}",DATUM["D_{datum}",SPHEROID["Krasovsky_1940",6378245.0,298.3]{shift}],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",8500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",45.0],'
    'PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


#: The end of a KML file behind its coordinates.
TAIL = kml([]).split(b"<coordinates>")[1]


def positions(route) -> np.ndarray:
    return shapely.get_coordinates(route.line)


def found(reading) -> dict[str, object]:
    return {finding.code: finding for finding in reading.findings}


def lies_on_the_line(reading) -> bool:
    """Whether the one route is the line, to a decimetre on the ground."""
    (route,) = reading.routes
    return bool(np.abs(positions(route) - LINE).max() < 1e-6)


SPELLED = [
    {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28408"}},
    {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG:8.9:28408"}},
    {"type": "name", "properties": {"name": "EPSG:28408"}},
    {"type": "name", "properties": {"name": "epsg 28408"}},
    {"type": "name", "properties": {"name": "Pulkovo 1942 / Gauss-Kruger zone 8"}},
    {"type": "name", "properties": {"name": "СК-42 зона 8"}},
    {"type": "name", "properties": {"name": GAUSS_KRUGER_8.format(name="Z8", datum="Pulkovo_1942", shift="")}},
    {"type": "EPSG", "properties": {"code": 28408}},
    {"type": "EPSG", "properties": {"code": "28408", "coordinate_order": [0, 1]}},
    {"type": "link", "properties": {"href": "http://spatialreference.org/ref/epsg/28408/proj4/", "type": "proj4"}},
    {"type": "link", "properties": {"href": "https://epsg.io/28408.wkt", "type": "ogcwkt"}},
    {"type": "link", "properties": {"href": "http://www.opengis.net/def/crs/EPSG/0/28408"}},
    {"type": "name", "properties": {"name": "http://www.opengis.net/gml/srs/epsg.xml#28408"}},
    {"properties": {"name": "EPSG:28408"}},
    {"type": "EPSG:28408"},
    {"wkid": 28408},
    {"id": {"authority": "EPSG", "code": 28408}},
    "EPSG:28408",
    "SRID=28408",
    28408,
]  # fmt: skip


@pytest.mark.parametrize("member", SPELLED, ids=lambda member: json.dumps(member, ensure_ascii=False)[:60])
def test_a_system_is_understood_however_it_is_written(member):
    reading = read_route(geojson(feature(in_system("EPSG:28408")), crs=member), "a.geojson")
    assert (reading.crs, reading.converted) == ("EPSG:28408", True)
    assert lies_on_the_line(reading)
    note = found(reading)["other-system"]
    assert note.severity == "note"
    assert "EPSG:28408" in note.says
    assert "moves them by 1" in note.advice
    assert "crs-member" not in found(reading)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("EPSG:900913", "EPSG:3857"), ("ESRI:102100", "EPSG:3857"), ("EPSG:102113", "EPSG:3857"),
        ("urn:ogc:def:crs:EPSG:6.18.3:3857", "EPSG:3857"), ("Web Mercator", "EPSG:3857"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84"), ("CRS84h", "OGC:CRS84"), ("WGS 84", "OGC:CRS84"),
        ("WGS 84 / UTM zone 38N", "EPSG:32638"), ("WGS_1984_UTM_Zone_38N", "EPSG:32638"),
        ("EPSG:32638+5773", "EPSG:32638"), ("urn:ogc:def:crs,crs:EPSG::32638,crs:EPSG::5773", "EPSG:32638"),
        ("EPSG:104199", "ESRI:104199"), ("Pulkovo_1942_GK_Zone_8N", "EPSG:28468"),
        ("ED50 / UTM zone 38N", "EPSG:23038"),
        # What is only near to a name is not that name, and a drawing's own is nobody's.
        ("Pulkovo", "Pulkovo"), ("UTM 38N", "UTM 38N"), ("LOCAL:GRID-1970", "LOCAL:GRID-1970"),
    ],
)  # fmt: skip
def test_names_are_brought_to_one(written, name):
    assert canonical(written) == name


@pytest.mark.parametrize("member", [None, {}, {"type": "name"}, {"type": "name", "properties": {"name": ""}}, [], True])
def test_a_member_that_names_nothing_names_nothing(member):
    assert declared_name(member) is None


def test_a_system_without_a_datum_or_with_parameters_of_its_own_is_not_that_of_the_register():
    plain = GAUSS_KRUGER_8.format(name="Zone_8", datum="Pulkovo_1942", shift="")
    assert defined_name(plain) == "EPSG:28408"
    for datum, shift in (("Krasovsky_1940", ""), ("Pulkovo_1942", ",TOWGS84[25,-141,-78.5,0,0.35,0.736,0]")):
        definition = GAUSS_KRUGER_8.format(name="Zone_8", datum=datum, shift=shift)
        assert defined_name(definition) == definition
    assert defined_name(b"") is None
    assert defined_name(b"undefined") is None


def test_parameters_of_its_own_are_used(tmp_path):
    prj = GAUSS_KRUGER_8.format(name="Own", datum="Pulkovo_1942", shift=",TOWGS84[30,-141,-78.5,0,0.35,0.736,0]")
    numbers = in_system("EPSG:28408")
    for data in (shapefile(tmp_path, numbers, prj.encode()), geojson(feature(numbers), crs=prj)):
        reading = read_route(data, "a")
        (route,) = reading.routes
        apart = WGS84.inv(*positions(route)[0], *LINE[0])[2]
        assert 0.5 < apart < 10
        assert reading.converted


def test_each_feature_and_each_layer_is_read_in_its_own_system(tmp_path):
    other = [[lon, lat + 0.1] for lon, lat in LINE]
    metres = in_system("EPSG:32638", other)
    crs = {"type": "name", "properties": {"name": "EPSG:32638"}}
    layers = [("rail", LINE, "EPSG:4326"), ("survey", metres, "EPSG:32638")]
    for data in (geojson(feature(metres, crs=crs), feature(LINE, "B")), geopackage(tmp_path, layers)):
        reading = read_route(data, "a")
        assert len(reading.routes) == 2
        for route in reading.routes:
            assert min(np.abs(positions(route) - line).max() for line in (LINE, other)) < 1e-6
        assert found(reading)["layers-mixed-systems"].severity == "note"
        written = mend(reading, ["other-system"]).data
        assert b"crs" not in written
        assert len(read_route(written, "a").routes) == 2


def test_esris_member_in_geojson_is_a_system_like_any_other_and_goes_with_the_mend():
    reading = read_route(geojson(feature(in_system("EPSG:32638")), spatialReference={"wkid": 32638}), "a.geojson")
    assert (reading.crs, reading.converted) == ("EPSG:32638", True)
    assert lies_on_the_line(reading)
    mended = mend(reading, ["other-system"]).reading
    assert not mended.converted
    assert lies_on_the_line(mended)


def test_a_system_in_projs_words_goes_by_its_name_in_the_register():
    assert reference_systems.label("+proj=utm +zone=38 +datum=WGS84") == "EPSG:32638 (WGS 84 / UTM zone 38N)"


def test_metres_without_a_system_are_asked_about_and_left(tmp_path):
    metres = in_system("EPSG:32638")
    for data in (
        geojson(feature(metres)),
        kml(metres),
        shapefile(tmp_path, metres, None),
        shapefile(tmp_path, metres, b""),
    ):
        reading = read_route(data, "a")
        assert (reading.routes, reading.crs) == ((), None)
        question = found(reading)["projected-coordinates"]
        assert question.choices[:2] == ("EPSG:32638", "EPSG:28468")
        assert question.systems[0].shift_m == 0
        assert 1_500 < question.systems[1].shift_m < 2_000
        assert "EPSG:28468, 1.8 km away" in question.advice
        assert not mend_by_default(reading).changed
        chosen = mend(reading, {question.code: "EPSG:32638"})
        assert np.abs(positions(chosen.reading.routes[0]) - LINE).max() < 1e-6
        assert lies_on_the_line(read_route(data, "a", chosen=ChosenSystems("EPSG:32638"))) or data.startswith(b"<kml")


def test_metres_that_are_declared_as_degrees_are_told_so():
    for crs in ({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, "EPSG:4326"):
        reading = read_route(geojson(feature(in_system("EPSG:32638")), crs=crs), "a")
        assert "metres, not degrees, though the file says " in found(reading)["projected-coordinates"].says


def test_a_system_of_the_files_own_is_told_with_its_datum_or_its_ellipsoid():
    own = "+proj=tmerc +lat_0=0 +lon_0=46.5 +k=1 +x_0=500000 "
    assert reference_systems.label(own + "+datum=WGS84").endswith("on World Geodetic System 1984")
    assert "the ellipsoid Krass" in reference_systems.label(own + "+ellps=krass")


def test_a_drawing_of_its_own_axes_is_asked_about(tmp_path):
    metres, local = in_system("EPSG:32638"), 'LOCAL_CS["Site",UNIT["Meter",1.0]]'
    for data in (shapefile(tmp_path, metres, local.encode()), geojson(feature(metres), crs=local)):
        reading = read_route(data, "a")
        assert reading.routes == ()
        assert "Site" in found(reading)["unknown-system"].says
        assert not mend_by_default(reading).changed
        assert lies_on_the_line(mend(reading, {"unknown-system": "EPSG:32638"}).reading)


def test_metres_on_an_ellipsoid_without_a_datum_are_asked_about(tmp_path):
    numbers = in_system("EPSG:28408")
    prj = GAUSS_KRUGER_8.format(name="Zone_8", datum="Krasovsky_1940", shift="")
    string = "+proj=tmerc +lat_0=0 +lon_0=45 +k=1 +x_0=8500000 +y_0=0 +ellps=krass +units=m +no_defs"
    for data in (shapefile(tmp_path, numbers, prj.encode()), geojson(feature(numbers), crs=string)):
        reading = read_route(data, "a")
        assert reading.routes == ()
        question = found(reading)["unknown-system"]
        assert "no known datum" in question.says
        assert question.choices == ("EPSG:28408", "EPSG:20008")
        assert 1 < question.systems[1].shift_m < 5


@pytest.mark.parametrize("vertical", [None, {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5773"}}])
def test_degrees_of_no_stated_datum_are_taken_with_less_accuracy(tmp_path, vertical):
    plain = read_route(geojson(feature(LINE)), "a.geojson")
    sure = assess(plain.routes[0], region()).measures.accuracy
    for data in (
        geojson(feature(LINE), crs=vertical),
        shapefile(tmp_path, LINE, b""),
        geopackage(tmp_path, [("a", LINE, None)]),
    ):
        reading = read_route(data, "a")
        assert lies_on_the_line(reading)
        assert (reading.crs, reading.converted) == (None, False)
        assert found(reading)["system-missing"].choices == ("OGC:CRS84", "EPSG:4284")
        accuracy = assess(reading.routes[0], region()).measures.accuracy
        assert 90 < accuracy.metres - sure.metres < 130
        assert "reference system adds" in accuracy.says
        settled = mend(reading, {"system-missing": "OGC:CRS84"}).reading
        assert "system-missing" not in found(settled)
        # That somebody chose it makes no file say it.
        assert 90 < settled.routes[0].system_accuracy_m < 130


def test_degrees_labelled_as_metres_are_recognised(tmp_path):
    prj = pyproj.CRS("EPSG:3857").to_wkt("WKT1_ESRI").encode()
    for data in (geojson(feature(LINE), crs="EPSG:3857"), shapefile(tmp_path, LINE, prj)):
        reading = read_route(data, "a")
        question = found(reading)["system-contradicted"]
        assert (reading.routes, reading.crs) == ((), None)
        assert "degrees" in question.advice
        assert question.choices == ("OGC:CRS84", "EPSG:4284")
        assert not mend_by_default(reading).changed
        assert lies_on_the_line(mend(reading, {"system-contradicted": "OGC:CRS84"}).reading)


def test_a_wrong_zone_is_recognised(tmp_path):
    metres = in_system("EPSG:32638")
    for data in (geojson(feature(metres), crs="EPSG:32639"), geopackage(tmp_path, [("a", metres, "EPSG:32639")])):
        reading = read_route(data, "a")
        assert reading.routes == ()
        question = found(reading)["system-contradicted"]
        assert "outside the region" in question.says
        assert question.choices[0] == "EPSG:32638"
        assert not mend_by_default(reading).changed


def test_northing_first_is_recognised_declared_or_not():
    numbers = in_system("EPSG:28408", northing_first=True)
    declared = read_route(geojson(feature(numbers), crs="EPSG:28408"), "a.geojson")
    undeclared = read_route(kml(numbers), "a.kml")
    for reading, code in ((declared, "system-contradicted"), (undeclared, "projected-coordinates")):
        question = found(reading)[code]
        assert reading.routes == ()
        assert "northing first" in question.advice
        assert question.systems[0].northing_first
        assert not mend_by_default(reading).changed
        chosen = mend(reading, {code: "EPSG:28408"})
        assert np.abs(positions(chosen.reading.routes[0]) - LINE).max() < 1e-6
        assert "northing first" in " ".join(chosen.ledger[0].other)


@pytest.mark.parametrize("name", ["EPSG:2936", "EPSG:2937", "EPSG:5258", "EPSG:5259", "EPSG:5274", "EPSG:28407"])
@pytest.mark.parametrize("northing_first", [False, True])
def test_systems_of_soviet_and_turkish_maps_are_among_those_to_choose(name, northing_first):
    # From Gyumri to Kars, in zones that end before it as well, and from Meghri to Goris.
    west = np.array([[43.84, 40.79], [43.62, 40.66], [43.35, 40.62], [43.10, 40.60]])
    line = np.array([[46.2, 38.9], [46.3, 39.2], [46.35, 39.5]]) if name == "EPSG:2937" else west
    way = pyproj.Transformer.from_crs("OGC:CRS84", name, always_xy=True)
    numbers = np.column_stack(way.transform(*line.T)).round(2)
    numbers = numbers[:, ::-1] if northing_first else numbers
    for data in (geojson(feature(numbers.tolist())), kml(numbers)):
        (asked,) = (finding for finding in read_route(data, "a").findings if finding.code == "projected-coordinates")
        assert (name, northing_first) in {(choice.name, choice.northing_first) for choice in asked.systems}
        (route,) = mend(read_route(data, "a"), {"projected-coordinates": name}).reading.routes
        assert positions(route) == pytest.approx(line, abs=5e-5)


@pytest.mark.parametrize("name", ["EPSG:28408", "EPSG:32638"])
def test_kilometres_with_northing_first_are_kilometres_too(name):
    numbers = [[northing / 1000, easting / 1000] for easting, northing in in_system(name)]
    text = " ".join(f"{x:.6f},{y:.6f}" for x, y in numbers).encode()
    for data in (geojson(feature(numbers)), b"<coordinates>".join([kml([]).split(b"<coordinates>")[0], text]) + TAIL):
        reading = read_route(data, "a")
        assert "northing first" in found(reading)["kilometres-for-metres"].says
        assert reading.routes == ()
        metres = mend(reading, ["kilometres-for-metres"])
        assert lies_on_the_line(mend(metres.reading, {"projected-coordinates": name}).reading)


def test_a_choice_that_leads_out_of_the_region_is_refused_and_the_file_left():
    data = geojson(feature(in_system("EPSG:32638")))
    reading = read_route(data, "a.geojson", chosen=ChosenSystems("EPSG:32639"))
    assert reading.routes == ()
    refused = found(reading)["system-contradicted"]
    assert refused.says.startswith("You chose EPSG:32639")
    mended = mend(read_route(data, "a.geojson"), {"projected-coordinates": "EPSG:32639"})
    assert mended.data == data
    assert not mended.changed


def test_a_conversion_that_collapses_a_line_is_refused():
    own = "+proj=tmerc +lat_0=38.9 +lon_0=46.2 +k=1000 +x_0=0 +y_0=0 +datum=WGS84 +no_defs"
    data = geojson(feature(in_system(own)), crs=own)
    reading = read_route(data, "a.geojson")
    assert reading.routes == ()
    assert "where its numbers say" in found(reading)["system-contradicted"].says
    assert mend(reading, ["other-system", "system-contradicted"]).data == data


def test_what_was_converted_can_be_undone_and_overruled():
    data = geojson(feature(in_system("EPSG:4284")), crs="EPSG:4284")
    reading = read_route(data, "a.geojson")
    assert lies_on_the_line(reading)
    undone = mend(reading, {"other-system": "OGC:CRS84"})
    assert b"crs" not in undone.data
    apart = WGS84.inv(*positions(undone.reading.routes[0])[0], *LINE[0])[2]
    assert 90 < apart < 130
    assert mend(reading, {}).data == data
    metres = read_route(geojson(feature(in_system("EPSG:28408")), crs="EPSG:28408"), "a.geojson")
    stood = mend(metres, {"other-system": "OGC:CRS84"})
    assert stood.reading.routes == ()
    assert "projected-coordinates" in found(stood.reading)
    # The same the other way: degrees that nothing is said of, and a reader who knows.
    plain = read_route(geojson(feature(in_system("EPSG:4284"))), "a.geojson")
    assert lies_on_the_line(mend(plain, {"other-system": "EPSG:4284"}).reading)
    assert lies_on_the_line(read_route(plain.data, "a.geojson", chosen=ChosenSystems(clear="EPSG:4284")))


def test_a_mend_of_a_converted_line_is_done_to_the_line_as_it_is_shown():
    line = [*LINE[:2], LINE[1], *LINE[2:]]
    reading = read_route(geojson(feature(in_system("EPSG:28408", line)), crs="EPSG:28408"), "a.geojson")
    mended = mend(reading, ["duplicate-vertices"])
    assert [entry.code for entry in mended.ledger] == ["other-system", "duplicate-vertices"]
    assert lies_on_the_line(mended.reading)


def test_heights_and_points_of_a_converted_file_are_kept():
    numbers = [[*position, 700.0 + n] for n, position in enumerate(in_system("EPSG:28408"))]
    point = {
        "type": "Feature",
        "properties": {"name": "Post"},
        "geometry": {"type": "Point", "coordinates": numbers[0]},
    }
    reading = read_route(geojson(feature(numbers), point, crs="EPSG:28408"), "a.geojson")
    assert reading.routes[0].heights_m.tolist() == [700, 701, 702, 703]
    assert [round(reading.waypoints[0].lon, 6), round(reading.waypoints[0].lat, 6)] == LINE[0]
    assert json.loads(mend(reading, ["other-system"]).data)["features"][0]["geometry"]["coordinates"][3][2] == 703


def test_degrees_with_latitude_first_are_recognised_in_a_declared_system():
    reading = read_route(geojson(feature(in_system("EPSG:4284", northing_first=True)), crs="EPSG:4284"), "a.geojson")
    assert reading.routes == ()
    question = found(reading)["system-contradicted"]
    assert question.systems[0].northing_first
    assert lies_on_the_line(mend(reading, {question.code: "EPSG:4284"}).reading)


def test_a_line_elsewhere_on_earth_is_not_converted_but_degrees_stay_where_they_are():
    metres = read_route(geojson(feature([[500000, 5500000], [510000, 5510000]]), crs="EPSG:32632"), "a.geojson")
    assert metres.routes == ()
    assert "outside the region" in found(metres)["system-contradicted"].says
    degrees = read_route(geojson(feature([[9.0, 50.0], [9.1, 50.1]]), crs="EPSG:4314"), "a.geojson")
    assert len(degrees.routes) == 1
    assert "outside-region" in found(degrees)


@pytest.mark.parametrize("spelled", ["X Y {}", "EPSG:{}", "FOO:{}", "urn:ogc:def:crs:FOO::{}"])
def test_very_many_names_are_not_looked_up_one_by_one(spelled, monkeypatch):
    asked = []
    monkeypatch.setattr(reference_systems.CRS, "from_string", lambda text: asked.append(text))
    features = [feature(LINE, str(n), crs=spelled.format(90_000 + n)) for n in range(400)]
    reading = read_route(geojson(*features), "a.geojson")
    assert reading.routes == ()
    assert "more than 50" in found(reading)["unknown-system"].says
    assert len(asked) < 410


@pytest.mark.parametrize(
    "member", ["epsg" + "." * 19_000, " " * 19_000 + ",VERTCS", "9" * 19_000, [[[["EPSG:28408"]]]]]
)
def test_a_name_without_end_costs_nothing(member):
    assert not read_route(geojson(feature(LINE), crs=member), "a.geojson").converted


#: A line by Tbilisi, where Web Mercator has metres that lie in the region in either order.
GEORGIA = [[44.8 + step / 50, 41.7 - step / 90] for step in range(8)]


@pytest.mark.parametrize("northing_first", [False, True])
@pytest.mark.parametrize("name", ["EPSG:3857", "EPSG:3395"])
def test_metres_that_fit_in_either_order_are_told_and_either_can_be_chosen(name, northing_first, tmp_path):
    numbers = in_system(name, GEORGIA, northing_first=northing_first)
    files = [
        geojson(feature(numbers), crs=name),
        shapefile(tmp_path, numbers, pyproj.CRS(name).to_wkt("WKT1_ESRI").encode()),
    ]
    for data in files:
        reading = read_route(data, "a")
        told = found(reading)
        assert re.search(r"1\d\d\.\d km away", told["axis-order-unclear"].says)
        assert told["other-system"].choices == (name, f"{name},northing-first")
        assert lies_on(reading, GEORGIA) == (not northing_first)
        turned = mend(reading, {"other-system": f"{name},northing-first"}).reading
        assert lies_on(turned, GEORGIA) == northing_first
        assert lies_on(mend_by_default(reading).reading, GEORGIA) == (not northing_first)
        clear = read_route(data, "a", chosen=ChosenSystems(clear=f"{name},northing-first"))
        assert lies_on(clear, GEORGIA) == northing_first
        assert "northing first" in found(clear)["other-system"].says


@pytest.mark.parametrize("northing_first", [False, True])
def test_metres_that_fit_in_either_order_and_name_no_system_can_be_read_in_either(northing_first):
    numbers = in_system("EPSG:3857", GEORGIA, northing_first=northing_first)
    for data in (geojson(feature(numbers)), kml(numbers)):
        question = found(read_route(data, "a"))["projected-coordinates"]
        name = "EPSG:3857,northing-first" if northing_first else "EPSG:3857"
        assert name in question.choices
        assert lies_on(mend(read_route(data, "a"), {"projected-coordinates": name}).reading, GEORGIA)


def test_metres_that_fit_in_one_order_only_raise_no_question():
    for name in ("EPSG:3857", "EPSG:32638", "EPSG:28408"):
        reading = read_route(geojson(feature(in_system(name)), crs=name), "a.geojson")
        assert "axis-order-unclear" not in found(reading)
        assert found(reading)["other-system"].choices == ()


def lies_on(reading, line):
    """Whether the one route of a reading is a line, to a decimetre."""
    (route,) = reading.routes
    rows = positions(route)
    return rows.shape == np.shape(line) and bool(np.abs(rows - line).max() < 1e-6)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(44, 47.5), st.floats(38.4, 41.8)),
        min_size=2,
        max_size=8,
        unique_by=lambda place: round(place[0], 3),
    ),
    st.sampled_from(["EPSG:28408", "EPSG:28468", "EPSG:20008", "EPSG:32638", "EPSG:3857", "EPSG:4284", "EPSG:2531"]),
)
def test_a_declared_system_comes_back_to_a_centimetre(line, name):
    # From west to east, so that no stretch is drawn twice.
    line = [[lon, lat] for lon, lat in sorted(line)]
    reading = read_route(geojson(feature(in_system(name, line)), crs=name), "a.geojson")
    for data in (reading.data, mend(reading, ["other-system"]).data):
        (route,) = read_route(data, "a.geojson").routes
        assert np.abs(positions(route) - line).max() < 1.1e-7

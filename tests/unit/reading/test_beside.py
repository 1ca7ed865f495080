"""What a file holds beside its line is told: M values, arcs, files it links to, changes that are in a log alone."""

import json
import sqlite3
import struct
from dataclasses import replace

import pytest

from corridor.reading.formats.beside import told_metres
from corridor.reading.formats.well_known_binary import linear, short_lines
from corridor.reading.limits import LIMITS
from corridor.reading.route import Reading, read_route
from tests.support.hostile_databases import geopackage
from tests.support.hostile_texts import COORDINATES, LINE, packed

KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
PLACEMARK = (
    "<Placemark><name>{}</name><LineString><coordinates>" + COORDINATES + "</coordinates></LineString></Placemark>"
)


def wkb(code: int, *positions: tuple[float, ...], order: str = "<") -> bytes:
    head = struct.pack(f"{order}BII", order == "<", code, len(positions))
    return head + b"".join(struct.pack(f"{order}{len(one)}d", *one) for one in positions)


def layer(shape: bytes) -> bytes:
    blob = b"GP\0\x01" + struct.pack("<i", 4326) + shape
    return geopackage(f"UPDATE route SET geom = x'{blob.hex()}'")


def shapefile(kind: int, positions: list[tuple[float, ...]], least: float, most: float) -> bytes:
    """A Shapefile of one line with M values (kind 23), or with heights and M values (13)."""
    xs, ys = [one[0] for one in positions], [one[1] for one in positions]
    box = struct.pack("<4d", min(xs), min(ys), max(xs), max(ys))
    body = struct.pack("<i", kind) + box + struct.pack("<iii", 1, len(positions), 0)
    body += b"".join(struct.pack("<2d", *one[:2]) for one in positions)
    for column in range(2, len(positions[0])):
        values = [one[column] for one in positions]
        body += struct.pack(f"<{2 + len(values)}d", min(values), max(values), *values)
    ranges = struct.pack("<2d", 0, 0) if kind == 23 else struct.pack("<2d", 600, 620)
    ranges += struct.pack("<2d", least, most)

    def head(size: int) -> bytes:
        return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, size // 2) + struct.pack("<2i", 1000, kind) + box + ranges

    record = struct.pack(">2i", 1, len(body) // 2) + body
    index = struct.pack(">2i", 50, len(body) // 2)
    dbf = b"\x03\x7e\x06\x01" + struct.pack("<IHH", 1, 65, 11) + bytes(20)
    dbf += b"name".ljust(11, b"\0") + b"C" + bytes(4) + b"\x0a\0" + bytes(14) + b"\r" + b" Line      \x1a"
    return packed(
        {
            "lot 3/lot 3.shp": head(100 + len(record)) + record,
            "lot 3/lot 3.shx": head(108) + index,
            "lot 3/lot 3.dbf": dbf,
            "lot 3/lot 3.prj": b'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,'
            b'298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
        }
    )


def said(reading: Reading, code: str) -> str:
    (says,) = [finding.says for finding in reading.findings if finding.code == code]
    return says


def codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.findings}


def coordinates(reading: Reading) -> list[tuple[float, ...]]:
    return [tuple(place) for route in reading.routes for rows in route.lines for place in rows.tolist()]


MEASURED = [(*place, 1000.0 * n) for n, place in enumerate(LINE)]
HIGH = [(x, y, 600.0 + 10 * n, m) for n, (x, y, m) in enumerate(MEASURED)]


@pytest.mark.parametrize("code", [2002, 0x40000002])
@pytest.mark.parametrize("order", ["<", ">"])
def test_m_values_of_a_geopackage_are_told_and_never_taken_for_heights(code, order):
    reading = read_route(layer(wkb(code, *MEASURED, order=order)), "a.gpkg")
    assert said(reading, "measure-values").endswith("from 0 to 2,000; it is not read.")
    assert coordinates(reading) == [tuple(one) for one in LINE]
    assert reading.routes[0].heights_m is None


@pytest.mark.parametrize("code", [3002, 0xC0000002])
def test_heights_beside_m_values_are_heights(code):
    reading = read_route(layer(wkb(code, *HIGH)), "a.gpkg")
    assert reading.routes[0].heights_m is not None
    assert reading.routes[0].heights_m.tolist() == [600, 610, 620]
    assert "measure-values" in codes(reading)


def test_m_values_of_nothing_are_no_values():
    reading = read_route(layer(wkb(2002, *((x, y, float("nan")) for x, y in LINE))), "a.gpkg")
    assert len(reading.routes) == 1
    assert "measure-values" not in codes(reading)


@pytest.mark.parametrize("places", [[1], [0, 1, 2], [2]])
def test_positions_in_a_layer_that_are_no_numbers_are_told_without_a_warning_of_the_library(places):
    odd = [(float("nan"), 39.0), (float("inf"), 39.0), (46.0, -float("inf"))]
    line = [odd[n] if n in places else position for n, position in enumerate(LINE)]
    for shape in (wkb(2, *line), wkb(3002, *((*position, 600.0, 1.0) for position in line))):
        reading = read_route(layer(shape), "a.gpkg")
        assert "position-without-place" in codes(reading) or not reading.routes


@pytest.mark.parametrize(
    ("heights", "kept"), [((600, float("nan"), 620), [600, None, 620]), ((float("nan"),) * 3, None)]
)
def test_a_height_that_is_nan_in_a_layer_is_missing(heights, kept):
    shape = wkb(1002, *((x, y, height) for (x, y), height in zip(LINE, heights, strict=True)))
    reading = read_route(layer(shape), "a.gpkg")
    found = reading.routes[0].heights_m
    assert (None if found is None else [None if one != one else one for one in found.tolist()]) == kept
    assert not codes(reading) & {"height-not-number", "heights-zero-left-out"}


@pytest.mark.parametrize(("kind", "positions"), [(23, MEASURED), (13, HIGH)])
def test_m_values_of_a_shapefile_are_told(kind, positions):
    reading = read_route(shapefile(kind, positions, 0, 2000), "a.zip")
    assert coordinates(reading) == [tuple(one) for one in LINE]
    assert said(reading, "measure-values").endswith("from 0 to 2,000; it is not read.")
    heights = reading.routes[0].heights_m
    assert heights is None if kind == 23 else heights is not None and heights.tolist() == [600, 610, 620]


def test_heights_without_m_values_are_not_said_to_have_some():
    assert "measure-values" not in codes(read_route(shapefile(13, HIGH, 0, 0), "a.zip"))
    no_data = -1.7976931348623157e308
    assert "measure-values" not in codes(read_route(shapefile(13, HIGH, no_data, no_data), "a.zip"))


@pytest.mark.parametrize(("code", "kept"), [(2, 2), (1002, 3), (2002, 2), (3002, 3)])
def test_a_line_of_one_point_keeps_its_place_whatever_follows(code, kept):
    position = (46.0, 39.0, 600.0, 7.0)[: 2 + (code in (1002, 3002)) + (code in (2002, 3002))]
    assert short_lines(wkb(code, position)) == {"type": "LineString", "coordinates": [[*position[:kept]]]}


def circular(code: int, order: str = "<") -> bytes:
    return wkb(code, (46.0, 39.0), (46.05, 39.05), (46.1, 39.0), order=order)


def compound(order: str = "<") -> bytes:
    head = struct.pack(f"{order}BII", order == "<", 9, 2)
    return head + circular(8, order) + wkb(2, (46.1, 39.0), (46.2, 39.0), order=order)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("shape", ["circular", "compound", "multi"])
def test_arcs_are_told_with_how_far_their_chords_leave_them(order, shape):
    data = {
        "circular": lambda: circular(8, order),
        "compound": lambda: compound(order),
        "multi": lambda: struct.pack(f"{order}BII", order == "<", 11, 2) + circular(8, order) + compound(order),
    }[shape]()
    reading = read_route(layer(data), "a.gpkg")
    count = 2 if shape == "multi" else 1
    # A half circle of 0.05 degrees: 1 - cos(2°) of 5.56 km is 3.4 m.
    arcs = "2 arcs were" if count > 1 else "1 arc was"
    assert said(reading, "arcs-as-chords") == (
        f"{arcs} read as straight pieces of 4°, which leave the curve by 3.4 m at most."
    )
    assert "over-precise" not in codes(reading)
    assert reading.routes


def esri(*path: object, **more: object) -> Reading:
    document = {
        "geometryType": "esriGeometryPolyline", **more, "spatialReference": {"wkid": 4326},
        "features": [{"attributes": {"name": "A"}, "geometry": {"curvePaths": [list(path)]}}],
    }  # fmt: skip
    return read_route(json.dumps(document).encode(), "a.json")


def test_arcs_and_m_values_of_esri_json_are_told_too():
    arc = {"c": [[46.1, 39.0], [46.05, 39.05]]}
    reading = esri([46.0, 39.0], arc, [46.2, 39.0])
    assert said(reading, "arcs-as-chords").endswith("which leave the curve by 3.4 m at most.")
    assert len(coordinates(reading)) == 47
    measured = esri(*([x, y, m] for x, y, m in MEASURED), hasM=True)
    assert said(measured, "measure-values").endswith("from 0 to 2,000; it is not read.")
    assert measured.routes[0].heights_m is None
    both = esri(*([x, y, z, m] for x, y, z, m in HIGH), hasM=True, hasZ=True)
    assert "measure-values" in codes(both)
    assert both.routes[0].heights_m is not None
    assert both.routes[0].heights_m.tolist() == [600, 610, 620]


@pytest.mark.parametrize(
    "curve",
    [
        {"c": [[1e308, -1e308], [-1e308, 1e308]]},
        {"c": [[46.1, 39.0]]},
        {"c": "x"},
        {"a": [[46.1, 39.0], [46, 39], 0, 1]},
    ],
)
def test_a_curve_that_is_none_costs_no_line(curve):
    assert len(esri([46.0, 39.0], [46.05, 39.0], curve).routes) <= 1


def test_three_positions_in_a_row_are_no_arc():
    straight = wkb(8, (46.0, 39.0), (46.1, 39.0), (46.2, 39.0))
    assert linear(straight) is not None
    assert "arcs-as-chords" not in codes(read_route(layer(straight), "a.gpkg"))


def test_a_small_distance_is_rounded_up():
    assert [told_metres(one) for one in (0.0, 0.004, 0.034, 3.37, 12.2)] == ["1 cm", "1 cm", "4 cm", "3.4 m", "13 m"]


def link(href: str, element: str = "Link") -> str:
    return f"<NetworkLink><name>l</name><{element}><href>{href}</href></{element}></NetworkLink>"


def kmz(main: str, **more: str) -> Reading:
    files = {"doc.kml": KML.format(main)} | {
        name.replace("__", "/") + ".kml": KML.format(t) for name, t in more.items()
    }
    return read_route(packed({name: text.encode() for name, text in files.items()}), "a.kmz")


@pytest.mark.parametrize("element", ["Link", "Url"])
@pytest.mark.parametrize(
    "href",
    [
        "files/part.kml",
        "./files/part.kml",
        "Files/Part.KML",
        "files\\part.kml",
        "files/part.kml#lot",
        "/files/part.kml",
    ],
)
def test_a_file_of_the_same_archive_is_read_where_a_link_names_it(href, element):
    reading = kmz(link(href, element), files__part=PLACEMARK.format("Of the part"))
    assert [route.name for route in reading.routes] == ["Of the part"]
    assert "“files/part.kml”" in said(reading, "linked-files-read")
    assert not codes(reading) & {"files-ignored", "network-link", "linked-files-missing"}


def test_links_are_followed_further_once_each_and_round_in_no_circle():
    reading = kmz(
        PLACEMARK.format("Main") + link("a/one.kml") * 2,
        a__one=PLACEMARK.format("One") + link("two.kml") + link("../doc.kml") + link("one.kml"),
        a__two=PLACEMARK.format("Two") + link("http://example.invalid/x.kml"),
        b=PLACEMARK.format("Nobody names it"),
    )
    assert [route.name for route in reading.routes] == ["Main"]
    same = [finding.says.split()[0] for finding in reading.findings if finding.code == "same-route"]
    assert same == ["“One”", "“Two”"]
    assert said(reading, "linked-files-read").startswith("2 files inside the same archive")
    assert "“http://example.invalid/x.kml”" in said(reading, "network-link")
    assert "b.kml" in said(reading, "files-ignored")


@pytest.mark.parametrize("form", ["kmz", "kml"])
def test_a_link_to_what_is_not_there_is_told_by_name(form):
    inside = PLACEMARK.format("Main") + link("files/part.kml") + link("https://example.invalid/all.kml")
    reading = kmz(inside) if form == "kmz" else read_route(KML.format(inside).encode(), "a.kml")
    assert len(reading.routes) == 1
    assert said(reading, "linked-files-missing") == "1 linked file is missing, or cannot be read: “files/part.kml”."
    assert "https://example.invalid/all.kml" in said(reading, "network-link")


def test_a_linked_file_that_is_broken_is_told_and_the_rest_is_kept():
    broken = {"doc.kml": KML.format(PLACEMARK.format("Main") + link("x.kml")).encode(), "x.kml": b"<kml><a>"}
    reading = read_route(packed(broken), "a.kmz")
    assert [route.name for route in reading.routes] == ["Main"]
    assert "“x.kml”" in said(reading, "linked-files-missing")


def test_linked_files_together_have_no_more_than_one_may():
    main = link("a.kml") + link("b.kml")
    files = {"doc.kml": main, "a.kml": PLACEMARK.format("A"), "b.kml": PLACEMARK.format("B")}
    data = packed({name: KML.format(text).encode() for name, text in files.items()})
    assert len(read_route(data, "a.kmz").routes[0].drawn_parts) == 2
    reading = read_route(data, "a.kmz", limits=replace(LIMITS, features=1))
    # The main file with all it links to is too much; one of them alone is not, and what was not read is named.
    assert [route.name for route in reading.routes] == ["A"]
    assert "doc.kml" in said(reading, "files-ignored")


def test_images_models_and_tours_are_told_by_name():
    inside = "<GroundOverlay><name>o</name></GroundOverlay>" * 2 + "<gx:Tour><Placemark/></gx:Tour>"
    reading = read_route(KML.format(PLACEMARK.format("Main") + inside).encode(), "a.kml")
    assert said(reading, "kml-left-out").endswith("GroundOverlay (2), Tour (1).")
    assert len(reading.routes) == 1


@pytest.fixture
def in_use(tmp_path) -> tuple[bytes, bytes]:
    path = tmp_path / "used.gpkg"
    path.write_bytes(geopackage())
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("UPDATE route SET name = 'Renamed'")
    both = path.read_bytes(), path.with_name("used.gpkg-wal").read_bytes()
    connection.close()
    return both


def test_what_became_of_a_log_is_told(in_use):
    data, log = in_use
    for name, content, code in (
        ("whole", log, {"database-log-read"}),
        ("cut", log[:600], {"database-log-unusable"}),
        ("none", b"", set()),
    ):
        reading = read_route(packed({"used.gpkg": data, "used.gpkg-wal": content}), f"{name}.zip")
        assert {one for one in codes(reading) if one.startswith("database-log")} == code, name


def test_what_a_layer_is_called_names_what_has_no_name():
    data = geopackage("UPDATE route SET name = NULL; UPDATE gpkg_contents SET identifier = 'Araks lots'")
    reading = read_route(data, "a.gpkg")
    assert [route.name for route in reading.routes] == ["Araks lots"]
    assert "“Araks lots”" in said(reading, "name-inherited")

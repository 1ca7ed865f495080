"""The points of a file are listed and marked as they are called, as many as can be looked at, and the rest counted."""

import json
from datetime import date

from corridor.assessing.route_records import file_record
from corridor.present.footnotes import Footnotes
from corridor.present.own_route.figures import OWN_FILE, own_source
from corridor.present.own_route.waypoints import MOST_SHOWN, shown_note, waypoint_marks, waypoints_sheet
from corridor.present.sheets import sheet_html
from corridor.reading.route import Reading, read_route

DAY = date(2026, 6, 1)
MARKUP = "<img src=x onerror=alert(1)>"


def with_points(count: int) -> Reading:
    line = {"type": "LineString", "coordinates": [[46.2, 38.9], [46.21, 38.91]]}
    shapes = [({"name": "Line"}, line)] + [
        ({"name": f"{MARKUP} {n}"}, {"type": "Point", "coordinates": [46.2, 38.9, 600.4]}) for n in range(count)
    ]
    features = [{"type": "Feature", "properties": told, "geometry": shape} for told, shape in shapes]
    return read_route(json.dumps({"type": "FeatureCollection", "features": features}).encode(), "a.geojson")


def test_points_are_listed_with_place_and_height_and_their_names_are_text():
    sheet = waypoints_sheet(with_points(1).waypoints, DAY)
    html = sheet_html(sheet, Footnotes({OWN_FILE: own_source("a.geojson", "0" * 64, DAY)}))
    assert "&lt;img" in html
    assert "<img" not in html
    assert "38.9000° N, 46.2000° E" in html
    assert "600" in html


def test_more_points_than_can_be_looked_at_are_counted_and_all_are_in_the_record():
    reading = with_points(MOST_SHOWN + 34)
    assert len(waypoint_marks(reading.waypoints)) == len(waypoints_sheet(reading.waypoints, DAY).rows) == MOST_SHOWN
    assert shown_note(len(reading.waypoints)).startswith("The first 200 of 234 points are listed and drawn")
    assert shown_note(MOST_SHOWN) == ""
    record = file_record(reading, [], 0.0)["waypoints"]
    assert len(record) == MOST_SHOWN + 34
    assert record[0] == {"name": f"{MARKUP} 0", "lon": 46.2, "lat": 38.9, "height_m": 600.4}

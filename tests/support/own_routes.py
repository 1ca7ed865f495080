"""A reader's own route, as a file of it reads."""

import json

from corridor.reading.route import Route, read_route

CORNERS = [[46.66, 39.08], [46.4, 38.95], [46.24, 38.9], [46.02, 38.91]]


def route(coordinates=CORNERS, kind="LineString", **properties) -> Route:
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}
    return read_route(json.dumps(feature).encode(), "own.geojson").routes[0]

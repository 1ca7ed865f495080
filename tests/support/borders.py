"""How far a place is from a shipped border, asked of the layer itself."""

from functools import cache

import shapely

from corridor.land.catalogue import read_catalogue, read_features
from corridor.land.features import FeatureId, shape_of
from corridor.land.geodesy import distance_m, to_degrees, to_metric


@cache
def _border(border: FeatureId) -> shapely.Geometry:
    features = {feature["id"]: feature for feature in read_features(read_catalogue()["border"])}
    return to_metric(shape_of(features[border]))


def border_distance_m(lon: float, lat: float, border: FeatureId) -> float:
    """Return the geodesic distance in metres from a place to the point of a border that is nearest in UTM zone 38."""
    link = shapely.shortest_line(to_metric(shapely.Point(lon, lat)), _border(border))
    here, there = shapely.get_coordinates(to_degrees(link)).tolist()
    return distance_m(here, there)

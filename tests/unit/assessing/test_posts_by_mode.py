"""A railway meets posts of railways and a road those of roads: a bridge for lorries is no post of a railway."""

import pytest
import shapely

from corridor.assessing.assessment import assess
from corridor.assessing.region import read_region
from corridor.reading.route import Route
from tests.support.shapes import lines_of

#: From Türkiye over the Araks / Aras / Araz at Dilucu into Nakhchivan.
OVER_THE_BRIDGE = shapely.LineString([(44.70, 39.70), (44.90, 39.62)])


@pytest.mark.parametrize(
    ("mode", "posts"),
    [
        ("rail", {"crossing/dilucu-sadarak-rail"}),
        ("road", {"crossing/dilucu-sadarak"}),
        (None, {"crossing/dilucu-sadarak", "crossing/dilucu-sadarak-rail"}),
    ],
)
def test_the_nearest_post_is_of_the_mode_of_the_line(mode, posts):
    route = Route("line", lines_of(OVER_THE_BRIDGE), {"mode": mode} if mode else {})
    crossings = assess(route, read_region()).measures.crossings
    met = {crossing.post.id for crossing in crossings if crossing.post is not None}
    assert met
    assert met <= posts

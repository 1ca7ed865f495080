"""A story with a route of its own, whose name would be markup anywhere."""

from corridor.storyboard.embedding import embedded
from corridor.storyboard.story import Story
from tests.support.own_routes import route

MARKUP = "<img src=x onerror=alert(1)> {{7*7}} =cmd|'/c calc'"
STORY, OWN, _ = embedded(Story("s", "Story", "Purpose."), route(name=MARKUP, accuracy_m=300), origin="Own file.")
TWO = ("rail-araks", "road-araks")

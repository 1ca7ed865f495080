"""The ground along the routes of a scene: its figures in words, and its drawing for every kind of file."""

from functools import partial

from corridor.assessing.assessment import Assessment
from corridor.assessing.ground_along import ground_along
from corridor.assessing.heights_off_ground import said_with_heights
from corridor.land.elevation import read_elevation
from corridor.present.cartography.ground_band import ground_band
from corridor.present.context import BriefingContext, StoryMeasurements
from corridor.present.ground_sheets import ground_figures
from corridor.present.story.records import FactSet, SceneGround
from corridor.present.story.wording import SceneWords
from corridor.present.style import LIGHT
from corridor.storyboard.resolving import ResolvedScene

HEADING = "The ground beside the line"


def scene_grounds(
    resolved: ResolvedScene, context: BriefingContext, measured: StoryMeasurements, words: SceneWords
) -> tuple[SceneGround, ...]:
    """Return the ground along each route of an option that is drawn; () for scenes of other kinds."""
    if resolved.scene.kind != "options":
        return ()
    drawn = [o.id for o in resolved.candidates if o.id in context.drawn_candidates]
    assessments = [context.candidate_route(identity) for identity in drawn]
    assessments += [measured.own(own.id, route) for own, route in resolved.routes]
    return tuple(_ground(assessment, context, words) for assessment in assessments)


def _ground(assessment: Assessment, context: BriefingContext, words: SceneWords) -> SceneGround:
    ground, name = ground_along(assessment, context.region, read_elevation(context.root)), assessment.route.name
    draw = partial(ground_band, ground, assessment.measures.profile, context.region, LIGHT, name=name)
    facts = FactSet(HEADING, tuple(words.figure(figure, of_land=True) for figure in ground_figures(ground, name)))
    return SceneGround(name, said_with_heights(ground, assessment.measures.profile), facts, draw)

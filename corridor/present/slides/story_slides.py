"""A whole story as a PPTX file: what stands on each slide is written into it, hidden scenes as hidden slides."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import count

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.slide import Slide

from corridor.present.footnotes import number_runs
from corridor.present.slides.chart import add_chart
from corridor.present.slides.fitting import height
from corridor.present.slides.map_group import map_group
from corridor.present.slides.measuring import StyledText, clean, right_to_left
from corridor.present.slides.packing import packed
from corridor.present.slides.placing import PlacedChart, PlacedDrawing, PlacedTable, PlacedText
from corridor.present.slides.scene_slides import (
    SMALL,
    SlidePlan,
    note_text,
    scene_slides,
    source_paragraphs,
    text_slides,
)
from corridor.present.slides.stage import Stage, own_stage, stage_from
from corridor.present.slides.table_xml import table_xml
from corridor.present.slides.text_xml import SlideBox, SlideParagraph, body_xml, text_box_xml
from corridor.present.story.briefing import Briefing
from corridor.present.story.records import SceneView, SourceView, StoryView
from corridor.present.story.scenes import footnotes, scene_views, source_views
from corridor.present.words import publisher_name

#: Points: the sizes a title, and the foot, are tried in; the kicker and the link; a method's paragraph.
TITLE_SIZES, FOOT_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0), (8.0, 7.5, 7.0, 6.5, 6.0, 5.5)
KICKER_SIZE, LINK_SIZE, METHOD_SIZE = 11.0, 10.0, 10.0
LINK_WIDTH, NUMBER_WIDTH = 200.0, 50.0
OPEN_VIEW = "Open this view on the live map"
OPEN_PAGE = "Open this on the live page"
METHOD = "How the numbers were made, and what they do not say"
#: The placeholders of a foot and of the number of a slide.
FOOT_HOLDERS = ("ftr", "sldNum")
#: The id of the field that counts slides; any will do that stays the same.
_NUMBER = "{6F0E1B5C-5C0B-4B57-9F0B-1D2C5A7E0001}"


def story_slides(briefing: Briefing) -> bytes:
    """Return a story as PPTX; the same briefing gives the same bytes.

    Raises TemplateError, one sentence, where the template that is wished for cannot be used.
    """
    template = briefing.options.template
    stage = stage_from(template) if template else own_stage()
    scenes, sources = _with_hidden(briefing)
    plans = [plan for scene in scenes for plan in scene_slides(scene, briefing.context.land, stage.measure, stage.body)]
    if plans:
        plans[0] = _opening(plans[0], briefing.view)
    listed = text_slides("Sources", source_paragraphs(sources), stage.measure, stage.body, "Sources")
    method = text_slides(METHOD, _method(briefing.view), stage.measure, stage.body, "Method")
    writer = _Writer(briefing, stage, sources, (len(plans) + 1, len(plans) + len(listed)))
    for plan in (*plans, *listed, *method):
        writer.write(plan)
    return packed(stage.deck, briefing.view, briefing.made_on, own=not template)


def _with_hidden(briefing: Briefing) -> tuple[tuple[SceneView, ...], tuple[SourceView, ...]]:
    """Return the scenes with the hidden ones in their places, and the sources of all.

    Sources of the shown scenes keep the numbers they have in every other file; those of hidden ones follow.
    """
    view, context = briefing.view, briefing.context
    if not any(scene.hidden for scene in briefing.story.scenes):
        return view.scenes, view.sources
    notes = footnotes(view, context)
    scenes = scene_views(briefing.story, context, notes, briefing.measured, problems=briefing.problems, hidden=True)
    return scenes, source_views(notes)


def _opening(plan: SlidePlan, view: StoryView) -> SlidePlan:
    """Return the first slide with what is said of the whole story over its title."""
    dated = [f"made {view.made}" if view.made else "", f"changed {view.changed}" if view.changed else ""]
    return replace(plan, kicker=clean(" · ".join(filter(None, [view.subtitle, view.author, *dated]))))


def _method(view: StoryView) -> tuple[SlideParagraph, ...]:
    licences = [
        f"{', '.join(attribution.layers)}: {attribution.text}. {attribution.licence} ({attribution.licence_url})."
        for attribution in view.attributions
    ]
    parts = (
        ("Method", view.method),
        ("The quoted text", (view.note,)),
        ("Disclaimer", (view.long_disclaimer,)),
        ("Data and licences", licences),
        ("Made with", (f"Made on {view.made_on} with {view.versions.software}.",)),
    )
    method: list[SlideParagraph] = []
    for heading, paragraphs in parts:
        method.append(
            SlideParagraph((StyledText(heading, bold=True, soft=True),), METHOD_SIZE, before=10.0, heads=True)
        )
        method += [SlideParagraph((StyledText(clean(paragraph)),), METHOD_SIZE, before=3.0) for paragraph in paragraphs]
    return tuple(method)


class _Writer:
    """Writes slides one after the other into the presentation of a stage."""

    def __init__(
        self, briefing: Briefing, stage: Stage, sources: Sequence[SourceView], listed: tuple[int, int]
    ) -> None:
        self._briefing, self._stage = briefing, stage
        known = briefing.context.shipped.library.sources
        self._publishers = {source.number: publisher_name(known[source.id]) for source in sources}
        self._listed = f"slide {listed[0]}" if listed[0] == listed[1] else f"slides {listed[0]}–{listed[1]}"
        self._holders = _holders(stage)
        tag = briefing.view.language
        # PowerPoint knows languages by their countries.
        self._language = "en-GB" if tag == "en" else tag

    def write(self, plan: SlidePlan) -> None:
        slide = self._stage.deck.slides.add_slide(self._stage.layout)
        for holder in list(slide.placeholders):
            if holder.placeholder_format.type is None or holder != slide.shapes.title:
                holder._element.getparent().remove(holder._element)
        self._title(slide, plan.title)
        numbers = count(3)
        tree = slide.shapes._spTree

        def number() -> int:
            return next(numbers)

        def relate(address: str) -> str:
            return str(slide.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

        def keep(png: bytes) -> str:
            return str(slide.part.get_or_add_image_part(BytesIO(png))[1])

        def text(name: str, box: SlideBox, paragraphs: Sequence[SlideParagraph], holder: str = "") -> str:
            body = body_xml(paragraphs, self._stage.ink, relate, self._language)
            return text_box_xml(number(), name, box, body, holder=holder)

        shipped = self._briefing.context.shipped
        shapes: list[str] = []
        kicker = SlideParagraph((StyledText(plan.kicker, bold=True, soft=True),), KICKER_SIZE)
        if plan.kicker:
            shapes.append(text("Over the title", self._stage.kicker, self._fitted([kicker], self._stage.kicker)))
        if plan.scene and plan.scene.link and plan.first and self._briefing.options.shared_address:
            shapes.append(text("Link to the live page", self._link_box(), [self._link(plan.scene)]))
        for placed in plan.placed:
            if isinstance(placed, PlacedText):
                shapes.append(text(placed.name, placed.box, placed.paragraphs))
            elif isinstance(placed, PlacedTable):
                name = placed.title or "Table, continued"
                shapes.append(table_xml(number(), name, placed, self._stage.ink, relate, self._language))
            elif isinstance(placed, PlacedDrawing):
                shapes.append(map_group(placed.drawing, placed.box, number, keep, shipped, placed.name))
        if plan.map:
            shapes.append(map_group(plan.map.made.drawing, plan.map.box, number, keep, shipped, "Map"))
            shapes.append(text(plan.map.under.name, plan.map.under.box, plan.map.under.paragraphs))
        shapes.append(text("Foot", self._foot_box(), self._foot(plan), self._holders.get("ftr", "")))
        shapes.append(self._number(number(), len(self._stage.deck.slides)))
        for xml in shapes:
            tree.append(parse_xml(xml))
        for placed in plan.placed:
            if isinstance(placed, PlacedChart):
                add_chart(slide, placed)
        if plan.scene and plan.first and (notes := note_text(plan.scene)):
            slide.notes_slide.notes_text_frame.text = notes
        if plan.scene and plan.scene.hidden:
            slide._element.set("show", "0")

    def _title(self, slide: Slide, title: str) -> None:
        box = self._stage.title
        paragraph = SlideParagraph((StyledText(title, bold=True),), TITLE_SIZES[-1])
        fitting = (replace(paragraph, size=size) for size in TITLE_SIZES)
        largest = next(
            (variant for variant in fitting if variant.height(self._stage.measure, box.width) <= box.height), paragraph
        )
        holder = slide.shapes.title
        if holder is None:
            raise ValueError("The layout of a stage has a title.")
        frame = holder.text_frame
        frame.text = title
        for pptx_paragraph in frame.paragraphs:
            if right_to_left(title):
                pptx_paragraph._p.get_or_add_pPr().set("algn", "r")
                pptx_paragraph._p.get_or_add_pPr().set("rtl", "1")
            for run in pptx_paragraph.runs:
                run.font.size = int(largest.size * 12_700)
                run._r.get_or_add_rPr().set("lang", self._language)

    def _fitted(self, paragraphs: Sequence[SlideParagraph], box: SlideBox) -> list[SlideParagraph]:
        """Return paragraphs made smaller until they fit a box."""
        fitted = list(paragraphs)
        while height(fitted, self._stage.measure, box.width) > box.height and fitted[0].size > 4.0:
            fitted = [replace(paragraph, size=paragraph.size * 0.92) for paragraph in fitted]
        return fitted

    def _link_box(self) -> SlideBox:
        right, kicker = self._stage.body.right, self._stage.kicker
        return SlideBox(right - LINK_WIDTH, kicker.top, LINK_WIDTH, kicker.height)

    def _link(self, scene: SceneView) -> SlideParagraph:
        words = OPEN_VIEW if scene.map else OPEN_PAGE
        return SlideParagraph(
            (StyledText(words, link=f"{self._briefing.options.shared_address}{scene.link}"),), LINK_SIZE, right=True
        )

    def _foot_box(self) -> SlideBox:
        foot = self._stage.foot
        return replace(foot, width=foot.width - NUMBER_WIDTH - 10.0)

    def _foot(self, plan: SlidePlan) -> list[SlideParagraph]:
        """Return the foot: handling, dates and sources of the scene, the story with its age, the disclaimer."""
        view, box = self._briefing.view, self._foot_box()
        made = f"{view.title}. {view.age}. Made on {view.made_on}."
        handling = [StyledText(clean(f"{view.handling}  "), bold=True)] if view.handling else []
        of_scene = clean(" ".join(filter(None, [plan.scene.as_of, self._cited(plan.scene)]))) if plan.scene else ""
        for size in FOOT_SIZES:
            lines = [
                SlideParagraph((*handling, StyledText(of_scene, soft=True)), size) if handling or of_scene else None,
                SlideParagraph((StyledText(clean(made), soft=True),), size),
                SlideParagraph((StyledText(view.disclaimer, soft=True),), size),
            ]
            foot = [line for line in lines if line]
            if height(foot, self._stage.measure, box.width) <= box.height:
                return foot
        return self._fitted(foot, box)

    def _cited(self, scene: SceneView) -> str:
        """Return who published the sources of a scene, where a line holds it, and where they are listed."""
        if not scene.sources:
            return ""
        publishers = dict.fromkeys(self._publishers[number] for number in scene.sources)
        names = f"Sources: {'; '.join(publishers)} [{number_runs(scene.sources)}], listed on {self._listed}."
        used = self._stage.measure.width(f"{scene.as_of} {names}", FOOT_SIZES[0])
        if used <= self._foot_box().width * 1.9 and len(publishers) <= 12:
            return names
        return f"Sources [{number_runs(scene.sources)}], listed on {self._listed}."

    def _number(self, identity: int, number: int) -> str:
        foot = self._stage.foot
        box = SlideBox(foot.right - NUMBER_WIDTH, foot.top, NUMBER_WIDTH, SMALL * 1.4)
        given = f'lang="{self._language}" sz="{round(SMALL * 100)}" b="1"'
        field = (
            f'<a:p><a:pPr algn="r"/><a:fld id="{_NUMBER}" type="slidenum"><a:rPr {given}>'
            f"{self._stage.ink.fill()}</a:rPr><a:t>{number}</a:t></a:fld></a:p>"
        )
        return text_box_xml(identity, "Slide number", box, field, holder=self._holders.get("sldNum", ""))


def _holders(stage: Stage) -> dict[str, str]:
    """Return the placeholders of a layout that a foot and a number fill, by their kinds."""
    placeholders = (holder.element.find(".//{*}nvPr/{*}ph") for holder in list(stage.layout.placeholders))
    known = {placeholder.get("type"): placeholder.get("idx") for placeholder in placeholders if placeholder is not None}
    return {kind: f'<p:ph type="{kind}" sz="quarter" idx="{known[kind]}"/>' for kind in FOOT_HOLDERS if kind in known}

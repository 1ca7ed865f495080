"""The presentation slides are put into: our own look, or a template somebody brings, without the slides in it."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Emu

from corridor.present.slides.measuring import Measure
from corridor.present.slides.template_parts import TemplateError, look_into, told_apart, without_outside
from corridor.present.slides.text_xml import EMU, Ink, SlideBox, emu
from corridor.reading.formats.archives import DAMAGED

#: Points of our own slide, 16:9.
WIDE, HIGH = 960.0, 540.0
MARGIN, FOOT, FOOT_GAP = 40.0, 64.0, 10.0
KICKER = SlideBox(MARGIN, 20.0, 620.0, 15.0)
TITLE = SlideBox(MARGIN, 36.0, WIDE - 2 * MARGIN, 40.0)
#: Bytes a template may have, packed and unpacked.
LARGEST, LARGEST_UNPACKED = 50_000_000, 300_000_000
#: Points the room below the title of a template has at least, across and down.
LEAST_ROOM = (400.0, 200.0)
#: Shares of a template's slide: the room its title leaves at least, and how wide the title is at least.
LEAST_BODY, LEAST_TITLE = 0.45, 0.4
OWN_LAYOUT = "Title Only"
_TITLES = ("title", "ctrTitle")
#: What python-pptx and what it stands on raise for a presentation that is damaged, at whatever part of it is asked for.
UNREADABLE = (*DAMAGED, etree.LxmlError, PythonPptxError, AttributeError, TypeError, LookupError, AssertionError)
_NOT_KEPT = (RELATIONSHIP_TYPE.PRINTER_SETTINGS, RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


@dataclass(frozen=True, eq=False)
class Stage:
    """A presentation without slides, the layout its slides take, and where things stand on them, in points.

    `left_out` is what of a template is not in it, in words.
    """

    deck: Deck
    layout: SlideLayout
    kicker: SlideBox
    title: SlideBox
    body: SlideBox
    foot: SlideBox
    measure: Measure
    ink: Ink
    left_out: tuple[str, ...] = ()


def own_stage() -> Stage:
    """Return our own look: 16:9, the title at the upper left, one layout."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(emu(WIDE)), Emu(emu(HIGH))
    for other in [layout for layout in deck.slide_layouts if layout.name != OWN_LAYOUT]:
        deck.slide_layouts.remove(other)
    layout = deck.slide_layouts[0]
    master = deck.slide_masters[0]
    foot = SlideBox(MARGIN, HIGH - FOOT, WIDE - 2 * MARGIN, FOOT - FOOT_GAP)
    boxes = {
        "title": TITLE,
        "body": SlideBox(MARGIN, TITLE.bottom + 10.0, WIDE - 2 * MARGIN, foot.top - TITLE.bottom - 18.0),
        "dt": SlideBox(MARGIN, foot.bottom - 12.0, 100.0, 12.0),
        "ftr": SlideBox(MARGIN, foot.top, foot.width - 60.0, foot.height),
        "sldNum": SlideBox(foot.right - 50.0, foot.top, 50.0, 12.0),
    }
    for holder in list(master.placeholders):
        kind = holder.element.nvSpPr.nvPr.find("{*}ph").get("type", "body")
        box = boxes[kind]
        holder.left, holder.top, holder.width, holder.height = (
            Emu(emu(length)) for length in (box.left, box.top, box.width, box.height)
        )
        if kind == "title":
            body = holder.element.find("{*}txBody/{*}bodyPr")
            for side in ("lIns", "tIns", "rIns", "bIns"):
                body.set(side, "0")
            body.set("anchor", "t")
    style = master.element.find("{*}txStyles/{*}titleStyle/{*}lvl1pPr")
    style.set("algn", "l")
    style.find("{*}defRPr").set("sz", "2600")
    style.find("{*}defRPr").set("b", "1")
    _without_leftovers(deck)
    return Stage(deck, layout, KICKER, TITLE, boxes["body"], foot, Measure(), Ink())


def stage_from(template: bytes) -> Stage:
    """Return the look of a PPTX file; raise TemplateError where it cannot be read or has no layout that fits."""
    try:
        return _stage_from(template)
    except TemplateError:
        raise
    except UNREADABLE as error:
        raise TemplateError(
            "The template cannot be read as a PowerPoint presentation; save it as .pptx in PowerPoint and try again."
        ) from error


def _stage_from(template: bytes) -> Stage:
    deck = _opened(template)
    wide, high = deck.slide_width, deck.slide_height
    if not wide or not high:
        raise TemplateError("The template does not say how large its slides are; save it again in PowerPoint.")
    fitting = [(layout, box) for layout in deck.slide_layouts if (box := _title_box(layout, wide, high)) is not None]
    if not fitting:
        raise TemplateError(
            "The template has no layout with a title at its top that leaves room below it. Add one such as “Title "
            "Only” to its slide master."
        )
    # A layout with a title alone comes first, then the one with the fewest other placeholders.
    layout, title = min(
        fitting, key=lambda pair: (pair[0].element.get("type") != "titleOnly", len(pair[0].placeholders))
    )
    _emptied(deck)
    left_out = without_outside(deck)
    _without_leftovers(deck)
    width, height = wide / EMU, high / EMU
    margin = max(MARGIN / WIDE * width, 12.0)
    foot = SlideBox(margin, height - FOOT, width - 2 * margin, FOOT - FOOT_GAP)
    kicker = SlideBox(title.left, title.bottom + 2.0, width - 2 * margin - 200.0, 15.0)
    body = SlideBox(margin, kicker.bottom + 6.0, width - 2 * margin, foot.top - kicker.bottom - 14.0)
    if body.width < LEAST_ROOM[0] or body.height < LEAST_ROOM[1]:
        raise TemplateError(
            f"The slides of the template leave {body.width:.0f} × {body.height:.0f} points below the title; at least "
            f"{LEAST_ROOM[0]:.0f} × {LEAST_ROOM[1]:.0f} are needed. Make the slides larger or the title lower."
        )
    return Stage(deck, layout, kicker, title, body, foot, Measure(known=False), Ink(own=False), left_out)


def left_out_of(template: bytes) -> str:
    """Return the sentence about what of a template stays out of slides, "" for nothing; raises TemplateError."""
    left_out = stage_from(template).left_out if template else ()
    return f"Left out of the template, which gives its look alone: {'; '.join(left_out)}." if left_out else ""


def _opened(template: bytes) -> Deck:
    if len(template) > LARGEST:
        raise TemplateError(f"The template has more than {LARGEST // 1_000_000} MB; take pictures out of it.")
    with zipfile.ZipFile(BytesIO(template)) as archive:
        look_into(archive)
        unpacked = sum(entry.file_size for entry in archive.infolist())
        saying_so = told_apart(archive) if unpacked <= LARGEST_UNPACKED else None
    if unpacked > LARGEST_UNPACKED:
        raise TemplateError(f"The template unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB; it is not read.")
    deck: Deck = Presentation(BytesIO(saying_so or template))
    return deck


def _title_box(layout: SlideLayout, wide: int, high: int) -> SlideBox | None:
    """Return where the title of a layout stands in points; None where it has none that leaves room below it."""
    for holder in list(layout.placeholders):
        kind = holder.element.nvSpPr.nvPr.find("{*}ph").get("type") if hasattr(holder.element, "nvSpPr") else ""
        if kind in _TITLES and holder.width and holder.height is not None and holder.top is not None:
            below = (high - holder.top - holder.height) / high - FOOT * EMU / high
            if below >= LEAST_BODY and holder.width >= LEAST_TITLE * wide:
                return SlideBox(*(length / EMU for length in (holder.left, holder.top, holder.width, holder.height)))
    return None


def _emptied(deck: Deck) -> None:
    """Take the slides out of a template, and the sections and shows that name them."""
    root = deck.part._element
    sections = [section.getparent() for section in root.iterfind("{*}extLst/{*}ext/{*}sectionLst")]
    for named in [*root.iterfind("{*}sldIdLst/{*}sldId"), *root.iterfind("{*}custShowLst"), *sections]:
        named.getparent().remove(named)
    for identity, relation in list(deck.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.SLIDE:
            deck.part.rels.pop(identity)


def _without_leftovers(deck: Deck) -> None:
    """Leave out of the file what is of the machine a presentation was made on: its printer, a picture, statistics."""
    for owner in (deck.part, deck.part.package):
        for identity, relation in list(owner._rels.items()):
            if relation.reltype in _NOT_KEPT:
                owner.drop_rel(identity)

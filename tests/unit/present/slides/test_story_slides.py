"""A story on slides: all of it can be edited, every word is there, nothing runs over, and PowerPoint takes the file."""

import re
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO

import pytest
from lxml import etree
from openxml_audit import validate_pptx
from pptx import Presentation
from pptx.util import Emu

from corridor.present.slides.stage import TemplateError
from corridor.present.slides.story_slides import story_slides
from corridor.present.story.briefing import ExportOptions, brief
from corridor.present.words import REFERENCE_NOTE, facts_line
from corridor.storyboard.opening import open_story
from corridor.storyboard.story import Scene, Story
from corridor.ui.context import briefing_context
from tests.support.briefed import MADE_ON, SHIPPED, briefing, view
from tests.support.pdf import unspaced
from tests.support.slides import A, deck, shipped_slides, slide_words, texts
from tests.support.stories import MARKUP, OWN, STORY, TWO
from tests.support.story_texts import note_texts, scene_texts, story_texts

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
#: The order in which the schema (ECMA-376 Part 1) wants the children of what we write.
ORDERS = {
    f"{A}rPr": ["ln", "noFill", "solidFill", "effectLst", "highlight", "latin", "ea", "cs", "sym", "hlinkClick"],
    f"{A}pPr": ["lnSpc", "spcBef", "spcAft", "buClr", "buSzPct", "buFont", "buNone", "buChar", "tabLst", "defRPr"],
    f"{P}spPr": ["xfrm", "custGeom", "prstGeom", "noFill", "solidFill", "ln", "effectLst"],
    f"{A}ln": ["noFill", "solidFill", "prstDash", "custDash", "round"],
    f"{A}custGeom": ["avLst", "gdLst", "ahLst", "cxnLst", "rect", "pathLst"],
    f"{A}tcPr": ["lnL", "lnR", "lnT", "lnB", "noFill", "solidFill"],
    f"{P}sp": ["nvSpPr", "spPr", "style", "txBody"],
    f"{P}txBody": ["bodyPr", "lstStyle", "p"],
    f"{A}tbl": ["tblPr", "tblGrid", "tr"],
}


def slides_of(story: Story, **options: object) -> bytes:
    return story_slides(brief(story, briefing_context(), MADE_ON, options=ExportOptions(**options)))


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in names}


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
def test_every_text_of_a_shipped_story_stands_on_its_slides(story):
    told = slide_words(shipped_slides(story))
    assert [text for text in story_texts(view(story)) if unspaced(text) not in told] == []
    assert all(unspaced(method) in told for method in view(story).method)


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
def test_the_speaker_notes_of_every_scene_are_filled(story):
    told = {}
    for slide in deck(shipped_slides(story)).slides:
        if slide.has_notes_slide:
            told[slide.shapes.title.text] = unspaced(slide.notes_slide.notes_text_frame.text)
    for scene in view(story).shown:
        assert [text for text in note_texts(scene) if unspaced(text) not in told[scene.title]] == []


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
def test_a_slide_has_one_title_of_its_own_a_foot_with_the_disclaimer_and_its_number(story):
    slides = list(deck(shipped_slides(story)).slides)
    titles = [slide.shapes.title.text for slide in slides]
    assert len(set(titles)) == len(titles)
    for number, slide in enumerate(slides, start=1):
        holders = {one.element.find(".//{*}ph").get("type"): one for one in slide.placeholders}
        assert set(holders) == {"title", "ftr", "sldNum"}
        assert REFERENCE_NOTE in holders["ftr"].text_frame.text
        assert facts_line() in holders["ftr"].text_frame.text
        field = holders["sldNum"].element.find(f".//{A}fld")
        assert field.get("type") == "slidenum"
        assert texts(field) == str(number)


@pytest.mark.parametrize("story", SHIPPED)
def test_the_foot_of_a_scene_names_its_dates_and_where_its_sources_are_listed(story):
    slides = list(deck(shipped_slides(story)).slides)
    listed = [number for number, slide in enumerate(slides, 1) if slide.shapes.title.text.startswith("Sources")]
    pointer = f"listed on slides {listed[0]}–{listed[-1]}."
    for scene in view(story).shown:
        slide = next(one for one in slides if one.shapes.title.text == scene.title)
        foot = next(one for one in slide.placeholders if one.placeholder_format.idx == 11).text_frame.text
        assert scene.as_of in foot
        assert (pointer in foot) is bool(scene.sources)


@pytest.mark.parametrize("story", SHIPPED)
def test_a_map_is_one_group_of_shapes_with_words_for_those_who_do_not_see_it(story):
    slides = {slide.shapes.title.text: slide for slide in deck(shipped_slides(story)).slides}
    for scene in view(story).shown:
        groups = [shape for shape in slides[scene.title].shapes if shape.shape_type == 6]
        assert len(groups) == (scene.map is not None)
        for group in groups:
            alt = group._element.nvGrpSpPr.cNvPr.get("descr")
            assert alt.startswith(scene.map.description.rstrip("."))
            names = {one.name for one in group.shapes}
            assert {"States of the region", "Borders", "Names", "Legend", "Scale bar"} <= names
            assert "Armenia" in {node.get("name") for node in group._element.iter(f"{P}cNvPr")}
            # The relief is the one part that is a picture; it lies behind all that can be edited but the States.
            pictures = list(group._element.iter(f"{P}pic"))
            assert {picture.find(f".//{P}cNvPr").get("name") for picture in pictures} == {"Shaded relief"}
            parts = [shape.name for shape in group.shapes]
            assert parts.index("States of the region") < parts.index("Shaded relief") < parts.index("Borders")
    media = [name for name in members(shipped_slides(story)) if name.startswith("ppt/media/")]
    assert media
    assert all(name.endswith(".png") for name in media)


def test_what_is_not_an_existing_line_is_dashed_as_on_every_map():
    slide = next(
        one for one in deck(shipped_slides(SHIPPED[1])).slides if one.shapes.title.text.startswith("Railway a")
    )
    drawn = slide._element.iter(f"{A}custDash")
    dashes = {tuple((stop.get("d"), stop.get("sp")) for stop in dash.iter(f"{A}ds")) for dash in drawn}
    assert len(dashes) >= 3
    assert all(int(on) > 0 and int(off) > 0 for dash in dashes for on, off in dash)


@pytest.mark.slow
@pytest.mark.parametrize("story", SHIPPED)
def test_a_slide_leads_back_to_the_very_view_of_its_scene(story):
    moved = story_slides(replace(briefing(story), options=ExportOptions(address="https://maps.example")))
    slides = {slide.shapes.title.text: slide for slide in deck(moved).slides}
    for scene in view(story).shown:
        targets = [rel.target_ref for rel in slides[scene.title].part.rels.values() if rel.is_external]
        assert f"https://maps.example{scene.link}" in targets


@pytest.mark.parametrize(
    ("address", "shared"),
    [
        ("http://127.0.0.1:8501", False),
        ("http://localhost:8501", False),
        ("http://map.localhost", False),
        ("http://[::1]:8501", False),
        ("http://0.0.0.0:8501", False),
        ("http://10.0.0.7:8501", True),
        ("https://maps.example/corridor", True),
    ],
)
def test_an_address_of_one_machine_for_itself_is_none_for_others(address, shared):
    assert ExportOptions(address=address).shared_address == (address if shared else "")


def test_slides_made_on_one_machine_lead_to_no_page_of_it():
    data = shipped_slides(SHIPPED[1])
    assert b"127.0.0.1" not in b"".join(members(data).values())


def boxes(slide):
    """Every shape of a slide that is not inside a group, with its box in EMU."""
    for shape in slide.shapes:
        if shape.width:
            yield shape, (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)


@pytest.mark.parametrize("story", SHIPPED)
def test_nothing_stands_over_the_edge_of_a_slide_and_no_two_things_stand_in_one_place(story):
    made = deck(shipped_slides(story))
    for slide in made.slides:
        placed = list(boxes(slide))
        for _, (left, top, right, bottom) in placed:
            assert min(left, top) >= 0
            assert right <= made.slide_width + Emu(12_700)
            assert bottom <= made.slide_height
        for number, (one, (left, top, right, bottom)) in enumerate(placed):
            for other, (west, north, east, south) in placed[number + 1 :]:
                beside = right <= west + 12_700 or east <= left + 12_700
                below = bottom <= north + 12_700 or south <= top + 12_700
                assert beside or below, (slide.shapes.title.text, one.name, other.name)


def order_faults(root: etree._Element) -> list[str]:
    found = []
    for tag, order in ORDERS.items():
        for element in root.iter(tag):
            names = [etree.QName(child).localname for child in element]
            known = [order.index(name) if name in order else -1 for name in names]
            if -1 in known or known != sorted(known):
                found.append(f"{etree.QName(tag).localname}: {names}")
    return found


@pytest.mark.parametrize("story", SHIPPED)
def test_the_file_is_what_powerpoint_wants(story):
    found = members(shipped_slides(story))
    types = etree.fromstring(found["[Content_Types].xml"])
    overrides = {node.get("PartName") for node in types if node.get("PartName")}
    defaults = {node.get("Extension") for node in types if node.get("Extension")}
    for name in found:
        assert f"/{name}" in overrides or name.rpartition(".")[2] in defaults, name
    assert all(part[1:] in found for part in overrides)
    for name, data in found.items():
        if name.endswith(".rels"):
            folder = name.rpartition("_rels/")[0]
            for relation in etree.fromstring(data):
                if relation.get("TargetMode") != "External":
                    target = relation.get("Target")
                    path = target[1:] if target.startswith("/") else folder + target
                    while re.search(r"[^/]+/\.\./", path):
                        path = re.sub(r"[^/]+/\.\./", "", path, count=1)
                    assert path in found, (name, target)
        if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
            root = etree.fromstring(data)
            ids = Counter(node.get("id") for node in root.iter(f"{P}cNvPr"))
            assert max(ids.values()) == 1
            assert order_faults(root) == []
            used = set(re.findall(rb'r:id="(rId\d+)"', data))
            rels = etree.fromstring(found[f"ppt/slides/_rels/{name.rpartition('/')[2]}.rels"])
            assert used <= {node.get("Id").encode() for node in rels}


@pytest.mark.slow
def test_the_file_is_valid_by_the_schema_and_the_rules_of_powerpoint(tmp_path):
    scenes = (
        replace(briefing_context().stories[SHIPPED[1]].scenes[1], notes="Notes."),
        replace(briefing_context().stories[SHIPPED[0]].scenes[3], hidden=True),
        Scene("km", "chart", candidates=TWO),
        Scene("own", "options", MARKUP, routes=(OWN,)),
        Scene("names", "text", "راه\u200cآهن نوردوز", message="Երևանի կայարան"),
    )
    story = replace(STORY, handling="Internal & <marked>", author="Somebody", scenes=scenes)
    for name, options in (("own", {}), ("template", {"template": template()})):
        path = tmp_path / f"{name}.pptx"
        path.write_bytes(slides_of(story, **options))
        assert [error.description for error in validate_pptx(path).errors] == []


def test_the_order_of_children_is_really_looked_at():
    wrong = etree.fromstring(f'<a:rPr xmlns:a="{A[1:-1]}"><a:latin typeface="Arial"/><a:solidFill/></a:rPr>')
    assert order_faults(wrong) == ["rPr: ['latin', 'solidFill']"]


@pytest.mark.slow
def test_the_same_story_gives_the_same_bytes_and_nothing_of_this_machine():
    charted = replace(STORY, scenes=(Scene("km", "chart", candidates=TWO), Scene("own", "options", routes=(OWN,))))
    assert slides_of(charted) == slides_of(charted)
    data = shipped_slides(SHIPPED[0])
    assert story_slides(brief(briefing_context().stories[SHIPPED[0]], briefing_context(), MADE_ON)) == data
    properties = deck(data).core_properties
    assert properties.title == view(SHIPPED[0]).title
    assert properties.created.date() == properties.modified.date() == MADE_ON
    assert not {name for name in members(data) if "printer" in name or "thumbnail" in name}


def test_a_chart_can_be_edited_and_its_numbers_stand_in_a_table_too():
    made = deck(slides_of(replace(STORY, scenes=(Scene("km", "chart", candidates=TWO),))))
    frames = [shape for slide in made.slides for shape in slide.shapes if shape.has_chart]
    assert len(frames) == 1
    chart = frames[0].chart
    assert [series.name for series in chart.plots[0].series] == [
        "operating (km)",
        "under construction (km)",
        "no track, not built (km)",
        "no track, proposed (km)",
        "proposed (km)",
        "not found (km)",
    ]
    told = frames[0]._element.nvGraphicFramePr.cNvPr.get("descr")
    assert "km" in told
    tables = [shape for slide in made.slides for shape in slide.shapes if shape.has_table]
    assert tables
    assert all(table.table.first_row for table in tables)


@pytest.mark.slow
def test_a_hidden_scene_is_a_hidden_slide_and_changes_no_number_of_a_source():
    scenes = briefing_context().stories[SHIPPED[1]].scenes
    hidden = replace(
        briefing_context().stories[SHIPPED[1]], scenes=(scenes[0], replace(scenes[3], hidden=True), *scenes[1:3])
    )
    shown = replace(hidden, scenes=(scenes[0], *scenes[1:3]))
    slides = list(deck(slides_of(hidden)).slides)
    title = briefing(SHIPPED[1]).view.scenes[3].title
    are_hidden = {slide.shapes.title.text: slide._element.get("show") == "0" for slide in slides}
    assert all(gone is name.startswith(title) for name, gone in are_hidden.items())
    assert any(are_hidden.values())
    told = slide_words(slides_of(hidden))
    made = brief(shown, briefing_context(), MADE_ON).view
    assert [text for scene in made.shown for text in scene_texts(scene) if unspaced(text) not in told] == []
    for source in made.sources:
        assert unspaced(f"[{source.number}] {source.text}") in told


@pytest.mark.parametrize(
    "title",
    [
        MARKUP,
        "Երևանի կայարան — Şərqi Zəngəzur, İğdır — Железная дорога",
        "راه\u200cآهن نوردوز",
        "A bell \x07, an escape \x1b, a turn \u202eof the line\u202c, a surrogate \ud800 and no more",
        "W" * 200,
        "A title that is as long as a title may be " * 4,
        "",
    ],
)
def test_any_title_is_set_in_its_box_and_does_nothing(title):
    story = replace(STORY, scenes=(Scene("one", "text", title, message=title or "x", notes=title),))
    data = slides_of(story)
    slide = deck(data).slides[0]
    said = slide.shapes.title.text
    assert "\x07" not in said
    assert "\u202e" not in said
    kept = "".join(sign for sign in title if sign not in "\x07\x1b\u202e\u202c\ud800")
    assert said == (" ".join(kept.split()) or said)
    size = slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size
    assert size.pt >= 12
    turned = [node.get("algn") for node in slide.shapes.title._element.iter(f"{A}pPr") if node.get("rtl") == "1"]
    assert turned == (["r"] if "نوردوز" in title else [])


def test_a_text_that_is_too_long_for_a_slide_goes_on_on_the_next():
    long = " ".join(f"word{number}" for number in range(140))
    story = replace(STORY, scenes=(Scene("one", "text", "Long", message="Begin.", points=(long,) * 30),))
    data = slides_of(story)
    slides = [slide for slide in deck(data).slides if slide.shapes.title.text.startswith("Long")]
    assert len(slides) >= 3
    assert slide_words(data).count(unspaced(long)) >= 28
    assert slide_words(data).count("word139") == 30


def test_what_is_missing_is_said_plainly_and_the_rest_is_shown():
    opened = open_story(
        b'schema = 1\nid = "s"\ntitle = "T"\n[[scene]]\nid = "one"\nkind = "clause"\nclause = "joint-declaration/9"\n'
        b'[[scene]]\nid = "two"\nkind = "options"\nroutes = ["gone"]\ntitle = "A route that was deleted"\n',
        "s.toml",
    )
    assert opened.story is not None
    made = brief(opened.story, briefing_context(), MADE_ON, problems=opened.problems)
    told = slide_words(story_slides(made))
    assert told.count("Thissceneisnotcomplete.") == 2
    assert [text for scene in made.view.shown for text in scene_texts(scene) if unspaced(text) not in told] == []


def template(
    *, title_top: float = 0.05, title_high: float = 0.15, layouts: bool = True, wide: int = 9_144_000
) -> bytes:
    made = Presentation()
    made.slide_width = Emu(wide)
    for holder in made.slide_masters[0].placeholders:
        if holder.placeholder_format.type == 1:
            holder.top, holder.height = Emu(round(title_top * 6_858_000)), Emu(round(title_high * 6_858_000))
    if not layouts:
        for layout in list(made.slide_layouts):
            for holder in list(layout.placeholders):
                holder._element.getparent().remove(holder._element)
    slide = made.slides.add_slide(made.slide_layouts[0])
    slide.shapes.add_textbox(0, 0, 10, 10).text_frame.text = "A slide of the template"
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.slow
def test_a_template_gives_its_look_and_none_of_its_slides():
    data = story_slides(replace(briefing(SHIPPED[0]), options=ExportOptions(template=template())))
    made = deck(data)
    assert made.slide_width == 9_144_000
    assert "slideofthetemplate" not in slide_words(data)
    told = slide_words(data)
    assert [text for text in story_texts(view(SHIPPED[0])) if unspaced(text) not in told] == []
    assert b"Calibri" in members(data)["ppt/theme/theme1.xml"]
    assert members(data)
    for slide in made.slides:
        for shape, (left, top, right, bottom) in boxes(slide):
            assert min(left, top) >= 0
            assert right <= made.slide_width + 12_700, shape.name
            assert bottom <= made.slide_height, (slide.shapes.title.text, shape.name)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (b"not a file", "cannot be read as a PowerPoint presentation"),
        (b"PK\x03\x04 cut off", "cannot be read as a PowerPoint presentation"),
        (template(layouts=False), "has no layout with a title"),
        (template(title_high=0.7), "leaves room below it"),
        (template(wide=5_000_000), "leave 361 × 337 points below the title; at least 400 × 200 are needed"),
        (b"0" * 50_000_001, "has more than 50 MB"),
    ],
    ids=["text", "cut", "no-title", "no-room", "small", "large"],
)
def test_a_template_that_cannot_be_used_is_told_in_a_sentence(broken, says):
    with pytest.raises(TemplateError, match=says) as caught:
        slides_of(STORY, template=broken)
    assert "\n" not in str(caught.value)


def test_a_template_with_a_broken_part_is_told_in_a_sentence():
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(template())) as archive, zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, b"<broken" if name == "ppt/presentation.xml" else archive.read(name))
    with pytest.raises(TemplateError, match="cannot be read"):
        slides_of(STORY, template=out.getvalue())

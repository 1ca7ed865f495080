"""A template gives its look alone: what leads elsewhere or runs stays out and is named; what explodes is refused."""

import zipfile
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

import pytest
from pptx import Presentation

from corridor.commands.cli import main
from corridor.present.slides.stage import TemplateError, left_out_of, stage_from
from corridor.present.slides.story_slides import story_slides
from corridor.present.slides.template_parts import told_apart
from corridor.present.story.briefing import ExportOptions
from corridor.storyboard.story import Scene, Story
from corridor.storyboard.writing import story_bytes
from tests.support.briefed import SHIPPED, briefing
from tests.support.hostile_templates import (
    LAYOUT,
    MASTER_RELS,
    RELATIONSHIP,
    changed,
    damaged_templates,
    drawn_templates,
    exploding_templates,
    hidden_entities,
    plain_template,
    reaching_template,
    template_with_slides,
)

URL, CANARY = "http://127.0.0.1:9/listener", "/nowhere/canary"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.slow
def test_what_leads_elsewhere_or_runs_stays_out_and_is_named():
    template = reaching_template(URL, CANARY)
    assert any(CANARY.encode() in data for data in members(template).values())
    data = story_slides(replace(briefing(SHIPPED[0]), options=ExportOptions(template=template)))
    for name, content in members(data).items():
        assert b"/listener" not in content, name
        assert CANARY.encode() not in content, name
        assert b"macroEnabled" not in content, name
        assert not any(word in name for word in ("vba", "activeX", "oleObject", "customXml")), name
        assert b"rIdOut" not in content, name
        assert b"ppaction://program" not in content, name
    says = left_out_of(template)
    for named in ("6 outside links", "1 macro (vbaProject.bin)", "1 embedded object (oleObject1.bin)",
                  "1 control (activeX1.xml)", "1 data part (item1.xml)", "1 action (ppaction://program)"):  # fmt: skip
        assert named in says
    assert len(Presentation(BytesIO(data)).slides) > 1


@pytest.mark.parametrize("kind", drawn_templates(URL, CANARY))
def test_what_is_no_plain_picture_stays_out_and_is_named(kind):
    template = drawn_templates(URL, CANARY)[kind]
    stage = stage_from(template)
    written = BytesIO()
    stage.deck.save(written)
    for name, content in members(written.getvalue()).items():
        assert "drawn" not in name
        assert not any(word in content for word in (b"/listener", CANARY.encode(), b"svgBlip", b"rIdIn")), name
        assert b'<a:ext uri="{96DAC541' not in content, name
    assert stage.left_out[0].startswith(("1 SVG or other drawing (drawn.", "1 macro (drawn."))


@pytest.mark.parametrize(
    ("action", "stays"),
    [
        ("ppaction://hlinkshowjump?jump=nextslide", True),
        ("ppaction://hlinkshowjump?jump=x&amp;y=ppaction://program", False),
        ("ppaction://hlinkfile?x=ppaction://program", False),
        ("ppaction://hlinkpres?slideindex=1", False),
        ("PPACTION://PROGRAM", False),
        (" ppaction://macro?name=x", False),
    ],
)
def test_of_actions_a_step_within_the_show_alone_stays(action, stays):
    button = (
        f'<p:sp><p:nvSpPr><p:cNvPr id="90" name="to"><a:hlinkClick r:id="" action="{action}"/></p:cNvPr><p:cNvSpPr/>'
        "<p:nvPr/></p:nvSpPr><p:spPr/></p:sp>"
    )
    stage = stage_from(changed(plain_template(), {}, {LAYOUT: ("</p:spTree>", button)}))
    written = BytesIO()
    stage.deck.save(written)
    assert (b"ppaction" in b"".join(members(written.getvalue()).values())) is stays
    assert bool(stage.left_out) is not stays


@pytest.mark.parametrize(
    ("kind", "media_type", "named"),
    [
        ("http://elsewhere.example/theme", "application/vnd.openxmlformats-officedocument.theme+xml", "other part"),
        ("http://elsewhere.example/font", "application/x-fontdata", "other part"),
        (f"{RELATIONSHIP}/theme", "application/xml", "other part"),
        (f"{RELATIONSHIP}/theme", "application/vnd.openxmlformats-officedocument.vmlDrawing", "other part"),
        (f"{RELATIONSHIP}/theme", "application/vnd.openxmlformats-officedocument.oleObject", "embedded object"),
        (f"{RELATIONSHIP}/font", "text/html", "other part"),
        (f"{RELATIONSHIP}/font", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "other part"),
        (f"{RELATIONSHIP}/presProps", "application/vnd.ms-office.vbaProject", "macro"),
        (f"{RELATIONSHIP}/image", "application/vnd.ms-office.vbaProject", "macro"),
    ],
)
def test_what_only_says_it_carries_a_look_stays_out(kind, media_type, named):
    rels = LAYOUT.replace("/slideLayout6", "/_rels/slideLayout6") + ".rels"
    template = changed(
        plain_template(),
        {"ppt/said.xml": f'<a href="{URL}"/>'.encode()},
        {
            rels: ("</Relationships>", f'<Relationship Id="rIdIn" Type="{kind}" Target="../said.xml"/>'),
            "[Content_Types].xml": ("</Types>", f'<Override PartName="/ppt/said.xml" ContentType="{media_type}"/>'),
        },
    )
    assert stage_from(template).left_out == (f"1 {named} (said.xml)",)


def test_a_picture_stays():
    png = b"\x89PNG\r\n\x1a\n" + bytes(60)
    template = drawn_templates(URL, CANARY)["svg called png"]
    stage = stage_from(changed(template, {"ppt/media/drawn.png": png}, {}))
    assert stage.left_out == ()
    written = BytesIO()
    stage.deck.save(written)
    assert members(written.getvalue())["ppt/media/drawn.png"] == png


def test_no_slide_of_a_template_is_left_however_it_is_named():
    template = template_with_slides("Of the template alone")
    data = story_slides(replace(briefing(SHIPPED[0]), options=ExportOptions(template=template)))
    names = zipfile.ZipFile(BytesIO(data)).namelist()
    assert len(names) == len(set(names))
    for name, content in members(data).items():
        assert b"Of the template alone" not in content, name
        assert b"rIdIn" not in content, name
        assert b"custShow" not in content, name
    assert left_out_of(template).endswith("1 slide (slide2.xml).")


@pytest.mark.parametrize("kind", damaged_templates())
def test_a_damaged_template_is_used_or_refused_in_a_sentence(kind):
    options = ExportOptions(template=damaged_templates()[kind])
    with suppress(TemplateError):
        data = story_slides(replace(briefing(SHIPPED[0]), options=options))
        assert len(Presentation(BytesIO(data)).slides) > 1


@pytest.mark.parametrize("kind", hidden_entities(CANARY))
def test_no_encoding_hides_what_a_template_declares(kind):
    with pytest.raises(TemplateError, match="encoding that presentations never have"):
        stage_from(hidden_entities(CANARY)[kind])


def test_a_plain_template_loses_nothing():
    assert left_out_of(plain_template()) == ""
    assert left_out_of(b"") == ""


@pytest.mark.parametrize(
    "kind", ["bomb", "parts", "laughs", "outside entity", "bomb by another name", "laughs by another name"]
)
def test_a_template_that_would_explode_is_refused_in_a_sentence(kind):
    with pytest.raises(TemplateError, match="it is not read") as caught:
        stage_from(exploding_templates(URL)[kind])
    assert "\n" not in str(caught.value)


@pytest.mark.slow
def test_the_command_says_what_it_left_out(tmp_path, capsys):
    story, path, out = tmp_path / "small.toml", tmp_path / "our.pptx", tmp_path / "out.pptx"
    story.write_bytes(
        story_bytes(Story("small", "Small", scenes=(Scene("one", "text", title="One", message="A word"),)))
    )
    path.write_bytes(reaching_template(URL, CANARY))
    assert main(["brief", str(story), "--to", str(out), "--template", str(path)]) == 0
    assert "warning: Left out of the template, which gives its look alone: " in capsys.readouterr().out


#: Targets by what they say of themselves.
ELSEWHERE = [
    *(("http://a.b/c", mode) for mode in ("external", " External ", "EXTERNAL", "Internal", None, "", "Other")),
    *((target, None) for target in ("file:///etc/passwd", r"\\srv\a", "//srv/a", "mailto:a@b.c", r"C:\a")),
    *((target, "Internal") for target in ("javascript:1", "ms-word:x", "FILE:/etc/passwd")),
]


@pytest.mark.parametrize(("target", "mode"), ELSEWHERE)
def test_what_leads_elsewhere_is_named_whatever_it_says_of_itself(target, mode):
    said = "" if mode is None else f' TargetMode="{mode}"'
    relation = f'<Relationship Id="rIdX" Type="{RELATIONSHIP}/hyperlink" Target="{target}"{said}/>'
    template = changed(plain_template(), {}, {MASTER_RELS: ("</Relationships>", relation)})
    assert left_out_of(template) == f"Left out of the template, which gives its look alone: 1 outside link ({target})."


def test_a_sound_template_is_taken_byte_by_byte():
    with zipfile.ZipFile(BytesIO(plain_template())) as archive:
        assert told_apart(archive) is None

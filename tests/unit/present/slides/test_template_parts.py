"""A template gives its look alone: what leads elsewhere or runs stays out and is named; what explodes is refused."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from pptx import Presentation

from corridor.commands.cli import main
from corridor.present.slides.stage import TemplateError, left_out_of, stage_from
from corridor.present.slides.story_slides import story_slides
from corridor.present.story.briefing import ExportOptions
from tests.support.briefed import SHIPPED, briefing
from tests.support.hostile_templates import exploding_templates, plain_template, reaching_template

URL, CANARY = "http://127.0.0.1:9/listener", "/nowhere/canary"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


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


def test_the_command_says_what_it_left_out(tmp_path, capsys):
    path, out = tmp_path / "our.pptx", tmp_path / "out.pptx"
    path.write_bytes(reaching_template(URL, CANARY))
    assert main(["brief", SHIPPED[0], "--to", str(out), "--template", str(path)]) == 0
    assert "warning: Left out of the template, which gives its look alone: " in capsys.readouterr().out

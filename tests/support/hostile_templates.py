"""PPTX templates that lead elsewhere or run: outside links, macros, embedded objects; and those that explode."""

# ruff: noqa: E501 - what an attacker writes stands on one line here as it does in the file.

import base64
import gzip
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO

from pptx import Presentation

RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
LAYOUT = "ppt/slideLayouts/slideLayout6.xml"
MASTER_RELS = "ppt/slideMasters/_rels/slideMaster1.xml.rels"
MACRO_TYPE = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def plain_template() -> bytes:
    out = BytesIO()
    Presentation().save(out)
    return out.getvalue()


def changed(template: bytes, parts: Mapping[str, bytes], inserted: Mapping[str, tuple[str, str]]) -> bytes:
    """A template with parts added or replaced, and text put before a closing tag of others."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(template)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            if name not in parts:
                data = archive.read(name)
                for before, text in [inserted[name]] if name in inserted else ():
                    data = data.replace(before.encode(), (text + before).encode())
                copy.writestr(name, data)
        for name, data in parts.items():
            copy.writestr(name, data)
    return out.getvalue()


def _rel(identity: str, kind: str, target: str, outside: bool = True) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"{mode}/>'


def reaching_template(url: str, canary: str) -> bytes:
    """A template whose master and theme lead to an address and to a file in each way we know of, and which runs."""
    relations = "".join(
        (
            _rel("rIdOut1", f"{RELATIONSHIP}/image", f"{url}/picture.png"),
            _rel("rIdOut2", f"{RELATIONSHIP}/oleObject", f"file://{canary}"),
            _rel("rIdOut3", f"{RELATIONSHIP}/hyperlink", f"{url}/click"),
            _rel("rIdOut4", f"{RELATIONSHIP}/attachedTemplate", f"{url}/template.potx"),
            _rel("rIdOut5", f"{RELATIONSHIP}/video", f"{url}/film.mp4"),
            _rel("rIdIn1", f"{RELATIONSHIP}/oleObject", "../embeddings/oleObject1.bin", outside=False),
            _rel("rIdIn2", f"{RELATIONSHIP}/control", "../activeX/activeX1.xml", outside=False),
            _rel("rIdIn3", f"{RELATIONSHIP}/customXml", "../../customXml/item1.xml", outside=False),
        )
    )
    a, p, r = "xmlns:a", "xmlns:p", "xmlns:r"
    names = (
        f'{a}="http://schemas.openxmlformats.org/drawingml/2006/main" {r}="{RELATIONSHIP}" '
        f'{p}="http://schemas.openxmlformats.org/presentationml/2006/main"'
    )
    box = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    shapes = (
        f'<p:pic {names}><p:nvPicPr><p:cNvPr id="901" name="linked"><a:hlinkClick r:id="rIdOut3"/></p:cNvPr><p:cNvPicPr/>'
        f'<p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:link="rIdOut1"/></p:blipFill><p:spPr>{box}</p:spPr></p:pic>'
        f'<p:graphicFrame {names}><p:nvGraphicFramePr><p:cNvPr id="902" name="ole"/><p:cNvGraphicFramePr/><p:nvPr/>'
        '</p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><p:oleObj r:id="rIdOut2" progId="Word"><p:link '
        'updateAutomatic="1"/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>'
        f'<p:pic {names}><p:nvPicPr><p:cNvPr id="903" name="film"><a:hlinkClick r:id="" action="ppaction://program"/>'
        '</p:cNvPr><p:cNvPicPr/><p:nvPr><a:videoFile r:link="rIdOut5"/></p:nvPr></p:nvPicPr><p:blipFill><a:blip/>'
        f"</p:blipFill><p:spPr>{box}</p:spPr></p:pic>"
    )
    template = plain_template()
    with zipfile.ZipFile(BytesIO(template)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    types = types.replace(MAIN_TYPE, MACRO_TYPE).replace(
        "<Override",
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override',
        1,
    )
    parts = {
        "[Content_Types].xml": types.encode(),
        "ppt/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen " + canary.encode(),
        "ppt/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0 object",
        "ppt/activeX/activeX1.xml": b"<ax:ocx xmlns:ax='x'/>",
        "customXml/item1.xml": f'<data xmlns="x" schemaLocation="x {url}/schema.xsd"/>'.encode(),
        "ppt/theme/_rels/theme1.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + _rel("rIdOut9", f"{RELATIONSHIP}/image", f"{url}/theme.png")
            + "</Relationships>"
        ).encode(),
    }
    inserted = {
        MASTER_RELS: ("</Relationships>", relations),
        "ppt/_rels/presentation.xml.rels": (
            "</Relationships>",
            _rel("rIdMacro", f"{MICROSOFT}/vbaProject", "vbaProject.bin", outside=False),
        ),
        "ppt/slideMasters/slideMaster1.xml": ("</p:spTree>", shapes),
        "ppt/theme/theme1.xml": (
            "</a:bgFillStyleLst>",
            f'<a:blipFill><a:blip xmlns:r="{RELATIONSHIP}" r:link="rIdOut9"/></a:blipFill>',
        ),
    }
    return changed(template, parts, inserted)


def _layout(identity: str, kind: str, target: str, shape: str, parts: Mapping[str, bytes], types: str) -> bytes:
    """A template whose layout for titles alone has one relationship more, a shape that uses it, and parts it leads to."""
    template = plain_template()
    inserted = {
        LAYOUT.replace("/slideLayout6", "/_rels/slideLayout6") + ".rels": (
            "</Relationships>",
            _rel(identity, f"{RELATIONSHIP}/{kind}", target, outside=False),
        ),
        LAYOUT: ("</p:spTree>", shape),
        "[Content_Types].xml": ("</Types>", types),
    }
    return changed(template, parts, inserted)


def drawn_templates(url: str, canary: str) -> Mapping[str, bytes]:
    """Templates with a drawing in XML in place of a picture, which names an address and a file, by name."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:l="http://www.w3.org/1999/xlink"><style>@import '
        f'"{url}/a.css";</style><image l:href="{url}/svg.png"/><image href="file://{canary}"/></svg>'
    )
    kinds = {
        "svg": ("svg", "image/svg+xml", drawing.encode()),
        "svg called png": ("png", "image/png", drawing.encode()),
        "svg of wide letters": ("svg", "image/svg+xml", drawing.encode("utf-16")),
        "svg that is packed": ("svg", "image/svg+xml", gzip.compress(drawing.encode(), mtime=0)),
        "page": ("jpg", "image/jpeg", f'<html><img src="{url}/a.png"></html>'.encode()),
        "object": ("bin", "application/vnd.ms-office.vbaProject", b"\xd0\xcf\x11\xe0 Sub AutoOpen"),
    }
    beside = '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><s:svgBlip xmlns:s="x" r:embed="rIdIn"/></a:ext></a:extLst>'
    templates = {}
    for name, (suffix, kind, data) in kinds.items():
        parts = {f"ppt/media/drawn.{suffix}": data}
        types = f'<Override PartName="/ppt/media/drawn.{suffix}" ContentType="{kind}"/>'
        for how, blip in (("", '<a:blip r:embed="rIdIn"/>'), (" beside", f"<a:blip>{beside}</a:blip>")):
            shape = (
                f'<p:pic xmlns:r="{RELATIONSHIP}"><p:nvPicPr><p:cNvPr id="90" name="drawn"/><p:cNvPicPr/><p:nvPr/>'
                f"</p:nvPicPr><p:blipFill>{blip}</p:blipFill><p:spPr/></p:pic>"
            )
            target = f"../media/drawn.{suffix}"
            templates[name + how] = _layout("rIdIn", "image", target, shape, parts, types)
    return templates


def template_with_slides(words: str) -> bytes:
    """A template with two slides that say `words`, named in a show of its own and by a button of a layout."""
    deck = Presentation()
    for _ in range(2):
        deck.slides.add_slide(deck.slide_layouts[5]).shapes.title.text = words
    out = BytesIO()
    deck.save(out)
    named = '<p:custShowLst><p:custShow name="a" id="0"><p:sldLst><p:sld r:id="{}"/></p:sldLst></p:custShow></p:custShowLst>'
    button = (
        f'<p:sp xmlns:r="{RELATIONSHIP}"><p:nvSpPr><p:cNvPr id="90" name="to"><a:hlinkClick r:id="rIdIn" action='
        '"ppaction://hlinksldjump"/></p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/></p:sp>'
    )
    to_slide = _rel("rIdIn", f"{RELATIONSHIP}/slide", "../slides/slide2.xml", outside=False)
    return changed(
        out.getvalue(),
        {},
        {
            LAYOUT.replace("/slideLayout6", "/_rels/slideLayout6") + ".rels": ("</Relationships>", to_slide),
            LAYOUT: ("</p:spTree>", button),
            "ppt/presentation.xml": ("<p:defaultTextStyle>", named.format(deck.slides._sldIdLst[0].rId)),
        },
    )


def damaged_templates() -> Mapping[str, bytes]:
    """Templates that are no presentation in one thing or another, by name."""
    template = plain_template()
    with zipfile.ZipFile(BytesIO(template)) as archive:
        presentation = archive.read("ppt/presentation.xml").decode()
        layout = archive.read(LAYOUT).decode()
    chain = {
        f"ppt/theme/_rels/chain{n}.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            + _rel("rId1", f"{RELATIONSHIP}/theme", f"chain{n + 1}.xml", outside=False)
            + "</Relationships>"
        ).encode()
        for n in range(300)
    } | {f"ppt/theme/chain{n}.xml": b"<a/>" for n in range(301)}
    to_chain = _rel("rIdIn", f"{RELATIONSHIP}/theme", "theme/chain0.xml", outside=False)
    return {
        "a slide that is not there": changed(
            template,
            {},
            {"ppt/presentation.xml": ("<p:sldSz", '<p:sldIdLst><p:sldId id="256" r:id="rIdNone"/></p:sldIdLst>')},
        ),
        "a slide that is its master": changed(
            template,
            {},
            {"ppt/presentation.xml": ("<p:sldSz", '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>')},
        ),
        "a size in words": changed(
            template, {"ppt/presentation.xml": re.sub(r'cx="\d+"', 'cx="wide"', presentation, count=1).encode()}, {}
        ),
        "no size": changed(template, {"ppt/presentation.xml": re.sub("<p:sldSz[^>]*>", "", presentation).encode()}, {}),
        "a layout whose title is anywhere": changed(
            template, {LAYOUT: layout.replace('type="title"', 'type="nothing"').encode()}, {}
        ),
        "a layout of another root": changed(template, {LAYOUT: b"<a/>"}, {}),
        "an odd letter in a place": changed(
            template, {LAYOUT: layout.replace('id="2"', 'id="x" idx="y"').encode()}, {}
        ),
        "parts that lead on and on": changed(
            template, chain, {"ppt/_rels/presentation.xml.rels": ("</Relationships>", to_chain)}
        ),
        "no presentation": changed(template, {"ppt/presentation.xml": b"<p/>"}, {}),
        "no types": changed(template, {"[Content_Types].xml": b"<Types/>"}, {}),
        "a text": b"PK\x03\x04 and then nothing",
    }


def hidden_entities(canary: str) -> Mapping[str, bytes]:
    """Templates that declare entities in an encoding that does not show it, by the encoding."""
    template = plain_template()
    declared = f'<!DOCTYPE a [<!ENTITY b SYSTEM "file://{canary}">]><a c="x">&b;</a>'
    seven = "".join(
        f"+{base64.b64encode(sign.encode('utf-16-be')).decode().rstrip('=')}-" if sign in '<!&"' else sign
        for sign in declared
    )
    texts = {
        "UTF-7": f'<?xml version="1.0" encoding="UTF-7"?>{seven}'.encode(),
        "UTF-7, far away": f'<?xml version="1.0" {" " * 900} encoding="UTF-7"?>{seven}'.encode(),
        "IBM037": f'<?xml version="1.0" encoding="IBM037"?>{declared}'.encode("cp037"),
        "HZ": f'<?xml version="1.0" encoding="hz-gb-2312"?>{declared}'.encode(),
    }
    names = ("ppt/viewProps.xml", "ppt/media/a.bin")
    return {
        f"{encoding} in {name}": changed(template, {name: data}, {})
        for encoding, data in texts.items()
        for name in names
    }


def exploding_templates(url: str) -> Mapping[str, bytes]:
    """Templates that would fill the memory, or declare entities, by name."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    template = plain_template()
    return {
        "bomb": changed(template, {"ppt/big.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}, {}),
        "parts": changed(template, {f"ppt/media/{n}.png": b"" for n in range(6_000)}, {}),
        "laughs": changed(
            template, {"ppt/presProps.xml": f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]><a>&a9;</a>'.encode()}, {}
        ),
        "outside entity": changed(
            template, {"ppt/viewProps.xml": f'<!DOCTYPE a SYSTEM "{url}/a.dtd"><a/>'.encode("utf-16")}, {}
        ),
        # What a part is stands in [Content_Types].xml, whatever its name says.
        "bomb by another name": changed(template, {"ppt/media/a.bin": b"\xef\xbb\xbf <a>" + b"<b/>" * 15_000_000}, {}),
        "laughs by another name": changed(
            template, {"ppt/media/a.png": f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]><a>&a9;</a>'.encode("utf-16")}, {}
        ),
    }

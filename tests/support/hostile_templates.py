"""PPTX templates that lead elsewhere or run: outside links, macros, embedded objects; and those that explode."""

# ruff: noqa: E501 - what an attacker writes stands on one line here as it does in the file.

import zipfile
from collections.abc import Mapping
from io import BytesIO

from pptx import Presentation

RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
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

"""Tables of a slide, as PowerPoint's own, so that every cell can be edited."""

from corridor.present.slides.fitting import Paragraphs
from corridor.present.slides.placing import CELL_SIDE, CELL_TOP, PlacedTable
from corridor.present.slides.text_xml import NAMESPACES, Ink, Relate, body_xml, emu, named_xml
from corridor.present.style import LIGHT

#: Widths of the rules of a table in points: under the heading row, and under every other.
RULE, HAIRLINE = 1.0, 0.5
_URI = "http://schemas.openxmlformats.org/drawingml/2006/table"
#: The style without any rule or ground, which every version of PowerPoint knows.
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def table_xml(number: int, name: str, table: PlacedTable, ink: Ink, relate: Relate, language: str) -> str:
    """Return a table; its first row is marked as the one that heads it."""
    columns = "".join(f'<a:gridCol w="{emu(wide)}"/>' for wide in table.widths)
    rows = "".join(
        f'<a:tr h="{emu(high)}">{"".join(_cell(cell, ink, relate, language, head=n == 0) for cell in row)}</a:tr>'
        for n, (row, high) in enumerate(zip(table.rows, table.heights, strict=True))
    )
    box = table.box
    return (
        f"<p:graphicFrame {NAMESPACES}><p:nvGraphicFramePr>{named_xml(number, name, table.title)}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{emu(box.left)}" y="{emu(box.top)}"/><a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
        f'</p:xfrm><a:graphic><a:graphicData uri="{_URI}"><a:tbl><a:tblPr firstRow="1">'
        f"<a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _cell(cell: Paragraphs, ink: Ink, relate: Relate, language: str, *, head: bool) -> str:
    wide = RULE if head else HAIRLINE
    colour = LIGHT.text if head else LIGHT.hairline
    fill = f'<a:srgbClr val="{colour[1:]}"/>' if ink.own else '<a:schemeClr val="tx1"/>'
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{body_xml(cell, ink, relate, language)}</a:txBody>"
        f'<a:tcPr marL="{emu(CELL_SIDE)}" marR="{emu(CELL_SIDE)}" marT="{emu(CELL_TOP)}" marB="{emu(CELL_TOP)}"'
        f' anchor="{"b" if head else "t"}">{none}<a:lnB w="{emu(wide)}" cap="flat"><a:solidFill>{fill}</a:solidFill>'
        '<a:prstDash val="solid"/></a:lnB><a:noFill/></a:tcPr></a:tc>'
    )

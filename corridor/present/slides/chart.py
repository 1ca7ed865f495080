"""The bar chart of a slide, as PowerPoint's own, with its numbers in a workbook that can be edited."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.slide import Slide
from pptx.util import Emu, Pt
from xlsxwriter import workbook as books
from xlsxwriter.worksheet import Worksheet

from corridor.present.candidates.charts import SOLID, STATUS_LOOKS, Bar, StatusLook
from corridor.present.slides.placing import PlacedChart
from corridor.present.slides.text_xml import emu
from corridor.present.spreadsheets import workbook
from corridor.present.style import LIGHT, mixed

NUMBERS = 10
TITLE = "Kilometres as drawn, by country and status; every number stands in the table that follows"


def add_chart(slide: Slide, chart: PlacedChart) -> None:
    """Put a stacked bar chart on a slide: a bar for each candidate and country, a series for each status.

    A status is told by the filling and the outline of its part of a bar; all have the one colour of the mode.
    """
    bars, box = chart.bars, chart.box
    colour = str(getattr(LIGHT, chart.mode, LIGHT.soft_text))
    looks = [look for look in STATUS_LOOKS if any(bar.status == look.status for bar in bars)]
    # PowerPoint draws the first category at the foot of the axis.
    rows = list(dict.fromkeys((bar.candidate, bar.country) for bar in bars))[::-1]
    # Any: python-pptx says nothing of the types of its charts.
    data: Any = _TextData(number_format="#,##0.0")  # type: ignore[no-untyped-call]  # python-pptx's
    data.categories = [f"{candidate}: {country}" for candidate, country in rows]
    for look in looks:
        data.add_series(f"{look.status} (km)", [_km(bars, row, look.status) for row in rows])
    left, top, wide, high = (Emu(emu(length)) for length in (box.left, box.top, box.width, box.height))
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, left, top, wide, high, data)
    frame.name = "Chart of kilometres"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"{TITLE}. {_description(bars)}")
    drawn = frame.chart
    drawn.font.size = Pt(NUMBERS)
    drawn.has_title = False
    drawn.has_legend = True
    drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
    drawn.legend.include_in_layout = False
    drawn.plots[0].gap_width = 45
    drawn.plots[0].overlap = 100
    drawn.category_axis.format.line.color.rgb = _rgb(LIGHT.hairline)
    drawn.value_axis.major_gridlines.format.line.color.rgb = _rgb(LIGHT.hairline)
    drawn.value_axis.format.line.fill.background()
    drawn.value_axis.tick_labels.number_format = "#,##0"
    drawn.value_axis.tick_labels.number_format_is_linked = False
    # python-pptx numbers the axes below nought, which the schema does not allow.
    for axis in drawn._chartSpace.iter("{*}axId", "{*}crossAx"):
        axis.set("val", axis.get("val").lstrip("-"))
    for series, look in zip(drawn.plots[0].series, looks, strict=True):
        _look(series, look, colour)


class _TextWorkbook(CategoryWorkbookWriter):
    """The workbook behind a chart, in which a name is a text whatever it begins with."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple[books.Workbook, Worksheet]]:
        book = workbook(xlsx_file)
        yield book, book.add_worksheet()
        book.close()


class _TextData(CategoryChartData):
    """The data of a chart whose workbook holds no formula and no link."""

    @property
    def _workbook_writer(self) -> _TextWorkbook:
        return _TextWorkbook(self)  # type: ignore[no-untyped-call]  # python-pptx's


def _km(bars: Sequence[Bar], row: tuple[str, str], status: str) -> float | None:
    lengths = [bar.km for bar in bars if (bar.candidate, bar.country, bar.status) == (*row, status)]
    return round(sum(lengths), 1) if lengths else None


def _look(series: BarSeries, look: StatusLook, colour: str) -> None:
    shape = series.format
    shape.fill.solid()
    shape.fill.fore_color.rgb = _rgb(mixed("#ffffff", colour, look.filling))
    shape.line.color.rgb = _rgb(colour)
    shape.line.width = Pt(1.25)
    if look.dash != SOLID:
        shape.line.dash_style = MSO_LINE.DASH if look.dash[0] > look.dash[1] else MSO_LINE.ROUND_DOT
    series.invert_if_negative = False


def _description(bars: Sequence[Bar]) -> str:
    return "; ".join(f"{bar.candidate}, {bar.country}, {bar.status}: {bar.km:,.1f} km" for bar in bars)


def _rgb(colour: str) -> RGBColor:
    return RGBColor(*bytes.fromhex(colour[1:]))

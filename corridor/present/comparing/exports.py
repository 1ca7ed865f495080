"""How a comparison is taken away: one table as CSV or XLSX, all routes as GeoJSON or GeoPackage, or all of it as JSON.

The same comparison gives the same bytes: workbooks and packages get the date they are told.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import geopandas as gpd
from xlsxwriter.worksheet import Worksheet

from corridor.assessing.comparison import Comparison
from corridor.assessing.comparison_records import comparison_record
from corridor.assessing.record_forms import PairingJson
from corridor.assessing.route_records import route_record
from corridor.land.geodesy import CRS84
from corridor.present.comparing.route import ComparedRoute
from corridor.present.exports import geopackage
from corridor.present.own_route.downloads import route_geometry
from corridor.present.sheets import CSV_COLUMNS, Sheet, plain_entry, sheet_lines
from corridor.present.spreadsheets import CellFormats, csv_file, look, workbook, write_cell
from corridor.present.words import long_disclaimer
from corridor.quantities import day
from corridor.sources import Source, SourceId

COLUMNS = ("table", *CSV_COLUMNS)
#: Characters wide.
COLUMN_WIDTHS = (40, 34, 30, 14, 8, 44, 12, 22, 22, 70)
FIRST_WIDTH, OTHER_WIDTH = 44, 30
#: The most signs a workbook allows in the name of a sheet.
SHEET_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'“”", " "))
LAYER = "compared_routes"


def comparison_csv(sheets: Sequence[Sheet], sources: Mapping[SourceId, Source]) -> bytes:
    """Return every table of a comparison as one, a line for each entry."""
    return csv_file([COLUMNS, *_long(sheets, sources), [long_disclaimer()]])


def _long(sheets: Sequence[Sheet], sources: Mapping[SourceId, Source]) -> list[tuple[str | float, ...]]:
    return [(sheet.title, *line) for sheet in sheets for line in sheet_lines(sheet, sources)]


def comparison_xlsx(
    sheets: Sequence[Sheet], sources: Mapping[SourceId, Source], *, made_on: date, handling: str = ""
) -> bytes:
    """Return a workbook: all entries in one table first, then each table as it stands on the page.

    Texts are written as texts, whatever they begin with; nothing in the workbook is a formula or a link.
    """
    out = BytesIO()
    book = workbook(out)
    book.set_properties(
        {"title": "Routes side by side", "comments": long_disclaimer(), "created": datetime(*made_on.timetuple()[:3])}
    )
    bold = look(book, bold=True, text_wrap=True, valign="top")
    wrapped, note_look = look(book, text_wrap=True, valign="top"), look(book)
    long = _long(sheets, sources)
    page = book.add_worksheet("All figures")
    for column, (heading, width) in enumerate(zip(COLUMNS, COLUMN_WIDTHS, strict=True)):
        page.set_column(column, column, width)
        write_cell(page, 0, column, heading, bold)
    for number, line in enumerate(long, start=1):
        for column, cell in enumerate(line):
            write_cell(page, number, column, cell, wrapped)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(long), len(COLUMNS) - 1)
    for number, note in enumerate(_notes(made_on, handling), start=len(long) + 2):
        write_cell(page, number, 0, note, note_look)
    names: set[str] = {"all figures"}
    for sheet in sheets:
        _lay_out(book.add_worksheet(_sheet_name(sheet.title, names)), sheet, bold, wrapped)
    book.close()
    return out.getvalue()


def _lay_out(page: Worksheet, sheet: Sheet, bold: CellFormats, wrapped: CellFormats) -> None:
    write_cell(page, 0, 0, sheet.title, bold)
    for column, heading in enumerate(sheet.columns):
        page.set_column(column, column, OTHER_WIDTH if column else FIRST_WIDTH)
        write_cell(page, 1, column, heading, bold)
    for number, row in enumerate(sheet.rows, start=2):
        for column, entry in enumerate(row):
            write_cell(page, number, column, plain_entry(entry), wrapped)
    page.freeze_panes(2, 1)


def _sheet_name(title: str, taken: set[str]) -> str:
    """Return a name no other sheet has, in the letters and the length a workbook allows."""
    short = " ".join(title.partition(",")[0].translate(FORBIDDEN).split())[:SHEET_NAME].strip() or "Table"
    name, number = short, 1
    while name.casefold() in taken:
        number += 1
        name = f"{short[: SHEET_NAME - 4].strip()} {number}"
    taken.add(name.casefold())
    return name


def _notes(made_on: date, handling: str) -> list[str]:
    return [*([handling] if handling else []), f"Made on {day(made_on)}.", long_disclaimer()]


def comparison_json(comparison: Comparison) -> bytes:
    """Return the comparison as `corridor compare --json` prints it."""
    return json.dumps(comparison_record(comparison), ensure_ascii=False).encode("utf-8", "backslashreplace")


def comparison_geojson(comparison: Comparison, routes: Sequence[ComparedRoute]) -> bytes:
    """Return all routes as GeoJSON of RFC 7946, each with its numbers, its answers and how it lies to the first."""
    features = [
        {"type": "Feature", "geometry": route_geometry(route.assessment.route), "properties": properties}
        for route, properties in zip(routes, _properties(comparison, routes), strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features, "note": long_disclaimer()}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")


def comparison_geopackage(comparison: Comparison, routes: Sequence[ComparedRoute], *, made_on: date) -> bytes:
    """Return all routes as a GeoPackage of one layer; what is no number and no text is JSON text in it."""
    rows = [{key: _flat(value) for key, value in record.items()} for record in _properties(comparison, routes)]
    frame = gpd.GeoDataFrame(rows, geometry=[route.assessment.route.line for route in routes], crs=CRS84)
    return geopackage(
        frame, LAYER, made_on.isoformat(), title="Routes side by side", description=long_disclaimer(), several=True
    )


def _flat(value: object) -> str | float | int | None:
    if value is None or isinstance(value, str | int | float):
        return value
    return json.dumps(value, ensure_ascii=False)


def _properties(comparison: Comparison, routes: Sequence[ComparedRoute]) -> list[dict[str, object]]:
    record = comparison_record(comparison)
    beside_first: list[PairingJson | None] = [None, *record["with_first"]]
    records: list[dict[str, object]] = []
    for number, (route, lying) in enumerate(zip(routes, beside_first, strict=True), start=1):
        records.append(
            {
                "number": number,
                "mode": route.assessment.route.mode,
                "origin": route.subject.origin.says,
                "sha256": route.subject.origin.sha256,
                **route_record(route.assessment),
                "beside_the_first": lying,
            }
        )
    return records

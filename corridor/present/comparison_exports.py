"""How a comparison is taken away: one table as CSV or XLSX, all routes as GeoJSON or GeoPackage, or all of it as JSON.

The same comparison gives the same bytes: workbooks and packages get the date they are told.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import geopandas as gpd
import orjson
import xlsxwriter

from corridor.assessing.assessment import Assessment
from corridor.assessing.comparison import Comparison
from corridor.assessing.route_records import comparison_record, route_record
from corridor.geodesy import CRS84
from corridor.present.exports import geopackage
from corridor.present.own_exports import route_geometry
from corridor.present.sheets import CSV_COLUMNS, Sheet, inert, sheet_csv, sheet_lines
from corridor.present.words import DISCLAIMER, LONG_DISCLAIMER, day
from corridor.sources import Source, SourceId

#: What a workbook allows in the name of a sheet.
SHEET_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
COLUMN_WIDTHS = (44, 34, 18, 8, 40, 12, 24, 30, 70)
#: The most signs a cell of a workbook holds.
CELL = 32_767


def comparison_csv(sheets: Sequence[Sheet], sources: Mapping[SourceId, Source]) -> bytes:
    """Return all tables of a comparison as one: each figure a line, the title of its table first."""
    every = [(f"{sheet.title}: {', '.join(row[:1])}", sheet, row) for sheet in sheets for row in _text_heads(sheet)]
    rows = tuple(replace(sheet, rows=(row,)) for _, sheet, row in every)
    del rows
    return sheet_csv(_stacked(sheets), sources)


def _text_heads(sheet: Sheet) -> list[Any]:
    return list(sheet.rows)


def _stacked(sheets: Sequence[Sheet]) -> Sheet:
    raise NotImplementedError

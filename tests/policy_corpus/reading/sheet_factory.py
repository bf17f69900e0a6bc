"""Workbooks for tests: sheets of rows as XLSX (openpyxl) or XLS (xlwt), with merged cells and formats."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import openpyxl
import xlwt

Cell = str | float | int | bool | datetime.date | datetime.time | None


@dataclass(frozen=True)
class Page:
    """A sheet to be; merged: ranges like "A1:C1"; shares: cells shown as percent, like "B2"."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[str] = ()
    shares: Sequence[str] = ()
    hidden: bool = False
    failed: dict[str, str] = field(default_factory=dict)


def make_xlsx(*pages: Page) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name)
        for row in page.rows:
            sheet.append(list(row))
        for merged in page.merged:
            sheet.merge_cells(merged)
        for place in page.shares:
            sheet[place].number_format = "0.0%"
        for place, error in page.failed.items():
            sheet[place].value, sheet[place].data_type = error, "e"
        if page.hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def make_xls(*pages: Page) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        sheet: Any = book.add_sheet(page.name)
        if page.hidden:
            sheet.visibility = 1
        for r, row in enumerate(page.rows):
            for c, cell in enumerate(row):
                if cell is not None:
                    day = isinstance(cell, datetime.date)
                    sheet.write(
                        r,
                        c,
                        cell,
                        xlwt.easyxf(num_format_str="yyyy-mm-dd") if day else xlwt.Style.default_style,
                    )
        for merged in page.merged:
            left, top, right, bottom = openpyxl.utils.cell.range_boundaries(merged)
            sheet.merge(top - 1, bottom - 1, left - 1, right - 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

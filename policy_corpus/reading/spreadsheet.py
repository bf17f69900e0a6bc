"""An XLSX, XLS or ODS -> Reading: each sheet as item_tables reads it; called by dispatch.

Cells become text as the sheet shows it: dates as 2026年3月1日, shares as 10%, whole numbers without a point. A cell whose
formula failed is empty, and the reader is told so.
"""

from __future__ import annotations

import datetime
import io
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.docx_package import check_package
from policy_corpus.reading.item_tables import Sheet, read_sheet
from policy_corpus.reading.normalising import MAX_TEXT_CHARS, normalise_text
from policy_corpus.reading.sheet_styles import Styled, shown_otherwise

SPREADSHEETS = frozenset(("xlsx", "xls", "ods"))
_DAMAGED = "Excel 文件不完整或已损坏，请用 Excel 或 WPS 打开核对，另存为 .xlsx 后重新载入"
_LOCKED = "Excel 文件有打开密码，请去除密码后重新载入"
_TOO_LARGE = "表格的范围过大（行列过多），不像一份政策清单，请删去多余的行列后重新载入"
_MAX_CELLS = 2_000_000
_MAX_COLUMNS = 500
_RATIOS = ("比例", "比率", "利率", "占比", "%", "％", "费率")
_SMALLEST = 1e-9


def read_spreadsheet(data: bytes, form: str) -> Reading:
    """Read a workbook. Raises UnreadableDocument for an encrypted, damaged or boundless one."""
    styled = shown_otherwise(data) if form == "xlsx" else Styled()
    if form in ("xlsx", "ods"):
        check_package(data, "Excel")
    if styled.spanned > _MAX_CELLS:  # calamine takes room for every cell between the first and the last
        raise UnreadableDocument(_TOO_LARGE)
    workbook = _opened(data)
    lines: list[str] = []
    title, matters, hidden, lists = None, 0, 0, 0
    for index, about in enumerate(workbook.sheets_metadata):
        if not str(about.typ).endswith(".WorkSheet"):
            continue
        if not str(about.visible).endswith(".Visible"):
            hidden += 1
            continue
        text = read_sheet(_sheet(workbook, index, styled.shares.get(index, frozenset())), matters + 1)
        title = title or text.title
        lists += bool(text.matters)
        matters += text.matters
        lines += text.lines
        if sum(map(len, lines)) > MAX_TEXT_CHARS:
            break  # refused by dispatch
    notes = []
    if hidden:
        notes.append(f"有 {hidden} 个隐藏的工作表未读入")
    if styled.errors:
        notes.append(f"有 {styled.errors} 个单元格的公式出错，其内容未读入")
    return Reading(form, normalise_text("\n".join(lines)), title=title, warnings=tuple(notes))


def _opened(data: bytes) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as trouble:
        raise UnreadableDocument(_LOCKED) from trouble
    except (CalamineError, ValueError, OSError) as trouble:
        raise UnreadableDocument(_DAMAGED) from trouble


def _sheet(workbook: Any, index: int, shares: frozenset[tuple[int, int]]) -> Sheet:
    from python_calamine import CalamineError

    try:
        sheet = workbook.get_sheet_by_index(index)
        if sheet.total_width > _MAX_COLUMNS or sheet.total_width * sheet.total_height > _MAX_CELLS:
            raise UnreadableDocument(_TOO_LARGE)
        values = sheet.to_python(skip_empty_area=False)
        merged = tuple(sheet.merged_cell_ranges or ())
    except (CalamineError, ValueError, OSError) as trouble:
        raise UnreadableDocument(_DAMAGED) from trouble
    ratios = _ratio_columns(values)
    rows = [
        [_shown(value, (r, c) in shares or c in ratios) for c, value in enumerate(row)]
        for r, row in enumerate(values)
    ]
    return Sheet(sheet.name, rows, merged)


def _ratio_columns(values: list[list[Any]]) -> frozenset[int]:
    """Columns whose head speaks of a share: an XLS does not tell how its numbers are shown."""
    heads = {
        (c, cell)
        for row in values[:20]
        for c, cell in enumerate(row)
        if isinstance(cell, str) and len(cell) <= 20
    }
    return frozenset(c for c, head in heads if any(word in head for word in _RATIOS))


def _shown(value: Any, share: bool) -> str:
    """A cell as text, as the sheet shows it."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int):
        return f"{_plain(value * 100)}%" if share and 0 < value <= 1 else _plain(value)
    if isinstance(value, datetime.datetime):
        day = _day(value.date())
        return f"{day}{value:%H:%M}" if value.time() != datetime.time() else day
    if isinstance(value, datetime.date):
        return _day(value)
    if isinstance(value, datetime.time):
        return f"{value:%H:%M}"
    return str(value)


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _plain(number: float) -> str:
    """A number without exponent, and without what binary fractions leave behind."""
    rounded = round(number)
    if abs(number - rounded) < _SMALLEST * max(1.0, abs(number)):
        return str(rounded)
    return f"{number:.10f}".rstrip("0").rstrip(".")

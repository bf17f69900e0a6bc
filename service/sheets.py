"""Tables for people: XLSX written so that no cell is ever a formula. The only import of xlsxwriter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from service.errors import UnusableFile

# What a spreadsheet program would run, also behind spaces (OWASP CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_ROWS = 1_048_576
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def plain_cell(value: Any) -> Any:
    """A value that no spreadsheet program runs: text that could be a formula gets a leading apostrophe.

    >>> plain_cell("=1+1"), plain_cell(" @x"), plain_cell("九江"), plain_cell(-3)
    ("'=1+1", "' @x", '九江', -3)
    """
    if isinstance(value, str) and (
        value.startswith(_FORMULA_STARTS) or value.strip(" \u00a0\u3000").startswith(_FORMULA_STARTS)
    ):
        return "'" + value
    return value


def write_sheet(path: Path, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """One sheet with a bold, frozen head row. Raises UnusableFile when there are too many rows for XLSX."""
    with xlsxwriter.Workbook(path, {**_OPTIONS, "constant_memory": True}) as book:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 18)
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            if number >= MAX_ROWS:
                raise UnusableFile(f"结果超过 XLSX 的 {MAX_ROWS} 行上限，请改用 .csv、.jsonl 或 .parquet")
            sheet.write_row(number, 0, [plain_cell(value) for value in row])

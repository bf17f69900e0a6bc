"""Tables for people: XLSX written so that no cell is ever a formula. The only import of xlsxwriter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
import xlsxwriter.exceptions

from service.errors import UnusableFile

# What a spreadsheet program would run, also behind spaces (OWASP CSV injection).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_ROWS = 1_048_576
FORM_ROWS = 20_000  # how far down a form's drop-down lists reach
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


def write_sheet(
    path: Path,
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    dated: date,
    scratch: Path,
) -> None:
    """One sheet with a bold, frozen head row; equal rows of the same day make equal bytes.

    dated: the day that the file names as its creation. scratch: a folder for what is written on the way, which may
    stay there when a row cannot be had. Raises UnusableFile when there are too many rows for XLSX.
    """
    book = xlsxwriter.Workbook(path, {**_OPTIONS, "constant_memory": True, "tmpdir": str(scratch)})
    book.set_properties({"created": datetime(dated.year, dated.month, dated.day, tzinfo=UTC)})
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 18)
    sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
    try:
        for number, row in enumerate(rows, 1):
            if number >= MAX_ROWS:
                raise UnusableFile(f"结果超过 XLSX 的 {MAX_ROWS} 行上限，请改用 .csv、.jsonl 或 .parquet")
            sheet.write_row(number, 0, [plain_cell(value) for value in row])
    except BaseException:
        sheet.row_data_fh.close()  # closing the book would first write all of it
        raise
    book.close()


def book_of(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with a bold, frozen head row, as the bytes of an XLSX file; for tables that fit into memory."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {**_OPTIONS, "in_memory": True}) as book:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 18)
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, [plain_cell(value) for value in row])
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column to be filled in: its head, an example, and the words to choose from (any word if none)."""

    head: str
    example: str
    choices: tuple[str, ...] = ()
    width: int = 18


def write_form(
    path: Path,
    name: str,
    columns: Sequence[FormColumn],
    notes_name: str,
    notes: Iterable[Sequence[Any]],
) -> None:
    """A sheet to fill in, with heads, one example row and drop-down lists, and a sheet of notes beside it.

    Every cell is formatted as text, so that codes keep their digits and a typed 5% stays "5%".
    Raises UnusableFile if the file cannot be written.
    """
    try:
        _write_form(path, name, columns, notes_name, notes)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise UnusableFile(f"无法写入“{path.name}”，请核对路径和权限") from error


def _write_form(
    path: Path,
    name: str,
    columns: Sequence[FormColumn],
    notes_name: str,
    notes: Iterable[Sequence[Any]],
) -> None:
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        example = book.add_format({"num_format": "@", "italic": True, "font_color": "#666666"})
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 2)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width, text)
            sheet.write_string(0, number, plain_cell(column.head), bold)
            sheet.write_string(1, number, plain_cell(column.example), example)
            if column.choices:
                rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
                sheet.data_validation(1, number, FORM_ROWS, number, rule)
        guide = book.add_worksheet(notes_name)
        guide.set_column(0, 0, 28, bold)
        guide.set_column(1, 1, 90, book.add_format({"text_wrap": True, "valign": "top"}))
        for number, row in enumerate(notes):
            guide.write_row(number, 0, [plain_cell(value) for value in row])

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
_LONGEST_TEXT = 32_767  # characters a cell takes
_LOOKS = {"text": {"num_format": "@"}, "number": {}, "date": {"num_format": "yyyy-mm-dd"}}
_WRONG: dict[bool, dict[str, Any]] = {
    False: {"valign": "top", "text_wrap": True},
    True: {
        "valign": "top",
        "text_wrap": True,
        "bg_color": "#FBD9D6",
        "font_color": "#9B1C1C",
        "border": 1,
        "border_color": "#9B1C1C",
    },
}
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


class MarkedSheet:
    """A sheet written row by row, in which cells can be marked as wrong; used as a context manager.

    Text keeps the format of text, so that codes keep their digits when the file is corrected and comes back.
    """

    def __init__(self, path: Path, name: str, heads: Sequence[str], *, dated: date, wide: int = 1) -> None:
        """wide: how many of the last columns hold sentences."""
        self._book = xlsxwriter.Workbook(
            path, {**_OPTIONS, "constant_memory": True, "tmpdir": str(path.parent)}
        )
        self._book.set_properties({"created": datetime(dated.year, dated.month, dated.day, tzinfo=UTC)})
        self._sheet = self._book.add_worksheet(name)
        self._formats = {
            wrong: {kind: self._book.add_format({**look, **_WRONG[wrong]}) for kind, look in _LOOKS.items()}
            for wrong in _WRONG
        }
        self._sheet.freeze_panes(1, 0)
        self._sheet.set_column(0, len(heads) - 1, 18)
        self._sheet.set_column(max(len(heads) - wide, 0), len(heads) - 1, 48)
        bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._sheet.write_row(0, 0, map(plain_cell, heads), bold)
        self.rows = 0

    def add(self, cells: Sequence[Any], marked: frozenset[int] = frozenset()) -> None:
        """A row; what no longer fits into a sheet is left out, the last row says so. marked: places of wrong cells."""
        if self.rows >= MAX_ROWS - 2:
            self._sheet.write_string(MAX_ROWS - 1, 0, "行数超过 XLSX 上限，其余未列出")
            return
        self.rows += 1
        for at, cell in enumerate(cells):
            if cell in (None, "") and at not in marked:
                continue
            self._write(self.rows, at, cell, self._formats[at in marked])

    def _write(self, row: int, at: int, cell: Any, formats: dict[str, Any]) -> None:
        if isinstance(cell, bool):
            self._sheet.write_boolean(row, at, cell, formats["text"])
        elif isinstance(cell, (int, float)) and abs(cell) < 10**15:
            self._sheet.write_number(row, at, cell, formats["number"])
        elif isinstance(cell, date):
            self._sheet.write_datetime(
                row, at, cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell, formats["date"]
            )
        else:
            text = "" if cell is None else plain_cell(str(cell))
            self._sheet.write_string(row, at, text[:_LONGEST_TEXT], formats["text"])

    def __enter__(self) -> MarkedSheet:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()


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

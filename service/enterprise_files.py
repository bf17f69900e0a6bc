"""A file of enterprises -> its rows of cells with their numbers; called by `enterprise_table`.

The only import of python-calamine. Text files are decoded by evidence (UTF-8, GB18030 …).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.decoding import decode_text
from service.errors import UnusableFile

MAX_BYTES = 100_000_000
SHEETS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
Row = tuple[int, list[Any]]


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises UnusableFile if it is missing, unreadable or too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnusableFile(f"文件“{path.name}”超过 {MAX_BYTES // 1_000_000} MB，请分成几个文件导入")
        return path.read_bytes()
    except OSError as error:
        raise UnusableFile(f"文件“{path.name}”无法打开，请核对路径和权限") from error


def sheet_rows(path: Path) -> Iterator[Row]:
    """Rows of the first sheet that is not empty, numbered as the spreadsheet shows them."""
    import python_calamine as calamine

    data = read_bytes(path)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = (book.get_sheet_by_index(number) for number in range(len(book.sheet_names)))
        tables = (sheet.to_python(skip_empty_area=False) for sheet in sheets)
        rows = next((table for table in tables if table), [])
    except (calamine.CalamineError, calamine.PasswordError, calamine.ZipError, calamine.XmlError) as error:
        raise UnusableFile(
            f"文件“{path.name}”不是能读取的电子表格（可能已加密或损坏），请另存为 .xlsx 后重试"
        ) from error
    yield from ((number, list(row)) for number, row in enumerate(rows, 1))


def csv_rows(path: Path) -> Iterator[Row]:
    """Rows of a text table, numbered by the line that each begins on; comma, tab or semicolon between cells."""
    text = _text(path)
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, list(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnusableFile(
            f"文件“{path.name}”第 {line} 行起不是有效的 CSV（引号可能不成对），请检查"
        ) from error


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """One JSON value a line, blank lines left out; a line that is no JSON comes as its ValueError."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line, parse_float=_decimal, parse_int=_decimal, parse_constant=_decimal)
        except (ValueError, RecursionError) as error:
            yield number, ValueError(str(error))


def _decimal(text: str) -> Decimal:
    """A JSON number without loss; what is no number, or beyond all sense, is NaN and refused where it is used."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _text(path: Path) -> str:
    data = read_bytes(path)
    try:
        return decode_text(data).text.replace("\r\n", "\n").replace("\r", "\n")
    except UnreadableDocument as error:
        raise UnusableFile(f"文件“{path.name}”：{error.reason}") from error

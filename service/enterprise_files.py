"""A file of enterprises -> its rows of cells with their numbers; called by `enterprise_table`.

Spreadsheets are read by `enterprise_sheet_child`. Text files are decoded by evidence (UTF-8, GB18030 …).
"""

from __future__ import annotations

import csv
import io
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.decoding import decode_text
from service.errors import UnusableFile

MAX_BYTES = 100_000_000
MAX_UNPACKED = 1_000_000_000  # bytes of a packed spreadsheet's parts; 100,000 rows of every fact are 200 MB
SHEETS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
Row = tuple[int, list[Any]]


class FileKind(StrEnum):
    """What a table of companies is written as; decided by its content."""

    SHEET = "sheet"
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class TableFile:
    """The bytes of a file under the name that the user knows it by."""

    name: str
    data: bytes

    @property
    def kind(self) -> FileKind:
        """What it is. Raises UnusableFile for what is no table of companies."""
        if self.data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")):
            return FileKind.SHEET
        head = self.data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
        if head[:1] == b"<" or b"<html" in head.lower():
            raise UnusableFile(
                f"文件“{self.name}”实际是网页（有些系统导出的 .xls 如此），请用表格软件打开后另存为 .xlsx 再导入"
            )
        if head[:1] in (b"{", b"["):
            return FileKind.JSON
        suffix = PurePath(self.name).suffix.lower()
        if suffix in SHEETS and not _is_text(self.data):
            raise _no_sheet(self.name)
        if suffix in (*_TEXTS, *SHEETS):  # some systems call a text table .xls
            return FileKind.JSON if suffix in _JSON else FileKind.TEXT
        raise UnusableFile(f"不支持“{self.name}”这种文件，请用 .xlsx、.xls、.csv 或 .jsonl")


_JSON = (".jsonl", ".ndjson", ".json")
_TEXTS = (".csv", ".tsv", ".txt", *_JSON)


def _is_text(data: bytes) -> bool:
    return bool(data) and b"\x00" not in data[:1000]


def read_file(path: Path, name: str | None = None) -> TableFile:
    """A file as a table. name: as the user knows it. Raises UnusableFile if it is missing, unreadable or too large."""
    name = name or path.name
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnusableFile(f"文件“{name}”超过 {MAX_BYTES // 1_000_000} MB，请分成几个文件导入")
        return TableFile(name, path.read_bytes())
    except OSError as error:
        raise UnusableFile(f"文件“{name}”无法打开，请核对路径和权限") from error


def sheet_rows(file: TableFile) -> Iterator[Row]:
    """Rows of the first sheet that is not empty, numbered as the spreadsheet shows them; read in a process of its own."""
    _check_unpacked(file)
    command = [sys.executable, "-I", str(Path(__file__).with_name("enterprise_sheet_child.py"))]
    pipes: dict[str, Any] = {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.DEVNULL,
    }
    with subprocess.Popen(command, **pipes) as child:
        try:
            yield from _rows_of(child, file)
        finally:
            child.kill()


def _rows_of(child: subprocess.Popen[bytes], file: TableFile) -> Iterator[Row]:
    if child.stdin is None or child.stdout is None:  # never: both are pipes
        raise _no_sheet(file.name)
    try:
        child.stdin.write(file.data)
        child.stdin.close()
    except BrokenPipeError as error:
        raise _no_sheet(file.name) from error
    for line in child.stdout:
        try:
            row = json.loads(line)
        except ValueError as error:  # ended in the middle of a row
            raise _no_sheet(file.name) from error
        if row is None:
            return
        yield row[0], [_cell(cell) for cell in row[1]]
    raise _no_sheet(file.name)


def _cell(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    return datetime.fromisoformat(cell["t"]) if "t" in cell else date.fromisoformat(cell["d"])


def _check_unpacked(file: TableFile) -> None:
    """Refuse a package whose parts would fill the memory. Raises UnusableFile."""
    if not file.data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, struct.error) as error:
        raise _no_sheet(file.name) from error
    if unpacked > MAX_UNPACKED:
        raise UnusableFile(
            f"文件“{file.name}”解开后有 {unpacked // 1_000_000} MB，超过上限，请删去空行、图片和多余的工作表，或分成几个文件"
        )


def _no_sheet(name: str) -> UnusableFile:
    return UnusableFile(f"文件“{name}”不是能读取的电子表格（可能已加密或损坏），请另存为 .xlsx 后重试")


def csv_rows(file: TableFile) -> Iterator[Row]:
    """Rows of a text table, numbered by the line that each begins on; comma, tab or semicolon between cells."""
    text = _text(file)
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(_lines(text), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, list(cells)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnusableFile(
            f"文件“{file.name}”第 {line} 行起不是有效的 CSV（引号可能不成对），请检查"
        ) from error


def json_lines(file: TableFile) -> Iterator[tuple[int, str, Any]]:
    """One JSON value a line with its text, blank lines left out; a line that is no JSON comes as its ValueError."""
    for number, line in enumerate(_lines(_text(file)), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line, parse_float=_decimal, parse_int=_decimal, parse_constant=_decimal)
        except (ValueError, RecursionError) as error:
            found = ValueError(str(error))
        yield number, line.rstrip("\n"), found


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, one at a time: a large file is not copied."""
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _decimal(text: str) -> Decimal:
    """A JSON number without loss; what is no number, or beyond all sense, is NaN and refused where it is used."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _text(file: TableFile) -> str:
    try:
        return decode_text(file.data).text.replace("\r\n", "\n").replace("\r", "\n")
    except UnreadableDocument as error:
        raise UnusableFile(f"文件“{file.name}”：{error.reason}") from error

"""A list of addresses -> the addresses in it: TXT, CSV or a spreadsheet, one or more in a row, heads and remarks between."""

from __future__ import annotations

import re
from pathlib import PurePath

from policy_corpus.errors import UnreadableDocument
from policy_corpus.reading.decoding import decode_text
from service.enterprise_files import TableFile, sheet_rows
from service.errors import UnusableFile

MAX_BYTES = 5 * 1024 * 1024
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # a ZIP, as XLSX is, and the container of XLS
_NAMED_SHEETS = (".xlsx", ".xls", ".ods")
_ADDRESS = re.compile(r"https?://[^\s,;\"'<>，；、。（）]+", re.IGNORECASE)


def addresses_in(data: bytes, file_name: str) -> list[str]:
    """Every address that a list holds, in its order. Raises UnusableFile if there is none or it cannot be read.

    >>> addresses_in("序号,网址\\n1,https://example.com/a".encode(), "清单.csv")
    ['https://example.com/a']
    """
    if len(data) > MAX_BYTES:
        raise UnusableFile(f"网址清单超过 {MAX_BYTES // 1024**2} MB，请分成几份提交")
    is_sheet = data.startswith(_SHEETS) or PurePath(file_name).suffix.lower() in _NAMED_SHEETS
    text = _sheet_text(TableFile(file_name, data)) if is_sheet else _plain_text(data)
    found = _ADDRESS.findall(text)
    if not found:
        raise UnusableFile("清单中没有以 http:// 或 https:// 开头的网址，请核对后重新提交")
    return found


def _plain_text(data: bytes) -> str:
    try:
        return decode_text(data).text
    except UnreadableDocument as error:
        raise UnusableFile(f"网址清单无法读取：{error.reason}") from error


def _sheet_text(file: TableFile) -> str:
    return "\n".join(" ".join(str(cell) for cell in cells) for _, cells in sheet_rows(file))

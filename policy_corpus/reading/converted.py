"""DOC, WPS, RTF and ODT -> Reading, by the DOCX or the text that office.py has made of them; called by dispatch."""

from __future__ import annotations

import struct
from dataclasses import replace

from policy_corpus.errors import UnreadableDocument
from policy_corpus.model import Reading
from policy_corpus.reading.docx import read_docx
from policy_corpus.reading.docx_package import check_package
from policy_corpus.reading.needs import Helper, NeedsHelp
from policy_corpus.reading.normalising import normalise_text

_CALLED = {
    "doc": "旧版 Word（.doc）",
    "wps": "WPS 文字（.wps）",
    "rtf": "RTF 文档",
    "odt": "ODF 文档（.odt）",
}
CONVERTED = frozenset(_CALLED)
_SAVE_AS = "用 Word 或 WPS 另存为 .docx 后重新载入"
_NO_NUMBERS = "由 antiword 读取，自动编号（第一条、（一）等）可能缺失，请核对；安装 LibreOffice 后可读出"
_FIB = b"\xec\xa5"  # [MS-DOC] 2.5.2: wIdent of a Word 97 file
_FIB_FLAGS, _ENCRYPTED = 10, 0x0100


def read_converted(data: bytes, form: str, aid: bytes) -> Reading:
    """Read what the office program has made. Raises NeedsHelp while there is nothing, UnreadableDocument for a locked file."""
    if form in ("doc", "wps") and _is_locked(data):
        raise UnreadableDocument("文件有打开密码，请去除密码后重新载入")
    if form == "odt":
        check_package(data, "ODF")
    if not aid:
        programs = "LibreOffice（或 antiword）" if form in ("doc", "wps") else "LibreOffice"
        reason = f"读取{_CALLED[form]}需要 {programs}，请联系管理员安装，或{_SAVE_AS}"
        raise NeedsHelp(reason, Helper.OFFICE, form)
    if aid.startswith(b"PK"):
        return replace(read_docx(aid), format=form)
    return Reading(form, _text(aid), warnings=(_NO_NUMBERS,))


def _is_locked(data: bytes) -> bool:
    """Whether the head of the text stream, which begins on a sector, says that the file is encrypted."""
    at = data.find(_FIB)
    while at >= 0:
        if at % 512 == 0 and at + _FIB_FLAGS + 2 <= len(data):
            (flags,) = struct.unpack_from("<H", data, at + _FIB_FLAGS)
            return bool(flags & _ENCRYPTED)
        at = data.find(_FIB, at + 1)
    return False


def _text(printed: bytes) -> str:
    """antiword's text: a line a paragraph, a table row as |甲 |乙 |."""
    lines = printed.decode("utf-8", "replace").split("\n")
    return normalise_text("\n".join(_line(line.strip()) for line in lines))


def _line(line: str) -> str:
    if len(line) > 1 and line.startswith("|") and line.endswith("|"):
        return "\t".join(cell.strip() for cell in line[1:-1].split("|"))
    return line
